/* draw_stage.c - the big screen: countdown, then each winner, from one load. */
#include "core/asset.h"
#include "core/setting.h"
#include "draw_read.h"
#include "mod/draw/screen.h"
#include "mod/draw/winner.h"
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
		json_int(o, "gone", (*w)->gone);
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
	TRY(draw_drawn(r->db, d, &w, &n_w));
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

/* ---- what happened since -------------------------------------------------------- */

static bool struck_later(const struct after_row *v, size_t n, const struct after_row *x)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].n > x->n && v[i].kind != AFTER_HANDOVER && v[i].prize.v == x->prize.v &&
		    v[i].place == x->place)
			return true;
	return false;
}

static str redrawn_coupon(struct req *r, const struct draw_redrawn_coupons *c, size_t n,
    int64_t run)
{
	for (size_t i = 0; i < n; i++)
		if (c[i].run == run)
			return req_path(r, "%lld", (long long)c[i].coupon);
	return S("");
}

static int64_t places_of(const struct prize *p, size_t n, prize_id id)
{
	for (size_t i = 0; i < n; i++)
		if (p[i].id.v == id.v)
			return p[i].number;
	return 0;
}

/* Strike-outs and redraws, in the order in which they were said; hand-overs are no show. */
static err put_after(struct req *r, const struct draw *d)
{
	struct json_out *o = &r->json;
	struct draw_redrawn_coupons *c;
	size_t n, n_c, n_p;
	struct after_row *v;
	struct prize *p;

	TRY(draw_afters(r->db, d, &v, &n));
	TRY(prize_list(r->db, d, &p, &n_p));
	TRY(draw_q_redrawn_coupons(r->db, d->city, d->id, &c, &n_c));
	json_begin(o, "after", '[');
	for (size_t i = 0; i < n; i++) {
		if (v[i].kind == AFTER_HANDOVER)
			continue;
		json_begin(o, NULL, '{');
		json_int(o, "n", v[i].n);
		json_str(o, "code", v[i].code);
		json_str(o, "title", v[i].title);
		json_int(o, "place", v[i].place);
		json_int(o, "places", places_of(p, n_p, v[i].prize));
		json_str(o, "kind", v[i].kind == AFTER_REDRAW ? S("redraw") : S("returned"));
		json_str(o, "was", v[i].was);
		json_bool(o, "ran", v[i].ran != 0);
		json_str(o, "coupon", redrawn_coupon(r, c, n_c, v[i].n));
		json_str(o, "card", v[i].now);
		json_bool(o, "stands", v[i].now.n && !struck_later(v, n, &v[i]));
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
	json_bool(&r->json, "drawn", draw_was_run(&d));
	json_str(&r->json, "seed", d.seed);
	TRY(put_prizes(r, &d));
	TRY(put_after(r, &d));
	json_end(&r->json, '}');
	return NULL;
}
