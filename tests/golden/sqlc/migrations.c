/* Made by tools/sqlc.py from the migrate folders. */
#include "db/db.h"

extern const struct migration laris_migrations[];
extern const size_t laris_n_migrations;

const struct migration laris_migrations[] = {
	{ "shop", 1, "start",
	    "CREATE TABLE region (\n"
	    "  code TEXT PRIMARY KEY,\n"
	    "  name TEXT NOT NULL\n"
	    ") STRICT, WITHOUT ROWID;\n"
	    "CREATE TABLE shop (\n"
	    "  city   INTEGER   NOT NULL,\n"
	    "  id     INTEGER   NOT NULL,\n"
	    "  name   TEXT  NOT NULL,\n"
	    "  secret BLOB NOT NULL,\n"
	    "  owner  INTEGER,\n"
	    "  open   INTEGER   NOT NULL DEFAULT 1,\n"
	    "  region TEXT  REFERENCES region (code),\n"
	    "  motto  TEXT,\n"
	    "  PRIMARY KEY (city, id),\n"
	    "  UNIQUE (city, name)\n"
	    ") STRICT, WITHOUT ROWID;\n"
	    "CREATE TABLE sale (\n"
	    "  city   INTEGER NOT NULL,\n"
	    "  id     INTEGER NOT NULL,\n"
	    "  shop   INTEGER NOT NULL,\n"
	    "  amount INTEGER NOT NULL CHECK (amount > 0),\n"
	    "  PRIMARY KEY (city, id),\n"
	    "  FOREIGN KEY (city, shop) REFERENCES shop (city, id)\n"
	    ") STRICT, WITHOUT ROWID;\n"
	    "CREATE INDEX sale_shop ON sale (city, shop, id);",
	    "CREATE TABLE region (\n"
	    "  code text PRIMARY KEY,\n"
	    "  name text NOT NULL\n"
	    ");\n"
	    "CREATE TABLE shop (\n"
	    "  city   bigint   NOT NULL,\n"
	    "  id     bigint   NOT NULL,\n"
	    "  name   text  NOT NULL,\n"
	    "  secret bytea NOT NULL,\n"
	    "  owner  bigint,\n"
	    "  open   bigint   NOT NULL DEFAULT 1,\n"
	    "  region text  REFERENCES region (code),\n"
	    "  motto  text,\n"
	    "  PRIMARY KEY (city, id),\n"
	    "  UNIQUE (city, name)\n"
	    ");\n"
	    "CREATE TABLE sale (\n"
	    "  city   bigint NOT NULL,\n"
	    "  id     bigint NOT NULL,\n"
	    "  shop   bigint NOT NULL,\n"
	    "  amount bigint NOT NULL CHECK (amount > 0),\n"
	    "  PRIMARY KEY (city, id),\n"
	    "  FOREIGN KEY (city, shop) REFERENCES shop (city, id)\n"
	    ");\n"
	    "CREATE INDEX sale_shop ON sale (city, shop, id);",
	    "c6ad2cf42cfde6d89135dd2d4ed53b090cb89a723fe9fc82d46ad1163e8f1590" },
	{ "shop", 2, "more",
	    "ALTER TABLE sale ADD COLUMN note TEXT NOT NULL DEFAULT '';\n"
	    "CREATE INDEX sale_note ON sale (city, note COLLATE NOCASE);\n"
	    "INSERT INTO region (code, name) VALUES ('33.72', 'Kota \"Surakarta\"; \\');",
	    "ALTER TABLE sale ADD COLUMN note text NOT NULL DEFAULT '';\n"
	    "CREATE INDEX sale_note ON sale (city, lower(note));\n"
	    "INSERT INTO region (code, name) VALUES ('33.72', 'Kota \"Surakarta\"; \\');",
	    "8126cb6b4f60356aa40b0b9ff392157f0ee49d4bad093170dd462222fb22a26f" },
};
const size_t laris_n_migrations = countof(laris_migrations);
