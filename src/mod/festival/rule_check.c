/*
 * rule_check.c - each purchase proven again by the rules in force at its
 * moment, and what the caps of some version need kept beside the rows.
 */
#include "core/city.h"
#include "festival_read.h"
#include "mod/festival/organiser.h"

#define LINES_MAX	20
#define NOT_ALONE	(RULE_STEP_CAP_MERCHANT | RULE_STEP_CAP_DAY | RULE_STEP_CAP_PERSON \
			| RULE_STEP_LIMIT)
#define ALONE		(RULE_STEP_MINIMUM | RULE_STEP_SECTOR | RULE_STEP_MERCHANT \
			| RULE_STEP_MULTIPLIER | RULE_STEP_CAP_PURCHASE)

struct judging {
	struct buf *b;
	struct festival f;
	struct city city;
	int lines;
};

static void say(struct judging *j, const struct festival_check_judged *p, const char *what)
{
	if (j->lines++ < LINES_MAX)
		buf_printf(j->b, "%.*s: purchase %.*s %s\n", SV(j->f.slug),
		    SV(id_text(j->b->a, p->id)), what);
}

/* Version 1 is not among the amended. */
static const struct rules *version(const struct festival *f, int64_t number)
{
	return number >= 1 && number <= (int64_t)f->n_amended + 1 ?
	    rules_before(f, (size_t)(number - 1)) : NULL;
}

/*
 * The version it says is the one in force at its moment.  A purchase dated
 * ahead of its arrival may have been judged before a version that was made
 * later; one that waited in the queue meanwhile likewise.
 */
static bool version_fits(const struct festival *f, const struct festival_check_judged *p)
{
	int64_t number;

	rules_at(f, p->at, &number);
	if (p->rules > number)
		return false;
	for (int64_t n = p->rules + 1; n <= number; n++)
		if (f->amended[n - 2].made <= p->received - MINUTE)
			return false;
	return true;
}

/* Caps of a person look at what was before and can only take away. */
static bool counted_fits(const struct rules *r, const struct festival_check_judged *p,
    enum zone zone)
{
	struct rules alone = *r;
	struct rule_facts facts = { .amount = p->amount, .method = (enum method)p->method,
	    .venue = (enum venue_kind)p->venue_kind, .sector = (enum sector)p->sector,
	    .merchant = p->merchant, .day = time_day(p->at, zone),
	    .hour = time_civil(p->at, zone).hour };
	struct rule_result x;

	alone.cap_merchant = alone.cap_day = alone.cap_person = 0;
	rule_apply(&alone, &facts, &x);
	if ((x.why & ALONE) != ((unsigned)p->why & ALONE))
		return false;
	return (unsigned)p->why & NOT_ALONE ? p->counted <= x.counted : p->counted == x.counted;
}

static err judge(void *ctx, const struct festival_check_judged *p)
{
	struct judging *j = ctx;
	const struct rules *r = version(&j->f, p->rules);

	if (!r || !version_fits(&j->f, p))
		say(j, p, "was not judged by the rules in force at its moment");
	else if (!counted_fits(r, p, j->city.zone))
		say(j, p, "does not count what the rules in force at its moment say");
	return NULL;
}

err rule_check_judged(struct db *db, city_id city, str slug, struct buf *b)
{
	struct judging j = { .b = b };

	TRY(festival_find(db, city, slug, &j.f));
	TRY(city_get(db, city, &j.city));
	return festival_q_check_judged(db, city.v, j.f.id.v, judge, &j);
}

static void tally_say(struct buf *b, str slug, const char *what, int64_t card, int64_t kept,
    int64_t has)
{
	buf_printf(b, "%.*s: counted %s by card %.*s: kept %lld, from the rows %lld\n", SV(slug),
	    what, SV(id_text(b->a, card)), (long long)kept, (long long)has);
}

err rule_check_tallies(struct db *db, city_id city, str slug, struct buf *b)
{
	struct festival_check_tallies_lost *m;
	struct festival_check_days_bad *d;
	struct rules_tallies need;
	struct festival f;
	struct city c;
	size_t n = 0;

	TRY(festival_find(db, city, slug, &f));
	TRY(city_get(db, city, &c));
	need = rules_tallies(&f);
	if (need.merchant)
		TRY(festival_q_check_tallies_lost(db, city.v, f.id.v, &m, &n));
	for (size_t i = 0; i < n; i++)
		tally_say(b, slug, "at one merchant", m[i].card, 0, m[i].has);
	n = 0;
	if (need.day)
		TRY(festival_q_check_days_bad(db, city.v, f.id.v, (int64_t)c.zone, &d, &n));
	for (size_t i = 0; i < n; i++)
		tally_say(b, slug, "on one day", d[i].card, d[i].kept, d[i].has);
	return NULL;
}
