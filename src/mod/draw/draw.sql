-- Every statement of the draws.
-- use: mod/draw/ids.h

-- ---- draws ---------------------------------------------------------

-- name: add :exec
-- in:  city city_id, id draw_id, festival festival_id, slug text, name text, code text, rehearsal bool, chain text, rules text, created int
INSERT INTO draw (city, id, festival, slug, name, code, state, rehearsal, chain, round, rules,
       entries, coupons, root, seed, created, frozen, drawn, reported)
VALUES (:city, :id, :festival, :slug, :name, :code, 0, :rehearsal, :chain, 0, :rules,
       0, 0, '', '', :created, 0, 0, 0);

-- name: by_slug :maybe
-- in:  city city_id, festival festival_id, slug text
-- out: id draw_id, festival festival_id, slug text, name text, code text, state int, rehearsal bool, chain text, round int, rules text, entries int, coupons int, root text, seed text, created int, frozen int, drawn int, reported int
SELECT id, festival, slug, name, code, state, rehearsal, chain, round, rules, entries, coupons,
       root, seed, created, frozen, drawn, reported
  FROM draw WHERE city = :city AND festival = :festival AND slug = :slug;

-- name: by_id :maybe
-- in:  city city_id, id draw_id
-- out: id draw_id, festival festival_id, slug text, name text, code text, state int, rehearsal bool, chain text, round int, rules text, entries int, coupons int, root text, seed text, created int, frozen int, drawn int, reported int
SELECT id, festival, slug, name, code, state, rehearsal, chain, round, rules, entries, coupons,
       root, seed, created, frozen, drawn, reported
  FROM draw WHERE city = :city AND id = :id;

-- name: by_code :maybe
-- in:  city city_id, code text
-- out: id draw_id
SELECT id FROM draw WHERE city = :city AND code = :code;

-- name: list :many
-- in:  city city_id, festival festival_id
-- out: id draw_id
SELECT id FROM draw WHERE city = :city AND festival = :festival ORDER BY created, id LIMIT 200;

-- name: prizes_promised :one
-- in:  city city_id, festival festival_id
-- out: n int
-- Places of its real draws; a rehearsal promises nothing.
SELECT coalesce(sum(p.number), 0) FROM draw d JOIN prize p ON p.city = d.city AND p.draw = d.id
 WHERE d.city = :city AND d.festival = :festival AND d.rehearsal = 0;

-- name: drawn_count :one
-- in:  city city_id, festival festival_id
-- out: n int
SELECT count(*) FROM draw
 WHERE city = :city AND festival = :festival AND rehearsal = 0 AND drawn > 0;

-- name: list_city :many
-- in:  city city_id
-- out: id draw_id
SELECT id FROM draw WHERE city = :city ORDER BY created DESC, id DESC LIMIT 200;

-- name: change :exec
-- in:  city city_id, id draw_id, name text, rules text
UPDATE draw SET name = :name, rules = :rules WHERE city = :city AND id = :id AND state = 0;

-- name: state_set :exec
-- in:  city city_id, id draw_id, from int, to int
UPDATE draw SET state = :to WHERE city = :city AND id = :id AND state = :from;

-- name: frozen_set :exec
-- in:  city city_id, id draw_id, round int, entries int, coupons int, root text, frozen int
UPDATE draw SET round = :round, entries = :entries, coupons = :coupons, root = :root,
       frozen = :frozen
 WHERE city = :city AND id = :id;

-- name: drawn_set :exec
-- in:  city city_id, id draw_id, seed text, drawn int
UPDATE draw SET seed = :seed, drawn = :drawn WHERE city = :city AND id = :id;

-- name: reported_set :exec
-- in:  city city_id, id draw_id, reported int
UPDATE draw SET reported = :reported WHERE city = :city AND id = :id;

-- ---- prizes --------------------------------------------------------

-- name: prize_add :exec
-- in:  city city_id, id prize_id, draw draw_id, position int, code text, class text, number int, title text, value int
INSERT INTO prize (city, id, draw, position, code, class, number, title, value)
VALUES (:city, :id, :draw, :position, :code, :class, :number, :title, :value);

-- name: prize_drop :exec
-- in:  city city_id, draw draw_id, id prize_id
DELETE FROM prize WHERE city = :city AND draw = :draw AND id = :id;

-- name: prize_list :many
-- in:  city city_id, draw draw_id
-- out: id prize_id, position int, code text, class text, number int, title text, value int
SELECT id, position, code, class, number, title, value FROM prize
 WHERE city = :city AND draw = :draw ORDER BY position, id LIMIT 10001;

-- ---- who may not win -------------------------------------------------

-- name: exclusion_add :exec
-- in:  city city_id, draw draw_id, card card_id, reason text, by text, at int
INSERT INTO draw_exclusion (city, draw, card, reason, by, at)
VALUES (:city, :draw, :card, :reason, :by, :at)
ON CONFLICT (city, draw, card) DO UPDATE SET reason = :reason, by = :by, at = :at;

-- name: exclusion_drop :exec
-- in:  city city_id, draw draw_id, card card_id
DELETE FROM draw_exclusion WHERE city = :city AND draw = :draw AND card = :card;

-- name: exclusion_list :many
-- in:  city city_id, draw draw_id
-- out: card card_id, number int, reason text, by text, at int
SELECT x.card, c.number, x.reason, x.by, x.at
  FROM draw_exclusion x JOIN card c ON c.city = x.city AND c.id = x.card
 WHERE x.city = :city AND c.city = :city AND x.draw = :draw ORDER BY c.number LIMIT 100001;

-- The same people once each: a card that was joined stands under its main card.
-- name: ineligible_list :many
-- in:  city city_id, draw draw_id
-- out: number int, secret bytes, phone text
SELECT h.number, h.secret, h.phone
  FROM card h WHERE h.city = :city AND h.id IN (
       SELECT CASE WHEN c.main = 0 THEN c.id ELSE c.main END
         FROM draw_exclusion x JOIN card c ON c.city = x.city AND c.id = x.card
        WHERE x.city = :city AND c.city = :city AND x.draw = :draw)
 ORDER BY h.number LIMIT 100001;

-- ---- who holds coupons -----------------------------------------------

-- A blocked card holds none.
-- name: holder_count :one
-- in:  city city_id, festival festival_id
-- out: holders int, coupons int
SELECT count(*) AS holders, CAST(coalesce(sum(t.coupons), 0) AS bigint) AS coupons
  FROM card_total t JOIN card c ON c.city = t.city AND c.id = t.card
 WHERE t.city = :city AND c.city = :city AND t.festival = :festival AND t.coupons > 0
   AND c.state = 0;

-- name: holder_all :each
-- in:  city city_id, festival festival_id
-- out: card card_id, number int, secret bytes, phone text, coupons int
SELECT c.id, c.number, c.secret, c.phone, t.coupons
  FROM card_total t JOIN card c ON c.city = t.city AND c.id = t.card
 WHERE t.city = :city AND c.city = :city AND t.festival = :festival AND t.coupons > 0
   AND c.state = 0;

-- Numbers given and voids (numbered - purchases) only grow, and with those
-- two the same, what waits only shrinks: all three the same, no coupon moved
-- by a purchase.  What else moves one, or changes a name on the list (a join,
-- a block, a phone number), counts in "cards" (card_person.c).
-- name: sale_stand :one
-- in:  city city_id, festival festival_id
-- out: numbered int, purchases int, unclaimed int, cards int
SELECT t.numbered, t.purchases, t.unclaimed, coalesce(n.value, 0)
  FROM festival_total t
  LEFT JOIN counter n ON n.city = t.city AND n.festival = t.festival AND n.name = 'card-change'
 WHERE t.city = :city AND t.festival = :festival;

-- name: card_number :maybe
-- in:  city city_id, id card_id
-- out: number int
SELECT number FROM card WHERE city = :city AND id = :id;

-- ---- files -------------------------------------------------------------

-- name: file_add :exec
-- in:  city city_id, draw draw_id, name text, part int, bytes bytes
INSERT INTO draw_file (city, draw, name, part, bytes) VALUES (:city, :draw, :name, :part, :bytes);

-- name: file_drop :exec
-- in:  city city_id, draw draw_id, name text
DELETE FROM draw_file WHERE city = :city AND draw = :draw AND name = :name;

-- name: file_size :one
-- in:  city city_id, draw draw_id, name text
-- out: parts int, size int
SELECT count(*) AS parts, CAST(coalesce(sum(length(bytes)), 0) AS bigint) AS size FROM draw_file
 WHERE city = :city AND draw = :draw AND name = :name;

-- name: file_parts :each
-- in:  city city_id, draw draw_id, name text
-- out: bytes bytes
SELECT bytes FROM draw_file WHERE city = :city AND draw = :draw AND name = :name ORDER BY part;

-- name: file_part :maybe
-- in:  city city_id, draw draw_id, name text, part int
-- out: bytes bytes
SELECT bytes FROM draw_file
 WHERE city = :city AND draw = :draw AND name = :name AND part = :part;

-- ---- winners -----------------------------------------------------------

-- name: winner_add :exec
-- in:  city city_id, draw draw_id, prize prize_id, place int, k int, coupon int, cid bytes, card card_id, masked text
INSERT INTO winner (city, draw, prize, place, k, coupon, cid, card, masked)
VALUES (:city, :draw, :prize, :place, :k, :coupon, :cid, :card, :masked);

-- name: winner_list :many
-- in:  city city_id, draw draw_id
-- out: prize prize_id, title text, place int, k int, coupon int, cid bytes, masked text, card card_id
SELECT w.prize, p.title, w.place, w.k, w.coupon, w.cid, w.masked, w.card
  FROM winner w JOIN prize p ON p.city = w.city AND p.id = w.prize
 WHERE w.city = :city AND p.city = :city AND w.draw = :draw
 ORDER BY p.position, p.id, w.place LIMIT 100000;

-- name: winner_by_coupon :many
-- in:  city city_id, draw draw_id, coupon int
-- out: prize prize_id, title text, place int, masked text
SELECT w.prize, p.title, w.place, w.masked
  FROM winner w JOIN prize p ON p.city = w.city AND p.id = w.prize
 WHERE w.city = :city AND p.city = :city AND w.draw = :draw AND w.coupon = :coupon
 ORDER BY p.position, w.place LIMIT 64;

-- name: winner_by_card :many
-- in:  city city_id, draw draw_id, card card_id
-- out: prize prize_id, title text, place int, coupon int
SELECT w.prize, p.title, w.place, w.coupon
  FROM winner w JOIN prize p ON p.city = w.city AND p.id = w.prize
 WHERE w.city = :city AND p.city = :city AND w.draw = :draw AND w.card = :card
 ORDER BY p.position, w.place LIMIT 64;

-- name: winner_count :one
-- in:  city city_id, draw draw_id
-- out: winners int
SELECT count(*) AS winners FROM winner WHERE city = :city AND draw = :draw;

-- ---- what must be true ---------------------------------------------------

-- name: check_draws :many
-- shared: laris check looks at every city
-- out: city city_id, id draw_id
SELECT city, id FROM draw WHERE state > 0 ORDER BY city, id LIMIT 10000;
