#include "json/json.h"
#include "tap.h"
#include <string.h>

/* ---- out ----------------------------------------------------------- */

static str quoted(struct arena *a, str s)
{
	struct buf b = BUF(a, 10000);

	json_quote(&b, s);
	return buf_done(&b);
}

static void quoting(struct arena *a)
{
	ok(str_eq(quoted(a, S("")), S("\"\"")) && str_eq(quoted(a, (str){ 0 }), S("\"\"")),
	    "empty");
	ok(str_eq(quoted(a, S("a\"b\\c/d")), S("\"a\\\"b\\\\c/d\"")),
	    "quote and backslash, no slash");
	ok(str_eq(quoted(a, S("\b\f\n\r\t")), S("\"\\b\\f\\n\\r\\t\"")), "short escapes");
	ok(str_eq(quoted(a, (str){ "\0\x01\x1f\x7f", 4 }), S("\"\\u0000\\u0001\\u001f\x7f\"")),
	    "other control characters");
	ok(str_eq(quoted(a, S("Malioboro \xe2\x80\x93 \xf0\x9f\x98\x80")),
	    S("\"Malioboro \xe2\x80\x93 \xf0\x9f\x98\x80\"")), "UTF-8 stays");
	ok(str_eq(quoted(a, S("a\xff" "b\xc3")), S("\"a\xef\xbf\xbd" "b\xef\xbf\xbd\"")),
	    "what is not UTF-8 is replaced");
	ok(str_eq(quoted(a, S("\xed\xa0\x80")),
	    S("\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"")), "a surrogate too");
}

static void writing(struct arena *a)
{
	struct json_out o = JSON_OUT(a, 1000);

	json_begin(&o, NULL, '{');
	json_str(&o, "s", S("x"));
	json_int(&o, "min", INT64_MIN);
	json_int(&o, "max", INT64_MAX);
	json_begin(&o, "list", '[');
	json_bool(&o, NULL, true);
	json_bool(&o, NULL, false);
	json_none(&o, NULL);
	json_begin(&o, NULL, '{');
	json_end(&o, '}');
	json_begin(&o, NULL, '[');
	json_end(&o, ']');
	json_int(&o, NULL, 0);
	json_end(&o, ']');
	json_time(&o, "at", INT64_C(1634540700) * SECOND, ZONE_WIB);
	json_id(&o, "id", 33);
	json_str(&o, "k\"", S(""));
	json_end(&o, '}');
	ok(str_eq(json_done(&o), S("{\"s\":\"x\",\"min\":-9223372036854775808,"
	    "\"max\":9223372036854775807,\"list\":[true,false,null,{},[],0],"
	    "\"at\":\"2021-10-18T14:05:00+07:00\",\"id\":\"0000000000011\",\"k\\\"\":\"\"}")),
	    "every kind of value, commas right");
	o = JSON_OUT(a, 100);
	json_int(&o, NULL, 7);
	ok(str_eq(json_done(&o), S("7")), "a lone value");
	o = JSON_OUT(a, 8);
	json_begin(&o, NULL, '[');
	json_str(&o, NULL, S("123456789"));
	json_end(&o, ']');
	json_done(&o);
	ok(o.b.full, "over the limit: full");
}

/* ---- in ------------------------------------------------------------ */

static const char *rule(struct arena *a, str s)
{
	CLEANUP(json_free) struct json_in *in = NULL;
	err e = json_parse(a, s, &in);

	if (!e != !!in)
		return "torn";
	return e ? e->rule : "";
}

static void syntax(struct arena *a)
{
	static const char *const good[] = { "{}", "[]", " [ ] ", "null", "1", "-0", "\"x\"", "true",
	    "[1,2]", "{\"a\":{}}", "\t\r\n1\n", "1.5", "-1e-3", "{\"\":1}", "\"\\ud83d\\ude00\"",
	    "\"\x7f\"", "[1e308]" };
	static const char *const bad[] = { "", " ", "{", "}", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}",
	    "{a:1}", "{'a':1}", "{\"a\":1,}", "[1 2]", "1 2", "01", "+1", ".5", "1.", "1e", "--1",
	    "NaN", "Infinity", "-", "tru", "True", "nul", "\"a", "\"\n\"", "\"\t\"", "\"\\x41\"",
	    "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\u0000\"",
	    "\"\xff\"",
	    "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe2\x82\"",
	    "\xef\xbb\xbf{}", "// c\n1", "1 /* c */", "{\"a\":1,\"a\":2}",
	    "[{\"x\":1,\"y\":2,\"x\":1}]", "{\"a\":1,\"\\u0061\":2}", "9223372036854775808",
	    "-9223372036854775809", "[99999999999999999999999]", "1e999", "{\"\xff\":1}",
	    "{\"\\u0000\":1}", "{\"a\\u0000b\":1}", "[1]]", "{}{}" };

	for (size_t i = 0; i < countof(good); i++)
		ok(!*rule(a, str_of(good[i])), "good: %zu %s", i,
		    good[i][0] == '\t' ? "" : good[i]);
	for (size_t i = 0; i < countof(bad); i++)
		ok(!strcmp(rule(a, str_of(bad[i])), "json-syntax"), "bad %zu", i);
	ok(!strcmp(rule(a, (str){ "1\0", 2 }), "json-syntax") &&
	    !strcmp(rule(a, (str){ "\"\0\"", 3 }), "json-syntax") &&
	    !strcmp(rule(a, (str){ 0 }), "json-syntax"), "NUL, NULL");
	ok(!*rule(a, (str){ "[1]x", 3 }), "nothing is read behind the end");
}

static void places(struct arena *a)
{
	CLEANUP(json_free) struct json_in *in = NULL;
	err e = json_parse(a, (str){ "[\n\n12\0]", 7 }, &in);
	ok(e && str_eq(e->arg[0], S("3:2")), "line and column of a NUL");
	e = json_parse(a, S("{\n\"a\": 1,\n\"pin\": secret4711 }"), &in);

	ok(e && e->kind == ERR_INVALID && str_starts(e->arg[0], S("3:")), "line and column");
	ok(e && str_find(e->log, S("secret")) == SIZE_MAX && str_find(e->arg[0], S("secret")) ==
	    SIZE_MAX, "nothing of the document in the log");
}

static str nested(struct arena *a, size_t depth, str open, str close)
{
	struct buf b = BUF(a, 1 << 20);

	for (size_t i = 0; i < depth; i++)
		buf_str(&b, open);
	buf_char(&b, '1');
	for (size_t i = 0; i < depth; i++)
		buf_str(&b, close);
	return buf_done(&b);
}

static void bounds(struct arena *a)
{
	ok(!*rule(a, nested(a, JSON_DEPTH, S("["), S("]"))), "as deep as may be");
	ok(!strcmp(rule(a, nested(a, JSON_DEPTH + 1, S("["), S("]"))), "json-deep"), "one deeper");
	ok(!strcmp(rule(a, nested(a, JSON_DEPTH + 1, S("{\"a\":"), S("}"))), "json-deep"),
	    "objects too");
	ok(!strcmp(rule(a, nested(a, 100000, S("["), S("]"))), "json-deep"),
	    "a hundred thousand deep");
	ok(!*rule(a, nested(a, 1,
	    S("[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[{{{{\\\\\","), S("]"))),
	    "brackets in a string are not depth");
	struct json_out o = JSON_OUT(a, 10000);
	json_begin(&o, NULL, '[');
	for (int i = 0; i < 100; i++) {
		json_begin(&o, NULL, i % 2 ? '{' : '[');
		json_end(&o, i % 2 ? '}' : ']');
	}
	json_end(&o, ']');
	ok(!*rule(a, json_done(&o)), "nor are many beside each other");
	ok(!strcmp(rule(a, nested(a, 17, S("[{\"\\\\\":"), S("}]"))), "json-deep"),
	    "a backslash does not hide the end of a string");
	char *large = arena_alloc(a, JSON_MOST + 1, 1);
	memset(large, ' ', JSON_MOST);
	large[0] = '1';
	ok(!*rule(a, (str){ large, JSON_MOST }), "as large as may be");
	large[JSON_MOST] = ' ';
	ok(!strcmp(rule(a, (str){ large, JSON_MOST + 1 }), "json-large"), "one byte more");
}

static void reading(struct arena *a)
{
	CLEANUP(json_free) struct json_in *in = NULL;
	str s;
	int64_t i;
	bool yes;

	err e = json_parse(a, S("{\"z\":\"a\\u00e9\\n\",\"i\":-5,\"r\":5.0,\"t\":true,\"f\":false,"
	    "\"n\":null,\"l\":[1,\"2\"],\"o\":{\"x\":9223372036854775807},\"\":0}"), &in);
	ok(!e, "a document");
	const struct json_value *r = json_root(in);
	ok(json_get_str(json_get(r, "z"), &s) && str_eq(s, S("a\xc3\xa9\n")), "a string");
	ok(json_get_int(json_get(r, "i"), &i) && i == -5, "an integer");
	ok(!json_get_int(json_get(r, "r"), &i) && !json_get_str(json_get(r, "r"), &s) &&
	    !json_is_null(json_get(r, "r")), "a real number cannot be read as anything");
	ok(json_get_bool(json_get(r, "t"), &yes) && yes && json_get_bool(json_get(r, "f"), &yes) &&
	    !yes, "true and false");
	ok(json_is_null(json_get(r, "n")) && !json_get_bool(json_get(r, "n"), &yes), "null");
	const struct json_value *l = json_get(r, "l");
	ok(json_is_array(l) && json_count(l) == 2 && json_get_int(json_at(l, 0), &i) && i == 1 &&
	    !json_get_int(json_at(l, 1), &i) && json_get_str(json_at(l, 1), &s), "an array");
	ok(!json_at(l, 2) && !json_at(l, SIZE_MAX) && !json_at(r, 0) && !json_get(l, "0"),
	    "nothing past its end");
	ok(json_is_object(json_get(r, "o")) &&
	    json_get_int(json_get(json_get(r, "o"), "x"), &i) && i == INT64_MAX,
	    "an object inside");
	ok(json_get_int(json_get(r, ""), &i) && i == 0, "an empty name");
	ok(!json_get(r, "none") && !json_get(json_get(r, "none"), "x"), "no such member");
}

static void nothing(void)
{
	struct json_in *in = NULL;
	const struct json_value *v;
	str s;
	int64_t i;
	bool yes;

	json_free(&in);
	ok(!json_root(NULL) && !json_get(NULL, "a") && !json_at(NULL, 0) && json_count(NULL) == 0 &&
	    !json_is_object(NULL) && !json_is_array(NULL) && !json_is_null(NULL) &&
	    !json_get_str(NULL, &s) && !json_get_int(NULL, &i) && !json_get_bool(NULL, &yes) &&
	    !json_member(NULL, 0, &s, &v), "nothing gives nothing");
}

static void members(struct arena *a)
{
	CLEANUP(json_free) struct json_in *in = NULL;
	struct json_out o = JSON_OUT(a, 1 << 20);
	const struct json_value *v;
	unsigned wrong = 0;
	str key;

	json_begin(&o, NULL, '{');
	for (int i = 999; i >= 0; i--)
		json_int(&o, arena_cstr(a, arena_printf(a, "k%d", i * 7919 % 1000)), i);
	json_end(&o, '}');
	ok(!json_parse(a, json_done(&o), &in), "a thousand members");
	for (int i = 0; i < 1000; i++) {
		int64_t got = -1;
		wrong += !json_member(json_root(in), (size_t)i, &key, &v) || !json_get_int(v,
		    &got) ||
		    got != 999 - i || !str_eq(key, arena_printf(a,
		    "k%d", (int)got * 7919 % 1000)) ||
		    json_get(json_root(in), arena_cstr(a, key)) != v;
	}
	ok(wrong == 0, "in file order, and found by name");
	ok(!json_member(json_root(in), 1000, &key, &v) &&
	    !json_member(json_at(json_root(in), 0), 0, &key, &v), "and no more");
}

static void round_trip(struct arena *a)
{
	struct prng r;
	unsigned wrong = 0;

	prng_seed(&r, 9);
	for (int i = 0; i < 2000; i++) {
		CLEANUP(json_free) struct json_in *in = NULL;
		struct buf b = BUF(a, 1000);
		int64_t n = (int64_t)prng_next(&r), back = 0;
		str s;

		/* Any code points but NUL and surrogates. */
		for (uint64_t k = prng_below(&r, 20); k; k--) {
			unsigned c = 1 + (unsigned)prng_below(&r, 0x7ff);
			if (c >= 0x80)
				buf_char(&b, (char)(0xc0 | c >> 6));
			buf_char(&b, c < 0x80 ? (char)c : (char)(0x80 | (c & 63)));
		}
		struct json_out o = JSON_OUT(a, 10000);
		json_begin(&o, NULL, '[');
		json_str(&o, NULL, buf_done(&b));
		json_int(&o, NULL, n);
		json_end(&o, ']');
		wrong += json_parse(a, json_done(&o), &in) ||
		    !json_get_str(json_at(json_root(in), 0), &s) || !str_eq(s, buf_done(&b)) ||
		    !json_get_int(json_at(json_root(in), 1), &back) || back != n;
	}
	ok(wrong == 0, "two thousand strings and integers written and read are the same");
}

int main(void)
{
	struct arena *a = arena_new();

	quoting(a);
	writing(a);
	syntax(a);
	places(a);
	bounds(a);
	reading(a);
	nothing();
	members(a);
	round_trip(a);
	arena_free(&a);
	return done();
}
