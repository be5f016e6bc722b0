/*
 * key.h - the key that signs: a file beside the database, never in it.
 *
 * Layer 3.  One secret a server, 32 bytes from the kernel, written once
 * as "laris-log-key/v1 HEX\n", readable by its owner only.  Each log and
 * each witness has a key of its own, derived from it: HMAC-SHA256(secret,
 * "laris-log-key/v1\n" + kind + "\n" + name + "\n") is the Ed25519 seed.
 * Whoever has the file can sign in the name of every city of the server:
 * keep a copy where the database's copies are not.
 */
#ifndef LARIS_LEDGER_KEY_H
#define LARIS_LEDGER_KEY_H

#include "log/note.h"

/* "DIR/laris-log.key" beside that database, or what LARIS_LOG_KEY says. */
const char *ledger_key_file(struct arena *, const char *db_path);
/*
 * The first start makes it.  Where a log has entries already, a lost key is not
 * replaced in silence: then *made is false and the log says "ledger-key".
 */
struct db;
err	ledger_key_first(struct db *, const char *file, bool *made) MUST_USE;
/* ERR_CONFLICT "ledger-key-there"; ERR_INTERNAL "ledger-key-write". */
err	ledger_key_make(struct arena *, const char *file) MUST_USE;
/* ERR_MISSING "ledger-key", ERR_INVALID "ledger-key-form": damaged, or others may read it. */
err	ledger_signer(struct arena *, const char *file, str name, enum key_kind,
	    struct note_signer *) MUST_USE;

/*
 * One log's own seed, and a log that came from another server (laris city
 * import): it goes on signing with the key it had, kept as a line of
 * "FILE-moved", mode 600.  Nothing is kept where it would be the same.
 */
err	ledger_seed(struct arena *, const char *file, str name, enum key_kind,
	    struct sign_secret *seed) MUST_USE;
err	ledger_seed_keep(struct arena *, const char *file, str name, enum key_kind,
	    const struct sign_secret *seed) MUST_USE;

#endif
