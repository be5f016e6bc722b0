-- Every statement about templates and what was adopted from them.
-- use: mod/template/ids.h

-- ---- files --------------------------------------------------------------

-- name: file_add :exec
-- in:  city city_id, id template_file_id, ref text, kind text, sha256 text, bytes bytes, source int, subject int, origin text, by text, at int, log int
INSERT INTO template_file (city, id, ref, kind, sha256, bytes, source, subject, origin, by, at, log)
VALUES (:city, :id, :ref, :kind, :sha256, :bytes, :source, :subject, :origin, :by, :at, :log);

-- name: file_by_ref :maybe
-- in:  city city_id, ref text
-- out: id template_file_id, sha256 text, bytes bytes
SELECT id, sha256, bytes FROM template_file WHERE city = :city AND ref = :ref;

-- name: file_by_id :maybe
-- in:  city city_id, id template_file_id
-- out: bytes bytes
SELECT bytes FROM template_file WHERE city = :city AND id = :id;

-- name: file_by_hash :maybe
-- in:  city city_id, sha256 text
-- out: bytes bytes
SELECT bytes FROM template_file WHERE city = :city AND sha256 = :sha256 ORDER BY id LIMIT 1;

-- name: file_list :many
-- in:  city city_id
-- out: id template_file_id, ref text, kind text, sha256 text, bytes bytes, source int, origin text, by text, at int
SELECT id, ref, kind, sha256, bytes, source, origin, by, at FROM template_file
 WHERE city = :city ORDER BY id DESC LIMIT 500;

-- name: file_check :each
-- out: ref text, sha256 text, bytes bytes, source int, data bytes?
-- shared: laris check goes through all cities
SELECT f.ref, f.sha256, f.bytes, f.source, e.data
  FROM template_file f
  LEFT JOIN ledger_entry e ON e.city = f.city AND e.number = f.log
 ORDER BY f.city, f.id;

-- ---- keys ------------------------------------------------------------------

-- name: key_add :exec
-- in:  city city_id, key text, by text, at int
INSERT INTO template_key (city, key, by, at) VALUES (:city, :key, :by, :at)
ON CONFLICT (city, key) DO NOTHING;

-- name: key_drop :exec
-- in:  city city_id, key text
DELETE FROM template_key WHERE city = :city AND key = :key;

-- name: key_list :many
-- in:  city city_id
-- out: key text, by text, at int
SELECT key, by, at FROM template_key WHERE city = :city ORDER BY at DESC, key LIMIT 500;

-- name: key_get :maybe
-- in:  city city_id, key text
-- out: at int
SELECT at FROM template_key WHERE city = :city AND key = :key;

-- ---- adoptions ----------------------------------------------------------------

-- name: adoption_add :exec
-- in:  city city_id, kind text, subject int, file template_file_id, by text, at int
INSERT INTO adoption (city, kind, subject, file, by, at)
VALUES (:city, :kind, :subject, :file, :by, :at);

-- name: adoption_base :exec
-- in:  city city_id, kind text, subject int, was template_file_id, file template_file_id
UPDATE adoption SET file = :file
 WHERE city = :city AND kind = :kind AND subject = :subject AND file = :was;

-- name: adoption_get :maybe
-- in:  city city_id, kind text, subject int
-- out: file template_file_id, by text, at int
SELECT file, by, at FROM adoption WHERE city = :city AND kind = :kind AND subject = :subject;

-- name: adoption_list :many
-- in:  city city_id
-- out: kind text, subject int, file template_file_id, at int
SELECT kind, subject, file, at FROM adoption WHERE city = :city ORDER BY at DESC, subject LIMIT 500;

-- name: reason_put :exec
-- in:  city city_id, kind text, subject int, path text, gone bool, value text, reason text, by text, at int
INSERT INTO adoption_reason (city, kind, subject, path, gone, value, reason, by, at)
VALUES (:city, :kind, :subject, :path, :gone, :value, :reason, :by, :at)
ON CONFLICT (city, kind, subject, path) DO UPDATE
   SET gone = :gone, value = :value, reason = :reason, by = :by, at = :at;

-- name: reason_drop :exec
-- in:  city city_id, kind text, subject int, path text
DELETE FROM adoption_reason
 WHERE city = :city AND kind = :kind AND subject = :subject AND path = :path;

-- name: reason_list :many
-- in:  city city_id, kind text, subject int
-- out: path text, gone bool, value text, reason text, by text, at int
SELECT path, gone, value, reason, by, at FROM adoption_reason
 WHERE city = :city AND kind = :kind AND subject = :subject ORDER BY path;

-- ---- what may not leave the city ------------------------------------------------

-- name: person_names :each
-- in:  city city_id
-- out: name text
SELECT name FROM person WHERE city = :city;

-- name: file_released :many
-- in:  city city_id
-- out: sha256 text, bytes bytes, at int
-- shared: what another city of this server released is public
SELECT sha256, bytes, at FROM template_file
 WHERE source = 0 AND city <> :city ORDER BY id DESC LIMIT 200;

-- name: all_cities :many
-- out: id city_id, code text, slug text, name text, zone int
-- shared: what is public of every city of this server may be compared
SELECT id, code, slug, name, zone FROM city ORDER BY slug LIMIT 600;
