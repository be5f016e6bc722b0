#include "core/live.h"

#define MAGIC	0x11feu

struct live {
	unsigned magic;
	struct db *db;		/* the loop's: next() runs on its thread	*/
	struct arena *own;	/* holds this			*/
	struct arena *a;	/* emptied for each event	*/
	struct live_of of;
	live_event *event;
	uint64_t key, seen;	/* seen: stamp of what was sent last; 0: nothing yet */
};

static void next(void *ctx, struct buf *out)
{
	struct live *l = ctx;
	uint64_t stamp = stamp_now();

	CHECK(l->magic == MAGIC);
	if (l->seen && stamp_get(l->key) < l->seen)
		return;
	arena_reset(l->a);
	db_arena_set(l->db, l->a);
	struct json_out o = JSON_OUT(l->a, 4000);
	if (l->event(l->db, &l->of, &o))
		return;
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

void live_open(struct req *r, uint64_t key, live_event *event, const struct live_of *of)
{
	struct arena *own = arena_new();
	struct live *l = NEW(own, struct live);

	*l = (struct live){ .magic = MAGIC, .db = r->db, .own = own, .a = arena_new(), .of = *of,
	    .event = event, .key = key };
	r->stream = NEW(r->a, struct http_stream);
	*r->stream = (struct http_stream){ .next = next, .gone = gone, .ctx = l };
}
