#include "core/web.h"
#include "core/pages.h"
#include "core_read.h"
#include "html/text.h"
#include "json/json.h"
#include "pages_tmpl.h"

enum { AUDIT_PAGE = 50 };

/* Numbers that are no plain quantity, by their name in the record. */
static const struct { const char *name; enum { AS_DAY, AS_ROLE, AS_CODE } as; } special[] = {
	{ "first_day", AS_DAY }, { "last_day", AS_DAY }, { "role", AS_ROLE },
	{ "number", AS_CODE }, { "code", AS_CODE }, { "kind", AS_CODE }, { "state", AS_CODE },
};

static str show_number(struct req *r, str name, int64_t v)
{
	struct buf b = BUF(r->a, 60);

	for (size_t i = 0; i < countof(special); i++) {
		if (!str_eq(name, str_of(special[i].name)))
			continue;
		if (special[i].as == AS_ROLE)
			return text(r->lang, role_label(v));
		if (special[i].as == AS_DAY)
			time_put_day(&b, v, r->lang);
		else
			buf_int(&b, v);
		return buf_done(&b);
	}
	number_put(&b, v);
	return buf_done(&b);
}

static str show_value(struct req *r, str name, const struct json_value *j)
{
	int64_t number;
	str s;

	if (!j)
		return (str){ 0 };
	if (json_get_int(j, &number))
		return show_number(r, name, number);
	return json_get_str(j, &s) ? arena_str(r->a, s) : (str){ 0 };
}

/* "did-field." and the name, "cap_day" as "cap-day"; without words the name itself. */
static str field_words(struct req *r, str name)
{
	struct buf key = BUF(r->a, 80);
	str words;

	buf_str(&key, S("did-field."));
	for (size_t i = 0; i < name.n; i++)
		buf_char(&key, name.p[i] == '_' ? '-' : name.p[i]);
	buf_char(&key, 0);
	return text_by_key(r->lang, buf_done(&key).p, &words) ? words : arena_str(r->a, name);
}

static str action_words(struct req *r, str action)
{
	const char *key = arena_printf(r->a, "did.%.*s", SV(action)).p;
	str words;

	return text_by_key(r->lang, key, &words) ? words : action;
}

static err parse(struct req *r, str s, struct json_in **in)
{
	return s.n ? json_parse(r->a, s, in) : NULL;
}

/* What both sides say alike is left out, unless it names the thing. */
static bool worth_showing(str before, str after, str name)
{
	return !str_eq(before, after) || str_eq(name, S("name"));
}

struct sides { const struct json_value *was, *now; };

/* The members of one side; what the other side has too is said once. */
static void side_fill(struct req *r, struct audit_fact *v, size_t *n, struct sides s, bool second)
{
	const struct json_value *member;
	str name;

	for (size_t i = 0; json_member(second ? s.now : s.was, i, &name, &member); i++) {
		const char *key = arena_cstr(r->a, name);
		str a = show_value(r, name, json_get(s.was, key));
		str b = show_value(r, name, json_get(s.now, key));

		if (!(second && json_get(s.was, key)) && worth_showing(a, b, name))
			v[(*n)++] = (struct audit_fact){ field_words(r, name), a, b };
	}
}

static err row_fill(struct req *r, struct audit_row *row, str before, str after)
{
	CLEANUP(json_free) struct json_in *was = NULL;
	CLEANUP(json_free) struct json_in *now = NULL;
	const struct json_value *member;
	size_t most = 0;
	str name;

	TRY(parse(r, before, &was));
	TRY(parse(r, after, &now));
	struct sides s = { json_root(was), json_root(now) };
	while (json_member(s.was, most, &name, &member) || json_member(s.now, most, &name, &member))
		most++;
	struct audit_fact *v = NEWN(r->a, struct audit_fact, 2 * most);
	side_fill(r, v, &row->n, s, false);
	side_fill(r, v, &row->n, s, true);
	row->v = v;
	return NULL;
}

static err audit_show(struct req *r, struct audit_view *v)
{
	struct inside *inside;

	TRY(inside_now(r->db, r->city.id, r->now, &inside, &v->n_inside));
	v->inside = inside;
	v->csrf = req_is(r, MAY_ORGANISER | MAY_ADMIN) ? r->csrf : (str){ 0 };
	v->server = r->city.id.v == CITY_SERVER;
	r->title = text(r->lang, v->server ? TEXT_audit_server_title : TEXT_audit_title);
	r->wide = true;
	page_audit(&r->out, v);
	return NULL;
}

err admin_audit(struct req *r)
{
	struct core_audit_list *a;
	int64_t below = INT64_MAX;
	size_t n;

	if (req_query(r, "below").n && !id_parse(req_query(r, "below"), &below))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(core_q_audit_list(r->db, r->city.id, below, AUDIT_PAGE, &a, &n));
	struct audit_row *v = NEWN(r->a, struct audit_row, n);
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct audit_row){ .at = a[i].at, .who = a[i].who,
			.did = action_words(r, a[i].action) };
		TRY(row_fill(r, &v[i], a[i].before, a[i].after));
	}
	return audit_show(r, &(struct audit_view){ .v = v, .n = n, .pager = {
		.next = n == AUDIT_PAGE ? req_path(r, "%s?below=%.*s", r->route->path,
		    SV(id_text(r->a, a[n - 1].id))) : (str){ 0 },
		.prev = below != INT64_MAX ? str_of(r->route->path) : (str){ 0 } } });
}

err admin_inside_end(struct req *r)
{
	int64_t id;

	TRY(req_id(r, 0, &id));
	TRY(inside_end(r, id));
	req_flash(r, TEXT_inside_ended);
	r->redirect = S("/admin/audit");
	return NULL;
}
