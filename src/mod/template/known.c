/* known.c - what a city can read, and who descends from whom. */
#include "mod/template/known.h"
#include "mod/template/shipped.h"
#include "template_read.h"

str known_short(const struct template *t)
{
	return str_sub(t->sha256, 0, KNOWN_SHORT);
}

static struct template_known *find(struct template_knowns *k, str sha256)
{
	for (size_t i = 0; i < k->n; i++)
		if (str_eq(k->v[i].t.sha256, sha256))
			return &k->v[i];
	return NULL;
}

static err shelf(struct db *db, city_id city, const struct template_entry *e, size_t n,
    struct template_knowns *k)
{
	for (size_t i = 0; i < n; i++) {
		struct template_known *x = &k->v[k->n++];
		*x = (struct template_known){ .made = e[i].source == TEMPLATE_MADE, .held = true,
		    .at = e[i].at, .from = e[i].from };
		TRY(template_get(db, city, e[i].ref, &x->t));
	}
	return NULL;
}

err known_load(struct db *db, city_id city, struct template_knowns *k)
{
	struct template_file_released *given;
	struct template_entry *e;
	size_t n, m;

	TRY(template_list(db, city, &e, &n));
	TRY(template_q_file_released(db, city, &given, &m));
	*k = (struct template_knowns){ NEWN(db_arena(db), struct template_known, n + m), 0 };
	TRY(shelf(db, city, e, n, k));
	for (size_t i = 0; i < m; i++) {
		if (find(k, given[i].sha256))
			continue;
		struct template_known *x = &k->v[k->n];
		*x = (struct template_known){ .at = given[i].at };
		TRY(template_parse(db_arena(db), given[i].bytes, &x->t));
		k->n++;
	}
	return NULL;
}

static err shipped(struct db *db, str short_hash, struct template_known *x, bool *found)
{
	str bytes;

	for (size_t i = 0; !*found && shipped_at(i, &bytes); i++) {
		*x = (struct template_known){ .held = true };
		TRY(template_parse(db_arena(db), bytes, &x->t));
		*found = str_starts(x->t.sha256, short_hash);
	}
	return NULL;
}

/* As known_load() has them: the city's own, those shipped, those released here. */
err known_get(struct db *db, city_id city, str short_hash, struct template_known *x)
{
	struct arena *a = db_arena(db);
	struct template_file_released_like l;
	struct template_file_like own;
	bool found = false;

	if (short_hash.n != KNOWN_SHORT)
		return ERR(a, ERR_MISSING, "no-such-template", .arg = { short_hash });
	str past = arena_printf(a, "%.*sg", SV(short_hash));	/* behind every hex digit */
	TRY(template_q_file_like(db, city, short_hash, past, &own, &found));
	if (found) {
		*x = (struct template_known){ .made = own.source == TEMPLATE_MADE, .held = true,
		    .at = own.at, .from = own.origin };
		return template_parse(a, own.bytes, &x->t);
	}
	TRY(shipped(db, short_hash, x, &found));
	if (found)
		return NULL;
	TRY(template_q_file_released_like(db, city, short_hash, past, &l, &found));
	if (!found)
		return ERR(a, ERR_MISSING, "no-such-template", .arg = { short_hash });
	*x = (struct template_known){ .at = l.at };
	return template_parse(a, l.bytes, &x->t);
}

err known_has(struct db *db, city_id city, str sha256, bool made, bool *has)
{
	struct template_file_known *f;
	struct template t;
	str bytes;
	size_t n;

	*has = false;
	TRY(template_q_file_known(db, sha256, &f, &n));
	for (size_t i = 0; i < n; i++)
		*has = *has || (f[i].city.v == city.v ? !made || f[i].source == TEMPLATE_MADE :
		    !made && f[i].source == TEMPLATE_MADE);
	for (size_t i = 0; !made && !*has && shipped_at(i, &bytes); i++) {
		TRY(template_parse(db_arena(db), bytes, &t));
		*has = str_eq(t.sha256, sha256);
	}
	return NULL;
}

/* ---- the family ------------------------------------------------------------- */

static bool descends(const struct template *t, str sha256)
{
	for (size_t i = 0; i < t->n_ancestor; i++)
		if (str_eq(t->ancestor[i].sha256, sha256))
			return true;
	return false;
}

bool known_follows(const struct template *base, const struct template *next)
{
	if (str_eq(base->sha256, next->sha256) || !str_eq(base->kind, next->kind) ||
	    descends(base, next->sha256))
		return false;
	return descends(next, base->sha256) ||
	    (str_eq(base->city, next->city) && str_eq(base->name, next->name));
}

struct work {
	struct arena *a;
	const struct template_knowns *k;
	str here;
	VEC(struct family_row) rows;
};

static bool is_child(const struct template *t, str parent)
{
	return t->n_ancestor && str_eq(t->ancestor[0].sha256, parent);
}

static void below(struct work *w, str parent, int depth)
{
	for (size_t i = 0; i < w->k->n && depth < TEMPLATE_ANCESTORS; i++) {
		const struct template *t = &w->k->v[i].t;
		if (!is_child(t, parent))
			continue;
		*VEC_ADD(w->a, &w->rows) = (struct family_row){ t, depth,
		    str_eq(t->sha256, w->here), t->ref, t->city_name };
		below(w, t->sha256, depth + 1);
	}
}

static const struct template *known_by(const struct template_knowns *k, str sha256)
{
	for (size_t i = 0; i < k->n; i++)
		if (str_eq(k->v[i].t.sha256, sha256))
			return &k->v[i].t;
	return NULL;
}

err family_load(struct arena *a, const struct template_knowns *k, const struct template *t,
    struct family_row **rows, size_t *n)
{
	struct work w = { .a = a, .k = k, .here = t->sha256 };
	const struct template_ancestor *top = t->n_ancestor ? &t->ancestor[t->n_ancestor - 1] :
	    NULL;
	str root = top ? top->sha256 : t->sha256;

	*VEC_ADD(a, &w.rows) = (struct family_row){ top ? known_by(k, root) : t, 0, !top,
	    top ? top->ref : t->ref, top ? top->city_name : t->city_name };
	below(&w, root, 1);
	*rows = w.rows.v;
	*n = w.rows.n;
	return NULL;
}
