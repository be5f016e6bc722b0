-- How many merchants stand in each state of a sale, beside the rows that say
-- so: every public page shows it, and must not count 22,273 rows for that.

CREATE TABLE participation_count (
  city     int  NOT NULL,
  festival int  NOT NULL,
  state    int  NOT NULL,          -- enum participation_state
  n        int  NOT NULL,
  PRIMARY KEY (city, festival, state),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);

INSERT INTO participation_count (city, festival, state, n)
SELECT city, festival, state, count(*) FROM participation GROUP BY city, festival, state;
