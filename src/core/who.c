#include "core/who.h"
#include "core/limit.h"
#include "core/city.h"
#include "core/crypto.h"
#include "core/inside.h"
#include "core_read.h"
#include "core_write.h"
#include <string.h>

#define SECRET_BYTES	20

const struct role roles[] = {
	{ MAY_ORGANISER, "organiser", TEXT_role_organiser },
	{ MAY_OFFICER,   "officer",   TEXT_role_officer },
	{ MAY_MERCHANT,  "merchant",  TEXT_role_merchant },
	{ MAY_CURATOR,   "curator",   TEXT_role_curator },
	{ MAY_MENTOR,    "mentor",    TEXT_role_mentor },
	{ MAY_CENTRE,    "centre",    TEXT_role_centre },
	{ MAY_AUDITOR,   "auditor",   TEXT_role_auditor },
	{ MAY_ADMIN,     "admin",     TEXT_role_admin },
	{ MAY_SERVER,    "server",    TEXT_role_server },
	{ MAY_INSIDE,    "inside",    TEXT_role_inside },
};
const size_t n_roles = countof(roles);

/* Of the first ones: nobody is given the others. */
unsigned role_by_code(str code)
{
	for (size_t i = 0; i < n_roles; i++)
		if (roles[i].bit & MAY_OF_CITY && str_eq(code, str_of(roles[i].code)))
			return roles[i].bit;
	return 0;
}

/* "<city>.<row>.<secret>" */
static bool ticket_parse(str s, int64_t *city, int64_t *row, str *secret)
{
	str a, b;

	return str_take(&s, '.', &a) && str_take(&s, '.', &b) && id_parse(a, city) &&
	    id_parse(b, row) && (*secret = s, s.n > 0);
}

static bool secret_fits(str secret, str stored)
{
	struct hash h;

	sha256(&h, secret.p, secret.n);
	return stored.n == sizeof h.b && bytes_same(h.b, stored.p, sizeof h.b);
}

static void csrf_make(struct req *r, str secret)
{
	struct hash h;

	hmac_sha256(&h, secret, S("laris-csrf/v1"));
	r->csrf = base32_text(r->a, h.b, 15);
}

/* Whatever a row says: the server's roles hold for the server's people alone. */
static unsigned roles_in(city_id city, int64_t bits)
{
	return (unsigned)bits & (city.v == CITY_SERVER ? MAY_SERVER : MAY_OF_CITY);
}

static err roles_load(struct req *r, city_id city, person_id person)
{
	struct core_role_list *v;
	size_t n;

	TRY(core_q_role_list(r->db, city, person, &v, &n));
	for (size_t i = 0; i < n; i++) {
		r->who.roles |= roles_in(city, v[i].role);
		if (v[i].merchant)
			r->who.merchant = v[i].merchant;
	}
	return NULL;
}

static err inside_load(struct req *r, city_id city, int64_t visit)
{
	struct core_inside_of_session v;
	bool found;

	if (r->who.city.v != CITY_SERVER || !city.v)
		return NULL;
	TRY(core_q_inside_of_session(r->db, city, visit, r->who.session, r->now, &v, &found));
	if (!found)
		return NULL;
	r->who.inside = city;
	r->who.visit = visit;
	r->who.inside_ends = v.ends;
	r->who.inside_name = v.name;
	r->who.inside_why = v.reason;
	return NULL;
}

static err by_cookie(struct req *r, str cookie)
{
	struct core_session_by_id s;
	int64_t city, row;
	bool found;
	str secret;

	if (!ticket_parse(cookie, &city, &row, &secret))
		return NULL;
	TRY(core_q_session_by_id(r->db, (city_id){ city }, (session_id){ row }, &s, &found));
	if (!found || s.ends <= r->now || s.state != 0 || !secret_fits(secret, s.secret))
		return NULL;
	r->who = (struct who){ .person = s.person, .city = { city }, .session = { row },
	    .login = s.login, .name = s.name };
	csrf_make(r, secret);
	TRY(inside_load(r, s.inside, s.visit));
	return roles_load(r, (city_id){ city }, s.person);
}

static err by_token(struct req *r, str ticket)
{
	struct core_token_by_id t;
	int64_t city, row;
	bool found = false;
	str secret;

	if (str_starts(ticket, S("lt.")) &&
	    ticket_parse(str_sub(ticket, 3, ticket.n), &city, &row, &secret))
		TRY(core_q_token_by_id(r->db, (city_id){ city }, (token_id){ row }, &t, &found));
	if (!found || t.revoked || !secret_fits(secret, t.secret))
		return ERR(r->a, ERR_DENIED, "token-unknown");
	r->who = (struct who){ .city = { city }, .token = { row },
	    .roles = roles_in((city_id){ city }, t.role),
	    .merchant = t.merchant, .login = t.label, .name = t.label };
	return NULL;
}

err who_find(struct req *r)
{
	str auth = r->http->authorization;

	if (auth.n > 7 && str_eq_nocase(str_sub(auth, 0, 7), S("Bearer ")))
		return by_token(r, str_trim(str_sub(auth, 7, auth.n)));
	str cookie = req_cookie_get(r, SESSION_COOKIE);
	return cookie.n ? by_cookie(r, cookie) : NULL;
}

err who_as(struct req *r, str login)
{
	struct core_person_by_login p;
	bool found;

	TRY(core_q_person_by_login(r->db, r->city.id, login, &p, &found));
	if (!found)
		return ERR(r->a, ERR_MISSING, "no-such-person", .arg = { login });
	r->who = (struct who){ .person = p.id,
		.city = r->city.id,
		.login = p.login,
		.name = p.name };
	return roles_load(r, r->city.id, p.id);
}

static str device_name(struct req *r)
{
	return r->http ? str_sub(r->http->peer, 0, 60) : S("laris");
}

static err session_length(struct req *r, int64_t *us)
{
	struct core_setting_get v;
	int64_t days = SESSION_DAYS;
	bool found;

	*us = SERVER_HOURS * HOUR;
	if (r->city.id.v == CITY_SERVER)
		return NULL;
	TRY(core_q_setting_get(r->db, r->city.id, S("session-days"), &v, &found));
	if (found && !str_int(v.value, 1, 90, &days))
		days = SESSION_DAYS;
	*us = days * DAY;
	return NULL;
}

err who_sign_in(struct req *r, person_id person)
{
	int64_t length;
	str secret = secret_text(r->a, SECRET_BYTES);
	session_id id = { id_new() };
	struct hash h;

	TRY(session_length(r, &length));
	if (r->city.id.v == CITY_SERVER)	/* no job tidies up there */
		TRY(core_q_session_drop_ended(r->tx, r->city.id, r->now, NULL));
	sha256(&h, secret.p, secret.n);
	TRY(core_q_session_add(r->tx, r->city.id, id, person, (str){ (char *)h.b, sizeof h.b },
	    r->now, r->now + length, device_name(r), NULL));
	req_cookie(r, SESSION_COOKIE, req_path(r, "%.*s.%.*s.%.*s", SV(id_text(r->a, r->city.id.v)),
	    SV(id_text(r->a, id.v)), SV(secret)), (int)(length / SECOND));
	return NULL;
}

err who_sign_out(struct req *r, bool everywhere)
{
	TRY(inside_leave(r, everywhere));
	if (everywhere)
		TRY(core_q_session_drop_all(r->tx, r->who.city, r->who.person, NULL));
	else
		TRY(core_q_session_drop(r->tx, r->who.city, r->who.session, r->who.person, NULL));
	req_cookie(r, SESSION_COOKIE, (str){ 0 }, 0);
	return NULL;
}

bool csrf_ok(const struct req *r, str token)
{
	return r->csrf.n && token.n == r->csrf.n && bytes_same(token.p, r->csrf.p, token.n);
}

static bool login_ok(str s)
{
	if (s.n < 2 || s.n > 40)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!s.p[i] || !strchr("abcdefghijklmnopqrstuvwxyz0123456789.-_", s.p[i]))
			return false;
	}
	return true;
}

err person_login_free(struct db *db, city_id city, str login)
{
	struct core_person_by_login old;
	bool found;

	if (!login_ok(login))
		return ERR(db_arena(db), ERR_INVALID, "login-form", .field = "login",
		    .arg = { login });
	TRY(core_q_person_by_login(db, city, login, &old, &found));
	if (found)
		return ERR(db_arena(db), ERR_CONFLICT, "login-taken", .field = "login",
		    .arg = { login });
	return NULL;
}

err person_add(struct tx *tx, city_id city, str login, str name, str pass, unsigned role,
    int64_t merchant, int64_t now, person_id *out)
{
	struct arena *a = db_arena(tx->db);

	if (city.v == CITY_SERVER && role == MAY_ADMIN)
		role = MAY_SERVER;
	if (!roles_in(city, (int64_t)role))
		return ERR(a, ERR_INVALID, "server-role", .field = "role");
	TRY(person_login_free(tx->db, city, login));
	*out = (person_id){ id_new() };
	TRY(core_q_person_add(tx, city, *out, login, name.n ? name : login, pass, now, NULL));
	return core_q_role_add(tx, city, *out, (int64_t)role, merchant, NULL);
}

err person_close(struct tx *tx, city_id city, person_id id)
{
	TRY(core_q_person_state_set(tx, city, id, 1, NULL));
	return core_q_session_drop_all(tx, city, id, NULL);
}

err person_pass(struct tx *tx, city_id city, person_id id, str pass)
{
	return core_q_person_pass_set(tx, city, id, pass, NULL);
}

err token_add(struct tx *tx, city_id city, str label, unsigned role, int64_t merchant,
    int64_t now, str *text, token_id *out)
{
	struct arena *a = db_arena(tx->db);
	str secret = secret_text(a, SECRET_BYTES);
	struct hash h;

	if (city.v == CITY_SERVER)
		return ERR(a, ERR_INVALID, "server-token");
	TRY(limit_tokens(tx->db, city));
	*out = (token_id){ id_new() };
	sha256(&h, secret.p, secret.n);
	*text = arena_printf(a, "lt.%.*s.%.*s.%.*s", SV(id_text(a, city.v)),
	    SV(id_text(a, out->v)), SV(secret));
	return core_q_token_add(tx, city, *out, (str){ (char *)h.b, sizeof h.b }, label,
	    (int64_t)role, merchant, now, NULL);
}
