#include "mod/qris/store.h"
#include "mod/qris/qris.h"
#include "qris_read.h"
#include "qris_write.h"

err qris_kept_get(struct db *db, city_id city, merchant_id m, struct qris_kept *k)
{
	struct qris_get row;
	bool found;

	TRY(qris_q_get(db, city, m, &row, &found));
	*k = found ? (struct qris_kept){ row.payload, row.asked, row.changed }
	           : (struct qris_kept){ 0 };
	return NULL;
}

err qris_ask(struct tx *tx, city_id city, merchant_id m, str payload, person_id by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct qris q;

	payload = str_trim(payload);
	TRY(qris_read(a, payload, &q));
	if (q.once || q.amount)
		return ERR(a, ERR_INVALID, "qris-once");
	return qris_q_ask(tx, city, m, payload, now, by, NULL);
}

err qris_use(struct tx *tx, city_id city, merchant_id m, str seen, person_id by, int64_t now)
{
	int64_t changed = 0;

	if (seen.n)
		TRY(qris_q_use(tx, city, m, seen, now, by, &changed));
	return changed ? NULL : ERR(db_arena(tx->db), ERR_CONFLICT, "qris-not-asked");
}

err qris_forget_asked(struct tx *tx, city_id city, merchant_id m, person_id by, int64_t now)
{
	return qris_q_forget_asked(tx, city, m, now, by, NULL);
}

err qris_forget(struct tx *tx, city_id city, merchant_id m)
{
	return qris_q_forget(tx, city, m, NULL);
}

struct broken { struct buf *b; };

static err judge(void *ctx, const struct qris_check_all *row)
{
	struct broken *x = ctx;
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct qris q;
	err e = row->payload.n ? qris_read(a, row->payload, &q) : NULL;

	if (e)
		buf_printf(x->b, "QRIS of merchant %.*s: %s\n", SV(id_text(a, row->merchant)),
		    e->rule);
	return NULL;
}

err qris_check_stored(struct db *db, struct buf *broken)
{
	return qris_q_check_all(db, judge, &(struct broken){ broken });
}
