/*
 * asset.h - the files of web/, inside the program.
 *
 * Layer 2.  tools/embed.py makes the table when building: compressed
 * once, named by content ("laris.3f2a9c81d0.css"), so that a browser may
 * keep a file for ever and a new version is a new name.  url(…) in a
 * style sheet is rewritten to the hashed name.  All is read-only and
 * lives as long as the program.
 */
#ifndef LARIS_CORE_ASSET_H
#define LARIS_CORE_ASSET_H

#include "base/base.h"

struct asset {
	const char *name;	/* "laris.css"				*/
	const char *hashed;	/* "laris.3f2a9c81d0.css"		*/
	const char *type;	/* "text/css; charset=utf-8"		*/
	const char *etag;	/* W/"3f2a9c81d0"; weak: all variants share it */
	const unsigned char *raw, *gz, *br;	/* NULL: not smaller than raw */
	size_t n, n_gz, n_br;
};

extern const struct asset asset_table[];	/* sorted by name	*/
extern const size_t asset_count;
/* Of all files together: changes when any of them does. */
extern const char asset_version[];

const struct asset *asset_find(const char *name);	/* or NULL	*/
/* What a URL names: only the hashed name, or NULL. */
const struct asset *asset_by_hashed(str);
/*
 * The bytes to send to a client with this Accept-Encoding header, and the
 * Content-Encoding ("br", "gzip" or NULL).  A coding with q=0 is refused
 * by the client (RFC 9110 section 12.5.3).
 */
str	asset_pick(const struct asset *, str accept_encoding, const char **encoding);

#endif
