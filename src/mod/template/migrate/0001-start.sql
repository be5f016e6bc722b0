-- Practices as files, which keys are believed, what was adopted from which.

CREATE TABLE template_file (
  city    int   NOT NULL,
  id      int   NOT NULL,
  ref     text  NOT NULL,          -- surakarta/festival/great-sale@2021
  kind    text  NOT NULL,
  sha256  text  NOT NULL,          -- of the file, hex
  bytes   bytes NOT NULL,
  source  int   NOT NULL,          -- 0 made here, 1 received
  subject int   NOT NULL,          -- made here: of what; else 0
  origin  text  NOT NULL,          -- URL it was fetched from, or empty
  by      text  NOT NULL,
  at      int   NOT NULL,
  log     int   NOT NULL,          -- number of its entry in the public log; -1: none
  PRIMARY KEY (city, id),
  UNIQUE (city, ref)
);

CREATE TABLE template_key (
  city int  NOT NULL,
  key  text NOT NULL,              -- name+id+BASE64
  by   text NOT NULL,
  at   int  NOT NULL,
  PRIMARY KEY (city, key)
);

CREATE TABLE adoption (
  city    int  NOT NULL,
  kind    text NOT NULL,
  subject int  NOT NULL,
  file    int  NOT NULL,           -- the base
  by      text NOT NULL,
  at      int  NOT NULL,
  PRIMARY KEY (city, kind, subject),
  FOREIGN KEY (city, file) REFERENCES template_file (city, id)
);

CREATE TABLE adoption_reason (
  city    int  NOT NULL,
  kind    text NOT NULL,
  subject int  NOT NULL,
  path    text NOT NULL,
  gone    int  NOT NULL,           -- the reason why it, and all below, is left out
  value   text NOT NULL,           -- the value it explains
  reason  text NOT NULL,
  by      text NOT NULL,
  at      int  NOT NULL,
  PRIMARY KEY (city, kind, subject, path),
  FOREIGN KEY (city, kind, subject) REFERENCES adoption (city, kind, subject)
);
