-- Who asked a silent merchant, and what came of it: the newest word only, the
-- ones before are in the audit.

CREATE TABLE board_call (
  city     int  NOT NULL,
  festival int  NOT NULL,
  merchant int  NOT NULL,
  at       int  NOT NULL,
  by       text NOT NULL,          -- login
  outcome  int  NOT NULL,          -- enum call_outcome
  note     text NOT NULL,
  PRIMARY KEY (city, festival, merchant),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id),
  FOREIGN KEY (city, merchant) REFERENCES merchant (city, id)
);
