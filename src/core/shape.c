/* shape.c - the one-line shapes of replies: checked against values, and
 * written as JSON Schema. */
#include "core/openapi.h"
#include "core/shape.h"
#include <string.h>

static void blanks(str *s)
{
	while (s->n && s->p[0] == ' ')
		*s = str_sub(*s, 1, s->n);
}

static bool eat(str *s, char c)
{
	blanks(s);
	if (!s->n || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

static str word(str *s)
{
	size_t n = 0;

	blanks(s);
	while (n < s->n && ((s->p[n] >= 'a' && s->p[n] <= 'z') || s->p[n] == '_'))
		n++;
	str w = str_sub(*s, 0, n);
	*s = str_sub(*s, n, s->n);
	return w;
}

static bool wrong(struct arena *a, str *why, str where, const char *what)
{
	*why = arena_printf(a, "%.*s: %s", SV(where), what);
	return false;
}

static bool plain_fits(str type, const struct json_value *v)
{
	str s;
	int64_t n;
	bool b;

	if (str_eq(type, S("any")))
		return true;
	if (str_eq(type, S("int")))
		return json_get_int(v, &n);
	if (str_eq(type, S("bool")))
		return json_get_bool(v, &b);
	if (!json_get_str(v, &s))
		return false;
	if (str_eq(type, S("id")))
		return s.n == ID_TEXT && id_parse(s, &n);
	if (str_eq(type, S("time")))
		return time_parse_rfc3339(s, &n);
	return str_eq(type, S("str"));
}

static bool fits(struct arena *, str *, const struct json_value *, str where, str *why);

/* Pass over a shape without looking at a value. */
static void skip(str *s)
{
	int depth = 0;

	do {
		if (eat(s, '{') || eat(s, '['))
			depth++;
		else if (eat(s, '}') || eat(s, ']'))
			depth--;
		else if (eat(s, ':') || eat(s, '?') || eat(s, '|'))
			;
		else
			(void)word(s);
	} while (depth && s->n);
	(void)eat(s, '?');
}

/* All of "this|that". */
static void skip_any(str *s)
{
	do
		skip(s);
	while (eat(s, '|'));
}

static bool object_fits(struct arena *a, str *s, const struct json_value *v, str where, str *why)
{
	size_t want = 0, have = 0;
	const struct json_value *m;
	str key;

	if (!json_is_object(v))
		return wrong(a, why, where, "not an object");
	while (!eat(s, '}')) {
		str name = word(s);
		CHECK(name.n && eat(s, ':'));
		m = json_get(v, arena_cstr(a, name));
		if (!m)
			return wrong(a, why, name, "is missing");
		if (!fits(a, s, m, name, why))
			return false;
		want++;
	}
	while (json_member(v, have, &key, &m))
		have++;
	return have == want || wrong(a, why, where, "has members that are not described");
}

static bool array_fits(struct arena *a, str *s, const struct json_value *v, str where, str *why)
{
	str item = *s, rest = *s;

	skip_any(&rest);
	if (!json_is_array(v))
		return wrong(a, why, where, "not an array");
	for (size_t i = 0; i < json_count(v); i++) {
		rest = item;
		if (!fits(a, &rest, json_at(v, i), where, why))
			return false;
	}
	CHECK(eat(&rest, ']'));
	*s = rest;
	return true;
}

static bool optional(str shape, str after)
{
	return after.p > shape.p && after.p[-1] == '?';
}

static bool one_fits(struct arena *a, str *s, const struct json_value *v, str where, str *why)
{
	str after = *s;

	skip(&after);
	if (optional(*s, after) && json_is_null(v))
		return true;
	if (eat(s, '{'))
		return object_fits(a, s, v, where, why);
	if (eat(s, '['))
		return array_fits(a, s, v, where, why);
	return plain_fits(word(s), v) || wrong(a, why, where, "has another type");
}

/* One of "this|that". */
static bool fits(struct arena *a, str *s, const struct json_value *v, str where, str *why)
{
	str all = *s;
	bool ok = false;

	skip_any(&all);
	do {
		str after = *s;
		skip(&after);
		ok = one_fits(a, s, v, where, why);
		*s = after;
	} while (!ok && eat(s, '|'));
	*s = all;
	return ok;
}

bool shape_fits(struct arena *a, const char *shape, const struct json_value *v, str *why)
{
	str s = str_of(shape);

	return fits(a, &s, v, S("reply"), why);
}

/* ---- as JSON Schema ---------------------------------------------------------- */

static void plain_schema(struct json_out *o, str type, bool null)
{
	static const struct { const char *name, *type, *format; } t[] = {
		{ "int", "integer", NULL }, { "bool", "boolean", NULL }, { "str", "string", NULL },
		{ "id", "string", "laris-id" }, { "time", "string", "date-time" },
	};

	for (size_t i = 0; i < countof(t); i++) {
		if (!str_eq(type, str_of(t[i].name)))
			continue;
		if (null) {
			json_begin(o, "type", '[');
			json_str(o, NULL, str_of(t[i].type));
			json_str(o, NULL, S("null"));
			json_end(o, ']');
		} else
			json_str(o, "type", str_of(t[i].type));
		if (t[i].format)
			json_str(o, "format", str_of(t[i].format));
	}
}

static void schema(struct arena *a, struct json_out *o, const char *key, str *s);

static void object_schema(struct arena *a, struct json_out *o, str *s)
{
	VEC(str) names = { 0 };

	json_str(o, "type", S("object"));
	json_begin(o, "properties", '{');
	while (!eat(s, '}')) {
		str name = word(s);
		CHECK(name.n && eat(s, ':'));
		*VEC_ADD(a, &names) = name;
		schema(a, o, arena_cstr(a, name), s);
	}
	json_end(o, '}');
	json_begin(o, "required", '[');
	for (size_t i = 0; i < names.n; i++)
		json_str(o, NULL, names.v[i]);
	json_end(o, ']');
}

static void one_schema(struct arena *a, struct json_out *o, const char *key, str *s)
{
	str after = *s;

	skip(&after);
	bool null = optional(*s, after);
	json_begin(o, key, '{');
	if (eat(s, '{'))
		object_schema(a, o, s);
	else if (eat(s, '[')) {
		json_str(o, "type", S("array"));
		schema(a, o, "items", s);
		CHECK(eat(s, ']'));
	} else
		plain_schema(o, word(s), null);
	(void)eat(s, '?');
	json_end(o, '}');
}

static void schema(struct arena *a, struct json_out *o, const char *key, str *s)
{
	str after = *s;

	skip(&after);
	if (!eat(&after, '|')) {
		one_schema(a, o, key, s);
		return;
	}
	json_begin(o, key, '{');
	json_begin(o, "anyOf", '[');
	do
		one_schema(a, o, NULL, s);
	while (eat(s, '|'));
	json_end(o, ']');
	json_end(o, '}');
}

void shape_schema(struct arena *a, struct json_out *o, const char *key, const char *shape)
{
	str s = str_of(shape);

	schema(a, o, key, &s);
}
