-- Every statement of the board: it reads what other modules keep.
-- use: mod/festival/ids.h

-- ---- figures ---------------------------------------------------------

-- name: total :maybe
-- in:  city city_id, festival festival_id
-- out: purchases int, rupiah int, coupons int, reporting int, unclaimed int, last_at int
SELECT purchases, rupiah, coupons, reporting, unclaimed, last_at
  FROM festival_total WHERE city = :city AND festival = :festival;

-- name: waiting :maybe
-- in:  city city_id, festival festival_id
-- out: n int
SELECT n FROM participation_count WHERE city = :city AND festival = :festival AND state = 0;

-- Every merchant's sums, and every merchant's kelurahan, both in the order of ids: board.c
-- walks them side by side, which costs a third of a join over 22,273 of them.
-- name: takings :many
-- in:  city city_id, festival festival_id
-- out: merchant merchant_id, purchases int, rupiah int, received int
SELECT merchant, purchases, rupiah, received FROM merchant_total
 WHERE city = :city AND festival = :festival ORDER BY merchant;

-- name: villages :each
-- in:  city city_id
-- out: merchant merchant_id, village text
SELECT id, village FROM merchant WHERE city = :city ORDER BY id;

-- name: venue_names :many
-- in:  city city_id
-- out: id venue_id, name text
SELECT id, name FROM venue WHERE city = :city ORDER BY id;

-- ---- who is silent ----------------------------------------------------

-- name: admitted_count :maybe
-- in:  city city_id, festival festival_id
-- out: n int
SELECT n FROM participation_count WHERE city = :city AND festival = :festival AND state = 1;

-- name: gone :many
-- in:  city city_id, festival festival_id
-- out: received int
-- Of merchants that have sold and are not admitted (any more).
SELECT t.received FROM participation a
  JOIN merchant_total t ON t.city = a.city AND t.festival = a.festival AND t.merchant = a.merchant
 WHERE a.city = :city AND a.festival = :festival AND a.state IN (0, 2, 3, 4);

-- name: silent :many
-- in:  city city_id, festival festival_id, before int, venue venue_id, after int, after_id merchant_id, limit int
-- out: id merchant_id, code int, name text, slug text, phone text, stall text, venue_name text, purchases int, received int, called int, outcome int, call_by text, call_note text
-- Admitted, and nothing came in from "before" on; the longest silent first.
SELECT m.id, m.code, m.name, m.slug, m.phone, m.stall, coalesce(v.name, ''), coalesce(t.purchases, 0),
       coalesce(t.received, 0), coalesce(c.at, 0), coalesce(c.outcome, 0), coalesce(c.by, ''),
       coalesce(c.note, '')
  FROM participation a
  JOIN merchant m ON m.city = a.city AND m.id = a.merchant
  LEFT JOIN venue v ON v.city = m.city AND v.id = m.venue
  LEFT JOIN merchant_total t ON t.city = a.city AND t.festival = a.festival AND t.merchant = a.merchant
  LEFT JOIN board_call c ON c.city = a.city AND c.festival = a.festival AND c.merchant = a.merchant
 WHERE a.city = :city AND a.festival = :festival AND a.state = 1
   AND coalesce(t.received, 0) < :before AND (:venue = 0 OR m.venue = :venue)
   AND (coalesce(t.received, 0) > :after OR (coalesce(t.received, 0) = :after AND m.id > :after_id))
 ORDER BY coalesce(t.received, 0), m.id LIMIT :limit;

-- name: admitted :maybe
-- in:  city city_id, festival festival_id, merchant merchant_id
-- out: name text
SELECT m.name FROM participation a JOIN merchant m ON m.city = a.city AND m.id = a.merchant
 WHERE a.city = :city AND a.festival = :festival AND a.merchant = :merchant AND a.state = 1;

-- name: call_get :maybe
-- in:  city city_id, festival festival_id, merchant merchant_id
-- out: at int, by text, outcome int, note text
SELECT at, by, outcome, note FROM board_call
 WHERE city = :city AND festival = :festival AND merchant = :merchant;

-- name: call_set :exec
-- in:  city city_id, festival festival_id, merchant merchant_id, at int, by text, outcome int, note text
INSERT INTO board_call (city, festival, merchant, at, by, outcome, note)
VALUES (:city, :festival, :merchant, :at, :by, :outcome, :note)
ON CONFLICT (city, festival, merchant) DO UPDATE SET at = excluded.at, by = excluded.by,
       outcome = excluded.outcome, note = excluded.note;

-- ---- search -------------------------------------------------------------

-- name: find_merchants :many
-- in:  city city_id, like text, code int, phone text, limit int
-- out: id merchant_id, code int, name text, slug text, phone text, venue_name text
SELECT m.id, m.code, m.name, m.slug, m.phone, coalesce(v.name, '')
  FROM merchant m LEFT JOIN venue v ON v.city = m.city AND v.id = m.venue
 WHERE m.city = :city AND (lower(m.name) LIKE :like OR lower(m.stall) LIKE :like OR m.code = :code
       OR (m.phone <> '' AND m.phone = :phone))
 ORDER BY m.name LIMIT :limit;

-- name: find_venues :many
-- in:  city city_id, like text, limit int
-- out: id venue_id, name text, address text
SELECT id, name, address FROM venue
 WHERE city = :city AND (lower(name) LIKE :like OR lower(address) LIKE :like) ORDER BY name LIMIT :limit;

-- name: find_persons :many
-- in:  city city_id, like text, limit int
-- out: id person_id, login text, name text
SELECT id, login, name FROM person
 WHERE city = :city AND (lower(login) LIKE :like OR lower(name) LIKE :like) ORDER BY login LIMIT :limit;

-- name: find_cards :many
-- in:  city city_id, number int, phone text, limit int
-- out: number int, festival festival_id, festival_name text, festival_slug text, state int, coupons int
SELECT c.number, c.festival, f.name, f.slug, c.state, coalesce(t.coupons, 0)
  FROM card c JOIN festival f ON f.city = c.city AND f.id = c.festival
  LEFT JOIN card_total t ON t.city = c.city AND t.festival = c.festival AND t.card = c.id
 WHERE c.city = :city AND (c.number = :number OR (c.phone <> '' AND c.phone = :phone))
 ORDER BY c.festival DESC, c.number LIMIT :limit;

-- name: find_purchase_id :maybe
-- in:  city city_id, id purchase_id
-- out: id purchase_id, number int, at int, amount int, note text, state int, merchant_name text
SELECT p.id, p.number, p.at, p.amount, p.note, p.state, m.name
  FROM purchase p JOIN merchant m ON m.city = p.city AND m.id = p.merchant
 WHERE p.city = :city AND p.id = :id;

-- name: find_purchase_event :many
-- in:  city city_id, event text
-- out: id purchase_id, number int, at int, amount int, note text, state int, merchant_name text
-- In every sale of the city: its own unique key begins with the sale.
SELECT p.id, p.number, p.at, p.amount, p.note, p.state, m.name
  FROM festival f
  JOIN purchase p ON p.city = f.city AND p.festival = f.id AND p.event = :event
  JOIN merchant m ON m.city = p.city AND m.id = p.merchant
 WHERE f.city = :city ORDER BY p.id LIMIT 5;
