-- What became of the winners: called, verified, given; struck out and
-- drawn anew, or returned to the Social Office.

ALTER TABLE winner ADD COLUMN run int NOT NULL DEFAULT 0;      -- 0: of the draw; else of redraw n
ALTER TABLE winner ADD COLUMN state int NOT NULL DEFAULT 0;    -- enum winner_state
ALTER TABLE winner ADD COLUMN moved int NOT NULL DEFAULT 0;    -- moment of that state
ALTER TABLE winner ADD COLUMN words text NOT NULL DEFAULT '';  -- who received it; staff only

-- One row a file after/NNN-*.txt, in the order in which it was said.
CREATE TABLE draw_after (
  city   int  NOT NULL,
  draw   int  NOT NULL,
  n      int  NOT NULL,            -- NNN, from 1
  kind   int  NOT NULL,            -- enum after_kind
  prize  int  NOT NULL,
  place  int  NOT NULL,
  reason int  NOT NULL,            -- enum strike_reason; 0 of a hand-over
  words  text NOT NULL,            -- the same in words; staff only
  round  int  NOT NULL,            -- of a redraw, else 0
  ran    int  NOT NULL,            -- moment a redraw was run, else 0
  by     text NOT NULL,
  at     int  NOT NULL,
  PRIMARY KEY (city, draw, n),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id),
  FOREIGN KEY (city, prize) REFERENCES prize (city, id)
);

-- The winners that were struck out: the row of "winner" as it was.
CREATE TABLE draw_struck (
  city   int   NOT NULL,
  draw   int   NOT NULL,
  n      int   NOT NULL,           -- by which file
  prize  int   NOT NULL,
  place  int   NOT NULL,
  run    int   NOT NULL,
  k      int   NOT NULL,
  coupon int   NOT NULL,
  cid    bytes NOT NULL,
  card   int   NOT NULL,
  masked text  NOT NULL,
  PRIMARY KEY (city, draw, n),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id)
);
CREATE INDEX draw_struck_card ON draw_struck (city, card);

-- Photographs of the hand-over and of the signed receipt; staff only.
CREATE TABLE winner_paper (
  city  int   NOT NULL,
  draw  int   NOT NULL,
  prize int   NOT NULL,
  place int   NOT NULL,
  kind  int   NOT NULL,            -- enum paper_kind
  type  text  NOT NULL,            -- image/jpeg, image/png
  bytes bytes NOT NULL,
  PRIMARY KEY (city, draw, prize, place, kind),
  FOREIGN KEY (city, prize) REFERENCES prize (city, id)
);
