/*
 * internal.h - what the files of the verifier tell each other.
 *
 * Layer 3, private to this folder.  One struct check per run; each step
 * leaves a mark and a reason on the parts it is about.  "false" from a
 * step means that those after it have nothing to stand on.
 */
#ifndef LARIS_DRAW_VERIFY_INTERNAL_H
#define LARIS_DRAW_VERIFY_INTERNAL_H

#include "crypto/hash.h"
#include "base/base.h"
#include <stdio.h>

enum part {
	PART_A, PART_A_AFTER, PART_B, PART_C_LIST, PART_C_LOG, PART_D_WINNERS, PART_D_BEACON,
	PART_D_SAMPLE, PART_D_AFTER, PART_D_ANNULLED, PART_E, PARTS
};
/* MARK_ABSENT: this bundle has nothing that the part is about. */
enum mark { MARK_UNCHECKED, MARK_VALID, MARK_FAILED, MARK_ABSENT };

/* Reasons; their codes and sentences are in texts.c, in this order. */
enum why {
	WHY_LOG, WHY_NO_CARD, WHY_NO_LIST, WHY_NOT_DRAWN, WHY_CHAIN, WHY_REHEARSAL,
	WHY_SIGNED, WHY_FORGED,
	WHY_NO_PROOF, WHY_NO_POLICY, WHY_POLICY_FORMAT, WHY_PROOF_FORMAT, WHY_LOG_STRANGER,
	WHY_LOG_UNSIGNED, WHY_LOG_FORGED, WHY_LOG_QUORUM, WHY_LOG_NOT_IN, WHY_UNWITNESSED,
	WHY_NO_CLOCK, WHY_TOO_LATE, WHY_THEIR_POLICY, WHY_FIXED_BEFORE, WHY_WITNESSED,
	WHY_CARD_FOUND, WHY_LIST_FITS, WHY_LIST_FITS_NO_SUMS, WHY_WINNERS_FOLLOW,
	WHY_CARD_NOT_FOUND, WHY_MISSING, WHY_NOT_PLAIN, WHY_TOO_LARGE, WHY_READ,
	WHY_FREEZE_FORMAT, WHY_ENTRIES_SIZE, WHY_ENTRIES_ORDER, WHY_ENTRIES_GAP, WHY_ENTRIES_EMPTY,
	WHY_ENTRIES_SUM, WHY_ROOT, WHY_FILE_HASH, WHY_PRIZES_FORMAT, WHY_INELIGIBLE_FORMAT,
	WHY_RULES_EXTRA, WHY_BEACON_FORMAT, WHY_WINNERS_DIFFER, WHY_TRANSCRIPT_DIFFER,
	WHY_DRAWN_WITHOUT, WHY_SUMS_FORMAT, WHY_SUMS_DIFFER, WHY_SUMS_LACKS, WHY_CHANGED,
	WHY_TOLD_FORMAT, WHY_TOLD_ROUND, WHY_AFTER_STRANGER, WHY_AFTER_NOBODY, WHY_AFTER_ORDER,
	WHY_AFTER_WAITS, WHY_AFTER_FOLLOWS, WHY_AGAIN_DIFFERS, WHY_SAMPLE_WAITS,
	WHY_SAMPLE_FOLLOWS, WHY_TOLD_BEFORE,
	WHY_MIRROR_READ, WHY_MIRROR_HEAD, WHY_MIRROR_OLD, WHY_MIRROR_FALSE, WHY_MIRROR_UNPROVEN,
	WHY_NOT_FIRST, WHY_LOG_HAS_MORE, WHY_FIRST, WHY_MIRROR_LONG,
	WHY_ANNULLED, WHY_ANNULLED_EARLY, WHY_ANNULLED_DRAWN, WHY_ANNULMENT,
	WHYS
};

struct finding { enum mark mark; enum why why; str arg[3]; };

struct head {			/* freeze.txt				*/
	str draw;
	uint64_t entries, coupons, round;
	struct hash root, prizes, ineligible, rules;
	bool has_rules;
	str chain;		/* 64 hex digits			*/
};

struct gift {			/* a line of prizes.tsv			*/
	str id, cls;
	uint64_t number;
	size_t group;		/* its class, numbered			*/
};

struct win { size_t gift; uint64_t place, record; struct hash cid; };

/* What was said of this draw later, as one entry of the log: sample.txt, after/NNN-*.txt. */
struct said {			/* seen before "round" was due, not before "since"; 0: whenever */
	str name, bytes;
	uint64_t round;		int64_t since;	/* since: seconds		*/
};

struct log_head { uint64_t size; struct hash root; };	/* signed, by the policy */

struct check {
	struct arena *a;
	int dir;		/* the folder, opened			*/
	struct finding part[PARTS];
	str freeze, beacon;	/* bytes				*/
	bool parsed;		/* head is filled			*/
	struct head head;
	struct gift *gifts;	size_t n_gifts;
	struct hash *barred;	size_t n_barred;	/* ascending	*/
	size_t barred_here;	/* how many of them hold coupons	*/
	/* entries.bin: */
	int entries;		/* descriptor, -1: none			*/
	uint64_t *firsts;	/* of every LIST_BLOCK-th record	*/
	size_t n_firsts;
	bool list_good;
	/* the card asked for: */
	bool has_card, card_found;
	struct hash card_cid;
	uint64_t card_first, card_count;
	VEC(struct win) wins;		/* of the draw itself, in order	*/
	VEC(struct said) said;
	VEC(str) names;			/* files of after/ that belong there */
	/* the log: */
	const struct policy *policy;	/* whom to believe; NULL: nobody yet */
	bool own;			/* it is that of who asks	*/
	const char *log;		/* a folder or an URL that holds it; NULL: none */
	const char *ca, *copy;		/* of an URL: who certifies it, tiles had before */
	uint64_t log_most;		/* entries that are read at most	*/
	bool proven;			/* freeze.txt is in it, at:	*/
	uint64_t at;
	str origin;
	VEC(struct log_head) heads;	/* of all proofs		*/
	/* other things seen */
	bool has_sums;
	VEC(str) extra;
};

/* Keeps the first failure; a failure is never taken back. */
void	mark(struct check *, enum part, enum mark, enum why, str, str, str);
#define mark_fail(c, part, why, arg)	mark((c), (part), MARK_FAILED, (why), (arg), S(""), S(""))

/* ---- file.c --------------------------------------------------------- */

enum file_state { FILE_OK, FILE_MISSING, FILE_NOT_PLAIN, FILE_TOO_LARGE, FILE_ERROR };
enum why file_why(enum file_state);
/* A plain file of the folder, no link followed; *fd is -1 unless FILE_OK. */
enum file_state file_open(int dir, str name, uint64_t max, int *fd, uint64_t *size);
enum file_state file_read(struct arena *, int dir, str name, uint64_t max, str *bytes);
enum file_state file_hash(const struct check *, str name, struct hash *);
bool	file_exists(const struct check *, str name);	/* of any kind	*/
/* All n bytes at "at", or false. */
bool	read_at(int fd, void *, size_t n, uint64_t at);
void	fd_close(int *);
/* ---- head.c: parsers, pure, safe on any bytes ------------------------ */

/* Lower-case hex only. */
bool	parse_hex(str, struct hash *) MUST_USE;
/* Digits without a leading zero, up to 2^64 - 1. */
bool	parse_number(str, uint64_t *) MUST_USE;
bool	parse_freeze(str, struct head *) MUST_USE;
bool	parse_prizes(struct arena *, str, struct gift **, size_t *n) MUST_USE;
bool	parse_barred(struct arena *, str, struct hash **, size_t *n) MUST_USE;
/* Exactly the bytes this draw and its chain allow for this round. */
bool	parse_beacon(const struct head *, uint64_t round, str) MUST_USE;
/* Of a beacon.txt that was parsed. */
void	beacon_signature(str, unsigned char sig[48]);
bool	text_plain(str);	/* UTF-8 without control characters	*/

enum told_kind { TOLD_REDRAW, TOLD_RETURNED, TOLD_HANDOVER, TOLD_SAMPLE, TOLD_ANNULMENT,
	TOLD_KINDS };
struct told {			/* 0, empty: not in this kind; at: seconds */
	str prize, notary, deed;
	uint64_t place, round, count;	int64_t at;
};
/* "laris-redraw/v1\ndraw ID\n": how each begins that speaks of this draw. */
str	told_head(struct arena *, const struct head *, enum told_kind);
bool	parse_told(struct arena *, const struct head *, enum told_kind, str,
	    struct told *) MUST_USE;

struct sum { str name; struct hash hash; };
bool	parse_sums(struct arena *, str, struct sum **, size_t *n) MUST_USE;

/* ---- the tree of RFC 6962, grown leaf by leaf (list.c) --------------- */

struct tree { struct hash level[64]; uint64_t leaves; };
void	tree_grow(struct tree *, const struct hash *leaf);
void	tree_root(const struct tree *, struct hash *);

/* ---- the steps ------------------------------------------------------- */

#define LIST_BLOCK	1024
bool	check_head(struct check *);	/* freeze, prizes, ineligible, rules */
void	check_list(struct check *);	/* entries.bin			*/
/* The record with this coupon: its cid and number; false: file changed. */
bool	list_holder(const struct check *, uint64_t coupon, unsigned char cid[32], uint64_t *index);
void	check_draw(struct check *);	/* beacon, winners, transcript	*/
void	check_sample(struct check *);	/* coupons to be audited	*/
void	check_after(struct check *);	/* struck out, drawn anew, given */
void	check_annulment(struct check *);	/* by a notary, instead of a draw */
void	check_folder(struct check *);	/* SHA256SUMS, strangers	*/
void	card_name(struct check *, str card, str secret, str phone);
bool	bounded(const unsigned char x[32], uint64_t n, uint64_t *index);
int64_t	round_due(uint64_t round);	/* of quicknet, in seconds	*/
str	utc(struct check *, int64_t seconds);
/* freeze.tlog-proof and those of what was said later, by src/log's readers. */
void	check_log(struct check *);
void	check_mirror(struct check *);	/* the log's entries themselves	*/
/* Of freeze.tlog-proof, "after/001-redraw.tlog-proof": made by the log when asked. */
bool	of_the_log(str name);

/* ---- chain.c --------------------------------------------------------- */

enum signature { SIGNATURE_GOOD, SIGNATURE_REHEARSAL, SIGNATURE_UNKNOWN, SIGNATURE_FORGED };
enum signature signature_of(const struct check *, uint64_t round, str beacon);	/* parsed */
bool	chain_is_quicknet(const struct check *);
bool	chain_is_rehearsal(const struct check *);

/* ---- report.c -------------------------------------------------------- */

int	verdict(const struct check *);
void	report_text(const struct check *, enum lang, FILE *);
void	report_json(const struct check *, enum lang, FILE *);

/* ---- texts.c --------------------------------------------------------- */

const char *why_code(enum why);
const char *why_text(enum why, enum lang);	/* {1}..{3} are the arguments */
const char *part_text(enum part, enum lang);
const char *mark_text(enum mark, enum lang);

#endif
