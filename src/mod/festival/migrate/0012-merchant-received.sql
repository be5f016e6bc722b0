-- When a merchant's newest purchase came in, beside its sums: the board asks
-- it of every merchant of a sale, and must not look up 22,273 purchases for that.

ALTER TABLE merchant_total ADD COLUMN received int NOT NULL DEFAULT 0;

UPDATE merchant_total SET received = coalesce((SELECT p.received FROM purchase p
        WHERE p.city = merchant_total.city AND p.id = merchant_total.last), 0);

-- The kelurahan of every merchant in the order of ids, without the rest of its row.
CREATE UNIQUE INDEX merchant_place ON merchant (city, id, village);
