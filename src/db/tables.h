/*
 * tables.h - the tables that hold a city's rows, as the schema has them:
 * for copying a whole city, and for nothing else.
 *
 * Layer 1.  A table is a city's if its first column is "city"; they come in
 * the order they were made, so what a row leans on is before it.
 */
#ifndef LARIS_DB_TABLES_H
#define LARIS_DB_TABLES_H

#include "db/db.h"

enum column_kind { COLUMN_INT = 'i', COLUMN_TEXT = 't', COLUMN_BYTES = 'b' };
struct db_column { str name; enum column_kind kind; };
struct db_table { str name; struct db_column *column; size_t n; };

err	db_tables(struct db *, struct db_table **, size_t *n) MUST_USE;
/* All columns, in their order: the rows of city 1; and one row more. */
const struct db_query *db_table_read(struct arena *, const struct db_table *);
const struct db_query *db_table_write(struct arena *, const struct db_table *);

#endif
