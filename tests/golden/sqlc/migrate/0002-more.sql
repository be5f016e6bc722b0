ALTER TABLE sale ADD COLUMN note text NOT NULL DEFAULT '';
-- @sqlite
CREATE INDEX sale_note ON sale (city, note COLLATE NOCASE);
-- @postgres
CREATE INDEX sale_note ON sale (city, lower(note));
-- @both
INSERT INTO region (code, name) VALUES ('33.72', 'Kota "Surakarta"; \');
