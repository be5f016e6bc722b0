/*
 * text.h - the words of the pages, in Indonesian and English.
 *
 * Layer 1.  The texts come from the .po files beside the code; the
 * identifiers TEXT_… and the table are made by tools/textc.py.  A text
 * missing in one language, or used nowhere, fails the build.  A text may
 * hold {1}..{4}, replaced by the arguments.
 */
#ifndef LARIS_HTML_TEXT_H
#define LARIS_HTML_TEXT_H

#include "html/html.h"
#include "text_ids.h"		/* generated: enum text_id { TEXT_card_left, ... } */

str	text(enum lang, enum text_id);
/* With {1}.. replaced by plain strings (not escaped: not HTML yet). */
str	text_fill(struct arena *, enum lang, enum text_id, const str *args, size_t n);
/* By key, "err.event-reused"; false when there is none. */
bool	text_by_key(enum lang, const char *key, str *out) MUST_USE;
/* What is refused, in the reader's language. */
str	err_text(struct arena *, enum lang, err);

/*
 * What {{ t "key" a, b }} compiles to: the text with each {n} replaced
 * by the value, escaped by its type (out_put).  Called for the pieces.
 */
struct text_piece { str lit; int arg; };	/* arg: 1.. or 0 for none behind */
const struct text_piece *text_pieces(enum lang, enum text_id, size_t *n);

/* The table textc.py makes, in order of enum text_id and of the keys
 * (bytewise); only text.c looks into it. */
struct text_row {
	const char *key;
	struct {
		str whole;
		const struct text_piece *pieces;
		size_t n;
	} in[LANGS];
};
extern const struct text_row text_table[];
extern const size_t text_table_n;

#endif
