/* adopt.c - a plan is carried out: everything, or nothing. */
#include "core/audit.h"
#include "mod/template/inner.h"
#include "template_read.h"
#include "template_write.h"

static err reasons_keep(struct tx *tx, const struct template_ask *q, str kind, int64_t subject,
    const struct template_plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct template_row *r = &p->row[i];
		if (r->deviates && r->reason.n)
			TRY(template_q_reason_put(tx, q->city->id, kind, subject, r->path,
			    !r->has_ours, r->ours, r->reason, q->by, q->now, NULL));
	}
	return NULL;
}

/* What was left out as a whole, so that the base's newer fields below stay out too. */
static err left_out_keep(struct tx *tx, const struct template_ask *q, str kind, int64_t subject,
    const struct template_wish *wish)
{
	for (size_t i = 0; i < wish->n; i++)
		if (wish->set[i].gone)
			TRY(template_q_reason_put(tx, q->city->id, kind, subject,
			    wish->set[i].path, true, (str){ 0 }, wish->set[i].reason, q->by,
			    q->now, NULL));
	return NULL;
}

static err make(struct tx *tx, struct change *c, const struct template_ask *q,
    const struct template_plan *p, const struct practice_kind *k, struct practice_subject *made)
{
	struct practice_list now = { .a = q->a };

	TRY(k->make(&(struct practice_write){ .tx = tx, .change = c, .city = q->city,
	    .now = &now, .want = &p->want, .by = q->by, .at = q->now }, p->slug, made));
	TRY(practice_read(q->app, tx->db, q->city, str_of(k->name), made->id, &now));
	return parts_write(tx, c, q, &(struct parts_write){ str_of(k->name), made->id, &now,
	    &p->want });
}

err template_adopt(struct tx *tx, struct change *c, const struct template_ask *q,
    const struct template *t, const struct template_wish *wish, struct practice_subject *made)
{
	const struct practice_kind *k = practice_kind_find(q->app, t->kind);
	struct template_coming in = { q->key_file, { 0 }, q->by, q->now };
	struct template_plan p;
	template_file_id file;

	TRY(template_plan(tx->db, q, t, wish, &p));
	if (p.n_clash)
		return ERR(q->a, ERR_CONFLICT, "template-clash", .field = "slug",
		    .arg = { p.clash[0] });
	TRY(template_receive(tx, q->city->id, t, &in, &file));
	TRY(make(tx, c, q, &p, k, made));
	TRY(template_q_adoption_add(tx, q->city->id, t->kind, made->id, file, q->by, q->now,
	    NULL));
	TRY(reasons_keep(tx, q, t->kind, made->id, &p));
	TRY(left_out_keep(tx, q, t->kind, made->id, wish));
	return audit_by(tx, q->city->id, arena_cstr(q->a, q->by), "template.adopt", made->id,
	    (str){ 0 }, audit_json(q->a, (struct audit_pair[]){ AUDIT_TEXT("name", t->ref),
		AUDIT_TEXT("code", made->slug) }, 2), q->now);
}
