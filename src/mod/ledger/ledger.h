/*
 * ledger.h - the city's public log: what is entered, and its tree.
 *
 * Layer 3.  RFC 6962 hashing and C2SP tlog-tiles (src/log); one log a
 * city, origin "laris/SLUG@HOST".  An entry is appended in the same
 * transaction as the row it speaks of, so there is no row without its
 * entry, no gap, and no second fsync.  Tiles, checkpoint and proofs are
 * made from the rows when asked for: they depend on nothing else but the
 * key, which is no part of the database (key.h).
 *
 * Entries are texts; the first line names kind and version:
 *
 *	laris-purchase/v1\nhour 2021-10-05T14Z\ncommitment HEX\n
 *	laris-correction/v1\nindex N\nhour ...\ncommitment HEX\n
 *	laris-void/v1\nindex N\nhour ...\n
 *	laris-rules/v1\nfestival SLUG\nversion N\nhour ...\n\nTHE RULES IN WORDS
 *	laris-totals/v1\nfestival SLUG\nhour ...\npurchases N\nrupiah N\ncoupons N\n
 *	laris-template/v1\ntemplate REF\nsha256 HEX\nhour ...\n
 *	a freeze.txt, sample.txt, redraw.txt, annulment.txt ... of a draw, byte for byte
 *
 * A commitment is SHA-256("laris-pc/v1\n", line, "\n", salt in hex, "\n"):
 * shopper and merchant hold line and salt, nobody else can read it.
 */
#ifndef LARIS_LEDGER_LEDGER_H
#define LARIS_LEDGER_LEDGER_H

#include "core/city.h"
#include "db/writer.h"
#include "log/merkle.h"

/* Numbers are in the database: add at the end, never renumber. */
enum ledger_kind {
	LEDGER_PURCHASE = 1, LEDGER_CORRECTION, LEDGER_VOID, LEDGER_RULES, LEDGER_TOTALS,
	LEDGER_FREEZE, LEDGER_AFTER,	/* redraw, disqualification, hand-over */
	LEDGER_SAMPLE,
	LEDGER_TEMPLATE,		/* a practice was released		*/
	LEDGER_ANNULMENT,		/* a draw whose round did not come	*/
	LEDGER_KINDS
};

struct ledger_new {
	enum ledger_kind kind;
	int64_t subject;
	str data;		/* 1 to ENTRY_BYTES			*/
	str salt;		/* 32 bytes, or none			*/
};
/* The entry's number in the city's log, from 0.  ERR_INVALID "ledger-long". */
err	ledger_append(struct tx *, struct change *, city_id, const struct ledger_new *,
	    int64_t *number) MUST_USE;

/* What is committed to, and the entry that says so. */
struct ledger_secret { unsigned char salt[32]; struct hash commitment; };
void	ledger_commit(struct ledger_secret *, str line);	/* with a new salt */
/* The same again, to prove it: "salt" is 32 bytes. */
void	ledger_commitment(struct hash *, str line, str salt);
/* "2021-10-05T14:05:00.000000Z" */
void	ledger_put_utc(struct buf *, int64_t at);
/* "hour 2021-10-05T14Z\n" */
void	ledger_put_hour(struct buf *, int64_t at);

/* The version stamp that an entry moves (tx_touch). */
uint64_t ledger_key(city_id);

/* ---- reading ------------------------------------------------------------ */

err	ledger_size(struct db *, city_id, int64_t *) MUST_USE;
struct ledger_entry { enum ledger_kind kind; int64_t subject; str data, salt; };
/* ERR_MISSING "ledger-none". */
err	ledger_get(struct db *, city_id, int64_t number, struct ledger_entry *) MUST_USE;


/*
 * A city's log as it is now; nodes are made from the rows, RFC 6962.  Lives as
 * long as the request.  Its name "laris/surakarta@laris.example" is fixed at the
 * first entry, from the setting base-url of that day ("localhost" where there
 * was none); empty: no log yet.
 */
struct ledger_tree { struct db *db; city_id city; int64_t size; str origin; };
err	ledger_tree(struct db *, city_id, struct ledger_tree *) MUST_USE;
/* Its name, or the one it will have. */
err	ledger_origin(struct db *, city_id, str *origin) MUST_USE;
err	ledger_root(struct ledger_tree *, struct hash *) MUST_USE;
/* ERR_MISSING "ledger-none" when "number" is not in the first "size". */
err	ledger_inclusion(struct ledger_tree *, int64_t number, struct merkle_proof *) MUST_USE;
err	ledger_consistency(struct ledger_tree *, int64_t old, struct merkle_proof *) MUST_USE;
struct tile;
err	ledger_tile(struct ledger_tree *, const struct tile *, str *bytes) MUST_USE;

/* Signed, as the log is now.  ERR_MISSING "ledger-key", "ledger-none". */
err	ledger_checkpoint(struct ledger_tree *, const char *key_file, str *) MUST_USE;
/* For readers: the newest head that the city's quorum of witnesses signed; else as it is now. */
err	ledger_public(struct ledger_tree *, const char *key_file, str *) MUST_USE;
/*
 * The tlog-proof that entry "number" is in it: in the first head that held it
 * and that the witnesses signed before "by" (0: whenever), else in that of now.
 */
err	ledger_proof(struct ledger_tree *, const char *key_file, int64_t number, int64_t by,
	    str *) MUST_USE;
/*
 * policy.txt (C2SP tlog-policy) that this proof satisfies: the log and its key,
 * witnesses and quorum; "quorum none" where they did not sign in time.
 * LEDGER_POLICY_NOW: for all proofs to come, the witnesses as they are set.
 */
#define LEDGER_POLICY_NOW	(-1)
err	ledger_policy(struct ledger_tree *, const char *key_file, int64_t number, int64_t by,
	    str *) MUST_USE;

#endif
