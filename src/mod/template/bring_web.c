/* bring_web.c - a practice comes in: as a file, by its address, by accepting a key. */
#include "core/audit.h"
#include "core/pipeline.h"
#include "core/fetch.h"
#include "mod/template/bring.h"
#include "mod/template/web.h"
#include "mod/template/words.h"

struct upload_in { struct param file; };
static const struct field upload_fields[] = {
	FIELD(struct upload_in, file, FIELD_FILE, .needed = true, .max = TEMPLATE_BYTES,
	    .label = TEXT_gallery_file_label, .hint = TEXT_gallery_file_hint),
};
const struct form practice_upload_form = FORM(struct upload_in, upload_fields);

struct url_in { str url; };
static const struct field url_fields[] = {
	FIELD(struct url_in, url, FIELD_TEXT, .needed = true, .min = 12, .max = 400,
	    .label = TEXT_gallery_url, .hint = TEXT_gallery_url_hint),
};
const struct form practice_url_form = FORM(struct url_in, url_fields);

struct accept_in { str key, text; };
static const struct field accept_fields[] = {
	FIELD(struct accept_in, key, FIELD_TEXT, .needed = true, .max = 400,
	    .label = TEXT_gallery_key),
	FIELD(struct accept_in, text, FIELD_LONG, .max = TEMPLATE_BYTES,
	    .label = TEXT_gallery_text),
};
const struct form practice_accept_form = FORM(struct accept_in, accept_fields);

struct key_in { str key; };
static const struct field key_fields[] = {
	FIELD(struct key_in, key, FIELD_TEXT, .needed = true, .max = 400,
	    .label = TEXT_gallery_key),
};
const struct form practice_key_form = FORM(struct key_in, key_fields);

/* A form trims its last line end; a file has it. */
static str whole(struct arena *a, str text)
{
	return !text.n || str_ends(text, S("\n")) ? text : arena_printf(a, "%.*s\n", SV(text));
}

str bring_bytes(const struct req *r)
{
	if (r->state.form == &practice_upload_form)
		return ((const struct upload_in *)r->form)->file.value;
	if (r->state.form == &practice_accept_form)
		return whole(r->a, ((const struct accept_in *)r->form)->text);
	return r->prepared ? ((const struct template *)r->prepared)->bytes : (str){ 0 };
}

static err keep(struct req *r, const struct template *t, str from)
{
	struct template_coming in = { r->site->key_file, from, r->who.login, r->now };
	template_file_id id;

	TRY(template_receive(r->tx, r->city.id, t, &in, &id));
	req_flash(r, TEXT_gallery_kept);
	r->redirect = req_path(r, "/admin/practice/%.*s", SV(known_short(t)));
	return audit(r, "template.receive", id.v, (str){ 0 }, audit_json(r->a,
	    (struct audit_pair[]){ AUDIT_TEXT("name", t->ref), AUDIT_TEXT("root", t->sha256) },
	    2));
}

/* An unknown key is put right on the same page, so it is a conflict and not a closed door. */
static err believed(struct req *r, const struct template *t)
{
	enum template_trust trust;

	TRY(template_trust(r->tx->db, r->city.id, r->site->key_file, t, &trust));
	return trust != TRUST_UNKNOWN ? NULL : ERR(r->a, ERR_CONFLICT, "practice-key-first",
	    .arg = { t->ref });
}

err practice_upload(struct req *r)
{
	const struct upload_in *in = r->form;
	struct template t;

	TRY(template_parse(r->a, in->file.value, &t));
	TRY(believed(r, &t));
	return keep(r, &t, (str){ 0 });
}

err practice_fetch_prepare(struct req *r)
{
	const struct url_in *in = r->form;
	struct template *t = NEW(r->a, struct template);

	TRY(template_fetch(r->a, &(struct fetch_world){ .outward = true }, in->url, t));
	r->prepared = t;
	return NULL;
}

err practice_fetch(struct req *r)
{
	const struct url_in *in = r->form;
	const struct template *t = r->prepared;

	TRY(believed(r, t));
	return keep(r, t, in->url);
}

err practice_accept(struct req *r)
{
	const struct accept_in *in = r->form;
	struct template t;

	TRY(template_key_accept(r->tx, r->city.id, in->key, r->who.login, r->now));
	req_flash(r, TEXT_gallery_accepted);
	r->redirect = S("/admin/practice");
	if (!in->text.n)
		return NULL;
	TRY(template_parse(r->a, whole(r->a, in->text), &t));
	return keep(r, &t, (str){ 0 });
}

err practice_forget(struct req *r)
{
	const struct key_in *in = r->form;

	TRY(template_key_drop(r->tx, r->city.id, in->key, r->who.login, r->now));
	req_flash(r, TEXT_gallery_forgotten);
	r->redirect = S("/admin/practice");
	return NULL;
}
