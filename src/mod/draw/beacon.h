/*
 * beacon.h - the public randomness: drand quicknet, typed in by hand.
 *
 * Layer 3 (draw), pure.  The League of Entropy publishes a number every
 * three seconds which nobody can know before, or choose.  A draw names
 * the round when it freezes; when the round has come the organiser
 * pastes what any relay answers; its BLS signature is checked, so there is
 * one text a round that is taken, and nobody here can choose it.
 *
 * A rehearsal has a chain of our own.  Its secret is made from the chain's
 * name, which is public: anybody can make its numbers, at any time, and so
 * nobody can take one for randomness.
 *
 * Source of the constants: drand, chain "quicknet" (bls-unchained-g1-rfc9380).
 */
#ifndef LARIS_DRAW_BEACON_H
#define LARIS_DRAW_BEACON_H

#include "crypto/bls.h"

#define BEACON_QUICKNET \
	"52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
/* SHA-256 of "laris rehearsal\n": no hash of drand's, so nobody takes it for one. */
#define BEACON_REHEARSAL \
	"d916bd9a777e2fa4c8b015bdda411dd8fc10be3b6b3d9a37c7f77c454fe805e9"
#define BEACON_GENESIS	INT64_C(1692803367)	/* seconds, round 1	*/
#define BEACON_PERIOD	INT64_C(3)		/* seconds		*/
#define BEACON_SIGNATURE 96			/* hex digits		*/
#define BEACON_ROUND_MAX INT64_C(1000000000000)

struct beacon_chain {
	str hash;		/* its name, 64 hex digits		*/
	str key;		/* 192 hex digits			*/
	bool rehearsal;
};
/* NULL: a chain this program does not know. */
const struct beacon_chain *beacon_chain(str hash);
/* Did this chain sign the round (>= 1)?  The message is SHA-256 of its 8 bytes. */
bool	beacon_ok(const struct beacon_chain *, int64_t round, const struct bls_signature *)
	    MUST_USE;
/* What a relay would answer, from the chain of rehearsals. */
str	beacon_rehearse(struct arena *, int64_t round);

/* When a quicknet round (>= 1) is due, microseconds. */
int64_t	beacon_due(int64_t round);
/* The first round due at or after a moment. */
int64_t	beacon_round_at(int64_t at);

/*
 * beacon.txt from what a person pasted: the 96 hex digits of the
 * signature, a relay's JSON reply, or beacon.txt itself, with white
 * space around.  "chain" is 64 lower-case hex digits.
 * ERR_INVALID: "draw-beacon-format", "draw-beacon-round" (another round's
 * number; arg: theirs, ours), "draw-beacon-randomness" (the reply's
 * randomness is not the hash of its signature: pasted in part),
 * "draw-beacon-signature" (not the chain's for this round; arg: the round),
 * "draw-beacon-chain" (unknown).
 */
err	beacon_text(struct arena *, str draw, str chain, int64_t round, str pasted,
	    str *beacon) MUST_USE;
/* Is a stored beacon.txt still that?  ERR_INVALID "draw-files" {beacon.txt}. */
err	beacon_again(struct arena *, str draw, str chain, int64_t round, str beacon) MUST_USE;

#endif
