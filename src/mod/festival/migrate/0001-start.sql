-- The Great Sale: editions, places, businesses, cards, purchases.

CREATE TABLE festival (
  city        int  NOT NULL,
  id          int  NOT NULL,
  slug        text NOT NULL,
  name        text NOT NULL,
  state       int  NOT NULL,       -- enum festival_state
  first_day   int  NOT NULL,       -- days since 1970-01-01, city's zone
  last_day    int  NOT NULL,
  target      int  NOT NULL,       -- rupiah hoped for; 0: none said
  unit        int  NOT NULL,       -- rupiah for one coupon
  counting    int  NOT NULL,       -- enum rule_counting
  minimum     int  NOT NULL,       -- smaller purchases earn nothing; 0: none
  cap_purchase int NOT NULL,       -- counted rupiah at most, each; 0: none
  cap_merchant int NOT NULL,       -- of one person at one merchant
  cap_day     int  NOT NULL,       -- of one person on one day
  cap_person  int  NOT NULL,       -- of one person in all
  admission   int  NOT NULL,       -- enum admission: who may register
  created     int  NOT NULL,
  opened      int  NOT NULL,       -- moment, 0: not yet
  closed      int  NOT NULL,
  PRIMARY KEY (city, id),
  UNIQUE (city, slug)
);

-- A purchase counts permille/1000 where the key fits.
CREATE TABLE multiplier (
  city      int NOT NULL,
  festival  int NOT NULL,
  kind      int NOT NULL,          -- enum rule_key: venue kind, method, hour, day
  key       int NOT NULL,
  permille  int NOT NULL,
  PRIMARY KEY (city, festival, kind, key),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);

CREATE TABLE venue (
  city     int  NOT NULL,
  id       int  NOT NULL,
  slug     text NOT NULL,
  name     text NOT NULL,
  kind     int  NOT NULL,          -- enum venue_kind
  village  text NOT NULL,          -- kelurahan code, or empty
  address  text NOT NULL,
  PRIMARY KEY (city, id),
  UNIQUE (city, slug)
);

CREATE TABLE merchant (
  city     int  NOT NULL,
  id       int  NOT NULL,
  code     int  NOT NULL,          -- short number with check digit, for notes
  slug     text NOT NULL,
  name     text NOT NULL,
  sector   int  NOT NULL,          -- enum sector
  size     int  NOT NULL,          -- enum merchant_size (PP 7/2021 art. 35)
  venue    int  NOT NULL,          -- 0: none
  stall    text NOT NULL,
  village  text NOT NULL,
  phone    text NOT NULL,          -- E.164 or empty; never public
  nib      text NOT NULL,
  created  int  NOT NULL,
  PRIMARY KEY (city, id),
  UNIQUE (city, code),
  UNIQUE (city, slug)
);
CREATE INDEX merchant_venue ON merchant (city, venue);

-- A merchant takes part in one edition.
CREATE TABLE participation (
  city     int  NOT NULL,
  festival int  NOT NULL,
  merchant int  NOT NULL,
  state    int  NOT NULL,          -- enum participation_state
  reason   text NOT NULL,          -- why refused or suspended: told to the merchant
  asked    int  NOT NULL,
  decided  int  NOT NULL,
  by       text NOT NULL,          -- login
  PRIMARY KEY (city, festival, merchant),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id),
  FOREIGN KEY (city, merchant) REFERENCES merchant (city, id)
);
CREATE INDEX participation_state ON participation (city, festival, state, asked);

CREATE TABLE card (
  city     int   NOT NULL,
  id       int   NOT NULL,
  festival int   NOT NULL,
  number   int   NOT NULL,         -- 9 digits with check digit
  secret   bytes NOT NULL,         -- 16 bytes, in the QR only
  pin      text  NOT NULL,         -- argon2id or empty
  phone    text  NOT NULL,         -- E.164 or empty
  state    int   NOT NULL,         -- 0 printed or digital and usable, 1 blocked
  digital  int   NOT NULL,         -- 1: made on a phone
  created  int   NOT NULL,
  PRIMARY KEY (city, id),
  UNIQUE (city, festival, number),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);

-- Sums beside the rows they come from; `laris check` proves them.
CREATE TABLE card_total (
  city      int NOT NULL,
  festival  int NOT NULL,
  card      int NOT NULL,
  purchases int NOT NULL,
  rupiah    int NOT NULL,          -- paid
  counted   int NOT NULL,          -- after caps and multipliers
  coupons   int NOT NULL,
  last      int NOT NULL,          -- newest credited purchase: head of a chain
  PRIMARY KEY (city, festival, card)
);

-- Kept only where the rules have a cap a merchant or a day.
CREATE TABLE card_tally (
  city     int NOT NULL,
  festival int NOT NULL,
  card     int NOT NULL,
  kind     int NOT NULL,           -- 0 a merchant, 1 a day
  key      int NOT NULL,
  counted  int NOT NULL,
  PRIMARY KEY (city, festival, card, kind, key)
);

CREATE TABLE purchase (
  city      int  NOT NULL,
  id        int  NOT NULL,
  festival  int  NOT NULL,
  number    int  NOT NULL,         -- 1, 2, 3 ... in the festival
  merchant  int  NOT NULL,
  card      int  NOT NULL,         -- 0: not claimed yet
  amount    int  NOT NULL,
  counted   int  NOT NULL,
  points    int  NOT NULL,         -- coupons this purchase brought
  coupons   int  NOT NULL,         -- the card's coupons after it
  why       int  NOT NULL,         -- bits of enum rule_step: which rules spoke
  method    int  NOT NULL,
  channel   int  NOT NULL,
  at        int  NOT NULL,
  received  int  NOT NULL,
  event     text NOT NULL,         -- the client's own id
  note      text NOT NULL,
  person    int  NOT NULL,
  token     int  NOT NULL,
  state     int  NOT NULL,         -- 0 valid, 1 void
  venue     int  NOT NULL,         -- the merchant's at that time
  sector    int  NOT NULL,
  card_before     int NOT NULL,    -- the card's purchase credited before
  merchant_before int NOT NULL,    -- the merchant's purchase before
  PRIMARY KEY (city, id),
  UNIQUE (city, festival, event)
);

CREATE TABLE purchase_void (
  city     int  NOT NULL,
  purchase int  NOT NULL,
  event    text NOT NULL,
  reason   text NOT NULL,
  at       int  NOT NULL,
  person   int  NOT NULL,
  token    int  NOT NULL,
  PRIMARY KEY (city, purchase),
  FOREIGN KEY (city, purchase) REFERENCES purchase (city, id)
);

-- A sale at a stall waiting for its shopper.
CREATE TABLE claim (
  city     int  NOT NULL,
  festival int  NOT NULL,
  code     text NOT NULL,          -- 8 digits of base32
  purchase int  NOT NULL,
  claimed  int  NOT NULL,          -- moment, 0: waiting
  PRIMARY KEY (city, festival, code),
  FOREIGN KEY (city, purchase) REFERENCES purchase (city, id)
);
CREATE UNIQUE INDEX claim_purchase ON claim (city, purchase);  -- UNIQUE: or SQLite scans the city

CREATE TABLE festival_total (
  city      int NOT NULL,
  festival  int NOT NULL,
  purchases int NOT NULL,          -- valid ones
  rupiah    int NOT NULL,
  coupons   int NOT NULL,          -- credited to cards
  reporting int NOT NULL,          -- merchants with a purchase
  unclaimed int NOT NULL,          -- purchases without a card
  numbered  int NOT NULL,          -- numbers given, void ones too
  last_at   int NOT NULL,
  PRIMARY KEY (city, festival)
);

CREATE TABLE merchant_total (
  city      int NOT NULL,
  festival  int NOT NULL,
  merchant  int NOT NULL,
  purchases int NOT NULL,
  rupiah    int NOT NULL,
  points    int NOT NULL,
  last      int NOT NULL,          -- newest purchase: head of a chain
  PRIMARY KEY (city, festival, merchant)
);

-- By day, method, venue, sector.
CREATE TABLE festival_slice (
  city      int NOT NULL,
  festival  int NOT NULL,
  kind      int NOT NULL,          -- enum slice
  key       int NOT NULL,
  purchases int NOT NULL,
  rupiah    int NOT NULL,
  PRIMARY KEY (city, festival, kind, key)
);

-- Short merchant numbers are given in order.
CREATE TABLE counter (
  city     int  NOT NULL,
  name     text NOT NULL,
  festival int  NOT NULL,          -- 0: the whole city
  value    int  NOT NULL,
  PRIMARY KEY (city, name, festival)
);
