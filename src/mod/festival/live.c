/* live.c - the figures as server-sent events: a page need not be loaded again. */
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/web.h"

#define MAGIC	0x11feu

struct live {
	unsigned magic;
	struct db *db;		/* the loop's: next() runs on its thread	*/
	struct arena *own;	/* holds this			*/
	struct arena *a;	/* emptied for each event	*/
	struct festival f;	/* its numbers only: strings are gone		*/
	struct city city;
	enum lang lang;
	uint64_t seen;		/* stamp of what was sent last; 0: nothing yet	*/
};

static void put_texts(struct live *l, const struct festival_total_get *t, struct json_out *o)
{
	struct buf b = BUF(l->a, 4000);
	struct { const char *key; size_t from, to; } part[6];
	size_t n = 0;

#define PART(name, call) \
	do { \
		part[n].key = (name); \
		part[n].from = b.n; \
		call; \
		part[n++].to = b.n; \
	} while (0)
	PART("rupiah", rupiah_put_short(&b, t->rupiah, l->lang));
	PART("exact", rupiah_put(&b, t->rupiah));
	PART("purchases", number_put(&b, t->purchases));
	PART("coupons", number_put(&b, t->coupons));
	PART("reporting", number_put(&b, t->reporting));
	PART("updated", time_put_clock(&b, time_now(), l->city.zone));
#undef PART
	json_begin(o, NULL, '{');
	for (size_t i = 0; i < n; i++)
		json_str(o, part[i].key,
		    str_sub(
		        buf_done(&b), part[i].from, part[i].to - part[i].from));
	json_end(o, '}');
}

static void next(void *ctx, struct buf *out)
{
	struct live *l = ctx;
	struct festival_total_get t;
	uint64_t stamp = stamp_now(), touched;

	CHECK(l->magic == MAGIC);
	touched = stamp_get(festival_totals_key(l->f.city, l->f.id));
	if (l->seen && touched < l->seen)
		return;
	arena_reset(l->a);
	db_arena_set(l->db, l->a);
	if (festival_q_total_get(l->db, l->f.city, l->f.id, &t))
		return;
	struct json_out o = JSON_OUT(l->a, 4000);
	put_texts(l, &t, &o);
	buf_printf(out, "data: %.*s\n\n", SV(json_done(&o)));
	l->seen = stamp + 1;
}

static void gone(void *ctx)
{
	struct live *l = ctx;

	CHECK(l->magic == MAGIC);
	l->magic = 0;
	struct arena *own = l->own;
	arena_free(&l->a);
	arena_free(&own);
}

err web_live(struct req *r)
{
	struct festival f;
	struct live *l;

	TRY(festival_of(r, 1, &f));
	struct arena *own = arena_new();
	l = NEW(own, struct live);
	*l = (struct live){ .magic = MAGIC,
		.own = own,
		.db = r->db,
		.a = arena_new(),
		.city = r->city,
		.lang = r->lang,
		.f = { .city = f.city, .id = f.id } };
	r->stream = NEW(r->a, struct http_stream);
	*r->stream = (struct http_stream){ .next = next, .gone = gone, .ctx = l };
	return NULL;
}
