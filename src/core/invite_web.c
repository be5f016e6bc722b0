/* invite_web.c - the page a link of an invitation opens. */
#include "core/commands.h"
#include "core/crypto.h"
#include "core/invite.h"
#include "core/pages.h"
#include "core/web.h"
#include "pages_tmpl.h"

struct take_in { str new_password; };
static const struct field take_fields[] = {
	FIELD(struct take_in, new_password, FIELD_SECRET, .needed = true, .min = PASSWORD_MIN,
	    .max = 200, .label = TEXT_invite_password, .hint = TEXT_people_password_hint),
};
const struct form invite_take_form = FORM(struct take_in, take_fields);

err web_invite(struct req *r)
{
	struct invite i;

	TRY(invite_find(r->db, r->city.id, r->param[1], r->now, &i));
	r->title = text(r->lang, TEXT_invite_title);
	page_invite(&r->out, &(struct invite_view){ i.name, i.login, r->city.name,
	    FORM_PAGE(r, &invite_take_form, NULL, req_path(r, "/%.*s/invite/%.*s",
	        SV(r->city.slug), SV(r->param[1]))) });
	return NULL;
}

/* A wrong code costs no hash. */
err web_invite_prepare(struct req *r)
{
	const struct take_in *in = r->form;
	struct invite i;
	str *hash = NEW(r->a, str);

	TRY(invite_find(r->db, r->city.id, r->param[1], r->now, &i));
	*hash = password_hash(r->a, in->new_password);
	r->prepared = hash;
	return NULL;
}

err web_invite_take(struct req *r)
{
	struct invite i;
	person_id person;

	TRY(invite_find(r->db, r->city.id, r->param[1], r->now, &i));
	TRY(invite_take(r->tx, r->city.id, &i, *(const str *)r->prepared, r->now, &person));
	TRY(who_sign_in(r, person));
	r->redirect = S("/admin");
	return NULL;
}
