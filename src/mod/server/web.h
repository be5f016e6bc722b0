/* web.h - handlers and forms of the server's pages.  Layer 3, inner. */
#ifndef LARIS_SERVER_WEB_H
#define LARIS_SERVER_WEB_H

#include "core/route.h"

handler server_list, server_city, server_city_new, server_city_add, server_host, server_host_drop,
    server_invite, server_close, server_open, server_enter, server_leave;
extern const struct form server_search_form, server_new_form, server_host_form,
    server_invite_form, server_close_form, server_enter_form;

#endif
