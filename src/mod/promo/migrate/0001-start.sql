-- Promotions: the offers, what was used of them, the words they are found by.

-- Where a venue is: millionths of a degree (WGS 84); both 0: not known.
ALTER TABLE venue ADD COLUMN latitude int NOT NULL DEFAULT 0;
ALTER TABLE venue ADD COLUMN longitude int NOT NULL DEFAULT 0;

CREATE TABLE promotion (
  city        int  NOT NULL,
  id          int  NOT NULL,
  festival    int  NOT NULL,
  merchant    int  NOT NULL,       -- 0: the organiser's, at any merchant of the sale
  venue       int  NOT NULL,       -- of an organiser's: only there; 0: anywhere
  kind        int  NOT NULL,       -- enum promo_kind
  state       int  NOT NULL,       -- enum promo_state
  title       text NOT NULL,
  gives       text NOT NULL,       -- bundle and gift: what one gets
  terms       text NOT NULL,
  percent     int  NOT NULL,       -- of the price, 1..100; other kinds 0
  worth       int  NOT NULL,       -- rupiah given each time; percent: at most; 0: not said
  first_day   int  NOT NULL,       -- in the city's zone, both included
  last_day    int  NOT NULL,
  from_minute int  NOT NULL,       -- of the day, 0..1439; the same twice: all day;
  to_minute   int  NOT NULL,       --   from > to goes past midnight
  quota       int  NOT NULL,       -- uses in all; 0: no end
  per_card    int  NOT NULL,       -- uses of one card; 0: no end
  budget      int  NOT NULL,       -- rupiah given in all; 0: no end
  reason      text NOT NULL,       -- why refused or stopped
  created     int  NOT NULL,
  created_by  text NOT NULL,       -- login
  decided     int  NOT NULL,
  decided_by  text NOT NULL,
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);
CREATE UNIQUE INDEX promotion_state ON promotion (city, festival, state, id);
CREATE UNIQUE INDEX promotion_merchant ON promotion (city, merchant, id);

-- Sums beside the rows they come from; `laris check` proves them.
CREATE TABLE promotion_total (
  city      int NOT NULL,
  promotion int NOT NULL,
  used      int NOT NULL,
  given     int NOT NULL,          -- rupiah
  PRIMARY KEY (city, promotion)
);

CREATE TABLE promotion_card (
  city      int NOT NULL,
  promotion int NOT NULL,
  card      int NOT NULL,
  used      int NOT NULL,
  PRIMARY KEY (city, promotion, card)
);

-- One use.  Never changed; one that is taken back has a row below.
CREATE TABLE redemption (
  city      int  NOT NULL,
  id        int  NOT NULL,
  festival  int  NOT NULL,
  promotion int  NOT NULL,
  merchant  int  NOT NULL,
  card      int  NOT NULL,         -- 0: none
  purchase  int  NOT NULL,         -- 0: none named
  amount    int  NOT NULL,         -- of that purchase, or as typed; 0: not said
  given     int  NOT NULL,         -- rupiah
  rest      int  NOT NULL,         -- of the quota after it; -1: no quota
  channel   int  NOT NULL,         -- enum redeem_channel
  at        int  NOT NULL,
  event     text NOT NULL,         -- the client's own id
  person    int  NOT NULL,
  token     int  NOT NULL,
  PRIMARY KEY (city, id),
  UNIQUE (city, festival, event),
  FOREIGN KEY (city, promotion) REFERENCES promotion (city, id)
);
CREATE UNIQUE INDEX redemption_promotion ON redemption (city, promotion, id);
CREATE UNIQUE INDEX redemption_merchant ON redemption (city, merchant, id);
CREATE UNIQUE INDEX redemption_purchase ON redemption (city, purchase, id);

CREATE TABLE redemption_void (
  city       int  NOT NULL,
  redemption int  NOT NULL,
  event      text NOT NULL,
  reason     text NOT NULL,
  at         int  NOT NULL,
  purchase   int  NOT NULL,        -- struck out together with it; 0: by itself
  person     int  NOT NULL,
  token      int  NOT NULL,
  PRIMARY KEY (city, redemption),
  FOREIGN KEY (city, redemption) REFERENCES redemption (city, id)
);

-- The stems of what a published promotion says (words.h); each has the empty one too.
CREATE TABLE promotion_word (
  city      int  NOT NULL,
  festival  int  NOT NULL,
  word      text NOT NULL,
  promotion int  NOT NULL,
  PRIMARY KEY (city, festival, word, promotion)
);
CREATE UNIQUE INDEX promotion_word_of ON promotion_word (city, promotion, word);
