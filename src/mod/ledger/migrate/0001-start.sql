-- The city's public log, as rows: the tiles and checkpoints are made from them.

CREATE TABLE ledger_entry (
  city    int   NOT NULL,
  number  int   NOT NULL,          -- 0, 1, 2 ... in the city's log, without a gap
  kind    int   NOT NULL,          -- enum ledger_kind
  subject int   NOT NULL,          -- what it speaks of: a purchase, festival, draw
  data    bytes NOT NULL,          -- the public entry, byte for byte
  salt    bytes NOT NULL,          -- opens the commitment in it; empty: none, or erased
  PRIMARY KEY (city, number)
);

-- The root of each full tile: level 1 is that of 256 entries, level 2 of 65,536 ...
CREATE TABLE ledger_node (
  city   int   NOT NULL,
  level  int   NOT NULL,
  number int   NOT NULL,
  hash   bytes NOT NULL,
  PRIMARY KEY (city, level, number)
);

CREATE TABLE ledger_head (
  city   int  NOT NULL,
  size   int  NOT NULL,            -- entries there are
  origin text NOT NULL,            -- the log's name, for good: "laris/surakarta@laris.example"
  PRIMARY KEY (city)
);
