#include "core/asset.h"
#include "core/city.h"
#include "core/colour.h"
#include "core/layout.h"
#include "core/look.h"
#include "core/pipeline.h"
#include "core/who.h"
#include <string.h>

static const int status_of[ERR_KINDS] = {
	[ERR_INVALID] = 422, [ERR_DENIED] = 403, [ERR_MISSING] = 404, [ERR_CONFLICT] = 409,
	[ERR_BUSY] = 503, [ERR_FULL] = 507, [ERR_INTERNAL] = 500,
};

int err_status(enum err_kind kind)
{
	return status_of[kind];
}

static bool wants_json(const struct req *r)
{
	if (r->route)
		return r->route->flags & (ROUTE_API | ROUTE_RAW);
	return str_starts(r->http->path, S("/api/"));
}

/* RFC 9457.  "type" leads to the text of the rule. */
static str problem(struct req *r, err e, int status)
{
	struct json_out o = JSON_OUT(r->a, 16000);

	json_begin(&o, NULL, '{');
	json_str(&o, "type", arena_printf(r->a, "https://laris.example/rules#%s", e->rule));
	json_str(&o, "title", str_of(e->rule));
	json_int(&o, "status", status);
	json_str(&o, "detail", err_text(r->a, r->lang, e));
	json_str(&o, "rule", str_of(e->rule));
	if (e->field)
		json_str(&o, "field", str_of(e->field));
	json_end(&o, '}');
	return json_done(&o);
}

static str flash_text(struct req *r)
{
	int64_t id;

	if (!r->http || !r->http->cookie.n)
		return (str){ 0 };
	str v = req_cookie_get(r, "flash");
	if (!str_int(v, 1, TEXTS - 1, &id))
		return (str){ 0 };
	req_cookie(r, "flash", (str){ 0 }, 0);
	return text(r->lang, (enum text_id)id);
}

static str lang_href(struct req *r)
{
	const char *other = r->lang == LANG_ID ? "en" : "id";

	if (r->http->method == HTTP_POST)
		return (str){ 0 };
	struct buf b = BUF(r->a, 4096);
	buf_str(&b, r->http->path);
	buf_printf(&b, "?lang=%s", other);
	for (size_t i = 0; i < r->query.n; i++) {
		if (str_eq(r->query.v[i].name, S("lang")))
			continue;
		buf_char(&b, '&');
		percent_encode(&b, r->query.v[i].name);
		buf_char(&b, '=');
		percent_encode(&b, r->query.v[i].value);
	}
	return b.full ? (str){ 0 } : buf_done(&b);
}

static str asset_url(struct req *r, const char *name)
{
	const struct asset *x = asset_find(name);

	return x ? req_path(r, "/asset/%s", x->hashed) : (str){ 0 };
}

static void layout_fill(struct req *r, struct layout *v)
{
	bool mine = r->who.session.v != 0;

	*v = (struct layout){
		.title = r->title, .city = r->city.name,
		.home = r->city.slug.n ? req_path(r, "/%.*s", SV(r->city.slug)) : S("/"),
		.lang_href = lang_href(r), .person = mine ? r->who.name : (str){ 0 },
		.account = mine ? S("/me") : (str){ 0 },
		.signin = mine ? (str){ 0 } : S("/sign-in"),
		.signout = mine ? S("/sign-out") : (str){ 0 }, .csrf = r->csrf,
		.nav = r->bar, .n_nav = r->n_bar, .flash = flash_text(r),
		.css = asset_url(r, "laris.css"), .js = asset_url(r, "laris.js"),
		.favicon = asset_url(r, "favicon.svg"), .wide = r->wide, .bare = r->bare,
		.inside = r->who.inside_name, .inside_why = r->who.inside_why,
		.inside_ends = r->who.inside_ends,
	};
}

/* An emblem without words of its own is named after its city. */
static str emblem_alt(struct req *r)
{
	if (r->look->alt.n)
		return r->look->alt;
	return text_fill(r->a, r->lang, TEXT_look_emblem_of, &r->city.name, 1);
}

static void look_fill(struct req *r, struct layout *v)
{
	const struct look *look = r->look;

	if (!look)
		return;
	v->slug = r->city.slug;
	v->look = look->sheet;
	if (look->coloured)
		v->theme = colour_text(r->a, look->colour[LOOK_BRAND]);
	v->emblem = look->emblem;
	v->emblem_wide = look->wide;
	v->emblem_high = look->high;
	if (look->emblem.n)
		v->emblem_alt = emblem_alt(r);
}

static str page(struct req *r, bool refused)
{
	struct layout v;
	struct out w = { .b = BUF(r->a, 2u << 20), .lang = r->lang, .zone = r->out.zone };

	layout_fill(r, &v);
	look_fill(r, &v);
	v.refused = refused;
	v.content = (struct markup){ buf_done(&r->out.b) };
	layout_page(&w, &v);
	return buf_done(&w.b);
}

static str refused_page(struct req *r, err e)
{
	bool sign_in = !strcmp(e->rule, "sign-in-first") || !strcmp(e->rule, "role-missing");
	struct refused v = { .e = e, .home = r->city.slug.n ?
	    req_path(r, "/%.*s", SV(r->city.slug)) : S("/"),
	    .signin = sign_in ? S("/sign-in") : (str){ 0 },
	    .back = r->who.city.v == CITY_SERVER ? S("/server") : (str){ 0 },
	    .request = e->kind == ERR_INTERNAL ? id_text(r->a, id_new()) : (str){ 0 } };

	if (e->kind == ERR_INTERNAL)
		log_line(LOG_ERROR, "request failed", "request=%.*s rule=%s at=%s log=\"%.*s\"",
		    SV(v.request), e->rule, e->where, SV(e->log));
	r->out = (struct out){ .b = BUF(r->a, 64u << 10), .lang = r->lang, .zone = ZONE_WIB };
	layout_refused(&r->out, &v);
	if (!r->title.n)
		r->title = text(r->lang, TEXT_refused_title);
	return page(r, true);
}

#define POLICY	"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; " \
		"frame-ancestors 'none'"

static str policy(struct req *r)
{
	return !r->pictures_from.n ? S(POLICY) :
	    req_path(r, POLICY "; img-src 'self' data: %.*s", SV(r->pictures_from));
}

/* Also of a page drawn again with what was typed. */
static void when_again(struct req *r, err e, struct http_reply *p)
{
	bool closed = e && !strcmp(e->rule, "city-closed");

	if (p->status == 429 || p->status == 503)
		http_reply_header(p, "Retry-After",
		    closed ? S("3600") : req_path(r, "%d", r->retry_s ? r->retry_s : 1));
}

static void onward(struct req *r, struct http_reply *p)
{
	if (r->redirect.n)
		http_reply_header(p, "Location", r->redirect);
	if (r->refresh_s)
		http_reply_header(p, "Refresh", req_path(r, "%d", r->refresh_s));
}

static str kept(const struct req *r, bool shared)
{
	if (r->forever)
		return S("public, max-age=31536000, immutable");
	return shared ? S("no-cache") : S("no-store");
}

static void headers(struct req *r, struct http_reply *p)
{
	static const struct http_header fixed[] = {
		{ "X-Content-Type-Options", S_INIT("nosniff") },
		{ "Referrer-Policy", S_INIT("same-origin") },
		{ "Permissions-Policy", S_INIT("camera=(self), microphone=(), geolocation=()") },
	};

	http_reply_header(p, "Content-Security-Policy", policy(r));
	for (size_t i = 0; i < countof(fixed); i++)
		http_reply_header(p, fixed[i].name, fixed[i].value);
	for (size_t i = 0; i < r->n_cookies; i++)
		http_reply_header(p, "Set-Cookie", r->cookie_set[i]);
	onward(r, p);
	bool shared = r->route && r->route->flags & ROUTE_CACHED && !r->who.city.v && !r->n_cookies;
	http_reply_header(p, "Cache-Control", kept(r, shared));
	if (shared)
		http_reply_header(p, "Vary", S("Accept-Language, Accept-Encoding, Cookie"));
	if (r->http->tls)
		http_reply_header(p, "Strict-Transport-Security", S("max-age=31536000"));
}

static void refusal(struct req *r, err e, struct http_reply *p)
{
	/* The handler may have said 201 before the commit failed. */
	p->status = r->status >= 400 ? r->status : status_of[e->kind];
	r->forever = false;
	r->redirect = (str){ 0 };
	if (!strcmp(e->rule, "sign-in-first") || !strcmp(e->rule, "token-unknown"))
		p->status = 401;
	if (wants_json(r)) {
		p->type = "application/problem+json";
		p->body = problem(r, e, p->status);
	} else {
		p->type = "text/html; charset=utf-8";
		p->body = refused_page(r, e);
	}
	if (p->status == 405)
		http_reply_header(p, "Allow", e->arg[0]);
	if (p->status == 401 && wants_json(r))
		http_reply_header(p, "WWW-Authenticate", S("Bearer"));
}

static void success(struct req *r, struct http_reply *p)
{
	p->status = r->status ? r->status : r->redirect.n ? 303 : 200;
	if (r->bytes_type) {
		p->type = r->bytes_type;
		p->body = r->bytes;
		p->file = r->file;
		p->file_n = r->file_n;
		if (r->bytes_name.n)
			http_reply_header(p, "Content-Disposition",
			    req_path(r, "attachment; filename=\"%.*s\"", SV(r->bytes_name)));
	} else if (r->json.b.n) {
		p->type = "application/json";
		p->body = json_done(&r->json);
	} else if (r->redirect.n) {
		p->type = "text/plain; charset=utf-8";
		p->body = S("");
	} else {
		p->type = "text/html; charset=utf-8";
		p->body = page(r, false);
	}
}

void pipe_reply(struct req *r, err e, struct http_reply *p)
{
	*p = (struct http_reply){ 0 };
	if (e)
		refusal(r, e, p);
	else
		success(r, p);
	headers(r, p);
	when_again(r, e, p);
	if (r->site && r->site->seen)
		seen_note(r->site->seen, r, p);
}
