-- A draw whose round did not come, annulled by a notary: proposed by one
-- person, confirmed by another.  What is confirmed is an entry of the log.
CREATE TABLE draw_annulment (
  city     int  NOT NULL,
  draw     int  NOT NULL,
  notary   text NOT NULL,          -- as public as the deed
  deed     text NOT NULL,          -- its number and date
  by       text NOT NULL,          -- login of who proposed it
  proposed int  NOT NULL,
  second   text NOT NULL,          -- login of who confirmed it
  at       int  NOT NULL,          -- moment it was confirmed, 0: not yet
  next     int  NOT NULL,          -- the draw in its place, 0: none yet
  PRIMARY KEY (city, draw),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id)
);
