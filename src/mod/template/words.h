/*
 * words.h - fields and figures of a practice as people read them.
 *
 * Layer 3, inner.
 */
#ifndef LARIS_TEMPLATE_WORDS_H
#define LARIS_TEMPLATE_WORDS_H

#include "core/indicator.h"
#include "core/layout.h"
#include "mod/template/known.h"

struct template_ask ask_of(const struct req *);

struct value_of { str kind, path; enum practice_type type; bool has; str value; };
/* "Rp 50.000", "1,5 kali", "Kamis …"; "tidak ada" where there is none. */
str	value_say(const struct template_ask *, const struct value_of *);
/* What stands in an input for it: "50.000", "2022-10-01", a code. */
str	value_typed(const struct template_ask *, const struct value_of *);
enum text_id policy_say(enum practice_policy);

/* The short name of an indicator; of one this program does not know, what the file says. */
str	indicator_name(const struct template_ask *, const struct template *, str code);
str	indicator_means(const struct template_ask *, const struct template *, str code);
/* Its value, as that file or this program says it is measured. */
str	indicator_say(const struct template_ask *, const struct template *, str code,
	    int64_t value);

/* A source that is a page of the web: its host as "source", all of it as "href". */
struct outcome_view { str code, name, value, when, source, href, note, means, broken; };
size_t	outcomes_of(const struct template_ask *, const struct template *, struct outcome_view **);
/* The few that stand for all, at most OUTCOME_HEADLINES; of a kind that names none the first. */
enum { OUTCOME_HEADLINES = 5 };
size_t	headlines_of(const struct template_ask *, const struct template *,
	    struct outcome_view **);

#endif
