/*
 * fetch.h - what Laris asks of other servers: a page by HTTP, a mail handed over by SMTP.
 *
 * Layer 2.  fetch.c is the only file that sees libcurl.  Every call waits,
 * at most so many seconds: it is made beside the loops and the writer (in
 * a job's "outside", on the slow pool, from the command line).  Neither
 * follows where it is sent on to, and TLS certificates are always checked.
 *
 * Relays, witnesses and mail servers are settings of a page, so whoever
 * organises a city's sale names them: a running server asks only public
 * addresses, and of its own network those its operator names (serve --inside).
 */
#ifndef LARIS_CORE_FETCH_H
#define LARIS_CORE_FETCH_H

#include "base/err.h"

struct fetch_world {		/* what the operator said; all may be NULL */
	const char *ca;		/* PEM file of those who may certify, instead of the system's */
	const char *logins;	/* netrc file (machine, login, password): of mail servers */
	bool (*stop)(void *);	/* asked now and then; true gives up	*/
	void *ctx;
	bool outward;		/* only public addresses: the URL is not the operator's */
	const char *inside;	/* but these hosts too: "localhost,10.0.0.9:8025" */
	struct fetch_line *line;	/* a connection kept between calls of this world */
};
/* For many pages of one server: one connection, one TLS greeting. */
struct fetch_line *fetch_line_open(void);
void	fetch_line_close(struct fetch_line **);	/* safe on NULL		*/

struct fetch {
	const char *url;	/* https:// or http://			*/
	str body;		/* sent by POST when "type" is not NULL	*/
	const char *type;	/* its media type			*/
	size_t max;		/* bytes of the reply			*/
	int seconds;		/* in all				*/
};
struct fetched { int status; str body; };
/*
 * The reply's body in "a", whatever its status.  ERR_BUSY "fetch-failed"
 * {1} the URL {2} what went wrong; ERR_INVALID "fetch-large" {1},
 * "fetch-inside" {1} when only public addresses may be asked.
 */
err	fetch(struct arena *, const struct fetch_world *, const struct fetch *,
	    struct fetched *) MUST_USE;

/* ---- mail ------------------------------------------------------------- */

/*
 * smtp://host[:587] begins in the clear and must then switch to TLS, but on
 * this very machine (localhost, 127.0.0.1, [::1]), where it stays as it is;
 * smtps://host[:465] is TLS from the first byte.  Nothing behind the port.
 */
bool	mail_url_ok(str url);

enum mail_end {
	MAIL_SENT,		/* the server took it over		*/
	MAIL_REFUSED,		/* it never will: 5xx for this recipient or text */
	MAIL_LATER,		/* not now, 4xx for this one; others may go through */
	MAIL_DOWN,		/* not the recipient's fault: no use trying others now */
};
struct mail_result {
	enum mail_end end;
	str said;		/* the server's last line, or what went wrong; printable ASCII */
};

struct mailer;			/* one connection, used for many	*/
struct mailer *mailer_open(struct arena *, const struct fetch_world *, str url, int seconds);
void	mailer_close(struct mailer **);	/* safe on NULL			*/
/* Addresses as email_parse gives them; "message" from mime_write. */
void	mailer_send(struct mailer *, struct arena *, str from, str to, str message,
	    struct mail_result *);

#endif
