/* draw_web.c - the draw in public: list, facts, winners, files, is this win real? */
#include "core/pipeline.h"
#include "draw_tmpl.h"
#include "mod/draw/after_web.h"
#include "mod/draw/rules.h"
#include "mod/draw/web.h"
#include <string.h>

#define WINNERS	40	/* on a page */

enum text_id draw_state_text(enum draw_state s)
{
	static const enum text_id names[DRAW_STATES] = {
		[DRAW_DRAFT] = TEXT_draw_state_draft, [DRAW_FROZEN] = TEXT_draw_state_frozen,
		[DRAW_BEACON] = TEXT_draw_state_beacon, [DRAW_DRAWN] = TEXT_draw_state_drawn,
		[DRAW_REPORTED] = TEXT_draw_state_reported,
		[DRAW_ANNULLED] = TEXT_draw_state_annulled,
	};

	CHECK(s < DRAW_STATES);
	return names[s];
}

static enum text_id state_sentence(enum draw_state s)
{
	static const enum text_id say[DRAW_STATES] = {
		[DRAW_DRAFT] = TEXT_draw_say_draft, [DRAW_FROZEN] = TEXT_draw_say_frozen,
		[DRAW_BEACON] = TEXT_draw_say_beacon, [DRAW_DRAWN] = TEXT_draw_say_drawn,
		[DRAW_REPORTED] = TEXT_draw_say_drawn,
		[DRAW_ANNULLED] = TEXT_draw_say_annulled,
	};

	return say[s];
}

static str base_of(struct req *r)
{
	return req_path(r, "/%.*s/%.*s", SV(r->param[0]), SV(r->param[1]));
}

/* "d880 27f1 …": read aloud and compared by eye. */
static str in_fours(struct arena *a, str hex)
{
	struct buf b = BUF(a, 400);

	for (size_t i = 0; i < hex.n; i += 4) {
		if (i)
			buf_char(&b, ' ');
		buf_str(&b, str_sub(hex, i, 4));
	}
	return buf_done(&b);
}

err draw_list_page(struct req *r)
{
	struct festival f;
	struct draw *d;
	size_t n;

	TRY(festival_of(r, 1, &f));
	req_stamp(r, festival_key(f.city, f.id));
	TRY(draw_list(r->db, f.city, f.id, &d, &n));
	struct draw_row *v = NEWN(r->a, struct draw_row, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct draw_row){ req_path(r, "%.*s/draw/%.*s",
			                      SV(base_of(r)), SV(d[i].slug)),
			d[i].name, draw_state_text(d[i].state),
			d[i].rehearsal };
	r->title = text(r->lang, TEXT_draw_title);
	festival_public_bar(r, &f, true);
	page_draws(&r->out, &(struct draws_view){ base_of(r), f.name,
	    req_path(r, "/log/%.*s", SV(r->city.slug)), v, n });
	return NULL;
}

static err load(struct req *r, struct festival *f, struct draw *d)
{
	TRY(festival_of(r, 1, f));
	TRY(draw_find(r->db, f->city, f->id, r->param[2], d));
	festival_public_bar(r, f, true);
	return NULL;
}

static err prizes_load(struct req *r, const struct draw *d, struct draw_view *v)
{
	struct prize *p;

	TRY(prize_list(r->db, d, &p, &v->n_prizes));
	struct prize_row *rows = NEWN(r->a, struct prize_row, v->n_prizes);
	for (size_t i = 0; i < v->n_prizes; i++)
		rows[i] = (struct prize_row){ .title = p[i].title, .cls = p[i].cls,
		    .number = p[i].number, .value = p[i].value,
		    .drop = req_path(r, "/admin/draw/%.*s/prize/%.*s/drop",
			SV(id_text(r->a, d->id.v)), SV(id_text(r->a, p[i].id.v))) };
	v->prizes = rows;
	return NULL;
}

static struct winner_row *winner_rows(struct arena *a, const struct winner *w, size_t n)
{
	struct winner_row *rows = NEWN(a, struct winner_row, n);

	for (size_t i = 0; i < n; i++)
		rows[i] = (struct winner_row){ w[i].title, w[i].masked, w[i].place, w[i].coupon };
	return rows;
}

struct file_rows { struct file_row *v; size_t n, cap; };

/* The proof of one that is in the public log; with the freeze's, whose log it is. */
static err logged_load(struct req *r, const struct draw *d, str here, str file,
    struct file_rows *rows)
{
	str name = draw_proof_name(r->a, file);
	int64_t number;

	TRY(draw_file_entry(r->db, d, file, &number));
	if (number < 0)
		return NULL;
	*VEC_ADD(r->a, rows) = (struct file_row){ req_path(r, "%.*s/file/%.*s", SV(here),
	    SV(name)), name };
	if (str_eq(file, S("freeze.txt")))
		*VEC_ADD(r->a, rows) = (struct file_row){ req_path(r, "%.*s/file/policy.txt",
		    SV(here)), S("policy.txt") };
	return NULL;
}

static err files_load(struct req *r, const struct draw *d, str here, struct draw_view *v)
{
	struct file_rows rows = { 0 };
	str *after;
	size_t n;

	for (const char *const *f = draw_file_names; *f; f++) {
		int64_t size;
		bool there;
		TRY(draw_file_size(r->db, d, str_of(*f), &size, &there));
		if (there)
			*VEC_ADD(r->a, &rows) = (struct file_row){
			    req_path(r, "%.*s/file/%s", SV(here), *f), str_of(*f) };
	}
	TRY(logged_load(r, d, here, S("freeze.txt"), &rows));
	TRY(logged_load(r, d, here, S("sample.txt"), &rows));
	TRY(logged_load(r, d, here, S("annulment.txt"), &rows));
	TRY(draw_after_names(r->db, d, &after, &n));
	for (size_t i = 0; i < n; i++)
		*VEC_ADD(r->a, &rows) = (struct file_row){
		    req_path(r, "%.*s/file/%.*s", SV(here), SV(after[i])), after[i] };
	for (size_t i = 0; i < n; i++)
		TRY(logged_load(r, d, here, after[i], &rows));
	v->files = rows.v;
	v->n_files = rows.n;
	return NULL;
}

err draw_view_load(struct req *r, const struct draw *d, str base, struct draw_view *v)
{
	str here = req_path(r, "%.*s/draw/%.*s", SV(base), SV(d->slug));
	struct winner *w;

	*v = (struct draw_view){ .base = req_path(r, "%.*s/draw", SV(base)), .name = d->name,
	    .code = d->code, .root = in_fours(r->a, d->root), .seed = in_fours(r->a, d->seed),
	    .state = draw_state_text(d->state), .at = d->state, .rehearsal = d->rehearsal,
	    .entries = d->entries, .coupons = d->coupons, .round = d->round,
	    .due = draw_due(d), .frozen = d->frozen,
	    .state_say = text(r->lang, state_sentence(d->state)),
	    .check = req_path(r, "%.*s/check", SV(here)),
	    .list = req_path(r, "%.*s/list", SV(here)),
	    .stage = req_path(r, "%.*s/stage", SV(here)),
	    .verify = req_path(r, "%.*s/verify", SV(here)),
	    .press = req_path(r, "%.*s/press", SV(here)) };
	TRY(prizes_load(r, d, v));
	TRY(winner_deadline(r->db, d, &v->deadline));
	TRY(after_view_load(r, d, false, &v->after));
	TRY(annul_view_load(r, d, base, &v->annul));
	TRY(draw_winners(r->db, d, &w, &v->n_winners));
	v->winners = winner_rows(r->a, w, v->n_winners);
	return d->state == DRAW_DRAFT ? NULL : files_load(r, d, here, v);
}

/* "?from=60": thousands of vouchers are no page for a phone. */
static void turn_to(struct req *r, str here, struct draw_view *v)
{
	size_t all = v->n_winners;
	int64_t from = 0;

	if (!str_int(req_query(r, "from"), 0, all ? (int64_t)all - 1 : 0, &from))
		from = 0;
	if (from > 0)
		v->pager.prev = req_path(r, "%.*s?from=%lld", SV(here),
		    (long long)(from > WINNERS ? from - WINNERS : 0));
	if ((size_t)from + WINNERS < all)
		v->pager.next = req_path(r, "%.*s?from=%lld", SV(here),
		    (long long)(from + WINNERS));
	v->winners += from;
	v->n_winners = all - (size_t)from < WINNERS ? all - (size_t)from : WINNERS;
}

err draw_page(struct req *r)
{
	struct festival f;
	struct draw_view v;
	struct draw d;

	TRY(load(r, &f, &d));
	TRY(draw_view_load(r, &d, base_of(r), &v));
	turn_to(r, req_path(r, "%.*s/draw/%.*s", SV(base_of(r)), SV(d.slug)), &v);
	r->title = d.name;
	page_draw(&r->out, &v);
	return NULL;
}

struct real_in { int64_t coupon; };
#define COUPON(...)							\
	FIELD(struct real_in, coupon, FIELD_INT, .min = 0, .max = INT64_MAX / 2,	\
	    .label = TEXT_real_coupon, .hint = TEXT_real_coupon_hint, __VA_ARGS__)
static const struct field real_fields[] = { COUPON(.needed = false) };
const struct form real_form = FORM(struct real_in, real_fields);
/* The page opens without a number; its field may not be sent empty. */
static const struct field ask_fields[] = { COUPON(.needed = true) };
static const struct form ask_form = FORM(struct real_in, ask_fields);

err draw_real_page(struct req *r)
{
	const struct real_in *in = r->form;
	struct real_view v = { 0 };
	struct festival f;
	struct winner *w;
	struct draw d;

	TRY(load(r, &f, &d));
	v.base = req_path(r, "%.*s/draw/%.*s", SV(base_of(r)), SV(d.slug));
	v.name = d.name;
	v.asked = req_query(r, "coupon").n > 0;
	v.drawn = draw_was_run(&d);
	v.annulled = d.state == DRAW_ANNULLED;
	v.rehearsal = d.rehearsal;
	v.coupon = in->coupon;
	if (v.asked && v.drawn) {
		TRY(draw_coupon(r->db, &d, in->coupon, &w, &v.n));
		v.v = winner_rows(r->a, w, v.n);
	}
	v.form = form_page(r->a, &(struct form_state){ 0 }, &ask_form, v.asked ? in : NULL,
	    req_path(r, "%.*s/check", SV(v.base)), (str){ 0 });
	v.form.get = true;
	r->title = text(r->lang, TEXT_real_title);
	page_real(&r->out, &v);
	return NULL;
}

err draw_file_page(struct req *r)
{
	struct festival f;
	struct draw d;

	TRY(load(r, &f, &d));
	TRY(draw_file_get(r->db, &d, r->param[3], r->site->key_file, &r->bytes));
	r->bytes_type = str_ends(r->param[3], S(".pdf")) ? "application/pdf" :
	    str_ends(r->param[3], S(".bin")) ? "application/octet-stream" :
	    "text/plain; charset=utf-8";
	r->bytes_name = r->param[3];
	return NULL;
}
