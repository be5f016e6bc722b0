-- Every statement about stored QRIS.
-- use: mod/festival/ids.h

-- name: get :maybe
-- in:  city city_id, merchant merchant_id
-- out: payload text, asked text, changed int
SELECT payload, asked, changed FROM qris WHERE city = :city AND merchant = :merchant;

-- name: ask :exec
-- in:  city city_id, merchant merchant_id, asked text, at int, person person_id
INSERT INTO qris (city, merchant, payload, asked, changed, person)
VALUES (:city, :merchant, '', :asked, :at, :person)
ON CONFLICT (city, merchant) DO UPDATE SET asked = :asked, changed = :at, person = :person;

-- name: use :exec
-- in:  city city_id, merchant merchant_id, seen text, at int, person person_id
-- What the merchant saw, and nothing that came meanwhile.
UPDATE qris SET payload = asked, asked = '', changed = :at, person = :person
 WHERE city = :city AND merchant = :merchant AND asked = :seen;

-- name: forget_asked :exec
-- in:  city city_id, merchant merchant_id, at int, person person_id
UPDATE qris SET asked = '', changed = :at, person = :person
 WHERE city = :city AND merchant = :merchant;

-- name: forget :exec
-- in:  city city_id, merchant merchant_id
DELETE FROM qris WHERE city = :city AND merchant = :merchant;

-- name: check_all :each
-- out: city int, merchant int, payload text
-- shared: laris check goes through all cities
SELECT city, merchant, payload FROM qris ORDER BY city, merchant;
