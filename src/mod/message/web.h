/* web.h - the handlers of messages, named by the rows of module.c.  Layer 3, inner. */
#ifndef LARIS_MESSAGE_WEB_H
#define LARIS_MESSAGE_WEB_H

#include "core/route.h"
#include "mod/message/message.h"

/* message_web.c */
handler messages_page, message_new, message_add_post, message_page, message_change_post,
    message_send_post, message_again_post, message_drop_post;
extern const struct form message_form;

/* message_wa.c */
handler wa_page, wa_mark;

/* The sale of the path and "/admin/festival/<slug>/message"; then its message as well. */
err	message_sale(struct req *, struct festival *, str *base) MUST_USE;
err	message_of(struct req *, struct festival *, struct message *, str *href) MUST_USE;

#endif
