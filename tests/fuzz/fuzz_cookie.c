/* Any bytes as a Cookie field: the well-formed are kept, none is invented. */
#include "http/params.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct params p;
	str s = { (const char *)bytes, n };

	params_cookie(a, s, &p);
	CHECK(p.n <= PARAMS_MAX);
	for (size_t i = 0; i < p.n; i++) {
		const struct param *c = &p.v[i];

		CHECK(c->name.n && str_utf8(c->name) && str_utf8(c->value));
		CHECK(c->name.p >= s.p && c->value.p + c->value.n <= s.p + s.n);
		CHECK(str_find(c->value, S(";")) == SIZE_MAX);
	}
	return 0;
}
