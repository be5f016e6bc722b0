-- Contests of a sale, in words: who may join, how it is judged, what there is to win.

CREATE TABLE contest (
  city     int  NOT NULL,
  id       int  NOT NULL,
  festival int  NOT NULL,
  slug     text NOT NULL,
  name     text NOT NULL,
  who      text NOT NULL,          -- may join
  judged   text NOT NULL,          -- how, by whom; empty: not said yet
  prizes   text NOT NULL,          -- empty: not said yet
  PRIMARY KEY (city, id),
  UNIQUE (city, festival, slug),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);
