-- By what name an offer came with a practice of another city; empty: it was made here.
ALTER TABLE promotion ADD COLUMN slug text NOT NULL DEFAULT '';
