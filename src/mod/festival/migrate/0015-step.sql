-- Where a sale's steps differ from the usual plan, and steps of its own.

CREATE TABLE festival_step (
  city     int  NOT NULL,
  festival int  NOT NULL,
  code     text NOT NULL,          -- of the plan, or its own
  base     int  NOT NULL,          -- 0 counted from the first day, 1 from the last
  days     int  NOT NULL,
  title    text NOT NULL,          -- of its own; empty: a step of the plan
  PRIMARY KEY (city, festival, code),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);
