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

-- name: file_like :maybe
-- in:  city city_id, least text, past text
-- out: bytes bytes, source int, origin text, at int
-- By the first digits of its hash: all that begin with them lie from "least" up to "past".
SELECT bytes, source, origin, at FROM template_file
 WHERE city = :city AND sha256 >= :least AND sha256 < :past ORDER BY sha256, id LIMIT 1;

-- name: file_released_like :maybe
-- in:  city city_id, least text, past text
-- out: bytes bytes, at int
-- shared: what another city of this server released is public
SELECT bytes, at FROM template_file
 WHERE sha256 >= :least AND sha256 < :past AND city <> :city AND source = 0
 ORDER BY sha256, id LIMIT 1;

-- name: file_known :many
-- in:  sha256 text
-- out: city city_id, source int
-- shared: what another city of this server released is public
SELECT city, source FROM template_file WHERE sha256 = :sha256 ORDER BY city, id LIMIT 600;

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
-- out: kind text, subject int, file template_file_id, ref text, by text, name text?, at int
SELECT a.kind, a.subject, a.file, f.ref, a.by, p.name, a.at
  FROM adoption a
  JOIN template_file f ON f.city = a.city AND f.id = a.file
  LEFT JOIN person p ON p.city = a.city AND p.login = a.by
 WHERE a.city = :city ORDER BY a.at DESC, a.subject LIMIT 500;

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

-- ---- an adaptation while it is filled in ------------------------------------------

-- name: sheet_get :maybe
-- in:  city city_id, practice text, person person_id
-- out: id template_sheet_id, year int, scale bool, started int, at int
SELECT id, year, scale, started, at FROM template_sheet
 WHERE city = :city AND practice = :practice AND person = :person;

-- name: sheet_begin :exec
-- in:  city city_id, id template_sheet_id, practice text, person person_id, year int, scale bool, at int
-- Begun twice it is one sheet, and keeps what was filled in.
INSERT INTO template_sheet (city, id, practice, person, year, scale, started, at)
VALUES (:city, :id, :practice, :person, :year, :scale, :at, :at)
ON CONFLICT (city, practice, person) DO UPDATE SET year = :year, scale = :scale, at = :at;

-- name: sheet_saved :exec
-- in:  city city_id, id template_sheet_id, at int
UPDATE template_sheet SET at = :at WHERE city = :city AND id = :id;

-- name: sheet_drop :exec
-- in:  city city_id, id template_sheet_id
DELETE FROM template_sheet WHERE city = :city AND id = :id;

-- name: sheet_old :many
-- in:  city city_id, before int
-- out: id template_sheet_id
SELECT id FROM template_sheet WHERE city = :city AND at < :before ORDER BY id LIMIT 100;

-- name: sheet_others :many
-- in:  city city_id, practice text, person person_id
-- out: name text, at int
SELECT p.name, s.at
  FROM template_sheet s
  JOIN person p ON p.city = s.city AND p.id = s.person
 WHERE s.city = :city AND s.practice = :practice AND s.person <> :person
 ORDER BY s.at DESC, s.id LIMIT 20;

-- name: sheet_fields :many
-- in:  city city_id, sheet template_sheet_id
-- out: path text, gone bool, value text, reason text
SELECT path, gone, value, reason FROM template_sheet_field
 WHERE city = :city AND sheet = :sheet ORDER BY path;

-- name: sheet_field_put :exec
-- in:  city city_id, sheet template_sheet_id, path text, gone bool, value text, reason text
INSERT INTO template_sheet_field (city, sheet, path, gone, value, reason)
VALUES (:city, :sheet, :path, :gone, :value, :reason)
ON CONFLICT (city, sheet, path) DO UPDATE SET gone = :gone, value = :value, reason = :reason;

-- name: sheet_field_drop :exec
-- in:  city city_id, sheet template_sheet_id, path text
DELETE FROM template_sheet_field WHERE city = :city AND sheet = :sheet AND path = :path;

-- name: sheet_fields_drop :exec
-- in:  city city_id, sheet template_sheet_id
DELETE FROM template_sheet_field WHERE city = :city AND sheet = :sheet;

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
