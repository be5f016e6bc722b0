-- The sentences on the posters of a sale that are its own; those without a row are the program's.

CREATE TABLE poster_text (
  city     int  NOT NULL,
  festival int  NOT NULL,
  code     text NOT NULL,          -- call, part or scan
  say      text NOT NULL,
  PRIMARY KEY (city, festival, code),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);
