/* contest.c - contests of a sale, and how they leave with its practice. */
#include "mod/promo/contest.h"
#include "promo_read.h"
#include "promo_write.h"

/* ---- rows ----------------------------------------------------------------------- */

err contests_load(struct db *db, const struct festival *f, struct contest **out, size_t *n)
{
	struct promo_contest_list *l;

	TRY(promo_q_contest_list(db, f->city, f->id, &l, n));
	*out = NEWN(db_arena(db), struct contest, *n);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct contest){ l[i].id, l[i].slug, l[i].name, l[i].who, l[i].judged,
		    l[i].prizes };
	return NULL;
}

err contests_any(struct db *db, const struct festival *f, bool *any)
{
	struct promo_contest_any one;

	return promo_q_contest_any(db, f->city, f->id, &one, any);
}

err contest_find(struct db *db, const struct festival *f, str slug, struct contest *c)
{
	struct promo_contest_by_slug r;
	bool found;

	TRY(promo_q_contest_by_slug(db, f->city, f->id, slug, &r, &found));
	if (!found)
		return ERR(db_arena(db), ERR_MISSING, "contest-unknown", .arg = { slug });
	*c = (struct contest){ r.id, r.slug, r.name, r.who, r.judged, r.prizes };
	return NULL;
}

static err judge(struct arena *a, const struct festival *f, const struct contest *c)
{
	if (f->state >= FESTIVAL_FROZEN)
		return ERR(a, ERR_CONFLICT, "contest-over", .arg = { f->name });
	if (c->name.n < 3 || c->name.n > 120)
		return ERR(a, ERR_INVALID, "contest-name", .field = "name");
	if (c->who.n < 3)
		return ERR(a, ERR_INVALID, "contest-who", .field = "who", .arg = { c->name });
	if (c->who.n > CONTEST_TEXT || c->judged.n > CONTEST_TEXT || c->prizes.n > CONTEST_TEXT)
		return ERR(a, ERR_INVALID, "contest-long", .arg = { c->name });
	return NULL;
}

/* "pasar-terhias", or with the next number that is free. */
static err slug_choose(struct db *db, const struct festival *f, struct contest *c)
{
	struct arena *a = db_arena(db);
	str slug = slug_make(a, c->name);
	struct promo_contest_by_slug r;
	bool found = true;

	slug = slug.n ? slug : S("lomba");
	c->slug = slug;
	for (int n = 2; found && n < CONTESTS + 2; n++) {
		TRY(promo_q_contest_by_slug(db, f->city, f->id, c->slug, &r, &found));
		if (found)
			c->slug = arena_printf(a, "%.*s-%d", SV(slug), n);
	}
	return NULL;
}

err contest_add(struct tx *tx, const struct festival *f, struct contest *c)
{
	struct contest *all;
	size_t n;

	TRY(judge(db_arena(tx->db), f, c));
	TRY(contests_load(tx->db, f, &all, &n));
	if (n >= CONTESTS)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "contest-many");
	if (!c->slug.n)
		TRY(slug_choose(tx->db, f, c));
	c->id = (contest_id){ id_new() };
	return promo_q_contest_add(tx, f->city, c->id, f->id, c->slug, c->name, c->who, c->judged,
	    c->prizes, NULL);
}

err contest_change(struct tx *tx, const struct festival *f, const struct contest *c)
{
	TRY(judge(db_arena(tx->db), f, c));
	return promo_q_contest_change(tx, f->city, c->id, c->name, c->who, c->judged, c->prizes,
	    NULL);
}

err contest_drop(struct tx *tx, const struct festival *f, const struct contest *c)
{
	if (f->state >= FESTIVAL_FROZEN)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "contest-over", .arg = { f->name });
	return promo_q_contest_drop(tx, f->city, c->id, NULL);
}

/* ---- what one city gives another ----------------------------------------------------- */

#define TEXT(p, t, k)	{ .path = "contests/*/" p, .type = (k), .policy = PRACTICE_FREE, \
	.say = (t) }
const struct practice_rule contest_rules[CONTEST_RULES] = {
	TEXT("name", TEXT_practice_contest_name, PRACTICE_TEXT),
	TEXT("who", TEXT_practice_contest_who, PRACTICE_LINES),
	TEXT("judged", TEXT_practice_contest_judged, PRACTICE_LINES),
	TEXT("prizes", TEXT_practice_contest_prizes, PRACTICE_LINES),
};

static str path(struct arena *a, str slug, const char *what)
{
	return arena_printf(a, "contests/%.*s/%s", SV(slug), what);
}

err contest_read(struct db *db, const struct city *city, int64_t id, struct practice_list *l)
{
	struct festival f;
	struct contest *c;
	size_t n;

	TRY(festival_find(db, city->id, id_text(db_arena(db), id), &f));
	TRY(contests_load(db, &f, &c, &n));
	for (size_t i = 0; i < n; i++) {
		practice_text(l, path(l->a, c[i].slug, "name"), c[i].name);
		practice_text(l, path(l->a, c[i].slug, "who"), c[i].who);
		practice_text(l, path(l->a, c[i].slug, "judged"), c[i].judged);
		practice_text(l, path(l->a, c[i].slug, "prizes"), c[i].prizes);
	}
	return NULL;
}

static str wanted(const struct practice_write *w, str slug, const char *what)
{
	return practice_get_text(w->want, path(db_arena(w->tx->db), slug, what).p);
}

static err put(const struct practice_write *w, const struct festival *f, str slug)
{
	struct contest was, c = { .slug = slug, .name = wanted(w, slug, "name"),
		.who = wanted(w, slug, "who"), .judged = wanted(w, slug, "judged"),
		.prizes = wanted(w, slug, "prizes") };
	err e = contest_find(w->tx->db, f, slug, &was);

	if (e && e->kind == ERR_MISSING)
		return contest_add(w->tx, f, &c);
	TRY(e);
	c.id = was.id;
	return contest_change(w->tx, f, &c);
}

err contest_write(const struct practice_write *w)
{
	struct festival f;
	struct contest *c;
	size_t n;

	TRY(festival_find(w->tx->db, w->city->id, id_text(db_arena(w->tx->db), w->subject), &f));
	TRY(contests_load(w->tx->db, &f, &c, &n));
	for (size_t i = 0; i < n; i++)
		if (!wanted(w, c[i].slug, "name").n)
			TRY(contest_drop(w->tx, &f, &c[i]));
	for (size_t i = 0; i < w->want->all.n; i++) {
		str at = w->want->all.v[i].path;
		if (str_starts(at, S("contests/")) && str_ends(at, S("/name")))
			TRY(put(w, &f, practice_piece(at, 1)));
	}
	return NULL;
}
