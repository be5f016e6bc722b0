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

-- name: heads :each
-- out: city int
-- shared: laris check goes through all cities
SELECT city FROM ledger_head ORDER BY city;

-- ---- witnesses ---------------------------------------------------------------

-- name: witness :maybe
-- in:  city city_id, witness text
-- out: size int, state int, said int, since int
SELECT size, state, said, since FROM ledger_witness WHERE city = :city AND witness = :witness;

-- name: witness_set :exec
-- in:  city city_id, witness text, size int, state int, said int, since int
INSERT INTO ledger_witness (city, witness, size, state, said, since)
VALUES (:city, :witness, :size, :state, :said, :since)
ON CONFLICT (city, witness) DO UPDATE
 SET size = excluded.size, state = excluded.state, said = excluded.said, since = excluded.since;

-- name: cosignature_add :exec
-- in:  city city_id, size int, witness text, root bytes, line text, at int
INSERT INTO ledger_cosignature (city, size, witness, root, line, at)
VALUES (:city, :size, :witness, :root, :line, :at)
ON CONFLICT (city, size, witness) DO NOTHING;

-- name: cosigned_after :many
-- in:  city city_id, above int, quorum int, n int
-- out: size int, root bytes
-- The first heads of more entries than that which so many signed.
SELECT size, root FROM ledger_cosignature WHERE city = :city AND size > :above
 GROUP BY size, root HAVING count(*) >= :quorum ORDER BY size LIMIT :n;

-- name: cosigned_newest :many
-- in:  city city_id, quorum int, n int
-- out: size int, root bytes
SELECT size, root FROM ledger_cosignature WHERE city = :city
 GROUP BY size, root HAVING count(*) >= :quorum ORDER BY size DESC LIMIT :n;

-- name: cosignatures :many
-- in:  city city_id, size int, root bytes
-- out: witness text, line text, at int
SELECT witness, line, at FROM ledger_cosignature
 WHERE city = :city AND size = :size AND root = :root ORDER BY witness;
