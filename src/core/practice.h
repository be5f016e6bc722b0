/*
 * practice.h - what one city can give to another (praktik baik): the rows
 * by which a module says of what fields its thing consists.
 *
 * Layer 2.  mod/template exports, adopts and compares by these rows and
 * knows no kind itself; a kind's parts may come from several modules (the
 * sale: its days and rules; the draw: its prizes).  A field is a path
 * whose first piece is its part ("rules/unit"), with one value, a text.
 * A value that belongs to one place, person or date has the policy
 * PRACTICE_FILL: it never leaves the city.
 */
#ifndef LARIS_CORE_PRACTICE_H
#define LARIS_CORE_PRACTICE_H

#include "base/vec.h"
#include "core/indicator.h"
#include "core/route.h"

enum practice_policy {
	PRACTICE_LOCKED,	/* without it the practice is not itself */
	PRACTICE_ADJUSTABLE,	/* within limits			*/
	PRACTICE_FREE,
	PRACTICE_FILL,		/* places, persons, dates: never exported */
	PRACTICE_POLICIES
};

enum practice_type {
	PRACTICE_TEXT,		/* one line				*/
	PRACTICE_LINES,		/* several				*/
	PRACTICE_NUMBER,
	PRACTICE_RUPIAH,
	PRACTICE_PERMILLE,	/* 1500: one and a half times		*/
	PRACTICE_CHOICE,	/* the code of one of "choices"		*/
	PRACTICE_DAY,		/* "2021-10-01"; PRACTICE_FILL only	*/
	PRACTICE_TYPES
};
#define PRACTICE_TEXT_MAX	4000	/* bytes of a text		*/
#define PRACTICE_PATH_MAX	120

struct practice_rule {		/* a pattern of paths, and what holds there */
	const char *path;	/* "rules/unit"; a piece "*" is any one	*/
	enum practice_type type;
	enum practice_policy policy;
	enum text_id say;	/* its name on pages; {1}, {2}: what the stars were */
	int64_t min, max;	/* of a number; max 0 with min 0: none	*/
	bool grows;		/* an amount that goes with the size of a city */
	const char *as;		/* what indicators (struct indicator, breaks) call it, or NULL */
	const char *span;	/* of a day: the field that says how many days follow */
	const struct choice *choices;
	const char *stars;	/* texts that name what a star was: "setup." + piece; or NULL */
};

/* ---- values ------------------------------------------------------------ */

struct practice_value { str path, value; };
struct practice_list { struct arena *a; VEC(struct practice_value) all; };

/* Paths and values are copied; a path may come once. */
void	practice_text(struct practice_list *, str path, str value);
void	practice_number(struct practice_list *, str path, int64_t);
/* NULL: not in the list. */
const str *practice_get(const struct practice_list *, str path);
str	practice_get_text(const struct practice_list *, const char *path);	/* or empty */
int64_t	practice_get_number(const struct practice_list *, const char *path, int64_t fallback);
void	practice_sort(struct practice_list *);		/* by path, bytewise */
/* Piece i of a path, or empty. */
str	practice_piece(str path, size_t i);
/* Is it that path, or below it? */
bool	practice_below(str path, str top);

/* ---- rows ---------------------------------------------------------------- */

struct practice_subject {	/* a thing of that kind in a city	*/
	int64_t id;
	str slug, name;
	str href;		/* where it is worked on		*/
	str edition;		/* what a version of it may be called: "2021" */
	str call;		/* what its template may be called; empty: as the slug */
};

struct practice_write {
	struct tx *tx;
	struct change *change;	/* may be NULL				*/
	const struct city *city;
	int64_t subject;
	const struct practice_list *now;	/* of this part, as it is	*/
	const struct practice_list *want;	/* of all parts, as they shall be */
	str by;
	int64_t at;
};

struct practice_part {
	const char *kind, *name;	/* "festival", "rules"		*/
	enum text_id say;
	bool needed;			/* may not be left out		*/
	const struct practice_rule *rules;	size_t n_rules;
	err (*read)(struct db *, const struct city *, int64_t subject, struct practice_list *);
	/* Make this part as "want" says; what is not in it goes. */
	err (*write)(const struct practice_write *);
};

struct practice_kind {
	const char *name;		/* "festival"			*/
	enum text_id say, guide;	/* guide: how to run it, where the city wrote nothing */
	const char *title;		/* path of the fill-in that names it */
	/* Where a draft is worked on next: below its href, in words, and why.  NULL: its href. */
	const char *next;
	enum text_id next_say, next_why;
	/* ERR_MISSING of its own.  "which": slug or base32 id. */
	err (*find)(struct db *, const struct city *, str which, struct practice_subject *);
	err (*get)(struct db *, const struct city *, int64_t id, struct practice_subject *);
	/* A new draft: fills id, slug and name.  The parts are written afterwards. */
	err (*make)(const struct practice_write *, str slug, struct practice_subject *);
	/* By which two who do the same are compared. */
	const struct indicator *indicators;	size_t n_indicators;
	/* Of what is over; "as_of" (ISO) stays empty while it still moves.  May be NULL. */
	err (*measure)(struct db *, const struct city *, int64_t subject, int64_t now,
	    struct indicator_values *, str *as_of);
	/* What anybody may see of that kind, the newest first; may be NULL. */
	err (*list)(struct db *, const struct city *, struct practice_subject **, size_t *n);
	/* Names that may not stand in what leaves the city; may be NULL. */
	err (*names)(struct db *, city_id, void (*each)(void *ctx, str name), void *ctx);
};

/* ---- finding ---------------------------------------------------------------- */

/* NULL past the last. */
const struct practice_kind *practice_kind_at(const struct app *, size_t i);
const struct practice_kind *practice_kind_find(const struct app *, str name);	/* or NULL */
const struct practice_part *practice_part_find(const struct app *, str kind, str name);
/* Part number i of a kind; NULL past the last. */
const struct practice_part *practice_part_at(const struct app *, str kind, size_t i);
/* The row a path falls under, or NULL. */
const struct practice_rule *practice_rule_find(const struct app *, str kind, str path);
/* "Nilai satu kupon"; where the program does not know the path, the path. */
str	practice_label(struct arena *, const struct app *, enum lang, str kind, str path);
/* Codes of the indicators that compare no longer once this is set otherwise, with spaces. */
str	practice_breaks(struct arena *, const struct practice_kind *, const struct practice_rule *);
/* "surakarta/festival/great-sale@2021" of what was adopted; else empty. */
err	practice_based(const struct app *, struct db *, city_id, const char *kind, int64_t subject,
	    str *ref) MUST_USE;
/* All parts of it, sorted. */
err	practice_read(const struct app *, struct db *, const struct city *, str kind,
	    int64_t subject,
	    struct practice_list *) MUST_USE;
/*
 * A value as a person or a file gave it, judged by type and limits and written
 * in its one form ("Rp 50.000" -> "50000").  ERR_INVALID "practice-value" {1}
 * path {2} value, "practice-limit" {1} path {2} least {3} most, "practice-choice"
 * {1} path {2} codes, "practice-long" {1} path.
 */
err	practice_value_judge(struct arena *, const struct practice_rule *, str path, str given,
	    str *value) MUST_USE;

#endif
