-- Every statement about the public log.
-- use: core/ids.h

-- name: head :maybe
-- in:  city city_id
-- out: size int, origin text
SELECT size, origin FROM ledger_head WHERE city = :city;

-- name: begin :exec
-- in:  city city_id, origin text
INSERT INTO ledger_head (city, size, origin) VALUES (:city, 0, :origin);

-- name: size_add :exec
-- in:  city city_id, more int
UPDATE ledger_head SET size = size + :more WHERE city = :city;

-- name: entry_add :exec
-- in:  city city_id, number int, kind int, subject int, data bytes, salt bytes
INSERT INTO ledger_entry (city, number, kind, subject, data, salt)
VALUES (:city, :number, :kind, :subject, :data, :salt);

-- name: row :maybe
-- in:  city city_id, number int
-- out: kind int, subject int, data bytes, salt bytes
SELECT kind, subject, data, salt FROM ledger_entry WHERE city = :city AND number = :number;

-- name: entries :many
-- in:  city city_id, from int, n int
-- out: data bytes
SELECT data FROM ledger_entry WHERE city = :city AND number >= :from ORDER BY number LIMIT :n;

-- name: node_add :exec
-- in:  city city_id, level int, number int, hash bytes
INSERT INTO ledger_node (city, level, number, hash) VALUES (:city, :level, :number, :hash);

-- name: nodes :many
-- in:  city city_id, level int, from int, n int
-- out: hash bytes
SELECT hash FROM ledger_node WHERE city = :city AND level = :level AND number >= :from
 ORDER BY number LIMIT :n;

-- name: walk :each
-- in:  city city_id
-- out: number int, kind int, subject int, data bytes, salt bytes
SELECT number, kind, subject, data, salt FROM ledger_entry WHERE city = :city ORDER BY number;

-- name: newest :many
-- in:  city city_id, below int, n int
-- out: number int, kind int, subject int, data bytes
SELECT number, kind, subject, data FROM ledger_entry
 WHERE city = :city AND number < :below ORDER BY number DESC LIMIT :n;

-- name: salt_drop :exec
-- in:  city city_id, number int, none bytes
-- Erasure: nobody can open it any more; the entry and its hash stay.
UPDATE ledger_entry SET salt = :none WHERE city = :city AND number = :number;

-- name: heads :each
-- out: city int
-- shared: laris check goes through all cities
SELECT city FROM ledger_head ORDER BY city;
