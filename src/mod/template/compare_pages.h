/* compare_pages.h - cities side by side.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_COMPARE_PAGES_H
#define LARIS_TEMPLATE_COMPARE_PAGES_H

#include "mod/template/compare.h"

/* words: the value is none, but why there is none */
struct compare_value { str head, value, source, broken; bool words; };
struct compare_line { str name, say; const struct compare_value *v; size_t n; bool broken; };
struct compare_pick { str key, say; bool on; };
struct compare_view {
	str action, csv, refused;
	const struct compare_pick *pick; size_t n_pick;
	const struct compare_value *head; size_t n_head;
	const struct compare_line *v; size_t n;
};

#include "compare_tmpl.h"

#endif
