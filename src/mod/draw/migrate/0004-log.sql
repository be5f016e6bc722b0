-- The entry of the city's public log that holds this file, byte for byte; -1: none.
ALTER TABLE draw_file ADD COLUMN log int NOT NULL DEFAULT -1;
