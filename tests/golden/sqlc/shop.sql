-- Every statement of the shop, one for each thing sqlc.py can do.
-- use: core/ids.h

-- name: add :exec
-- in:  city city_id, id int, name text, secret bytes, owner person_id?, open bool
-- in:  motto text?
-- A new shop.
INSERT INTO shop (city, id, name, secret, owner, open, motto)
VALUES (:city, :id, :name, :secret,
        :owner, :open, :motto); -- done

-- name: get :maybe
-- in:  city city_id, id int
-- out: id int, name text, secret bytes, owner person_id?, open bool, motto text?
-- kept: it is asked again and again
SELECT id, name, secret, owner, open, motto FROM shop
 WHERE city = :city AND id = :id;

-- name: title :one
-- in:  city city_id, id int
-- out: name text
SELECT name FROM shop WHERE city = :city AND id = :id;

-- name: list :many
-- in:  city city_id, after int, limit int
-- out: id int, name text, sales int, best int?
-- kept: it is asked again and again
SELECT s.id, s.name, CAST(coalesce(sum(x.amount), 0) AS bigint) AS sales,
       max(x.amount) AS best      /* NULL: has none; ';' is no end */
  FROM shop s LEFT JOIN sale x ON x.city = s.city AND x.shop = s.id
 WHERE s.city = :city AND s.id > :after AND s.name <> 'it''s; :not'
 GROUP BY s.id, s.name ORDER BY s.id LIMIT :limit;

-- name: sales :each
-- in:  city city_id
-- out: id int, note text
SELECT id, note FROM sale WHERE city = :city ORDER BY id;

-- name: sell :one
-- in:  city city_id, id int, shop int, amount int, note text
-- out: amount int
INSERT INTO sale (city, id, shop, amount, note)
VALUES (:city, :id, :shop,
        :amount, :note)
ON CONFLICT (city, id) DO UPDATE SET amount = sale.amount + excluded.amount
RETURNING amount;

-- name: rename :exec
-- in:  city city_id, id int, name text, again int?
UPDATE shop SET name = :name
 WHERE city = :city AND id = coalesce(:again, :id);

-- name: region_all :many
-- out: code text, name text
-- shared: regions are the same for all
SELECT code, name FROM region ORDER BY code;

-- name: unsold :many
-- in:  city city_id
-- out: id int
WITH sold AS (SELECT DISTINCT shop FROM sale WHERE city = :city)
SELECT id FROM shop WHERE city = :city AND id NOT IN (SELECT shop FROM sold)
 ORDER BY id;
