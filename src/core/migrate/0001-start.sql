-- Core: cities, the people who run a sale, and the memory of what they did.

-- reference table
CREATE TABLE city (
  id       int  NOT NULL,
  code     text NOT NULL,          -- Kemendagri, 33.72
  slug     text NOT NULL,
  name     text NOT NULL,
  zone     int  NOT NULL,          -- hours east of UTC: 7, 8, 9
  created  int  NOT NULL,
  PRIMARY KEY (id)
);
CREATE UNIQUE INDEX city_slug ON city (slug);
CREATE UNIQUE INDEX city_code ON city (code);

CREATE TABLE person (
  city     int  NOT NULL,
  id       int  NOT NULL,
  login    text NOT NULL,          -- lower case
  name     text NOT NULL,
  pass     text NOT NULL,          -- argon2id
  state    int  NOT NULL,          -- 0 active, 1 switched off
  created  int  NOT NULL,
  PRIMARY KEY (city, id),
  UNIQUE (city, login)
);

CREATE TABLE person_role (
  city     int NOT NULL,
  person   int NOT NULL,
  role     int NOT NULL,           -- one bit of enum may
  merchant int NOT NULL,           -- of a merchant's person, else 0
  PRIMARY KEY (city, person, role, merchant),
  FOREIGN KEY (city, person) REFERENCES person (city, id)
);

CREATE TABLE session (
  city     int   NOT NULL,
  id       int   NOT NULL,
  person   int   NOT NULL,
  secret   bytes NOT NULL,         -- SHA-256 of the cookie's secret
  created  int   NOT NULL,
  ends     int   NOT NULL,
  device   text  NOT NULL,         -- what to call it on the page of sessions
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, person) REFERENCES person (city, id)
);
CREATE INDEX session_person ON session (city, person);

CREATE TABLE token (
  city     int   NOT NULL,
  id       int   NOT NULL,
  secret   bytes NOT NULL,         -- SHA-256
  label    text  NOT NULL,
  role     int   NOT NULL,
  merchant int   NOT NULL,
  created  int   NOT NULL,
  revoked  int   NOT NULL,         -- 0: in use
  PRIMARY KEY (city, id)
);

-- Failed sign-ins by login and address: a stranger's failures slow down
-- the stranger's address, never the owner elsewhere.
CREATE TABLE throttle (
  city     int  NOT NULL,
  who      text NOT NULL,          -- "login|address" or "|address"
  failures int  NOT NULL,
  until    int  NOT NULL,          -- refused before this moment
  PRIMARY KEY (city, who)
);

CREATE TABLE audit (
  city     int  NOT NULL,
  id       int  NOT NULL,
  at       int  NOT NULL,
  person   int  NOT NULL,          -- 0: the command line
  token    int  NOT NULL,
  who      text NOT NULL,          -- login or label at that time
  action   text NOT NULL,          -- merchant.approve
  subject  int  NOT NULL,          -- id of the row
  before   text NOT NULL,          -- JSON, or empty
  after    text NOT NULL,
  PRIMARY KEY (city, id)
);
CREATE INDEX audit_subject ON audit (city, subject, id);

CREATE TABLE setting (
  city     int  NOT NULL,          -- 0: the whole server
  name     text NOT NULL,
  value    text NOT NULL,
  PRIMARY KEY (city, name)
);

CREATE TABLE job (
  city     int  NOT NULL,
  id       int  NOT NULL,
  kind     text NOT NULL,
  payload  text NOT NULL,
  due      int  NOT NULL,
  state    int  NOT NULL,          -- 0 waiting, 1 done, 2 given up
  tries    int  NOT NULL,
  said     text NOT NULL,          -- the last error
  ended    int  NOT NULL,
  PRIMARY KEY (city, id)
);
CREATE INDEX job_due ON job (city, state, due);
