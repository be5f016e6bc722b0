/*
 * cosign.h - the witnesses of this city's log: who they are, what they signed.
 *
 * Layer 3.  The settings log-witnesses ("KEY URL KEY URL ...") and log-quorum.
 * A job beside the writer takes each new head to them (cosign_collect.c);
 * what they sign is kept for good, so that an entry is proven by the first
 * head that held it and that enough of them signed: the earliest time that
 * anybody else can vouch for.
 */
#ifndef LARIS_LEDGER_COSIGN_H
#define LARIS_LEDGER_COSIGN_H

#include "core/route.h"
#include "log/note.h"
#include "mod/ledger/ledger.h"

#define COSIGN_MOST	16
#define COSIGN_JOB	"log-witness"
#define COSIGN_EVERY	MINUTE

struct cosigner { struct note_key key; str text, url; };
struct cosigners {
	struct cosigner v[COSIGN_MOST];
	size_t n;
	int64_t quorum;		/* 0: none is asked for			*/
};
err	cosigners_get(struct db *, city_id, struct cosigners *) MUST_USE;
/* The check of the setting: ERR_INVALID "log-witnesses". */
err	cosigners_check(struct arena *, str value) MUST_USE;

/* Numbers are in the database: add at the end, never renumber. */
enum cosign_state {
	COSIGN_GOOD,		/* signed what we showed it		*/
	COSIGN_SILENT,		/* no answer				*/
	COSIGN_REFUSED,		/* another answer: said is its HTTP status */
	COSIGN_AHEAD,		/* it signed a longer log than ours: said is its size */
	COSIGN_FORK,		/* it signed another history than ours	*/
	COSIGN_INSIDE,		/* behind our wall: not asked		*/
	COSIGN_STATES
};
struct cosigner_state { enum cosign_state state; int64_t size, said, since; };
/* All zero when it was never asked. */
err	cosigner_state(struct db *, city_id, const struct cosigner *, struct cosigner_state *)
	    MUST_USE;

/* A head that the quorum signed, with their signatures; size 0: there is none. */
struct cosigned { int64_t size; str note; };
err	cosigned_newest(const struct ledger_tree *, const struct cosigners *, const char *key_file,
	    struct cosigned *) MUST_USE;
/* The first that holds the entry; none when it was signed at or after "by" (0: any time). */
err	cosigned_holding(const struct ledger_tree *, const struct cosigners *, const char *key_file,
	    int64_t number, int64_t by, struct cosigned *) MUST_USE;

/* ---- the job -------------------------------------------------------------------- */

err	cosign_collect(struct outside *) MUST_USE;
err	cosign_again(struct change *, struct tx *, city_id, str payload, int64_t now) MUST_USE;

#endif
