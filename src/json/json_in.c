#include <jansson.h>
/* Macros of jansson that have the names of our functions. */
#undef json_is_object
#undef json_is_array
#undef json_is_null
#include "json/json.h"
#include <string.h>

/*
 * jansson finds the i-th member by walking and the caller walks all of
 * them, so the tree is laid out once more, flat, in the arena.
 */
struct json_value {
	json_type type;
	size_t n;		/* members or elements		*/
	union {
		bool yes;
		int64_t i;
		str s;
		struct {
			const str *keys;	/* of an object	*/
			const struct json_value *v;
		};
	};
};

struct json_in {
	json_t *doc;
	struct json_value root;
};

/* Outside strings brackets are structure; inside, nothing but quotes is. */
static bool too_deep(str s)
{
	bool quoted = false;
	int depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '"')
			quoted = !quoted;
		else if (quoted)
			i += c == '\\';
		else if (c == '[' || c == '{')
			depth++;
		else if (c == ']' || c == '}')
			depth--;
		if (depth > JSON_DEPTH)
			return true;
	}
	return false;
}

static void lay(struct arena *a, json_t *j, struct json_value *v);

static void lay_object(struct arena *a, json_t *j, struct json_value *v)
{
	v->n = json_object_size(j);
	struct json_value *to = NEWN(a, struct json_value, v->n);
	str *keys = NEWN(a, str, v->n);
	size_t i = 0;

	for (void *at = json_object_iter(j); at; at = json_object_iter_next(j, at), i++) {
		keys[i] = (str){ json_object_iter_key(at), json_object_iter_key_len(at) };
		lay(a, json_object_iter_value(at), &to[i]);
	}
	v->keys = keys;
	v->v = to;
}

static void lay_array(struct arena *a, json_t *j, struct json_value *v)
{
	v->n = json_array_size(j);
	struct json_value *to = NEWN(a, struct json_value, v->n);

	for (size_t i = 0; i < v->n; i++)
		lay(a, json_array_get(j, i), &to[i]);
	v->v = to;
}

static void lay(struct arena *a, json_t *j, struct json_value *v)
{
	v->type = json_typeof(j);
	switch (v->type) {
	case JSON_OBJECT:
		lay_object(a, j, v);
		break;
	case JSON_ARRAY:
		lay_array(a, j, v);
		break;
	case JSON_STRING:
		v->s = (str){ json_string_value(j), json_string_length(j) };
		break;
	case JSON_INTEGER:
		v->i = json_integer_value(j);
		break;
	case JSON_TRUE:
		v->yes = true;
		break;
	case JSON_REAL:
	case JSON_FALSE:
	case JSON_NULL:
		break;
	}
}

static str number(struct arena *a, int64_t n)
{
	struct buf b = BUF(a, 32);

	number_put(&b, n);
	return buf_done(&b);
}

static err syntax(struct arena *a, int line, int column, int code)
{
	/* jansson's own words quote the input, which may hold personal data. */
	return ERR(a, ERR_INVALID, "json-syntax", .arg = { arena_printf(a, "%d:%d", line, column) },
	    .log = arena_printf(a, "jansson error %d", code));
}

/* jansson takes "1\0" for 1, so NULs are looked for before it looks. */
static err no_nul(struct arena *a, str s)
{
	int line = 1;
	str before;

	if (!s.n || !memchr(s.p, '\0', s.n))
		return NULL;
	while (str_take(&s, '\n', &before) && !memchr(before.p, '\0', before.n))
		line++;
	return syntax(a, line, (int)strnlen(before.p, before.n), json_error_null_character);
}

err json_parse(struct arena *a, str s, struct json_in **out)
{
	json_error_t e;

	*out = NULL;
	if (s.n > JSON_MOST)
		return ERR(a, ERR_INVALID, "json-large", .arg = { number(a, JSON_MOST) });
	if (too_deep(s))
		return ERR(a, ERR_INVALID, "json-deep", .arg = { number(a, JSON_DEPTH) });
	TRY(no_nul(a, s));
	json_t *doc = json_loadb(s.p ? s.p : "", s.n,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
	if (!doc)
		return syntax(a, e.line, e.column, (int)json_error_code(&e));
	*out = NEW(a, struct json_in);
	(*out)->doc = doc;
	lay(a, doc, &(*out)->root);
	return NULL;
}

void json_free(struct json_in **in)
{
	if (*in)
		json_decref((*in)->doc);
	*in = NULL;
}

const struct json_value *json_root(const struct json_in *in)
{
	return in ? &in->root : NULL;
}

static bool is(const struct json_value *v, json_type type)
{
	return v && v->type == type;
}

const struct json_value *json_get(const struct json_value *v, const char *key)
{
	str name = str_of(key);

	if (!is(v, JSON_OBJECT))
		return NULL;
	for (size_t i = 0; i < v->n; i++)
		if (str_eq(v->keys[i], name))
			return &v->v[i];
	return NULL;
}

size_t json_count(const struct json_value *v)
{
	return is(v, JSON_ARRAY) ? v->n : 0;
}

const struct json_value *json_at(const struct json_value *v, size_t i)
{
	return i < json_count(v) ? &v->v[i] : NULL;
}

bool json_is_object(const struct json_value *v)
{
	return is(v, JSON_OBJECT);
}

bool json_is_array(const struct json_value *v)
{
	return is(v, JSON_ARRAY);
}

bool json_is_null(const struct json_value *v)
{
	return is(v, JSON_NULL);
}

bool json_get_str(const struct json_value *v, str *s)
{
	if (!is(v, JSON_STRING))
		return false;
	*s = v->s;
	return true;
}

bool json_get_int(const struct json_value *v, int64_t *i)
{
	if (!is(v, JSON_INTEGER))
		return false;
	*i = v->i;
	return true;
}

bool json_get_bool(const struct json_value *v, bool *yes)
{
	if (!is(v, JSON_TRUE) && !is(v, JSON_FALSE))
		return false;
	*yes = v->yes;
	return true;
}

bool json_member(const struct json_value *v, size_t i, str *key, const struct json_value **member)
{
	if (!is(v, JSON_OBJECT) || i >= v->n)
		return false;
	*key = v->keys[i];
	*member = &v->v[i];
	return true;
}
