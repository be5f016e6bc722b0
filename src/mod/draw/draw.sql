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
-- Places of its real draws; a rehearsal promises nothing, one that was annulled no more.
SELECT coalesce(sum(p.number), 0) FROM draw d JOIN prize p ON p.city = d.city AND p.draw = d.id
 WHERE d.city = :city AND d.festival = :festival AND d.rehearsal = 0 AND d.state <> 5;

-- name: drawn_count :one
-- in:  city city_id, festival festival_id
-- out: n int
SELECT count(*) FROM draw
 WHERE city = :city AND festival = :festival AND rehearsal = 0 AND drawn > 0;

-- name: list_city :many
-- in:  city city_id
-- out: id draw_id
SELECT id FROM draw WHERE city = :city ORDER BY created DESC, id DESC LIMIT 200;

-- name: state_set :exec
-- in:  city city_id, id draw_id, from int, to int
UPDATE draw SET state = :to WHERE city = :city AND id = :id AND state = :from;

-- name: frozen_set :exec
-- in:  city city_id, id draw_id, round int, entries int, coupons int, root text, frozen int
UPDATE draw SET round = :round, entries = :entries, coupons = :coupons, root = :root,
       frozen = :frozen
 WHERE city = :city AND id = :id;

-- name: name_set :exec
-- in:  city city_id, id draw_id, name text
-- A draft only.
UPDATE draw SET name = :name WHERE city = :city AND id = :id AND state = 0;

-- name: begun :one
-- in:  city city_id, draw draw_id
-- out: n int
-- What stands in the way of dropping a draft: anything but prizes.
SELECT (SELECT count(*) FROM draw_exclusion WHERE city = :city AND draw = :draw)
     + (SELECT count(*) FROM draw_window WHERE city = :city AND draw = :draw)
     + (SELECT count(*) FROM draw_objection WHERE city = :city AND draw = :draw)
     + (SELECT count(*) FROM draw_saying WHERE city = :city AND draw = :draw)
     + (SELECT count(*) FROM draw_sample WHERE city = :city AND draw = :draw)
     + (SELECT count(*) FROM draw_file WHERE city = :city AND draw = :draw)
     + (SELECT count(*) FROM draw_annulment WHERE city = :city AND next = :draw);

-- name: drop :exec
-- in:  city city_id, id draw_id
-- A draft only.
DELETE FROM draw WHERE city = :city AND id = :id AND state = 0;

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
-- in:  city city_id, draw draw_id, card card_id, relation int, reason text, by text, at int
INSERT INTO draw_exclusion (city, draw, card, relation, reason, by, at)
VALUES (:city, :draw, :card, :relation, :reason, :by, :at)
ON CONFLICT (city, draw, card) DO UPDATE
   SET relation = :relation, reason = :reason, by = :by, at = :at;

-- name: exclusion_drop :exec
-- in:  city city_id, draw draw_id, card card_id
DELETE FROM draw_exclusion WHERE city = :city AND draw = :draw AND card = :card;

-- name: exclusion_list :many
-- in:  city city_id, draw draw_id
-- out: card card_id, number int, relation int, reason text, by text, at int
SELECT x.card, c.number, x.relation, x.reason, x.by, x.at
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
INSERT INTO draw_file (city, draw, name, part, bytes, log)
VALUES (:city, :draw, :name, :part, :bytes, -1);

-- name: file_drop :exec
-- in:  city city_id, draw draw_id, name text
DELETE FROM draw_file WHERE city = :city AND draw = :draw AND name = :name;

-- name: file_log_set :exec
-- in:  city city_id, draw draw_id, name text, log int
UPDATE draw_file SET log = :log WHERE city = :city AND draw = :draw AND name = :name AND part = 0;

-- name: file_log :maybe
-- in:  city city_id, draw draw_id, name text
-- out: log int
SELECT log FROM draw_file WHERE city = :city AND draw = :draw AND name = :name AND part = 0;

-- name: file_size :one
-- in:  city city_id, draw draw_id, name text
-- out: parts int, size int
SELECT count(*) AS parts, CAST(coalesce(sum(length(bytes)), 0) AS bigint) AS size FROM draw_file
 WHERE city = :city AND draw = :draw AND name = :name;

-- name: file_parts :each
-- in:  city city_id, draw draw_id, name text
-- out: bytes bytes
SELECT bytes FROM draw_file WHERE city = :city AND draw = :draw AND name = :name ORDER BY part;

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

-- As the draw itself gave them, standing or struck out since by file "gone".
-- name: drawn_list :many
-- in:  city city_id, draw draw_id
-- out: position int, prize prize_id, title text, place int, k int, coupon int, cid bytes, masked text, card card_id, gone int
SELECT p.position AS position, w.prize AS prize, p.title, w.place AS place, w.k, w.coupon, w.cid,
       w.masked, w.card, 0
  FROM winner w JOIN prize p ON p.city = w.city AND p.id = w.prize
 WHERE w.city = :city AND p.city = :city AND w.draw = :draw AND w.run = 0
UNION ALL
SELECT p.position, s.prize, p.title, s.place, s.k, s.coupon, s.cid, s.masked, s.card, s.n
  FROM draw_struck s JOIN prize p ON p.city = s.city AND p.id = s.prize
 WHERE s.city = :city AND p.city = :city AND s.draw = :draw AND s.run = 0
 ORDER BY position, prize, place LIMIT 100000;

-- name: redrawn_coupons :many
-- in:  city city_id, draw draw_id
-- out: run int, coupon int
SELECT run, coupon FROM winner WHERE city = :city AND draw = :draw AND run > 0
UNION ALL
SELECT run, coupon FROM draw_struck WHERE city = :city AND draw = :draw AND run > 0
 LIMIT 1000;

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

-- ---- what must be true ---------------------------------------------------

-- name: check_draws :many
-- shared: laris check looks at every city
-- out: city city_id, id draw_id
SELECT city, id FROM draw WHERE state > 0 ORDER BY city, id LIMIT 10000;

-- ---- what became of the winners --------------------------------------------

-- name: winner_row :maybe
-- in:  city city_id, draw draw_id, prize prize_id, place int
-- out: code text, title text, value int, k int, coupon int, cid bytes, card card_id, masked text, run int, state int, moved int, words text, number int
SELECT p.code, p.title, p.value, w.k, w.coupon, w.cid, w.card, w.masked, w.run, w.state, w.moved,
       w.words, c.number
  FROM winner w JOIN prize p ON p.city = w.city AND p.id = w.prize
  JOIN card c ON c.city = w.city AND c.id = w.card
 WHERE w.city = :city AND p.city = :city AND c.city = :city AND w.draw = :draw
   AND w.prize = :prize AND w.place = :place;

-- name: winner_rows :many
-- in:  city city_id, draw draw_id
-- out: prize prize_id, place int
SELECT w.prize, w.place FROM winner w JOIN prize p ON p.city = w.city AND p.id = w.prize
 WHERE w.city = :city AND p.city = :city AND w.draw = :draw
 ORDER BY p.position, p.id, w.place LIMIT 10000;

-- name: winner_move :exec
-- in:  city city_id, draw draw_id, prize prize_id, place int, from int, to int, moved int
UPDATE winner SET state = :to, moved = :moved
 WHERE city = :city AND draw = :draw AND prize = :prize AND place = :place AND state = :from;

-- name: winner_words :exec
-- in:  city city_id, draw draw_id, prize prize_id, place int, words text
UPDATE winner SET words = :words
 WHERE city = :city AND draw = :draw AND prize = :prize AND place = :place;

-- name: winner_drop :exec
-- in:  city city_id, draw draw_id, prize prize_id, place int
DELETE FROM winner WHERE city = :city AND draw = :draw AND prize = :prize AND place = :place;

-- name: winner_run :exec
-- in:  city city_id, draw draw_id, prize prize_id, place int, run int
UPDATE winner SET run = :run
 WHERE city = :city AND draw = :draw AND prize = :prize AND place = :place;

-- name: struck_add :exec
-- in:  city city_id, draw draw_id, n int, prize prize_id, place int, run int, k int, coupon int, cid bytes, card card_id, masked text
INSERT INTO draw_struck (city, draw, n, prize, place, run, k, coupon, cid, card, masked)
VALUES (:city, :draw, :n, :prize, :place, :run, :k, :coupon, :cid, :card, :masked);

-- name: after_add :exec
-- in:  city city_id, draw draw_id, n int, kind int, prize prize_id, place int, reason int, words text, round int, by text, at int
INSERT INTO draw_after (city, draw, n, kind, prize, place, reason, words, round, ran, by, at)
VALUES (:city, :draw, :n, :kind, :prize, :place, :reason, :words, :round, 0, :by, :at);

-- name: after_ran :exec
-- in:  city city_id, draw draw_id, n int, ran int
UPDATE draw_after SET ran = :ran WHERE city = :city AND draw = :draw AND n = :n AND ran = 0;

-- "now": who won the place by this redraw, standing or struck out since.
-- name: after_list :many
-- in:  city city_id, draw draw_id
-- out: n int, kind int, prize prize_id, code text, title text, place int, reason int, words text, round int, ran int, by text, at int, was text, now text
SELECT a.n, a.kind, a.prize, p.code, p.title, a.place, a.reason, a.words, a.round, a.ran, a.by, a.at,
       coalesce(s.masked, ''), coalesce(w.masked, t.masked, '')
  FROM draw_after a JOIN prize p ON p.city = a.city AND p.id = a.prize
  LEFT JOIN draw_struck s ON s.city = a.city AND s.draw = a.draw AND s.n = a.n
  LEFT JOIN winner w ON w.city = a.city AND w.draw = a.draw AND w.prize = a.prize
        AND w.place = a.place AND w.run = a.n
  LEFT JOIN draw_struck t ON t.city = a.city AND t.draw = a.draw AND t.run = a.n
        AND t.prize = a.prize AND t.place = a.place
 WHERE a.city = :city AND p.city = :city AND a.draw = :draw ORDER BY a.n LIMIT 1000;

-- name: file_names :many
-- in:  city city_id, draw draw_id
-- out: name text
SELECT DISTINCT name FROM draw_file
 WHERE city = :city AND draw = :draw AND name LIKE 'after/%' ORDER BY name LIMIT 5000;

-- name: paper_set :exec
-- in:  city city_id, draw draw_id, prize prize_id, place int, kind int, type text, bytes bytes
INSERT INTO winner_paper (city, draw, prize, place, kind, type, bytes)
VALUES (:city, :draw, :prize, :place, :kind, :type, :bytes)
ON CONFLICT (city, draw, prize, place, kind) DO UPDATE SET type = :type, bytes = :bytes;

-- name: paper_get :maybe
-- in:  city city_id, draw draw_id, prize prize_id, place int, kind int
-- out: type text, bytes bytes
SELECT type, bytes FROM winner_paper
 WHERE city = :city AND draw = :draw AND prize = :prize AND place = :place AND kind = :kind;

-- ---- before the freeze -----------------------------------------------------

-- name: window_get :maybe
-- in:  city city_id, draw draw_id
-- out: opened int, ends int, holders int, coupons int, by text
SELECT opened, ends, holders, coupons, by FROM draw_window WHERE city = :city AND draw = :draw;

-- name: window_add :exec
-- in:  city city_id, draw draw_id, opened int, ends int, holders int, coupons int, by text
INSERT INTO draw_window (city, draw, opened, ends, holders, coupons, by)
VALUES (:city, :draw, :opened, :ends, :holders, :coupons, :by);

-- name: objection_add :exec
-- in:  city city_id, id int, draw draw_id, card card_id, words text, at int
INSERT INTO draw_objection (city, id, draw, card, words, at, state, answer, by, answered)
VALUES (:city, :id, :draw, :card, :words, :at, 0, '', '', 0);

-- name: objection_answer :exec
-- in:  city city_id, draw draw_id, id int, state int, answer text, by text, answered int
UPDATE draw_objection SET state = :state, answer = :answer, by = :by, answered = :answered
 WHERE city = :city AND draw = :draw AND id = :id AND state = 0;

-- name: objection_get :maybe
-- in:  city city_id, draw draw_id, id int
-- out: card card_id, number int, words text, at int, state int, answer text, by text, answered int
SELECT o.card, c.number, o.words, o.at, o.state, o.answer, o.by, o.answered
  FROM draw_objection o JOIN card c ON c.city = o.city AND c.id = o.card
 WHERE o.city = :city AND c.city = :city AND o.draw = :draw AND o.id = :id;

-- name: objection_list :many
-- in:  city city_id, draw draw_id, card card_id
-- out: id int, card card_id, number int, words text, at int, state int, answer text, by text, answered int
SELECT o.id, o.card, c.number, o.words, o.at, o.state, o.answer, o.by, o.answered
  FROM draw_objection o JOIN card c ON c.city = o.city AND c.id = o.card
 WHERE o.city = :city AND c.city = :city AND o.draw = :draw AND (:card = 0 OR o.card = :card)
 ORDER BY CASE WHEN o.state = 0 THEN 0 ELSE 1 END, o.id LIMIT 1000;

-- name: objection_count :one
-- in:  city city_id, draw draw_id
-- out: n int, answered int
SELECT count(*), CAST(coalesce(sum(CASE WHEN state <> 0 THEN 1 ELSE 0 END), 0) AS bigint)
  FROM draw_objection WHERE city = :city AND draw = :draw;

-- A joined card's coupons stand under its main card.
-- name: holder_coupons :one
-- in:  city city_id, festival festival_id, card card_id
-- out: coupons int
SELECT CAST(coalesce(sum(t.coupons), 0) AS bigint) FROM card_total t
 WHERE t.city = :city AND t.festival = :festival AND t.card IN (
       SELECT CASE WHEN c.main = 0 THEN c.id ELSE c.main END
         FROM card c WHERE c.city = :city AND c.id = :card AND c.state = 0);

-- name: saying_set :exec
-- in:  city city_id, draw draw_id, kind int, words text, by text, at int
INSERT INTO draw_saying (city, draw, kind, words, by, at)
VALUES (:city, :draw, :kind, :words, :by, :at)
ON CONFLICT (city, draw, kind) DO UPDATE SET words = :words, by = :by, at = :at;

-- name: saying_get :maybe
-- in:  city city_id, draw draw_id, kind int
-- out: words text, by text, at int
SELECT words, by, at FROM draw_saying WHERE city = :city AND draw = :draw AND kind = :kind;

-- name: cards_of_phone :many
-- in:  city city_id, festival festival_id, phone text
-- out: number int
SELECT number FROM card
 WHERE city = :city AND festival = :festival AND phone = :phone AND state = 0
 ORDER BY number LIMIT 100;

-- ---- the sample --------------------------------------------------------------

-- name: sample_add :exec
-- in:  city city_id, draw draw_id, count int, round int, said int, by text
INSERT INTO draw_sample (city, draw, count, round, said, ran, by)
VALUES (:city, :draw, :count, :round, :said, 0, :by);

-- name: sample_get :maybe
-- in:  city city_id, draw draw_id
-- out: count int, round int, said int, ran int
SELECT count, round, said, ran FROM draw_sample WHERE city = :city AND draw = :draw;

-- name: sample_ran :exec
-- in:  city city_id, draw draw_id, ran int
UPDATE draw_sample SET ran = :ran WHERE city = :city AND draw = :draw AND ran = 0;

-- name: sampled_add :exec
-- in:  city city_id, draw draw_id, pos int, coupon int, card card_id, purchase purchase_id
INSERT INTO draw_sampled (city, draw, pos, coupon, card, purchase, verdict, note, by, at)
VALUES (:city, :draw, :pos, :coupon, :card, :purchase, 0, '', '', 0);

-- name: sampled_count :one
-- in:  city city_id, draw draw_id
-- out: seen int, clean int
SELECT CAST(coalesce(sum(CASE WHEN verdict <> 0 THEN 1 ELSE 0 END), 0) AS bigint),
       CAST(coalesce(sum(CASE WHEN verdict = 1 THEN 1 ELSE 0 END), 0) AS bigint)
  FROM draw_sampled WHERE city = :city AND draw = :draw;

-- name: sampled_list :many
-- in:  city city_id, draw draw_id, skip int, limit int
-- out: pos int
SELECT pos FROM draw_sampled WHERE city = :city AND draw = :draw
 ORDER BY CASE WHEN verdict = 0 THEN 0 ELSE 1 END, pos LIMIT :limit OFFSET :skip;

-- name: sampled_get :maybe
-- in:  city city_id, draw draw_id, pos int
-- out: coupon int, number int, purchase int, verdict int, note text, by text, at int, amount int, bought int, receipt text, merchant text, stall text
SELECT s.coupon, c.number, s.purchase, s.verdict, s.note, s.by, s.at, coalesce(p.amount, 0),
       coalesce(p.at, 0), coalesce(p.note, ''), coalesce(m.name, ''), coalesce(m.stall, '')
  FROM draw_sampled s JOIN card c ON c.city = s.city AND c.id = s.card
  LEFT JOIN purchase p ON p.city = s.city AND p.id = s.purchase
  LEFT JOIN merchant m ON m.city = p.city AND m.id = p.merchant
 WHERE s.city = :city AND c.city = :city AND s.draw = :draw AND s.pos = :pos;

-- name: sampled_judge :exec
-- in:  city city_id, draw draw_id, pos int, verdict int, note text, by text, at int
UPDATE draw_sampled SET verdict = :verdict, note = :note, by = :by, at = :at
 WHERE city = :city AND draw = :draw AND pos = :pos;

-- name: cards_of_person :many
-- in:  city city_id, festival festival_id, card card_id
-- out: last purchase_id
SELECT t.last FROM card c JOIN card_total t ON t.city = c.city AND t.card = c.id
 WHERE c.city = :city AND t.city = :city AND t.festival = :festival
   AND (c.id = :card OR c.main = :card) LIMIT 1000;

-- name: purchase_link :maybe
-- in:  city city_id, id purchase_id
-- out: number int, points int, state int, card_before purchase_id
SELECT number, points, state, card_before FROM purchase WHERE city = :city AND id = :id;

-- ---- the minutes ---------------------------------------------------------------

-- Stages of the permit in force on the sale's first day, and when they were ticked.
-- name: permit_rows :many
-- in:  city city_id, festival festival_id, day int
-- out: law text, name text, at int, remark text
SELECT p.law, p.name_id, coalesce(m.at, 0), coalesce(m.remark, '')
  FROM permit_stage p
  LEFT JOIN setup_mark m ON m.city = :city AND m.festival = :festival AND m.code = p.code
 WHERE p.since <= :day AND (p.before = 0 OR p.before > :day) ORDER BY p.position LIMIT 40;

-- ---- what looks odd: read only, of the standing winners -------------------------

-- Cards with a phone that won in more than one draw of the city, rehearsals left out.
-- name: odd_repeated :many
-- in:  city city_id
-- out: phone text, wins int, draws int
SELECT c.phone, count(*) AS wins, count(DISTINCT w.draw) AS draws
  FROM winner w JOIN card c ON c.city = w.city AND c.id = w.card
  JOIN draw d ON d.city = w.city AND d.id = w.draw
 WHERE w.city = :city AND c.city = :city AND d.city = :city AND d.rehearsal = 0 AND c.phone <> ''
 GROUP BY c.phone HAVING count(*) > 1 ORDER BY wins DESC, c.phone LIMIT 200;

-- name: odd_winner_cards :many
-- in:  city city_id, draw draw_id
-- out: card card_id, number int, title text, place int, prize prize_id
SELECT w.card, c.number, p.title, w.place, w.prize
  FROM winner w JOIN card c ON c.city = w.city AND c.id = w.card
  JOIN prize p ON p.city = w.city AND p.id = w.prize
 WHERE w.city = :city AND c.city = :city AND p.city = :city AND w.draw = :draw
 ORDER BY p.position, w.place LIMIT 500;

-- name: purchase_facts :maybe
-- in:  city city_id, id purchase_id
-- out: amount int, merchant int, person int, channel int, note text, state int, card_before purchase_id
SELECT amount, merchant, person, channel, note, state, card_before
  FROM purchase WHERE city = :city AND id = :id;

-- ---- relays ------------------------------------------------------------------

-- name: relay_set :exec
-- in:  city city_id, draw draw_id, part int, relay text, state int, said int, at int, text text
INSERT INTO draw_relay (city, draw, part, relay, state, said, at, text)
VALUES (:city, :draw, :part, :relay, :state, :said, :at, :text)
ON CONFLICT (city, draw, part, relay) DO UPDATE
 SET state = excluded.state, said = excluded.said, at = excluded.at, text = excluded.text;

-- name: relay_list :many
-- in:  city city_id, draw draw_id, part int
-- out: relay text, state int, said int, at int, text text
SELECT relay, state, said, at, text FROM draw_relay
 WHERE city = :city AND draw = :draw AND part = :part ORDER BY relay;

-- ---- a person forgotten ---------------------------------------------------------

-- name: card_held :many
-- in:  city city_id, card card_id
-- out: name text
SELECT d.name FROM winner w JOIN draw d ON d.city = w.city AND d.id = w.draw
 WHERE w.city = :city AND d.city = :city AND w.card = :card AND w.state < 3 AND d.rehearsal = 0
 LIMIT 1;

-- name: card_receiver_gone :exec
-- in:  city city_id, card card_id
UPDATE winner SET words = '' WHERE city = :city AND card = :card;

-- name: card_papers_gone :exec
-- in:  city city_id, card card_id
DELETE FROM winner_paper
 WHERE city = :city AND EXISTS (SELECT 1 FROM winner w WHERE w.city = :city
   AND w.draw = winner_paper.draw AND w.prize = winner_paper.prize
   AND w.place = winner_paper.place AND w.card = :card);

-- name: card_objections_gone :exec
-- in:  city city_id, card card_id
UPDATE draw_objection SET words = '-', answer = '-' WHERE city = :city AND card = :card;

-- name: card_exclusion_gone :exec
-- in:  city city_id, card card_id
UPDATE draw_exclusion SET reason = '-' WHERE city = :city AND card = :card;

-- name: card_struck_gone :exec
-- in:  city city_id, card card_id
UPDATE draw_after SET words = '-'
 WHERE city = :city AND EXISTS (SELECT 1 FROM draw_struck s WHERE s.city = :city
   AND s.draw = draw_after.draw AND s.n = draw_after.n AND s.card = :card);

-- ---- annulled ---------------------------------------------------------------------

-- name: annulment_get :maybe
-- in:  city city_id, draw draw_id
-- out: notary text, deed text, by text, proposed int, second text, at int, next draw_id
SELECT notary, deed, by, proposed, second, at, next FROM draw_annulment
 WHERE city = :city AND draw = :draw;

-- name: annulment_set :exec
-- in:  city city_id, draw draw_id, notary text, deed text, by text, proposed int
-- Who proposes it anew says all of it anew.
INSERT INTO draw_annulment (city, draw, notary, deed, by, proposed, second, at, next)
VALUES (:city, :draw, :notary, :deed, :by, :proposed, '', 0, 0)
ON CONFLICT (city, draw) DO UPDATE
   SET notary = :notary, deed = :deed, by = :by, proposed = :proposed;

-- name: annulment_drop :exec
-- in:  city city_id, draw draw_id
DELETE FROM draw_annulment WHERE city = :city AND draw = :draw AND at = 0;

-- name: annulment_done :exec
-- in:  city city_id, draw draw_id, second text, at int
UPDATE draw_annulment SET second = :second, at = :at
 WHERE city = :city AND draw = :draw AND at = 0;

-- name: annulment_next :exec
-- in:  city city_id, draw draw_id, next draw_id
UPDATE draw_annulment SET next = :next
 WHERE city = :city AND draw = :draw AND at > 0 AND next = 0;

-- name: annulment_of :maybe
-- in:  city city_id, next draw_id
-- out: draw draw_id
SELECT draw FROM draw_annulment WHERE city = :city AND next = :next;

-- name: exclusion_copy :exec
-- in:  city city_id, from draw_id, to draw_id
INSERT INTO draw_exclusion (city, draw, card, relation, reason, by, at)
SELECT x.city, :to, x.card, x.relation, x.reason, x.by, x.at FROM draw_exclusion x
 WHERE x.city = :city AND x.draw = :from;
