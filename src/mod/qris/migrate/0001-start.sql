-- A merchant's own QRIS, as its bank gave it.

CREATE TABLE qris (
  city     int  NOT NULL,
  merchant int  NOT NULL,
  payload  text NOT NULL,          -- in use; empty: none yet
  asked    text NOT NULL,          -- read, waits for the merchant's yes; empty: none
  changed  int  NOT NULL,          -- moment
  person   int  NOT NULL,          -- who changed it
  PRIMARY KEY (city, merchant)
);
