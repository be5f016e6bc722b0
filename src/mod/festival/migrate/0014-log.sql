-- Where a purchase stands in the city's public log: its first entry, and the
-- one that holds now (claimed later, paid another way).

ALTER TABLE purchase ADD COLUMN log int NOT NULL DEFAULT -1;
ALTER TABLE purchase ADD COLUMN log_now int NOT NULL DEFAULT -1;
ALTER TABLE purchase_void ADD COLUMN log int NOT NULL DEFAULT -1;
