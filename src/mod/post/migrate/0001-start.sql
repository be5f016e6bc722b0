-- The posts: where officers sit, which cards they hold, who waits.

CREATE TABLE post (
  city     int  NOT NULL,
  id       int  NOT NULL,
  festival int  NOT NULL,
  name     text NOT NULL,
  venue    int  NOT NULL,          -- 0: none; its merchants are suggested
  created  int  NOT NULL,
  PRIMARY KEY (city, id),
  UNIQUE (city, festival, name),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);

-- Where each officer sits now.
CREATE TABLE post_officer (
  city   int NOT NULL,
  person int NOT NULL,
  post   int NOT NULL,
  at     int NOT NULL,
  PRIMARY KEY (city, person),
  FOREIGN KEY (city, post) REFERENCES post (city, id)
);

-- Cards handed over: all printed cards from first to last.
CREATE TABLE card_hand (
  city     int  NOT NULL,
  id       int  NOT NULL,
  festival int  NOT NULL,
  post     int  NOT NULL,
  event    text NOT NULL,          -- the form's own id
  first    int  NOT NULL,          -- numbers on the cards
  last     int  NOT NULL,
  cards    int  NOT NULL,          -- printed ones among them
  taker    text NOT NULL,          -- who took them
  by       text NOT NULL,          -- login of who handed them over
  at       int  NOT NULL,
  back     int  NOT NULL,          -- moment they were taken back, 0: there
  PRIMARY KEY (city, id),
  UNIQUE (city, festival, event),
  FOREIGN KEY (city, post) REFERENCES post (city, id)
);

-- Looked like one that was there, and an officer said it is another.
CREATE TABLE note_twin (
  city     int  NOT NULL,
  purchase int  NOT NULL,
  twin     int  NOT NULL,          -- the earlier one
  reason   text NOT NULL,
  person   int  NOT NULL,
  at       int  NOT NULL,
  PRIMARY KEY (city, purchase),
  FOREIGN KEY (city, purchase) REFERENCES purchase (city, id),
  FOREIGN KEY (city, twin) REFERENCES purchase (city, id)
);

-- A correction: the old one is void, the new one stands for it.
CREATE TABLE note_fix (
  city     int NOT NULL,
  old      int NOT NULL,
  new      int NOT NULL,
  at       int NOT NULL,
  PRIMARY KEY (city, old),
  FOREIGN KEY (city, old) REFERENCES purchase (city, id),
  FOREIGN KEY (city, new) REFERENCES purchase (city, id)
);

-- Numbers for people who wait, from 1 each day.
CREATE TABLE post_queue (
  city   int NOT NULL,
  post   int NOT NULL,
  day    int NOT NULL,
  taken  int NOT NULL,             -- the last number given
  now    int NOT NULL,             -- the one served, 0: none yet
  calls  int NOT NULL,             -- how often it was called
  PRIMARY KEY (city, post, day),
  FOREIGN KEY (city, post) REFERENCES post (city, id)
);
CREATE TABLE post_ticket (
  city   int  NOT NULL,
  post   int  NOT NULL,
  event  text NOT NULL,            -- the button's own id: pressed twice, one number
  day    int  NOT NULL,
  number int  NOT NULL,
  at     int  NOT NULL,
  PRIMARY KEY (city, post, event),
  FOREIGN KEY (city, post) REFERENCES post (city, id)
);

-- On purchases, for twins and shifts: only rows with a note number, and rows of a post, are in these.
CREATE INDEX purchase_note ON purchase (city, festival, merchant, amount) WHERE note <> '';
CREATE INDEX purchase_post ON purchase (city, person, received) WHERE channel = 1;
