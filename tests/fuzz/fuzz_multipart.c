/*
 * Any bytes as multipart/form-data with the boundary "B": refused, or its
 * files are pieces of the body, in order, that never hold the delimiter.
 */
#include "http/params.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static bool harmless(str filename)
{
	for (size_t i = 0; i < filename.n; i++)
		if ((unsigned char)filename.p[i] < ' ' || strchr("/\\\x7f", filename.p[i]))
			return false;
	return !str_eq(filename, S(".")) && !str_eq(filename, S(".."));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct params p;
	str s = { (const char *)bytes, n };
	const char *at = s.p;

	if (params_multipart(a, S("multipart/form-data; boundary=B"), s, &p))
		return 0;
	CHECK(p.n <= PARAMS_MAX);
	for (size_t i = 0; i < p.n; i++) {
		const struct param *f = &p.v[i];

		CHECK(str_utf8(f->name) && str_utf8(f->filename) && harmless(f->filename));
		CHECK(str_find(f->value, S("\r\n--B")) == SIZE_MAX);
		CHECK(f->filename.n <= 200 && (f->type.n || str_utf8(f->value)));
		if (f->value.n == 0)
			continue;
		CHECK(f->value.p >= at && f->value.p + f->value.n <= s.p + s.n);
		at = f->value.p + f->value.n;
	}
	return 0;
}
