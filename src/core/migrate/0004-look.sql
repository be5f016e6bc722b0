-- How a city looks: two colours and an emblem, as data.

CREATE TABLE look (
  city     int   NOT NULL,
  brand    int   NOT NULL,         -- 0xRRGGBB; -1: the house's colours
  accent   int   NOT NULL,
  alt      text  NOT NULL,         -- what the emblem shows; empty: "emblem of" and the name
  hash     text  NOT NULL,         -- of the small one, 10 hex digits; empty: no emblem
  wide     int   NOT NULL,         -- pixels of the large one
  high     int   NOT NULL,
  small    bytes NOT NULL,         -- PNG for pages, written by us
  large    bytes NOT NULL,         -- the same for paper
  PRIMARY KEY (city)
);
