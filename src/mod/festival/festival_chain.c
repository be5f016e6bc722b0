/*
 * festival_chain.c - walks every chain of purchases (docs/decisions/001).
 *
 * The rows come sorted by their owner, so only one card's or merchant's
 * purchases are in memory at a time: its chain is walked there, from the
 * head, and what the walk did not meet is named.
 */
#include "festival_read.h"
#include "mod/festival/organiser.h"
#include <stdlib.h>

enum { MOST_SAID = 20 };	/* lines a sale: enough to see what happened */

struct link {
	int64_t id, before, number;
	bool direct;		/* credited when it was recorded, not claimed later */
	bool met;
};

struct chain {
	struct arena *a;
	struct buf *broken;
	str slug;
	const char *whose;
	int said;
	int64_t owner, head;
	bool any;
	struct { struct link *v; size_t n, cap; } links;
};

static void say(struct chain *c, const char *what, int64_t id)
{
	if (c->said++ < MOST_SAID)
		buf_printf(c->broken, "%.*s: chain of %s %.*s: purchase %.*s %s\n", SV(c->slug),
		    c->whose, SV(id_text(c->broken->a, c->owner)),
		    SV(id_text(c->broken->a, id)), what);
}

static int by_id(const void *x, const void *y)
{
	const struct link *a = x, *b = y;

	return (a->id > b->id) - (a->id < b->id);
}

static struct link *find(struct chain *c, int64_t id)
{
	struct link key = { .id = id };

	return c->links.n ? bsearch(&key, c->links.v, c->links.n, sizeof key, by_id) : NULL;
}

/*
 * What was credited at once was recorded after all that lies before it in
 * the chain; what was claimed may have been recorded long before.  By the
 * sale's own numbers, not by clocks: those can be set back.
 */
static void walk(struct chain *c)
{
	int64_t below = INT64_MAX;

	for (int64_t at = c->head; at;) {
		struct link *l = find(c, at);
		if (!l) {
			say(c, "is linked and is not one of its own", at);
			return;
		}
		if (l->met) {
			say(c, "is reached twice", at);
			return;
		}
		l->met = true;
		if (l->number >= below)
			say(c, "comes after a newer one", at);
		if (l->direct && l->number < below)
			below = l->number;
		at = l->before;
	}
}

static void finish(struct chain *c)
{
	if (!c->any)
		return;
	if (c->links.n)
		qsort(c->links.v, c->links.n, sizeof *c->links.v, by_id);
	walk(c);
	for (size_t i = 0; i < c->links.n; i++)
		if (!c->links.v[i].met)
			say(c, "is not reached from the newest", c->links.v[i].id);
	c->links.n = 0;
	c->head = 0;
}

static void add(struct chain *c, int64_t owner, int64_t head, struct link l)
{
	if (!c->any || owner != c->owner)
		finish(c);
	c->owner = owner;
	c->any = true;
	if (head)
		c->head = head;
	else if (l.id)
		*VEC_ADD(c->a, &c->links) = l;
}

static err card_link(void *ctx, const struct festival_check_card_links *r)
{
	add(ctx, r->owner, r->link ? 0 : r->purchase, (struct link){
	    .id = r->link ? r->purchase : 0, .before = r->before, .number = r->number,
	    .direct = r->direct != 0 });
	return NULL;
}

static err merchant_link(void *ctx, const struct festival_check_merchant_links *r)
{
	add(ctx, r->owner, r->link ? 0 : r->purchase, (struct link){
	    .id = r->link ? r->purchase : 0, .before = r->before, .number = r->number,
	    .direct = true });
	return NULL;
}

err chain_check_cards(struct db *db, city_id city, festival_id festival, str slug,
    struct buf *broken)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new();
	struct chain c = { .a = scratch, .broken = broken, .slug = slug, .whose = "card" };

	TRY(festival_q_check_card_links(db, city.v, festival.v, card_link, &c));
	finish(&c);
	return NULL;
}

err chain_check_merchants(struct db *db, city_id city, festival_id festival, str slug,
    struct buf *broken)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new();
	struct chain c = { .a = scratch, .broken = broken, .slug = slug, .whose = "merchant" };

	TRY(festival_q_check_merchant_links(db, city.v, festival.v, merchant_link, &c));
	finish(&c);
	return NULL;
}
