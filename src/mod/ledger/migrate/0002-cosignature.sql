-- Signatures of witnesses under heads of the city's log, and how each witness is.

CREATE TABLE ledger_cosignature (
  city    int   NOT NULL,
  size    int   NOT NULL,          -- of the head
  witness text  NOT NULL,          -- its public key, as in the setting
  root    bytes NOT NULL,          -- of the head
  line    text  NOT NULL,          -- as it stands under the head
  at      int   NOT NULL,          -- seconds since 1970, which it signed
  PRIMARY KEY (city, size, witness)
);

CREATE TABLE ledger_witness (
  city    int  NOT NULL,
  witness text NOT NULL,
  size    int  NOT NULL,           -- the newest head it signed; 0: none
  state   int  NOT NULL,           -- enum cosign_state
  said    int  NOT NULL,           -- the size or HTTP status it answered, or 0
  since   int  NOT NULL,           -- when that state began
  PRIMARY KEY (city, witness)
);
