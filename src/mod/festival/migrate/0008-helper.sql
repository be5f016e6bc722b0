-- Who else sells for a merchant, and who looked at its figures.

CREATE TABLE merchant_helper (
  city     int NOT NULL,
  person   int NOT NULL,
  merchant int NOT NULL,
  added    int NOT NULL,
  once     int NOT NULL,           -- 1: the password given by the owner still stands
  removed  int NOT NULL,           -- moment, 0: not.  The row stays: a helper never becomes an owner
  PRIMARY KEY (city, person),
  FOREIGN KEY (city, merchant) REFERENCES merchant (city, id)
);
CREATE INDEX merchant_helper_of ON merchant_helper (city, merchant, person);

CREATE TABLE figure_view (
  city     int  NOT NULL,
  id       int  NOT NULL,
  festival int  NOT NULL,
  merchant int  NOT NULL,
  at       int  NOT NULL,
  person   int  NOT NULL,
  who      text NOT NULL,          -- login
  reason   text NOT NULL,          -- told to the owner
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, merchant) REFERENCES merchant (city, id)
);
CREATE INDEX figure_view_of ON figure_view (city, merchant, id);
