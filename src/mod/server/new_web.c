/* new_web.c - a city more: found in the region data, then named. */
#include "core/audit.h"
#include "mod/server/pages.h"
#include "mod/server/web.h"
#include "mod/server/words.h"
#include "server_tmpl.h"

#define FOUND_MOST	20

struct find_in { str q; };
static const struct field find_fields[] = {
	FIELD(struct find_in, q, FIELD_TEXT, .max = 60, .label = TEXT_server_new_q,
	    .hint = TEXT_server_new_q_hint),
};
static const struct form find_form = FORM(struct find_in, find_fields);

struct new_in { str code, name, slug; };
static const struct field new_fields[] = {
	FIELD(struct new_in, code, FIELD_TEXT, .needed = true, .max = 10,
	    .label = TEXT_server_new_code),
	FIELD(struct new_in, name, FIELD_TEXT, .max = 80, .label = TEXT_server_new_name,
	    .hint = TEXT_server_new_name_hint),
	FIELD(struct new_in, slug, FIELD_TEXT, .max = 60, .label = TEXT_server_new_slug,
	    .hint = TEXT_server_new_slug_hint),
};
const struct form server_new_form = FORM(struct new_in, new_fields);

/* Of the address, or of the form that was refused. */
static str code_of(const struct req *r)
{
	return r->state.typed ? params_value(r->state.typed, S("code")) : req_query(r, "code");
}

err server_city_new(struct req *r)
{
	struct server_new_view v = { .typed = req_query(r, "q") };
	struct find_in find = { v.typed };
	struct region *found = NEWN(r->a, struct region, FOUND_MOST);

	v.chosen = region_by_code(code_of(r), &v.region);
	if (v.chosen) {
		struct new_in *fill = NEW(r->a, struct new_in);
		*fill = (struct new_in){ v.region.code, v.region.name,
			region_slug(r->a, v.region.name) };
		v.form = FORM_PAGE(r, &server_new_form, fill, S("/server/city/new"));
	}
	v.n = region_search(v.typed, found, FOUND_MOST);
	v.found = found;
	v.search = form_page(r->a, NULL, &find_form, &find, S("/server/city/new"), r->csrf);
	v.search.get = true;
	r->title = text(r->lang, TEXT_server_new_title);
	server_bar(r, BAR_NEW);
	page_server_new(&r->out, &v);
	return NULL;
}

err server_city_add(struct req *r)
{
	const struct new_in *in = r->form;
	struct city c;

	TRY(city_add(r->tx, in->code, str_trim(in->slug), str_trim(in->name), r->now, &c));
	TRY(audit(r, "city.add", c.id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("city", c.name), AUDIT_TEXT("code", c.code) }, 2)));
	req_flash(r, TEXT_server_added);
	r->redirect = req_path(r, "/server/city/%.*s", SV(c.slug));
	return NULL;
}
