-- Files of offices: brought, judged, recorded, struck out again.  The bytes lie
-- beside the database until the file is done with (import_file.h).
CREATE TABLE import (
  city      int  NOT NULL,
  id        int  NOT NULL,
  festival  int  NOT NULL,
  kind      int  NOT NULL,         -- enum import_kind
  state     int  NOT NULL,         -- enum import_state
  name      text NOT NULL,         -- of the file
  sha256    text NOT NULL,
  size      int  NOT NULL,         -- bytes
  at        int  NOT NULL,         -- brought
  by        text NOT NULL,         -- login
  person    int  NOT NULL,
  lines     int  NOT NULL,         -- judged: how many hold something
  good      int  NOT NULL,
  again     int  NOT NULL,         -- there already
  bad       int  NOT NULL,
  wrong     int  NOT NULL,         -- cells; a bad line has one or more
  rupiah    int  NOT NULL,
  carded    int  NOT NULL,
  undated   int  NOT NULL,
  day       int  NOT NULL,         -- taken for those without a date
  first_day int  NOT NULL,
  last_day  int  NOT NULL,
  done      int  NOT NULL,         -- of what is being done now
  total     int  NOT NULL,
  recorded  int  NOT NULL,
  recorded_rupiah int NOT NULL,
  recorded_at int NOT NULL,        -- moment of the last, 0: not all
  recorder  text NOT NULL,
  recorder_person int NOT NULL,
  struck    int  NOT NULL,
  kept      int  NOT NULL,         -- could not be struck out: merchants with purchases
  reason    text NOT NULL,
  striker   text NOT NULL,
  striker_person int NOT NULL,
  struck_at int  NOT NULL,
  fault_id  text NOT NULL,         -- why not, in words; empty: nothing
  fault_en  text NOT NULL,
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);
CREATE INDEX import_festival ON import (city, festival, state, id);

-- What is shown of it: wrong cells, first rows as they were understood, columns unknown.
CREATE TABLE import_say (
  city   int  NOT NULL,
  import int  NOT NULL,
  kind   int  NOT NULL,            -- enum import_said
  n      int  NOT NULL,
  line   int  NOT NULL,
  id     text NOT NULL,            -- in Indonesian, pieces parted by tabs
  en     text NOT NULL,
  PRIMARY KEY (city, import, kind, n),
  FOREIGN KEY (city, import) REFERENCES import (city, id)
);

-- What it brought: purchases, or merchants let in.
CREATE TABLE import_row (
  city    int NOT NULL,
  import  int NOT NULL,
  subject int NOT NULL,
  PRIMARY KEY (city, import, subject),
  FOREIGN KEY (city, import) REFERENCES import (city, id)
);
