/* words.h - what states and needs are called.  Layer 3, inner. */
#ifndef LARIS_SERVER_WORDS_H
#define LARIS_SERVER_WORDS_H

#include "core/layout.h"
#include "core/req.h"
#include "mod/server/server.h"

enum text_id need_label(enum need);	/* short, for a tag		*/
enum text_id need_todo(enum need);	/* what it means and what to do	*/
const char *need_tag(enum need);
enum text_id sale_state_label(int64_t state);

enum server_bar { BAR_CITIES, BAR_NEW, BAR_RECORD };
void	server_bar(struct req *, enum server_bar current);

#endif
