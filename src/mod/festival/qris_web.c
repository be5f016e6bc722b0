/* qris_web.c - a merchant sets up its QRIS; the organiser sees it. */
#include "core/audit.h"
#include "mod/festival/merchant_web.h"
#include "mod/festival/qris_pages.h"
#include "mod/festival/web.h"
#include "mod/qris/qris.h"
#include "mod/qris/store.h"
#include "qris_tmpl.h"

struct qris_in { str payload; };
static const struct field qris_fields[] = {
	FIELD(struct qris_in, payload, FIELD_LONG, .needed = true, .max = 1000,
	    .label = TEXT_qris_payload, .hint = TEXT_qris_payload_hint),
};
const struct form qris_form = FORM(struct qris_in, qris_fields);

struct yes_in { str seen; };
static const struct field yes_fields[] = {
	FIELD(struct yes_in, seen, FIELD_TEXT, .needed = true, .max = QRIS_MAX),
};
const struct form qris_yes_form = FORM(struct yes_in, yes_fields);

static enum text_id criteria_label(str s)
{
	static const struct { const char *code; enum text_id label; } v[] = {
		{ "UMI", TEXT_qris_umi }, { "UKE", TEXT_qris_uke }, { "UME", TEXT_qris_ume },
		{ "UBE", TEXT_qris_ube }, { "URE", TEXT_qris_ure },
	};

	for (size_t i = 0; i < countof(v); i++)
		if (str_eq(s, str_of(v[i].code)))
			return v[i].label;
	return TEXT_qris_unsaid;
}

static err show(struct req *r, str payload, struct qris_show *v)
{
	struct qris q;

	if (!payload.n)
		return NULL;
	TRY(qris_read(r->a, payload, &q));
	*v = (struct qris_show){ true, q.name, q.city, q.nmid, payload,
		criteria_label(q.criteria) };
	return NULL;
}

static err load(struct req *r, merchant_id id, struct qris_view *v)
{
	struct qris_kept kept;
	struct merchant m;

	TRY(merchant_get(r->db, r->city.id, id, &m));
	TRY(qris_kept_get(r->db, r->city.id, id, &kept));
	TRY(show(r, kept.payload, &v->now));
	TRY(show(r, kept.asked, &v->asked));
	v->shop = m.name;
	v->changed = kept.changed;
	v->csrf = r->csrf;
	v->differs = !qris_name_like(v->asked.there ? v->asked.name : v->now.name, m.name);
	return NULL;
}

static merchant_id mine(const struct req *r)
{
	return (merchant_id){ r->who.merchant };
}

/* Whose account is paid is the owner's alone to say, not a helper's. */
static err owner_only(struct req *r)
{
	struct merchant m;

	return own_owner(r, &m);
}

err qris_page(struct req *r)
{
	struct qris_view v = { .mine = true };

	if (!r->who.merchant)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(load(r, mine(r), &v));
	v.form = FORM_PAGE(r, &qris_form, NULL, S("/m/qris"));
	v.yes = FORM_PAGE(r, &qris_yes_form, &(struct yes_in){ v.asked.payload },
	    S("/m/qris/yes"));
	v.yes.prefix = "yes";
	v.no = S("/m/qris/no");
	v.drop = S("/m/qris/drop");
	r->title = text(r->lang, TEXT_qris_title);
	own_bar(r, OWN_QRIS);
	page_qris(&r->out, &v);
	return NULL;
}

/* A refusal of the payload belongs beside its field. */
static err beside(struct req *r, err e)
{
	struct err *x = NEW(r->a, struct err);

	if (!e || e->kind != ERR_INVALID)
		return e;
	*x = *e;
	x->field = "payload";
	return x;
}

err qris_set(struct req *r)
{
	const struct qris_in *in = r->form;

	TRY(owner_only(r));
	TRY(beside(r, qris_ask(r->tx, r->city.id, mine(r), in->payload, r->who.person, r->now)));
	r->redirect = S("/m/qris");
	return NULL;
}

/* The audit names who is paid, not the account: it is read by others too. */
static err told(struct req *r, const char *action, merchant_id m, str before, str after)
{
	struct qris_show was = { 0 }, is_now = { 0 };

	TRY(show(r, before, &was));
	TRY(show(r, after, &is_now));
	return audit(r, action, m.v,
	    audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("name", was.name) }, 1),
	    audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("name", is_now.name) }, 1));
}

err qris_yes(struct req *r)
{
	const struct yes_in *in = r->form;
	struct qris_kept kept;

	TRY(owner_only(r));
	TRY(qris_kept_get(r->db, r->city.id, mine(r), &kept));
	TRY(qris_use(r->tx, r->city.id, mine(r), in->seen, r->who.person, r->now));
	TRY(told(r, "qris.set", mine(r), kept.payload, in->seen));
	req_flash(r, TEXT_qris_saved);
	r->redirect = S("/m/qris");
	return NULL;
}

err qris_no(struct req *r)
{
	TRY(owner_only(r));
	r->redirect = S("/m/qris");
	return qris_forget_asked(r->tx, r->city.id, mine(r), r->who.person, r->now);
}

static err drop(struct req *r, merchant_id m)
{
	struct qris_kept kept;

	TRY(qris_kept_get(r->db, r->city.id, m, &kept));
	TRY(qris_forget(r->tx, r->city.id, m));
	req_flash(r, TEXT_qris_dropped);
	return kept.payload.n ? told(r, "qris.drop", m, kept.payload, (str){ 0 }) : NULL;
}

err qris_drop(struct req *r)
{
	TRY(owner_only(r));
	r->redirect = S("/m/qris");
	return drop(r, mine(r));
}

/* ---- the organiser ------------------------------------------------------------- */

err qris_of_page(struct req *r)
{
	struct qris_view v = { 0 };
	int64_t id;

	TRY(req_id(r, 0, &id));
	TRY(load(r, (merchant_id){ id }, &v));
	v.drop = req_path(r, "/admin/merchant/%.*s/qris/drop", SV(id_text(r->a, id)));
	r->title = req_path(r, "QRIS %.*s", SV(v.shop));
	page_qris_of(&r->out, &v);
	return NULL;
}

err qris_of_drop(struct req *r)
{
	struct merchant m;
	int64_t id;

	TRY(req_id(r, 0, &id));
	TRY(merchant_get(r->db, r->city.id, (merchant_id){ id }, &m));
	r->redirect = req_path(r, "/admin/merchant/%.*s/qris", SV(id_text(r->a, id)));
	return drop(r, m.id);
}
