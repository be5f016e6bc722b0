#include "core/crypto.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/festival.h"
#include <string.h>

err card_find(struct db *db, const struct festival *f, int64_t number, struct card *c)
{
	struct festival_card_by_number r;
	bool found;

	TRY(festival_q_card_by_number(db, f->city, f->id, number, &r, &found));
	if (!found)
		return ERR(db_arena(db), ERR_INVALID, "card-unknown", .field = "card");
	*c = (struct card){ .id = r.id, .number = number, .secret = r.secret, .pin = r.pin,
	    .phone = r.phone, .blocked = r.state != 0, .digital = r.digital != 0,
	    .main = r.main };
	return NULL;
}

err card_add(struct tx *tx, const struct festival *f, struct card *c, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct festival_counter_next next;

	if (!c->secret.n) {
		char *secret = arena_bytes(a, CARD_SECRET);
		rand_bytes(secret, CARD_SECRET);
		c->secret = (str){ secret, CARD_SECRET };
	}
	if (!c->number) {
		TRY(festival_q_counter_next(tx, f->city, S("card"), f->id.v, &next));
		c->number = card_number_make(next.value);
	}
	c->id = (card_id){ id_new() };
	return festival_q_card_add(tx, f->city, c->id, f->id, c->number, c->secret, c->pin,
	    c->phone, c->digital, now, NULL);
}

err cards_issue(struct tx *tx, const struct festival *f, str event, int64_t count, int64_t now,
    int64_t *first, bool *again)
{
	struct arena *a = db_arena(tx->db);
	struct festival_card_batch_get old;

	TRY(festival_q_card_batch_get(tx->db, f->city, f->id, event, &old, again));
	*first = *again ? old.first : 0;
	if (*again && old.cards != count)
		return ERR(a, ERR_CONFLICT, "event-reused", .field = "event", .arg = { event });
	if (*again)
		return NULL;
	if (f->state >= FESTIVAL_CLOSED)
		return ERR(a, ERR_CONFLICT, "festival-not-open", .arg = { f->name });
	for (int64_t i = 0; i < count; i++) {
		struct card c = { 0 };
		TRY(card_add(tx, f, &c, now));
		*first = *first ? *first : c.number;
	}
	return festival_q_card_batch_add(tx, f->city, f->id, event, *first, count, now, NULL);
}

err card_pin_set(struct tx *tx, const struct festival *f, const struct card *c, str hash)
{
	return festival_q_card_pin_set(tx, f->city, c->id, hash, NULL);
}

str card_secret_text(struct arena *a, const struct card *c)
{
	return base32_text(a, c->secret.p, c->secret.n);
}

bool card_secret_ok(const struct card *c, str base32)
{
	unsigned char typed[CARD_SECRET];

	return c->secret.n == CARD_SECRET && base32_parse(typed, sizeof typed, base32) &&
	    bytes_same(typed, c->secret.p, CARD_SECRET);
}

err card_number_of(struct db *db, city_id city, card_id id, int64_t *number)
{
	struct festival_card_by_id c;
	bool found;

	TRY(festival_q_card_by_id(db, city, id, &c, &found));
	*number = found ? c.number : 0;
	return NULL;
}
