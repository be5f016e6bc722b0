-- Every statement of messages to merchants.
-- use: mod/message/ids.h

-- ---- a message ------------------------------------------------------

-- name: add :exec
-- in:  city city_id, id message_id, festival festival_id, whom int, venue venue_id, sector int, subject text, body text, reply_to text, created int, created_by text
INSERT INTO message (city, id, festival, whom, venue, sector, subject, body, reply_to, created,
       created_by, sent, sent_by)
VALUES (:city, :id, :festival, :whom, :venue, :sector, :subject, :body, :reply_to, :created,
       :created_by, 0, '');

-- name: change :exec
-- in:  city city_id, id message_id, whom int, venue venue_id, sector int, subject text, body text, reply_to text
-- A draft only.
UPDATE message SET whom = :whom, venue = :venue, sector = :sector, subject = :subject,
       body = :body, reply_to = :reply_to
 WHERE city = :city AND id = :id AND sent = 0;

-- name: drop :exec
-- in:  city city_id, id message_id
-- A draft only.
DELETE FROM message WHERE city = :city AND id = :id AND sent = 0;

-- name: mark_sent :exec
-- in:  city city_id, id message_id, sent int, sent_by text
UPDATE message SET sent = :sent, sent_by = :sent_by
 WHERE city = :city AND id = :id AND sent = 0;

-- name: get :maybe
-- in:  city city_id, id message_id
-- out: id message_id, festival festival_id, whom int, venue venue_id, sector int, subject text, body text, reply_to text, created int, created_by text, sent int, sent_by text
SELECT id, festival, whom, venue, sector, subject, body, reply_to, created, created_by, sent, sent_by
  FROM message WHERE city = :city AND id = :id;

-- name: list :many
-- in:  city city_id, festival festival_id, before message_id, limit int
-- out: id message_id, subject text, created int, created_by text, sent int
SELECT id, subject, created, created_by, sent FROM message
 WHERE city = :city AND festival = :festival AND id < :before ORDER BY id DESC LIMIT :limit;

-- name: newest_reply :maybe
-- in:  city city_id, festival festival_id
-- out: reply_to text
SELECT reply_to FROM message
 WHERE city = :city AND festival = :festival ORDER BY id DESC LIMIT 1;

-- name: sale :one
-- in:  city city_id, id festival_id
-- out: name text, slug text
SELECT name, slug FROM festival WHERE city = :city AND id = :id;

-- ---- whom it is for ------------------------------------------------

-- name: audience :many
-- in:  city city_id, festival festival_id, state int, before int, venue venue_id, sector int
-- out: id merchant_id, name text, phone text, email text
-- Those in this state; "before": nothing came in from then on, 0: whether or not.
SELECT m.id, m.name, m.phone, coalesce(e.value, '')
  FROM participation a
  JOIN merchant m ON m.city = a.city AND m.id = a.merchant
  LEFT JOIN merchant_fact e ON e.city = m.city AND e.merchant = m.id AND e.kind = 'email'
  LEFT JOIN merchant_total t ON t.city = a.city AND t.festival = a.festival AND t.merchant = a.merchant
  LEFT JOIN purchase p ON p.city = t.city AND p.id = t.last
 WHERE a.city = :city AND a.festival = :festival AND a.state = :state
   AND (:venue = 0 OR m.venue = :venue) AND (:sector < 0 OR m.sector = :sector)
   AND (:before = 0 OR coalesce(p.received, 0) < :before)
 ORDER BY m.id;

-- name: venues :many
-- in:  city city_id
-- out: id venue_id, name text
SELECT id, name FROM venue WHERE city = :city ORDER BY id;

-- ---- whom it went to --------------------------------------------------

-- name: to_add :exec
-- in:  city city_id, message message_id, merchant merchant_id, email text, phone text, state int, due int
INSERT INTO message_to (city, message, merchant, email, phone, state, tries, due, said, at,
       contacted, contacted_by)
VALUES (:city, :message, :merchant, :email, :phone, :state, 0, :due, '', 0, 0, '');

-- name: to_counts :many
-- in:  city city_id, message message_id
-- out: state int, n int, phones int, contacted int
SELECT state, count(*), coalesce(sum(CASE WHEN phone <> '' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN phone <> '' AND contacted > 0 THEN 1 ELSE 0 END), 0)
  FROM message_to WHERE city = :city AND message = :message GROUP BY state;

-- name: to_list :many
-- in:  city city_id, message message_id, state int, after merchant_id, limit int
-- out: merchant merchant_id, name text, email text, tries int, due int, said text, at int
SELECT o.merchant, m.name, o.email, o.tries, o.due, o.said, o.at
  FROM message_to o JOIN merchant m ON m.city = o.city AND m.id = o.merchant
 WHERE o.city = :city AND o.message = :message AND o.state = :state AND o.merchant > :after
 ORDER BY o.merchant LIMIT :limit;

-- name: to_phones :many
-- in:  city city_id, message message_id, all bool, after merchant_id, limit int
-- out: merchant merchant_id, name text, phone text, state int, contacted int, contacted_by text
-- Those with a number; unless all, only those no mail went to.
SELECT o.merchant, m.name, o.phone, o.state, o.contacted, o.contacted_by
  FROM message_to o JOIN merchant m ON m.city = o.city AND m.id = o.merchant
 WHERE o.city = :city AND o.message = :message AND o.phone <> '' AND o.merchant > :after
   AND (:all = 1 OR o.state > 1)
 ORDER BY o.merchant LIMIT :limit;

-- name: contacted_set :exec
-- in:  city city_id, message message_id, merchant merchant_id, at int, by text
UPDATE message_to SET contacted = :at, contacted_by = :by
 WHERE city = :city AND message = :message AND merchant = :merchant AND phone <> '';

-- ---- the mails ------------------------------------------------------------

-- name: mail_due :many
-- in:  city city_id, now int, limit int
-- out: message message_id, merchant merchant_id, name text, email text, tries int
SELECT o.message, o.merchant, m.name, o.email, o.tries
  FROM message_to o JOIN merchant m ON m.city = o.city AND m.id = o.merchant
 WHERE o.city = :city AND o.state = 0 AND o.due <= :now ORDER BY o.due LIMIT :limit;

-- name: mail_next :many
-- in:  city city_id
-- out: due int
SELECT due FROM message_to WHERE city = :city AND state = 0 ORDER BY due LIMIT 1;

-- name: mail_end :exec
-- in:  city city_id, message message_id, merchant merchant_id, state int, tries int, due int, said text, at int
UPDATE message_to SET state = :state, tries = :tries, due = :due, said = :said, at = :at
 WHERE city = :city AND message = :message AND merchant = :merchant;

-- name: mail_again :exec
-- in:  city city_id, message message_id, now int
-- Whoever has an address and was not reached: from the beginning.
UPDATE message_to SET state = 0, tries = 0, due = :now
 WHERE city = :city AND message = :message AND state <> 1 AND email <> '';
