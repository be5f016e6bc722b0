/* Any bytes as a query: refused, or names and values of UTF-8, bounded. */
#include "http/params.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* What was read, written down as a query, reads back as the same. */
static void again(struct arena *a, const struct params *p)
{
	struct buf b = BUF(a, SIZE_MAX / 4);
	struct params q;

	for (size_t i = 0; i < p->n; i++) {
		percent_encode(&b, p->v[i].name);
		buf_char(&b, '=');
		percent_encode(&b, p->v[i].value);
		buf_char(&b, '&');
	}
	CHECK(params_urlencoded(a, buf_done(&b), &q) == NULL && q.n == p->n);
	for (size_t i = 0; i < q.n; i++)
		CHECK(str_eq(p->v[i].name, q.v[i].name) && str_eq(p->v[i].value, q.v[i].value));
}

static void segment(struct arena *a, str s)
{
	struct buf b = BUF(a, SIZE_MAX / 4);
	str once, twice;

	if (!percent_decode(a, s, &once))
		return;
	CHECK(str_utf8(once) && str_find(once, S("/")) == SIZE_MAX);
	percent_encode(&b, once);
	CHECK(percent_decode(a, buf_done(&b), &twice) && str_eq(once, twice));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct params p;
	str s = { (const char *)bytes, n };

	segment(a, s);
	if (params_urlencoded(a, s, &p))
		return 0;
	CHECK(p.n <= PARAMS_MAX);
	for (size_t i = 0; i < p.n; i++)
		CHECK(str_utf8(p.v[i].name) && str_utf8(p.v[i].value));
	again(a, &p);
	return 0;
}
