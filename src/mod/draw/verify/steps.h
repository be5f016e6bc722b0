/*
 * steps.h - drawing, step by step, beside files that must say the same.
 *
 * Layer 3, private to this folder.
 */
#ifndef LARIS_DRAW_VERIFY_STEPS_H
#define LARIS_DRAW_VERIFY_STEPS_H

#include "mod/draw/verify/internal.h"

/* ---- script.c: a file that must be exactly what we say ---------------- */

#define SCRIPT_LINE	256

struct script {
	str name;
	int fd;			/* -1: closed				*/
	uint64_t size, at, lines;
	char buf[1 << 14];
	size_t from, n;		/* unread part of buf			*/
	bool differs;
	str got, want;		/* the first line that differs		*/
};
/* False, with the failure noted on the part, where there is no such plain file. */
bool	script_open(struct check *, struct script *, str name, enum part);
/* "line" with its LF comes next, else note where it differs. */
bool	script_expect(struct check *, struct script *, str line);
void	script_end(struct check *, struct script *);

/* ---- walk.c ------------------------------------------------------------ */

#define SEED	64
/* Hex SHA-256 of freeze.txt, what was said after it (or nothing), the beacon. */
void	walk_seed(char seed[SEED], const struct check *, str told, str beacon);
/* Coupon number k under a prize's name; false: this k is none. */
bool	walk_coupon(const struct check *, const char seed[SEED], str name, uint64_t k,
	    uint64_t *coupon);

/* One place anew: who stands in its class, who was struck out. */
struct again {
	str told, beacon, winner, transcript;	/* the last two are names */
	size_t gift;
	uint64_t place;
	const struct win *standing;	size_t n_standing;
	const struct hash *struck;	size_t n_struck;
};
/* True: the files say the same; *won says whether anybody was left. */
bool	walk_again(struct check *, const struct again *, struct win *, bool *won);

#endif
