/*
 * practice.c - the organiser's own offers for the whole city, for those who
 * take a sale over; a merchant's offer is its own.  Days are counted from
 * the first of the sale.
 */
#include "mod/promo/practice.h"
#include "core/city.h"
#include "mod/promo/contest.h"
#include "mod/promo/promo.h"
#include "promo_read.h"
#include "promo_write.h"

#define O	"offers/*/"
#define NUMBER(p, t, least, most, g)	{ .path = O p, .type = PRACTICE_NUMBER, \
	.policy = PRACTICE_FREE, .say = (t), .min = (least), .max = (most), .grows = (g) }
#define MONEY(p, t, g)	{ .path = O p, .type = PRACTICE_RUPIAH, .policy = PRACTICE_FREE, \
	.say = (t), .min = 0, .max = RUPIAH_MAX, .grows = (g) }
#define TEXT(p, t, k)	{ .path = O p, .type = (k), .policy = PRACTICE_FREE, .say = (t) }
static const struct practice_rule rules[] = {
	TEXT("title", TEXT_practice_offer_title, PRACTICE_TEXT),
	TEXT("gives", TEXT_practice_offer_gives, PRACTICE_TEXT),
	TEXT("terms", TEXT_practice_offer_terms, PRACTICE_LINES),
	{ .path = O "kind", .type = PRACTICE_CHOICE, .policy = PRACTICE_ADJUSTABLE,
	    .say = TEXT_practice_offer_kind, .choices = promo_kind_choices },
	NUMBER("percent", TEXT_practice_offer_percent, 0, 100, false),
	MONEY("worth", TEXT_practice_offer_worth, false),
	NUMBER("from-day", TEXT_practice_offer_from_day, 0, 366, false),
	NUMBER("days", TEXT_practice_offer_days, 1, 366, false),
	NUMBER("from-minute", TEXT_practice_offer_from_minute, 0, 1440, false),
	NUMBER("to-minute", TEXT_practice_offer_to_minute, 0, 1440, false),
	NUMBER("quota", TEXT_practice_offer_quota, 0, 100000000, true),
	NUMBER("per-card", TEXT_practice_offer_per_card, 0, 1000, false),
	MONEY("budget", TEXT_practice_offer_budget, true),
};

/* ---- as they are ------------------------------------------------------------------ */

struct offers { struct promotion *v; str *key; size_t n; };

static bool taken(const struct offers *o, size_t n, str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(o->key[i], key))
			return true;
	return false;
}

/* As it came with a practice; else made of its title, as ids mean nothing in another city. */
static void key_make(struct arena *a, struct offers *o, size_t i)
{
	str slug = slug_make(a, o->v[i].title), key;

	slug = slug.n ? slug : S("promo");
	key = slug;

	for (int n = 2; taken(o, o->n, key); n++)
		key = arena_printf(a, "%.*s-%d", SV(slug), n);
	o->key[i] = key;
}

static err load(struct db *db, const struct festival *f, struct offers *o)
{
	struct arena *a = db_arena(db);
	struct promo_practice_list *l;

	TRY(promo_q_practice_list(db, f->city, f->id, &l, &o->n));
	o->v = NEWN(a, struct promotion, o->n);
	o->key = NEWN(a, str, o->n);
	for (size_t i = 0; i < o->n; i++) {
		TRY(promo_get(db, f->city, l[i].id, &o->v[i]));
		if (!taken(o, i, o->v[i].slug))
			o->key[i] = o->v[i].slug;
	}
	for (size_t i = 0; i < o->n; i++)
		if (!o->key[i].n)
			key_make(a, o, i);
	return NULL;
}

static void number(struct practice_list *l, str key, const char *what, int64_t n)
{
	practice_number(l, arena_printf(l->a, "offers/%.*s/%s", SV(key), what), n);
}

static void words(struct practice_list *l, str key, const char *what, str s)
{
	practice_text(l, arena_printf(l->a, "offers/%.*s/%s", SV(key), what), s);
}

static void put(struct practice_list *l, const struct festival *f, str key,
    const struct promotion *p)
{
	words(l, key, "title", p->title);
	words(l, key, "gives", p->gives);
	words(l, key, "terms", p->terms);
	words(l, key, "kind", str_of(choice_by_value(promo_kind_choices, (int64_t)p->kind)->code));
	number(l, key, "percent", p->percent);
	number(l, key, "worth", p->worth);
	number(l, key, "from-day", p->first_day - f->first_day);
	number(l, key, "days", p->last_day - p->first_day + 1);
	number(l, key, "from-minute", p->from);
	number(l, key, "to-minute", p->to);
	number(l, key, "quota", p->quota);
	number(l, key, "per-card", p->per_card);
	number(l, key, "budget", p->budget);
}

static err read(struct db *db, const struct city *city, int64_t id, struct practice_list *l)
{
	struct offers o;
	struct festival f;

	TRY(festival_find(db, city->id, id_text(db_arena(db), id), &f));
	TRY(load(db, &f, &o));
	for (size_t i = 0; i < o.n; i++)
		put(l, &f, o.key[i], &o.v[i]);
	return NULL;
}

/* ---- as they shall be --------------------------------------------------------------- */

static int64_t wanted(const struct practice_write *w, str key, const char *what, int64_t usual)
{
	return practice_get_number(w->want, arena_printf(db_arena(w->tx->db), "offers/%.*s/%s",
	    SV(key), what).p, usual);
}

static str wanted_text(const struct practice_write *w, str key, const char *what)
{
	return practice_get_text(w->want, arena_printf(db_arena(w->tx->db), "offers/%.*s/%s",
	    SV(key), what).p);
}

static void take(const struct practice_write *w, const struct festival *f, str key,
    struct promotion *p)
{
	const struct choice *c = choice_by_code(promo_kind_choices, wanted_text(w, key, "kind"));

	p->title = wanted_text(w, key, "title");
	p->gives = wanted_text(w, key, "gives");
	p->terms = wanted_text(w, key, "terms");
	p->kind = c ? (enum promo_kind)c->value : PROMO_GIFT;
	p->percent = wanted(w, key, "percent", 0);
	p->worth = wanted(w, key, "worth", 0);
	p->first_day = f->first_day + wanted(w, key, "from-day", 0);
	p->last_day = p->first_day + wanted(w, key, "days", 1) - 1;
	p->from = wanted(w, key, "from-minute", 0);
	p->to = wanted(w, key, "to-minute", 0);
	p->quota = wanted(w, key, "quota", 0);
	p->per_card = wanted(w, key, "per-card", 0);
	p->budget = wanted(w, key, "budget", 0);
}

/* Does what is wished of one differ from what there is? */
static bool differs(const struct practice_write *w, str key)
{
	str top = arena_printf(db_arena(w->tx->db), "offers/%.*s", SV(key));

	for (size_t i = 0; i < w->want->all.n; i++) {
		const struct practice_value *v = &w->want->all.v[i];
		const str *now = practice_get(w->now, v->path);
		if (practice_below(v->path, top) && (!now || !str_eq(*now, v->value)))
			return true;
	}
	return false;
}

/* Among all that is adopted, a person must be told which offer it is. */
static err named(const struct practice_write *w, str title, err e)
{
	if (!e || e->kind != ERR_INVALID)
		return e;
	return ERR(db_arena(w->tx->db), ERR_INVALID, "practice-offer",
	    .arg = { title, err_text(db_arena(w->tx->db), LANG_ID, e) });
}

static err one(const struct practice_write *w, const struct festival *f, const struct offers *o,
    str key)
{
	struct promotion p = { .city = f->city, .festival = f->id };

	if (!differs(w, key))
		return NULL;
	for (size_t i = 0; i < o->n; i++)
		if (str_eq(o->key[i], key)) {
			p = o->v[i];
			take(w, f, key, &p);
			return named(w, p.title, promo_change(w->tx, f, &p));
		}
	p.slug = key;
	take(w, f, key, &p);
	return named(w, p.title, promo_add(w->tx, f, &p, w->by, w->at));
}

/* A draft that is no longer wished goes; one that was published is history. */
static err drop(const struct practice_write *w, const struct promotion *p)
{
	int64_t changed;

	TRY(promo_q_practice_total_drop(w->tx, p->city, p->id, NULL));
	TRY(promo_q_practice_drop(w->tx, p->city, p->id, &changed));
	return changed == 1 ? NULL : ERR(db_arena(w->tx->db), ERR_CONFLICT, "promo-fixed");
}

static err write(const struct practice_write *w)
{
	struct offers o;
	struct festival f;

	TRY(festival_find(w->tx->db, w->city->id, id_text(db_arena(w->tx->db), w->subject), &f));
	TRY(load(w->tx->db, &f, &o));
	for (size_t i = 0; i < w->want->all.n; i++) {
		str path = w->want->all.v[i].path;
		if (str_starts(path, S("offers/")) && str_ends(path, S("/title")))
			TRY(one(w, &f, &o, practice_piece(path, 1)));
	}
	for (size_t i = 0; i < o.n; i++)
		if (!wanted_text(w, o.key[i], "title").n)
			TRY(drop(w, &o.v[i]));
	return NULL;
}

const struct practice_part promo_parts[PROMO_PARTS] = {
	{ "festival", "offers", TEXT_practice_part_offers, false, rules, countof(rules), read,
	    write },
	{ "festival", "contests", TEXT_practice_part_contests, false, contest_rules, CONTEST_RULES,
	    contest_read, contest_write },
};
