#include "core/invite.h"
#include "core/audit.h"
#include "core/crypto.h"
#include "core_read.h"
#include "core_write.h"

#define SECRET_BYTES	15

static bool has(struct db *db, city_id city, unsigned role, err *e)
{
	struct core_role_held held;
	bool found = false;

	*e = *e ? *e : core_q_role_held(db, city, (int64_t)role, &held, &found);
	return found;
}

err invite_first(struct tx *tx, const struct city *city, struct invite_new in, int64_t now,
    str *path)
{
	struct arena *a = db_arena(tx->db);
	str secret = secret_text(a, SECRET_BYTES);
	int64_t id = id_new();
	struct hash h;
	err e = NULL;
	bool there = has(tx->db, city->id, MAY_ORGANISER, &e) ||
	    has(tx->db, city->id, MAY_ADMIN, &e);

	TRY(e);
	if (there)
		return ERR(a, ERR_CONFLICT, "city-has-organiser", .field = "login",
		    .arg = { city->name });
	TRY(person_login_free(tx->db, city->id, in.login));
	sha256(&h, secret.p, secret.n);
	TRY(core_q_invite_add(tx, city->id, id, in.login, in.name.n ? in.name : in.login,
	    MAY_ORGANISER, (str){ (char *)h.b, sizeof h.b }, now, now + INVITE_DAYS * DAY, NULL));
	*path = arena_printf(a, "/%.*s/invite/%.*s.%.*s", SV(city->slug), SV(id_text(a, id)),
	    SV(secret));
	return audit_by(tx, city->id, arena_cstr(a, in.by), "person.invite", id, (str){ 0 },
	    audit_json(a, (struct audit_pair[]){ AUDIT_TEXT("login", in.login),
	    AUDIT_NUM("role", MAY_ORGANISER) }, 2), now);
}

err invite_find(struct db *db, city_id city, str code, int64_t now, struct invite *out)
{
	struct core_invite_get v;
	struct hash h;
	int64_t id;
	bool found = false;
	str number;

	if (str_take(&code, '.', &number) && id_parse(number, &id))
		TRY(core_q_invite_get(db, city, id, &v, &found));
	sha256(&h, code.p, code.n);
	if (!found || v.used || v.ends <= now || v.secret.n != sizeof h.b ||
	    !bytes_same(h.b, v.secret.p, sizeof h.b))
		return ERR(db_arena(db), ERR_MISSING, "invite-gone");
	*out = (struct invite){ id, v.login, v.name };
	return NULL;
}

err invite_take(struct tx *tx, city_id city, const struct invite *i, str pass, int64_t now,
    person_id *out)
{
	struct arena *a = db_arena(tx->db);
	int64_t changed;

	TRY(core_q_invite_use(tx, city, i->id, now, &changed));
	if (!changed)
		return ERR(a, ERR_MISSING, "invite-gone");
	TRY(person_add(tx, city, i->login, i->name, pass, MAY_ORGANISER, 0, now, out));
	return audit_by(tx, city, arena_cstr(a, i->login), "person.add", out->v, (str){ 0 },
	    audit_json(a, (struct audit_pair[]){ AUDIT_TEXT("login", i->login),
	    AUDIT_NUM("role", MAY_ORGANISER) }, 2), now);
}
