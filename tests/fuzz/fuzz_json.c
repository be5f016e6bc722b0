/*
 * Any bytes: either refused, or a document that we can write down again,
 * and that reads back as the very same.
 */
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Real numbers have no writer: they come out as null. */
static void write_value(struct json_out *o, const char *key, struct arena *a,
    const struct json_value *v)
{
	const struct json_value *member;
	str s;
	int64_t i;
	bool yes;

	if (json_is_object(v)) {
		json_begin(o, key, '{');
		for (size_t k = 0; json_member(v, k, &s, &member); k++) {
			CHECK(str_utf8(s) && json_get(v, arena_cstr(a, s)) == member);
			write_value(o, arena_cstr(a, s), a, member);
		}
		json_end(o, '}');
	} else if (json_is_array(v)) {
		json_begin(o, key, '[');
		for (size_t k = 0; k < json_count(v); k++)
			write_value(o, NULL, a, json_at(v, k));
		json_end(o, ']');
	} else if (json_get_str(v, &s)) {
		CHECK(str_utf8(s));
		json_str(o, key, s);
	} else if (json_get_int(v, &i)) {
		json_int(o, key, i);
	} else if (json_get_bool(v, &yes)) {
		json_bool(o, key, yes);
	} else {
		json_none(o, key);
	}
}

static str written(struct arena *a, const struct json_value *v)
{
	struct json_out o = JSON_OUT(a, SIZE_MAX / 4);

	write_value(&o, NULL, a, v);
	str s = json_done(&o);
	CHECK(!o.b.full && str_utf8(s));
	return s;
}

/* Whatever the bytes are, quoting them gives one JSON string. */
static void check_quote(struct arena *a, str s)
{
	CLEANUP(json_free) struct json_in *in = NULL;
	struct buf b = BUF(a, SIZE_MAX / 4);
	str back;

	json_quote(&b, s);
	if (json_parse(a, buf_done(&b), &in)) {
		/* Only NUL, which our reader does not take. */
		CHECK(str_find(s, (str){ "", 1 }) != SIZE_MAX);
		return;
	}
	CHECK(json_get_str(json_root(in), &back));
	if (str_utf8(s))
		CHECK(str_eq(s, back));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	CLEANUP(json_free) struct json_in *in = NULL;
	CLEANUP(json_free) struct json_in *again = NULL;
	str s = { (const char *)p, n };

	check_quote(a, s);
	if (json_parse(a, s, &in))
		return 0;
	str once = written(a, json_root(in));
	CHECK(json_parse(a, once, &again) == NULL);
	CHECK(str_eq(once, written(a, json_root(again))));
	return 0;
}
