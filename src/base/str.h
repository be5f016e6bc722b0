/*
 * str.h - borrowed bytes.
 *
 * Layer 0.  A str points into memory somebody else owns (an arena, a
 * literal, a request).  It is not NUL-terminated, may hold NULs and is
 * never freed.
 */
#ifndef LARIS_BASE_STR_H
#define LARIS_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE	__attribute__((warn_unused_result))
#define PRINTF(f, a)	__attribute__((format(printf, f, a)))
#define NORETURN	__attribute__((noreturn))
#define CLEANUP(fn)	__attribute__((cleanup(fn)))
#define countof(a)	(sizeof(a) / sizeof((a)[0]))

typedef struct str { const char *p; size_t n; } str;

#define S(lit)		((str){ "" lit, sizeof(lit) - 1 })
#define S_INIT(lit)	{ "" lit, sizeof(lit) - 1 }
/* For "%.*s": printf("%.*s", SV(s)). */
#define SV(s)		(int)(s).n, (s).p ? (s).p : ""

str	str_of(const char *cstr);	/* NULL gives the empty str	*/
bool	str_eq(str a, str b);
bool	str_eq_nocase(str a, str b);	/* ASCII letters only		*/
int	str_cmp(str a, str b);		/* bytewise, shorter first	*/
bool	str_starts(str s, str with);
bool	str_ends(str s, str with);
/* Where "what" begins in "s", or SIZE_MAX. */
size_t	str_find(str s, str what);
str	str_sub(str s, size_t from, size_t n);	/* clamped to s		*/
str	str_trim(str s);		/* ASCII white space, both ends	*/
/*
 * Cut the next piece up to "end" off the front of *s into *piece; the
 * separator is dropped.  False when *s was empty before the call.
 */
bool	str_take(str *s, char end, str *piece);
/* Strict decimal: digits only (one leading '-' where min < 0), in range. */
bool	str_int(str s, int64_t min, int64_t max, int64_t *v) MUST_USE;
/* Well-formed UTF-8 without NUL, surrogates or overlong forms (RFC 3629). */
bool	str_utf8(str s);
/* Lower-case hex of n bytes into out[2n] (no NUL); and back: false on junk,
 * which upper case is: what is signed or compared has one spelling. */
void	hex_put(char *out, const void *bytes, size_t n);
bool	hex_get(void *bytes, size_t n, str hex) MUST_USE;

#endif
