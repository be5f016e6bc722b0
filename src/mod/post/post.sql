-- Every statement of the posts.
-- use: mod/post/ids.h

-- ---- posts ------------------------------------------------------------

-- name: add :exec
-- in:  city city_id, id post_id, festival festival_id, name text, venue venue_id, now int
INSERT INTO post (city, id, festival, name, venue, created)
VALUES (:city, :id, :festival, :name, :venue, :now);

-- name: by_id :maybe
-- in:  city city_id, id post_id
-- out: id post_id, festival festival_id, name text, venue venue_id
SELECT id, festival, name, venue FROM post WHERE city = :city AND id = :id;

-- name: by_name :maybe
-- in:  city city_id, festival festival_id, name text
-- out: id post_id
SELECT id FROM post WHERE city = :city AND festival = :festival AND name = :name;

-- name: list :many
-- in:  city city_id, festival festival_id
-- out: id post_id, name text, venue venue_id, venue_name text, officers int
SELECT p.id, p.name, p.venue, coalesce(v.name, ''),
       (SELECT count(*) FROM post_officer o WHERE o.city = p.city AND o.post = p.id)
  FROM post p LEFT JOIN venue v ON v.city = p.city AND v.id = p.venue
 WHERE p.city = :city AND p.festival = :festival ORDER BY p.name LIMIT 300;

-- name: stand_set :exec
-- in:  city city_id, person person_id, post post_id, now int
INSERT INTO post_officer (city, person, post, at) VALUES (:city, :person, :post, :now)
ON CONFLICT (city, person) DO UPDATE SET post = :post, at = :now;

-- name: stand_get :maybe
-- in:  city city_id, person person_id, festival festival_id
-- out: id post_id, name text, venue venue_id
SELECT p.id, p.name, p.venue FROM post_officer o JOIN post p ON p.city = o.city AND p.id = o.post
 WHERE o.city = :city AND o.person = :person AND p.festival = :festival;

-- name: stand_sale :maybe
-- in:  city city_id, person person_id
-- out: slug text
-- The open sale of the post where the officer sits.
SELECT f.slug FROM post_officer o
  JOIN post p ON p.city = o.city AND p.id = o.post
  JOIN festival f ON f.city = p.city AND f.id = p.festival
 WHERE o.city = :city AND o.person = :person AND f.state = 2;

-- name: sales_open :one
-- in:  city city_id
-- out: n int
SELECT count(*) FROM festival WHERE city = :city AND state = 2;

-- name: seats :many
-- in:  city city_id
-- out: id post_id, name text, sale text
-- Posts of sales that invite or are open.
SELECT p.id, p.name, f.name FROM post p JOIN festival f ON f.city = p.city AND f.id = p.festival
 WHERE p.city = :city AND f.state IN (1, 2) ORDER BY f.first_day DESC, f.name, p.name LIMIT 300;

-- name: suggestions :many
-- in:  city city_id, festival festival_id, venue venue_id
-- out: code int, name text, stall text
-- The venue's merchants, the busiest first: a page has room for so many.
SELECT m.code, m.name, m.stall
  FROM merchant m
  JOIN participation p ON p.city = m.city AND p.merchant = m.id AND p.festival = :festival
  LEFT JOIN merchant_total t ON t.city = m.city AND t.merchant = m.id AND t.festival = :festival
 WHERE m.city = :city AND m.venue = :venue AND p.state = 1
 ORDER BY coalesce(t.purchases, 0) DESC, m.name LIMIT 150;

-- ---- cards at a post ----------------------------------------------------

-- name: hand_by_event :maybe
-- in:  city city_id, festival festival_id, event text
-- out: id hand_id, post post_id, first int, last int
SELECT id, post, first, last FROM card_hand
 WHERE city = :city AND festival = :festival AND event = :event;

-- name: hand_add :exec
-- in:  city city_id, id hand_id, festival festival_id, post post_id, event text, first int, last int, cards int, taker text, by text, now int
INSERT INTO card_hand (city, id, festival, post, event, first, last, cards, taker, by, at, back)
VALUES (:city, :id, :festival, :post, :event, :first, :last, :cards, :taker, :by, :now, 0);

-- name: hand_over :maybe
-- in:  city city_id, festival festival_id, first int, last int
-- out: first int, last int, post_name text
SELECT h.first, h.last, p.name FROM card_hand h JOIN post p ON p.city = h.city AND p.id = h.post
 WHERE h.city = :city AND h.festival = :festival AND h.back = 0
   AND h.first <= :last AND h.last >= :first
 ORDER BY h.first LIMIT 1;

-- name: hand_back :exec
-- in:  city city_id, festival festival_id, id hand_id, now int
UPDATE card_hand SET back = :now
 WHERE city = :city AND festival = :festival AND id = :id AND back = 0;

-- name: hand_list :many
-- in:  city city_id, festival festival_id
-- out: id hand_id, post post_id, post_name text, first int, last int, cards int, taker text, by text, at int, back int
SELECT h.id, h.post, p.name, h.first, h.last, h.cards, h.taker, h.by, h.at, h.back
  FROM card_hand h JOIN post p ON p.city = h.city AND p.id = h.post
 WHERE h.city = :city AND h.festival = :festival ORDER BY h.id DESC LIMIT 300;

-- name: hand_of_card :maybe
-- in:  city city_id, festival festival_id, number int
-- out: post_name text, taker text, at int
SELECT p.name, h.taker, h.at FROM card_hand h JOIN post p ON p.city = h.city AND p.id = h.post
 WHERE h.city = :city AND h.festival = :festival AND h.back = 0
   AND h.first <= :number AND h.last >= :number
 LIMIT 1;

-- name: cards_between :one
-- in:  city city_id, festival festival_id, first int, last int
-- out: printed int, fresh int, ends int
-- fresh: nobody has bought on them, blocked or joined them; ends: first and last are among them.
SELECT count(*), CAST(coalesce(sum(CASE WHEN t.card IS NULL AND c.state = 0 AND c.main = 0 THEN 1 ELSE 0 END), 0) AS bigint),
       CAST(coalesce(sum(CASE WHEN c.number = :first OR c.number = :last THEN 1 ELSE 0 END), 0) AS bigint)
  FROM card c LEFT JOIN card_total t ON t.city = c.city AND t.festival = c.festival AND t.card = c.id
 WHERE c.city = :city AND c.festival = :festival AND c.number >= :first AND c.number <= :last
   AND c.digital = 0;

-- name: stock :many
-- in:  city city_id, festival festival_id
-- out: post post_id, cards int, fresh int
SELECT h.post, count(*), CAST(sum(CASE WHEN t.card IS NULL AND c.state = 0 AND c.main = 0 THEN 1 ELSE 0 END) AS bigint)
  FROM card_hand h
  JOIN card c ON c.city = h.city AND c.festival = h.festival AND c.number >= h.first
   AND c.number <= h.last AND c.digital = 0
  LEFT JOIN card_total t ON t.city = c.city AND t.festival = c.festival AND t.card = c.id
 WHERE h.city = :city AND h.festival = :festival AND h.back = 0
 GROUP BY h.post ORDER BY h.post LIMIT 300;

-- ---- notes ----------------------------------------------------------------

-- name: event_there :maybe
-- in:  city city_id, festival festival_id, event text
-- out: id purchase_id
SELECT id FROM purchase WHERE city = :city AND festival = :festival AND event = :event;

-- name: twins :many
-- in:  city city_id, festival festival_id, merchant merchant_id, amount int
-- out: id purchase_id, number int, note text, card card_id, at int, received int, person person_id
SELECT id, number, note, card, at, received, person FROM purchase
 WHERE city = :city AND festival = :festival AND merchant = :merchant AND amount = :amount
   AND note <> '' AND state = 0
 ORDER BY id DESC LIMIT 2000;

-- name: person_login :maybe
-- in:  city city_id, id person_id
-- out: login text
SELECT login FROM person WHERE city = :city AND id = :id;

-- name: twin_add :exec
-- in:  city city_id, purchase purchase_id, twin purchase_id, reason text, person person_id, now int
INSERT INTO note_twin (city, purchase, twin, reason, person, at)
VALUES (:city, :purchase, :twin, :reason, :person, :now);

-- name: fix_add :exec
-- in:  city city_id, old purchase_id, new purchase_id, now int
INSERT INTO note_fix (city, old, new, at) VALUES (:city, :old, :new, :now)
ON CONFLICT (city, old) DO NOTHING;

-- name: fix_get :maybe
-- in:  city city_id, old purchase_id
-- out: new purchase_id
SELECT new FROM note_fix WHERE city = :city AND old = :old;

-- name: purchase_get :maybe
-- in:  city city_id, id purchase_id
-- out: id purchase_id, festival festival_id, number int, merchant merchant_id, code int, shop text, card card_id, card_number int, amount int, points int, method int, at int, note text, state int
SELECT p.id, p.festival, p.number, p.merchant, m.code, m.name, p.card, coalesce(c.number, 0), p.amount, p.points,
       p.method, p.at, p.note, p.state
  FROM purchase p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN card c ON c.city = p.city AND c.id = p.card
 WHERE p.city = :city AND p.id = :id;

-- ---- a shift ------------------------------------------------------------------

-- name: shift_hours :many
-- in:  city city_id, person person_id, from int, to int
-- out: hour int, notes int, rupiah int, gone int
-- Hours since "from".
SELECT (received - :from) / 3600000000, CAST(sum(CASE WHEN state = 0 THEN 1 ELSE 0 END) AS bigint),
       CAST(sum(CASE WHEN state = 0 THEN amount ELSE 0 END) AS bigint),
       CAST(sum(CASE WHEN state = 0 THEN 0 ELSE 1 END) AS bigint)
  FROM purchase
 WHERE city = :city AND person = :person AND channel = 1 AND received >= :from AND received < :to
 GROUP BY (received - :from) / 3600000000 ORDER BY 1;

-- name: shift_list :many
-- in:  city city_id, person person_id, from int, to int, limit int
-- out: id purchase_id, shop text, code int, note text, amount int, points int, card_number int, received int, state int
SELECT p.id, m.name, m.code, p.note, p.amount, p.points, coalesce(c.number, 0), p.received, p.state
  FROM purchase p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN card c ON c.city = p.city AND c.id = p.card
 WHERE p.city = :city AND p.person = :person AND p.channel = 1 AND p.received >= :from AND p.received < :to
 ORDER BY p.received DESC LIMIT :limit;

-- ---- who waits -------------------------------------------------------------------

-- name: queue_get :maybe
-- in:  city city_id, post post_id, day int
-- out: taken int, now int, calls int
SELECT taken, now, calls FROM post_queue WHERE city = :city AND post = :post AND day = :day;

-- name: queue_take :one
-- in:  city city_id, post post_id, day int
-- out: taken int
INSERT INTO post_queue (city, post, day, taken, now, calls) VALUES (:city, :post, :day, 1, 0, 0)
ON CONFLICT (city, post, day) DO UPDATE SET taken = post_queue.taken + 1
RETURNING taken;

-- name: queue_next :exec
-- in:  city city_id, post post_id, day int, from int
-- The number it went on from: pressed twice, it goes on by one.
UPDATE post_queue SET now = now + 1, calls = 1
 WHERE city = :city AND post = :post AND day = :day AND now = :from AND now < taken;

-- name: queue_again :exec
-- in:  city city_id, post post_id, day int, calls int
UPDATE post_queue SET calls = calls + 1
 WHERE city = :city AND post = :post AND day = :day AND now > 0 AND calls = :calls;

-- name: ticket_get :maybe
-- in:  city city_id, post post_id, event text
-- out: day int, number int
SELECT day, number FROM post_ticket WHERE city = :city AND post = :post AND event = :event;

-- name: ticket_add :exec
-- in:  city city_id, post post_id, event text, day int, number int, now int
INSERT INTO post_ticket (city, post, event, day, number, at)
VALUES (:city, :post, :event, :day, :number, :now);

-- ---- what must be true (laris check) ---------------------------------------------

-- name: check_hands :many
-- out: post int, first int, last int
-- shared: laris check goes through all cities
-- Two posts, the same cards.
SELECT a.post, a.first, a.last FROM card_hand a
  JOIN card_hand b ON b.city = a.city AND b.festival = a.festival AND b.id > a.id AND b.back = 0
   AND b.first <= a.last AND b.last >= a.first
 WHERE a.back = 0 LIMIT 20;

-- name: check_fixes :many
-- out: old int
-- shared: laris check goes through all cities
SELECT f.old FROM note_fix f JOIN purchase p ON p.city = f.city AND p.id = f.old
 WHERE p.state = 0 LIMIT 20;

-- name: check_twins :many
-- out: purchase int
-- shared: laris check goes through all cities
SELECT t.purchase FROM note_twin t
  JOIN purchase a ON a.city = t.city AND a.id = t.purchase
  JOIN purchase b ON b.city = t.city AND b.id = t.twin
 WHERE a.merchant <> b.merchant OR a.amount <> b.amount LIMIT 20;

-- name: check_queues :many
-- out: post int, day int
-- shared: laris check goes through all cities
SELECT q.post, q.day FROM post_queue q
 WHERE q.now > q.taken OR q.taken <> (SELECT count(*) FROM post_ticket t
       WHERE t.city = q.city AND t.post = q.post AND t.day = q.day) LIMIT 20;
