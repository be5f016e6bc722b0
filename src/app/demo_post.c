/* demo_post.c - the posts of the demonstration city, each with its cards. */
#include "app/demo.h"
#include "core/who.h"
#include "festival_read.h"
#include "mod/post/post.h"

enum { POSTS = 6, EACH = 40 };	/* the markets are the first venues	*/

static err printed(struct demo *d, int64_t number, bool *yes)
{
	struct card c;

	TRY(card_find(d->db, &d->f, number, &c));
	*yes = !c.digital;
	return NULL;
}

/* A piece of the newest cards whose first and last are printed ones. */
static err range(struct demo *d, int64_t from, struct hand_in *h)
{
	bool yes = false;

	for (int64_t i = from; i < from + EACH; i++) {
		TRY(printed(d, d->cards[i], &yes));
		if (!yes)
			continue;
		h->first = h->first ? h->first : d->cards[i];
		h->last = d->cards[i];
	}
	return NULL;
}

static err one(struct demo *d, struct tx *tx, int64_t i, struct post *p)
{
	int64_t at = time_of_day(d->f.first_day, d->city.zone), cards;
	struct hand_in h = { .event = arena_printf(d->scratch, "demo-hand-%lld", (long long)i),
	    .taker = S("Petugas pos"), .by = S("panitia") };
	struct festival_venue_by_id v;
	bool found;

	TRY(festival_q_venue_by_id(tx->db, d->city.id, d->venues[i], &v, &found));
	*p = (struct post){ .name = arena_printf(d->scratch, "Pos %.*s", SV(v.name)),
	    .venue = d->venues[i] };
	TRY(post_add(tx, &d->f, p, at));
	TRY(range(d, d->scale.cards - (i + 1) * EACH, &h));
	return h.first ? post_hand(tx, &d->f, p, &h, at, &cards) : NULL;
}

err demo_posts(struct demo *d, struct tx *tx, int64_t from, int64_t to)
{
	struct post p, first;

	(void)from;
	(void)to;
	for (int64_t i = 0; i < POSTS && (i + 1) * EACH <= d->scale.cards; i++) {
		TRY(one(d, tx, i, &p));
		if (!i)
			first = p;
	}
	return d->scale.cards < EACH ? NULL :
	    post_stand(tx, &first, d->city.id, d->officer, d->f.created);
}
