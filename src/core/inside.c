#include "core/inside.h"
#include "core/audit.h"
#include "core_read.h"
#include "core_write.h"

str inside_name(struct arena *a, const struct who *w)
{
	return arena_printf(a, "%.*s (server)", SV(w->login));
}

/* In the record of the city, and in the server's beside it. */
static err told(struct req *r, city_id city, const char *did, str what)
{
	str by = inside_name(r->a, &r->who);

	TRY(core_q_audit_add(r->tx, city, id_new(), r->now, (person_id){ 0 }, (token_id){ 0 }, by,
	    str_of(did), 0, (str){ 0 }, what, NULL));
	return core_q_audit_add(r->tx, (city_id){ CITY_SERVER }, id_new(), r->now, r->who.person,
	    (token_id){ 0 }, r->who.login, str_of(did), city.v, (str){ 0 }, what, NULL);
}

err inside_enter(struct req *r, const struct city *city, str reason, int64_t minutes)
{
	int64_t id = id_new(), ends = r->now + minutes * MINUTE;

	if (!r->who.session.v)
		return ERR(r->a, ERR_INVALID, "inside-session");
	if (minutes < 1 || minutes > INSIDE_MOST)
		return ERR(r->a, ERR_INVALID, "inside-minutes", .field = "minutes");
	TRY(inside_leave(r, false));
	TRY(core_q_inside_add(r->tx, city->id, id, r->who.person, r->who.session,
	    inside_name(r->a, &r->who), reason, r->now, ends, NULL));
	TRY(core_q_session_inside_set(r->tx, r->who.city, r->who.session, city->id, id, NULL));
	return told(r, city->id, "inside.enter", audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("city", city->name), AUDIT_TEXT("reason", reason),
	    AUDIT_NUM("minutes", minutes) }, 3));
}

static err leave(struct req *r, session_id session, city_id city, int64_t visit)
{
	struct city of;
	int64_t changed;

	TRY(core_q_session_inside_set(r->tx, r->who.city, session, (city_id){ 0 }, 0, NULL));
	TRY(core_q_inside_end(r->tx, city, visit, r->now, &changed));
	if (!changed)
		return NULL;
	TRY(city_get(r->db, city, &of));
	return told(r, city, "inside.leave", audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("city", of.name) }, 1));
}

err inside_leave(struct req *r, bool everywhere)
{
	struct core_session_inside_list *v;
	size_t n;

	if (r->who.city.v != CITY_SERVER)
		return NULL;
	TRY(core_q_session_inside_list(r->db, r->who.city, r->who.person, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (everywhere || v[i].id.v == r->who.session.v)
			TRY(leave(r, v[i].id, v[i].inside, v[i].visit));
	return NULL;
}

err inside_end(struct req *r, int64_t visit)
{
	int64_t changed;

	TRY(core_q_inside_end(r->tx, r->city.id, visit, r->now, &changed));
	if (!changed)
		return ERR(r->a, ERR_MISSING, "inside-over");
	return audit(r, "inside.end", visit, (str){ 0 }, (str){ 0 });
}

err inside_now(struct db *db, city_id city, int64_t now, struct inside **out, size_t *n)
{
	struct arena *a = db_arena(db);
	struct core_inside_now *v;

	TRY(core_q_inside_now(db, city, id_floor(now - (INSIDE_MOST + 1) * MINUTE), now, &v, n));
	*out = NEWN(a, struct inside, *n);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct inside){ id_text(a, v[i].id), v[i].who, v[i].reason,
		    v[i].ends };
	return NULL;
}
