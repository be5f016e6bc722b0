-- The logs that this server's witness looks at, and what of each it signed last.
-- They are those of other servers: of no city here.

-- reference table
CREATE TABLE witness_log (
  origin text PRIMARY KEY,         -- the log's name
  key    text NOT NULL,            -- whom we believe it from: a verifier key
  size   int  NOT NULL,            -- of the newest head we signed; 0: none
  root   bytes NOT NULL,           -- of that many entries
  signed_at int NOT NULL           -- when; 0: never
);

-- reference table
CREATE TABLE witness_self (
  id   int PRIMARY KEY,            -- 1
  name text NOT NULL               -- of this witness, for good: its key is made from it
);
