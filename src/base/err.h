/*
 * err.h - errors are values.
 *
 * Layer 0.  NULL is success.  Otherwise: what went wrong, allocated in
 * the arena of the work that failed, so nobody frees it.
 *
 * "rule" is the stable code of the rule that refused ("event-reused",
 * "amount-format").  People read the text "err.<rule>" of the catalogue
 * in their language, with {1}..{3} replaced by arg[0..2]; programs read
 * the code itself.  "log" is for the operator only.
 */
#ifndef LARIS_BASE_ERR_H
#define LARIS_BASE_ERR_H

#include "base/arena.h"

enum err_kind {			/*			HTTP	exit	*/
	ERR_INVALID = 1,	/* caller's data wrong	422	1	*/
	ERR_DENIED,		/* may not		403	1	*/
	ERR_MISSING,		/* no such thing	404	1	*/
	ERR_CONFLICT,		/* not now, or too late	409	1	*/
	ERR_BUSY,		/* try again		503	1	*/
	ERR_FULL,		/* no room on the disk	507	1	*/
	ERR_INTERNAL,		/* our fault		500	1	*/
	ERR_KINDS
};

struct err {
	enum err_kind kind;
	const char *rule;	/* never NULL				*/
	const char *field;	/* the form field it speaks of, or NULL	*/
	str arg[3];		/* for the text				*/
	str log;
	const char *where;	/* "file.c:123"				*/
};
typedef const struct err *err;

err	err_at(struct arena *, const char *where, struct err);

/* The same in an arena that outlives the one it happened in; NULL is fine. */
err	err_keep(struct arena *, err);

#define ERR_STR2(x)	#x
#define ERR_STR1(x)	ERR_STR2(x)
/* return ERR(a, ERR_CONFLICT, "event-reused", .arg = { event }); */
#define ERR(a, k, r, ...)						\
	err_at((a), __FILE__ ":" ERR_STR1(__LINE__),			\
	    (struct err){ .kind = (k), .rule = "" r, __VA_ARGS__ })

/* Hand an error to our caller: with DB_TX the only control-flow macro. */
#define TRY(expr)						\
	do {							\
		err try_ = (expr);				\
		if (try_)					\
			return try_;				\
	} while (0)

#endif
