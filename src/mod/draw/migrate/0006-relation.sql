-- Why a card may not win, as a word of its own (enum barred_as); "reason" holds
-- whose household it is, or a remark: for staff only.
ALTER TABLE draw_exclusion ADD COLUMN relation int NOT NULL DEFAULT 0;
