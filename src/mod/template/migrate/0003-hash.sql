-- A page names a practice by the first digits of its hash.
CREATE UNIQUE INDEX template_file_hash ON template_file (sha256, city, id);
