/*
 * practice.c - draws and the shape of their prizes, for those who take a
 * sale over.  Nobody who won, no card, no rehearsal.
 */
#include "mod/draw/practice.h"
#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/draw.h"

#define PRIZE	"draws/*/prizes/*/"
static const struct practice_rule rules[] = {
	{ .path = "draws/*/name", .type = PRACTICE_TEXT, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_draw_name },
	{ .path = PRIZE "title", .type = PRACTICE_TEXT, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_prize_title },
	{ .path = PRIZE "class", .type = PRACTICE_TEXT, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_prize_class },
	{ .path = PRIZE "number", .type = PRACTICE_NUMBER, .policy = PRACTICE_ADJUSTABLE,
	    .say = TEXT_practice_prize_number, .min = 1, .max = 10000, .grows = true },
	{ .path = PRIZE "position", .type = PRACTICE_NUMBER, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_prize_position, .min = 1, .max = 10000 },
	{ .path = PRIZE "value", .type = PRACTICE_RUPIAH, .policy = PRACTICE_FREE,
	    .say = TEXT_practice_prize_value, .min = 0, .max = RUPIAH_MAX },
};

/* ---- as it is ---------------------------------------------------------------- */

static void prize_put(struct practice_list *l, const struct draw *d, const struct prize *p)
{
	const char *at = arena_printf(l->a, "draws/%.*s/prizes/%.*s", SV(d->slug),
	    SV(p->code)).p;

	practice_text(l, arena_printf(l->a, "%s/title", at), p->title);
	practice_text(l, arena_printf(l->a, "%s/class", at), p->cls);
	practice_number(l, arena_printf(l->a, "%s/number", at), p->number);
	practice_number(l, arena_printf(l->a, "%s/position", at), p->position);
	practice_number(l, arena_printf(l->a, "%s/value", at), p->value);
}

static err read(struct db *db, const struct city *city, int64_t id, struct practice_list *l)
{
	struct draw *d;
	struct prize *p;
	size_t n, prizes;

	TRY(draw_list(db, city->id, (festival_id){ id }, &d, &n));
	for (size_t i = 0; i < n; i++) {
		if (d[i].rehearsal)
			continue;
		practice_text(l, arena_printf(l->a, "draws/%.*s/name", SV(d[i].slug)),
		    d[i].name);
		TRY(prize_list(db, &d[i], &p, &prizes));
		for (size_t k = 0; k < prizes; k++)
			prize_put(l, &d[i], &p[k]);
	}
	return NULL;
}

/* ---- as it shall be ------------------------------------------------------------- */

static str below(struct arena *a, const struct practice_list *l, const char *at, const char *what)
{
	return practice_get_text(l, arena_printf(a, "%s/%s", at, what).p);
}

static void prize_take(struct arena *a, const struct practice_list *l, str title_path,
    struct prize *p)
{
	const char *at = arena_cstr(a, str_sub(title_path, 0, title_path.n - 6));

	*p = (struct prize){ .code = practice_piece(title_path, 3),
	    .cls = below(a, l, at, "class"), .title = below(a, l, at, "title"),
	    .number = practice_get_number(l, arena_printf(a, "%s/number", at).p, 1),
	    .position = practice_get_number(l, arena_printf(a, "%s/position", at).p, 0),
	    .value = practice_get_number(l, arena_printf(a, "%s/value", at).p, 0) };
}

/* The prizes of a draw that are wished, in the order of drawing. */
static size_t prizes_wanted(const struct practice_write *w, str slug, struct prize **out)
{
	struct arena *a = db_arena(w->tx->db);
	str top = arena_printf(a, "draws/%.*s/prizes", SV(slug));
	struct prize *v = NEWN(a, struct prize, w->want->all.n);
	size_t n = 0;

	for (size_t i = 0; i < w->want->all.n; i++) {
		str path = w->want->all.v[i].path;
		if (!practice_below(path, top) || !str_ends(path, S("/title")))
			continue;
		struct prize p;
		prize_take(a, w->want, path, &p);
		size_t k = n++;
		for (; k > 0 && v[k - 1].position > p.position; k--)
			v[k] = v[k - 1];
		v[k] = p;
	}
	*out = v;
	return n;
}

static err prizes_write(const struct practice_write *w, const struct draw *d)
{
	struct prize *was, *v;
	size_t n_was, n = prizes_wanted(w, d->slug, &v);

	TRY(prize_list(w->tx->db, d, &was, &n_was));
	for (size_t i = 0; i < n_was; i++)
		TRY(prize_drop(w->tx, w->change, d, was[i].id));
	for (size_t i = 0; i < n; i++)
		TRY(prize_add(w->tx, w->change, d, &v[i]));
	return NULL;
}

static err draw_make(const struct practice_write *w, str slug, str name, struct draw *d)
{
	struct db *db = w->tx->db;
	struct festival f;

	*d = (struct draw){ .slug = slug, .name = name };
	TRY(festival_find(db, w->city->id, id_text(db_arena(db), w->subject), &f));
	return draw_create(w->tx, w->change, &f, d, w->at);
}

static bool touched(const struct practice_write *w, str top)
{
	for (int both = 0; both < 2; both++) {
		const struct practice_list *x = both ? w->now : w->want;
		const struct practice_list *y = both ? w->want : w->now;
		for (size_t i = 0; i < x->all.n; i++) {
			const str *other = practice_get(y, x->all.v[i].path);
			if (practice_below(x->all.v[i].path, top) &&
			    (!other || !str_eq(*other, x->all.v[i].value)))
				return true;
		}
	}
	return false;
}

static err one(const struct practice_write *w, str slug, str name)
{
	struct arena *a = db_arena(w->tx->db);
	str top = arena_printf(a, "draws/%.*s", SV(slug));
	struct draw d;
	int64_t changed;

	if (!touched(w, top))
		return NULL;
	if (!practice_get(w->now, arena_printf(a, "draws/%.*s/name", SV(slug))))
		TRY(draw_make(w, slug, name, &d));
	else
		TRY(draw_find(w->tx->db, w->city->id, (festival_id){ w->subject }, slug, &d));
	if (!str_eq(d.name, name)) {
		TRY(draw_q_name_set(w->tx, d.city, d.id, name, &changed));
		if (changed != 1)
			return ERR(a, ERR_CONFLICT, "draw-fixed", .arg = { d.name });
	}
	return prizes_write(w, &d);
}

/* One that nobody has begun to work with; else it stays, and that is said. */
static err drop(const struct practice_write *w, str slug)
{
	struct arena *a = db_arena(w->tx->db);
	struct draw_begun begun;
	struct draw d;
	struct prize *p;
	size_t n;

	TRY(draw_find(w->tx->db, w->city->id, (festival_id){ w->subject }, slug, &d));
	TRY(draw_q_begun(w->tx->db, d.city, d.id, &begun));
	if (d.state != DRAW_DRAFT || begun.n)
		return ERR(a, ERR_CONFLICT, "practice-draw-stays", .arg = { d.name });
	TRY(prize_list(w->tx->db, &d, &p, &n));
	for (size_t i = 0; i < n; i++)
		TRY(prize_drop(w->tx, w->change, &d, p[i].id));
	return draw_q_drop(w->tx, d.city, d.id, NULL);
}

static err write(const struct practice_write *w)
{
	for (size_t i = 0; i < w->want->all.n; i++) {
		const struct practice_value *v = &w->want->all.v[i];
		if (str_starts(v->path, S("draws/")) && str_eq(practice_piece(v->path, 2),
		    S("name")))
			TRY(one(w, practice_piece(v->path, 1), v->value));
	}
	for (size_t i = 0; i < w->now->all.n; i++) {
		const struct practice_value *v = &w->now->all.v[i];
		if (str_starts(v->path, S("draws/")) && str_ends(v->path, S("/name")) &&
		    !practice_get(w->want, v->path))
			TRY(drop(w, practice_piece(v->path, 1)));
	}
	return NULL;
}

const struct practice_part draw_part = { "festival", "draws", TEXT_practice_part_draws, false,
	rules, countof(rules), read, write };
