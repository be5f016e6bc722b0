-- What each relay answered when it was asked for a round that a draw waits for.

CREATE TABLE draw_relay (
  city  int  NOT NULL,
  draw  int  NOT NULL,
  part  int  NOT NULL,             -- 0: the draw; -1: its sample; else redraw n
  relay text NOT NULL,             -- its address
  state int  NOT NULL,             -- enum relay_state
  said  int  NOT NULL,             -- HTTP status; 0: no answer
  at    int  NOT NULL,
  text  text NOT NULL,             -- beacon.txt of a signature that was checked, else empty
  PRIMARY KEY (city, draw, part, relay),
  FOREIGN KEY (city, draw) REFERENCES draw (city, id)
);
