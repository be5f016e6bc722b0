-- Who gets in: the rule in the organiser's words, and places at a venue.

CREATE TABLE admission (
  city     int  NOT NULL,
  festival int  NOT NULL,
  rule     text NOT NULL,          -- published
  changed  int  NOT NULL,
  PRIMARY KEY (city, festival),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);

-- No row: as many as come.
CREATE TABLE venue_limit (
  city     int NOT NULL,
  festival int NOT NULL,
  venue    int NOT NULL,
  most     int NOT NULL,
  PRIMARY KEY (city, festival, venue),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id),
  FOREIGN KEY (city, venue) REFERENCES venue (city, id)
);
