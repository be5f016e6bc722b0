/*
 * policy.h - whom to believe: logs, witnesses, and how many of them.
 *
 * Layer 2, pure.  c2sp.org/tlog-policy.  One file a journalist keeps:
 *
 *	log laris.example/log+975dcb1e+AddamAGC...
 *	witness A saksi.example/a+c9181693+BD1AF8Po...
 *	witness B saksi.example/b+b6400b71+BPxRzY5i...
 *	group saksi 2 A B
 *	quorum saksi
 */
#ifndef LARIS_LOG_POLICY_H
#define LARIS_LOG_POLICY_H

#include "log/note.h"
#include "log/proof.h"

#define POLICY_BYTES	(1 << 16)
#define POLICY_MOST	64		/* logs; witnesses and groups	*/

struct policy_log { struct note_key key; str url; };
struct policy_name {			/* a witness, or a group of earlier ones */
	str name;
	bool group;
	struct note_key key;		/* of a witness			*/
	str url;
	size_t need, n;			/* of a group: so many of n	*/
	uint8_t member[POLICY_MOST];
	bool taken;			/* is in a group already	*/
};
struct policy {
	struct policy_log *logs;	size_t n_logs;
	struct policy_name *names;	size_t n_names;
	bool none;			/* "quorum none"		*/
	size_t quorum;			/* else which name		*/
};

/* On false *line says which is not in order; 0: the file as a whole. */
bool	policy_parse(struct arena *, str, struct policy *, size_t *line) MUST_USE;

enum log_why {
	LOG_GOOD,
	LOG_PROOF_FORM,		/* not a tlog-proof			*/
	LOG_NOTE_FORM,		/* not a signed note			*/
	LOG_CHECKPOINT_FORM,	/* the note is no checkpoint		*/
	LOG_STRANGER,		/* of a log that the policy does not name */
	LOG_UNSIGNED,		/* not signed by its log		*/
	LOG_FALSE,		/* a signature of a known key is wrong	*/
	LOG_QUORUM,		/* too few witnesses			*/
	LOG_NOT_IN,		/* the entry is not in that tree	*/
	LOG_WHYS
};

struct policy_verdict {
	struct checkpoint c;
	const struct note_key *log;
	size_t witnesses;	/* of the policy that signed		*/
	int64_t at;		/* seconds: when the quorum was there; 0: none needed */
};
/* Is this checkpoint to be believed? */
enum log_why policy_judge(struct arena *, const struct policy *, str note,
	    struct policy_verdict *) MUST_USE;
/* And is "entry" in it, at *index? */
enum log_why policy_judge_proof(struct arena *, const struct policy *, str proof, str entry,
	    struct policy_verdict *, uint64_t *index) MUST_USE;

#endif
