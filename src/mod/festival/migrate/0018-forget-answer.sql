-- A request to be forgotten may be turned down with an answer, and made again.
-- The words are the holder's: they go with the row when the person is erased.
ALTER TABLE card_forget ADD COLUMN waits int NOT NULL DEFAULT 1;     -- 0: answered (or done)
ALTER TABLE card_forget ADD COLUMN answered int NOT NULL DEFAULT 0;  -- moment of the last answer; 0: none
ALTER TABLE card_forget ADD COLUMN answer text NOT NULL DEFAULT '';
ALTER TABLE card_forget ADD COLUMN answer_by text NOT NULL DEFAULT ''; -- login
