-- What a person has filled in of an adaptation, step by step, before a draft is made of it.

CREATE TABLE template_sheet (
  city     int  NOT NULL,
  id       int  NOT NULL,
  practice text NOT NULL,          -- sha256 of the file that is being adapted
  person   int  NOT NULL,
  year     int  NOT NULL,          -- of the first day; 0: the next one
  scale    int  NOT NULL,          -- amounts in proportion to the size of the city
  started  int  NOT NULL,
  at       int  NOT NULL,          -- last saved
  PRIMARY KEY (city, id),
  UNIQUE (city, practice, person)
);

CREATE TABLE template_sheet_field (
  city   int  NOT NULL,
  sheet  int  NOT NULL,
  path   text NOT NULL,
  gone   int  NOT NULL,            -- left out, with all below
  value  text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (city, sheet, path),
  FOREIGN KEY (city, sheet) REFERENCES template_sheet (city, id)
);
