/* live.c - the figures as server-sent events: a page need not be loaded again. */
#include "core/live.h"
#include "festival_read.h"
#include "mod/festival/bar.h"
#include "mod/festival/web.h"

static void put_texts(const struct live_of *of, const struct festival_total_get *t,
    struct json_out *o)
{
	struct buf b = BUF(o->b.a, 4000);
	struct { const char *key; size_t from, to; } part[6];
	size_t n = 0;

#define PART(name, call) \
	do { \
		part[n].key = (name); \
		part[n].from = b.n; \
		call; \
		part[n++].to = b.n; \
	} while (0)
	PART("rupiah", rupiah_put_short(&b, t->rupiah, of->lang));
	PART("exact", rupiah_put(&b, t->rupiah));
	PART("purchases", number_put(&b, t->purchases));
	PART("coupons", number_put(&b, t->coupons));
	PART("reporting", number_put(&b, t->reporting));
	PART("updated", time_put_clock(&b, time_now(), of->zone));
#undef PART
	json_begin(o, NULL, '{');
	for (size_t i = 0; i < n; i++)
		json_str(o, part[i].key,
		    str_sub(
		        buf_done(&b), part[i].from, part[i].to - part[i].from));
	json_end(o, '}');
}

static err figures(struct db *db, const struct live_of *of, struct json_out *o)
{
	struct festival_total_get t;

	TRY(festival_q_total_get(db, of->city, (festival_id){ of->id }, &t));
	put_texts(of, &t, o);
	return NULL;
}

err web_live(struct req *r)
{
	struct festival f;

	TRY(festival_of(r, 1, &f));
	live_open(r, festival_totals_key(f.city, f.id), figures,
	    &(struct live_of){ f.city, f.id.v, r->city.zone, r->lang });
	return NULL;
}
