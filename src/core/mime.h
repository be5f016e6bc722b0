/*
 * mime.h - one mail as bytes.
 *
 * Layer 2.  Plain text in UTF-8 as quoted-printable (RFC 2045), headers
 * folded and encoded where they are not ASCII (RFC 2047), lines end in
 * CRLF.  Whatever is in subject and text stays in subject and text: a
 * line break in what becomes a header is refused, not mended.
 */
#ifndef LARIS_CORE_MIME_H
#define LARIS_CORE_MIME_H

#include "base/err.h"
#include "base/time.h"

struct mail {
	str from, to, reply_to;	/* as email_parse gives them; reply_to may be empty */
	str from_name;		/* may be empty				*/
	str subject, body;	/* body: UTF-8, lines end in LF		*/
	str id;			/* what stands before the @ of Message-ID */
	int64_t at;
	enum zone zone;
};
/* ERR_INVALID "mail-header" with .field: a control character or no UTF-8 in it. */
err	mime_write(struct arena *, const struct mail *, str *out) MUST_USE;
/* "Panitia SGS <panitia@contoh.id>" or the address alone; false: neither. */
bool	mail_from_parse(struct arena *, str, str *name, str *email) MUST_USE;

#endif
