/* poster_text_web.c - the organiser's page of the sentences on posters. */
#include "core/audit.h"
#include "core/pipeline.h"
#include "mod/festival/paper_pages.h"
#include "mod/festival/poster_text.h"
#include "paper_tmpl.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)

struct posters_in { str call, scan, part; };
#define SENTENCE(m, l, h)	FIELD(struct posters_in, m, FIELD_TEXT, .max = POSTER_TEXT_MAX, \
	.label = (l), .hint = (h))
static const struct field posters_fields[] = {
	SENTENCE(call, TEXT_practice_poster_call, TEXT_poster_call_hint),
	SENTENCE(scan, TEXT_practice_poster_scan, TEXT_poster_scan_hint),
	SENTENCE(part, TEXT_practice_poster_part, TEXT_poster_part_hint),
};
const struct form org_posters_form = FORM(struct posters_in, posters_fields);

err org_posters(struct req *r)
{
	struct posters_in *fill = NEW(r->a, struct posters_in);
	struct poster_texts_view v = { .may_write = req_is(r, WRITERS) };
	str say[POSTER_TEXTS];
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	TRY(poster_texts_load(r->db, &f, say));
	*fill = (struct posters_in){ say[POSTER_CALL], say[POSTER_SCAN], say[POSTER_PART] };
	v.back = req_path(r, "/admin/festival/%.*s", SV(f.slug));
	v.sale = f.name;
	for (int i = 0; i < POSTER_TEXTS; i++)
		v.say[i] = say[i].n ? say[i] :
		    text(r->lang, poster_text_usual((enum poster_text)i));
	v.form = FORM_PAGE(r, &org_posters_form, fill, req_path(r, "%.*s/poster", SV(v.back)));
	r->title = text(r->lang, TEXT_poster_texts);
	page_poster_texts(&r->out, &v);
	return NULL;
}

err org_posters_set(struct req *r)
{
	const struct posters_in *in = r->form;
	const str say[POSTER_TEXTS] = { [POSTER_CALL] = in->call, [POSTER_SCAN] = in->scan,
		[POSTER_PART] = in->part };
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	TRY(poster_texts_set(r->tx, &f, say));
	req_flash(r, TEXT_poster_texts_saved);
	r->redirect = req_path(r, "/admin/festival/%.*s/poster", SV(f.slug));
	return audit(r, "poster.text", f.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("title", in->call) }, 1));
}
