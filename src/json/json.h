/*
 * json.h - JSON out and in (RFC 8259).
 *
 * Layer 1.  The writer keeps commas and escapes right; the reader is
 * jansson behind a bound on size and depth, its memory freed with the
 * document.  Numbers are int64 only: money never passes a double.
 */
#ifndef LARIS_JSON_JSON_H
#define LARIS_JSON_JSON_H

#include "base/base.h"

/* ---- out ----------------------------------------------------------- */

struct json_out { struct buf b; unsigned depth; bool first; };
#define JSON_OUT(arena, limit)	((struct json_out){ .b = BUF(arena, limit), .first = true })

/* "key" is NULL inside an array and for the outermost value. */
void	json_begin(struct json_out *, const char *key, char open);	/* '{' or '[' */
void	json_end(struct json_out *, char close);			/* '}' or ']' */
void	json_str(struct json_out *, const char *key, str);
void	json_int(struct json_out *, const char *key, int64_t);
void	json_bool(struct json_out *, const char *key, bool);
void	json_none(struct json_out *, const char *key);		/* null	*/
void	json_time(struct json_out *, const char *key, int64_t at, enum zone); /* RFC 3339 */
void	json_id(struct json_out *, const char *key, int64_t id);	/* base32 string */
str	json_done(struct json_out *);	/* panics if something is still open */
/* "…", escaped; what is not UTF-8 becomes U+FFFD. */
void	json_quote(struct buf *, str);

/* ---- in: each function takes NULL for "nothing there" --------------- */

struct json_in;			/* a parsed document; CLEANUP(json_free) */
struct json_value;

#define JSON_DEPTH	32
#define JSON_MOST	(16 << 20)

/*
 * ERR_INVALID "json-syntax" (line:column in arg[0]; an integer beyond
 * int64, a name twice in one object and NUL in a string are refused so
 * too), "json-deep" or "json-large" (the limit in arg[0]).  The strings
 * live as long as the document, the rest of it in the arena.
 */
err	json_parse(struct arena *, str, struct json_in **) MUST_USE;
void	json_free(struct json_in **);
const struct json_value *json_root(const struct json_in *);
/* NULL if there is none, or no object. */
const struct json_value *json_get(const struct json_value *, const char *key);
size_t	json_count(const struct json_value *);			/* array length, else 0 */
const struct json_value *json_at(const struct json_value *, size_t); /* NULL past the end */
bool	json_is_object(const struct json_value *);
bool	json_is_array(const struct json_value *);
bool	json_is_null(const struct json_value *);
bool	json_get_str(const struct json_value *, str *) MUST_USE;	/* borrowed */
bool	json_get_int(const struct json_value *, int64_t *) MUST_USE;	/* not 1.0 */
bool	json_get_bool(const struct json_value *, bool *) MUST_USE;
/* Walk an object's members in file order: i = 0.. until false. */
bool	json_member(const struct json_value *, size_t i, str *key,
	    const struct json_value **) MUST_USE;

/* ---- one spelling ------------------------------------------------------ */

/*
 * RFC 8785 as far as it goes without floating point: members sorted by their
 * names' bytes, no white space, integers in decimal, the shortest escapes.
 * Names of members are ASCII, where bytes and UTF-16 sort alike.  False: a
 * number that is no int64, or another name.  "without": leave that member of
 * the outermost object out, or NULL.
 */
bool	json_canonical(struct buf *, const struct json_value *, const char *without) MUST_USE;

#endif
