/* tx.c - snapshots and transactions of one connection, whichever the engine. */
#include "db/engine.h"
#include "db/stamp.h"

err db_read_begin(struct db *db)
{
	return db_held(db)->on ? NULL : db_snapshot(db);
}

void db_read_end(struct db *db)
{
	if (!db_held(db)->on)
		db_undo(db);
}

err db_read_hold(struct db *db)
{
	uint64_t now = stamp_commits();
	struct db_held *held = db_held(db);

	if (held->on && held->commits == now && db_in_tx(db))
		return NULL;
	db_read_release(db);
	TRY(db_snapshot(db));
	*held = (struct db_held){ true, now };
	db_keep_held(db);
	return NULL;
}

void db_read_release(struct db *db)
{
	if (!db_held(db)->on)
		return;
	db_held(db)->on = false;
	db_undo(db);
}

err db_tx_begin(struct db_tx *tx, struct db *db)
{
	CHECK(!tx->open);
	TRY(db_begin(db));
	*tx = (struct db_tx){ { db }, true };
	return NULL;
}

err db_tx_commit(struct db_tx *tx)
{
	CHECK(tx->open);
	TRY(db_commit(tx->tx.db));
	tx->open = false;
	return NULL;
}

void db_tx_end(struct db_tx *tx)
{
	if (tx->open)
		db_undo(tx->tx.db);
	tx->open = false;
}
