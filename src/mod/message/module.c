/* module.c - the rows of messages to merchants. */
#include "mod/message/module.h"
#include "mod/message/practice.h"
#include "mod/message/web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)
#define BOARD	(WRITERS | MAY_AUDITOR)
#define A	"/admin/festival/{festival}/message"

static const struct route routes[] = {
	GET(A, BOARD, messages_page, "Messages to merchants, the newest first."),
	GET(A "/new", WRITERS, message_new, "Write a message."),
	POST(A "/new", WRITERS, message_add_post, "Keep it as a draft.", .form = &message_form,
	    .again = message_new),
	GET(A "/{message}", BOARD, message_page,
	    "A draft with its preview, or what became of each mail.", .flags = ROUTE_SLOW),
	POST(A "/{message}", WRITERS, message_change_post, "Change a draft.",
	    .form = &message_form, .again = message_page),
	POST(A "/{message}/send", WRITERS, message_send_post,
	    "Send it off: mails wait for their turn, WhatsApp is prepared.",
	    .again = message_page),
	POST(A "/{message}/again", WRITERS, message_again_post,
	    "Try those not reached again, now.", .again = message_page),
	POST(A "/{message}/drop", WRITERS, message_drop_post, "Throw a draft away.",
	    .again = message_page),
	GET(A "/{message}/wa", WRITERS, wa_page, "Prepared WhatsApp messages, one a merchant.",
	    .flags = ROUTE_SLOW),
	POST(A "/{message}/wa/{merchant}/{done}", WRITERS, wa_mark,
	    "Mark one as contacted (yes) or not (no).", .again = wa_page),
};

static const struct job_kind jobs[] = {
	{ MESSAGE_JOB, "Hand the mails that wait to the city's mail server.", message_next, 0,
	    .outside = message_outside },
};

static const struct setting settings[] = {
	{ "mail-url", SETTING_TEXT, "", 0, 0, TEXT_settings_mail_url, mail_url_check },
	{ "mail-from", SETTING_TEXT, "", 0, 0, TEXT_settings_mail_from, mail_from_check },
};

const struct module message_module = {
	.name = "message",
	.routes = routes, .n_routes = countof(routes),
	.jobs = jobs, .n_jobs = countof(jobs),
	.settings = settings, .n_settings = countof(settings),
	.practices = &message_practice, .n_practices = 1,
	.parts = &message_part, .n_parts = 1,
};
