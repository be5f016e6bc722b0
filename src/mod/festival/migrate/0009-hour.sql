-- Sums by the hour of the day, in the city's zone, beside those by day, method,
-- venue and sector (enum slice): kind 4.

INSERT INTO festival_slice (city, festival, kind, key, purchases, rupiah)
SELECT p.city, p.festival, 4, (p.at / 3600000000 + c.zone) % 24, count(*), sum(p.amount)
  FROM purchase p JOIN city c ON c.id = p.city
 WHERE p.state = 0
 GROUP BY p.city, p.festival, (p.at / 3600000000 + c.zone) % 24;
