/* organiser_web.c - the board, a sale, its rules and its states. */
#include "core/audit.h"
#include "core/city.h"
#include "core/figure.h"
#include "core/pipeline.h"
#include "core/practice.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/organiser.h"
#include "mod/festival/organiser_pages.h"
#include "mod/festival/setup.h"
#include "mod/festival/web.h"
#include "organiser_tmpl.h"

#define WRITERS		(MAY_ORGANISER | MAY_ADMIN)
#define BOARD_STEPS	5

static str sale_href(struct req *r, str slug)
{
	return req_path(r, "/admin/festival/%.*s", SV(slug));
}

static enum text_id state_label(int64_t state)
{
	return choice_by_value(festival_state_choices, state)->label;
}

err festival_counts(struct db *db, const struct festival *f, int64_t n[PARTICIPATION_STATES])
{
	struct festival_participation_counts *c;
	size_t k;

	for (int i = 0; i < PARTICIPATION_STATES; i++)
		n[i] = 0;
	TRY(festival_q_participation_counts(db, f->city, f->id, &c, &k));
	for (size_t i = 0; i < k; i++)
		if (c[i].state >= 0 && c[i].state < PARTICIPATION_STATES)
			n[c[i].state] = c[i].n;
	return NULL;
}

err festival_pick(struct db *db, city_id city, str which, struct festival *f)
{
	struct festival_list *v;
	size_t n, best = 0;

	if (which.n)
		return festival_find(db, city, which, f);
	TRY(festival_q_list(db, city, &v, &n));
	if (!n)
		return ERR(db_arena(db), ERR_MISSING, "no-such-festival");
	for (size_t i = n; i-- > 0;)
		if (v[i].state == FESTIVAL_OPEN)
			best = i;
	return festival_find(db, city, v[best].slug, f);
}

/* ---- the board --------------------------------------------------------------- */

static err board_figures(struct req *r, const struct festival *f, struct org_board_view *v)
{
	int64_t people[PARTICIPATION_STATES];
	struct festival_total_get t;

	TRY(festival_q_total_get(r->db, f->city, f->id, &t));
	TRY(festival_counts(r->db, f, people));
	v->rupiah = t.rupiah;
	v->purchases = t.purchases;
	v->coupons = t.coupons;
	v->reporting = t.reporting;
	v->unclaimed = t.unclaimed;
	v->admitted = people[PARTICIPATION_ADMITTED];
	v->waiting = people[PARTICIPATION_ASKED];
	return NULL;
}

/* On the board: what comes next, and a few behind it; the rest has a page. */
static err board_steps(struct req *r, const struct festival *f, struct org_board_view *v)
{
	struct setup_ask q = setup_of(r, f);
	struct setup u;

	TRY(setup_load(&q, &u));
	struct step *s = NEWN(r->a, struct step, BOARD_STEPS);
	for (const struct setup_step *x = u.next; x && x < u.v + u.n && v->n_steps < BOARD_STEPS;
	    x++)
		if (!x->done && x != u.next)
			s[v->n_steps++] = (struct step){ STEP_LATER, x->title, x->note, x->href };
	v->steps = s;
	v->next = u.next;
	v->n_done = (int64_t)u.n_done;
	v->n_all = (int64_t)u.n;
	v->issued = u.facts.cards;
	v->setup = req_path(r, "%.*s/setup", SV(v->href));
	return NULL;
}

static err board_sale(struct req *r, struct org_board_view *v)
{
	struct festival f;

	TRY(festival_pick(r->db, r->city.id, (str){ 0 }, &f));
	v->name = f.name;
	v->state = state_label((int64_t)f.state);
	v->first_day = f.first_day;
	v->last_day = f.last_day;
	v->href = sale_href(r, f.slug);
	v->front = festival_base(r, &f);
	v->merchants = req_path(r, "%.*s/merchants", SV(v->href));
	v->cards = req_path(r, "%.*s/cards", SV(v->href));
	v->report = req_path(r, "%.*s/report", SV(v->front));
	TRY(board_figures(r, &f, v));
	return board_steps(r, &f, v);
}

err org_board(struct req *r)
{
	struct org_board_view v = { .city = r->city.name, .may_write = req_is(r, WRITERS),
	    .guest = req_is(r, MAY_INSIDE) };
	struct festival_list *f;

	TRY(festival_q_list(r->db, r->city.id, &f, &v.n));
	struct org_sale_row *rows = NEWN(r->a, struct org_sale_row, v.n);
	for (size_t i = 0; i < v.n; i++)
		rows[i] = (struct org_sale_row){ sale_href(r, f[i].slug), f[i].name,
		    state_label(f[i].state), f[i].first_day, f[i].last_day };
	v.v = rows;
	v.none = !v.n;
	if (v.n)
		TRY(board_sale(r, &v));
	r->title = text(r->lang, TEXT_core_board);
	r->wide = true;
	page_org_board(&r->out, &v);
	return NULL;
}

/* ---- a sale: making and changing ------------------------------------------------ */

struct sale_in {
	str slug, name;
	int64_t first_day, last_day, target, admission, unit, counting, minimum;
	int64_t cap_purchase, cap_merchant, cap_day, cap_person;
};
#define MONEY(m, l)	FIELD(struct sale_in, m, FIELD_RUPIAH, .max = RUPIAH_MAX, .label = (l), \
	.hint = TEXT_org_none_hint)
static const struct field sale_fields[] = {
	FIELD(struct sale_in, slug, FIELD_TEXT, .max = 60, .label = TEXT_org_slug,
	    .hint = TEXT_org_slug_hint),
	FIELD(struct sale_in, name, FIELD_TEXT, .needed = true, .min = 3, .max = 80,
	    .label = TEXT_org_name, .hint = TEXT_org_name_hint),
	FIELD(struct sale_in, first_day, FIELD_DAY, .needed = true, .label = TEXT_org_first_day),
	FIELD(struct sale_in, last_day, FIELD_DAY, .needed = true, .label = TEXT_org_last_day),
	FIELD(struct sale_in, target, FIELD_RUPIAH, .max = RUPIAH_MAX, .label = TEXT_org_target,
	    .hint = TEXT_org_target_hint),
	FIELD(struct sale_in, admission, FIELD_CHOICE, .needed = true,
	    .label = TEXT_org_admission, .choices = admission_choices),
	FIELD(struct sale_in, unit, FIELD_RUPIAH, .needed = true, .min = 1, .max = RUPIAH_MAX,
	    .label = TEXT_org_unit, .hint = TEXT_org_unit_hint),
	FIELD(struct sale_in, counting, FIELD_CHOICE, .needed = true, .label = TEXT_org_counting,
	    .choices = counting_choices),
	MONEY(minimum, TEXT_org_minimum),
	MONEY(cap_purchase, TEXT_org_cap_purchase),
	MONEY(cap_merchant, TEXT_org_cap_merchant),
	MONEY(cap_day, TEXT_org_cap_day),
	MONEY(cap_person, TEXT_org_cap_person),
};
const struct form org_new_form = FORM(struct sale_in, sale_fields);
/* Not the address, which is printed on cards, and not the rules, which have a page. */
#define EDIT_FIELDS	5
const struct form org_edit_form = { sale_fields + 1, EDIT_FIELDS, sizeof(struct sale_in) };

static void take(struct festival *f, const struct sale_in *in)
{
	f->name = in->name;
	f->first_day = in->first_day;
	f->last_day = in->last_day;
	f->target = in->target;
	f->admission = (enum admission)in->admission;
}

static struct sale_in given(const struct festival *f)
{
	const struct rules *u = &f->rules;

	return (struct sale_in){ f->slug, f->name, f->first_day, f->last_day, f->target,
	    (int64_t)f->admission, u->unit, (int64_t)u->counting, u->minimum, u->cap_purchase,
	    u->cap_merchant, u->cap_day, u->cap_person };
}

static str sale_json(struct req *r, const struct festival *f)
{
	struct sale_in s = given(f);

	return audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("name", s.name),
	    AUDIT_NUM("first_day", s.first_day), AUDIT_NUM("last_day", s.last_day),
	    AUDIT_NUM("target", s.target), AUDIT_NUM("admission", s.admission),
	    AUDIT_NUM("unit", s.unit), AUDIT_NUM("counting", s.counting),
	    AUDIT_NUM("minimum", s.minimum), AUDIT_NUM("cap_purchase", s.cap_purchase),
	    AUDIT_NUM("cap_merchant", s.cap_merchant), AUDIT_NUM("cap_day", s.cap_day),
	    AUDIT_NUM("cap_person", s.cap_person) }, 12);
}

err org_new(struct req *r)
{
	static const struct sale_in usual = { .unit = 50000, .counting = RULE_PERSON_TOTAL,
	    .admission = ADMISSION_APPROVAL };

	r->title = text(r->lang, TEXT_org_new_title);
	page_org_new(&r->out, &(struct org_form_view){
	    FORM_PAGE(r, &org_new_form, &usual, S("/admin/festival/new")), true });
	return NULL;
}

err org_add(struct req *r)
{
	const struct sale_in *in = r->form;
	struct festival f = { .city = r->city.id };

	take(&f, in);
	f.rules = (struct rules){ .unit = in->unit, .counting = (enum rule_counting)in->counting,
	    .minimum = in->minimum, .cap_purchase = in->cap_purchase,
	    .cap_merchant = in->cap_merchant, .cap_day = in->cap_day,
	    .cap_person = in->cap_person };
	f.slug = in->slug.n ? in->slug : slug_make(r->a, in->name);
	if (str_eq(f.slug, S("new")))	/* is a page of its own */
		return ERR(r->a, ERR_CONFLICT, "slug-taken", .field = "slug", .arg = { f.slug });
	TRY(festival_add(r->tx, &f, r->now));
	festival_touch(r->change, &f);
	TRY(audit(r, "festival.add", f.id.v, (str){ 0 }, sale_json(r, &f)));
	req_flash(r, TEXT_org_added);
	r->redirect = sale_href(r, f.slug);
	return NULL;
}

err org_change(struct req *r)
{
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	str before = sale_json(r, &f);
	take(&f, r->form);
	TRY(festival_change(r->tx, r->change, &f));
	TRY(audit(r, "festival.change", f.id.v, before, sale_json(r, &f)));
	req_flash(r, TEXT_org_changed);
	r->redirect = sale_href(r, f.slug);
	return NULL;
}

/* ---- a sale: its page and its states ----------------------------------------------- */

static const struct { enum text_id button, say; } moves[FESTIVAL_STATES] = {
	[FESTIVAL_DRAFT]    = { TEXT_org_to_draft, TEXT_org_to_draft_say },
	[FESTIVAL_INVITING] = { TEXT_org_to_inviting, TEXT_org_to_inviting_say },
	[FESTIVAL_OPEN]     = { TEXT_org_to_open, TEXT_org_to_open_say },
	[FESTIVAL_CLOSED]   = { TEXT_org_to_closed, TEXT_org_to_closed_say },
	[FESTIVAL_FROZEN]   = { TEXT_none, TEXT_none },	/* a draw freezes */
	[FESTIVAL_DONE]     = { TEXT_org_to_done, TEXT_org_to_done_say },
};

static struct org_move move_make(struct req *r, const struct festival *f, enum festival_state to)
{
	bool again = f->state == FESTIVAL_CLOSED && to == FESTIVAL_OPEN;

	return (struct org_move){ req_path(r, "%.*s/state/%s", SV(sale_href(r, f->slug)),
	    choice_by_value(festival_state_choices, (int64_t)to)->code),
	    again ? TEXT_org_reopen : moves[to].button,
	    again ? TEXT_org_reopen_say : moves[to].say,
	    to == FESTIVAL_CLOSED ? "bad" : (int)to == (int)f->state + 1 ? "" : "plain" };
}

/* The usual next one first, then the others. */
static void moves_make(struct req *r, const struct festival *f, struct org_show_view *v)
{
	struct org_move *m = NEWN(r->a, struct org_move, FESTIVAL_STATES);

	v->v = m;
	if (!req_is(r, WRITERS))
		return;
	for (int i = 1; i < FESTIVAL_STATES; i++) {
		enum festival_state to = (enum festival_state)(
		    ((int)f->state + i) % FESTIVAL_STATES);
		if (to != FESTIVAL_FROZEN && festival_may_go(f->state, to))
			m[v->n++] = move_make(r, f, to);
	}
}

err org_show(struct req *r)
{
	struct festival f;
	str *rules;
	size_t n;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	struct sale_in *fill = NEW(r->a, struct sale_in);
	*fill = given(&f);
	rules_words(r->a, rules_at(&f, r->now, NULL), r->lang, &rules, &n);
	str href = sale_href(r, f.slug), front = festival_base(r, &f);
	struct org_show_view v = { .name = f.name, .front = front, .rules = rules,
	    .n_rules = n, .csrf = r->csrf, .state = state_label((int64_t)f.state),
	    .admission = choice_by_value(admission_choices, (int64_t)f.admission)->label,
	    .first_day = f.first_day, .last_day = f.last_day, .target = f.target,
	    .setup = req_path(r, "%.*s/setup", SV(href)),
	    .rules_page = req_path(r, "%.*s/rules", SV(href)),
	    .merchants = req_path(r, "%.*s/merchants", SV(href)),
	    .promo = req_path(r, "%.*s/promo", SV(href)),
	    .contest = req_path(r, "%.*s/contest", SV(href)),
	    .poster = req_path(r, "%.*s/poster", SV(href)),
	    .message = req_path(r, "%.*s/message", SV(href)),
	    .cards = req_path(r, "%.*s/cards", SV(href)),
	    .imports = req_path(r, "%.*s/import", SV(href)),
	    .exports = req_path(r, "%.*s/export", SV(href)),
	    .report = req_path(r, "%.*s/report", SV(front)),
	    .may_change = req_is(r, WRITERS) && f.state <= FESTIVAL_INVITING,
	    .guest = req_is(r, MAY_INSIDE),
	    .edit = { FORM_PAGE(r, &org_edit_form, fill, href), false } };
	moves_make(r, &f, &v);
	TRY(figure_get(r->site->app, r->db, "festival.offers-outside", f.city, f.id.v,
	    &v.outside));
	TRY(practice_based(r->site->app, r->db, r->city.id, "festival", f.id.v, &v.based));
	v.adapted = req_path(r, "/admin/adopted/%.*s", SV(f.slug));
	v.give = req_path(r, "/admin/practice/give/festival/%.*s", SV(f.slug));
	r->title = f.name;
	page_org_show(&r->out, &v);
	return NULL;
}
