-- Made by tools/sqlc.py from shop: run by tests/db/pg_prepare.py.
-- @migration sqlc 1 start
CREATE TABLE region (
  code text PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE shop (
  city   bigint   NOT NULL,
  id     bigint   NOT NULL,
  name   text  NOT NULL,
  secret bytea NOT NULL,
  owner  bigint,
  open   bigint   NOT NULL DEFAULT 1,
  region text  REFERENCES region (code),
  motto  text,
  PRIMARY KEY (city, id),
  UNIQUE (city, name)
);
CREATE TABLE sale (
  city   bigint NOT NULL,
  id     bigint NOT NULL,
  shop   bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, shop) REFERENCES shop (city, id)
);
CREATE INDEX sale_shop ON sale (city, shop, id);
-- @migration sqlc 2 more
ALTER TABLE sale ADD COLUMN note text NOT NULL DEFAULT '';
CREATE INDEX sale_note ON sale (city, lower(note));
INSERT INTO region (code, name) VALUES ('33.72', 'Kota "Surakarta"; \');
-- @statement shop.add ()
PREPARE q(bigint,bigint,text,bytea,bigint,bigint,text) AS INSERT INTO shop (city, id, name, secret, owner, open, motto)
VALUES ($1::bigint, $2::bigint, $3::text, $4::bytea,
        $5::bigint, $6::bigint, $7::text);
DEALLOCATE q;
-- @statement shop.get (int,text,bytes,int,int,text)
PREPARE q(bigint,bigint) AS SELECT id, name, secret, owner, open, motto FROM shop
 WHERE city = $1::bigint AND id = $2::bigint;
DEALLOCATE q;
-- @describe shop.get (int,text,bytes,int,int,text)
SELECT id, name, secret, owner, open, motto FROM shop
 WHERE city = NULL::bigint AND id = NULL::bigint \gdesc
-- @statement shop.title (text)
PREPARE q(bigint,bigint) AS SELECT name FROM shop WHERE city = $1::bigint AND id = $2::bigint;
DEALLOCATE q;
-- @describe shop.title (text)
SELECT name FROM shop WHERE city = NULL::bigint AND id = NULL::bigint \gdesc
-- @statement shop.list (int,text,int,int)
PREPARE q(bigint,bigint,bigint) AS SELECT s.id, s.name, CAST(coalesce(sum(x.amount), 0) AS bigint) AS sales,
       max(x.amount) AS best
  FROM shop s LEFT JOIN sale x ON x.city = s.city AND x.shop = s.id
 WHERE s.city = $1::bigint AND s.id > $2::bigint AND s.name <> 'it''s; :not'
 GROUP BY s.id, s.name ORDER BY s.id LIMIT $3::bigint;
DEALLOCATE q;
-- @describe shop.list (int,text,int,int)
SELECT s.id, s.name, CAST(coalesce(sum(x.amount), 0) AS bigint) AS sales,
       max(x.amount) AS best
  FROM shop s LEFT JOIN sale x ON x.city = s.city AND x.shop = s.id
 WHERE s.city = NULL::bigint AND s.id > NULL::bigint AND s.name <> 'it''s; :not'
 GROUP BY s.id, s.name ORDER BY s.id LIMIT NULL::bigint \gdesc
-- @statement shop.sales (int,text)
PREPARE q(bigint) AS SELECT id, note FROM sale WHERE city = $1::bigint ORDER BY id;
DEALLOCATE q;
-- @describe shop.sales (int,text)
SELECT id, note FROM sale WHERE city = NULL::bigint ORDER BY id \gdesc
-- @statement shop.sell (int)
PREPARE q(bigint,bigint,bigint,bigint,text) AS INSERT INTO sale (city, id, shop, amount, note)
VALUES ($1::bigint, $2::bigint, $3::bigint,
        $4::bigint, $5::text)
ON CONFLICT (city, id) DO UPDATE SET amount = sale.amount + excluded.amount
RETURNING amount;
DEALLOCATE q;
-- @describe shop.sell (int)
INSERT INTO sale (city, id, shop, amount, note)
VALUES (NULL::bigint, NULL::bigint, NULL::bigint,
        NULL::bigint, NULL::text)
ON CONFLICT (city, id) DO UPDATE SET amount = sale.amount + excluded.amount
RETURNING amount \gdesc
-- @statement shop.rename ()
PREPARE q(bigint,bigint,text,bigint) AS UPDATE shop SET name = $3::text
 WHERE city = $1::bigint AND id = coalesce($4::bigint, $2::bigint);
DEALLOCATE q;
-- @statement shop.region_all (text,text)
PREPARE q AS SELECT code, name FROM region ORDER BY code;
DEALLOCATE q;
-- @describe shop.region_all (text,text)
SELECT code, name FROM region ORDER BY code \gdesc
-- @statement shop.unsold (int)
PREPARE q(bigint) AS WITH sold AS (SELECT DISTINCT shop FROM sale WHERE city = $1::bigint)
SELECT id FROM shop WHERE city = $1::bigint AND id NOT IN (SELECT shop FROM sold)
 ORDER BY id;
DEALLOCATE q;
-- @describe shop.unsold (int)
WITH sold AS (SELECT DISTINCT shop FROM sale WHERE city = NULL::bigint)
SELECT id FROM shop WHERE city = NULL::bigint AND id NOT IN (SELECT shop FROM sold)
 ORDER BY id \gdesc
