#include "core/pipeline.h"
#include "core/city.h"
#include "core/layout.h"
#include "core/limit.h"
#include "core/look.h"
#include "core/who.h"
#include <string.h>

#define PAGE_MAX	(1u << 20)
#define JSON_MAX	(4u << 20)

enum lang pipe_lang(const struct http_request *h, const struct params *query)
{
	str q = params_value(query, S("lang"));

	if (q.n)
		return str_eq(q, S("en")) ? LANG_EN : LANG_ID;
	if (str_find(h->cookie, S("lang=en")) != SIZE_MAX)
		return LANG_EN;
	if (str_find(h->cookie, S("lang=id")) != SIZE_MAX)
		return LANG_ID;
	return str_starts(h->accept_language, S("en")) ? LANG_EN : LANG_ID;
}

static void outputs_fresh(struct req *r)
{
	r->status = 0;
	r->out = (struct out){ .b = BUF(r->a, PAGE_MAX), .lang = r->lang,
	    .zone = r->city.zone ? r->city.zone : ZONE_WIB };
	r->json = JSON_OUT(r->a, JSON_MAX);
	r->title = r->redirect = r->bytes = r->bytes_name = (str){ 0 };
	r->bytes_type = NULL;
	r->refuse = NULL;
	r->n_cookies = r->n_stamps = r->n_soft = 0;
}

static err no_route(struct req *r, const struct match *m)
{
	if (!m->allowed)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	r->status = 405;
	bool get = m->allowed & 1u << HTTP_GET, post = m->allowed & 1u << HTTP_POST;
	return ERR(r->a, ERR_MISSING, "method-not-allowed",
	    .arg = { get && post ? S("GET, HEAD, POST") : post ? S("POST") : S("GET, HEAD") });
}

static bool path_names_city(const struct route *rt)
{
	return !strncmp(rt->path, "/{city}", 7) ||
	       !strncmp(rt->path, "/api/v1/cities/{city}", 21) ||
	       !strncmp(rt->path, "/log/{city}", 11);
}

/* Of whoever is signed in; of an admin of the server the one entered, but for the server's rows. */
static err city_of_who(struct req *r)
{
	bool server = r->who.city.v == CITY_SERVER;

	if (server && (r->route->may & MAY_SERVER || !r->who.inside.v))
		return city_scope(r->db, S("server"), &r->city);
	return city_get(r->db, server ? r->who.inside : r->who.city, &r->city);
}

static err city_of_path(struct req *r)
{
	err e = city_find(r->db, r->param[0], &r->city);

	if (e && who_find(r))		/* the page that says so is theirs all the same */
		r->who = (struct who){ 0 };
	return e;
}

/* What is no page has no look: purchases come by the thousand. */
static err look_find(struct req *r)
{
	if (!r->city.id.v || r->route->flags & (ROUTE_API | ROUTE_RAW | ROUTE_STREAM))
		return NULL;
	return look_load(r->a, r->db, r->city.id, &r->look);
}

/* The city of the path; else of whoever is signed in. */
static err city_resolve(struct req *r, str login)
{
	bool by_path = path_names_city(r->route);
	struct city of_login = r->city;

	if (by_path)
		TRY(city_of_path(r));
	if (login.n) {
		struct city asked = r->city;
		if (of_login.id.v)
			r->city = of_login;
		TRY(who_as(r, login));
		r->city = asked;
	} else
		TRY(who_find(r));
	if (!by_path && r->who.city.v)
		TRY(city_of_who(r));
	return NULL;
}

err pipe_closed(struct req *r, const struct city *city)
{
	struct buf day = BUF(r->a, 40);

	if (!city->closed)
		return NULL;
	time_put_day(&day, time_day(city->closed, city->zone), r->lang);
	return ERR(r->a, ERR_BUSY, "city-closed",
	    .arg = { city->name, buf_done(&day), city->closed_why });
}

/* Whoever is inside looks at a closed city too. */
static err closed(struct req *r)
{
	bool ever = r->route->flags & ROUTE_EVER;

	return ever || r->who.inside.v == r->city.id.v ? NULL : pipe_closed(r, &r->city);
}

static err rights(struct req *r)
{
	if (r->route->may & MAY_PUBLIC || req_is(r, r->route->may))
		return NULL;
	if (!r->who.city.v)
		return ERR(r->a, ERR_DENIED, "sign-in-first");
	if (r->who.city.v == CITY_SERVER)
		return r->who.inside.v == r->city.id.v ? ERR(r->a, ERR_DENIED, "inside-not") :
		    ERR(r->a, ERR_DENIED, "inside-first");
	if (r->who.city.v != r->city.id.v)
		return ERR(r->a, ERR_DENIED, "other-city");
	return ERR(r->a, ERR_DENIED, "role-missing");
}

/* Could a page of another site have made this browser send it? */
static bool by_browser(const struct req *r)
{
	if (r->route->flags & ROUTE_API && (r->who.token.v || !r->who.session.v))
		return false;
	return !r->who.person.v || r->who.session.v;	/* else: the command line */
}

static bool from_elsewhere(struct req *r)
{
	str site = r->http->sec_fetch_site, origin = r->http->origin;

	if (site.n && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
		return true;
	return origin.n && !str_ends(origin, arena_printf(r->a, "://%.*s", SV(r->http->host)));
}

/*
 * A browser sends Origin with every cross-site POST; a bearer token is
 * not sent by itself, so those need no proof.  Whoever is signed in by
 * cookie must also carry the form's own token.
 */
static err csrf(struct req *r, const struct params *body)
{
	if (!by_browser(r))
		return NULL;
	if (from_elsewhere(r))
		return ERR(r->a, ERR_DENIED, "cross-site");
	if (r->who.session.v && !csrf_ok(r, params_value(body, S("csrf"))))
		return ERR(r->a, ERR_DENIED, "csrf");
	return NULL;
}

static err form_of_json(struct req *r)
{
	CLEANUP(json_free) struct json_in *doc = NULL;

	TRY(json_parse(r->a, r->http->body, &doc));
	const struct json_value *root = json_root(doc);
	if (!json_is_object(root))
		return ERR(r->a, ERR_INVALID, "json-object");
	return form_read_json(r->a, r->route->form, root, &r->state, r->form);
}

static bool is_json(str type)
{
	return str_starts(type, S("application/json"));
}

static err body_read(struct req *r)
{
	struct params *body = NEW(r->a, struct params);
	bool json = r->route->flags & ROUTE_API && is_json(r->http->content_type);

	err no_form = json ? NULL :
	    params_body(r->a, r->http->content_type, r->http->body, body);
	if (!(r->route->flags & ROUTE_RAW))
		TRY(no_form);
	TRY(csrf(r, body));
	if (!r->route->form)
		return NULL;
	r->form = arena_alloc(r->a, r->route->form->size, 16);
	if (json)
		return form_of_json(r);
	return form_read(r->a, r->route->form, body, &r->state, r->form);
}

static err query_read(struct req *r)
{
	if (!r->route->form)
		return NULL;
	r->form = arena_alloc(r->a, r->route->form->size, 16);
	return form_read(r->a, r->route->form, &r->query, &r->state, r->form);
}

err pipe_host(struct req *r)
{
	struct city c;

	if (!str_eq(r->http->path, S("/")))
		return NULL;
	TRY(city_of_host(r->db, r->http->host, &c));
	if (!c.id.v)
		return NULL;
	struct http_request *h = NEW(r->a, struct http_request);
	*h = *r->http;
	h->path = req_path(r, "/%.*s", SV(c.slug));
	r->http = h;
	return NULL;
}

/* What was asked, behind the city's name. */
static err go_on(struct req *r)
{
	str q = r->http->query;

	r->redirect = req_path(r, "/%.*s%.*s%s%.*s", SV(r->city.slug), SV(r->http->path),
	    q.n ? "?" : "", SV(q));
	return NULL;
}
static const struct route to_city =
    GET("/{city}/{path*}", MAY_PUBLIC, go_on, "A path without its city, on the city's own host.");

/* No such city, no such page: but is there one in the city whose host name was asked? */
static bool short_path(const struct site *site, struct req *r)
{
	struct city c;
	struct match m;

	if (r->http->method == HTTP_POST || city_of_host(r->db, r->http->host, &c) || !c.id.v)
		return false;
	router_find(site->router, r->a, HTTP_GET,
	    req_path(r, "/%.*s%.*s", SV(c.slug), SV(r->http->path)), &m);
	if (!m.route || strncmp(m.route->path, "/{city}", 7) != 0)
		return false;
	r->city = c;
	r->route = &to_city;
	return true;
}

err pipe_begin(const struct site *site, struct req *r)
{
	return pipe_begin_as(site, r, (str){ 0 });
}

err pipe_begin_as(const struct site *site, struct req *r, str login)
{
	struct match m;

	r->site = site;
	outputs_fresh(r);
	router_find(site->router, r->a, r->http->method, r->http->path, &m);
	r->route = m.route;
	memcpy(r->param, m.param, sizeof r->param);
	TRY(params_urlencoded(r->a, r->http->query, &r->query));
	r->lang = pipe_lang(r->http, &r->query);
	if (!m.route) {
		if (!m.allowed && short_path(site, r))
			return NULL;
		TRY(who_find(r));
		return no_route(r, &m);
	}
	err e = city_resolve(r, login);
	if (e && e->kind == ERR_MISSING && short_path(site, r))
		return NULL;
	TRY(e);
	outputs_fresh(r);
	TRY(look_find(r));
	TRY(closed(r));
	TRY(rights(r));
	TRY(r->route->method == HTTP_POST ? body_read(r) : query_read(r));
	return limit_change(site->limits, r);
}

err pipe_large(const struct site *site, struct req *r, uint64_t bytes)
{
	struct match m;
	size_t most;

	r->site = site;
	outputs_fresh(r);
	r->lang = pipe_lang(r->http, &r->query);
	router_find(site->router, r->a, r->http->method, r->http->path, &m);
	r->route = m.route;
	most = m.route && m.route->body ? m.route->body : ROUTE_BODY;
	memcpy(r->param, m.param, sizeof r->param);
	if (most > ROUTE_BODY) {
		TRY(city_resolve(r, (str){ 0 }));
		TRY(closed(r));
		TRY(rights(r));
	}
	if (bytes <= most)
		return NULL;
	r->status = 413;
	return ERR(r->a, ERR_INVALID, "body-large",
	    .arg = { arena_printf(r->a, "%zu", most >> 20) });
}

static err page_whole(struct req *r)
{
	if (r->out.b.full || r->json.b.full)
		return ERR(r->a, ERR_INTERNAL, "internal", .log = S("page too large"));
	return NULL;
}

err pipe_get(struct req *r)
{
	TRY(db_read_begin(r->db));
	err e = r->route->run(r);
	db_read_end(r->db);
	TRY(e);
	return page_whole(r);
}

err pipe_prepare(struct req *r)
{
	if (!r->route->prepare)
		return NULL;
	TRY(db_read_begin(r->db));
	err e = r->route->prepare(r);
	db_read_end(r->db);
	return e;
}

err pipe_change(struct req *r, struct change *c, struct tx *tx)
{
	struct db *reader = r->db;

	outputs_fresh(r);
	r->tx = tx;
	r->db = tx->db;
	r->change = c;
	err e = r->route->run(r);
	r->tx = NULL;
	r->db = reader;
	r->change = NULL;
	TRY(e);
	return page_whole(r);
}

/* Something the person can mend on the same page. */
static bool can_mend(err e)
{
	return e->kind == ERR_INVALID || e->kind == ERR_CONFLICT || e->kind == ERR_BUSY;
}

/* Beside its field, when the form has that; else above the form. */
static void state_refused(struct form_state *s, err e)
{
	const struct field *f = e->field ? form_find(s->form, e->field) : NULL;

	if (f && s->errors) {
		err *slot = &s->errors[f - s->form->fields];
		*slot = *slot ? *slot : e;
	} else if (!s->whole)
		s->whole = e;
}

static int again_status(const struct req *r, err e)
{
	if (r->retry_s)
		return 429;
	return e->kind == ERR_CONFLICT ? 409 : e->kind == ERR_BUSY ? 503 : 422;
}

bool pipe_again(struct req *r, err e)
{
	if (!r->route || !r->route->again || !r->state.form || !can_mend(e))
		return false;
	state_refused(&r->state, e);
	outputs_fresh(r);
	if (db_read_begin(r->db))
		return false;
	err again = r->route->again(r);
	db_read_end(r->db);
	if (r->redirect.n) {		/* that page is not for them now: say why here */
		outputs_fresh(r);
		return false;
	}
	r->status = again_status(r, e);
	return !again && !page_whole(r);
}
