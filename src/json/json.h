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
void	json_null(struct json_out *, const char *key);
void	json_time(struct json_out *, const char *key, int64_t at, enum zone); /* RFC 3339 */
void	json_id(struct json_out *, const char *key, int64_t id);	/* base32 string */
str	json_done(struct json_out *);
void	json_quote(struct buf *, str);		/* "…", escaped		*/

/* ---- in ------------------------------------------------------------ */

struct json_in;			/* a parsed document; CLEANUP(json_free) */
struct json_value;

/* ERR_INVALID "json-syntax" with line and column in arg[0], "json-deep". */
err	json_parse(struct arena *, str, struct json_in **) MUST_USE;
void	json_free(struct json_in **);
const struct json_value *json_root(const struct json_in *);
const struct json_value *json_get(const struct json_value *, const char *key); /* NULL if none or no object */
size_t	json_count(const struct json_value *);			/* array length, else 0 */
const struct json_value *json_at(const struct json_value *, size_t);
bool	json_is_object(const struct json_value *);
bool	json_is_array(const struct json_value *);
bool	json_is_null(const struct json_value *);
bool	json_get_str(const struct json_value *, str *) MUST_USE;	/* borrowed */
bool	json_get_int(const struct json_value *, int64_t *) MUST_USE;
bool	json_get_bool(const struct json_value *, bool *) MUST_USE;
/* Walk an object's members in file order: i = 0.. until false. */
bool	json_member(const struct json_value *, size_t i, str *key, const struct json_value **) MUST_USE;

#endif
