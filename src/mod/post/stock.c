#include "mod/post/post.h"
#include "post_read.h"
#include "post_write.h"

err post_add(struct tx *tx, const struct festival *f, struct post *p, int64_t now)
{
	struct post_by_name old;
	bool found;

	TRY(post_q_by_name(tx->db, f->city, f->id, p->name, &old, &found));
	if (found)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "post-there", .field = "name",
		    .arg = { p->name });
	p->id = (post_id){ id_new() };
	p->festival = f->id;
	return post_q_add(tx, f->city, p->id, f->id, p->name, p->venue, now, NULL);
}

err post_get(struct db *db, const struct festival *f, post_id id, struct post *p)
{
	struct post_by_id r;
	bool found;

	TRY(post_q_by_id(db, f->city, id, &r, &found));
	if (!found || r.festival.v != f->id.v)
		return ERR(db_arena(db), ERR_MISSING, "no-such-post");
	*p = (struct post){ r.id, r.festival, r.name, r.venue };
	return NULL;
}

err post_stand(struct tx *tx, const struct post *p, city_id city, person_id person, int64_t now)
{
	return post_q_stand_set(tx, city, person, p->id, now, NULL);
}

/* ---- cards handed over ---------------------------------------------------------- */

static str digits(struct arena *a, int64_t number)
{
	return arena_printf(a, "%09lld", (long long)number);
}

static err range_free(struct tx *tx, const struct festival *f, const struct hand_in *in,
    int64_t *cards)
{
	struct arena *a = db_arena(tx->db);
	struct post_cards_between n;
	struct post_hand_over other;
	bool found;

	TRY(post_q_cards_between(tx->db, f->city, f->id, in->first, in->last, &n));
	if (n.ends != (in->first == in->last ? 1 : 2))
		return ERR(a, ERR_INVALID, "hand-range", .field = "last");
	TRY(post_q_hand_over(tx->db, f->city, f->id, in->first, in->last, &other, &found));
	if (found)
		return ERR(a, ERR_CONFLICT, "hand-taken", .field = "first",
		    .arg = { digits(a, other.first), digits(a, other.last), other.post_name });
	*cards = n.printed;
	return NULL;
}

err post_hand(struct tx *tx, const struct festival *f, const struct post *p,
    const struct hand_in *in, int64_t now, int64_t *cards)
{
	struct post_hand_by_event old;
	hand_id id = { id_new() };
	bool again;

	TRY(post_q_hand_by_event(tx->db, f->city, f->id, in->event, &old, &again));
	if (again && (old.post.v != p->id.v || old.first != in->first || old.last != in->last))
		return ERR(db_arena(tx->db), ERR_CONFLICT, "event-reused", .field = "event",
		    .arg = { in->event });
	*cards = 0;
	if (again)
		return NULL;
	TRY(range_free(tx, f, in, cards));
	return post_q_hand_add(tx, f->city, id, f->id, p->id, in->event, in->first, in->last,
	    *cards, in->taker, in->by, now, NULL);
}

err post_hand_back(struct tx *tx, const struct festival *f, hand_id id, int64_t now)
{
	int64_t changed;

	TRY(post_q_hand_back(tx, f->city, f->id, id, now, &changed));
	return changed ? NULL : ERR(db_arena(tx->db), ERR_MISSING, "no-such-hand");
}

/* ---- who waits ---------------------------------------------------------------------- */

uint64_t queue_key(city_id city, post_id post)
{
	return stamp_key("queue", city.v, post.v);
}

static void touch(struct change *c, city_id city, post_id post)
{
	if (c)
		tx_touch(c, queue_key(city, post));
}

err queue_get(struct db *db, city_id city, post_id post, int64_t day, struct queue *q)
{
	struct post_queue_get r;
	bool found;

	TRY(post_q_queue_get(db, city, post, day, &r, &found));
	*q = found ? (struct queue){ r.taken, r.now, r.calls } : (struct queue){ 0 };
	return NULL;
}

err queue_take(struct tx *tx, struct change *c, city_id city, post_id post, str event,
    int64_t day, int64_t now, int64_t *number)
{
	struct post_ticket_get old;
	struct post_queue_take q;
	bool found;

	TRY(post_q_ticket_get(tx->db, city, post, event, &old, &found));
	*number = found ? old.number : 0;
	if (found)
		return NULL;
	TRY(post_q_queue_take(tx, city, post, day, &q));
	*number = q.taken;
	touch(c, city, post);
	return post_q_ticket_add(tx, city, post, event, day, q.taken, now, NULL);
}

err queue_next(struct tx *tx, struct change *c, city_id city, post_id post, int64_t day,
    int64_t from)
{
	touch(c, city, post);
	return post_q_queue_next(tx, city, post, day, from, NULL);
}

err queue_again(struct tx *tx, struct change *c, city_id city, post_id post, int64_t day,
    int64_t calls)
{
	touch(c, city, post);
	return post_q_queue_again(tx, city, post, day, calls, NULL);
}
