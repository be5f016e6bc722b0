-- Optional information of a merchant: one row a fact.  Which facts there
-- are, who sees them and how they are checked: merchant_fact.h.

CREATE TABLE merchant_fact (
  city     int  NOT NULL,
  merchant int  NOT NULL,
  kind     text NOT NULL,          -- code of the fact
  value    text NOT NULL,          -- never empty, never a NIK
  PRIMARY KEY (city, merchant, kind),
  FOREIGN KEY (city, merchant) REFERENCES merchant (city, id)
);

INSERT INTO merchant_fact (city, merchant, kind, value)
SELECT city, id, 'nib', nib FROM merchant WHERE nib <> '';

ALTER TABLE merchant DROP COLUMN nib;
