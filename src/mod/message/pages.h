/* pages.h - what the pages of messages are drawn from.  Layer 3, inner. */
#ifndef LARIS_MESSAGE_PAGES_H
#define LARIS_MESSAGE_PAGES_H

#include "core/layout.h"
#include "mod/message/message.h"

struct message_edit {
	struct form_page form;
	const struct form_option *venues, *sectors;
	size_t n_venues, n_sectors;
	str hole[3];		/* {nama usaha} and the others, in this language */
};
struct message_row { str href, subject, by; int64_t at; bool sent; };
struct messages_view {
	str back, sale, fresh;
	bool may_write, mail;	/* mail: the city can send some		*/
	const struct message_row *v;
	size_t n;
	struct pager pager;
};
struct message_new_view { str back; bool mail; struct message_edit edit; };

struct mail_row { str name, email, said; int64_t tries, due, at; };
struct message_view {
	str back, href, csrf, send, again, drop;
	const struct message *m;
	enum text_id whom;
	str venue, sector;	/* empty: any				*/
	bool may_write, mail;
	/* a draft: */
	struct message_edit edit;
	int64_t total, mails, phones, neither;
	str shop, subject, body, another;	/* the preview and the next one's */
	/* sent off: */
	int64_t n[MESSAGE_STATES], with_phone, contacted, unreached;
	struct layout_nav tabs[MESSAGE_STATES];
	int64_t tab_n[MESSAGE_STATES];
	size_t n_tabs;
	enum message_state shown;
	const struct mail_row *v;
	size_t n_rows;
	struct pager pager;
};

struct wa_row { str name, phone, wa, text, mark, by; int64_t contacted; bool mailed; };
struct wa_view {
	str back, subject, csrf, all_href, few_href;
	bool all;
	int64_t with_phone, contacted;
	const struct wa_row *v;
	size_t n;
	struct pager pager;
};

#endif
