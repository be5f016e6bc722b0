#include "app/server.h"
#include "core/asset.h"
#include <stdlib.h>
#include <string.h>

enum { PLAIN, GZIP, BROTLI, ENCODINGS };

struct ready { const struct asset *asset; struct http_ready *reply[ENCODINGS]; };
struct assets { size_t n; struct ready *v; };

static struct http_ready *make(const struct asset *x, const unsigned char *p, size_t n,
    const char *encoding)
{
	struct http_reply r = { .status = 200, .type = x->type, .body = { (const char *)p, n },
	    .body_static = true, .encoding = encoding };

	if (!n)
		return NULL;
	http_reply_header(&r, "Cache-Control", S("public, max-age=31536000, immutable"));
	http_reply_header(&r, "X-Content-Type-Options", S("nosniff"));
	if (encoding || x->n_gz)
		http_reply_header(&r, "Vary", S("Accept-Encoding"));
	return http_ready_new(&r);
}

struct assets *assets_new(struct arena *a)
{
	struct assets *s = NEW(a, struct assets);

	s->n = asset_count;
	s->v = NEWN(a, struct ready, s->n);
	for (size_t i = 0; i < s->n; i++) {
		const struct asset *x = &asset_table[i];
		s->v[i].asset = x;
		s->v[i].reply[PLAIN] = make(x, x->raw, x->n, NULL);
		s->v[i].reply[GZIP] = make(x, x->gz, x->n_gz, "gzip");
		s->v[i].reply[BROTLI] = make(x, x->br, x->n_br, "br");
	}
	return s;
}

void assets_free(struct assets *s)
{
	for (size_t i = 0; i < s->n; i++)
		for (int e = 0; e < ENCODINGS; e++)
			if (s->v[i].reply[e])
				http_ready_free(&s->v[i].reply[e]);
}

bool assets_answer(struct assets *s, struct http_x *x)
{
	const struct http_request *h = http_request(x);
	str want = h->path;

	if (!str_starts(want, S("/asset/")) || h->method == HTTP_POST || h->method == HTTP_OTHER)
		return false;
	want = str_sub(want, 7, want.n);
	for (size_t i = 0; i < s->n; i++) {
		if (!str_eq(want, str_of(s->v[i].asset->hashed)))
			continue;
		struct http_ready **r = s->v[i].reply;
		bool br = r[BROTLI] && str_find(h->accept_encoding, S("br")) != SIZE_MAX;
		bool gz = r[GZIP] && str_find(h->accept_encoding, S("gzip")) != SIZE_MAX;
		http_reply_ready(x, br ? r[BROTLI] : gz ? r[GZIP] : r[PLAIN]);
		return true;
	}
	return false;
}
