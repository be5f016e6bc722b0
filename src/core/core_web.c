/* core_web.c - cities, sign-in, account: what anybody may meet. */
#include "core/audit.h"
#include "core/commands.h"
#include "core/crypto.h"
#include "core/pages.h"
#include "core/pipeline.h"
#include "core/style.h"
#include "core/throttle.h"
#include "core/web.h"
#include "core_read.h"
#include "core_write.h"
#include "pages_tmpl.h"
#include <string.h>

#define FREE_TRIES	5	/* of one login from one address	*/
#define FREE_ADDRESS	30	/* of any login from one address	*/

err web_cities(struct req *r)
{
	struct core_city_list *rows;
	size_t n;

	TRY(core_q_city_list(r->db, req_query(r, "after"), 600, &rows, &n));
	struct city *v = NEWN(r->a, struct city, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct city){ .id = rows[i].id, .code = rows[i].code,
		    .slug = rows[i].slug, .name = rows[i].name, .closed = rows[i].closed };
	r->title = text(r->lang, TEXT_cities_title);
	page_cities(&r->out, &(struct cities_view){ v, n });
	return NULL;
}

err web_style(struct req *r)
{
	struct style_view v = style_example(r->a, r->lang);

	r->title = text(r->lang, TEXT_style_title);
	r->bar = style_nav;
	r->n_bar = countof(style_nav);
	style_page(&r->out, &v);
	return NULL;
}

/* ---- signing in ------------------------------------------------------- */

struct sign_in { str city, login, password; };
static const struct field sign_in_fields[] = {
	FIELD(struct sign_in, city, FIELD_TEXT, .needed = true, .max = 60,
	    .label = TEXT_signin_city),
	FIELD(struct sign_in, login, FIELD_TEXT, .needed = true, .max = 40,
	    .label = TEXT_signin_login),
	FIELD(struct sign_in, password, FIELD_SECRET, .needed = true,
	    .max = 200, .label = TEXT_signin_password),
};
const struct form sign_in_form = FORM(struct sign_in, sign_in_fields);

/* What "prepare" found out: the change only writes it down. */
struct judged {
	city_id city;
	struct city at;
	person_id person;
	unsigned roles;
	bool right;
	struct throttle throttle;
};

static err roles_of(struct req *r, struct judged *j)
{
	struct core_role_list *v;
	size_t n;

	TRY(core_q_role_list(r->db, j->city, j->person, &v, &n));
	for (size_t i = 0; i < n; i++)
		j->roles |= (unsigned)v[i].role;
	return NULL;
}

/* A stranger's login costs as much time as a real one's. */
static const char nobody[] =
    "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

err web_sign_in_prepare(struct req *r)
{
	const struct sign_in *f = r->form;
	struct judged *j = NEW(r->a, struct judged);
	struct core_person_by_login p;
	struct city city;
	bool found;

	TRY(city_scope(r->db, f->city, &city));
	TRY(pipe_closed(r, &city));
	j->city = city.id;
	j->at = city;
	j->throttle = (struct throttle){ .city = city.id, .n = 2, .k = {
	    { req_path(r, "%.*s|%.*s", SV(f->login), SV(r->http->peer)), FREE_TRIES, 0 },
	    { req_path(r, "|%.*s", SV(r->http->peer)), FREE_ADDRESS, 0 } } };
	TRY(throttle_check(r, &j->throttle));
	TRY(core_q_person_by_login(r->db, j->city, f->login, &p, &found));
	j->right = password_ok(found ? p.pass : str_of(nobody), f->password) && found;
	if (j->right && p.state != 0)
		return ERR(r->a, ERR_DENIED, "person-off");
	if (j->right) {
		j->person = p.id;
		TRY(roles_of(r, j));
	}
	r->prepared = j;
	return NULL;
}

err web_sign_in(struct req *r)
{
	const struct judged *j = r->prepared;

	if (!j->right) {
		r->refuse = ERR(r->a, ERR_INVALID, "signin-wrong", .field = "password");
		return throttle_failed(r, &j->throttle);
	}
	r->city = j->at;
	TRY(throttle_clear(r, &j->throttle));
	TRY(who_sign_in(r, j->person));
	r->redirect = j->roles & MAY_SERVER ? S("/server") : j->roles & MAY_MERCHANT ? S("/m") :
	    j->roles & MAY_OFFICER ? S("/post") : j->roles & MAY_STAFF ? S("/admin") : S("/me");
	return NULL;
}

static void sign_in_show(struct req *r, const struct sign_in *fill, struct sign_in_view v)
{
	v.form = FORM_PAGE(r, &sign_in_form, fill, S("/sign-in"));
	r->title = text(r->lang, TEXT_signin_title);
	page_sign_in(&r->out, &v);
}

/* Is it whoever looks after the server, who signs in to no city? */
static bool for_server(const struct req *r)
{
	return str_eq(req_query(r, "city"), S("server")) ||
	    (r->state.typed && str_eq(params_value(r->state.typed, S("city")), S("server")));
}

err web_sign_in_page(struct req *r)
{
	struct core_city_list *rows;
	struct sign_in fill = { .city = req_query(r, "city") };
	struct form_option server = { S("server"), text(r->lang, TEXT_signin_server) };
	struct city here;
	size_t n;

	if (for_server(r)) {
		sign_in_show(r, &fill, (struct sign_in_view){ .cities = &server, .n = 1,
		    .server = true });
		return NULL;
	}
	TRY(core_q_city_list(r->db, (str){ 0 }, 600, &rows, &n));
	struct form_option *v = NEWN(r->a, struct form_option, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct form_option){ rows[i].slug, rows[i].name };
	TRY(city_of_host(r->db, r->http->host, &here));
	for (size_t i = 0; here.id.v && i < n; i++)
		if (rows[i].id.v == here.id.v) {
			v[0] = v[i];
			n = 1;
		}
	if (n == 1)
		fill.city = v[0].value;
	sign_in_show(r, &fill, (struct sign_in_view){ .cities = v, .n = n });
	return NULL;
}

err web_sign_out(struct req *r)
{
	TRY(who_sign_out(r, false));
	req_flash(r, TEXT_me_signed_out);
	r->redirect = S("/sign-in");
	return NULL;
}

err web_sign_out_everywhere(struct req *r)
{
	TRY(who_sign_out(r, true));
	req_flash(r, TEXT_me_signed_out);
	r->redirect = S("/sign-in");
	return NULL;
}

err web_me(struct req *r)
{
	struct core_session_list *s;
	size_t n, n_mine = 0;

	TRY(core_q_session_list(r->db, r->who.city, r->who.person, &s, &n));
	struct session_row *v = NEWN(r->a, struct session_row, n);
	enum text_id *mine = NEWN(r->a, enum text_id, n_roles);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct session_row){ id_text(r->a, s[i].id.v), s[i].device, s[i].created,
		    s[i].ends, s[i].id.v == r->who.session.v };
	for (size_t i = 0; i < n_roles; i++)
		if (r->who.roles & roles[i].bit)
			mine[n_mine++] = roles[i].label;
	r->title = text(r->lang, TEXT_me_title);
	page_me(&r->out, &(struct me_view){ r->who.name, r->who.login, r->csrf,
	                     mine, n_mine, v, n });
	return NULL;
}
