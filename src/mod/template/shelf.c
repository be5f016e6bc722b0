/* shelf.c - the templates a city holds: made, received, shipped. */
#include "core/fetch.h"
#include "mod/template/inner.h"
#include "mod/template/shipped.h"
#include "template_read.h"
#include "template_write.h"

err template_list(struct db *db, city_id city, struct template_entry **out, size_t *n)
{
	struct arena *a = db_arena(db);
	VEC(struct template_entry) all = { 0 };
	struct template_file_list *l;
	struct template t;
	size_t rows;
	str bytes;

	TRY(template_q_file_list(db, city, &l, &rows));
	for (size_t i = 0; i < rows; i++) {
		TRY(template_parse(a, l[i].bytes, &t));
		*VEC_ADD(a, &all) = (struct template_entry){ l[i].id, l[i].ref, l[i].kind,
		    t.city_name, t.title, l[i].sha256, (enum template_source)l[i].source,
		    l[i].at, l[i].by, l[i].origin };
	}
	for (size_t i = 0; shipped_at(i, &bytes); i++) {
		bool there = false;
		TRY(template_parse(a, bytes, &t));
		for (size_t k = 0; k < rows; k++)
			there = there || str_eq(l[k].ref, t.ref);
		if (!there)
			*VEC_ADD(a, &all) = (struct template_entry){ { 0 }, t.ref, t.kind,
			    t.city_name, t.title, t.sha256, TEMPLATE_SHIPPED, 0, { 0 }, { 0 } };
	}
	*out = all.v;
	*n = all.n;
	return NULL;
}

static err find_bytes(struct db *db, city_id city, str which, str *bytes, bool *found)
{
	struct template_file_by_ref r;
	struct template_file_by_hash h;
	struct template_file_by_id i;
	int64_t id;

	TRY(template_q_file_by_ref(db, city, which, &r, found));
	*bytes = r.bytes;
	if (!*found && which.n == 64) {
		TRY(template_q_file_by_hash(db, city, which, &h, found));
		*bytes = h.bytes;
	}
	if (!*found && which.n == ID_TEXT && id_parse(which, &id)) {
		TRY(template_q_file_by_id(db, city, (template_file_id){ id }, &i, found));
		*bytes = i.bytes;
	}
	return NULL;
}

err template_get(struct db *db, city_id city, str which, struct template *t)
{
	struct arena *a = db_arena(db);
	bool found;
	str bytes;

	TRY(find_bytes(db, city, which, &bytes, &found));
	if (found)
		return template_parse(a, bytes, t);
	for (size_t i = 0; shipped_at(i, &bytes); i++) {
		TRY(template_parse(a, bytes, t));
		if (str_eq(t->ref, which) || str_eq(t->sha256, which))
			return NULL;
	}
	return ERR(a, ERR_MISSING, "no-such-template", .arg = { which });
}

/* ---- coming in ------------------------------------------------------------------- */

err template_receive(struct tx *tx, city_id city, const struct template *t,
    const struct template_coming *in, template_file_id *id)
{
	struct arena *a = db_arena(tx->db);
	struct template_file_by_ref old;
	bool found;

	TRY(template_trusted(tx->db, city, in->key_file, t));
	TRY(template_q_file_by_ref(tx->db, city, t->ref, &old, &found));
	if (found) {
		*id = old.id;
		return str_eq(old.sha256, t->sha256) ? NULL :
		    ERR(a, ERR_CONFLICT, "template-twice", .arg = { t->ref });
	}
	*id = (template_file_id){ id_new() };
	return template_q_file_add(tx, city, *id, t->ref, t->kind, t->sha256, t->bytes,
	    TEMPLATE_RECEIVED, 0, in->from, in->by, in->at, -1, NULL);
}

err template_fetch(struct arena *a, const struct fetch_world *w, str url, struct template *t)
{
	struct fetched got;

	if (!str_starts(url, S("https://")) && !str_starts(url, S("http://")))
		return ERR(a, ERR_INVALID, "template-url", .field = "url", .arg = { url });
	TRY(fetch(a, w, &(struct fetch){ .url = arena_cstr(a, url), .max = TEMPLATE_BYTES,
	    .seconds = 20 }, &got));
	if (got.status != 200)
		return ERR(a, ERR_MISSING, "template-fetch", .field = "url",
		    .arg = { url, arena_printf(a, "%d", got.status) });
	return template_parse(a, got.body, t);
}

/* ---- the family -------------------------------------------------------------------- */

static bool descends(const struct template *t, str ref)
{
	for (size_t i = 0; i < t->n_ancestor; i++)
		if (str_eq(t->ancestor[i].ref, ref))
			return true;
	return false;
}

err template_family(struct db *db, city_id city, str ref, struct template **out, size_t *n)
{
	struct arena *a = db_arena(db);
	VEC(struct template) all = { 0 };
	struct template_entry *e;
	struct template t;
	size_t m;

	TRY(template_list(db, city, &e, &m));
	for (size_t i = 0; i < m; i++) {
		TRY(template_get(db, city, e[i].ref, &t));
		if (descends(&t, ref))
			*VEC_ADD(a, &all) = t;
	}
	*out = all.v;
	*n = all.n;
	return NULL;
}
