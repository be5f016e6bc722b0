/*
 * message.h - what the organiser tells many merchants at once.
 *
 * Layer 3, inner.  A draft knows whom it is for by a rule; when it is sent
 * off the rule becomes rows, one a merchant, with address and number as
 * they are then.  Mails go out one by one in a job beside the writer; what
 * became of each is stored before the next is handed over, so that after
 * a crash at most the one in flight is sent again, as the same Message-ID.
 */
#ifndef LARIS_MESSAGE_MESSAGE_H
#define LARIS_MESSAGE_MESSAGE_H

#include "mod/festival/festival.h"
#include "mod/message/ids.h"

enum message_whom {
	WHOM_ADMITTED, WHOM_SILENT_1, WHOM_SILENT_3, WHOM_NEVER, WHOM_WAITING, WHOMS
};
extern const struct choice whom_choices[];

enum message_state {
	MAIL_WAITS,		/* for its turn, or to be tried again	*/
	MAIL_GONE,		/* the mail server took it		*/
	MAIL_NOT_TAKEN,		/* refused by the mail server		*/
	MAIL_GIVEN_UP,		/* tried MESSAGE_TRIES times		*/
	MAIL_NONE,		/* no address, or the city sends no mail */
	MESSAGE_STATES
};
enum { MESSAGE_TRIES = 10 };

struct message {
	city_id city;
	message_id id;
	festival_id festival;
	enum message_whom whom;
	venue_id venue;
	int64_t sector;		/* -1: of any				*/
	str subject, body, reply_to;
	int64_t created, sent;	/* sent 0: a draft			*/
	str created_by, sent_by;
};

struct audience {		/* those a message would go to now	*/
	struct someone { merchant_id id; str name, phone, email; } *v;
	size_t n, mails, phones;	/* phones: only a phone		*/
};

/* ---- words (words.c) ----------------------------------------------------- */

struct message_words { str shop, sale, link; };
/* {nama usaha}, {gelaran}, {tautan}; {business name}, {sale}, {link}. */
str	message_fill(struct arena *, str with_holes, const struct message_words *);
/* ERR_INVALID "message-hole" {1}: one that is none of these; "message-hole-open". */
err	message_holes(struct arena *, const char *field, str) MUST_USE;
/* Is there a {tautan} in it? */
bool	message_links(str);
/* What {tautan} is: where a merchant signs in and sells.  As paper_base. */
err	message_link(struct db *, city_id, str *link) MUST_USE;

/* ---- the mail server (setup.c) --------------------------------------------- */

struct mail_setup { str url, from, from_name; };
/* *have: both settings are there. */
err	mail_setup_get(struct db *, city_id, struct mail_setup *, bool *have) MUST_USE;
/* Of the settings mail-url and mail-from. */
err	mail_url_check(struct arena *, str value) MUST_USE;
err	mail_from_check(struct arena *, str value) MUST_USE;

/* ---- rules (message.c) ------------------------------------------------------- */

/* ERR_MISSING "no-such-page" when it is not of this sale. */
err	message_get(struct db *, const struct festival *, message_id, struct message *) MUST_USE;
err	message_audience(struct db *, const struct city *, const struct festival *,
	    const struct message *, int64_t now, struct audience *) MUST_USE;
/* ERR_INVALID of message_holes, "base-url-missing". */
err	message_add(struct tx *, struct message *, int64_t now) MUST_USE;
/* ERR_CONFLICT "message-sent". */
err	message_change(struct tx *, const struct message *) MUST_USE;
err	message_drop(struct tx *, const struct message *) MUST_USE;
/* Makes the rows and wakes the job.  ERR_CONFLICT "message-sent", "message-nobody". */
err	message_send(struct tx *, struct change *, const struct city *, const struct festival *,
	    const struct message *, str by, int64_t now) MUST_USE;
/* Those not reached, and all that wait: at once.  ERR_CONFLICT "mail-not-set". */
err	message_again(struct tx *, struct change *, const struct message *, int64_t now) MUST_USE;
/* "at" 0 takes the mark away.  ERR_MISSING "no-such-page". */
err	message_contacted(struct tx *, const struct message *, merchant_id, int64_t at,
	    str by) MUST_USE;

/* ---- the job (send.c) ----------------------------------------------------------- */

#define MESSAGE_JOB	"mail"
struct outside;
err	message_outside(struct outside *) MUST_USE;
err	message_next(struct change *, struct tx *, city_id, str payload, int64_t now) MUST_USE;

#endif
