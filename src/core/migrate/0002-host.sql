-- Host names that are a city's own: "/" there is its front page.

-- reference table
CREATE TABLE city_host (
  host     text NOT NULL,          -- lower case, without a port
  city     int  NOT NULL,
  PRIMARY KEY (host)
);
