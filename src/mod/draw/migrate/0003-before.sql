-- Before the draw: the provisional list and what people object to, and the
-- sample of coupons that is checked against notes.

CREATE TABLE draw_window (
  city    int  NOT NULL,
  draw    int  NOT NULL,
  opened  int  NOT NULL,
  ends    int  NOT NULL,
  holders int  NOT NULL,           -- when it was published
  coupons int  NOT NULL,
  by      text NOT NULL,
  PRIMARY KEY (city, draw),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id)
);

CREATE TABLE draw_objection (
  city     int  NOT NULL,
  id       int  NOT NULL,
  draw     int  NOT NULL,
  card     int  NOT NULL,
  words    text NOT NULL,
  at       int  NOT NULL,
  state    int  NOT NULL,          -- enum objection_state
  answer   text NOT NULL,
  by       text NOT NULL,
  answered int  NOT NULL,          -- moment, 0: not yet
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id),
  FOREIGN KEY (city, card) REFERENCES card (city, id)
);
CREATE INDEX draw_objection_of ON draw_objection (city, draw, id);

-- What was said before a freeze: that nobody need be barred (kind 0), or why
-- the window was not waited for (kind 1).
CREATE TABLE draw_saying (
  city  int  NOT NULL,
  draw  int  NOT NULL,
  kind  int  NOT NULL,
  words text NOT NULL,
  by    text NOT NULL,
  at    int  NOT NULL,
  PRIMARY KEY (city, draw, kind),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id)
);

CREATE TABLE draw_sample (
  city  int  NOT NULL,
  draw  int  NOT NULL,
  count int  NOT NULL,             -- coupons
  round int  NOT NULL,
  said  int  NOT NULL,             -- moment of the announcement
  ran   int  NOT NULL,             -- moment it was chosen, 0: not yet
  by    text NOT NULL,
  PRIMARY KEY (city, draw),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id)
);

CREATE TABLE draw_sampled (
  city     int  NOT NULL,
  draw     int  NOT NULL,
  pos      int  NOT NULL,          -- from 1, in the order of choosing
  coupon   int  NOT NULL,
  card     int  NOT NULL,
  purchase int  NOT NULL,          -- that brought the coupon; 0: not found
  verdict  int  NOT NULL,          -- enum sample_verdict
  note     text NOT NULL,
  by       text NOT NULL,
  at       int  NOT NULL,
  PRIMARY KEY (city, draw, pos),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id)
);
