-- Every statement of the promotions.
-- use: mod/promo/ids.h

-- ---- offers ----------------------------------------------------------

-- name: add :exec
-- in:  city city_id, id promotion_id, festival festival_id, merchant merchant_id, venue venue_id, kind int, state int, title text, gives text, terms text, percent int, worth int, first_day int, last_day int, from_minute int, to_minute int, quota int, per_card int, budget int, created int, created_by text, slug text
INSERT INTO promotion (city, id, festival, merchant, venue, kind, state, title, gives, terms, percent,
       worth, first_day, last_day, from_minute, to_minute, quota, per_card, budget, reason, created,
       created_by, decided, decided_by, slug)
VALUES (:city, :id, :festival, :merchant, :venue, :kind, :state, :title, :gives, :terms, :percent,
       :worth, :first_day, :last_day, :from_minute, :to_minute, :quota, :per_card, :budget, '', :created,
       :created_by, 0, '', :slug);

-- name: total_start :exec
-- in:  city city_id, promotion promotion_id
INSERT INTO promotion_total (city, promotion, used, given) VALUES (:city, :promotion, 0, 0);

-- name: change :exec
-- in:  city city_id, id promotion_id, venue venue_id, kind int, title text, gives text, terms text, percent int, worth int, first_day int, last_day int, from_minute int, to_minute int, quota int, per_card int, budget int
UPDATE promotion SET venue = :venue, kind = :kind, title = :title, gives = :gives, terms = :terms,
       percent = :percent, worth = :worth, first_day = :first_day, last_day = :last_day,
       from_minute = :from_minute, to_minute = :to_minute, quota = :quota, per_card = :per_card,
       budget = :budget
 WHERE city = :city AND id = :id;

-- name: more :exec
-- in:  city city_id, id promotion_id, quota int
UPDATE promotion SET quota = :quota WHERE city = :city AND id = :id AND quota > 0 AND quota < :quota;

-- name: state_set :exec
-- in:  city city_id, id promotion_id, from int, to int, reason text, decided int, decided_by text
UPDATE promotion SET state = :to, reason = :reason, decided = :decided, decided_by = :decided_by
 WHERE city = :city AND id = :id AND state = :from;

-- name: by_id :maybe
-- in:  city city_id, id promotion_id
-- out: id promotion_id, festival festival_id, merchant merchant_id, venue venue_id, kind int, state int, title text, gives text, terms text, percent int, worth int, first_day int, last_day int, from_minute int, to_minute int, quota int, per_card int, budget int, reason text, created int, created_by text, decided int, decided_by text, slug text, used int, given int
SELECT p.id, p.festival, p.merchant, p.venue, p.kind, p.state, p.title, p.gives, p.terms, p.percent,
       p.worth, p.first_day, p.last_day, p.from_minute, p.to_minute, p.quota, p.per_card, p.budget,
       p.reason, p.created, p.created_by, p.decided, p.decided_by, p.slug, t.used,
       t.given
  FROM promotion p JOIN promotion_total t ON t.city = p.city AND t.promotion = p.id
 WHERE p.city = :city AND t.city = :city AND p.id = :id;

-- Where it is to be had: its merchant, and the venue of that, or the organiser's choice.
-- name: place :maybe
-- in:  city city_id, id promotion_id
-- out: merchant_name text, merchant_slug text, merchant_code int, stall text, sector int, village text, venue_name text, venue_slug text, venue_village text, latitude int, longitude int
SELECT coalesce(m.name, ''), coalesce(m.slug, ''), coalesce(m.code, 0), coalesce(m.stall, ''),
       coalesce(m.sector, -1), coalesce(m.village, ''), coalesce(v.name, ''), coalesce(v.slug, ''),
       coalesce(v.village, ''), coalesce(v.latitude, 0), coalesce(v.longitude, 0)
  FROM promotion p
  LEFT JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = p.city AND v.id = CASE WHEN p.merchant = 0 THEN p.venue ELSE m.venue END
 WHERE p.city = :city AND p.id = :id;

-- ---- lists of makers ---------------------------------------------------

-- name: of_merchant :many
-- in:  city city_id, merchant merchant_id, festival festival_id
-- out: id promotion_id, state int, kind int, title text, last_day int, quota int, used int, given int
SELECT p.id, p.state, p.kind, p.title, p.last_day, p.quota, t.used, t.given
  FROM promotion p JOIN promotion_total t ON t.city = p.city AND t.promotion = p.id
 WHERE p.city = :city AND t.city = :city AND p.merchant = :merchant AND p.festival = :festival
 ORDER BY p.id DESC LIMIT 100;

-- What a merchant may let people use now, by its own or the organiser's offer.
-- name: usable :many
-- in:  city city_id, festival festival_id, merchant merchant_id, venue venue_id
-- out: id promotion_id, title text
SELECT p.id, p.title FROM promotion p
 WHERE p.city = :city AND p.festival = :festival AND p.state = 2
   AND (p.merchant = :merchant OR (p.merchant = 0 AND (p.venue = 0 OR p.venue = :venue)))
 ORDER BY p.id DESC LIMIT 100;

-- name: of_state :many
-- in:  city city_id, festival festival_id, state int, before promotion_id, limit int
-- out: id promotion_id, merchant merchant_id, kind int, title text, gives text, percent int, worth int, first_day int, last_day int, quota int, budget int, used int, given int, reason text, created int, created_by text, merchant_name text
SELECT p.id, p.merchant, p.kind, p.title, p.gives, p.percent, p.worth, p.first_day, p.last_day, p.quota, p.budget,
       t.used, t.given, p.reason, p.created, p.created_by, coalesce(m.name, '')
  FROM promotion p JOIN promotion_total t ON t.city = p.city AND t.promotion = p.id
  LEFT JOIN merchant m ON m.city = p.city AND m.id = p.merchant
 WHERE p.city = :city AND t.city = :city AND p.festival = :festival AND p.state = :state
   AND p.id < :before
 ORDER BY p.id DESC LIMIT :limit;

-- name: state_counts :many
-- in:  city city_id, festival festival_id
-- out: state int, n int
SELECT state, count(*) FROM promotion
 WHERE city = :city AND festival = :festival GROUP BY state ORDER BY state;

-- Written for other days than those of the sale: its days were moved since.
-- name: outside :one
-- in:  city city_id, festival festival_id
-- out: n int
SELECT count(*) FROM promotion p JOIN festival f ON f.city = p.city AND f.id = p.festival
 WHERE p.city = :city AND f.city = :city AND p.festival = :festival AND p.state IN (0, 1, 2)
   AND (p.first_day < f.first_day OR p.last_day > f.last_day);

-- Published, stopped or waiting ones that may have come to their end.
-- name: ending :many
-- in:  city city_id, day int
-- out: id promotion_id, festival festival_id
SELECT id, festival FROM promotion
 WHERE city = :city AND state IN (1, 2, 4) AND last_day <= :day ORDER BY id LIMIT 1000;

-- ---- the catalogue -----------------------------------------------------

-- Published ones that hold each of up to three stems, the newest first, from "before" on.  Every
-- one holds the empty stem: that is browsing.  near: a circle; "reach" is its radius squared,
-- in millionths of a degree; "shrink" the cosine of the latitude in thousandths.
-- name: catalogue :many
-- in:  city city_id, festival festival_id, before promotion_id, word text, word2 text, word3 text, day int, minute int, open bool, soon int, venue venue_id, sector int, village text, near bool, latitude int, longitude int, shrink int, reach int, limit int
-- out: id promotion_id, merchant merchant_id, venue venue_id, kind int, state int, title text, gives text, terms text, percent int, worth int, first_day int, last_day int, from_minute int, to_minute int, quota int, per_card int, budget int, used int, given int, merchant_name text, merchant_slug text, merchant_code int, stall text, sector int, village text, venue_name text, venue_slug text, latitude int, longitude int
SELECT p.id, p.merchant, p.venue, p.kind, p.state, p.title, p.gives, p.terms, p.percent, p.worth,
       p.first_day, p.last_day, p.from_minute, p.to_minute, p.quota, p.per_card, p.budget, t.used, t.given,
       coalesce(m.name, ''), coalesce(m.slug, ''), coalesce(m.code, 0), coalesce(m.stall, ''),
       coalesce(m.sector, -1), coalesce(m.village, ''), coalesce(v.name, ''), coalesce(v.slug, ''),
       coalesce(v.latitude, 0), coalesce(v.longitude, 0)
  FROM promotion_word w
  JOIN promotion p ON p.city = w.city AND p.id = w.promotion
  LEFT JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  JOIN promotion_total t ON t.city = p.city AND t.promotion = p.id
  LEFT JOIN venue v ON v.city = p.city AND v.id = CASE WHEN p.merchant = 0 THEN p.venue ELSE m.venue END
 WHERE w.city = :city AND p.city = :city AND t.city = :city AND w.festival = :festival
   AND w.word = :word AND w.promotion < :before
   AND (:word2 = '' OR EXISTS (SELECT 1 FROM promotion_word x WHERE x.city = :city
        AND x.festival = :festival AND x.word = :word2 AND x.promotion = w.promotion))
   AND (:word3 = '' OR EXISTS (SELECT 1 FROM promotion_word y WHERE y.city = :city
        AND y.festival = :festival AND y.word = :word3 AND y.promotion = w.promotion))
   AND (p.last_day >= :day OR (p.from_minute > p.to_minute AND p.last_day = :day - 1
                               AND p.to_minute > :minute))
   AND (:soon = 0 OR p.last_day <= :soon)
   AND (:venue = 0 OR v.id = :venue)
   AND (:sector < 0 OR m.sector = :sector)
   AND (:village = '' OR CASE WHEN coalesce(m.village, '') <> '' THEN m.village
                              ELSE coalesce(v.village, '') END = :village)
   AND (:open = 0 OR ((p.quota = 0 OR t.used < p.quota)
    AND (p.budget = 0 OR t.given + p.worth <= p.budget)
    AND ((p.from_minute = p.to_minute AND p.first_day <= :day AND p.last_day >= :day)
      OR (p.from_minute < p.to_minute AND p.first_day <= :day AND p.last_day >= :day
          AND p.from_minute <= :minute AND p.to_minute > :minute)
      OR (p.from_minute > p.to_minute
          AND ((p.from_minute <= :minute AND p.first_day <= :day AND p.last_day >= :day)
            OR (p.to_minute > :minute AND p.first_day <= :day - 1 AND p.last_day >= :day - 1))))))
   AND (:near = 0 OR ((v.latitude <> 0 OR v.longitude <> 0)
    AND (v.latitude - :latitude) * (v.latitude - :latitude)
      + ((v.longitude - :longitude) * :shrink / 1000) * ((v.longitude - :longitude) * :shrink / 1000)
        <= :reach))
 ORDER BY w.promotion DESC LIMIT :limit;

-- name: word_add :exec
-- in:  city city_id, festival festival_id, word text, promotion promotion_id
INSERT INTO promotion_word (city, festival, word, promotion)
VALUES (:city, :festival, :word, :promotion) ON CONFLICT (city, festival, word, promotion) DO NOTHING;

-- name: word_drop :exec
-- in:  city city_id, promotion promotion_id
DELETE FROM promotion_word WHERE city = :city AND promotion = :promotion;

-- Kelurahan where a published promotion is to be had.
-- name: villages :many
-- in:  city city_id, festival festival_id
-- out: village text
SELECT village FROM promotion_village WHERE city = :city AND festival = :festival
 ORDER BY village LIMIT 200;

-- name: village_add :exec
-- in:  city city_id, festival festival_id, village text
INSERT INTO promotion_village (city, festival, village) VALUES (:city, :festival, :village)
ON CONFLICT (city, festival, village) DO NOTHING;

-- name: villages_clear :exec
-- in:  city city_id
DELETE FROM promotion_village WHERE city = :city;

-- name: villages_find :exec
-- in:  city city_id
INSERT INTO promotion_village (city, festival, village)
SELECT DISTINCT p.city, p.festival,
       CASE WHEN coalesce(m.village, '') <> '' THEN m.village ELSE coalesce(v.village, '') END
  FROM promotion p
  LEFT JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = p.city AND v.id = CASE WHEN p.merchant = 0 THEN p.venue ELSE m.venue END
 WHERE p.city = :city AND p.state = 2;

-- ---- venues on the map -------------------------------------------------

-- name: venues :many
-- in:  city city_id
-- out: id venue_id, slug text, name text, kind int, latitude int, longitude int
SELECT id, slug, name, kind, latitude, longitude FROM venue WHERE city = :city
 ORDER BY name, id LIMIT 500;

-- name: venue_by_slug :maybe
-- in:  city city_id, slug text
-- out: id venue_id, name text
SELECT id, name FROM venue WHERE city = :city AND slug = :slug;

-- name: venue_by_id :maybe
-- in:  city city_id, id venue_id
-- out: id venue_id, name text, latitude int, longitude int
SELECT id, name, latitude, longitude FROM venue WHERE city = :city AND id = :id;

-- name: venue_put :exec
-- in:  city city_id, id venue_id, latitude int, longitude int
UPDATE venue SET latitude = :latitude, longitude = :longitude WHERE city = :city AND id = :id;

-- Published promotions by venue, for the map.
-- name: venue_counts :many
-- in:  city city_id, festival festival_id, day int
-- out: venue venue_id, n int
SELECT v.id, count(*)
  FROM promotion p
  LEFT JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  JOIN venue v ON v.city = p.city AND v.id = CASE WHEN p.merchant = 0 THEN p.venue ELSE m.venue END
 WHERE p.city = :city AND v.city = :city AND p.festival = :festival AND p.state = 2 AND p.last_day >= :day
 GROUP BY v.id LIMIT 500;

-- name: setting_get :maybe
-- in:  city city_id, name text
-- out: value text
SELECT value FROM setting WHERE city = :city AND name = :name;

-- ---- use ---------------------------------------------------------------

-- name: participant :maybe
-- in:  city city_id, festival festival_id, merchant merchant_id
-- out: state int, venue venue_id
SELECT p.state, m.venue FROM participation p JOIN merchant m ON m.city = p.city AND m.id = p.merchant
 WHERE p.city = :city AND m.city = :city AND p.festival = :festival AND p.merchant = :merchant;

-- The sale a merchant's promotions belong to: one that runs, else the newest.
-- name: card :maybe
-- in:  city city_id, festival festival_id, number int
-- out: id card_id, state int
SELECT id, state FROM card WHERE city = :city AND festival = :festival AND number = :number;

-- name: purchase :maybe
-- in:  city city_id, id purchase_id
-- out: festival festival_id, merchant merchant_id, amount int, state int
SELECT festival, merchant, amount, state FROM purchase WHERE city = :city AND id = :id;

-- name: last_sale :maybe
-- in:  city city_id, festival festival_id, merchant merchant_id
-- out: last purchase_id
SELECT last FROM merchant_total
 WHERE city = :city AND festival = :festival AND merchant = :merchant;

-- name: sale :maybe
-- in:  city city_id, id purchase_id
-- out: number int, amount int, at int, state int, merchant_before purchase_id
SELECT number, amount, at, state, merchant_before FROM purchase WHERE city = :city AND id = :id;

-- name: card_used :maybe
-- in:  city city_id, promotion promotion_id, card card_id
-- out: used int
SELECT used FROM promotion_card WHERE city = :city AND promotion = :promotion AND card = :card;

-- name: card_add :exec
-- in:  city city_id, promotion promotion_id, card card_id, used int
INSERT INTO promotion_card (city, promotion, card, used) VALUES (:city, :promotion, :card, :used)
ON CONFLICT (city, promotion, card) DO UPDATE SET used = promotion_card.used + :used;

-- Takes one of the quota and "given" of the budget, or nothing: no row then.
-- name: take :maybe
-- in:  city city_id, promotion promotion_id, given int, quota int, budget int
-- out: used int, given int
UPDATE promotion_total SET used = used + 1, given = given + :given
 WHERE city = :city AND promotion = :promotion AND (:quota = 0 OR used < :quota)
   AND (:budget = 0 OR given + :given <= :budget)
RETURNING used, given;

-- name: give_back :exec
-- in:  city city_id, promotion promotion_id, given int
UPDATE promotion_total SET used = used - 1, given = given - :given
 WHERE city = :city AND promotion = :promotion;

-- name: redemption_add :exec
-- in:  city city_id, id redemption_id, festival festival_id, promotion promotion_id, merchant merchant_id, card card_id, purchase purchase_id, amount int, given int, rest int, channel int, at int, event text, person person_id, token token_id
INSERT INTO redemption (city, id, festival, promotion, merchant, card, purchase, amount, given, rest,
       channel, at, event, person, token)
VALUES (:city, :id, :festival, :promotion, :merchant, :card, :purchase, :amount, :given, :rest,
       :channel, :at, :event, :person, :token);

-- name: redemption_by_event :maybe
-- in:  city city_id, festival festival_id, event text
-- out: id redemption_id, promotion promotion_id, merchant merchant_id, card card_id, purchase purchase_id, amount int, given int, rest int, at int
SELECT id, promotion, merchant, card, purchase, amount, given, rest, at FROM redemption
 WHERE city = :city AND festival = :festival AND event = :event;

-- name: redemption_by_id :maybe
-- in:  city city_id, id redemption_id
-- out: id redemption_id, festival festival_id, promotion promotion_id, merchant merchant_id, card card_id, purchase purchase_id, amount int, given int, rest int, at int, channel int
SELECT id, festival, promotion, merchant, card, purchase, amount, given, rest, at, channel
  FROM redemption WHERE city = :city AND id = :id;

-- name: redemption_of_purchase :many
-- in:  city city_id, purchase purchase_id
-- out: id redemption_id
SELECT id FROM redemption WHERE city = :city AND purchase = :purchase ORDER BY id LIMIT 100;

-- name: void_add :exec
-- in:  city city_id, redemption redemption_id, event text, reason text, at int, purchase purchase_id, person person_id, token token_id
INSERT INTO redemption_void (city, redemption, event, reason, at, purchase, person, token)
VALUES (:city, :redemption, :event, :reason, :at, :purchase, :person, :token);

-- name: void_get :maybe
-- in:  city city_id, redemption redemption_id
-- out: event text, reason text, at int, purchase purchase_id
SELECT event, reason, at, purchase FROM redemption_void WHERE city = :city AND redemption = :redemption;

-- A merchant's uses, newest first.
-- name: used_at :many
-- in:  city city_id, merchant merchant_id, before redemption_id, limit int
-- out: id redemption_id, title text, card int, given int, at int, channel int, gone bool, reason text, number int
SELECT r.id, p.title, r.card, r.given, r.at, r.channel, CASE WHEN v.redemption IS NULL THEN 0 ELSE 1 END,
       coalesce(v.reason, ''), coalesce(c.number, 0)
  FROM redemption r JOIN promotion p ON p.city = r.city AND p.id = r.promotion
  LEFT JOIN redemption_void v ON v.city = r.city AND v.redemption = r.id
  LEFT JOIN card c ON c.city = r.city AND c.id = r.card
 WHERE r.city = :city AND p.city = :city AND r.merchant = :merchant AND r.id < :before
 ORDER BY r.id DESC LIMIT :limit;

-- A merchant's uses since a moment that stand.
-- name: day_of :one
-- in:  city city_id, merchant merchant_id, since int
-- out: used int, given int
SELECT count(*), CAST(coalesce(sum(r.given), 0) AS bigint)
  FROM redemption r LEFT JOIN redemption_void v ON v.city = r.city AND v.redemption = r.id
 WHERE r.city = :city AND r.merchant = :merchant AND r.at >= :since AND v.redemption IS NULL;

-- name: used_of :many
-- in:  city city_id, promotion promotion_id, before redemption_id, limit int
-- out: id redemption_id, merchant_name text, given int, at int, channel int, gone bool, reason text, number int
SELECT r.id, coalesce(m.name, ''), r.given, r.at, r.channel, CASE WHEN v.redemption IS NULL THEN 0 ELSE 1 END,
       coalesce(v.reason, ''), coalesce(c.number, 0)
  FROM redemption r
  LEFT JOIN merchant m ON m.city = r.city AND m.id = r.merchant
  LEFT JOIN redemption_void v ON v.city = r.city AND v.redemption = r.id
  LEFT JOIN card c ON c.city = r.city AND c.id = r.card
 WHERE r.city = :city AND r.promotion = :promotion AND r.id < :before
 ORDER BY r.id DESC LIMIT :limit;

-- ---- invariants (laris check) ------------------------------------------

-- name: check_totals :many
-- shared: laris check goes through all cities
-- out: city int, promotion int, used int, given int, has_used int, has_given int
SELECT p.city, p.id, coalesce(t.used, -1), coalesce(t.given, -1), coalesce(s.used, 0), coalesce(s.given, 0)
  FROM promotion p
  LEFT JOIN promotion_total t ON t.city = p.city AND t.promotion = p.id
  LEFT JOIN (SELECT r.city AS city, r.promotion AS promotion, count(*) AS used, sum(r.given) AS given
               FROM redemption r
               LEFT JOIN redemption_void v ON v.city = r.city AND v.redemption = r.id
              WHERE v.redemption IS NULL GROUP BY r.city, r.promotion) s
    ON s.city = p.city AND s.promotion = p.id
 WHERE coalesce(t.used, -1) <> coalesce(s.used, 0) OR coalesce(t.given, -1) <> coalesce(s.given, 0)
 ORDER BY p.city, p.id LIMIT 20;

-- name: check_over :many
-- shared: laris check goes through all cities
-- out: city int, promotion int, used int, quota int, given int, budget int
SELECT p.city, p.id, t.used, p.quota, t.given, p.budget
  FROM promotion p JOIN promotion_total t ON t.city = p.city AND t.promotion = p.id
 WHERE (p.quota > 0 AND t.used > p.quota) OR (p.budget > 0 AND t.given > p.budget) OR t.used < 0
 ORDER BY p.city, p.id LIMIT 20;

-- name: check_cards :many
-- shared: laris check goes through all cities
-- out: city int, promotion int, card int, used int, has_used int
SELECT c.city, c.promotion, c.card, c.used, coalesce(s.used, 0)
  FROM promotion_card c
  LEFT JOIN (SELECT r.city AS city, r.promotion AS promotion, r.card AS card, count(*) AS used
               FROM redemption r
               LEFT JOIN redemption_void v ON v.city = r.city AND v.redemption = r.id
              WHERE v.redemption IS NULL AND r.card <> 0 GROUP BY r.city, r.promotion, r.card) s
    ON s.city = c.city AND s.promotion = c.promotion AND s.card = c.card
 WHERE c.used <> coalesce(s.used, 0)
 ORDER BY c.city, c.promotion, c.card LIMIT 20;

-- name: check_purchases :many
-- shared: laris check goes through all cities
-- out: city int, redemption int, purchase int
SELECT r.city, r.id, r.purchase
  FROM redemption r JOIN purchase p ON p.city = r.city AND p.id = r.purchase
  LEFT JOIN redemption_void v ON v.city = r.city AND v.redemption = r.id
 WHERE p.state <> 0 AND v.redemption IS NULL
 ORDER BY r.city, r.id LIMIT 20;

-- Found by words if and only if it is published.
-- name: check_words :many
-- shared: laris check goes through all cities
-- out: city int, promotion int, state int
SELECT p.city, p.id, p.state
  FROM promotion p
  LEFT JOIN promotion_word w ON w.city = p.city AND w.festival = p.festival AND w.word = ''
        AND w.promotion = p.id
 WHERE (p.state = 2) <> (w.promotion IS NOT NULL)
 ORDER BY p.city, p.id LIMIT 20;

-- ---- what one city gives another -----------------------------------------------

-- name: practice_list :many
-- in:  city city_id, festival festival_id
-- out: id promotion_id
-- The organiser's own, for the whole city; not what was refused (3) or stopped (4).
SELECT id FROM promotion
 WHERE city = :city AND festival = :festival AND merchant = 0 AND venue = 0 AND state NOT IN (3, 4)
 ORDER BY id LIMIT 100;

-- name: practice_total_drop :exec
-- in:  city city_id, promotion promotion_id
DELETE FROM promotion_total WHERE city = :city AND promotion = :promotion AND used = 0;

-- name: practice_drop :exec
-- in:  city city_id, id promotion_id
-- A draft only.
DELETE FROM promotion WHERE city = :city AND id = :id AND state = 0;

-- ---- contests ---------------------------------------------------------------------

-- name: contest_list :many
-- in:  city city_id, festival festival_id
-- out: id contest_id, slug text, name text, who text, judged text, prizes text
SELECT id, slug, name, who, judged, prizes FROM contest
 WHERE city = :city AND festival = :festival ORDER BY slug LIMIT 100;

-- name: contest_any :maybe
-- in:  city city_id, festival festival_id
-- out: slug text
SELECT slug FROM contest WHERE city = :city AND festival = :festival ORDER BY slug LIMIT 1;

-- name: contest_by_slug :maybe
-- in:  city city_id, festival festival_id, slug text
-- out: id contest_id, slug text, name text, who text, judged text, prizes text
SELECT id, slug, name, who, judged, prizes FROM contest
 WHERE city = :city AND festival = :festival AND slug = :slug;

-- name: contest_add :exec
-- in:  city city_id, id contest_id, festival festival_id, slug text, name text, who text, judged text, prizes text
INSERT INTO contest (city, id, festival, slug, name, who, judged, prizes)
VALUES (:city, :id, :festival, :slug, :name, :who, :judged, :prizes);

-- name: contest_change :exec
-- in:  city city_id, id contest_id, name text, who text, judged text, prizes text
UPDATE contest SET name = :name, who = :who, judged = :judged, prizes = :prizes
 WHERE city = :city AND id = :id;

-- name: contest_drop :exec
-- in:  city city_id, id contest_id
DELETE FROM contest WHERE city = :city AND id = :id;
