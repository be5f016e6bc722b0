/* annul_web.c - a draw whose round does not come: proposed, confirmed, replaced. */
#include "core/audit.h"
#include "core/pdf.h"
#include "core/pipeline.h"
#include "draw_read.h"
#include "mod/draw/annul_pages.h"
#include "mod/draw/minutes.h"

struct annul_in { str notary, deed; };
static const struct field annul_fields[] = {
	FIELD(struct annul_in, notary, FIELD_TEXT, .needed = true, .max = ANNUL_NOTARY_MAX,
	    .label = TEXT_annul_notary, .hint = TEXT_annul_notary_hint),
	FIELD(struct annul_in, deed, FIELD_TEXT, .needed = true, .max = ANNUL_DEED_MAX,
	    .label = TEXT_annul_deed, .hint = TEXT_annul_deed_hint),
};
const struct form annul_form = FORM(struct annul_in, annul_fields);

static struct annul_link link_to(struct req *r, const struct draw *d, str base)
{
	return (struct annul_link){ req_path(r, "%.*s/draw/%.*s", SV(base), SV(d->slug)), d->name };
}

err annul_view_load(struct req *r, const struct draw *d, str base, struct annul_view *v)
{
	struct draw other = { .city = d->city };
	bool found;

	*v = (struct annul_view){ .round = d->round, .due = draw_due(d),
		.drand = arena_printf(r->a, "https://api.drand.sh/%.*s/public/%lld", SV(d->chain),
		    (long long)d->round) };
	TRY(annulment_get(r->db, d, &v->x));
	if (v->x.next.v) {
		other.id = v->x.next;
		TRY(draw_find(r->db, d->city, d->festival, id_text(r->a, other.id.v), &other));
		v->next = link_to(r, &other, base);
	}
	TRY(draw_replaced(r->db, d, &other, &found));
	if (found)
		v->before = link_to(r, &other, base);
	if (v->x.done)
		TRY(relay_view_load(r, d, PART_DRAW, d->round, v->due, &v->relays));
	v->relays.csrf = S("");
	return NULL;
}

static str here(struct req *r, const struct draw *d, const char *what)
{
	return req_path(r, "/admin/draw/%.*s%s", SV(id_text(r->a, d->id.v)), what);
}

err annul_manage_load(struct req *r, const struct draw *d, const struct annul_view *v,
    struct annul_manage *m)
{
	const struct form_state none = { 0 };
	struct annul_in *was = NEW(r->a, struct annul_in);
	bool mine = r->state.form == &annul_form;	/* a refusal has to be seen */

	*was = (struct annul_in){ v->x.notary, v->x.deed };
	*m = (struct annul_manage){ .v = v, .csrf = r->csrf,
		.confirm = req_path(r, "%.*s?seen=%lld", SV(here(r, d, "/annul/confirm")),
		    (long long)v->x.proposed), .withdraw = here(r, d, "/annul/withdraw"),
		.replace = here(r, d, "/replace"), .mine = str_eq(v->x.by, r->who.login),
		.may_board = req_is(r, MAY_ORGANISER | MAY_ADMIN) };
	m->ready = d->state == DRAW_FROZEN && !d->rehearsal && r->now >= v->due + ANNUL_AFTER;
	m->shown = m->ready || mine;
	m->form = form_page(r->a, mine ? &r->state : &none, &annul_form,
	    v->x.there ? was : NULL, here(r, d, "/annul"), r->csrf);
	return NULL;
}

/* ---- what is pressed ------------------------------------------------------------ */

static err done(struct req *r, const struct draw *d, const char *action, str after)
{
	r->redirect = here(r, d, "");
	return audit(r, action, d->id.v, (str){ 0 }, after);
}

static str in_words(struct req *r, const struct annulment *x)
{
	return audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("notary", x->notary),
	    AUDIT_TEXT("deed", x->deed) }, 2);
}

static struct annul_ask ask_of(const struct req *r, const struct annul_in *in)
{
	struct annul_ask ask = { .by = r->who.login, .zone = r->city.zone, .now = r->now };

	if (in) {
		ask.notary = in->notary;
		ask.deed = in->deed;
	}
	return ask;
}

err admin_annul(struct req *r)
{
	struct annul_ask ask = ask_of(r, r->form);
	struct annulment x;
	struct draw d;

	TRY(draw_find_code(r->db, r->city.id, r->param[0], &d));
	TRY(annul_propose(r->tx, r->change, &d, &ask));
	TRY(annulment_get(r->db, &d, &x));
	req_flash(r, TEXT_annul_proposed);
	return done(r, &d, "draw.annul-proposed", in_words(r, &x));
}

err admin_annul_withdraw(struct req *r)
{
	struct draw d;

	TRY(draw_find_code(r->db, r->city.id, r->param[0], &d));
	TRY(annul_withdraw(r->tx, r->change, &d));
	return done(r, &d, "draw.annul-withdrawn", (str){ 0 });
}

/* What is confirmed is what was seen: it may have been proposed anew since. */
static err as_seen(struct req *r, const struct draw *d, struct annulment *x)
{
	int64_t seen;

	TRY(annulment_get(r->db, d, x));
	if (x->there && (!str_int(req_query(r, "seen"), 0, INT64_MAX, &seen) ||
	    seen != x->proposed))
		return ERR(r->a, ERR_CONFLICT, "draw-raced", .arg = { d->name });
	return NULL;
}

/* Its report is drawn beside the writer; from files that change no more. */
err admin_annul_confirm_prepare(struct req *r)
{
	struct buf *b = NEW(r->a, struct buf);
	struct annulment x;
	struct festival f;
	struct draw d;

	*b = BUF(r->a, 4 << 20);
	TRY(draw_find_code(r->db, r->city.id, r->param[0], &d));
	TRY(annul_may(r->db, &d, r->city.zone, r->now));
	TRY(as_seen(r, &d, &x));
	x.at = r->now;
	TRY(festival_find(r->db, r->city.id, id_text(r->a, d.festival.v), &f));
	TRY(minutes_annulled_pdf(r->db, &r->city, &f, &d, &x, pdf_sink_buf(b)));
	r->prepared = b;
	return NULL;
}

err admin_annul_confirm(struct req *r)
{
	struct annul_ask ask = ask_of(r, NULL);
	struct annulment x;
	struct draw d;

	TRY(draw_find_code(r->db, r->city.id, r->param[0], &d));
	TRY(as_seen(r, &d, &x));
	TRY(annul_confirm(r->tx, r->change, &d, &ask, buf_done(r->prepared)));
	TRY(annulment_get(r->db, &d, &x));
	return done(r, &d, "draw.annulled", in_words(r, &x));
}

err admin_draw_replace(struct req *r)
{
	struct draw old, d;
	struct festival f;

	TRY(draw_find_code(r->db, r->city.id, r->param[0], &old));
	TRY(festival_find(r->db, r->city.id, id_text(r->a, old.festival.v), &f));
	TRY(draw_replace(r->tx, r->change, &f, &old, &d, r->now));
	req_flash(r, TEXT_annul_replaced);
	return done(r, &d, "draw.create", audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("name", d.name), AUDIT_NUM("rehearsal", false) }, 2));
}
