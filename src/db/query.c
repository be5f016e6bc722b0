#include "db/db.h"

err db_no_row(struct db *db, const struct db_query *q)
{
	return ERR(db_arena(db), ERR_MISSING, "not-found",
	    .log = str_of(q->name));
}
