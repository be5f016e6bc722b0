-- Every statement core ever runs.
-- use: core/ids.h

-- name: city_by_slug :maybe
-- in:  slug text
-- out: id city_id, code text, slug text, name text, zone int, closed int, closed_why text
-- shared: the list of cities itself
-- kept: each change asks
SELECT id, code, slug, name, zone, closed, closed_why FROM city WHERE slug = :slug;

-- name: city_by_id :maybe
-- in:  id city_id
-- out: id city_id, code text, slug text, name text, zone int, closed int, closed_why text
-- shared: the list of cities itself
-- kept: each change asks
SELECT id, code, slug, name, zone, closed, closed_why FROM city WHERE id = :id;

-- name: city_by_code :maybe
-- in:  code text
-- out: id city_id, code text, slug text, name text, zone int, closed int, closed_why text
-- shared: the list of cities itself
SELECT id, code, slug, name, zone, closed, closed_why FROM city WHERE code = :code;

-- name: city_list :many
-- in:  after text, limit int
-- out: id city_id, code text, slug text, name text, zone int, closed int, closed_why text
-- shared: the list of cities itself
SELECT id, code, slug, name, zone, closed, closed_why FROM city WHERE slug > :after ORDER BY slug LIMIT :limit;

-- name: city_created :one
-- in:  id city_id
-- out: created int
-- shared: the list of cities itself
SELECT created FROM city WHERE id = :id;

-- name: city_by_host :maybe
-- in:  host text
-- out: id city_id, code text, slug text, name text, zone int, closed int, closed_why text
-- shared: the list of cities itself
SELECT c.id, c.code, c.slug, c.name, c.zone, c.closed, c.closed_why
  FROM city_host h JOIN city c ON c.id = h.city WHERE h.host = :host;

-- name: city_hosts :many
-- in:  city city_id
-- out: host text
-- shared: the list of cities itself
SELECT host FROM city_host WHERE city = :city ORDER BY host;

-- name: city_host_set :exec
-- in:  host text, city city_id
-- shared: the list of cities itself
INSERT INTO city_host (host, city) VALUES (:host, :city);

-- name: city_host_drop :exec
-- in:  host text, city city_id
-- shared: the list of cities itself
DELETE FROM city_host WHERE host = :host AND city = :city;

-- name: city_add :exec
-- in:  id city_id, code text, slug text, name text, zone int, created int
-- shared: the list of cities itself
INSERT INTO city (id, code, slug, name, zone, created)
VALUES (:id, :code, :slug, :name, :zone, :created);

-- name: city_close :exec
-- in:  id city_id, closed int, why text
-- shared: the list of cities itself
UPDATE city SET closed = :closed, closed_why = :why WHERE id = :id AND closed = 0;

-- name: city_open :exec
-- in:  id city_id
-- shared: the list of cities itself
UPDATE city SET closed = 0, closed_why = '' WHERE id = :id AND closed <> 0;

-- name: person_add :exec
-- in:  city city_id, id person_id, login text, name text, pass text, created int
INSERT INTO person (city, id, login, name, pass, state, created)
VALUES (:city, :id, :login, :name, :pass, 0, :created);

-- name: officer_count :one
-- in:  city city_id
-- out: n int
-- People who keep a post: role 4 is MAY_OFFICER.
SELECT count(*) FROM person p JOIN person_role r ON r.city = p.city AND r.person = p.id
 WHERE p.city = :city AND p.state = 0 AND r.role = 4;

-- name: person_by_login :maybe
-- in:  city city_id, login text
-- out: id person_id, login text, name text, pass text, state int
SELECT id, login, name, pass, state FROM person WHERE city = :city AND login = :login;

-- name: person_by_id :maybe
-- in:  city city_id, id person_id
-- out: id person_id, login text, name text, pass text, state int
SELECT id, login, name, pass, state FROM person WHERE city = :city AND id = :id;

-- name: person_list :many
-- in:  city city_id
-- out: id person_id, login text, name text, state int, role int, merchant int
SELECT p.id, p.login, p.name, p.state, r.role, r.merchant
  FROM person p JOIN person_role r ON r.city = p.city AND r.person = p.id
 WHERE p.city = :city ORDER BY p.login, r.role;

-- name: person_state_set :exec
-- in:  city city_id, id person_id, state int
UPDATE person SET state = :state WHERE city = :city AND id = :id;

-- name: person_pass_set :exec
-- in:  city city_id, id person_id, pass text
UPDATE person SET pass = :pass WHERE city = :city AND id = :id;

-- name: role_add :exec
-- in:  city city_id, person person_id, role int, merchant int
INSERT INTO person_role (city, person, role, merchant)
VALUES (:city, :person, :role, :merchant) ON CONFLICT DO NOTHING;

-- name: role_list :many
-- in:  city city_id, person person_id
-- out: role int, merchant int
SELECT role, merchant FROM person_role WHERE city = :city AND person = :person ORDER BY role, merchant;

-- name: session_add :exec
-- in:  city city_id, id session_id, person person_id, secret bytes, created int, ends int, device text
INSERT INTO session (city, id, person, secret, created, ends, device)
VALUES (:city, :id, :person, :secret, :created, :ends, :device);

-- name: session_by_id :maybe
-- in:  city city_id, id session_id
-- out: person person_id, secret bytes, created int, ends int, inside city_id, visit int, login text, name text, state int
SELECT s.person, s.secret, s.created, s.ends, s.inside, s.visit, p.login, p.name, p.state
  FROM session s JOIN person p ON p.city = s.city AND p.id = s.person
 WHERE s.city = :city AND s.id = :id;

-- name: session_list :many
-- in:  city city_id, person person_id
-- out: id session_id, created int, ends int, device text
SELECT id, created, ends, device FROM session
 WHERE city = :city AND person = :person ORDER BY created DESC, id DESC LIMIT 50;

-- name: session_drop :exec
-- in:  city city_id, id session_id, person person_id
DELETE FROM session WHERE city = :city AND id = :id AND person = :person;

-- name: session_drop_all :exec
-- in:  city city_id, person person_id
DELETE FROM session WHERE city = :city AND person = :person;

-- name: session_drop_ended :exec
-- in:  city city_id, now int
DELETE FROM session WHERE city = :city AND ends < :now;

-- name: session_inside_set :exec
-- in:  city city_id, id session_id, inside city_id, visit int
UPDATE session SET inside = :inside, visit = :visit WHERE city = :city AND id = :id;

-- name: session_inside_list :many
-- in:  city city_id, person person_id
-- out: id session_id, inside city_id, visit int
SELECT id, inside, visit FROM session WHERE city = :city AND person = :person AND inside <> 0;

-- name: inside_add :exec
-- in:  city city_id, id int, person person_id, session session_id, who text, reason text, begun int, ends int
INSERT INTO inside (city, id, person, session, who, reason, begun, ends, ended)
VALUES (:city, :id, :person, :session, :who, :reason, :begun, :ends, 0);

-- name: inside_of_session :maybe
-- in:  city city_id, id int, session session_id, now int
-- out: ends int, reason text, name text
-- The visit that session is on, while it lasts.
SELECT i.ends, i.reason, c.name FROM inside i JOIN city c ON c.id = i.city
 WHERE i.city = :city AND i.id = :id AND i.session = :session AND i.ended = 0 AND i.ends > :now;

-- name: inside_now :many
-- in:  city city_id, since int, now int
-- out: id int, who text, reason text, ends int
-- Who of the server is in the city: ids are in the order of time, a visit lasts an hour.
SELECT id, who, reason, ends FROM inside
 WHERE city = :city AND id >= :since AND ended = 0 AND ends > :now ORDER BY id;

-- name: inside_end :exec
-- in:  city city_id, id int, now int
UPDATE inside SET ended = :now WHERE city = :city AND id = :id AND ended = 0 AND ends > :now;

-- name: role_held :maybe
-- in:  city city_id, role int
-- out: person person_id
-- Somebody who may sign in and has that role.
SELECT p.id FROM person_role r JOIN person p ON p.city = r.city AND p.id = r.person
 WHERE r.city = :city AND r.role = :role AND p.state = 0 LIMIT 1;

-- name: invite_add :exec
-- in:  city city_id, id int, login text, name text, role int, secret bytes, made int, ends int
INSERT INTO invite (city, id, login, name, role, secret, made, ends, used)
VALUES (:city, :id, :login, :name, :role, :secret, :made, :ends, 0);

-- name: invite_get :maybe
-- in:  city city_id, id int
-- out: login text, name text, role int, secret bytes, ends int, used int
SELECT login, name, role, secret, ends, used FROM invite WHERE city = :city AND id = :id;

-- name: invite_use :exec
-- in:  city city_id, id int, now int
UPDATE invite SET used = :now WHERE city = :city AND id = :id AND used = 0;

-- name: throttle_get :maybe
-- in:  city city_id, who text
-- out: failures int, until int
SELECT failures, until FROM throttle WHERE city = :city AND who = :who;

-- name: throttle_set :exec
-- in:  city city_id, who text, failures int, until int
INSERT INTO throttle (city, who, failures, until) VALUES (:city, :who, :failures, :until)
ON CONFLICT (city, who) DO UPDATE SET failures = :failures, until = :until;

-- name: throttle_drop :exec
-- in:  city city_id, who text
DELETE FROM throttle WHERE city = :city AND who = :who;

-- name: throttle_drop_old :exec
-- in:  city city_id, before int
DELETE FROM throttle WHERE city = :city AND until < :before;

-- name: token_add :exec
-- in:  city city_id, id token_id, secret bytes, label text, role int, merchant int, created int
INSERT INTO token (city, id, secret, label, role, merchant, created, revoked)
VALUES (:city, :id, :secret, :label, :role, :merchant, :created, 0);

-- name: token_by_id :maybe
-- in:  city city_id, id token_id
-- out: secret bytes, label text, role int, merchant int, revoked int
-- kept: a till sends each purchase with it
SELECT secret, label, role, merchant, revoked FROM token WHERE city = :city AND id = :id;

-- name: token_list :many
-- in:  city city_id
-- out: id token_id, label text, role int, merchant int, created int, revoked int
SELECT id, label, role, merchant, created, revoked FROM token
 WHERE city = :city ORDER BY id DESC LIMIT 200;

-- name: token_count :one
-- in:  city city_id
-- out: n int
SELECT count(*) FROM token WHERE city = :city AND revoked = 0;

-- name: token_revoke :exec
-- in:  city city_id, id token_id, now int
UPDATE token SET revoked = :now WHERE city = :city AND id = :id AND revoked = 0;

-- name: audit_add :exec
-- in:  city city_id, id int, at int, person person_id, token token_id, who text, action text, subject int, before text, after text
INSERT INTO audit (city, id, at, person, token, who, action, subject, before, after)
VALUES (:city, :id, :at, :person, :token, :who, :action, :subject, :before, :after);

-- name: audit_newest :maybe
-- in:  city city_id
-- out: id int
SELECT id FROM audit WHERE city = :city ORDER BY id DESC LIMIT 1;

-- name: audit_list :many
-- in:  city city_id, below int, limit int
-- out: id int, at int, who text, action text, subject int, before text, after text
SELECT id, at, who, action, subject, before, after FROM audit
 WHERE city = :city AND id < :below ORDER BY id DESC LIMIT :limit;

-- name: setting_get :maybe
-- in:  city city_id, name text
-- out: value text
SELECT value FROM setting WHERE city = :city AND name = :name;

-- name: setting_set :exec
-- in:  city city_id, name text, value text
INSERT INTO setting (city, name, value) VALUES (:city, :name, :value)
ON CONFLICT (city, name) DO UPDATE SET value = :value;

-- name: job_add :exec
-- in:  city city_id, id int, kind text, payload text, due int
INSERT INTO job (city, id, kind, payload, due, state, tries, said, ended)
VALUES (:city, :id, :kind, :payload, :due, 0, 0, '', 0);

-- name: job_due :many
-- in:  city city_id, now int
-- out: id int, kind text, payload text, tries int
SELECT id, kind, payload, tries FROM job
 WHERE city = :city AND state = 0 AND due <= :now ORDER BY due LIMIT 20;

-- name: job_waiting :many
-- in:  city city_id
-- out: kind text, due int
-- Each kind that waits, with its first time.
SELECT kind, min(due) FROM job WHERE city = :city AND state = 0 GROUP BY kind;

-- name: job_forward :exec
-- in:  city city_id, kind text, due int
UPDATE job SET due = :due, tries = 0 WHERE city = :city AND state = 0 AND kind = :kind;

-- name: job_end :exec
-- in:  city city_id, id int, state int, tries int, due int, said text, ended int
UPDATE job SET state = :state, tries = :tries, due = :due, said = :said, ended = :ended
 WHERE city = :city AND id = :id;

-- name: job_list :many
-- in:  city city_id
-- out: id int, kind text, due int, state int, tries int, said text, ended int
SELECT id, kind, due, state, tries, said, ended FROM job
 WHERE city = :city ORDER BY id DESC LIMIT 100;

-- name: job_drop_old :exec
-- in:  city city_id, done int, before int
-- What was done is forgotten sooner than what was given up.
DELETE FROM job
 WHERE city = :city AND (state = 1 AND ended < :done OR state <> 0 AND ended < :before);

-- name: look_get :maybe
-- in:  city city_id
-- out: brand int, accent int, alt text, hash text, wide int, high int
SELECT brand, accent, alt, hash, wide, high FROM look WHERE city = :city;

-- name: look_small :maybe
-- in:  city city_id
-- out: small bytes
SELECT small FROM look WHERE city = :city;

-- name: look_large :maybe
-- in:  city city_id
-- out: large bytes
SELECT large FROM look WHERE city = :city;

-- name: look_colours_set :exec
-- in:  city city_id, brand int, accent int, none bytes
INSERT INTO look (city, brand, accent, alt, hash, wide, high, small, large)
VALUES (:city, :brand, :accent, '', '', 0, 0, :none, :none)
ON CONFLICT (city) DO UPDATE SET brand = :brand, accent = :accent;

-- name: look_emblem_set :exec
-- in:  city city_id, alt text, hash text, wide int, high int, small bytes, large bytes
INSERT INTO look (city, brand, accent, alt, hash, wide, high, small, large)
VALUES (:city, -1, -1, :alt, :hash, :wide, :high, :small, :large)
ON CONFLICT (city) DO UPDATE SET alt = :alt, hash = :hash, wide = :wide, high = :high,
  small = :small, large = :large;

-- name: look_alt_set :exec
-- in:  city city_id, alt text
UPDATE look SET alt = :alt WHERE city = :city;

-- name: look_drop :exec
-- in:  city city_id
DELETE FROM look WHERE city = :city;
