"""Cases of sqlc_test.py: what is refused, with a word of the reason."""

USE = "-- use: mod/t/ids.h\n"

SCHEMA = """
-- reference table
CREATE TABLE region (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE shop (
  city int NOT NULL, id int NOT NULL, name text NOT NULL, secret bytes,
  PRIMARY KEY (city, id), UNIQUE (city, name)
);
CREATE TABLE sale (
  city int NOT NULL, id int NOT NULL, shop int NOT NULL,
  amount int NOT NULL, note text NOT NULL DEFAULT '',
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, shop) REFERENCES shop (city, id)
);
"""

KEY = "PRIMARY KEY (city, id)"
T = "CREATE TABLE t (city int NOT NULL, id int NOT NULL, "
#: (name, migration or {file: text}, word of the reason)
SCHEMAS = [
    ("no primary key", "CREATE TABLE t (city int, id int);",
     "no PRIMARY KEY"),
    ("a key without city", "CREATE TABLE t (id int PRIMARY KEY);",
     "begins with city"),
    ("a key with city behind",
     "CREATE TABLE t (id int, city int, PRIMARY KEY (id, city));",
     "begins with city"),
    ("'reference table' not on the line above",
     "-- reference table\n\nCREATE TABLE t (id int PRIMARY KEY);",
     "begins with city"),
    ("a key of nothing", T + "PRIMARY KEY (city, no));", "not declared"),
    ("UNIQUE without city", T + f"a int, {KEY}, UNIQUE (a));",
     "UNIQUE without city"),
    ("a unique column", T + f"a int UNIQUE, {KEY});", "UNIQUE without city"),
    ("a unique index without city",
     T + f"a int, {KEY});\nCREATE UNIQUE INDEX i ON t (a);",
     "UNIQUE without city"),
    ("SQLite's type names", T + f"a INTEGER, {KEY});", "'name int'"),
    ("a type with a length", T + f"a text (20), {KEY});", "no length"),
    ("a column without a type", T + f"a, {KEY});", "'name int'"),
    ("a column twice", T + f"a int, a int, {KEY});", "twice"),
    ("boolean", T + f"a boolean, {KEY});", "'name int'"),
    ("a moment as default",
     T + f"a text DEFAULT CURRENT_TIMESTAMP, {KEY});", "time comes in"),
    ("now() as default", T + f"a int DEFAULT (now()), {KEY});",
     "time comes in"),
    ("random() as default", T + f"a int DEFAULT (random()), {KEY});",
     "random numbers"),
    ("AUTOINCREMENT",
     "CREATE TABLE t (city int PRIMARY KEY AUTOINCREMENT);", "ids come in"),
    ("a trigger", T + f"{KEY});\nCREATE TRIGGER x AFTER INSERT ON t "
     "BEGIN SELECT 1; END;", "no triggers"),
    ("a trigger for one engine", T + f"{KEY});\n-- @sqlite\nCREATE TRIGGER x "
     "AFTER INSERT ON t BEGIN SELECT 1; END;", "no triggers"),
    ("ON DELETE SET NULL", SCHEMA + T + f"shop int, {KEY}, FOREIGN KEY "
     "(city, shop) REFERENCES shop (city, id) ON DELETE SET NULL);",
     "ON DELETE SET NULL"),
    ("a foreign key without city", SCHEMA + T + f"shop int, {KEY}, "
     "FOREIGN KEY (shop) REFERENCES shop (id));", "holds city"),
    ("a column that refers to a city's table",
     SCHEMA + T + f"shop int REFERENCES shop (id), {KEY});", "holds city"),
    ("a reference table that refers to a city's", SCHEMA
     + "-- reference table\nCREATE TABLE t (city int, id int PRIMARY KEY, "
     "FOREIGN KEY (city, id) REFERENCES shop (city, id));",
     "a city's table"),
    ("a foreign key to nothing",
     T + f"{KEY}, FOREIGN KEY (city, id) REFERENCES no (city, id));",
     "unknown so far"),
    ("STRICT by hand", T + f"{KEY}) STRICT;", "by themselves"),
    ("IF NOT EXISTS", f"CREATE TABLE IF NOT EXISTS t (city int, {KEY});",
     "runs once"),
    ("a table twice", T + f"{KEY});\n" + T + f"{KEY});", "exists"),
    ("a transaction", "BEGIN;", "the writer's"),
    ("PRAGMA", "PRAGMA foreign_keys=OFF;", "engine"),
    ("a view", "CREATE VIEW v AS SELECT 1;", "does not belong"),
    ("ALTER of nothing", "ALTER TABLE no ADD COLUMN a int;", "unknown table"),
    ("ALTER with a foreign type",
     T + f"{KEY});\nALTER TABLE t ADD COLUMN a VARCHAR;", "'name int'"),
    ("quoted names", T + f'"order" int, {KEY});', "quoted names"),
    ("an unknown section", "-- @mysql\nSELECT 1;", "unknown section"),
    ("a section inside a statement", T + "\n-- @sqlite\n" + KEY + ");",
     "inside a statement"),
    ("no end", T + f"{KEY})", "no ';'"),
    ("an empty statement", T + f"{KEY});;", "an empty statement"),
    ("a parameter", f"{T}{KEY});\nDELETE FROM t WHERE city = :x;",
     "no parameters"),
    ("what SQLite does not understand", T + f"{KEY});\nDELETE FROM no "
     "WHERE city = 1;", "no such table"),
    ("a string without end", T + f"a text DEFAULT 'x, {KEY});",
     "cannot read"),
    ("a parenthesis without end", T + "a int;", "never closed"),
    ("a number left out", {"0001-a.sql": SCHEMA, "0003-b.sql": ""},
     "number 0002 is missing"),
    ("a number twice", {"0001-a.sql": SCHEMA, "0001-b.sql": ""}, "doubled"),
    ("a name without its number", {"start.sql": SCHEMA}, "NNNN-name.sql"),
]

GOOD_SCHEMAS = [
    ("engines apart", SCHEMA + "-- @sqlite\nCREATE INDEX a ON shop (city);\n"
     "-- @postgres\nCREATE INDEX a ON shop USING btree (city);\n-- @both\n"
     "CREATE INDEX b ON shop (city, name);"),
    ("ALTER", SCHEMA + "ALTER TABLE shop ADD COLUMN a int NOT NULL DEFAULT 0;\n"
     "ALTER TABLE shop RENAME COLUMN a TO b;\nALTER TABLE shop DROP COLUMN b;"),
    ("a refusal's word in a string or a comment",
     SCHEMA + "-- no random() or TRIGGER here; /* BEGIN */\n"
     "INSERT INTO region (code, name) VALUES ('a', 'now(); -- COMMIT');"),
    ("columns named like types", T + f"text text, bytes int, {KEY});"),
    ("its own reference", T + f"up int, {KEY}, "
     "FOREIGN KEY (city, up) REFERENCES t (city, id));"),
    ("nothing yet", {}),
]


def q(head, sql, mode=":many", name="x"):
    lines = "".join(f"-- {h}\n" for h in head)
    return f"{USE}-- name: {name} {mode}\n{lines}{sql}\n"


IN = "in: city city_id, id int"
ID = "out: id int"
GET = "SELECT id FROM shop WHERE city = :city AND id = :id;"
ALL = "SELECT id FROM shop WHERE city = :city;"
CITY = "in: city city_id"
#: (name, text, word of the reason)
STATEMENTS = [
    ("kept, and writes", q([CITY, "in: id int", "kept: why not"],
     "DELETE FROM sale WHERE city = :city AND id = :id;", ":exec"), "that read"),
    ("kept without a reason", q([CITY, ID, "kept:"], "SELECT id FROM shop WHERE city = :city;"),
     "needs its reason"),
    ("kept by two texts", q([CITY, "in: x text, y text", ID, "kept: why not"],
     "SELECT id FROM shop WHERE city = :city AND name IN (:x, :y);"), "one text"),
    ("no city", q(["in: id int", ID], "SELECT id FROM shop WHERE id = :id;"),
     "without its city"),
    ("city only in the results", q(["in: id int", "out: city int"],
     "SELECT city FROM shop WHERE id = :id;"), "without its city"),
    ("city only in ORDER BY", q([ID], "SELECT id FROM shop ORDER BY city;"),
     "without its city"),
    ("a join without city", q([CITY, ID], "SELECT a.id FROM sale a JOIN shop b "
     "ON b.id = a.shop WHERE a.city = :city;"), "shop is reached without"),
    ("a comma join without city", q([CITY, ID], "SELECT a.id FROM sale a, "
     "shop b WHERE a.city = :city AND b.id = a.shop;"),
     "shop is reached without"),
    ("a subquery without city", q([CITY, ID], "SELECT id FROM shop WHERE "
     "city = :city AND id IN (SELECT shop FROM sale);"),
     "sale is reached without"),
    ("a CTE without city", q([CITY, ID], "WITH s AS (SELECT shop FROM sale) "
     "SELECT id FROM shop WHERE city = :city AND id IN (SELECT shop FROM s);"),
     "sale is reached without"),
    ("half of a UNION without city", q([CITY, ID], "SELECT id FROM shop WHERE "
     "city = :city UNION ALL SELECT id FROM sale;"),
     "sale is reached without"),
    ("an UPDATE without city", q(["in: id int, name text"],
     "UPDATE shop SET name = :name WHERE id = :id;", ":exec"),
     "without its city"),
    ("a DELETE without city", q(["in: id int"],
     "DELETE FROM shop WHERE id = :id;", ":exec"), "without its city"),
    ("an INSERT without city", q(["in: id int, name text"],
     "INSERT INTO shop (id, name) VALUES (:id, :name);", ":exec"),
     "does not set city"),
    ("an INSERT without columns", q([CITY + ", id int, name text"],
     "INSERT INTO shop VALUES (:city, :id, :name, NULL);", ":exec"),
     "name the columns"),
    ("a city out of nowhere", q([ID], "SELECT id FROM shop WHERE city = 7;"),
     "whose rows"),
    ("two cities, equal only to each other", q([ID], "SELECT a.id FROM sale a "
     "JOIN shop b ON b.city = a.city WHERE b.id = a.shop;"), "whose rows"),
    ("a join in parentheses", q([CITY, ID], "SELECT a.id FROM shop a JOIN "
     "(sale b JOIN sale c ON c.id = b.id) ON b.city = a.city WHERE "
     "a.city = :city;"), "in parentheses"),
    ("what an INSERT into a shared table reads", q([], "INSERT INTO region "
     "(code, name) SELECT name, name FROM shop;", ":exec"),
     "shop is reached without"),
    ("a move to another city", q([IN],
     "UPDATE shop SET city = :city WHERE city = :city AND id = :id;",
     ":exec"), "never changes"),
    ("'shared' without a reason", q([ID, "shared:"], "SELECT id FROM shop;"),
     "needs its reason"),
    ("SELECT *", q([CITY, ID], "SELECT * FROM shop WHERE city = :city;"),
     "name the columns"),
    ("SELECT a.*", q([CITY, ID], "SELECT a.* FROM shop a WHERE "
     "a.city = :city;"), "name the columns"),
    ("RETURNING *", q([IN, ID], "DELETE FROM shop WHERE city = :city AND "
     "id = :id RETURNING *;", ":one"), "name the columns"),
    ("now()", q([CITY, ID], "SELECT id FROM shop WHERE city = :city AND "
     "id < now();"), "time comes in"),
    ("CURRENT_TIMESTAMP", q([CITY, "out: t text"], "SELECT CURRENT_TIMESTAMP "
     "AS t FROM shop WHERE city = :city;"), "time comes in"),
    ("strftime()", q([CITY, ID], "SELECT strftime('%s', 'now') AS id FROM "
     "shop WHERE city = :city;"), "time comes in"),
    ("random()", q([CITY, ID], "SELECT id FROM shop WHERE city = :city ORDER "
     "BY random();"), "random numbers"),
    ("rowid", q([CITY, ID], "SELECT rowid AS id FROM shop WHERE "
     "city = :city;"), "no rowid"),
    ("INSERT OR REPLACE", q([IN], "INSERT OR REPLACE INTO shop (city, id, "
     "name) VALUES (:city, :id, 'x');", ":exec"), "ON CONFLICT"),
    ("REPLACE INTO", q([IN], "REPLACE INTO shop (city, id, name) VALUES "
     "(:city, :id, 'x');", ":exec"), "ON CONFLICT"),
    ("IS with a parameter", q([IN, ID], "SELECT id FROM shop WHERE "
     "city = :city AND id IS :id;"), "IS NOT DISTINCT FROM"),
    ("==", q([IN, ID], "SELECT id FROM shop WHERE city = :city AND "
     "id == :id;"), "say ="),
    ("PostgreSQL's cast", q([IN, ID], "SELECT id FROM shop WHERE "
     "city = :city AND id = :id::int;"), "common dialect"),
    ("CAST AS int, 32 bits there", q([CITY, ID], "SELECT CAST(id AS int) AS "
     "id FROM shop WHERE city = :city;"), "CAST AS bigint"),
    ("a string in double quotes", q([CITY, ID], "SELECT id FROM shop WHERE "
     'city = :city AND name = "x";'), "quoted names"),
    ("a blob literal", q([CITY, ID], "SELECT id FROM shop WHERE city = :city "
     "AND secret = x'00';"), "blob literals"),
    ("ifnull", q([CITY, ID], "SELECT ifnull(id, 0) AS id FROM shop WHERE "
     "city = :city;"), "coalesce"),
    ("FOR UPDATE", q([CITY, ID], "SELECT id FROM shop WHERE city = :city FOR "
     "UPDATE;"), "FOR UPDATE"),
    ("a question mark", q([CITY, ID], "SELECT id FROM shop WHERE city = :city "
     "AND id = ?;"), "common dialect"),
    ("DDL", q([CITY], "DROP TABLE shop;", ":exec"), "a statement is SELECT"),
    ("a transaction", q([CITY], "COMMIT;", ":exec"), "the writer's"),
    ("a parameter not declared", q([CITY, ID], GET), "does not declare: id"),
    ("a parameter not used", q([IN, ID], ALL), "does not use: id"),
    ("a parameter twice", q(["in: city city_id, city int", ID], ALL),
     "declared twice"),
    ("a parameter with a word of C", q(["in: city city_id, int int", ID],
     "SELECT id FROM shop WHERE city = :city AND id = :int;"), "a word of C"),
    ("a parameter with a name of ours", q(["in: city city_id, out int", ID],
     "SELECT id FROM shop WHERE city = :city AND id = :out;"), "is taken"),
    ("an unknown type", q(["in: city city_id, id float", ID], GET),
     "unknown type"),
    ("an id of nothing", q(["in: city city_id, id ghost_id", ID], GET),
     "ghost_id is in no header"),
    ("no type", q(["in: city", ID], ALL), "is not 'name type'"),
    ("a header that is not there", "-- use: mod/no/ids.h\n", "no such header"),
    ("an unknown mode", q([IN, ID], GET, ":some"), "needs a name and one of"),
    ("no mode", q([IN, ID], GET, ""), "needs a name and one of"),
    ("a bad name", q([IN, ID], GET, ":one", "getShop"), "bad name"),
    ("a name twice", q([IN, ID], GET) + q([IN, ID], GET)[len(USE):],
     "used twice"),
    ("two statements", q([IN, ID], GET + " " + GET), "more than one"),
    ("no end", q([IN, ID], GET[:-1]), "no ';'"),
    ("no end before the next", q([IN, ID], GET[:-1])
     + q([IN, ID], GET, ":one", "y")[len(USE):], "has no ';'"),
    ("a header inside", q([IN], f"SELECT id\n-- {ID}\nFROM shop "
     "WHERE city = :city AND id = :id;"), "after the statement began"),
    ("no name", USE + "SELECT 1;", "needs '-- name:'"),
    ("a syntax error", q([CITY, ID], "SELECT id FORM shop WHERE "
     "city = :city;"), "SQLite says"),
    ("a column that is not there", q([CITY, "out: no int"],
     "SELECT no FROM shop WHERE city = :city;"), "no such column"),
    ("too few results", q([CITY, "out: id int, name text"], ALL),
     "returns 1 columns"),
    ("too many results", q([CITY, ID], "SELECT id, name FROM shop WHERE "
     "city = :city;"), "returns 2 columns"),
    ("swapped results", q([CITY, "out: id int, shop int"],
     "SELECT shop, id FROM sale WHERE city = :city;"), "swapped"),
    ("a result of another type", q([CITY, "out: name int"],
     "SELECT name FROM shop WHERE city = :city;"), "the column name is text"),
    ("a result that may be NULL", q([CITY, "out: secret bytes"],
     "SELECT secret FROM shop WHERE city = :city;"), "declare 'bytes?'"),
    ("a result NULL by LEFT JOIN", q([CITY, "out: id int, amount int"],
     "SELECT s.id, x.amount FROM shop s LEFT JOIN sale x ON x.city = s.city "
     "AND x.shop = s.id WHERE s.city = :city;"), "declare 'int?'"),
    ("a parameter of another type, compared", q(["in: city city_id, id text",
     ID], GET), "the column id is int"),
    ("a parameter of another type, stored", q(
     ["in: city city_id, id int, name int"], "INSERT INTO shop (city, id, "
     "name) VALUES (:city, :id, :name);", ":exec"), "the column name is text"),
    ("a value of another type, stored", q([IN + ", b bytes"], "INSERT INTO "
     "shop (city, id, name) VALUES (:city, :id, coalesce(:b, :b));", ":exec"),
     "BLOB value in TEXT"),
    ("a parameter of another type, set", q(
     ["in: city city_id, id int, name bytes"], "UPDATE shop SET name = :name "
     "WHERE city = :city AND id = :id;", ":exec"), "the column name is text"),
    ("a column that must be set", q([IN], "INSERT INTO shop (city, id) VALUES "
     "(:city, :id);", ":exec"), "NOT NULL"),
    (":exec that reads", q([CITY], ALL, ":exec"), "only reads"),
    (":exec with results", q([IN, ID], "DELETE FROM shop WHERE city = :city "
     "AND id = :id RETURNING id;", ":exec"), "gives no rows"),
    (":one without results", q([IN], GET, ":one"), "needs an '-- out:'"),
    (":each that writes", q([CITY, ID], "DELETE FROM shop WHERE city = :city "
     "RETURNING id;", ":each"), "only read"),
]

GOOD_STATEMENTS = [
    ("words in strings and comments", q([CITY, ID],
     "SELECT id FROM shop -- :no now(); \n WHERE city = :city /* :no; */ "
     "AND name <> 'it''s :no; now()';")[len(USE):]),
    ("replace(), the function", q([CITY, "out: n text"], "SELECT replace(name, "
     "'a', 'b') AS n FROM shop WHERE city = :city;")[len(USE):]),
    ("a tuple of keys", q([IN, ID], "SELECT id FROM shop WHERE (city, id) = "
     "(:city, :id);")[len(USE):]),
    ("a join by USING", q([CITY, ID], "SELECT a.id FROM sale a JOIN shop b "
     "USING (city) WHERE a.city = :city AND b.id = a.shop;")[len(USE):]),
    ("EXISTS with its city", q([CITY, ID], "SELECT s.id FROM shop s WHERE "
     "s.city = :city AND EXISTS (SELECT 1 FROM sale x WHERE x.city = s.city "
     "AND x.shop = s.id);")[len(USE):]),
    ("a join with a shared table", q([CITY, "out: id int, name text"],
     "SELECT s.id, r.name FROM shop s JOIN region r ON r.code = s.name "
     "WHERE s.city = :city;")[len(USE):]),
    ("INSERT from a SELECT", q([CITY], "INSERT INTO sale (city, id, shop, "
     "amount) SELECT city, id, id, 1 FROM shop WHERE city = :city;",
     ":exec")[len(USE):]),
    ("all cities, with the reason", q([ID, "shared: a check of all"],
     "SELECT id FROM shop;")[len(USE):]),
    ("an id from an included header", q(["in: city city_id, id thing_id",
     "out: id thing_id, name text"], "SELECT id, name FROM shop WHERE "
     "city = :city AND id = :id;", ":maybe")[len(USE):]),
    ("a count by another name", q([CITY, "out: n int"], "SELECT count(*) FROM "
     "shop WHERE city = :city;", ":one")[len(USE):]),
    ("a window", q([CITY, "out: id int, n int"], "SELECT id, row_number() "
     "OVER (ORDER BY amount DESC) AS n FROM sale WHERE city = :city;")
     [len(USE):]),
]
