#include "core/req.h"
#include <string.h>

void req_stamp(struct req *r, uint64_t key)
{
	CHECK(r->n_stamps < countof(r->stamp));
	r->stamp[r->n_stamps++] = key;
}

void req_touch(struct req *r, uint64_t key)
{
	if (r->change)
		tx_touch(r->change, key);
}

void req_stamp_soft(struct req *r, uint64_t key)
{
	CHECK(r->n_soft < countof(r->soft));
	r->soft[r->n_soft++] = key;
}

bool req_is(const struct req *r, unsigned roles)
{
	if (!r->city.id.v)
		return false;
	if (r->who.city.v == r->city.id.v)
		return r->who.roles & roles;
	return r->who.inside.v == r->city.id.v && roles & MAY_INSIDE;
}

err req_id(struct req *r, size_t i, int64_t *id)
{
	if (i < REQ_PARAMS && r->param[i].n == ID_TEXT && id_parse(r->param[i], id))
		return NULL;
	return ERR(r->a, ERR_MISSING, "no-such-page");
}

str req_query(const struct req *r, const char *name)
{
	return params_value(&r->query, str_of(name));
}

void req_cookie(struct req *r, const char *name, str value, int max_age_s)
{
	bool tls = r->http && r->http->tls;

	CHECK(r->n_cookies < countof(r->cookie_set));
	r->cookie_set[r->n_cookies++] = arena_printf(r->a,
	    "%s=%.*s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s", name, SV(value), max_age_s,
	    tls ? "; Secure" : "");
}

str req_cookie_get(const struct req *r, const char *name)
{
	struct params jar = { 0 };

	if (!r->http || !r->http->cookie.n)
		return (str){ 0 };
	params_cookie(r->a, r->http->cookie, &jar);
	return params_value(&jar, str_of(name));
}

void req_flash(struct req *r, enum text_id id)
{
	req_cookie(r, "flash", arena_printf(r->a, "%d", (int)id), 60);
}
