-- Draws: what was promised, what was frozen, what came out.

CREATE TABLE draw (
  city      int  NOT NULL,
  id        int  NOT NULL,
  festival  int  NOT NULL,
  slug      text NOT NULL,         -- in the address
  name      text NOT NULL,
  code      text NOT NULL,         -- the public id in freeze.txt, never used twice
  state     int  NOT NULL,         -- enum draw_state
  rehearsal int  NOT NULL,         -- 1: gladi, of no consequence
  chain     text NOT NULL,         -- drand chain hash, 64 hex digits
  round     int  NOT NULL,         -- 0: not frozen yet
  rules     text NOT NULL,         -- rules.txt; empty: none
  entries   int  NOT NULL,         -- holders in the frozen list
  coupons   int  NOT NULL,
  root      text NOT NULL,         -- of the list, 64 hex digits
  seed      text NOT NULL,
  created   int  NOT NULL,
  frozen    int  NOT NULL,         -- moment, 0: not yet
  drawn     int  NOT NULL,
  reported  int  NOT NULL,
  PRIMARY KEY (city, id),
  UNIQUE (city, festival, slug),
  UNIQUE (city, code),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);

CREATE TABLE prize (
  city     int  NOT NULL,
  id       int  NOT NULL,
  draw     int  NOT NULL,
  position int  NOT NULL,          -- order of drawing, from 1
  code     text NOT NULL,          -- RUMAH: in prizes.tsv and in the arithmetic
  class    text NOT NULL,          -- a person wins once in a class
  number   int  NOT NULL,          -- places
  title    text NOT NULL,
  value    int  NOT NULL,          -- rupiah of one place; 0: not said
  PRIMARY KEY (city, id),
  UNIQUE (city, draw, code),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id)
);

-- Committee, staff and their households: may hold coupons, may not win.
CREATE TABLE draw_exclusion (
  city   int  NOT NULL,
  draw   int  NOT NULL,
  card   int  NOT NULL,
  reason text NOT NULL,
  by     text NOT NULL,            -- login
  at     int  NOT NULL,
  PRIMARY KEY (city, draw, card),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id),
  FOREIGN KEY (city, card) REFERENCES card (city, id)
);

-- The bytes that were published, in parts of 4 MiB.  "holders" alone is
-- not: it names the card behind each record of entries.bin.
CREATE TABLE draw_file (
  city  int   NOT NULL,
  draw  int   NOT NULL,
  name  text  NOT NULL,
  part  int   NOT NULL,            -- from 0
  bytes bytes NOT NULL,
  PRIMARY KEY (city, draw, name, part),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id)
);

CREATE TABLE winner (
  city   int   NOT NULL,
  draw   int   NOT NULL,
  prize  int   NOT NULL,
  place  int   NOT NULL,           -- from 1 in the prize
  k      int   NOT NULL,
  coupon int   NOT NULL,
  cid    bytes NOT NULL,
  card   int   NOT NULL,
  masked text  NOT NULL,           -- of the card number, for everyone
  PRIMARY KEY (city, draw, prize, place),
  FOREIGN KEY (city, prize) REFERENCES prize (city, id)
);
CREATE INDEX winner_coupon ON winner (city, draw, coupon);
CREATE INDEX winner_card ON winner (city, card);
