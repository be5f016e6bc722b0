#include "mod/draw/forget.h"
#include "draw_read.h"
#include "draw_write.h"

err draw_card_gone(struct tx *tx, city_id city, int64_t id, int64_t now)
{
	card_id card = { id };
	struct draw_card_held *v;
	size_t n;

	(void)now;
	TRY(draw_q_card_held(tx->db, city, card, &v, &n));
	if (n)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "draw-card-held",
		    .arg = { v[0].name });
	TRY(draw_q_card_papers_gone(tx, city, card, NULL));
	TRY(draw_q_card_receiver_gone(tx, city, card, NULL));
	TRY(draw_q_card_objections_gone(tx, city, card, NULL));
	TRY(draw_q_card_exclusion_gone(tx, city, card, NULL));
	return draw_q_card_struck_gone(tx, city, card, NULL);
}
