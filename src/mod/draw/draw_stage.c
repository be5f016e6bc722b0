/* draw_stage.c - the big screen: countdown, then each winner, from one load. */
#include "core/asset.h"
#include "core/setting.h"
#include "mod/draw/screen.h"
#include "stage_tmpl.h"

#define SHOWN		40		/* winners on the page without script */
#define RESULT_MAX	(32u << 20)

str screen_asset(const char *name)
{
	const struct asset *x = asset_find(name);

	CHECK(x);
	return str_of(x->hashed);
}

/* Milliseconds to the round: of the server's clock, since a projector's may be wrong. */
static int64_t left(const struct req *r, const struct draw *d)
{
	int64_t due = draw_due(d);

	return d->state == DRAW_FROZEN && due > r->now ? (due - r->now + 999) / 1000 : 0;
}

err draw_stage_page(struct req *r)
{
	struct screen s;

	TRY(screen_load(r, &s));
	if (s.d.state == DRAW_DRAFT)
		return ERR(r->a, ERR_MISSING, "no-such-draw", .arg = { s.d.name });
	struct stage_view v = { .d = &s.v, .city = r->city.name, .festival = s.f.name,
	    .css = screen_asset("stage.css"), .script = screen_asset("stage.js"),
	    .result = req_path(r, "%.*s/stage/result", SV(s.here)),
	    .transcript = req_path(r, "%.*s/file/transcript.tsv", SV(s.here)),
	    .left = req_path(r, "%lld", (long long)left(r, &s.d)) };
	TRY(setting_url(r, s.here, &v.proof));
	v.shown = s.v.n_winners < SHOWN ? s.v.n_winners : SHOWN;
	r->title = s.d.name;
	r->bare = true;
	page_stage(&r->out, &v);
	return NULL;
}

/* ---- what the screen asks for ------------------------------------------------- */

/* The winners of prize p from *w on, which stand in the order of drawing. */
static void put_winners(struct req *r, const struct prize *p, const struct winner **w,
    const struct winner *end)
{
	struct json_out *o = &r->json;

	json_begin(o, "winners", '[');
	for (; *w < end && (*w)->prize.v == p->id.v; (*w)++) {
		json_begin(o, NULL, '{');
		json_int(o, "place", (*w)->place);
		json_int(o, "k", (*w)->k);
		json_str(o, "coupon", req_path(r, "%lld", (long long)(*w)->coupon));
		json_str(o, "card", (*w)->masked);
		json_end(o, '}');
	}
	json_end(o, ']');
}

static err put_prizes(struct req *r, const struct draw *d)
{
	struct json_out *o = &r->json;
	struct winner *w;
	struct prize *p;
	size_t n, n_w;

	TRY(prize_list(r->db, d, &p, &n));
	TRY(draw_winners(r->db, d, &w, &n_w));
	const struct winner *next = w;
	json_begin(o, "prizes", '[');
	for (size_t i = 0; i < n; i++) {
		json_begin(o, NULL, '{');
		json_str(o, "code", p[i].code);
		json_str(o, "title", p[i].title);
		json_int(o, "places", p[i].number);
		put_winners(r, &p[i], &next, w + n_w);
		json_end(o, '}');
	}
	json_end(o, ']');
	return NULL;
}

err draw_stage_result(struct req *r)
{
	struct festival f;
	struct draw d;

	TRY(festival_of(r, 1, &f));
	TRY(draw_find(r->db, f.city, f.id, r->param[2], &d));
	if (d.state == DRAW_DRAFT)
		return ERR(r->a, ERR_MISSING, "no-such-draw", .arg = { d.name });
	r->json = JSON_OUT(r->a, RESULT_MAX);
	json_begin(&r->json, NULL, '{');
	json_str(&r->json, "state", str_of(draw_state_name(d.state)));
	json_int(&r->json, "left", left(r, &d));
	json_str(&r->json, "coupons", req_path(r, "%lld", (long long)d.coupons));
	json_bool(&r->json, "drawn", d.state >= DRAW_DRAWN);
	json_str(&r->json, "seed", d.seed);
	TRY(put_prizes(r, &d));
	json_end(&r->json, '}');
	return NULL;
}
