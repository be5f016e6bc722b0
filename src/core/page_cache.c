#include "core/page_cache.h"
#include "core/city.h"
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#define SETS		512
#define WAYS		4	/* slots of a set: 514 front pages in 512 sets, say */
#define BODY_MAX	(256u << 10)
#define ALL_MAX		(16u << 20)	/* bytes of all pages kept	*/
#define PAGE_MORE	4096	/* what a page costs beside its bytes	*/
#define KEY_MAX		256

struct slot {
	char key[KEY_MAX];
	size_t n_key;
	struct http_ready *page, *not_modified;
	char etag[24];
	uint64_t hard[7], soft[4];	/* keys it depends on; the last hard one: its city's */
	size_t n_hard, n_soft;
	uint64_t made;		/* stamp_now() before it was made	*/
	int64_t checked;	/* monotonic, when the soft keys last stood */
	uint64_t used;		/* page_cache.turn when last asked for	*/
	size_t bytes;
};
struct page_cache {
	struct arena *own;
	uint64_t turn;
	size_t bytes, hand;	/* of all; the slot that goes next when it is too much */
	struct slot slot[SETS * WAYS];
};

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

static void drop(struct page_cache *c, struct slot *s)
{
	if (s->page)
		http_ready_free(&s->page);
	if (s->not_modified)
		http_ready_free(&s->not_modified);
	c->bytes -= s->bytes;
	s->n_key = s->bytes = 0;
}

void page_cache_free(struct page_cache **pc)
{
	if (!*pc)
		return;
	for (size_t i = 0; i < SETS * WAYS; i++)
		drop(*pc, &(*pc)->slot[i]);
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

/* The slot that holds the key, or NULL. */
static struct slot *find(struct page_cache *c, const char *key, size_t n)
{
	struct slot *set = &c->slot[hash(key, n) % SETS * WAYS];

	for (size_t i = 0; i < WAYS; i++)
		if (set[i].n_key == n && memcmp(set[i].key, key, n) == 0)
			return &set[i];
	return NULL;
}

/* An empty slot for the key: its own, a free one, or that of the page asked for longest ago. */
static struct slot *place(struct page_cache *c, const char *key, size_t n)
{
	struct slot *set = &c->slot[hash(key, n) % SETS * WAYS], *s = find(c, key, n);

	for (size_t i = 0; i < WAYS && !s; i++)
		if (!set[i].n_key)
			s = &set[i];
	if (!s) {
		s = set;
		for (size_t i = 1; i < WAYS; i++)
			if (set[i].used < s->used)
				s = &set[i];
	}
	drop(c, s);
	return s;
}

static void make_room(struct page_cache *c, size_t bytes)
{
	while (c->bytes && c->bytes + bytes > ALL_MAX) {
		drop(c, &c->slot[c->hand]);
		c->hand = (c->hand + 1) % (SETS * WAYS);
	}
}

bool page_cache_answer(struct page_cache *c, const struct http_request *h, struct http_x *x)
{
	char key[KEY_MAX];
	size_t n = key_make(h, key);
	struct slot *s = find(c, key, n);

	if (!s)
		return false;
	if (!fresh(s)) {
		drop(c, s);
		return false;
	}
	s->used = ++c->turn;
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
	struct http_reply p = *reply;

	if (reply->status != 200 || reply->body.n > BODY_MAX)
		return;
	if (wants_gzip(r->http)) {
		str packed = gzip(r->a, reply->body);
		if (packed.n) {
			p.body = packed;
			p.encoding = "gzip";
		}
	}
	make_room(c, p.body.n + PAGE_MORE);
	struct slot *s = place(c, key, n);
	s->bytes = p.body.n + PAGE_MORE;
	c->bytes += s->bytes;
	s->used = ++c->turn;
	snprintf(s->etag, sizeof s->etag, "\"%016llx\"",
	    (unsigned long long)hash(p.body.p, p.body.n));
	http_reply_header(&p, "ETag", str_of(s->etag));
	s->page = http_ready_new(&p);
	p.status = 304;
	p.body = S("");
	s->not_modified = http_ready_new(&p);
	memcpy(s->key, key, n);
	s->n_key = n;
	s->n_hard = r->n_stamps + 1;
	s->n_soft = r->n_soft;
	memcpy(s->hard, r->stamp, sizeof r->stamp);
	s->hard[r->n_stamps] = city_key(r->city.id);
	memcpy(s->soft, r->soft, sizeof s->soft);
	s->made = now;
	s->checked = time_mono();
}
