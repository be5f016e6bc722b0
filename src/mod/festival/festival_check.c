/* festival_check.c - what must hold between purchases and the sums beside them. */
#include "festival_read.h"
#include "mod/festival/card_person.h"
#include "mod/festival/import.h"
#include "mod/festival/organiser.h"
#include "mod/festival/purchase_log.h"
#include <stdio.h>

/* One line: where, what, and the two figures that should be one. */
static void differ(struct buf *b, const struct festival_check_festival *f, const char *what,
    int64_t kept, int64_t counted)
{
	if (kept != counted)
		buf_printf(b, "%.*s: %s: kept %lld, from the rows %lld\n", SV(f->slug), what,
		    (long long)kept, (long long)counted);
}

static void differ_id(struct buf *b, const struct festival_check_festival *f, const char *what,
    int64_t id, int64_t kept, int64_t counted)
{
	char name[64], code[ID_TEXT + 1];
	struct arena *a = b->a;

	snprintf(code, sizeof code, "%.*s", SV(id_text(a, id)));
	snprintf(name, sizeof name, "%s %s", what, code);
	differ(b, f, name, kept, counted);
}

typedef err of_sale(struct db *, const struct festival_check_festival *, struct buf *);

static err each_sale(struct db *db, struct buf *b, of_sale *run)
{
	struct festival_check_festival *f;
	size_t n;

	TRY(festival_q_check_festival(db, &f, &n));
	for (size_t i = 0; i < n; i++)
		TRY(run(db, &f[i], b));
	return NULL;
}

/* ---- the sale's own sums ------------------------------------------------- */

static err totals_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	struct festival_check_purchase_sums p;
	struct festival_check_card_sums c;
	struct festival_check_merchant_sums m;
	struct festival_total_get t;

	TRY(festival_q_total_get(db, (city_id){ f->city }, (festival_id){ f->festival }, &t));
	TRY(festival_q_check_purchase_sums(db, f->city, f->festival, &p));
	TRY(festival_q_check_card_sums(db, f->city, f->festival, &c));
	TRY(festival_q_check_merchant_sums(db, f->city, f->festival, &m));
	differ(b, f, "purchases", t.purchases, p.purchases);
	differ(b, f, "rupiah", t.rupiah, p.rupiah);
	differ(b, f, "unclaimed", t.unclaimed, p.unclaimed);
	differ(b, f, "numbers given", t.numbered, p.numbered);
	differ(b, f, "merchants reporting", t.reporting, p.merchants);
	differ(b, f, "coupons of all cards", t.coupons, c.coupons);
	differ(b, f, "purchases of all cards", c.purchases, p.purchases - p.unclaimed);
	differ(b, f, "purchases of all merchants", m.purchases, p.purchases);
	differ(b, f, "rupiah of all merchants", m.rupiah, p.rupiah);
	return NULL;
}

/* ---- cards ------------------------------------------------------------------ */

static err cards_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	struct festival_check_card_bad *v;
	size_t n;

	TRY(festival_q_check_card_bad(db, f->city, f->festival, &v, &n));
	for (size_t i = 0; i < n; i++) {
		differ_id(b, f, "purchases of card", v[i].card, v[i].purchases, v[i].has_purchases);
		differ_id(b, f, "rupiah of card", v[i].card, v[i].rupiah, v[i].has_rupiah);
		differ_id(b, f, "counted rupiah of card", v[i].card, v[i].counted,
		    v[i].has_counted);
	}
	return NULL;
}

/* Of a person with several cards they follow from what the caps leave. */
static err heads(struct db *db, const struct festival_check_festival *f,
    const struct festival *fest, struct buf *b)
{
	struct festival_check_heads *v;
	int64_t counts;
	size_t n;

	TRY(festival_q_check_heads(db, f->city, f->festival, &v, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(card_counts(db, fest, (struct card_standing){ v[i].card, true }, v[i].counted,
		    &counts));
		differ_id(b, f, "coupons of joined card", v[i].card.v, v[i].coupons,
		    rule_total_coupons(&fest->rules, counts));
	}
	return NULL;
}

/* Coupons follow from the card's sum ... */
static err coupons_total(struct db *db, const struct festival_check_festival *f,
    const struct festival *fest, struct buf *b)
{
	const struct rules *rules = &fest->rules;
	struct festival_check_coupons_bad *v;
	size_t n;

	TRY(festival_q_check_coupons_bad(db, f->city, f->festival, rules->unit, &v, &n));
	for (size_t i = 0; i < n; i++)
		differ_id(b, f, "coupons of card", v[i].card, v[i].coupons,
		    rule_total_coupons(rules, v[i].counted));
	return heads(db, f, fest, b);
}

/* ... or from each of its purchases. */
static err coupons_each(struct db *db, const struct festival_check_festival *f,
    const struct rules *rules, struct buf *b)
{
	struct festival_check_coupons_each_bad *c;
	struct festival_check_points_bad *p;
	size_t n;

	TRY(festival_q_check_coupons_each_bad(db, f->city, f->festival, &c, &n));
	for (size_t i = 0; i < n; i++)
		differ_id(b, f, "coupons of card", c[i].card, c[i].coupons, c[i].has_coupons);
	TRY(festival_q_check_points_bad(db, f->city, f->festival, rules->unit, &p, &n));
	for (size_t i = 0; i < n; i++)
		differ_id(b, f, "coupons of purchase", p[i].purchase, p[i].points,
		    p[i].counted / rules->unit);
	return NULL;
}

static err coupons_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	struct festival fest;

	TRY(festival_find(db, (city_id){ f->city }, f->slug, &fest));
	if (fest.rules.counting == RULE_PER_PURCHASE)
		return coupons_each(db, f, &fest.rules, b);
	return coupons_total(db, f, &fest, b);
}

/* ---- several cards of one person ------------------------------------------ */

static err joins_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	static const char *const what[] = { "", "is joined, and no row says so",
		"stands under a card that is itself joined",
		"gave its sums away and still has some",
		"was joined, and does not stand so", "is the main card of nobody" };
	struct festival_check_joins_bad *v;
	struct festival_check_tallies_bad *t;
	size_t n;

	TRY(festival_q_check_joins_bad(db, f->city, f->festival, &v, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%.*s: card %.*s %s\n", SV(f->slug), SV(id_text(b->a, v[i].card)),
		    what[v[i].what]);
	TRY(festival_q_check_tallies_bad(db, f->city, f->festival, &t, &n));
	for (size_t i = 0; i < n; i++)
		differ_id(b, f, "counted at one merchant by card", t[i].card, t[i].kept, t[i].has);
	return NULL;
}

static err nobody_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	struct festival_check_coupon_of_nothing *v;
	size_t n;

	TRY(festival_q_check_coupon_of_nothing(db, f->city, f->festival, &v, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%.*s: purchase %.*s brought coupons and has no card\n", SV(f->slug),
		    SV(id_text(b->a, v[i].purchase)));
	return NULL;
}

/* ---- merchants and slices ------------------------------------------------------ */

static err merchants_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	struct festival_check_merchant_received *r;
	struct festival_check_merchant_bad *v;
	size_t n;

	TRY(festival_q_check_merchant_bad(db, f->city, f->festival, &v, &n));
	for (size_t i = 0; i < n; i++) {
		differ_id(b, f, "purchases of merchant", v[i].merchant, v[i].purchases,
		    v[i].has_purchases);
		differ_id(b, f, "rupiah of merchant", v[i].merchant, v[i].rupiah, v[i].has_rupiah);
	}
	TRY(festival_q_check_merchant_received(db, f->city, f->festival, &r, &n));
	for (size_t i = 0; i < n; i++)
		differ_id(b, f, "newest moment of merchant", r[i].merchant, r[i].received,
		    r[i].has_received);
	return NULL;
}

static err slices_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	static const char *const name[][2] = {
		[SLICE_DAY] = { "purchases by day", "rupiah by day" },
		[SLICE_METHOD] = { "purchases by method", "rupiah by method" },
		[SLICE_VENUE] = { "purchases by venue", "rupiah by venue" },
		[SLICE_SECTOR] = { "purchases by sector", "rupiah by sector" },
		[SLICE_HOUR] = { "purchases by hour", "rupiah by hour" },
	};
	int64_t purchases[countof(name)] = { 0 }, rupiah[countof(name)] = { 0 };
	struct festival_check_purchase_sums p;
	struct festival_check_slice_sums *v;
	size_t n;

	TRY(festival_q_check_purchase_sums(db, f->city, f->festival, &p));
	TRY(festival_q_check_slice_sums(db, f->city, f->festival, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].kind >= 0 && v[i].kind < (int64_t)countof(name)) {
			purchases[v[i].kind] = v[i].purchases;
			rupiah[v[i].kind] = v[i].rupiah;
		}
	for (size_t i = 0; i < countof(name); i++) {
		differ(b, f, name[i][0], purchases[i], p.purchases);
		differ(b, f, name[i][1], rupiah[i], p.rupiah);
	}
	return NULL;
}

/* ---- chains ---------------------------------------------------------------- */

static err card_chains_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	return chain_check_cards(db, (city_id){ f->city }, (festival_id){ f->festival }, f->slug,
	    b);
}

static err merchant_chains_of(struct db *db, const struct festival_check_festival *f,
    struct buf *b)
{
	return chain_check_merchants(db, (city_id){ f->city }, (festival_id){ f->festival },
	    f->slug, b);
}

static err standing_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	struct festival_check_participation_bad *v;
	size_t n;

	TRY(festival_q_check_participation_bad(db, f->city, f->festival, &v, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%.*s: merchants in state %lld: %lld counted, %lld there\n",
		    SV(f->slug), (long long)v[i].state, (long long)v[i].n,
		    (long long)v[i].has_n);
	return NULL;
}

static err standing(struct db *db, struct buf *b) { return each_sale(db, b, standing_of); }

static err methods_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	struct festival_check_method_bad *v;
	struct festival_check_method_last *last;
	size_t n, n_last;

	TRY(festival_q_check_method_bad(db, f->city, f->festival, &v, &n));
	for (size_t i = 0; i < n; i++) {
		const char *code = choice_by_value(method_choices, v[i].method)->code;
		differ(b, f, code, v[i].purchases, v[i].has_purchases);
		differ(b, f, code, v[i].rupiah, v[i].has_rupiah);
	}
	TRY(festival_q_check_method_last(db, f->city, f->festival, &last, &n_last));
	for (size_t i = 0; i < n_last; i++)
		buf_printf(b, "%.*s: purchase %.*s is not paid as its last correction says\n",
		    SV(f->slug), SV(id_text(b->a, last[i].purchase)));
	return NULL;
}

static err judged_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	return rule_check_judged(db, (city_id){ f->city }, f->slug, b);
}

static err tallies_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	return rule_check_tallies(db, (city_id){ f->city }, f->slug, b);
}

static err judged(struct db *db, struct buf *b) { return each_sale(db, b, judged_of); }
static err tallies(struct db *db, struct buf *b) { return each_sale(db, b, tallies_of); }

/* ---- files of offices --------------------------------------------------------- */

static err imports_of(struct db *db, const struct festival_check_festival *f, struct buf *b)
{
	struct festival_check_import *v;
	struct festival_check_import_struck *s;
	size_t n;

	TRY(festival_q_check_import(db, f->city, f->festival, &v, &n));
	for (size_t i = 0; i < n; i++)
		differ_id(b, f, "rows of import", v[i].id, v[i].recorded, v[i].has);
	TRY(festival_q_check_import_struck(db, f->city, f->festival, IMPORT_PURCHASES,
	    IMPORT_STRUCK, IMPORT_UNDONE, &s, &n));
	for (size_t i = 0; i < n; i++)
		differ_id(b, f, "valid purchases of the struck-out import", s[i].id, 0, s[i].n);
	return NULL;
}

static err imports(struct db *db, struct buf *b) { return each_sale(db, b, imports_of); }
static err totals(struct db *db, struct buf *b) { return each_sale(db, b, totals_of); }
static err cards(struct db *db, struct buf *b) { return each_sale(db, b, cards_of); }
static err coupons(struct db *db, struct buf *b) { return each_sale(db, b, coupons_of); }
static err nobody(struct db *db, struct buf *b) { return each_sale(db, b, nobody_of); }
static err joins(struct db *db, struct buf *b) { return each_sale(db, b, joins_of); }
static err merchants(struct db *db, struct buf *b) { return each_sale(db, b, merchants_of); }
static err slices(struct db *db, struct buf *b) { return each_sale(db, b, slices_of); }
static err methods(struct db *db, struct buf *b) { return each_sale(db, b, methods_of); }

static err card_chains(struct db *db, struct buf *b)
{
	return each_sale(db, b, card_chains_of);
}

static err merchant_chains(struct db *db, struct buf *b)
{
	return each_sale(db, b, merchant_chains_of);
}

const struct check festival_checks[] = {
	{ "festival-totals",
	    "A sale's sums are those of its valid purchases, cards and "
	    "merchants.",
	    totals },
	{ "festival-cards", "A card's sums are those of its valid purchases.",
	    cards },
	{ "festival-coupons",
	    "A card's coupons follow from its counted rupiah, or where each purchase "
	    "counts alone from those.", coupons },
	{ "festival-joined-cards",
	    "Joined cards stand under one main card, which alone has their sums.", joins },
	{ "festival-coupon-card", "No coupon without a card.", nobody },
	{ "festival-merchants",
	    "A merchant's sums are those of its valid purchases.", merchants },
	{ "festival-slices",
	    "Days, methods, venues, sectors and hours each add up to the whole.",
	    slices },
	{ "festival-card-chains",
	    "From a card's newest purchase each of its purchases is reached, once, in order.",
	    card_chains },
	{ "festival-merchant-chains",
	    "From a merchant's newest purchase each of its purchases is reached, once, in order.",
	    merchant_chains },
	{ "festival-standing",
	    "As many merchants are counted in each state as stand in it.", standing },
	{ "festival-methods",
	    "Each way of paying adds up from its purchases, corrections "
	    "included.",
	    methods },
	{ "festival-judged",
	    "Each purchase counts what the rules in force at its moment say.", judged },
	{ "festival-tallies",
	    "What a person counts at a merchant and on a day is kept where a cap needs it.",
	    tallies },
	{ "festival-imports",
	    "An import has as many rows as it recorded, and none that counts once struck out.",
	    imports },
	{ "ledger-purchases", "Each purchase is in the public log as it stands.",
	    purchase_log_check },
};
