/* A line with a Content-Type, then a body: refused, or read within bounds. */
#include "http/params.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct params p;
	str body = { (const char *)bytes, n }, type;

	if (!str_take(&body, '\n', &type) || params_body(a, type, body, &p))
		return 0;
	CHECK(p.n <= PARAMS_MAX);
	for (size_t i = 0; i < p.n; i++)
		CHECK(str_utf8(p.v[i].name) && (p.v[i].type.n || str_utf8(p.v[i].value)));
	return 0;
}
