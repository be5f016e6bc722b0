/* merchant_admit_web.c - who gets in and why: for everybody, and where the organiser sets it. */
#include "core/audit.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/merchant_admit.h"
#include "mod/festival/merchant_web.h"
#include "mod/festival/organiser.h"
#include "mod/festival/shop_pages.h"
#include "mod/festival/web.h"
#include "shop_admit_tmpl.h"

#define WRITERS		(MAY_ORGANISER | MAY_ADMIN)
#define ADMITTED_PAGE	50

static err limits(struct req *r, const struct festival *f, struct limit_row **out, size_t *n)
{
	struct festival_venue_limit_list *v;
	struct festival_venue_taken in, line;

	TRY(festival_q_venue_limit_list(r->db, f->city, f->id, &v, n));
	*out = NEWN(r->a, struct limit_row, *n);
	for (size_t i = 0; i < *n; i++) {
		TRY(festival_q_venue_taken(r->db, f->city, f->id, v[i].venue,
		    PARTICIPATION_ADMITTED, &in));
		TRY(festival_q_venue_taken(r->db, f->city, f->id, v[i].venue,
		    PARTICIPATION_WAITING, &line));
		(*out)[i] = (struct limit_row){ v[i].name, v[i].most, in.n, line.n };
	}
	return NULL;
}

static enum text_id how_of(const struct festival *f)
{
	return choice_by_value(admission_choices, (int64_t)f->admission)->label;
}

/* ---- for everybody ------------------------------------------------------------ */

/* Numbered anew for each venue. */
static err line(struct req *r, const struct festival *f, struct admission_view *v)
{
	struct festival_waiting_list *w;
	int64_t turn = 0;

	TRY(festival_q_waiting_list(r->db, f->city, f->id, &w, &v->n_line));
	struct line_row *rows = NEWN(r->a, struct line_row, v->n_line);
	for (size_t i = 0; i < v->n_line; i++) {
		turn = i && w[i].venue.v == w[i - 1].venue.v ? turn + 1 : 1;
		rows[i] = (struct line_row){ turn, w[i].code, w[i].asked, w[i].venue_name };
	}
	v->line = rows;
	return NULL;
}

static enum text_id why_in(str by)
{
	return str_eq(by, BY_SELF) ? TEXT_admit_why_open :
	    str_eq(by, BY_TURN) ? TEXT_admit_why_turn : TEXT_admit_why_organiser;
}

static err admitted(struct req *r, const struct festival *f, struct admission_view *v)
{
	struct festival_admitted_list *m;
	int64_t after = 0;

	if (req_query(r, "after").n && !id_parse(req_query(r, "after"), &after))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(festival_q_admitted_list(r->db, f->city, f->id, (merchant_id){ after },
	    ADMITTED_PAGE, &m, &v->n));
	struct admitted_row *rows = NEWN(r->a, struct admitted_row, v->n);
	for (size_t i = 0; i < v->n; i++)
		rows[i] = (struct admitted_row){ m[i].name, req_path(r, "%.*s/merchant/%.*s",
		    SV(v->at.base), SV(m[i].slug)), m[i].venue_name, m[i].decided,
		    why_in(m[i].by) };
	v->v = rows;
	if (v->n == ADMITTED_PAGE)
		v->pager.next = req_path(r, "%.*s/admission?after=%.*s", SV(v->at.base),
		    SV(id_text(r->a, m[v->n - 1].id.v)));
	if (after)
		v->pager.prev = req_path(r, "%.*s/admission", SV(v->at.base));
	return NULL;
}

err web_admission(struct req *r)
{
	struct festival_admission_get rule;
	struct admission_view v = { 0 };
	int64_t n[PARTICIPATION_STATES];
	struct limit_row *rows;
	struct festival f;
	bool found;

	TRY(festival_of(r, 1, &f));
	req_stamp(r, festival_key(f.city, f.id));
	req_stamp(r, festival_key(f.city, (festival_id){ 0 }));
	v.at = festival_at(r, &f);
	v.festival = f.name;
	v.how = how_of(&f);
	TRY(festival_q_admission_get(r->db, f.city, f.id, &rule, &found));
	if (found) {
		v.rule = rule.rule;
		v.changed = rule.changed;
	}
	TRY(festival_counts(r->db, &f, n));
	v.admitted = n[PARTICIPATION_ADMITTED];
	v.asked = n[PARTICIPATION_ASKED];
	v.refused = n[PARTICIPATION_REFUSED];
	v.waiting = n[PARTICIPATION_WAITING];
	TRY(limits(r, &f, &rows, &v.n_limits));
	v.limits = rows;
	TRY(line(r, &f, &v));
	TRY(admitted(r, &f, &v));
	v.may_join = f.admission != ADMISSION_CLOSED &&
	    (f.state == FESTIVAL_INVITING || f.state == FESTIVAL_OPEN);
	r->title = text(r->lang, TEXT_admit_title);
	festival_bar(r, &f, BAR_SHOPS);
	page_admission(&r->out, &v);
	return NULL;
}

/* ---- where the organiser sets it ----------------------------------------------- */

struct rule_in { str rule; };
static const struct field rule_fields[] = {
	FIELD(struct rule_in, rule, FIELD_LONG, .max = 2000, .label = TEXT_admit_rule,
	    .hint = TEXT_admit_rule_hint),
};
const struct form org_admission_form = FORM(struct rule_in, rule_fields);

struct limit_in { int64_t venue, most; };
static const struct field limit_fields[] = {
	FIELD(struct limit_in, venue, FIELD_ID, .label = TEXT_join_venue),
	FIELD(struct limit_in, most, FIELD_INT, .min = 0, .max = 100000,
	    .label = TEXT_admit_most, .hint = TEXT_admit_most_hint),
};
const struct form org_limit_form = FORM(struct limit_in, limit_fields);

err org_admission(struct req *r)
{
	struct org_admission_view v = { .may_write = req_is(r, WRITERS), .csrf = r->csrf };
	struct festival_admission_get old;
	struct form_option *venues;
	struct limit_row *rows;
	struct festival f;
	bool found;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	TRY(festival_q_admission_get(r->db, f.city, f.id, &old, &found));
	TRY(venue_options(r, &venues, &v.n_venues));
	TRY(limits(r, &f, &rows, &v.n_limits));
	v.venues = venues;
	v.limits = rows;
	v.festival = f.name;
	v.how = how_of(&f);
	v.href = req_path(r, "/admin/festival/%.*s", SV(f.slug));
	v.open = req_path(r, "%.*s/admission", SV(festival_base(r, &f)));
	v.rule = FORM_PAGE(r, &org_admission_form, found ? &(struct rule_in){ old.rule } : NULL,
	    req_path(r, "%.*s/admission", SV(v.href)));
	v.limit = FORM_PAGE(r, &org_limit_form, NULL, req_path(r, "%.*s/admission/limit",
	    SV(v.href)));
	v.limit.prefix = "limit";
	r->title = text(r->lang, TEXT_admit_set);
	page_org_admission(&r->out, &v);
	return NULL;
}

err org_admission_set(struct req *r)
{
	const struct rule_in *in = r->form;
	struct festival_admission_get old = { 0 };
	struct festival f;
	bool found;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	TRY(festival_q_admission_get(r->db, f.city, f.id, &old, &found));
	TRY(admission_rule_set(r->tx, r->change, &f, in->rule, r->now));
	TRY(audit(r, "admission.rule", f.id.v, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("rule", found ? old.rule : (str){ 0 }) }, 1), audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_TEXT("rule", in->rule) }, 1)));
	req_flash(r, TEXT_own_saved);
	r->redirect = req_path(r, "/admin/festival/%.*s/admission", SV(f.slug));
	return NULL;
}

err org_limit(struct req *r)
{
	const struct limit_in *in = r->form;
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	TRY(venue_known(r, in->venue));
	if (!in->venue)
		return ERR(r->a, ERR_INVALID, "venue-unknown", .field = "venue");
	TRY(venue_limit(r->tx, r->change, &f, (venue_id){ in->venue }, in->most, r->now));
	TRY(audit(r, "admission.limit", in->venue, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_NUM("most", in->most) }, 1)));
	req_flash(r, TEXT_own_saved);
	r->redirect = req_path(r, "/admin/festival/%.*s/admission", SV(f.slug));
	return NULL;
}
