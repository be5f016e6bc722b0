-- Who asked to be forgotten, and that it was done.  The card's id goes from the
-- row when it is: what stays says of nobody who it was.
CREATE TABLE card_forget (
  city     int  NOT NULL,
  id       int  NOT NULL,
  festival int  NOT NULL,
  card     int,                    -- NULL: done
  asked    int  NOT NULL,          -- moment; 0: nobody asked on a page
  done     int  NOT NULL,          -- 0: waits
  wiped    int  NOT NULL,          -- its bytes are out of the files; 0: not yet
  cards    int  NOT NULL,          -- how many were erased
  by       text NOT NULL,          -- login
  reason   text NOT NULL,
  PRIMARY KEY (city, id),
  UNIQUE (city, card),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id),
  FOREIGN KEY (city, card) REFERENCES card (city, id)
);
