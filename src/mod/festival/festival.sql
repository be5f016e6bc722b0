-- Every statement of the sale.
-- use: mod/festival/ids.h

-- ---- editions ------------------------------------------------------

-- name: by_slug :maybe
-- in:  city city_id, slug text
-- out: id festival_id, slug text, name text, state int, first_day int, last_day int, target int, unit int, counting int, minimum int, cap_purchase int, cap_merchant int, cap_day int, cap_person int, admission int, created int, opened int, closed int, version int
-- kept: each purchase asks
SELECT id, slug, name, state, first_day, last_day, target, unit, counting, minimum,
       cap_purchase, cap_merchant, cap_day, cap_person, admission, created, opened, closed, version
  FROM festival WHERE city = :city AND slug = :slug;

-- name: by_id :maybe
-- in:  city city_id, id festival_id
-- out: id festival_id, slug text, name text, state int, first_day int, last_day int, target int, unit int, counting int, minimum int, cap_purchase int, cap_merchant int, cap_day int, cap_person int, admission int, created int, opened int, closed int, version int
-- kept: each change asks
SELECT id, slug, name, state, first_day, last_day, target, unit, counting, minimum,
       cap_purchase, cap_merchant, cap_day, cap_person, admission, created, opened, closed, version
  FROM festival WHERE city = :city AND id = :id;

-- name: list :many
-- in:  city city_id
-- out: id festival_id, slug text, name text, state int, first_day int, last_day int
SELECT id, slug, name, state, first_day, last_day FROM festival
 WHERE city = :city ORDER BY first_day DESC, id DESC LIMIT 100;

-- name: add :exec
-- in:  city city_id, id festival_id, slug text, name text, first_day int, last_day int, target int, unit int, counting int, minimum int, cap_purchase int, cap_merchant int, cap_day int, cap_person int, admission int, created int
INSERT INTO festival (city, id, slug, name, state, first_day, last_day, target, unit, counting,
       minimum, cap_purchase, cap_merchant, cap_day, cap_person, admission, created, opened, closed)
VALUES (:city, :id, :slug, :name, 0, :first_day, :last_day, :target, :unit, :counting, :minimum,
       :cap_purchase, :cap_merchant, :cap_day, :cap_person, :admission, :created, 0, 0);

-- name: change :exec
-- in:  city city_id, id festival_id, name text, first_day int, last_day int, target int, unit int, counting int, minimum int, cap_purchase int, cap_merchant int, cap_day int, cap_person int, admission int
UPDATE festival SET name = :name, first_day = :first_day, last_day = :last_day, target = :target,
       unit = :unit, counting = :counting, minimum = :minimum, cap_purchase = :cap_purchase,
       cap_merchant = :cap_merchant, cap_day = :cap_day, cap_person = :cap_person,
       admission = :admission
 WHERE city = :city AND id = :id;

-- name: state_set :exec
-- in:  city city_id, id festival_id, from int, to int, opened int, closed int
UPDATE festival SET state = :to, opened = :opened, closed = :closed
 WHERE city = :city AND id = :id AND state = :from;

-- name: total_start :exec
-- in:  city city_id, festival festival_id
INSERT INTO festival_total (city, festival, purchases, rupiah, coupons, reporting, unclaimed,
       numbered, last_at) VALUES (:city, :festival, 0, 0, 0, 0, 0, 0, 0);

-- ---- the rules through time -----------------------------------------

-- name: factor_list :many
-- in:  city city_id, festival festival_id
-- out: number int, kind int, key int, permille int, label text
-- kept: each purchase asks
-- Of all versions; one still proposed is the last.
SELECT number, kind, key, permille, label FROM rule_factor
 WHERE city = :city AND festival = :festival ORDER BY number, kind, key;

-- name: factor_add :exec
-- in:  city city_id, festival festival_id, number int, kind int, key int, permille int, label text
INSERT INTO rule_factor (city, festival, number, kind, key, permille, label)
VALUES (:city, :festival, :number, :kind, :key, :permille, :label);

-- name: factor_clear :exec
-- in:  city city_id, festival festival_id, number int
DELETE FROM rule_factor WHERE city = :city AND festival = :festival AND number = :number;

-- name: version_list :many
-- in:  city city_id, festival festival_id
-- out: number int, since int, made int, by text, reason text, edits int, minimum int, cap_purchase int, cap_merchant int, cap_day int, cap_person int
-- kept: each change asks
SELECT number, since, made, by, reason, edits, minimum, cap_purchase, cap_merchant, cap_day, cap_person
  FROM rule_version WHERE city = :city AND festival = :festival ORDER BY number;

-- name: version_propose :exec
-- in:  city city_id, festival festival_id, number int, minimum int, cap_purchase int, cap_merchant int, cap_day int, cap_person int
INSERT INTO rule_version (city, festival, number, since, made, person, by, reason, edits, minimum,
       cap_purchase, cap_merchant, cap_day, cap_person)
VALUES (:city, :festival, :number, 0, 0, 0, '', '', 1, :minimum, :cap_purchase, :cap_merchant,
       :cap_day, :cap_person)
ON CONFLICT (city, festival, number) DO UPDATE SET edits = rule_version.edits + 1,
       minimum = :minimum, cap_purchase = :cap_purchase, cap_merchant = :cap_merchant,
       cap_day = :cap_day, cap_person = :cap_person;

-- name: version_drop :exec
-- in:  city city_id, festival festival_id, number int
DELETE FROM rule_version
 WHERE city = :city AND festival = :festival AND number = :number AND made = 0;

-- name: version_make :exec
-- in:  city city_id, festival festival_id, number int, since int, made int, person person_id, by text, reason text
UPDATE rule_version SET since = :since, made = :made, person = :person, by = :by, reason = :reason
 WHERE city = :city AND festival = :festival AND number = :number AND made = 0;

-- name: version_set :exec
-- in:  city city_id, id festival_id, number int
UPDATE festival SET version = :number
 WHERE city = :city AND id = :id AND version = :number - 1;

-- name: tally_clear :exec
-- in:  city city_id, festival festival_id, kind int
DELETE FROM card_tally WHERE city = :city AND festival = :festival AND kind = :kind;

-- name: tally_merchants :exec
-- in:  city city_id, festival festival_id
-- What each person counts at each merchant so far: a cap on it came in mid-sale.
INSERT INTO card_tally (city, festival, card, kind, key, counted)
SELECT :city, :festival, coalesce(c.main, b.card), 0, b.merchant, sum(b.counted)
  FROM purchase b LEFT JOIN card c ON c.city = b.city AND c.id = b.card AND c.main <> 0
 WHERE b.city = :city AND b.festival = :festival AND b.state = 0 AND b.card <> 0
 GROUP BY coalesce(c.main, b.card), b.merchant;

-- name: tally_days :exec
-- in:  city city_id, festival festival_id, zone int
-- The same of each day, in the city's zone (hours).
INSERT INTO card_tally (city, festival, card, kind, key, counted)
SELECT :city, :festival, coalesce(c.main, b.card), 1, (b.at / 3600000000 + :zone) / 24, sum(b.counted)
  FROM purchase b LEFT JOIN card c ON c.city = b.city AND c.id = b.card AND c.main <> 0
 WHERE b.city = :city AND b.festival = :festival AND b.state = 0 AND b.card <> 0
 GROUP BY coalesce(c.main, b.card), (b.at / 3600000000 + :zone) / 24;

-- ---- set-up ---------------------------------------------------------

-- name: setup_mark_list :many
-- in:  city city_id, festival festival_id
-- out: code text, at int, by text, remark text
SELECT code, at, by, remark FROM setup_mark
 WHERE city = :city AND festival = :festival ORDER BY code;

-- name: setup_mark_set :exec
-- in:  city city_id, festival festival_id, code text, at int, by text, remark text
INSERT INTO setup_mark (city, festival, code, at, by, remark)
VALUES (:city, :festival, :code, :at, :by, :remark)
ON CONFLICT (city, festival, code) DO UPDATE SET at = :at, by = :by, remark = :remark;

-- name: setup_mark_drop :exec
-- in:  city city_id, festival festival_id, code text
DELETE FROM setup_mark WHERE city = :city AND festival = :festival AND code = :code;

-- name: permit_stages :many
-- in:  day int
-- out: code text, law text, base int, days int, working int, name_id text, name_en text, note_id text, note_en text
-- shared: the law is the same for every city
-- In force for a sale that begins on that day.
SELECT code, law, base, days, working, name_id, name_en, note_id, note_en FROM permit_stage
 WHERE since <= :day AND (before = 0 OR :day < before) ORDER BY position;

-- ---- venues ---------------------------------------------------------

-- name: venue_add :exec
-- in:  city city_id, id venue_id, slug text, name text, kind int, village text, address text
INSERT INTO venue (city, id, slug, name, kind, village, address)
VALUES (:city, :id, :slug, :name, :kind, :village, :address);

-- name: venue_change :exec
-- in:  city city_id, id venue_id, name text, kind int, village text, address text
UPDATE venue SET name = :name, kind = :kind, village = :village, address = :address
 WHERE city = :city AND id = :id;

-- name: venue_by_id :maybe
-- in:  city city_id, id venue_id
-- out: id venue_id, slug text, name text, kind int, village text, address text
SELECT id, slug, name, kind, village, address FROM venue WHERE city = :city AND id = :id;

-- name: venue_by_slug :maybe
-- in:  city city_id, slug text
-- out: id venue_id, slug text, name text, kind int, village text, address text
SELECT id, slug, name, kind, village, address FROM venue WHERE city = :city AND slug = :slug;

-- name: venue_list :many
-- in:  city city_id
-- out: id venue_id, slug text, name text, kind int, village text, address text
SELECT id, slug, name, kind, village, address FROM venue WHERE city = :city ORDER BY name LIMIT 500;

-- ---- merchants ------------------------------------------------------

-- name: merchant_add :exec
-- in:  city city_id, id merchant_id, code int, slug text, name text, sector int, size int, venue venue_id, stall text, village text, phone text, created int
INSERT INTO merchant (city, id, code, slug, name, sector, size, venue, stall, village, phone, created)
VALUES (:city, :id, :code, :slug, :name, :sector, :size, :venue, :stall, :village, :phone, :created);

-- name: merchant_change :exec
-- in:  city city_id, id merchant_id, name text, sector int, size int, venue venue_id, stall text, village text, phone text
UPDATE merchant SET name = :name, sector = :sector, size = :size, venue = :venue, stall = :stall,
       village = :village, phone = :phone
 WHERE city = :city AND id = :id;

-- name: merchant_by_id :maybe
-- in:  city city_id, id merchant_id
-- out: id merchant_id, code int, slug text, name text, sector int, size int, venue venue_id, stall text, village text, phone text, created int
SELECT id, code, slug, name, sector, size, venue, stall, village, phone, created
  FROM merchant WHERE city = :city AND id = :id;

-- name: merchant_by_slug :maybe
-- in:  city city_id, slug text
-- out: id merchant_id, code int, slug text, name text, sector int, size int, venue venue_id, stall text, village text, phone text, created int
SELECT id, code, slug, name, sector, size, venue, stall, village, phone, created
  FROM merchant WHERE city = :city AND slug = :slug;

-- name: merchant_id_by_code :maybe
-- in:  city city_id, code int
-- out: id merchant_id
SELECT id FROM merchant WHERE city = :city AND code = :code;

-- name: import_merchants :each
-- in:  city city_id, festival festival_id
-- out: id merchant_id, name text, venue venue_id, stall text, state int
-- Everybody in the city, and how they stand to the sale (-1: not at all).
SELECT m.id, m.name, m.venue, m.stall, coalesce(p.state, -1)
  FROM merchant m LEFT JOIN participation p
    ON p.city = m.city AND p.festival = :festival AND p.merchant = m.id
 WHERE m.city = :city;

-- name: merchant_fact_set :exec
-- in:  city city_id, merchant merchant_id, kind text, value text
INSERT INTO merchant_fact (city, merchant, kind, value) VALUES (:city, :merchant, :kind, :value)
ON CONFLICT (city, merchant, kind) DO UPDATE SET value = :value;

-- name: merchant_fact_drop :exec
-- in:  city city_id, merchant merchant_id, kind text
DELETE FROM merchant_fact WHERE city = :city AND merchant = :merchant AND kind = :kind;

-- name: merchant_fact_list :many
-- in:  city city_id, merchant merchant_id
-- out: kind text, value text
SELECT kind, value FROM merchant_fact WHERE city = :city AND merchant = :merchant ORDER BY kind;

-- name: participation_set :exec
-- in:  city city_id, festival festival_id, merchant merchant_id, state int, reason text, asked int, decided int, by text
INSERT INTO participation (city, festival, merchant, state, reason, asked, decided, by)
VALUES (:city, :festival, :merchant, :state, :reason, :asked, :decided, :by)
ON CONFLICT (city, festival, merchant) DO UPDATE
   SET state = :state, reason = :reason, decided = :decided, by = :by;

-- name: participation_get :maybe
-- in:  city city_id, festival festival_id, merchant merchant_id
-- out: state int, reason text, asked int, decided int, by text
SELECT state, reason, asked, decided, by FROM participation
 WHERE city = :city AND festival = :festival AND merchant = :merchant;

-- name: participation_of :many
-- in:  city city_id, merchant merchant_id
-- out: festival festival_id, slug text, name text, festival_state int, state int, reason text
SELECT p.festival, f.slug, f.name, f.state, p.state, p.reason
  FROM festival f JOIN participation p
    ON p.city = f.city AND p.festival = f.id AND p.merchant = :merchant
 WHERE f.city = :city ORDER BY f.first_day DESC LIMIT 20;

-- name: participant :maybe
-- in:  city city_id, festival festival_id, merchant merchant_id
-- out: state int, venue venue_id, sector int, venue_kind int
-- kept: each purchase asks
SELECT p.state, m.venue, m.sector, coalesce(v.kind, 0)
  FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = m.city AND v.id = m.venue
 WHERE p.city = :city AND p.festival = :festival AND p.merchant = :merchant;

-- name: merchant_public :many
-- in:  city city_id, festival festival_id, after merchant_id, limit int
-- out: id merchant_id, name text, slug text, sector int, stall text, venue_name text, venue_slug text
SELECT m.id, m.name, m.slug, m.sector, m.stall, coalesce(v.name, ''), coalesce(v.slug, '')
  FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = m.city AND v.id = m.venue
 WHERE p.city = :city AND p.festival = :festival AND p.state = 1 AND p.merchant > :after
 ORDER BY p.merchant LIMIT :limit;

-- name: merchant_queue :many
-- in:  city city_id, festival festival_id, state int, after int, after_id merchant_id, limit int
-- out: id merchant_id, code int, name text, slug text, sector int, size int, stall text, phone text, venue_name text, asked int, reason text
SELECT m.id, m.code, m.name, m.slug, m.sector, m.size, m.stall, m.phone, coalesce(v.name, ''), p.asked, p.reason
  FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = m.city AND v.id = m.venue
 WHERE p.city = :city AND p.festival = :festival AND p.state = :state AND p.asked >= :after
   AND (p.asked > :after OR p.merchant > :after_id)
 ORDER BY p.asked, p.merchant LIMIT :limit;

-- name: participation_counts :many
-- in:  city city_id, festival festival_id
-- out: state int, n int
SELECT state, n FROM participation_count
 WHERE city = :city AND festival = :festival ORDER BY state;

-- name: participation_count_add :exec
-- in:  city city_id, festival festival_id, state int, n int
INSERT INTO participation_count (city, festival, state, n) VALUES (:city, :festival, :state, :n)
ON CONFLICT (city, festival, state) DO UPDATE SET n = participation_count.n + excluded.n;

-- ---- who gets in ------------------------------------------------------

-- name: admission_get :maybe
-- in:  city city_id, festival festival_id
-- out: rule text, changed int
SELECT rule, changed FROM admission WHERE city = :city AND festival = :festival;

-- name: admission_set :exec
-- in:  city city_id, festival festival_id, rule text, now int
INSERT INTO admission (city, festival, rule, changed) VALUES (:city, :festival, :rule, :now)
ON CONFLICT (city, festival) DO UPDATE SET rule = :rule, changed = :now;

-- name: venue_limit_set :exec
-- in:  city city_id, festival festival_id, venue venue_id, most int
INSERT INTO venue_limit (city, festival, venue, most) VALUES (:city, :festival, :venue, :most)
ON CONFLICT (city, festival, venue) DO UPDATE SET most = :most;

-- name: venue_limit_drop :exec
-- in:  city city_id, festival festival_id, venue venue_id
DELETE FROM venue_limit WHERE city = :city AND festival = :festival AND venue = :venue;

-- name: venue_limit_get :maybe
-- in:  city city_id, festival festival_id, venue venue_id
-- out: most int
SELECT most FROM venue_limit WHERE city = :city AND festival = :festival AND venue = :venue;

-- name: venue_limit_list :many
-- in:  city city_id, festival festival_id
-- out: venue venue_id, name text, most int
SELECT l.venue, v.name, l.most FROM venue_limit l
  JOIN venue v ON v.city = l.city AND v.id = l.venue
 WHERE l.city = :city AND l.festival = :festival ORDER BY v.name LIMIT 500;

-- name: venue_taken :one
-- in:  city city_id, festival festival_id, venue venue_id, state int
-- out: n int
SELECT count(*) FROM merchant m
  JOIN participation p ON p.city = m.city AND p.merchant = m.id AND p.festival = :festival
 WHERE m.city = :city AND m.venue = :venue AND p.state = :state;

-- name: waiting_first :maybe
-- in:  city city_id, festival festival_id, venue venue_id
-- out: merchant merchant_id
SELECT p.merchant FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
 WHERE p.city = :city AND p.festival = :festival AND p.state = 4 AND m.venue = :venue
 ORDER BY p.asked, p.merchant LIMIT 1;

-- name: waiting_before :one
-- in:  city city_id, festival festival_id, venue venue_id, asked int, merchant merchant_id
-- out: n int
SELECT count(*) FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
 WHERE p.city = :city AND p.festival = :festival AND p.state = 4 AND m.venue = :venue
   AND (p.asked < :asked OR (p.asked = :asked AND p.merchant < :merchant));

-- name: waiting_list :many
-- in:  city city_id, festival festival_id
-- out: code int, venue venue_id, venue_name text, asked int
SELECT m.code, m.venue, coalesce(v.name, ''), p.asked FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = m.city AND v.id = m.venue
 WHERE p.city = :city AND p.festival = :festival AND p.state = 4
 ORDER BY v.name, p.asked, p.merchant LIMIT 500;

-- name: admitted_list :many
-- in:  city city_id, festival festival_id, after merchant_id, limit int
-- out: id merchant_id, name text, slug text, venue_name text, decided int, by text
SELECT m.id, m.name, m.slug, coalesce(v.name, ''), p.decided, p.by FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = m.city AND v.id = m.venue
 WHERE p.city = :city AND p.festival = :festival AND p.state = 1 AND p.merchant > :after
 ORDER BY p.merchant LIMIT :limit;

-- ---- helpers, and who looked ---------------------------------------------

-- name: helper_add :exec
-- in:  city city_id, person person_id, merchant merchant_id, added int
INSERT INTO merchant_helper (city, person, merchant, added, once, removed)
VALUES (:city, :person, :merchant, :added, 1, 0);

-- name: helper_get :maybe
-- in:  city city_id, person person_id
-- out: merchant merchant_id, added int, once bool, removed int
SELECT merchant, added, once, removed FROM merchant_helper
 WHERE city = :city AND person = :person;

-- name: helper_own_password :exec
-- in:  city city_id, person person_id
UPDATE merchant_helper SET once = 0 WHERE city = :city AND person = :person;

-- name: helper_remove :exec
-- in:  city city_id, person person_id, removed int
UPDATE merchant_helper SET removed = :removed WHERE city = :city AND person = :person;

-- name: helper_list :many
-- in:  city city_id, merchant merchant_id
-- out: person person_id, login text, name text, added int, once bool
SELECT h.person, p.login, p.name, h.added, h.once FROM merchant_helper h
  JOIN person p ON p.city = h.city AND p.id = h.person
 WHERE h.city = :city AND h.merchant = :merchant AND h.removed = 0 ORDER BY h.person LIMIT 50;

-- name: figure_view_add :exec
-- in:  city city_id, id int, festival festival_id, merchant merchant_id, at int, person person_id, who text, reason text
INSERT INTO figure_view (city, id, festival, merchant, at, person, who, reason)
VALUES (:city, :id, :festival, :merchant, :at, :person, :who, :reason);

-- name: figure_view_get :maybe
-- in:  city city_id, id int
-- out: festival festival_id, merchant merchant_id, at int, person person_id
SELECT festival, merchant, at, person FROM figure_view WHERE city = :city AND id = :id;

-- name: figure_view_list :many
-- in:  city city_id, merchant merchant_id
-- out: at int, who text, reason text
SELECT at, who, reason FROM figure_view
 WHERE city = :city AND merchant = :merchant ORDER BY id DESC LIMIT 100;

-- name: counter_next :one
-- in:  city city_id, name text, festival int
-- out: value int
INSERT INTO counter (city, name, festival, value) VALUES (:city, :name, :festival, 1)
ON CONFLICT (city, name, festival) DO UPDATE SET value = counter.value + 1
RETURNING value;

-- name: counter_get :maybe
-- in:  city city_id, name text, festival int
-- out: value int
SELECT value FROM counter WHERE city = :city AND name = :name AND festival = :festival;

-- ---- cards ----------------------------------------------------------

-- name: card_add :exec
-- in:  city city_id, id card_id, festival festival_id, number int, secret bytes, pin text, phone text, digital int, created int
INSERT INTO card (city, id, festival, number, secret, pin, phone, state, digital, created)
VALUES (:city, :id, :festival, :number, :secret, :pin, :phone, 0, :digital, :created);

-- name: card_by_number :maybe
-- in:  city city_id, festival festival_id, number int
-- out: id card_id, secret bytes, pin text, phone text, state int, digital int, created int, main card_id
SELECT id, secret, pin, phone, state, digital, created, main FROM card
 WHERE city = :city AND festival = :festival AND number = :number;

-- name: card_id_by_number :maybe
-- in:  city city_id, festival festival_id, number int
-- out: id card_id, state int, main card_id
SELECT id, state, main FROM card
 WHERE city = :city AND festival = :festival AND number = :number;

-- name: card_by_id :maybe
-- in:  city city_id, id card_id
-- out: number int, festival festival_id, state int, main card_id
SELECT number, festival, state, main FROM card WHERE city = :city AND id = :id;

-- name: card_pin_set :exec
-- in:  city city_id, id card_id, pin text
UPDATE card SET pin = :pin WHERE city = :city AND id = :id;

-- name: card_state_set :exec
-- in:  city city_id, id card_id, state int
UPDATE card SET state = :state WHERE city = :city AND id = :id;

-- name: card_phone_set :exec
-- in:  city city_id, id card_id, phone text
UPDATE card SET phone = :phone WHERE city = :city AND id = :id;

-- ---- several cards of one person (docs/decisions/013) -----------------

-- name: card_join_add :exec
-- in:  city city_id, card card_id, festival festival_id, main card_id, kind int, reason text, at int, person person_id
INSERT INTO card_join (city, card, festival, main, kind, reason, at, person)
VALUES (:city, :card, :festival, :main, :kind, :reason, :at, :person);

-- name: card_join_get :maybe
-- in:  city city_id, card card_id
-- out: main card_id, kind int, reason text, at int
SELECT main, kind, reason, at FROM card_join WHERE city = :city AND card = :card;

-- name: card_main_set :exec
-- in:  city city_id, id card_id, main card_id
UPDATE card SET main = :main WHERE city = :city AND id = :id;

-- name: card_main_move :exec
-- in:  city city_id, from card_id, to card_id
UPDATE card SET main = :to WHERE city = :city AND main = :from AND main <> 0;

-- name: card_members :many
-- in:  city city_id, main card_id
-- out: id card_id, number int, state int, phone text
SELECT id, number, state, phone FROM card
 WHERE city = :city AND main = :main AND main <> 0 ORDER BY number LIMIT 100;

-- name: tally_move :exec
-- in:  city city_id, festival festival_id, from card_id, to card_id
INSERT INTO card_tally (city, festival, card, kind, key, counted)
SELECT city, festival, :to, kind, key, counted FROM card_tally
 WHERE city = :city AND festival = :festival AND card = :from
ON CONFLICT (city, festival, card, kind, key) DO UPDATE
   SET counted = card_tally.counted + excluded.counted;

-- name: tally_drop :exec
-- in:  city city_id, festival festival_id, card card_id
DELETE FROM card_tally WHERE city = :city AND festival = :festival AND card = :card;

-- name: tally_over :one
-- in:  city city_id, festival festival_id, card card_id, cap_merchant int, cap_day int
-- out: merchant int, day int
SELECT CAST(coalesce(sum(CASE WHEN kind = 0 AND counted > :cap_merchant THEN counted - :cap_merchant ELSE 0 END), 0) AS bigint),
       CAST(coalesce(sum(CASE WHEN kind = 1 AND counted > :cap_day THEN counted - :cap_day ELSE 0 END), 0) AS bigint)
  FROM card_tally WHERE city = :city AND festival = :festival AND card = :card;

-- name: card_batch_get :maybe
-- in:  city city_id, festival festival_id, event text
-- out: first int, cards int
SELECT first, cards FROM card_batch WHERE city = :city AND festival = :festival AND event = :event;

-- name: card_batch_add :exec
-- in:  city city_id, festival festival_id, event text, first int, cards int, at int
INSERT INTO card_batch (city, festival, event, first, cards, at)
VALUES (:city, :festival, :event, :first, :cards, :at);

-- name: card_list :many
-- in:  city city_id, festival festival_id, after int, limit int
-- out: id card_id, number int, state int, digital int, secret bytes, coupons int, rupiah int
SELECT c.id, c.number, c.state, c.digital, c.secret, coalesce(t.coupons, 0), coalesce(t.rupiah, 0)
  FROM card c LEFT JOIN card_total t ON t.city = c.city AND t.festival = c.festival AND t.card = c.id
 WHERE c.city = :city AND c.festival = :festival AND c.number > :after
 ORDER BY c.number LIMIT :limit;

-- name: card_total_get :maybe
-- in:  city city_id, festival festival_id, card card_id
-- out: purchases int, rupiah int, counted int, coupons int, last purchase_id
SELECT purchases, rupiah, counted, coupons, last FROM card_total
 WHERE city = :city AND festival = :festival AND card = :card;

-- name: card_total_new :exec
-- in:  city city_id, festival festival_id, card card_id, purchases int, rupiah int, counted int, coupons int, last purchase_id
INSERT INTO card_total (city, festival, card, purchases, rupiah, counted, coupons, last)
VALUES (:city, :festival, :card, :purchases, :rupiah, :counted, :coupons, :last);

-- name: card_total_set :exec
-- in:  city city_id, festival festival_id, card card_id, purchases int, rupiah int, counted int, coupons int, last purchase_id
UPDATE card_total SET purchases = :purchases, rupiah = :rupiah, counted = :counted,
       coupons = :coupons, last = :last
 WHERE city = :city AND festival = :festival AND card = :card;

-- name: tally_get :maybe
-- in:  city city_id, festival festival_id, card card_id, kind int, key int
-- out: counted int
SELECT counted FROM card_tally
 WHERE city = :city AND festival = :festival AND card = :card AND kind = :kind AND key = :key;

-- name: tally_add :exec
-- in:  city city_id, festival festival_id, card card_id, kind int, key int, counted int
INSERT INTO card_tally (city, festival, card, kind, key, counted)
VALUES (:city, :festival, :card, :kind, :key, :counted)
ON CONFLICT (city, festival, card, kind, key) DO UPDATE
   SET counted = card_tally.counted + :counted;

-- ---- purchases ------------------------------------------------------

-- name: purchase_by_event :maybe
-- in:  city city_id, festival festival_id, event text
-- out: id purchase_id, number int, merchant merchant_id, card card_id, amount int, counted int, points int, coupons int, why int, method int, at int, note text, state int, log int
SELECT id, number, merchant, card, amount, counted, points, coupons, why, method, at, note, state, log
  FROM purchase WHERE city = :city AND festival = :festival AND event = :event;

-- name: purchase_by_id :maybe
-- in:  city city_id, id purchase_id
-- out: id purchase_id, festival festival_id, number int, merchant merchant_id, card card_id, amount int, counted int, points int, coupons int, why int, method int, channel int, at int, received int, event text, note text, state int, venue venue_id, sector int, venue_kind int, rules int, card_before purchase_id, merchant_before purchase_id, log int, log_now int
SELECT id, festival, number, merchant, card, amount, counted, points, coupons, why, method, channel,
       at, received, event, note, state, venue, sector, venue_kind, rules, card_before, merchant_before,
       log, log_now
  FROM purchase WHERE city = :city AND id = :id;

-- name: purchase_add :exec
-- in:  city city_id, id purchase_id, festival festival_id, number int, merchant merchant_id, card card_id, amount int, counted int, points int, coupons int, why int, method int, channel int, at int, received int, event text, note text, person person_id, token token_id, venue venue_id, sector int, venue_kind int, rules int, card_before purchase_id, merchant_before purchase_id, log int
INSERT INTO purchase (city, id, festival, number, merchant, card, amount, counted, points, coupons,
       why, method, channel, at, received, event, note, person, token, state, venue, sector, venue_kind,
       rules, card_before, merchant_before, log, log_now)
VALUES (:city, :id, :festival, :number, :merchant, :card, :amount, :counted, :points, :coupons,
       :why, :method, :channel, :at, :received, :event, :note, :person, :token, 0, :venue, :sector,
       :venue_kind, :rules, :card_before, :merchant_before, :log, :log);

-- name: purchase_credit :exec
-- in:  city city_id, id purchase_id, card card_id, counted int, points int, coupons int, why int, rules int, card_before purchase_id, log int
UPDATE purchase SET card = :card, counted = :counted, points = :points, coupons = :coupons,
       why = :why, rules = :rules, card_before = :card_before, log_now = :log
 WHERE city = :city AND id = :id AND card = 0 AND state = 0;

-- name: purchase_void_set :exec
-- in:  city city_id, id purchase_id
UPDATE purchase SET state = 1 WHERE city = :city AND id = :id AND state = 0;

-- name: void_add :exec
-- in:  city city_id, purchase purchase_id, event text, reason text, at int, person person_id, token token_id, log int
INSERT INTO purchase_void (city, purchase, event, reason, at, person, token, log)
VALUES (:city, :purchase, :event, :reason, :at, :person, :token, :log);

-- name: void_get :maybe
-- in:  city city_id, purchase purchase_id
-- out: event text, reason text, at int
SELECT event, reason, at FROM purchase_void WHERE city = :city AND purchase = :purchase;

-- name: purchase_method_set :exec
-- in:  city city_id, id purchase_id, was int, is_now int, log int
UPDATE purchase SET method = :is_now, log_now = :log
 WHERE city = :city AND id = :id AND method = :was AND state = 0;

-- name: method_add :exec
-- in:  city city_id, id int, purchase purchase_id, was int, is_now int, at int, person person_id, token token_id
INSERT INTO purchase_method (city, id, purchase, was, is_now, at, person, token)
VALUES (:city, :id, :purchase, :was, :is_now, :at, :person, :token);

-- name: method_first :maybe
-- in:  city city_id, purchase purchase_id
-- out: was int
-- The method it was recorded with, when that was changed.
SELECT was FROM purchase_method WHERE city = :city AND purchase = :purchase ORDER BY id LIMIT 1;

-- name: method_last :maybe
-- in:  city city_id, purchase purchase_id
-- out: was int, at int
SELECT was, at FROM purchase_method WHERE city = :city AND purchase = :purchase
 ORDER BY id DESC LIMIT 1;

-- name: claim_add :exec
-- in:  city city_id, festival festival_id, code text, purchase purchase_id
INSERT INTO claim (city, festival, code, purchase, claimed)
VALUES (:city, :festival, :code, :purchase, 0);

-- name: claim_get :maybe
-- in:  city city_id, festival festival_id, code text
-- out: purchase purchase_id, claimed int
SELECT purchase, claimed FROM claim WHERE city = :city AND festival = :festival AND code = :code;

-- name: claim_code :maybe
-- in:  city city_id, purchase purchase_id
-- out: code text, claimed int
SELECT code, claimed FROM claim WHERE city = :city AND purchase = :purchase;

-- name: claim_done :exec
-- in:  city city_id, festival festival_id, code text, now int
UPDATE claim SET claimed = :now
 WHERE city = :city AND festival = :festival AND code = :code AND claimed = 0;

-- ---- sums -----------------------------------------------------------

-- name: total_get :one
-- in:  city city_id, festival festival_id
-- out: purchases int, rupiah int, coupons int, reporting int, unclaimed int, numbered int, last_at int
SELECT purchases, rupiah, coupons, reporting, unclaimed, numbered, last_at
  FROM festival_total WHERE city = :city AND festival = :festival;

-- name: total_add :one
-- in:  city city_id, festival festival_id, purchases int, rupiah int, coupons int, reporting int, unclaimed int, numbered int, at int
-- out: numbered int
UPDATE festival_total SET purchases = purchases + :purchases, rupiah = rupiah + :rupiah,
       coupons = coupons + :coupons, reporting = reporting + :reporting,
       unclaimed = unclaimed + :unclaimed, numbered = numbered + :numbered, last_at = :at
 WHERE city = :city AND festival = :festival RETURNING numbered;

-- name: merchant_total_get :maybe
-- in:  city city_id, festival festival_id, merchant merchant_id
-- out: purchases int, rupiah int, points int, last purchase_id, received int
SELECT purchases, rupiah, points, last, received FROM merchant_total
 WHERE city = :city AND festival = :festival AND merchant = :merchant;

-- name: merchant_total_new :exec
-- in:  city city_id, festival festival_id, merchant merchant_id, purchases int, rupiah int, points int, last purchase_id, received int
INSERT INTO merchant_total (city, festival, merchant, purchases, rupiah, points, last, received)
VALUES (:city, :festival, :merchant, :purchases, :rupiah, :points, :last, :received);

-- name: merchant_total_set :exec
-- in:  city city_id, festival festival_id, merchant merchant_id, purchases int, rupiah int, points int, last purchase_id, received int
UPDATE merchant_total SET purchases = :purchases, rupiah = :rupiah, points = :points,
       last = :last, received = :received
 WHERE city = :city AND festival = :festival AND merchant = :merchant;

-- name: slice_add :exec
-- in:  city city_id, festival festival_id, kind int, key int, purchases int, rupiah int
INSERT INTO festival_slice (city, festival, kind, key, purchases, rupiah)
VALUES (:city, :festival, :kind, :key, :purchases, :rupiah)
ON CONFLICT (city, festival, kind, key) DO UPDATE
   SET purchases = festival_slice.purchases + :purchases,
       rupiah = festival_slice.rupiah + :rupiah;

-- name: slice_list :many
-- in:  city city_id, festival festival_id, kind int
-- out: key int, purchases int, rupiah int
SELECT key, purchases, rupiah FROM festival_slice
 WHERE city = :city AND festival = :festival AND kind = :kind ORDER BY key LIMIT 1000;

-- name: purchase_newest :maybe
-- in:  city city_id
-- out: id purchase_id
SELECT id FROM purchase WHERE city = :city ORDER BY id DESC LIMIT 1;

-- name: people_by_venue :many
-- in:  city city_id, festival festival_id
-- out: key int, admitted int, reporting int
SELECT m.venue, sum(CASE WHEN p.state = 1 THEN 1 ELSE 0 END),
       sum(CASE WHEN coalesce(t.purchases, 0) > 0 THEN 1 ELSE 0 END)
  FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN merchant_total t ON t.city = p.city AND t.festival = p.festival AND t.merchant = p.merchant
 WHERE p.city = :city AND p.festival = :festival GROUP BY m.venue ORDER BY m.venue;

-- name: people_by_sector :many
-- in:  city city_id, festival festival_id
-- out: key int, admitted int, reporting int
SELECT m.sector, sum(CASE WHEN p.state = 1 THEN 1 ELSE 0 END),
       sum(CASE WHEN coalesce(t.purchases, 0) > 0 THEN 1 ELSE 0 END)
  FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN merchant_total t ON t.city = p.city AND t.festival = p.festival AND t.merchant = p.merchant
 WHERE p.city = :city AND p.festival = :festival GROUP BY m.sector ORDER BY m.sector;

-- name: people_moved :one
-- in:  city city_id, festival festival_id
-- out: at int
SELECT coalesce(max(CASE WHEN decided > asked THEN decided ELSE asked END), 0)
  FROM participation WHERE city = :city AND festival = :festival;

-- ---- what leaves as a table ------------------------------------------

-- name: export_merchant :many
-- in:  city city_id, festival festival_id, after merchant_id, limit int
-- out: id merchant_id, code int, name text, sector int, size int, venue text, stall text, village text, phone text, state int, reason text, asked int, decided int, purchases int, rupiah int, points int
SELECT m.id, m.code, m.name, m.sector, m.size, coalesce(v.name, ''), m.stall, m.village, m.phone,
       p.state, p.reason, p.asked, p.decided, coalesce(t.purchases, 0),
       coalesce(t.rupiah, 0), coalesce(t.points, 0)
  FROM participation p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = m.city AND v.id = m.venue
  LEFT JOIN merchant_total t ON t.city = p.city AND t.festival = p.festival AND t.merchant = p.merchant
 WHERE p.city = :city AND p.festival = :festival AND p.merchant > :after
 ORDER BY p.merchant LIMIT :limit;

-- name: export_purchase :many
-- in:  city city_id, festival festival_id, after purchase_id, limit int
-- out: id purchase_id, number int, at int, received int, code int, merchant text, venue text, sector int, amount int, counted int, points int, card int, method int, channel int, note text, event text, state int, reason text
SELECT p.id, p.number, p.at, p.received, m.code, m.name, coalesce(v.name, ''), p.sector, p.amount,
       p.counted, p.points, coalesce(c.number, 0), p.method, p.channel, p.note, p.event, p.state,
       coalesce(x.reason, '')
  FROM purchase p
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = p.city AND v.id = p.venue
  LEFT JOIN card c ON c.city = p.city AND c.id = p.card
  LEFT JOIN purchase_void x ON x.city = p.city AND x.purchase = p.id
 WHERE p.city = :city AND p.id > :after AND p.festival = :festival
 ORDER BY p.id LIMIT :limit;

-- name: export_card :many
-- in:  city city_id, festival festival_id, after int, limit int
-- out: number int, state int, digital int, created int, purchases int, rupiah int, coupons int
SELECT c.number, c.state, c.digital, c.created, coalesce(t.purchases, 0), coalesce(t.rupiah, 0),
       coalesce(t.coupons, 0)
  FROM card c LEFT JOIN card_total t ON t.city = c.city AND t.festival = c.festival AND t.card = c.id
 WHERE c.city = :city AND c.festival = :festival AND c.number > :after
 ORDER BY c.number LIMIT :limit;

-- ---- invariants (laris check) ---------------------------------------

-- name: check_festival :many
-- out: city int, festival int, slug text
-- shared: laris check goes through all cities
SELECT city, id, slug FROM festival ORDER BY city, id;

-- name: check_purchase_sums :one
-- in:  city int, festival int
-- out: numbered int, purchases int, rupiah int, unclaimed int, merchants int
SELECT count(*), coalesce(sum(CASE WHEN state = 0 THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 0 THEN amount ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 0 AND card = 0 THEN 1 ELSE 0 END), 0),
       count(DISTINCT CASE WHEN state = 0 THEN merchant END)
  FROM purchase WHERE city = :city AND festival = :festival;

-- name: check_card_sums :one
-- in:  city int, festival int
-- out: purchases int, rupiah int, counted int, coupons int
SELECT coalesce(sum(purchases), 0), coalesce(sum(rupiah), 0), coalesce(sum(counted), 0),
       coalesce(sum(coupons), 0)
  FROM card_total WHERE city = :city AND festival = :festival;

-- name: check_card_bad :many
-- in:  city int, festival int
-- out: card int, purchases int, rupiah int, counted int, has_purchases int, has_rupiah int, has_counted int
-- CAST: an expression without a type is looked up by no index, each card would read all sums.
SELECT t.card, t.purchases, t.rupiah, t.counted, coalesce(p.n, 0), coalesce(p.rupiah, 0), coalesce(p.counted, 0)
  FROM card_total t LEFT JOIN (
       SELECT CAST(coalesce(c.main, b.card) AS bigint) AS card, count(*) AS n, sum(b.amount) AS rupiah,
              sum(b.counted) AS counted
         FROM purchase b LEFT JOIN card c ON c.city = b.city AND c.id = b.card AND c.main <> 0
        WHERE b.city = :city AND b.festival = :festival AND b.state = 0 AND b.card <> 0
        GROUP BY coalesce(c.main, b.card)) p
    ON p.card = t.card
 WHERE t.city = :city AND t.festival = :festival
   AND (t.purchases <> coalesce(p.n, 0) OR t.rupiah <> coalesce(p.rupiah, 0)
        OR t.counted <> coalesce(p.counted, 0))
 LIMIT 20;

-- name: check_coupons_bad :many
-- in:  city int, festival int, unit int
-- out: card int, counted int, coupons int
-- A person with several cards is looked at alone: check_heads.
SELECT t.card, t.counted, t.coupons FROM card_total t
 WHERE t.city = :city AND t.festival = :festival AND t.coupons <> t.counted / :unit
   AND NOT EXISTS (SELECT 1 FROM card c WHERE c.city = t.city AND c.id = t.card AND c.main = c.id)
 LIMIT 20;

-- name: check_heads :many
-- in:  city int, festival int
-- out: card card_id, counted int, coupons int
SELECT t.card, t.counted, t.coupons
  FROM card c JOIN card_total t ON t.city = c.city AND t.festival = c.festival AND t.card = c.id
 WHERE c.city = :city AND c.festival = :festival AND c.main <> 0 AND c.main = c.id;

-- name: check_joins_bad :many
-- in:  city int, festival int
-- out: card int, what int
-- 1 joined without a row of card_join; 2 its head is joined itself; 3 it still has sums;
-- 4 a row of card_join and not joined; 5 a head of nobody.
SELECT c.id, 1 FROM card c LEFT JOIN card_join j ON j.city = c.city AND j.card = c.id
 WHERE c.city = :city AND c.festival = :festival AND c.main <> 0 AND c.main <> c.id AND j.card IS NULL
UNION ALL
SELECT c.id, 2 FROM card c LEFT JOIN card h ON h.city = c.city AND h.id = c.main
 WHERE c.city = :city AND c.festival = :festival AND c.main <> 0 AND (h.id IS NULL OR h.main <> h.id)
UNION ALL
SELECT c.id, 3 FROM card c JOIN card_total t ON t.city = c.city AND t.festival = c.festival AND t.card = c.id
 WHERE c.city = :city AND c.festival = :festival AND c.main <> 0 AND c.main <> c.id
   AND (t.purchases <> 0 OR t.rupiah <> 0 OR t.counted <> 0 OR t.coupons <> 0)
UNION ALL
SELECT j.card, 4 FROM card_join j LEFT JOIN card c ON c.city = j.city AND c.id = j.card
 WHERE j.city = :city AND j.festival = :festival AND (c.id IS NULL OR c.main = 0 OR c.main = c.id)
UNION ALL
SELECT c.id, 5 FROM card c
 WHERE c.city = :city AND c.festival = :festival AND c.main <> 0 AND c.main = c.id AND NOT EXISTS (
       SELECT 1 FROM card m WHERE m.city = c.city AND m.main = c.id AND m.main <> 0 AND m.id <> c.id)
LIMIT 20;

-- name: check_tallies_bad :many
-- in:  city int, festival int
-- out: card int, merchant int, kept int, has int
-- What each person counts at each merchant, where a cap needs it.
SELECT t.card, t.key, t.counted, coalesce(p.counted, 0)
  FROM card_tally t LEFT JOIN (
       SELECT coalesce(c.main, b.card) AS card, b.merchant AS merchant, sum(b.counted) AS counted
         FROM purchase b LEFT JOIN card c ON c.city = b.city AND c.id = b.card AND c.main <> 0
        WHERE b.city = :city AND b.festival = :festival AND b.state = 0 AND b.card <> 0
        GROUP BY coalesce(c.main, b.card), b.merchant) p
    ON p.card = t.card AND p.merchant = t.key
 WHERE t.city = :city AND t.festival = :festival AND t.kind = 0 AND t.counted <> coalesce(p.counted, 0)
 LIMIT 20;

-- name: check_tallies_lost :many
-- in:  city int, festival int
-- out: card int, merchant int, has int
-- Where a cap needs one and there is none.
SELECT p.card, p.merchant, p.counted FROM (
       SELECT coalesce(c.main, b.card) AS card, b.merchant AS merchant, sum(b.counted) AS counted
         FROM purchase b LEFT JOIN card c ON c.city = b.city AND c.id = b.card AND c.main <> 0
        WHERE b.city = :city AND b.festival = :festival AND b.state = 0 AND b.card <> 0
        GROUP BY coalesce(c.main, b.card), b.merchant) p
  LEFT JOIN card_tally t ON t.city = :city AND t.festival = :festival AND t.card = p.card
        AND t.kind = 0 AND t.key = p.merchant
 WHERE p.counted <> 0 AND t.card IS NULL LIMIT 20;

-- name: check_days_bad :many
-- in:  city int, festival int, zone int
-- out: card int, day int, kept int, has int
-- What each person counts on each day, where a cap needs it.
SELECT p.card, p.day, coalesce(t.counted, 0), p.counted FROM (
       SELECT coalesce(c.main, b.card) AS card, (b.at / 3600000000 + :zone) / 24 AS day,
              sum(CASE WHEN b.state = 0 THEN b.counted ELSE 0 END) AS counted
         FROM purchase b LEFT JOIN card c ON c.city = b.city AND c.id = b.card AND c.main <> 0
        WHERE b.city = :city AND b.festival = :festival AND b.card <> 0
        GROUP BY coalesce(c.main, b.card), (b.at / 3600000000 + :zone) / 24) p
  LEFT JOIN card_tally t ON t.city = :city AND t.festival = :festival AND t.card = p.card
        AND t.kind = 1 AND t.key = p.day
 WHERE coalesce(t.counted, 0) <> p.counted LIMIT 20;

-- name: check_judged :each
-- in:  city int, festival int
-- out: id int, amount int, counted int, why int, method int, at int, received int, merchant int, venue_kind int, sector int, rules int
-- What was credited, with all that its rules looked at.
SELECT id, amount, counted, why, method, at, received, merchant, venue_kind, sector, rules
  FROM purchase WHERE city = :city AND festival = :festival AND card <> 0;

-- name: check_merchant_bad :many
-- in:  city int, festival int
-- out: merchant int, purchases int, rupiah int, has_purchases int, has_rupiah int
SELECT t.merchant, t.purchases, t.rupiah, coalesce(p.n, 0), coalesce(p.rupiah, 0)
  FROM merchant_total t LEFT JOIN (
       SELECT merchant, count(*) AS n, sum(amount) AS rupiah FROM purchase
        WHERE city = :city AND festival = :festival AND state = 0 GROUP BY merchant) p
    ON p.merchant = t.merchant
 WHERE t.city = :city AND t.festival = :festival
   AND (t.purchases <> coalesce(p.n, 0) OR t.rupiah <> coalesce(p.rupiah, 0)) LIMIT 20;

-- name: check_merchant_received :many
-- in:  city int, festival int
-- out: merchant int, received int, has_received int
SELECT t.merchant, t.received, coalesce(p.received, 0)
  FROM merchant_total t LEFT JOIN purchase p ON p.city = t.city AND p.id = t.last
 WHERE t.city = :city AND t.festival = :festival AND t.received <> coalesce(p.received, 0) LIMIT 20;

-- name: check_merchant_sums :one
-- in:  city int, festival int
-- out: merchants int, purchases int, rupiah int
SELECT coalesce(sum(CASE WHEN purchases > 0 THEN 1 ELSE 0 END), 0), coalesce(sum(purchases), 0),
       coalesce(sum(rupiah), 0)
  FROM merchant_total WHERE city = :city AND festival = :festival;

-- name: check_slice_sums :many
-- in:  city int, festival int
-- out: kind int, purchases int, rupiah int
SELECT kind, sum(purchases), sum(rupiah) FROM festival_slice
 WHERE city = :city AND festival = :festival GROUP BY kind ORDER BY kind;

-- name: check_method_bad :many
-- in:  city int, festival int
-- out: method int, purchases int, rupiah int, has_purchases int, has_rupiah int
SELECT s.key, s.purchases, s.rupiah, coalesce(p.n, 0), coalesce(p.rupiah, 0)
  FROM festival_slice s LEFT JOIN (
       SELECT method, count(*) AS n, sum(amount) AS rupiah FROM purchase
        WHERE city = :city AND festival = :festival AND state = 0 GROUP BY method) p
    ON p.method = s.key
 WHERE s.city = :city AND s.festival = :festival AND s.kind = 1
   AND (s.purchases <> coalesce(p.n, 0) OR s.rupiah <> coalesce(p.rupiah, 0)) LIMIT 20;

-- name: check_method_last :many
-- in:  city int, festival int
-- out: purchase int
SELECT m.purchase FROM purchase_method m
  JOIN purchase p ON p.city = m.city AND p.id = m.purchase
 WHERE m.city = :city AND p.festival = :festival AND m.is_now <> p.method
   AND NOT EXISTS (SELECT 1 FROM purchase_method n
        WHERE n.city = m.city AND n.purchase = m.purchase AND n.id > m.id) LIMIT 20;

-- name: check_coupon_of_nothing :many
-- in:  city int, festival int
-- out: purchase int
SELECT p.id FROM purchase p
 WHERE p.city = :city AND p.festival = :festival AND p.state = 0 AND p.points > 0 AND p.card = 0
 LIMIT 20;

-- name: check_coupons_each_bad :many
-- in:  city int, festival int
-- out: card int, coupons int, has_coupons int
-- Where each purchase counts alone: a card has the coupons of its valid rows.
SELECT t.card, t.coupons, coalesce(p.n, 0)
  FROM card_total t LEFT JOIN (
       SELECT CAST(coalesce(c.main, b.card) AS bigint) AS card, sum(b.points) AS n
         FROM purchase b LEFT JOIN card c ON c.city = b.city AND c.id = b.card AND c.main <> 0
        WHERE b.city = :city AND b.festival = :festival AND b.state = 0 AND b.card <> 0
        GROUP BY coalesce(c.main, b.card)) p
    ON p.card = t.card
 WHERE t.city = :city AND t.festival = :festival AND t.coupons <> coalesce(p.n, 0)
 LIMIT 20;

-- name: check_points_bad :many
-- in:  city int, festival int, unit int
-- out: purchase int, counted int, points int
-- And a credited row the whole units of what it counted, void or not.
SELECT id, counted, points FROM purchase
 WHERE city = :city AND festival = :festival AND card <> 0 AND points <> counted / :unit
 LIMIT 20;

-- name: check_card_links :each
-- in:  city int, festival int
-- out: owner int, link int, purchase int, before int, number int, direct int
-- Each card's head (link 0), then its purchases: one pass, one sort.
SELECT card, 0, last, 0, 0, 0 FROM card_total WHERE city = :city AND festival = :festival
UNION ALL
SELECT p.card, 1, p.id, p.card_before, p.number, CASE WHEN c.purchase IS NULL THEN 1 ELSE 0 END
  FROM purchase p LEFT JOIN claim c ON c.city = p.city AND c.purchase = p.id
 WHERE p.city = :city AND p.festival = :festival AND p.card <> 0
 ORDER BY 1, 2;

-- name: check_merchant_links :each
-- in:  city int, festival int
-- out: owner int, link int, purchase int, before int, number int, direct int
-- The same of merchants; all theirs are written at once, none later.
SELECT merchant, 0, last, 0, 0, 0 FROM merchant_total WHERE city = :city AND festival = :festival
UNION ALL
SELECT merchant, 1, id, merchant_before, number, 1 FROM purchase
 WHERE city = :city AND festival = :festival
 ORDER BY 1, 2;

-- name: check_participation_bad :many
-- in:  city int, festival int
-- out: state int, n int, has_n int
SELECT c.state, c.n, coalesce(p.n, 0)
  FROM participation_count c LEFT JOIN (
       SELECT state, count(*) AS n FROM participation
        WHERE city = :city AND festival = :festival GROUP BY state) p
    ON p.state = c.state
 WHERE c.city = :city AND c.festival = :festival AND c.n <> coalesce(p.n, 0)
UNION ALL
SELECT p.state, 0, count(*) FROM participation p
 WHERE p.city = :city AND p.festival = :festival AND NOT EXISTS (
       SELECT 1 FROM participation_count c
        WHERE c.city = :city AND c.festival = :festival AND c.state = p.state)
 GROUP BY p.state;

-- ---- files of offices ------------------------------------------------

-- name: import_add :exec
-- in:  city city_id, id int, festival festival_id, kind int, state int, name text, sha256 text, size int, at int, by text, person person_id
INSERT INTO import (city, id, festival, kind, state, name, sha256, size, at, by, person, lines,
       good, again, bad, wrong, rupiah, carded, undated, day, first_day, last_day, done, total,
       recorded, recorded_rupiah, recorded_at, recorder, recorder_person, struck, kept, reason,
       striker, striker_person, struck_at, fault_id, fault_en)
VALUES (:city, :id, :festival, :kind, :state, :name, :sha256, :size, :at, :by, :person, 0,
       0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, 0, 0, '', '', 0, 0, '', '');

-- name: import_get :maybe
-- in:  city city_id, id int
-- out: id int, festival festival_id, kind int, state int, name text, sha256 text, size int, at int, by text, person person_id, lines int, good int, again int, bad int, wrong int, rupiah int, carded int, undated int, day int, first_day int, last_day int, done int, total int, recorded int, recorded_rupiah int, recorded_at int, recorder text, recorder_person person_id, struck int, kept int, reason text, striker text, striker_person person_id, struck_at int, fault_id text, fault_en text
SELECT id, festival, kind, state, name, sha256, size, at, by, person, lines, good, again, bad,
       wrong, rupiah, carded, undated, day, first_day, last_day, done, total, recorded,
       recorded_rupiah, recorded_at, recorder, recorder_person, struck, kept, reason, striker,
       striker_person, struck_at, fault_id, fault_en
  FROM import WHERE city = :city AND id = :id;

-- name: import_list :many
-- in:  city city_id, festival festival_id, before int, limit int
-- out: id int, kind int, state int, name text, at int, by text, lines int, bad int, recorded int, recorded_rupiah int, recorded_at int, recorder text
-- Newest first.
SELECT id, kind, state, name, at, by, lines, bad, recorded, recorded_rupiah, recorded_at,
       recorder
  FROM import WHERE city = :city AND festival = :festival AND id < :before
 ORDER BY id DESC LIMIT :limit;

-- name: import_next :maybe
-- in:  city city_id, after int, checking int, recording int, undoing int, striking int
-- out: id int, state int
-- The first behind "after" that has something to be done.
SELECT id, state FROM import
 WHERE city = :city AND id > :after AND state IN (:checking, :recording, :undoing, :striking)
 ORDER BY id LIMIT 1;

-- name: import_busy :one
-- in:  city city_id, festival festival_id, recording int, undoing int, striking int
-- out: n int
SELECT count(*) FROM import WHERE city = :city AND festival = :festival
   AND state IN (:recording, :undoing, :striking);

-- name: import_same :maybe
-- in:  city city_id, festival festival_id, kind int, sha256 text, not_id int, recording int, done int
-- out: id int, name text, recorded_at int, recorder text, recorded int
-- The same bytes, recorded before.
SELECT id, name, recorded_at, recorder, recorded FROM import
 WHERE city = :city AND festival = :festival AND kind = :kind AND sha256 = :sha256
   AND id <> :not_id AND state IN (:recording, :done) ORDER BY id DESC LIMIT 1;

-- name: import_old :many
-- in:  city city_id, judged int, refused int, before int
-- out: id int
-- Nobody took them up.
SELECT id FROM import WHERE city = :city AND state IN (:judged, :refused) AND at < :before
 ORDER BY id LIMIT 100;

-- name: import_state_set :exec
-- in:  city city_id, id int, was int, is_now int
UPDATE import SET state = :is_now, done = 0, total = 0
 WHERE city = :city AND id = :id AND state = :was;

-- name: import_fault_set :exec
-- in:  city city_id, id int, fault_id text, fault_en text
UPDATE import SET fault_id = :fault_id, fault_en = :fault_en WHERE city = :city AND id = :id;

-- name: import_progress :exec
-- in:  city city_id, id int, done int, total int
UPDATE import SET done = :done, total = :total WHERE city = :city AND id = :id;

-- name: import_judged :exec
-- in:  city city_id, id int, lines int, good int, again int, bad int, wrong int, rupiah int, carded int, undated int, day int, first_day int, last_day int
UPDATE import SET lines = :lines, good = :good, again = :again, bad = :bad, wrong = :wrong,
       rupiah = :rupiah, carded = :carded, undated = :undated, day = :day,
       first_day = :first_day, last_day = :last_day
 WHERE city = :city AND id = :id;

-- name: import_go :exec
-- in:  city city_id, id int, was int, is_now int, recorder text, person person_id, total int
UPDATE import SET state = :is_now, recorder = :recorder, recorder_person = :person, done = 0,
       total = :total, fault_id = '', fault_en = ''
 WHERE city = :city AND id = :id AND state = :was;

-- name: import_more :exec
-- in:  city city_id, id int, state int, recorded int, rupiah int, at int
-- One piece more is recorded.
UPDATE import SET recorded = recorded + :recorded, recorded_rupiah = recorded_rupiah + :rupiah,
       done = done + :recorded, recorded_at = :at
 WHERE city = :city AND id = :id AND state = :state;

-- name: import_strike :exec
-- in:  city city_id, id int, was int, is_now int, reason text, striker text, person person_id, at int, total int
UPDATE import SET state = :is_now, reason = :reason, striker = :striker, striker_person = :person,
       struck_at = :at, struck = 0, kept = 0, done = 0, total = :total
 WHERE city = :city AND id = :id AND state = :was;

-- name: import_struck :exec
-- in:  city city_id, id int, struck int, kept int
UPDATE import SET struck = :struck, kept = :kept, done = :struck + :kept
 WHERE city = :city AND id = :id;

-- name: import_drop :exec
-- in:  city city_id, id int
DELETE FROM import WHERE city = :city AND id = :id;

-- name: import_say_add :exec
-- in:  city city_id, import int, kind int, n int, line int, id text, en text
INSERT INTO import_say (city, import, kind, n, line, id, en)
VALUES (:city, :import, :kind, :n, :line, :id, :en);

-- name: import_says :many
-- in:  city city_id, import int, kind int, limit int
-- out: n int, line int, id text, en text
SELECT n, line, id, en FROM import_say
 WHERE city = :city AND import = :import AND kind = :kind ORDER BY n LIMIT :limit;

-- name: import_says_drop :exec
-- in:  city city_id, import int
DELETE FROM import_say WHERE city = :city AND import = :import;

-- name: import_row_add :exec
-- in:  city city_id, import int, subject int
INSERT INTO import_row (city, import, subject) VALUES (:city, :import, :subject);

-- name: import_rows :many
-- in:  city city_id, import int, after int, limit int
-- out: subject int
SELECT subject FROM import_row WHERE city = :city AND import = :import AND subject > :after
 ORDER BY subject LIMIT :limit;

-- name: participation_drop :exec
-- in:  city city_id, festival festival_id, merchant merchant_id
DELETE FROM participation
 WHERE city = :city AND festival = :festival AND merchant = :merchant;

-- name: check_import :many
-- in:  city int, festival int
-- out: id int, recorded int, has int
-- Kept and counted, where they differ.
SELECT i.id, i.recorded,
       (SELECT count(*) FROM import_row r WHERE r.city = i.city AND r.import = i.id)
  FROM import i WHERE i.city = :city AND i.festival = :festival
   AND i.recorded <> (SELECT count(*) FROM import_row r WHERE r.city = i.city AND r.import = i.id)
 ORDER BY i.id LIMIT 100;

-- name: check_import_struck :many
-- in:  city int, festival int, purchases int, struck int, undone int
-- out: id int, n int
-- Struck out, and still has purchases that count.
SELECT i.id, count(*) FROM import i
  JOIN import_row r ON r.city = i.city AND r.import = i.id
  JOIN purchase p ON p.city = r.city AND p.id = r.subject
 WHERE i.city = :city AND i.festival = :festival AND i.kind = :purchases
   AND i.state IN (:struck, :undone) AND p.state = 0
 GROUP BY i.id ORDER BY i.id LIMIT 100;
-- ---- the public log ---------------------------------------------------

-- name: check_log :each
-- out: slug text, id purchase_id, merchant merchant_id, card int, amount int, counted int, points int, at int, method int, event text, note text, log_now int, kind int, subject int?, data bytes, salt bytes
-- shared: laris check goes through all cities
SELECT f.slug, p.id, p.merchant, coalesce(c.number, 0), p.amount, p.counted, p.points, p.at, p.method,
       p.event, p.note, p.log_now, coalesce(e.kind, 0), e.subject, coalesce(e.data, CAST('' AS bytea)),
       coalesce(e.salt, CAST('' AS bytea))
  FROM purchase p
  JOIN festival f ON f.city = p.city AND f.id = p.festival
  LEFT JOIN card c ON c.city = p.city AND c.id = p.card
  LEFT JOIN ledger_entry e ON e.city = p.city AND e.number = p.log_now
 ORDER BY p.city, p.id;

-- name: check_log_void :each
-- out: purchase purchase_id
-- shared: laris check goes through all cities
SELECT v.purchase FROM purchase_void v
  LEFT JOIN ledger_entry e ON e.city = v.city AND e.number = v.log
 WHERE e.subject IS NULL OR e.subject <> v.purchase OR e.kind <> 3;

-- name: villages_reached :one
-- in:  city city_id, festival festival_id
-- out: villages int, placed int
-- Kelurahan with an admitted merchant, and merchants whose kelurahan is known.
SELECT count(DISTINCT CASE WHEN m.village <> '' THEN m.village END),
       CAST(coalesce(sum(CASE WHEN m.village <> '' THEN 1 ELSE 0 END), 0) AS bigint)
  FROM participation p JOIN merchant m ON m.city = p.city AND m.id = p.merchant
 WHERE p.city = :city AND p.festival = :festival AND p.state = 1;

-- ---- what one city gives another ------------------------------------------------

-- name: step_list :many
-- in:  city city_id, festival festival_id
-- out: code text, base int, days int, title text
SELECT code, base, days, title FROM festival_step
 WHERE city = :city AND festival = :festival ORDER BY code LIMIT 500;

-- name: step_put :exec
-- in:  city city_id, festival festival_id, code text, base int, days int, title text
INSERT INTO festival_step (city, festival, code, base, days, title)
VALUES (:city, :festival, :code, :base, :days, :title);

-- name: step_set :exec
-- in:  city city_id, festival festival_id, code text, base int, days int, title text
INSERT INTO festival_step (city, festival, code, base, days, title)
VALUES (:city, :festival, :code, :base, :days, :title)
ON CONFLICT (city, festival, code) DO UPDATE SET days = :days;

-- name: step_drop :exec
-- in:  city city_id, festival festival_id, code text
DELETE FROM festival_step WHERE city = :city AND festival = :festival AND code = :code;

-- name: step_clear :exec
-- in:  city city_id, festival festival_id
DELETE FROM festival_step WHERE city = :city AND festival = :festival;

-- name: practice_names :each
-- in:  city city_id
-- out: name text
-- That none of them leaves the city.
SELECT name FROM merchant WHERE city = :city;

-- ---- a person forgotten (docs/decisions/027) ------------------------------

-- name: card_erase :exec
-- in:  city city_id, id card_id, none bytes
UPDATE card SET secret = :none, pin = '', phone = '', state = 1 WHERE city = :city AND id = :id;

-- What opened its purchases' entries in the public log, corrections included.
-- name: card_openings_drop :exec
-- in:  city city_id, card card_id, none bytes
UPDATE ledger_entry SET salt = :none
 WHERE city = :city AND kind IN (1, 2)
   AND subject IN (SELECT p.id FROM purchase p WHERE p.city = :city AND p.card = :card);

-- name: card_join_words_gone :exec
-- in:  city city_id, card card_id
UPDATE card_join SET reason = '-' WHERE city = :city AND (card = :card OR main = :card);

-- What the record of changes says of the card itself: that and when, no more.
-- name: card_audit_gone :exec
-- in:  city city_id, card int
UPDATE audit SET before = '', after = '' WHERE city = :city AND subject = :card;

-- name: forget_add :exec
-- in:  city city_id, id int, festival festival_id, card card_id?, asked int, done int, cards int, by text, reason text
INSERT INTO card_forget (city, id, festival, card, asked, done, wiped, cards, by, reason)
VALUES (:city, :id, :festival, :card, :asked, :done, 0, :cards, :by, :reason);

-- name: forget_of_card :maybe
-- in:  city city_id, card card_id
-- out: asked int, waits bool, answered int, answer text, answer_by text
SELECT asked, waits, answered, answer, answer_by FROM card_forget
 WHERE city = :city AND card = :card;

-- name: forget_again :exec
-- in:  city city_id, card card_id, asked int
UPDATE card_forget SET asked = :asked, waits = 1 WHERE city = :city AND card = :card AND waits = 0;

-- name: forget_turn_down :exec
-- in:  city city_id, card card_id, answered int, answer text, answer_by text
UPDATE card_forget SET waits = 0, answered = :answered, answer = :answer, answer_by = :answer_by
 WHERE city = :city AND card = :card AND waits = 1;

-- Asked no more; what was answered before stays to be read.
-- name: forget_back :exec
-- in:  city city_id, card card_id
UPDATE card_forget SET waits = 0 WHERE city = :city AND card = :card AND answered <> 0;

-- name: forget_unasked :exec
-- in:  city city_id, card card_id
DELETE FROM card_forget WHERE city = :city AND card = :card AND answered = 0;

-- name: forget_drop :exec
-- in:  city city_id, card card_id
DELETE FROM card_forget WHERE city = :city AND card = :card;

-- name: forget_count :one
-- in:  city city_id, festival festival_id
-- out: waiting int
SELECT count(*) FROM card_forget
 WHERE city = :city AND festival = :festival AND done = 0 AND waits = 1;

-- name: forget_waiting :many
-- in:  city city_id, festival festival_id
-- out: number int, asked int, answered int
SELECT c.number, w.asked, w.answered
  FROM card_forget w JOIN card c ON c.city = w.city AND c.id = w.card
 WHERE w.city = :city AND c.city = :city AND w.festival = :festival AND w.done = 0
   AND w.waits = 1
 ORDER BY w.asked, w.id LIMIT 200;

-- name: forget_turned_down :many
-- in:  city city_id, festival festival_id
-- out: number int, answered int, answer text, answer_by text
SELECT c.number, w.answered, w.answer, w.answer_by
  FROM card_forget w JOIN card c ON c.city = w.city AND c.id = w.card
 WHERE w.city = :city AND c.city = :city AND w.festival = :festival AND w.done = 0
   AND w.waits = 0
 ORDER BY w.answered DESC, w.id LIMIT 100;

-- name: forget_done :many
-- in:  city city_id, festival festival_id
-- out: asked int, done int, wiped int, cards int, by text, reason text
SELECT asked, done, wiped, cards, by, reason FROM card_forget
 WHERE city = :city AND festival = :festival AND done <> 0 ORDER BY done DESC, id LIMIT 100;

-- The newest; 0: none.
-- name: forget_unwiped :one
-- in:  city city_id
-- out: id int
SELECT CAST(coalesce(max(id), 0) AS bigint) FROM card_forget
 WHERE city = :city AND done <> 0 AND wiped = 0;

-- name: forget_wiped :exec
-- in:  city city_id, below int, wiped int
UPDATE card_forget SET wiped = :wiped
 WHERE city = :city AND id < :below AND done <> 0 AND wiped = 0;

-- ---- sentences on posters --------------------------------------------------------

-- name: poster_text_list :many
-- in:  city city_id, festival festival_id
-- out: code text, say text
SELECT code, say FROM poster_text
 WHERE city = :city AND festival = :festival ORDER BY code LIMIT 20;

-- name: poster_text_clear :exec
-- in:  city city_id, festival festival_id
DELETE FROM poster_text WHERE city = :city AND festival = :festival;

-- name: poster_text_put :exec
-- in:  city city_id, festival festival_id, code text, say text
INSERT INTO poster_text (city, festival, code, say) VALUES (:city, :festival, :code, :say);
