#include "core/page_cache.h"
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#define SLOTS		512	/* direct mapped			*/
#define BODY_MAX	(256u << 10)
#define KEY_MAX		512

struct slot {
	char key[KEY_MAX];
	size_t n_key;
	struct http_ready *page, *not_modified;
	char etag[24];
	uint64_t hard[6], soft[4];	/* keys it depends on		*/
	size_t n_hard, n_soft;
	uint64_t made;		/* stamp_now() before it was made	*/
	int64_t checked;	/* monotonic, when the soft keys last stood */
};
struct page_cache { struct arena *own; struct slot slot[SLOTS]; };

static uint64_t hash(const char *p, size_t n)
{
	uint64_t h = 14695981039346656037u;	/* FNV-1a, 64 bit */

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * 1099511628211u;
	return h ^ h >> 32;
}

struct page_cache *page_cache_new(void)
{
	struct arena *own = arena_new();
	struct page_cache *c = NEW(own, struct page_cache);

	c->own = own;
	return c;
}

static void drop(struct slot *s)
{
	if (s->page)
		http_ready_free(&s->page);
	if (s->not_modified)
		http_ready_free(&s->not_modified);
	s->n_key = 0;
}

void page_cache_free(struct page_cache **pc)
{
	if (!*pc)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		drop(&(*pc)->slot[i]);
	struct arena *own = (*pc)->own;
	arena_free(&own);
	*pc = NULL;
}

/* A cookie of the program's own, other than the language, makes it personal. */
static bool personal(str cookie)
{
	return cookie.n && (str_find(cookie, S("laris=")) != SIZE_MAX ||
	    str_find(cookie, S("flash=")) != SIZE_MAX || str_find(cookie, S("card")) != SIZE_MAX);
}

bool page_cache_fits(const struct http_request *h)
{
	return (h->method == HTTP_GET || h->method == HTTP_HEAD) && !personal(h->cookie) &&
	    !h->authorization.n && h->path.n + h->query.n < KEY_MAX - 8;
}

static bool wants_gzip(const struct http_request *h)
{
	return str_find(h->accept_encoding, S("gzip")) != SIZE_MAX;
}

static enum lang lang_of(const struct http_request *h)
{
	struct params none = { 0 };

	/* ?lang= is part of the key as text. */
	return pipe_lang(h, &none);
}

static size_t key_make(const struct http_request *h, char out[KEY_MAX])
{
	size_t n = 0;

	out[n++] = (char)('0' + lang_of(h));
	out[n++] = wants_gzip(h) ? 'z' : '-';
	memcpy(out + n, h->path.p, h->path.n);
	n += h->path.n;
	out[n++] = '?';
	if (h->query.n)
		memcpy(out + n, h->query.p, h->query.n);
	return n + h->query.n;
}

static bool fresh(struct slot *s)
{
	for (size_t i = 0; i < s->n_hard; i++)
		if (stamp_get(s->hard[i]) > s->made)
			return false;
	if (!s->n_soft || time_mono() - s->checked < SECOND)
		return true;
	for (size_t i = 0; i < s->n_soft; i++)
		if (stamp_get(s->soft[i]) > s->made)
			return false;
	s->checked = time_mono();
	return true;
}

bool page_cache_answer(struct page_cache *c, struct http_x *x)
{
	const struct http_request *h = http_request(x);
	char key[KEY_MAX];
	size_t n = key_make(h, key);
	struct slot *s = &c->slot[hash(key, n) % SLOTS];

	if (s->n_key != n || memcmp(s->key, key, n) != 0)
		return false;
	if (!fresh(s)) {
		drop(s);
		return false;
	}
	bool same = h->if_none_match.n && str_find(h->if_none_match, str_of(s->etag)) != SIZE_MAX;
	http_reply_ready(x, same ? s->not_modified : s->page);
	return true;
}

/* Packed copy of the body in the request's arena, or empty. */
static str gzip(struct arena *a, str in)
{
	z_stream z = { 0 };
	size_t max = in.n + in.n / 100 + 64;
	char *out = arena_bytes(a, max);

	if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return (str){ 0 };
	z.next_in = (unsigned char *)(uintptr_t)in.p;
	z.avail_in = (unsigned)in.n;
	z.next_out = (unsigned char *)out;
	z.avail_out = (unsigned)max;
	int rc = deflate(&z, Z_FINISH);
	size_t n = z.total_out;
	deflateEnd(&z);
	return rc == Z_STREAM_END ? (str){ out, n } : (str){ 0 };
}

void page_cache_keep(struct page_cache *c, const struct req *r, const struct http_reply *reply,
    uint64_t now)
{
	char key[KEY_MAX];
	size_t n = key_make(r->http, key);
	struct slot *s = &c->slot[hash(key, n) % SLOTS];
	struct http_reply p = *reply;

	if (reply->status != 200 || reply->body.n > BODY_MAX)
		return;
	drop(s);
	if (wants_gzip(r->http)) {
		str packed = gzip(r->a, reply->body);
		if (packed.n) {
			p.body = packed;
			p.encoding = "gzip";
		}
	}
	snprintf(s->etag, sizeof s->etag, "\"%016llx\"",
	    (unsigned long long)hash(p.body.p, p.body.n));
	http_reply_header(&p, "ETag", str_of(s->etag));
	s->page = http_ready_new(&p);
	p.status = 304;
	p.body = S("");
	s->not_modified = http_ready_new(&p);
	memcpy(s->key, key, n);
	s->n_key = n;
	s->n_hard = r->n_stamps;
	s->n_soft = r->n_soft;
	memcpy(s->hard, r->stamp, sizeof s->hard);
	memcpy(s->soft, r->soft, sizeof s->soft);
	s->made = now;
	s->checked = time_mono();
}
