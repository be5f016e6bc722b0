-- Cards issued in one go: the same form sent twice issues once.
CREATE TABLE card_batch (
  city     int  NOT NULL,
  festival int  NOT NULL,
  event    text NOT NULL,          -- the form's own id
  first    int  NOT NULL,          -- number of its first card
  cards    int  NOT NULL,
  at       int  NOT NULL,
  PRIMARY KEY (city, festival, event),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);
