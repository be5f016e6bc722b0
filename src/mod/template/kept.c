/* kept.c - what a person has filled in so far. */
#include "mod/template/kept.h"
#include "template_read.h"
#include "template_write.h"

err kept_get(struct db *db, const struct kept_of *o, struct kept *k)
{
	struct template_sheet_fields *f;
	struct template_sheet_get s;

	*k = (struct kept){ 0 };
	TRY(template_q_sheet_get(db, o->city, o->t->sha256, o->person, &s, &k->is));
	if (!k->is)
		return NULL;
	TRY(template_q_sheet_fields(db, o->city, s.id, &f, &k->n));
	*k = (struct kept){ true, s.id, s.year, s.started, s.at, s.scale,
	    NEWN(db_arena(db), struct template_set, k->n), k->n };
	for (size_t i = 0; i < k->n; i++)
		k->set[i] = (struct template_set){ f[i].path, f[i].value, f[i].reason, f[i].gone };
	return NULL;
}

err kept_drop(struct tx *tx, city_id city, template_sheet_id id)
{
	TRY(template_q_sheet_fields_drop(tx, city, id, NULL));
	return template_q_sheet_drop(tx, city, id, NULL);
}

static err old_go(struct tx *tx, const struct kept_of *o)
{
	struct template_sheet_old *old;
	size_t n;

	TRY(template_q_sheet_old(tx->db, o->city, o->now - KEPT_DAYS * DAY, &old, &n));
	for (size_t i = 0; i < n; i++)
		TRY(kept_drop(tx, o->city, old[i].id));
	return NULL;
}

err kept_begin(struct tx *tx, const struct kept_of *o, int64_t year, bool scale)
{
	struct kept k;

	TRY(old_go(tx, o));
	TRY(kept_get(tx->db, o, &k));
	for (size_t i = 0; i < k.n && k.year != year; i++) {
		const struct template_field *f = template_field(o->t, k.set[i].path);
		if (f && f->type == PRACTICE_DAY)
			TRY(template_q_sheet_field_drop(tx, o->city, k.id, k.set[i].path, NULL));
	}
	return template_q_sheet_begin(tx, o->city, (template_sheet_id){ id_new() }, o->t->sha256,
	    o->person, year, scale, o->now, NULL);
}

err kept_save(struct tx *tx, const struct kept_of *o, const struct kept *k,
    const struct kept_step *s)
{
	for (size_t i = 0; i < s->n_drop; i++)
		TRY(template_q_sheet_field_drop(tx, o->city, k->id, s->drop[i], NULL));
	for (size_t i = 0; i < s->n; i++)
		TRY(template_q_sheet_field_put(tx, o->city, k->id, s->set[i].path, s->set[i].gone,
		    s->set[i].value, s->set[i].reason, NULL));
	return template_q_sheet_saved(tx, o->city, k->id, o->now, NULL);
}

void kept_with(struct arena *a, const struct kept *k, const struct kept_step *s, struct kept *out)
{
	struct template_set *set = NEWN(a, struct template_set, k->n + s->n);
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++) {
		bool drop = false;
		for (size_t j = 0; j < s->n_drop; j++)
			drop = drop || str_eq(s->drop[j], k->set[i].path);
		if (!drop)
			set[n++] = k->set[i];
	}
	for (size_t i = 0; i < s->n; i++)
		set[n++] = s->set[i];
	*out = *k;
	out->set = set;
	out->n = n;
}

static bool is_group(const struct template *t, const struct template_set *s)
{
	return s->gone && !template_field(t, s->path);
}

const struct template_set *kept_left(const struct kept *k, const struct template *t, str group)
{
	for (size_t i = 0; i < k->n; i++)
		if (is_group(t, &k->set[i]) && practice_below(group, k->set[i].path))
			return &k->set[i];
	return NULL;
}

void kept_wish(struct arena *a, const struct kept *k, const struct template *t, bool whole,
    struct template_wish *w)
{
	struct template_set *set = NEWN(a, struct template_set, k->n);

	*w = (struct template_wish){ .set = set, .year = k->year, .scale = k->scale };
	for (size_t i = 0; i < k->n; i++)
		if (is_group(t, &k->set[i]) ? whole :
		    !whole || !kept_left(k, t, k->set[i].path))
			set[w->n++] = k->set[i];
}

err kept_others(struct db *db, const struct kept_of *o, struct kept_other **out, size_t *n)
{
	struct template_sheet_others *s;

	TRY(template_q_sheet_others(db, o->city, o->t->sha256, o->person, &s, n));
	*out = NEWN(db_arena(db), struct kept_other, *n);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct kept_other){ s[i].name, s[i].at };
	return NULL;
}
