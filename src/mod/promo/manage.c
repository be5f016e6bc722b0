/* manage.c - one promotion as its maker and the organiser see it: steps, uses, taking back. */
#include "core/audit.h"
#include "mod/promo/manage.h"
#include "mod/promo/web.h"
#include "promo_own_tmpl.h"
#include "promo_read.h"

#define USES	30

const char *promo_tag(enum promo_state s)
{
	static const char *const tags[PROMO_STATES] = {
		[PROMO_DRAFT] = "", [PROMO_ASKED] = "soon", [PROMO_PUBLISHED] = "on",
		[PROMO_REFUSED] = "no", [PROMO_STOPPED] = "no", [PROMO_ENDED] = "",
	};

	return tags[s];
}

static const struct { enum promo_state to; const char *code; enum text_id label; const char *kind; }
steps[] = {
	{ PROMO_ASKED, "asked", TEXT_promo_ask, "" },
	{ PROMO_PUBLISHED, "published", TEXT_promo_publish, "" },
	{ PROMO_DRAFT, "draft", TEXT_promo_withdraw, "plain" },
};

static void steps_load(struct req *r, const struct promotion *p, unsigned who, str href,
    struct manage_view *v)
{
	struct step_button *b = NEWN(r->a, struct step_button, countof(steps));

	for (size_t i = 0; i < countof(steps); i++)
		if (promo_may_go(p->state, steps[i].to, who))
			b[v->n_steps++] = (struct step_button){
			    req_path(r, "%.*s/state/%s", SV(href), steps[i].code), steps[i].label,
			    steps[i].kind };
	v->steps = b;
	v->may_refuse = promo_may_go(p->state, PROMO_REFUSED, who);
	v->may_stop = promo_may_go(p->state, PROMO_STOPPED, who);
	v->reason = FORM_PAGE(r, &promo_reason_form, NULL, req_path(r, "%.*s/state/%s", SV(href),
	    v->may_refuse ? "refused" : "stopped"));
	v->reason.prefix = "why";
}

static err uses_load(struct req *r, const struct promotion *p, struct manage_view *v)
{
	struct promo_used_of *u;

	TRY(promo_q_used_of(r->db, p->city, p->id, (redemption_id){ INT64_MAX }, USES, &u,
	    &v->n_uses));
	struct use_row *rows = NEWN(r->a, struct use_row, v->n_uses);
	for (size_t i = 0; i < v->n_uses; i++)
		rows[i] = (struct use_row){ .href = req_path(r, "/m/promo/use/%.*s",
		    SV(id_text(r->a, u[i].id.v))), .title = u[i].merchant_name, .at = u[i].at,
		    .given = u[i].given, .gone = u[i].gone,
		    .channel = redeem_channel_choices[u[i].channel].label,
		    .who = u[i].number ? req_path(r, "%09lld",
		    (long long)u[i].number) : (str){ 0 } };
	v->uses = rows;
	return NULL;
}

str promo_used_say(struct req *r, int64_t used, int64_t quota)
{
	str args[] = { req_path(r, "%lld", (long long)used), req_path(r, "%lld",
	    (long long)quota) };

	return text_fill(r->a, r->lang, quota ? TEXT_promo_used_of : TEXT_promo_used_times, args,
	    quota ? 2 : 1);
}

static str given_say(struct req *r, const struct promotion *p)
{
	struct buf given = BUF(r->a, 60), budget = BUF(r->a, 60);

	rupiah_put(&given, p->given);
	rupiah_put(&budget, p->budget);
	str args[] = { buf_done(&given), buf_done(&budget) };
	return p->budget ? text_fill(r->a, r->lang, TEXT_promo_given_of, args, 2) : args[0];
}

err promo_manage(struct req *r, const struct festival *f, const struct promo_found *x,
    unsigned who, str href, struct manage_view *v)
{
	const struct promotion *p = &x->p;

	v->csrf = r->csrf;
	v->x = x;
	v->row = promo_row(r, f, x);
	v->hours = promo_hours_text(r->a, p);
	v->state = promo_state_choices[p->state].label;
	v->kind = promo_kind_choices[p->kind].label;
	v->tag = promo_tag(p->state);
	v->maker = v->row.place;
	v->used_say = promo_used_say(r, p->used, p->quota);
	v->given_say = given_say(r, p);
	if (p->state == PROMO_PUBLISHED)
		v->public_href = v->row.href;
	v->may_edit = who && (p->state == PROMO_DRAFT || p->state == PROMO_REFUSED) &&
	    (p->merchant.v ? who & PROMO_MAKER : who & PROMO_ORGANISER);
	v->may_more = p->state == PROMO_PUBLISHED && p->quota &&
	    (p->merchant.v ? who & PROMO_MAKER : who & PROMO_ORGANISER);
	v->more = FORM_PAGE(r, &more_form, (&(struct more_in){ p->quota }),
	    req_path(r, "%.*s/quota", SV(href)));
	steps_load(r, p, who, href, v);
	TRY(uses_load(r, p, v));
	struct offer_in *fill = NEW(r->a, struct offer_in);
	*fill = offer_fill(r->a, p);
	v->edit.form = FORM_PAGE(r, &offer_form, fill, href);
	r->title = p->title;
	return NULL;
}

err promo_more_step(struct req *r, const struct promotion *p, str href)
{
	const struct more_in *in = r->form;

	TRY(promo_more(r->tx, p, in->quota));
	TRY(audit(r, "promo.more", p->id.v,
	    audit_json(r->a, (struct audit_pair[]){ AUDIT_NUM("quota", p->quota) }, 1),
	    audit_json(r->a, (struct audit_pair[]){ AUDIT_NUM("quota", in->quota) }, 1)));
	req_flash(r, TEXT_promo_saved);
	r->redirect = href;
	return NULL;
}

static err step_parse(struct req *r, str code, enum promo_state *to)
{
	const struct choice *c = choice_by_code(promo_state_choices, code);

	if (!c)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	*to = (enum promo_state)c->value;
	return NULL;
}

err promo_step(struct req *r, const struct festival *f, struct promotion *p, str code, unsigned who)
{
	const struct reason_in *in = r->form;
	enum promo_state from = p->state, to = from;

	TRY(step_parse(r, code, &to));
	TRY(promo_move(r->tx, f, p, to, who, promo_clock(f, r->city.zone, r->now), in->reason,
	    r->who.login, r->now));
	TRY(audit(r, "promo.state", p->id.v, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("state", str_of(promo_state_choices[from].code)) }, 1),
	    audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("state", str_of(promo_state_choices[to].code)),
	    AUDIT_TEXT("reason", in->reason) }, 2)));
	req_flash(r, TEXT_promo_moved);
	return NULL;
}

/* ---- one use -------------------------------------------------------------------- */

static err use_load(struct req *r, struct promo_redemption_by_id *u, struct festival *f)
{
	int64_t id;
	bool found;

	TRY(req_id(r, 0, &id));
	TRY(promo_q_redemption_by_id(r->db, r->city.id, (redemption_id){ id }, u, &found));
	if (!found || !may_for_merchant(r, u->merchant))
		return ERR(r->a, ERR_MISSING, "redemption-unknown");
	return festival_find(r->db, r->city.id, id_text(r->a, u->festival.v), f);
}

static str use_href(struct req *r, redemption_id id, const char *behind)
{
	return req_path(r, "/m/promo/use/%.*s%s", SV(id_text(r->a, id.v)), behind);
}

err own_use_page(struct req *r)
{
	struct promo_redemption_by_id u;
	struct promo_void_get gone;
	struct promotion p;
	struct festival f;
	struct merchant m;
	bool found;

	TRY(use_load(r, &u, &f));
	TRY(promo_get(r->db, r->city.id, u.promotion, &p));
	TRY(merchant_get(r->db, r->city.id, u.merchant, &m));
	TRY(promo_q_void_get(r->db, r->city.id, u.id, &gone, &found));
	struct use_view v = { .title = p.title, .shop = m.name, .at = u.at, .given = u.given,
	    .channel = redeem_channel_choices[u.channel].label, .gone = found,
	    .reason = found ? gone.reason : (str){ 0 }, .by_purchase = found && gone.purchase.v,
	    .form = FORM_PAGE(r, &use_back_form, NULL, use_href(r, u.id, "/void")) };
	v.form.event = id_text(r->a, id_new());
	v.back = r->who.merchant ? S("/m/promo") : req_path(r, "/admin/festival/%.*s/promo/%.*s",
	    SV(f.slug), SV(id_text(r->a, p.id.v)));
	if (u.card.v)
		TRY(card_number_of(r->db, r->city.id, u.card, &v.card));
	r->title = p.title;
	if (r->who.merchant)
		merchant_promo_bar(r);
	page_use(&r->out, &v);
	return NULL;
}

err own_use_void(struct req *r)
{
	const struct use_back_in *in = r->form;
	struct redeem_void v = { in->event, in->reason, r->who.person, r->who.token };
	struct promo_redemption_by_id u;
	struct festival f;
	bool again;

	TRY(use_load(r, &u, &f));
	TRY(promo_void(r->tx, &f, u.id, &v, r->now, &again));
	req_flash(r, TEXT_use_taken_back);
	r->redirect = use_href(r, u.id, "");
	return NULL;
}
