-- Whoever looks after the server: persons, sessions and records under the city 1, which is none
-- (CITY_SERVER, core/city.h); decision 040.

ALTER TABLE city ADD COLUMN closed int NOT NULL DEFAULT 0;      -- 0: open; else since when
ALTER TABLE city ADD COLUMN closed_why text NOT NULL DEFAULT '';

-- An admin of the server inside a city: visibly, for a reason, for a while.
CREATE TABLE inside (
  city     int  NOT NULL,          -- the one entered
  id       int  NOT NULL,
  person   int  NOT NULL,          -- of the server
  session  int  NOT NULL,          -- of the server: holds for this browser alone
  who      text NOT NULL,
  reason   text NOT NULL,
  begun    int  NOT NULL,
  ends     int  NOT NULL,
  ended    int  NOT NULL,          -- 0: until "ends"
  PRIMARY KEY (city, id)
);
ALTER TABLE session ADD COLUMN inside int NOT NULL DEFAULT 0;   -- the city entered
ALTER TABLE session ADD COLUMN visit int NOT NULL DEFAULT 0;    -- inside.id

-- A person asked to come: chooses a password, which nobody else learns.
CREATE TABLE invite (
  city     int   NOT NULL,
  id       int   NOT NULL,
  login    text  NOT NULL,
  name     text  NOT NULL,
  role     int   NOT NULL,
  secret   bytes NOT NULL,         -- SHA-256
  made     int   NOT NULL,
  ends     int   NOT NULL,
  used     int   NOT NULL,         -- 0: not yet
  PRIMARY KEY (city, id)
);
