-- How a sale was paid, said again: the row's method moves, this row stays.

CREATE TABLE purchase_method (
  city     int  NOT NULL,
  id       int  NOT NULL,
  purchase int  NOT NULL,
  was      int  NOT NULL,          -- enum method before
  is_now   int  NOT NULL,          -- and after
  at       int  NOT NULL,
  person   int  NOT NULL,
  token    int  NOT NULL,
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, purchase) REFERENCES purchase (city, id)
);
CREATE INDEX purchase_method_of ON purchase_method (city, purchase, id);
