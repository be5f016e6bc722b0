-- The kelurahan where published promotions are to be had: a choice of the catalogue,
-- which must not look through 20,000 promotions to offer it.  One is added when a
-- promotion is published; the job "promo-end" makes the list exact again.

CREATE TABLE promotion_village (
  city     int  NOT NULL,
  festival int  NOT NULL,
  village  text NOT NULL,
  PRIMARY KEY (city, festival, village)
);

INSERT INTO promotion_village (city, festival, village)
SELECT DISTINCT p.city, p.festival,
       CASE WHEN coalesce(m.village, '') <> '' THEN m.village ELSE coalesce(v.village, '') END
  FROM promotion p
  LEFT JOIN merchant m ON m.city = p.city AND m.id = p.merchant
  LEFT JOIN venue v ON v.city = p.city AND v.id = CASE WHEN p.merchant = 0 THEN p.venue ELSE m.venue END
 WHERE p.state = 2;
