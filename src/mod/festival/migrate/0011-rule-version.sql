-- The rules of a sale through time.  What was published at the opening is
-- version 1 (the columns of festival); each amendment is a further one.

ALTER TABLE festival ADD COLUMN version int NOT NULL DEFAULT 1;    -- newest one made

-- Never changed once made; the one proposed (made = 0) is worked on.
CREATE TABLE rule_version (
  city         int  NOT NULL,
  festival     int  NOT NULL,
  number       int  NOT NULL,      -- 2, 3 ...
  since        int  NOT NULL,      -- judges purchases of this moment or later
  made         int  NOT NULL,      -- moment; 0: proposed only
  person       int  NOT NULL,
  by           text NOT NULL,      -- login
  reason       text NOT NULL,      -- told to everybody
  edits        int  NOT NULL,      -- how often the proposal was touched
  minimum      int  NOT NULL,
  cap_purchase int  NOT NULL,
  cap_merchant int  NOT NULL,
  cap_day      int  NOT NULL,
  cap_person   int  NOT NULL,
  PRIMARY KEY (city, festival, number),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);

-- Multipliers and exclusions of each version: counts permille/1000 where the key fits.
CREATE TABLE rule_factor (
  city     int  NOT NULL,
  festival int  NOT NULL,
  number   int  NOT NULL,          -- of the version
  kind     int  NOT NULL,          -- enum rule_key
  key      int  NOT NULL,
  permille int  NOT NULL,
  label    text NOT NULL,          -- name of an excluded merchant, as it was then
  PRIMARY KEY (city, festival, number, kind, key),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);

INSERT INTO rule_factor (city, festival, number, kind, key, permille, label)
SELECT city, festival, 1, kind, key, permille, '' FROM multiplier;

DROP TABLE multiplier;

-- Which version judged a purchase, and the kind its venue had: a coupon can be
-- proven again from the row alone.
ALTER TABLE purchase ADD COLUMN rules int NOT NULL DEFAULT 1;
ALTER TABLE purchase ADD COLUMN venue_kind int NOT NULL DEFAULT 0;

UPDATE purchase SET venue_kind = coalesce((SELECT v.kind FROM venue v
        WHERE v.city = purchase.city AND v.id = purchase.venue), 0);
