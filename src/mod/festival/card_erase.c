#include "mod/festival/card_erase.h"
#include "core/react.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/card_person.h"

static err one(struct tx *tx, const struct festival *f, card_id card, int64_t now)
{
	TRY(react_card_gone(tx, f->city, card.v, now));
	TRY(festival_q_card_openings_drop(tx, f->city, card, (str){ 0 }, NULL));
	return festival_q_card_erase(tx, f->city, card, (str){ 0 }, NULL);
}

err card_erase(struct tx *tx, struct change *c, const struct festival *f, int64_t number,
    str reason, int64_t now, int64_t *cards)
{
	struct arena *a = db_arena(tx->db);
	struct festival_card_members *m;
	struct card card;
	size_t n;

	reason = str_trim(reason);
	if (reason.n < 3 || reason.n > 200 || !str_utf8(reason))
		return ERR(a, ERR_INVALID, "card-erase-reason", .field = "reason");
	TRY(card_find(tx->db, f, number, &card));
	card_id head = card_standing(card.id, card.main).head;
	TRY(festival_q_card_members(tx->db, f->city, head, &m, &n));
	for (size_t i = 0; i < n; i++)
		TRY(one(tx, f, m[i].id, now));
	if (!n)
		TRY(one(tx, f, card.id, now));
	*cards = n ? (int64_t)n : 1;
	/* Who was on the list of a draw is another question now (sale_stand). */
	if (c)
		tx_touch(c, festival_key(f->city, f->id));
	return NULL;
}
