/* city_web.c - one city, as whoever looks after the server sees and changes it. */
#include "core/audit.h"
#include "core/inside.h"
#include "core/invite.h"
#include "core/setting.h"
#include "mod/server/pages.h"
#include "mod/server/web.h"
#include "mod/server/words.h"
#include "server_read.h"
#include "server_tmpl.h"

struct host_in { str host; };
static const struct field host_fields[] = {
	FIELD(struct host_in, host, FIELD_TEXT, .needed = true, .max = 200,
	    .label = TEXT_server_host, .hint = TEXT_server_host_hint),
};
const struct form server_host_form = FORM(struct host_in, host_fields);

struct invite_in { str name, login; };
static const struct field invite_fields[] = {
	FIELD(struct invite_in, name, FIELD_TEXT, .needed = true, .max = 80,
	    .label = TEXT_people_name),
	FIELD(struct invite_in, login, FIELD_TEXT, .needed = true, .max = 40,
	    .label = TEXT_people_login, .hint = TEXT_people_login_hint),
};
const struct form server_invite_form = FORM(struct invite_in, invite_fields);

struct close_in { str reason; };
static const struct field close_fields[] = {
	FIELD(struct close_in, reason, FIELD_TEXT, .needed = true, .min = 5, .max = 300,
	    .label = TEXT_server_close_reason, .hint = TEXT_server_close_reason_hint),
};
const struct form server_close_form = FORM(struct close_in, close_fields);

static const struct choice minutes_choices[] = {
	{ "15", 15, TEXT_server_minutes_15 }, { "30", 30, TEXT_server_minutes_30 },
	{ "60", 60, TEXT_server_minutes_60 }, { 0 }
};
struct enter_in { str why; int64_t minutes; };
static const struct field enter_fields[] = {
	FIELD(struct enter_in, why, FIELD_TEXT, .needed = true, .min = 5, .max = 300,
	    .label = TEXT_server_why, .hint = TEXT_server_why_hint),
	FIELD(struct enter_in, minutes, FIELD_CHOICE, .needed = true,
	    .label = TEXT_server_how_long, .choices = minutes_choices),
};
const struct form server_enter_form = FORM(struct enter_in, enter_fields);

static err town(struct req *r, struct city *out)
{
	return city_find(r->db, r->param[0], out);
}

static str town_path(struct req *r, const struct city *c, const char *more)
{
	return req_path(r, "/server/city/%.*s%s", SV(c->slug), more);
}

/* It is shown as all cities are judged: by the same statement. */
static err town_load(struct req *r, const struct town **out)
{
	struct towns all;
	struct city c;

	TRY(town(r, &c));
	TRY(towns_load(r->db, r->now, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].city.id.v == c.id.v) {
			*out = &all.v[i];
			return NULL;
		}
	return ERR(r->a, ERR_MISSING, "no-such-city", .arg = { r->param[0] });
}

static void forms(struct req *r, const struct city *c, struct server_city_view *v)
{
	static const struct enter_in hour = { .minutes = 30 };

	v->host = FORM_PAGE(r, &server_host_form, NULL, town_path(r, c, "/host"));
	v->invite = FORM_PAGE(r, &server_invite_form, NULL, town_path(r, c, "/invite"));
	v->close = FORM_PAGE(r, &server_close_form, NULL, town_path(r, c, "/close"));
	v->enter = FORM_PAGE(r, &server_enter_form, &hour, town_path(r, c, "/enter"));
	v->host.prefix = "h";
	v->invite.prefix = "i";
	v->close.prefix = "c";
	v->enter.prefix = "e";
}

static err show(struct req *r, str invited)
{
	struct server_city_view v = { .now = r->now, .invited = invited, .csrf = r->csrf };
	struct server_hosts *hosts;

	TRY(town_load(r, &v.t));
	TRY(server_q_hosts(r->db, v.t->city.id, &hosts, &v.n_hosts));
	v.hosts = hosts;
	v.need = need_label(v.t->need);
	v.todo = need_todo(v.t->need);
	v.state = sale_state_label(v.t->state);
	v.base = town_path(r, &v.t->city, "");
	v.inside = r->who.inside.v == v.t->city.id.v;
	forms(r, &v.t->city, &v);
	r->title = v.t->city.name;
	server_bar(r, BAR_CITIES);
	page_server_city(&r->out, &v);
	return NULL;
}

err server_city(struct req *r)
{
	return show(r, (str){ 0 });
}

/* In the server's own record; the city's is written by the rule. */
static err told(struct req *r, const char *did, const struct city *c, str what)
{
	return audit(r, did, c->id.v, (str){ 0 }, audit_json(r->a, (struct audit_pair[]){
	    AUDIT_TEXT("city", c->name), AUDIT_TEXT("what", what) }, what.n ? 2 : 1));
}

static err back(struct req *r, const struct city *c, enum text_id flash)
{
	req_flash(r, flash);
	r->redirect = town_path(r, c, "");
	return NULL;
}

static const char *by(struct req *r)
{
	return inside_name(r->a, &r->who).p;
}

err server_host(struct req *r)
{
	const struct host_in *in = r->form;
	struct city c;

	TRY(town(r, &c));
	TRY(city_host_set(r->tx, &c, str_trim(in->host), by(r), r->now));
	TRY(told(r, "city.host", &c, in->host));
	return back(r, &c, TEXT_server_saved);
}

err server_host_drop(struct req *r)
{
	const struct host_in *in = r->form;
	struct city c;

	TRY(town(r, &c));
	TRY(city_host_drop(r->tx, &c, in->host, by(r), r->now));
	TRY(told(r, "city.host-drop", &c, in->host));
	return back(r, &c, TEXT_server_saved);
}

/* The link stands in the answer itself: it is stored nowhere. */
err server_invite(struct req *r)
{
	const struct invite_in *in = r->form;
	struct city c;
	str path, url;

	TRY(town(r, &c));
	TRY(invite_first(r->tx, &c, (struct invite_new){ in->login, in->name,
	    inside_name(r->a, &r->who) }, r->now, &path));
	TRY(told(r, "person.invite", &c, in->login));
	TRY(setting_url(r, path, &url));
	r->state = (struct form_state){ 0 };
	return show(r, url);
}

err server_close(struct req *r)
{
	const struct close_in *in = r->form;
	struct city c;

	TRY(town(r, &c));
	TRY(city_close(r->tx, &c, str_trim(in->reason), by(r), r->now));
	TRY(told(r, "city.close", &c, in->reason));
	req_touch(r, city_key(c.id));
	return back(r, &c, TEXT_server_closed_now);
}

err server_open(struct req *r)
{
	struct city c;

	TRY(town(r, &c));
	TRY(city_open(r->tx, &c, by(r), r->now));
	TRY(told(r, "city.open", &c, (str){ 0 }));
	req_touch(r, city_key(c.id));
	return back(r, &c, TEXT_server_opened_now);
}

err server_enter(struct req *r)
{
	const struct enter_in *in = r->form;
	struct city c;

	TRY(town(r, &c));
	TRY(inside_enter(r, &c, str_trim(in->why), in->minutes));
	r->redirect = S("/admin");
	return NULL;
}

err server_leave(struct req *r)
{
	TRY(inside_leave(r, false));
	req_flash(r, TEXT_inside_left);
	r->redirect = S("/server");
	return NULL;
}
