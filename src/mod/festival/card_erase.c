#include "mod/festival/card_erase.h"
#include "core/react.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/card_person.h"

#define DIGITS_MAX	7	/* a card has nine, a phone more; a year four */

static err one(struct tx *tx, const struct festival *f, card_id card, int64_t now)
{
	TRY(react_card_gone(tx, f->city, card.v, now));
	TRY(festival_q_card_openings_drop(tx, f->city, card, (str){ 0 }, NULL));
	TRY(festival_q_card_join_words_gone(tx, f->city, card, NULL));
	TRY(festival_q_card_audit_gone(tx, f->city, card.v, NULL));
	TRY(festival_q_forget_drop(tx, f->city, card, NULL));
	return festival_q_card_erase(tx, f->city, card, (str){ 0 }, NULL);
}

/* The number of a card or a phone, however it is spaced. */
static bool names_somebody(str s)
{
	int digits = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (digits < DIGITS_MAX && s.p[i] != ' ')
			digits = 0;
	return digits >= DIGITS_MAX;
}

struct requests { int64_t asked; bool waits, answered; str by; };

/* What was asked for one of them and answered, before the rows of asking go. */
static err asked_of(struct db *db, city_id city, card_id card, struct requests *all)
{
	struct festival_forget_of_card x;
	bool found;

	TRY(festival_q_forget_of_card(db, city, card, &x, &found));
	if (!found)
		return NULL;
	if (!all->asked || x.asked < all->asked)
		all->asked = x.asked;
	all->waits |= x.waits;
	if (!x.waits && x.answered) {
		all->answered = true;
		all->by = x.answer_by;
	}
	return NULL;
}

static err all(struct tx *tx, const struct festival *f, const struct card *card, int64_t now,
    int64_t *cards, struct requests *asked)
{
	card_id head = card_standing(card->id, card->main).head;
	struct festival_card_members *m;
	size_t n;

	TRY(festival_q_card_members(tx->db, f->city, head, &m, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(asked_of(tx->db, f->city, m[i].id, asked));
		TRY(one(tx, f, m[i].id, now));
	}
	if (!n) {
		TRY(asked_of(tx->db, f->city, card->id, asked));
		TRY(one(tx, f, card->id, now));
	}
	*cards = n ? (int64_t)n : 1;
	return NULL;
}

err card_erase(struct tx *tx, struct change *c, const struct festival *f,
    const struct card_erasing *in, int64_t *cards)
{
	struct arena *a = db_arena(tx->db);
	str reason = str_trim(in->reason);
	struct requests asked = { .asked = 0 };
	struct card card;

	if (reason.n < 3 || reason.n > 200 || !str_utf8(reason) || names_somebody(reason))
		return ERR(a, ERR_INVALID, "card-erase-reason", .field = "reason");
	TRY(card_find(tx->db, f, in->number, &card));
	TRY(all(tx, f, &card, in->now, cards, &asked));
	/* Refused after the rows are gone: the whole change is undone. */
	if (asked.answered && !asked.waits && !in->despite)
		return ERR(a, ERR_CONFLICT, "forget-answered", .arg = { asked.by });
	TRY(festival_q_forget_add(tx, f->city, id_new(), f->id, NULL, asked.asked, in->now, *cards,
	    in->by, reason, NULL));
	work_wanted(c);
	/* Who was on the list of a draw is another question now (sale_stand). */
	if (c)
		tx_touch(c, festival_key(f->city, f->id));
	return NULL;
}

/* ---- asking ------------------------------------------------------------------ */

err card_forgetting(struct db *db, const struct festival *f, const struct card *card,
    struct card_forgetting *out)
{
	struct festival_forget_of_card x;
	bool found;

	TRY(festival_q_forget_of_card(db, f->city, card->id, &x, &found));
	*out = (struct card_forgetting){ .asked = 0 };
	if (found)
		*out = (struct card_forgetting){ x.asked, x.waits, x.answered, x.answer,
		    x.answer_by };
	return NULL;
}

err card_forget_count(struct db *db, const struct festival *f, int64_t *waiting)
{
	struct festival_forget_count n;

	TRY(festival_q_forget_count(db, f->city, f->id, &n));
	*waiting = n.waiting;
	return NULL;
}

err card_forget_ask(struct tx *tx, struct change *c, const struct festival *f,
    const struct card *card, int64_t now)
{
	struct card_forgetting was;

	if (card->blocked)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "card-gone");
	TRY(card_forgetting(tx->db, f, card, &was));
	if (was.waits)
		return NULL;
	if (c)
		tx_touch(c, festival_key(f->city, f->id));
	if (was.answered)
		return festival_q_forget_again(tx, f->city, card->id, now, NULL);
	return festival_q_forget_add(tx, f->city, id_new(), f->id, &card->id, now, 0, 0, S(""),
	    S(""), NULL);
}

err card_forget_back(struct tx *tx, struct change *c, const struct festival *f,
    const struct card *card)
{
	if (c)
		tx_touch(c, festival_key(f->city, f->id));
	TRY(festival_q_forget_back(tx, f->city, card->id, NULL));
	return festival_q_forget_unasked(tx, f->city, card->id, NULL);
}

err card_forget_turn_down(struct tx *tx, struct change *c, const struct festival *f,
    const struct card *card, str answer, str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct card_forgetting was;

	TRY(card_forgetting(tx->db, f, card, &was));
	if (!was.waits && was.answered)
		return str_eq(was.answer, answer) && str_eq(was.by, by) ? NULL :
		    ERR(a, ERR_CONFLICT, "forget-answered", .arg = { was.by });
	if (!was.waits)
		return ERR(a, ERR_CONFLICT, "forget-nothing");
	if (c)
		tx_touch(c, festival_key(f->city, f->id));
	return festival_q_forget_turn_down(tx, f->city, card->id, now, answer, by, NULL);
}

/* ---- the bytes ----------------------------------------------------------------- */

struct wiped { struct change c; city_id city; int64_t below, now; };

err forget_wiped_all(struct tx *tx, city_id city, int64_t now)
{
	return festival_q_forget_wiped(tx, city, INT64_MAX, now, NULL);
}

/* What was erased since the log was emptied is not meant. */
static err note(struct change *c, struct tx *tx)
{
	const struct wiped *x = (const struct wiped *)c;

	return festival_q_forget_wiped(tx, x->city, x->below, x->now, NULL);
}

err forget_work(struct work *w)
{
	struct wiped x = { .c = { .run = note, .a = w->a, .turn = w->city.id.v },
	    .city = w->city.id };
	struct festival_forget_unwiped last;

	TRY(festival_q_forget_unwiped(w->db, w->city.id, &last));
	if (!last.id)
		return NULL;
	/* Not now: in a minute again. */
	TRY(writer_wipe(w->writer, w->a));
	x.below = last.id + 1;
	x.now = time_now();
	return writer_call(w->writer, &x.c);
}
