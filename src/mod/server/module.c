/* module.c - the rows of the server's own pages. */
#include "mod/server/module.h"
#include "mod/server/web.h"

#define C	"/server/city/{town}"

static const struct route routes[] = {
	GET("/server", MAY_SERVER, server_list,
	    "All cities of this server; those that need somebody first.",
	    .form = &server_search_form, .flags = ROUTE_SLOW),
	GET("/server/city/new", MAY_SERVER, server_city_new, "Choose a city to add."),
	POST("/server/city/new", MAY_SERVER, server_city_add, "Add a city.",
	    .form = &server_new_form, .again = server_city_new),
	GET(C, MAY_SERVER, server_city, "One city: how it is, its names, its first organiser.",
	    .flags = ROUTE_SLOW),
	POST(C "/host", MAY_SERVER, server_host, "A host name that leads straight to it.",
	    .form = &server_host_form, .again = server_city),
	POST(C "/host/drop", MAY_SERVER, server_host_drop, "One less.",
	    .form = &server_host_form, .again = server_city),
	POST(C "/invite", MAY_SERVER, server_invite,
	    "Invite its first organiser; the link is shown once.", .form = &server_invite_form,
	    .again = server_city),
	POST(C "/close", MAY_SERVER, server_close,
	    "Close it for a while, with a reason; nothing is deleted.",
	    .form = &server_close_form, .again = server_city),
	POST(C "/open", MAY_SERVER, server_open, "Open it again."),
	POST(C "/enter", MAY_SERVER, server_enter,
	    "Enter it for up to an hour, with a reason; the city sees it.",
	    .form = &server_enter_form, .again = server_city),
	POST("/server/leave", MAY_SERVER, server_leave, "Leave the city one is in."),
};

const struct module server_module = {
	.name = "server",
	.routes = routes, .n_routes = countof(routes),
};
