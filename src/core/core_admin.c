/* core_admin.c - people, tokens, the record of changes, settings, jobs. */
#include "core/audit.h"
#include "core/commands.h"
#include "core/crypto.h"
#include "core/pages.h"
#include "core/pipeline.h"
#include "core/web.h"
#include "core_read.h"
#include "core_write.h"
#include "pages_tmpl.h"
#include <string.h>

static const struct choice role_choices[] = {
	{ "organiser", MAY_ORGANISER, TEXT_role_organiser },
	{ "officer", MAY_OFFICER, TEXT_role_officer },
	{ "auditor", MAY_AUDITOR, TEXT_role_auditor },
	{ "curator", MAY_CURATOR, TEXT_role_curator },
	{ "mentor", MAY_MENTOR, TEXT_role_mentor },
	{ "centre", MAY_CENTRE, TEXT_role_centre },
	{ 0 }
};

enum text_id role_label(int64_t bit)
{
	for (size_t i = 0; i < n_roles; i++)
		if ((int64_t)roles[i].bit == bit)
			return roles[i].label;
	return TEXT_role_officer;
}

/* ---- people ----------------------------------------------------------- */

struct person_in { str name, login, password; int64_t role; };
static const struct field person_fields[] = {
	FIELD(struct person_in, name, FIELD_TEXT, .needed = true, .max = 80,
	    .label = TEXT_people_name),
	FIELD(struct person_in, login, FIELD_TEXT, .needed = true, .max = 40,
	    .label = TEXT_people_login, .hint = TEXT_people_login_hint),
	FIELD(struct person_in, role, FIELD_CHOICE, .needed = true,
	    .label = TEXT_people_role, .choices = role_choices),
	FIELD(struct person_in, password, FIELD_SECRET, .needed = true,
	    .min = PASSWORD_MIN, .max = 200, .label = TEXT_people_password,
	    .hint = TEXT_people_password_hint),
};
const struct form person_form = FORM(struct person_in, person_fields);

err admin_people(struct req *r)
{
	struct core_person_list *p;
	size_t n;

	TRY(core_q_person_list(r->db, r->city.id, &p, &n));
	struct person_row *v = NEWN(r->a, struct person_row, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct person_row){ id_text(r->a, p[i].id.v), p[i].name, p[i].login,
		    role_label(p[i].role), p[i].state != 0, p[i].id.v == r->who.person.v };
	r->title = text(r->lang, TEXT_people_title);
	page_people(&r->out, &(struct people_view){
	    FORM_PAGE(r, &person_form, NULL, S("/admin/people")), v, n, r->csrf });
	return NULL;
}

err admin_person_add_prepare(struct req *r)
{
	const struct person_in *f = r->form;
	str *hash = NEW(r->a, str);

	*hash = password_hash(r->a, f->password);
	r->prepared = hash;
	return NULL;
}

err admin_person_add(struct req *r)
{
	const struct person_in *f = r->form;
	person_id id;

	TRY(person_add(r->tx, r->city.id, f->login, f->name, *(str *)r->prepared,
	    (unsigned)f->role, 0, r->now, &id));
	TRY(audit(r, "person.add", id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("login", f->login), AUDIT_NUM("role", f->role) }, 2)));
	req_flash(r, TEXT_people_added);
	r->redirect = S("/admin/people");
	return NULL;
}

static err person_state(struct req *r, int64_t state)
{
	struct core_person_by_id p;
	int64_t id;
	bool found;

	TRY(req_id(r, 0, &id));
	TRY(core_q_person_by_id(r->db, r->city.id, (person_id){ id }, &p, &found));
	if (!found || id == r->who.person.v)
		return ERR(r->a, ERR_MISSING, "no-such-person", .arg = { r->param[0] });
	TRY(core_q_person_state_set(r->tx, r->city.id, p.id, state, NULL));
	if (state)
		TRY(core_q_session_drop_all(r->tx, r->city.id, p.id, NULL));
	TRY(audit(r, state ? "person.off" : "person.on", id,
	    (str){ 0 },
	    audit_json(r->a, (struct audit_pair[]){ AUDIT_TEXT("login", p.login) }, 1)));
	req_flash(r, TEXT_people_changed);
	r->redirect = S("/admin/people");
	return NULL;
}

err admin_person_on(struct req *r) { return person_state(r, 0); }
err admin_person_off(struct req *r) { return person_state(r, 1); }

/* ---- tokens ----------------------------------------------------------- */

static const struct choice token_role_choices[] = {
	{ "officer", MAY_OFFICER, TEXT_role_officer },
	{ "organiser", MAY_ORGANISER, TEXT_role_organiser },
	{ "auditor", MAY_AUDITOR, TEXT_role_auditor },
	{ 0 }
};
struct token_in { str label; int64_t role; };
static const struct field token_fields[] = {
	FIELD(struct token_in, label, FIELD_TEXT, .needed = true, .max = 60,
	    .label = TEXT_tokens_label, .hint = TEXT_tokens_label_hint),
	FIELD(struct token_in, role, FIELD_CHOICE, .needed = true, .label = TEXT_people_role,
	    .choices = token_role_choices),
};
const struct form token_form = FORM(struct token_in, token_fields);

static err tokens_show(struct req *r, str made)
{
	struct core_token_list *t;
	size_t n;

	TRY(core_q_token_list(r->db, r->city.id, &t, &n));
	struct token_row *v = NEWN(r->a, struct token_row, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct token_row){ id_text(r->a, t[i].id.v), t[i].label,
		    role_label(t[i].role), t[i].created, t[i].revoked != 0 };
	r->title = text(r->lang, TEXT_tokens_title);
	page_tokens(&r->out, &(struct tokens_view){
	    FORM_PAGE(r, &token_form, NULL, S("/admin/tokens")), v, n, r->csrf, made });
	return NULL;
}

err admin_tokens(struct req *r)
{
	return tokens_show(r, (str){ 0 });
}

/* The text is shown in the answer itself: it is stored nowhere. */
err admin_token_add(struct req *r)
{
	const struct token_in *f = r->form;
	token_id id;
	str made;

	TRY(token_add(r->tx, r->city.id, f->label, (unsigned)f->role, 0, r->now, &made, &id));
	TRY(audit(r, "token.add", id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("label", f->label), AUDIT_NUM("role", f->role) }, 2)));
	r->state = (struct form_state){ 0 };
	return tokens_show(r, made);
}

err admin_token_revoke(struct req *r)
{
	int64_t id, changed;

	TRY(req_id(r, 0, &id));
	TRY(core_q_token_revoke(r->tx, r->city.id, (token_id){ id }, r->now, &changed));
	if (!changed)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(audit(r, "token.revoke", id, (str){ 0 }, (str){ 0 }));
	req_flash(r, TEXT_tokens_revoked_now);
	r->redirect = S("/admin/tokens");
	return NULL;
}

/* ---- settings ----------------------------------------------------------- */

struct setting_in { str value; };
static const struct field setting_fields[] = {
	FIELD(struct setting_in, value, FIELD_TEXT, .needed = true, .max = 2000,
	    .label = TEXT_settings_value),
};
const struct form setting_form = FORM(struct setting_in, setting_fields);

static const struct setting *setting_find(const struct app *app, str name)
{
	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t i = 0; i < app->modules[m]->n_settings; i++)
			if (str_eq(name, str_of(app->modules[m]->settings[i].name)))
				return &app->modules[m]->settings[i];
	return NULL;
}

static err setting_show(struct req *r, const struct setting *s, struct setting_row *row)
{
	struct core_setting_get v;
	bool found;

	TRY(core_q_setting_get(r->db, r->city.id, str_of(s->name), &v, &found));
	row->name = s->name;
	row->say = text(r->lang, s->say);
	row->value = found ? v.value : str_of(s->fallback);
	struct setting_in *fill = NEW(r->a, struct setting_in);
	fill->value = row->value;
	bool mine = r->param[0].n && str_eq(r->param[0], str_of(s->name));
	row->form = form_page(r->a, mine ? &r->state : &(struct form_state){ 0 }, &setting_form,
	    fill, req_path(r, "/admin/settings/%s", s->name), r->csrf);
	row->form.prefix = s->name;
	return NULL;
}

/* What the trust of others in this city hangs on is not for whoever runs the machine. */
static bool of_city_alone(const char *name)
{
	static const char *const own[] = { "log-", "draw-", "objection-" };

	for (size_t i = 0; i < countof(own); i++)
		if (str_starts(str_of(name), str_of(own[i])))
			return true;
	return false;
}

err admin_settings(struct req *r)
{
	const struct app *app = r->site->app;
	size_t n = 0;

	for (size_t m = 0; m < app->n_modules; m++)
		n += app->modules[m]->n_settings;
	struct setting_row *v = NEWN(r->a, struct setting_row, n);
	size_t k = 0;
	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t i = 0; i < app->modules[m]->n_settings; i++) {
			const struct setting *s = &app->modules[m]->settings[i];
			if (of_city_alone(s->name) && !req_is(r, MAY_OF_CITY))
				continue;
			TRY(setting_show(r, s, &v[k++]));
		}
	r->title = text(r->lang, TEXT_settings_title);
	struct settings_view page = { .v = v, .n = k };
	for (int i = 0; i < LIMITS; i++) {
		int64_t most;
		TRY(limit_get(r->db, r->city.id, (enum limit)i, &most));
		page.limit[i] = (struct limit_line){ text(r->lang, limit_rows[i].say), most };
	}
	page_settings(&r->out, &page);
	return NULL;
}

err admin_setting_set(struct req *r)
{
	const struct setting_in *f = r->form;
	const struct setting *s = setting_find(r->site->app, r->param[0]);
	struct core_setting_get old;
	int64_t number;
	bool found;

	if (!s)
		return ERR(r->a, ERR_MISSING, "setting-unknown");
	if (of_city_alone(s->name) && !req_is(r, MAY_OF_CITY))
		return ERR(r->a, ERR_DENIED, "setting-own");
	if (s->type != SETTING_TEXT && !str_int(f->value, s->min, s->max, &number))
		return ERR(r->a, ERR_INVALID, "setting-range", .field = "value", .arg = { f->value,
		    req_path(r, "%lld-%lld", (long long)s->min, (long long)s->max) });
	if (s->check)
		TRY(s->check(r->a, f->value));
	TRY(core_q_setting_get(r->db, r->city.id, str_of(s->name), &old, &found));
	TRY(core_q_setting_set(r->tx, r->city.id, str_of(s->name), f->value, NULL));
	TRY(audit(r, "setting.set", 0,
	    audit_json(r->a,
	        (struct audit_pair[]){ AUDIT_TEXT("name", str_of(s->name)),
	            AUDIT_TEXT(
	                "value", found ? old.value : str_of(s->fallback)) },
	        2),
	    audit_json(r->a,
	        (struct audit_pair[]){ AUDIT_TEXT("value", f->value) }, 1)));
	req_flash(r, TEXT_settings_saved);
	r->redirect = S("/admin/settings");
	return NULL;
}

err admin_jobs(struct req *r)
{
	struct core_job_list *j;
	size_t n;

	TRY(core_q_job_list(r->db, r->city.id, &j, &n));
	struct job_row *v = NEWN(r->a, struct job_row, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct job_row){ j[i].kind, j[i].said, j[i].due,
			j[i].ended, j[i].tries, j[i].state };
	r->title = text(r->lang, TEXT_jobs_title);
	page_jobs(&r->out, &(struct jobs_view){ v, n });
	return NULL;
}
