/* The one-line shapes of replies, against values they fit and do not. */
#include "core/openapi.h"
#include "core/shape.h"
#include "tap.h"

static bool fits(struct arena *a, const char *shape, const char *json)
{
	CLEANUP(json_free) struct json_in *doc = NULL;
	str why = { 0 };

	CHECK(!json_parse(a, str_of(json), &doc));
	bool good = shape_fits(a, shape, json_root(doc), &why);
	CHECK(good || why.n);
	return good;
}

static str schema(struct arena *a, const char *shape)
{
	struct json_out o = JSON_OUT(a, 10000);

	json_begin(&o, NULL, '{');
	shape_schema(a, &o, "s", shape);
	json_end(&o, '}');
	return json_done(&o);
}

int main(void)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	const char *lot = "[{status:int id:int?}|{status:int rule:str}]";

	ok(fits(a, "{n:int s:str?}", "{\"n\":1,\"s\":null}"), "a member that may be null");
	ok(!fits(a, "{n:int s:str}", "{\"n\":1,\"s\":null}"), "one that may not");
	ok(!fits(a, "{n:int}", "{\"n\":1,\"more\":2}"), "one too many");
	ok(!fits(a, "{n:int}", "{}"), "one too few");
	ok(fits(a, lot, "[]"), "an empty list of this or that");
	ok(fits(a, lot, "[{\"status\":1,\"id\":2},{\"status\":1,\"rule\":\"x\"},"
	    "{\"status\":1,\"id\":null}]"), "this, that, and this again");
	ok(!fits(a, lot, "[{\"status\":1}]"), "neither this nor that");
	ok(!fits(a, lot, "[{\"status\":1,\"id\":2,\"rule\":\"x\"}]"), "both at once");
	ok(fits(a, "{x:[int|str] y:int|{z:bool}}", "{\"x\":[1,\"a\"],\"y\":{\"z\":true}}"),
	    "inside a list and as a member");
	ok(!fits(a, "{x:int|str y:int}", "{\"x\":true,\"y\":1}"), "of no type");
	ok(fits(a, "{x:int|str y:int}", "{\"x\":1,\"y\":1}"), "what follows is read on");
	ok(fits(a, "[{a:[int]?}]?", "null") && fits(a, "[{a:[int]?}]?", "[{\"a\":null}]"),
	    "a list that may be null");
	str s = schema(a, "[int|str?]");
	ok(str_eq(s, S("{\"s\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"integer\"},"
	    "{\"type\":[\"string\",\"null\"]}]}}}")), "as JSON Schema: %.*s", SV(s));
	return done();
}
