/*
 * known.h - every template a city can read: its shelf, those shipped, and
 * what other cities of this server released (a release is public).
 *
 * Layer 3, inner.  Each content once; pages name one by the first
 * KNOWN_SHORT digits of its hash.
 */
#ifndef LARIS_TEMPLATE_KNOWN_H
#define LARIS_TEMPLATE_KNOWN_H

#include "mod/template/adopt.h"

enum { KNOWN_SHORT = 16 };

struct template_known {
	struct template t;
	bool made;		/* released by this city		*/
	bool held;		/* on its shelf or shipped		*/
	int64_t at;		/* when it came; 0: not said		*/
	str from;		/* URL it was fetched from, or empty	*/
};
struct template_knowns { struct template_known *v; size_t n; };

err	known_load(struct db *, city_id, struct template_knowns *) MUST_USE;
/* One of them, and no other file is read.  ERR_MISSING "no-such-template". */
err	known_get(struct db *, city_id, str short_hash, struct template_known *) MUST_USE;
/* Can the city read it, or ("made") did it release it? */
err	known_has(struct db *, city_id, str sha256, bool made, bool *has) MUST_USE;
str	known_short(const struct template *);

/* ---- the family of one: what it came from, and what came from it ---------- */

struct family_row { const struct template *t; int depth; bool here; str ref, city_name; };
/*
 * From the oldest ancestor down, children below their parent; an ancestor of
 * which only the name is known has t NULL.  "here": the one asked about.
 */
err	family_load(struct arena *, const struct template_knowns *, const struct template *,
	    struct family_row **, size_t *n) MUST_USE;
/* Newer ones that follow this base: another version, or a descendant. */
bool	known_follows(const struct template *base, const struct template *next);

#endif
