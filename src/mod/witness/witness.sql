-- Every statement of the witness.  Its tables are shared: what it looks at are
-- the logs of other servers.

-- name: log :maybe
-- in:  origin text
-- out: key text, size int, root bytes, at int
-- shared: a log of another server belongs to no city
SELECT key, size, root, signed_at AS at FROM witness_log WHERE origin = :origin;

-- name: logs :many
-- in:  after text, n int
-- out: origin text, key text, size int, at int
-- shared: a log of another server belongs to no city
SELECT origin, key, size, signed_at AS at FROM witness_log WHERE origin > :after ORDER BY origin LIMIT :n;

-- name: log_add :exec
-- in:  origin text, key text, root bytes
-- shared: a log of another server belongs to no city
INSERT INTO witness_log (origin, key, size, root, signed_at) VALUES (:origin, :key, 0, :root, 0);

-- name: log_move :exec
-- in:  origin text, size int, root bytes, at int
-- shared: a log of another server belongs to no city
UPDATE witness_log SET size = :size, root = :root, signed_at = :at WHERE origin = :origin;

-- name: self :maybe
-- out: name text
-- shared: the server has one witness
SELECT name FROM witness_self WHERE id = 1;

-- name: self_set :exec
-- in:  name text
-- shared: the server has one witness
INSERT INTO witness_self (id, name) VALUES (1, :name);

-- name: base_url :maybe
-- out: value text
-- shared: the server's address, from the first that says one
SELECT value FROM setting WHERE name = 'base-url' AND value <> '' ORDER BY city LIMIT 1;
