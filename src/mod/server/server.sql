-- Every statement of the server's own pages: how the cities are, never who is in them.
-- use: core/ids.h

-- name: towns :many
-- in:  now int, lately int
-- out: id city_id, code text, slug text, name text, zone int, closed int, closed_why text, host text, sale text, state int, first_day int, last_day int, purchases int, last_at int, today int, merchants int, log int, witnessed int, signed_at int, witness int, jobs int, organiser int
-- shared: the server's admin looks after all cities
-- For each city some twelve rows found by their keys: 514 cities are a few thousand look-ups.
SELECT c.id, c.code, c.slug, c.name, c.zone, c.closed, c.closed_why,
       coalesce((SELECT min(h.host) FROM city_host h WHERE h.city = c.id), ''),
       CASE WHEN f.state > 0 THEN f.name ELSE '' END, coalesce(f.state, -1), coalesce(f.first_day, 0),
       coalesce(f.last_day, 0), coalesce(t.purchases, 0), coalesce(t.last_at, 0),
       coalesce((SELECT s.purchases FROM festival_slice s WHERE s.city = c.id
           AND s.festival = f.id AND s.kind = 0
           AND s.key = (:now / 3600000000 + c.zone) / 24), 0),
       coalesce((SELECT p.n FROM participation_count p WHERE p.city = c.id
           AND p.festival = f.id AND p.state = 1), 0),
       coalesce(l.size, 0),
       coalesce((SELECT g.size FROM ledger_cosignature g WHERE g.city = c.id
           ORDER BY g.size DESC LIMIT 1), 0),
       coalesce((SELECT g.at FROM ledger_cosignature g WHERE g.city = c.id
           ORDER BY g.size DESC LIMIT 1), 0),
       coalesce((SELECT max(w.state) FROM ledger_witness w WHERE w.city = c.id), -1),
       (SELECT count(*) FROM job j WHERE j.city = c.id AND j.state = 2 AND j.due > :lately),
       CASE WHEN EXISTS (SELECT 1 FROM person_role r
           JOIN person p ON p.city = r.city AND p.id = r.person
           WHERE r.city = c.id AND r.role IN (2, 256) AND p.state = 0) THEN 1 ELSE 0 END
  FROM city c
  LEFT JOIN festival f ON f.city = c.id AND f.id = (SELECT n.id FROM festival n
       WHERE n.city = c.id ORDER BY CASE n.state WHEN 2 THEN 0 ELSE 1 END, n.id DESC LIMIT 1)
  LEFT JOIN festival_total t ON t.city = c.id AND t.festival = f.id
  LEFT JOIN ledger_head l ON l.city = c.id
 ORDER BY c.name, c.id;

-- name: hosts :many
-- in:  city city_id
-- out: host text
SELECT host FROM city_host WHERE city = :city ORDER BY host;
