/* promo_check.c - what must hold between uses and the sums beside them. */
#include "mod/promo/web.h"
#include "promo_read.h"

static void differ(struct buf *b, int64_t promotion, const char *what, int64_t kept,
    int64_t counted)
{
	if (kept != counted)
		buf_printf(b, "promotion %.*s: %s: kept %lld, from the rows %lld\n",
		    SV(id_text(b->a, promotion)), what, (long long)kept, (long long)counted);
}

static err totals(struct db *db, struct buf *b)
{
	struct promo_check_totals *v;
	size_t n;

	TRY(promo_q_check_totals(db, &v, &n));
	for (size_t i = 0; i < n; i++) {
		differ(b, v[i].promotion, "uses", v[i].used, v[i].has_used);
		differ(b, v[i].promotion, "rupiah given", v[i].given, v[i].has_given);
	}
	return NULL;
}

static err bounds(struct db *db, struct buf *b)
{
	struct promo_check_over *v;
	size_t n;

	TRY(promo_q_check_over(db, &v, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "promotion %.*s: used %lld of %lld, gave %lld of %lld rupiah\n",
		    SV(id_text(b->a, v[i].promotion)), (long long)v[i].used,
		    (long long)v[i].quota, (long long)v[i].given, (long long)v[i].budget);
	return NULL;
}

static err cards(struct db *db, struct buf *b)
{
	struct promo_check_cards *v;
	size_t n;

	TRY(promo_q_check_cards(db, &v, &n));
	for (size_t i = 0; i < n; i++)
		differ(b, v[i].promotion, "uses of one card", v[i].used, v[i].has_used);
	return NULL;
}

static err purchases(struct db *db, struct buf *b)
{
	struct promo_check_purchases *v;
	size_t n;

	TRY(promo_q_check_purchases(db, &v, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "redemption %.*s: its purchase is struck out, and it is not\n",
		    SV(id_text(b->a, v[i].redemption)));
	return NULL;
}

static err found(struct db *db, struct buf *b)
{
	struct promo_check_words *v;
	size_t n;

	TRY(promo_q_check_words(db, &v, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "promotion %.*s: %s\n", SV(id_text(b->a, v[i].promotion)),
		    v[i].state == PROMO_PUBLISHED ? "published, and no search finds it" :
		    "not published, and a search finds it");
	return NULL;
}

const struct check promo_checks[] = {
	{ "promo-totals", "A promotion's sums are those of its uses that stand.", totals },
	{ "promo-bounds", "No promotion passed its quota or its budget.", bounds },
	{ "promo-cards", "A card's uses of a promotion are those that stand.", cards },
	{ "promo-purchases", "No use stands whose purchase was struck out.", purchases },
	{ "promo-found", "Searches find the published promotions and no others.", found },
};
