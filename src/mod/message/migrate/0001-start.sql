-- Messages of the organiser to merchants, and whom each went to.

CREATE TABLE message (
  city       int  NOT NULL,
  id         int  NOT NULL,
  festival   int  NOT NULL,
  whom       int  NOT NULL,        -- enum message_whom
  venue      int  NOT NULL,        -- only there; 0: anywhere
  sector     int  NOT NULL,        -- only of it; -1: of any
  subject    text NOT NULL,
  body       text NOT NULL,        -- with {…}, as typed
  reply_to   text NOT NULL,
  created    int  NOT NULL,
  created_by text NOT NULL,        -- login
  sent       int  NOT NULL,        -- 0: a draft
  sent_by    text NOT NULL,
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);
CREATE UNIQUE INDEX message_festival ON message (city, festival, id);

-- Those it is for when it is sent off, with address and number as they are then.
CREATE TABLE message_to (
  city         int  NOT NULL,
  message      int  NOT NULL,
  merchant     int  NOT NULL,
  email        text NOT NULL,
  phone        text NOT NULL,      -- E.164
  state        int  NOT NULL,      -- enum message_state
  tries        int  NOT NULL,
  due          int  NOT NULL,      -- not before
  said         text NOT NULL,      -- the mail server's last sentence
  at           int  NOT NULL,      -- of the last try
  contacted    int  NOT NULL,      -- by WhatsApp or otherwise; 0: not
  contacted_by text NOT NULL,
  PRIMARY KEY (city, message, merchant),
  FOREIGN KEY (city, message) REFERENCES message (city, id)
);
CREATE INDEX message_to_due ON message_to (city, state, due);
