-- Several cards of one person: one is the main card and carries the sums
-- of all.  A join is for good; its row is never changed or deleted.

-- 0: alone; its own id: the main card of several; else the main card.
ALTER TABLE card ADD COLUMN main int NOT NULL DEFAULT 0;
CREATE INDEX card_main ON card (city, main) WHERE main <> 0;

CREATE TABLE card_join (
  city     int  NOT NULL,
  card     int  NOT NULL,          -- the one that gave its sums away
  festival int  NOT NULL,
  main     int  NOT NULL,          -- to this one, which may have been joined since
  kind     int  NOT NULL,          -- enum card_join_kind: same person, lost
  reason   text NOT NULL,
  at       int  NOT NULL,
  person   int  NOT NULL,          -- who did it
  PRIMARY KEY (city, card),
  FOREIGN KEY (city, card) REFERENCES card (city, id),
  FOREIGN KEY (city, main) REFERENCES card (city, id)
);
