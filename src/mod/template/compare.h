/*
 * compare.h - the same figures of several, side by side, and which of them
 * do not compare, because of what.
 *
 * Layer 3, inner.  Each is measured against the first.  A figure does not
 * compare where a field that the practice says breaks it is set otherwise.
 * Only what is public: released files, and fact sheets of what is over.
 */
#ifndef LARIS_TEMPLATE_COMPARE_H
#define LARIS_TEMPLATE_COMPARE_H

#include "mod/template/words.h"

enum { COMPARE_MAX = 6 };	/* columns				*/

struct compare_figure { str code, value; bool known; str source, day, why; };
struct compare_one {
	str key;		/* "city/slug" or the short hash of a file */
	str city, title;
	bool file;
	str kind;
	const struct template *t;	/* of a file; else what names its indicators */
	struct practice_list field;	/* fill-ins left out, sorted	*/
	struct compare_figure *figure; size_t n;
};
struct compare_cell { const struct compare_figure *f; str broken; };	/* f NULL: none */
struct compare_row { str code, name, say; struct compare_cell cell[COMPARE_MAX]; };

/* By its key.  ERR_MISSING "no-such-template", or what the kind says. */
err	compare_get(struct db *, const struct template_ask *, str key,
	    struct compare_one *) MUST_USE;
/* Of a file that was read already.  Pure, as the next. */
void	compare_file(const struct template_ask *, const struct template *, str key,
	    struct compare_one *);
size_t	compare_rows(const struct template_ask *, const struct compare_one *, size_t n,
	    struct compare_row **);
/* What there is to choose from: what is public on this server, and released files. */
struct compare_choice { str key, city, title; bool file; };
err	compare_choices(struct db *, const struct template_ask *, struct compare_choice **,
	    size_t *n) MUST_USE;

#endif
