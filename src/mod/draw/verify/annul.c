/* annul.c - a draw that ended without winners, because its round did not come. */
#include "mod/draw/verify/internal.h"

#define NAME		S("annulment.txt")
#define TEXT_MAX	4096
#define AFTER		INT64_C(259200)	/* seconds: 72 hours past due	*/

static void fail(struct check *c, enum why why, str name)
{
	mark_fail(c, PART_D_ANNULLED, why, name);
}

/* Whoever knew the number could have annulled for it. */
static bool nothing_drawn(struct check *c)
{
	static const str drawn[] = { S_INIT("beacon.txt"), S_INIT("winners.tsv"),
		S_INIT("transcript.tsv"), S_INIT("after") };

	for (size_t i = 0; i < countof(drawn); i++)
		if (file_exists(c, drawn[i])) {
			fail(c, WHY_ANNULLED_DRAWN, drawn[i]);
			return false;
		}
	return true;
}

static void judge(struct check *c, const struct told *t)
{
	int64_t since = round_due(c->head.round);

	since = since > INT64_MAX - AFTER ? INT64_MAX : since + AFTER;
	c->said.v[c->said.n - 1].since = chain_is_quicknet(c) ? since : 0;
	if (!chain_is_quicknet(c))
		mark(c, PART_D_ANNULLED, MARK_UNCHECKED, WHY_NO_CLOCK, S(""), S(""), S(""));
	else if (t->at < since)
		mark(c, PART_D_ANNULLED, MARK_FAILED, WHY_ANNULLED_EARLY, utc(c, t->at),
		    utc(c, since), S(""));
	else
		mark(c, PART_D_ANNULLED, MARK_VALID, WHY_ANNULMENT, t->notary, t->deed,
		    arena_printf(c->a, "https://api.drand.sh/%.*s/public/%llu",
			SV(c->head.chain), (unsigned long long)c->head.round));
}

void check_annulment(struct check *c)
{
	struct told t;
	str text;
	enum file_state s = file_read(c->a, c->dir, NAME, TEXT_MAX, &text);

	if (s == FILE_MISSING)
		return;
	if (s != FILE_OK) {
		fail(c, file_why(s), NAME);
		return;
	}
	if (!parse_told(c->a, &c->head, TOLD_ANNULMENT, text, &t)) {
		fail(c, WHY_TOLD_FORMAT, NAME);
		return;
	}
	*VEC_ADD(c->a, &c->said) = (struct said){ NAME, text, 0, 0 };
	if (!nothing_drawn(c))
		return;
	mark(c, PART_D_WINNERS, MARK_UNCHECKED, WHY_ANNULLED, S(""), S(""), S(""));
	mark(c, PART_D_BEACON, MARK_UNCHECKED, WHY_ANNULLED, S(""), S(""), S(""));
	judge(c, &t);
}
