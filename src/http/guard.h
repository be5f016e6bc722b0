/*
 * guard.h - what a request's head must be like, beyond what the library
 * behind http.h asks.
 *
 * Layer 1, for src/http only.  Two readers that see a request differently
 * can be played against each other (request smuggling), so whatever RFC
 * 9112 lets a lenient server repair is refused here: a bare LF or CR, a
 * folded line, white space before the colon, NUL, doubled Host,
 * Content-Length or Transfer-Encoding, the last two together, more than
 * one space in the request line.
 *
 * It works by position: the head lies in one piece of memory in which the
 * library wrote NUL over "\r\n" and the colons.  Each field must begin
 * exactly where the one before ended.
 */
#ifndef LARIS_HTTP_GUARD_H
#define LARIS_HTTP_GUARD_H

#include "http/http.h"

struct guard {
	const char *at, *end;	/* next line; behind the head		*/
	const char *fields;	/* where the first field line began	*/
	size_t line;		/* bytes of the request line		*/
	unsigned records;	/* fields and cookies, for memory	*/
	unsigned hosts, lengths, codings;
	str length, coding;
	bool old;		/* HTTP/1.0				*/
	bool bad;
};

struct guard_body { bool any, chunked; uint64_t length; };

/* The three pieces of the request line; "uri" has its length as received. */
void	guard_line(struct guard *, struct http_request *, const char *method,
	    const char *uri, size_t uri_n, const char *version, size_t head);
void	guard_field(struct guard *, struct http_request *, str name, str value);
/* Splits path and query; 0, or the status of the refusal. */
int	guard_verdict(struct guard *, struct http_request *, str uri,
	    const struct http_limits *, struct guard_body *);

#endif
