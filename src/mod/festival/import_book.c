/* import_book.c - the row of an import and its states. */
#include "core/audit.h"
#include "festival_write.h"
#include "mod/festival/import_task.h"
#include "mod/festival/merchant_permit.h"

uint64_t import_stamp(city_id city, int64_t id)
{
	return stamp_key("import", city.v, id);
}

bool import_running(int64_t state)
{
	return state == IMPORT_CHECKING || state == IMPORT_RECORDING || state == IMPORT_UNDOING ||
	    state == IMPORT_STRIKING;
}

err import_row_get(struct db *db, const struct festival *f, int64_t id,
    struct festival_import_get *row)
{
	bool found;

	TRY(festival_q_import_get(db, f->city, id, row, &found));
	return found && row->festival.v == f->id.v ? NULL :
	    ERR(db_arena(db), ERR_MISSING, "no-such-page");
}

err import_idle(struct db *db, const struct festival *f)
{
	struct festival_import_busy busy;

	TRY(festival_q_import_busy(db, f->city, f->id, IMPORT_RECORDING, IMPORT_UNDOING,
	    IMPORT_STRIKING, &busy));
	return !busy.n ? NULL :
	    ERR(db_arena(db), ERR_CONFLICT, "import-runs", .arg = { f->name });
}

err import_bring(struct tx *tx, struct change *c, const struct festival *f,
    const struct import_brought *b, const struct import_ask *q)
{
	work_wanted(c);
	return festival_q_import_add(tx, f->city, b->id, f->id, (int64_t)b->kind, IMPORT_CHECKING,
	    b->name, b->sha256, b->size, q->now, q->by, q->person, NULL);
}

err import_go(struct tx *tx, struct change *c, const struct festival *f,
    const struct festival_import_get *row, const struct import_ask *q)
{
	struct arena *a = db_arena(tx->db);

	if (row->state >= IMPORT_RECORDING)
		return NULL;
	if (row->state != IMPORT_JUDGED || row->bad || !row->good)
		return ERR(a, ERR_CONFLICT, "import-not-ready");
	work_wanted(c);
	return festival_q_import_go(tx, f->city, row->id, IMPORT_JUDGED, IMPORT_RECORDING, q->by,
	    q->person, row->good, NULL);
}

err import_strike(struct tx *tx, struct change *c, const struct festival *f,
    const struct festival_import_get *row, str reason, const struct import_ask *q)
{
	struct arena *a = db_arena(tx->db);

	if (row->state == IMPORT_STRIKING || row->state == IMPORT_STRUCK)
		return NULL;
	if (row->state != IMPORT_DONE)
		return ERR(a, ERR_CONFLICT, "import-not-done");
	if (f->state != FESTIVAL_OPEN && f->state != FESTIVAL_CLOSED)
		return ERR(a, ERR_CONFLICT, "festival-frozen", .arg = { f->name });
	TRY(nik_refuse(a, "reason", reason));
	work_wanted(c);
	return festival_q_import_strike(tx, f->city, row->id, IMPORT_DONE, IMPORT_STRIKING, reason,
	    q->by, q->person, q->now, row->recorded, NULL);
}

err import_forget(struct tx *tx, const struct festival *f, const struct festival_import_get *row)
{
	if (row->state != IMPORT_JUDGED && row->state != IMPORT_REFUSED)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "import-not-ready");
	TRY(festival_q_import_says_drop(tx, f->city, row->id, NULL));
	return festival_q_import_drop(tx, f->city, row->id, NULL);
}

err import_book(struct tx *tx, const struct import_ask *q, const struct import *m)
{
	const struct import_sums *s = import_sums(m);

	TRY(festival_q_import_add(tx, q->city->id, q->id, q->f->id, (int64_t)q->kind, IMPORT_DONE,
	    q->name, import_sha256(m), (int64_t)q->bytes.n, q->now, q->by, q->person, NULL));
	return festival_q_import_judged(tx, q->city->id, q->id, s->lines, s->good, s->again, s->bad,
	    0, s->rupiah, s->carded, s->undated, s->day, s->first_day, s->last_day, NULL);
}

err import_booked(struct tx *tx, const struct import_ask *q, const struct import_done *done)
{
	TRY(festival_q_import_go(tx, q->city->id, q->id, IMPORT_DONE, IMPORT_DONE, q->by, q->person,
	    done->recorded, NULL));
	return festival_q_import_more(tx, q->city->id, q->id, IMPORT_DONE, done->recorded,
	    done->rupiah, q->now, NULL);
}
