-- A shop in small: every kind of column and key the dialect has.

-- reference table
CREATE TABLE region (
  code text PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE shop (
  city   int   NOT NULL,
  id     int   NOT NULL,
  name   text  NOT NULL,
  secret bytes NOT NULL,
  owner  int,                      -- a person, or nobody
  open   int   NOT NULL DEFAULT 1,
  region text  REFERENCES region (code),
  motto  text,
  PRIMARY KEY (city, id),
  UNIQUE (city, name)
);

CREATE TABLE sale (
  city   int NOT NULL,
  id     int NOT NULL,
  shop   int NOT NULL,
  amount int NOT NULL CHECK (amount > 0),
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, shop) REFERENCES shop (city, id)
);
CREATE INDEX sale_shop ON sale (city, shop, id);
