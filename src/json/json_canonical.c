#include "json/json.h"
#include <stdlib.h>
#include <string.h>

struct member { str key; const struct json_value *v; };

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct member *)a)->key, ((const struct member *)b)->key);
}

static bool is_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static bool scalar(struct buf *b, const struct json_value *v)
{
	int64_t n;
	bool yes;
	str s;

	if (json_get_str(v, &s))
		json_quote(b, s);
	else if (json_get_int(v, &n))
		buf_int(b, n);
	else if (json_get_bool(v, &yes))
		buf_str(b, yes ? S("true") : S("false"));
	else if (json_is_null(v))
		buf_str(b, S("null"));
	else
		return false;
	return true;
}

/* No deeper than JSON_DEPTH: the reader has seen to that. */
static bool array(struct buf *b, const struct json_value *v)
{
	buf_char(b, '[');
	for (size_t i = 0; i < json_count(v); i++) {
		if (i)
			buf_char(b, ',');
		if (!json_canonical(b, json_at(v, i), NULL))
			return false;
	}
	buf_char(b, ']');
	return true;
}

static size_t members(struct arena *a, const struct json_value *v, const char *without,
    struct member **out)
{
	VEC(struct member) all = { 0 };
	const struct json_value *one;
	str key;

	for (size_t i = 0; json_member(v, i, &key, &one); i++)
		if (!without || !str_eq(key, str_of(without)))
			*VEC_ADD(a, &all) = (struct member){ key, one };
	if (all.n)
		qsort(all.v, all.n, sizeof *all.v, by_key);
	*out = all.v;
	return all.n;
}

bool json_canonical(struct buf *b, const struct json_value *v, const char *without)
{
	struct member *m;

	if (json_is_array(v))
		return array(b, v);
	if (!json_is_object(v))
		return scalar(b, v);
	size_t n = members(b->a, v, without, &m);
	buf_char(b, '{');
	for (size_t i = 0; i < n; i++) {
		if (!is_ascii(m[i].key))
			return false;
		if (i)
			buf_char(b, ',');
		json_quote(b, m[i].key);
		buf_char(b, ':');
		if (!json_canonical(b, m[i].v, NULL))
			return false;
	}
	buf_char(b, '}');
	return true;
}
