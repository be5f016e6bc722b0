/*
 * proof.h - the texts of the log: checkpoint, proof, a witness's question.
 *
 * Layer 2, pure.  c2sp.org/tlog-checkpoint, tlog-proof, tlog-witness;
 * each is read back only as it is written.  Reading checks the form:
 * whether to believe it is policy.h.
 */
#ifndef LARIS_LOG_PROOF_H
#define LARIS_LOG_PROOF_H

#include "log/merkle.h"

#define PROOF_BYTES	(1 << 18)

/* The text a log signs: three lines, and perhaps more that say nothing. */
struct checkpoint { str origin; uint64_t size; struct hash root; str more; };
str	checkpoint_text(struct arena *, const struct checkpoint *);
bool	checkpoint_parse(str text, struct checkpoint *) MUST_USE;

/* "….tlog-proof": an entry is in the log; works without a network. */
struct log_proof {
	bool has_extra;
	str extra;			/* bytes nobody signed		*/
	uint64_t index;
	struct merkle_proof path;
	str checkpoint;			/* the signed note		*/
};
str	log_proof_text(struct arena *, const struct log_proof *);
bool	log_proof_parse(struct arena *, str, struct log_proof *) MUST_USE;

/* What a log asks a witness ("POST add-checkpoint"). */
struct log_update { uint64_t old; struct merkle_proof path; str checkpoint; };
str	log_update_text(struct arena *, const struct log_update *);
bool	log_update_parse(str, struct log_update *) MUST_USE;

#endif
