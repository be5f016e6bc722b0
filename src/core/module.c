/* module.c - core's rows. */
#include "core/module.h"
#include "core/commands.h"
#include "core/web.h"
#include "core_read.h"
#include "core_write.h"

#define BOARD	(MAY_ORGANISER | MAY_ADMIN)

static const struct route routes[] = {
	GET("/", MAY_PUBLIC, web_cities, "The cities of this server."),
	GET("/style", MAY_PUBLIC, web_style, "Every part a page is made of."),
	GET("/sign-in", MAY_PUBLIC, web_sign_in_page, "Sign in."),
	POST("/sign-in", MAY_PUBLIC, web_sign_in, "Check the password, begin a session.",
	    .form = &sign_in_form, .prepare = web_sign_in_prepare, .again = web_sign_in_page,
	    .flags = ROUTE_SIGNIN),
	POST("/sign-out", MAY_SIGNED_IN, web_sign_out, "End this session.", .flags = ROUTE_EVER),
	GET("/me", MAY_SIGNED_IN, web_me, "My account and the devices signed in.",
	    .flags = ROUTE_EVER),
	POST("/me/sign-out-everywhere", MAY_SIGNED_IN, web_sign_out_everywhere,
	    "End all my sessions.", .flags = ROUTE_EVER),
	GET("/{city}/invite/{code}", MAY_PUBLIC, web_invite, "Choose a password, as invited."),
	POST("/{city}/invite/{code}", MAY_PUBLIC, web_invite_take,
	    "Make the account that was invited, and sign it in.", .form = &invite_take_form,
	    .prepare = web_invite_prepare, .again = web_invite),
	GET("/admin/people", BOARD, admin_people, "Who may do what in this city."),
	POST("/admin/people", BOARD, admin_person_add, "Add a person with a role.",
	    .form = &person_form, .prepare = admin_person_add_prepare, .again = admin_people),
	POST("/admin/people/{id}/on", BOARD, admin_person_on, "Switch an account on."),
	POST("/admin/people/{id}/off", BOARD, admin_person_off,
	    "Switch an account off and end its sessions."),
	GET("/admin/tokens", BOARD, admin_tokens, "Tokens of tills and apps."),
	POST("/admin/tokens", BOARD, admin_token_add, "Make a token; shown once.",
	    .form = &token_form, .again = admin_tokens),
	POST("/admin/tokens/{id}/revoke", BOARD, admin_token_revoke, "Revoke a token."),
	GET("/admin/audit", BOARD | MAY_AUDITOR | MAY_INSIDE, admin_audit,
	    "Who changed what, when; who of the server is inside."),
	POST("/admin/inside/{id}/end", BOARD, admin_inside_end,
	    "Show an admin of the server out of the city."),
	GET("/admin/settings", BOARD | MAY_INSIDE, admin_settings, "The city's settings."),
	POST("/admin/settings/{name}", BOARD | MAY_INSIDE, admin_setting_set, "Change a setting.",
	    .form = &setting_form, .again = admin_settings),
	GET("/admin/jobs", BOARD | MAY_AUDITOR | MAY_INSIDE, admin_jobs,
	    "What the system does by itself."),
	GET("/server/audit", MAY_SERVER, admin_audit, "What the server's admins did."),
	GET("/admin/look", BOARD, admin_look, "The city's colours and emblem."),
	POST("/admin/look", BOARD, admin_look_set, "Set the city's two colours.",
	    .form = &look_form, .again = admin_look),
	POST("/admin/look/emblem", BOARD, admin_emblem_set, "Set the city's emblem.",
	    .form = &emblem_form, .prepare = admin_emblem_prepare, .again = admin_look,
	    .flags = ROUTE_UPLOAD),
	POST("/admin/look/reset", BOARD, admin_look_reset, "Back to the look of the house."),
	GET("/{city}/look/{name}", MAY_PUBLIC, look_file, "The city's style sheet and emblem."),
	GET("/api/v1/openapi.json", MAY_PUBLIC, openapi_json, "This description.",
	    .flags = ROUTE_API, .reply = "any"),
};

static const struct command commands[] = {
	{ "city add", "CODE [--slug S] [--name N]",
	    "Add a city by its Kemendagri code, for example 33.72.", city_add_command },
	{ "city list", "[--json]", "The cities of this server: code, slug, name.",
	    city_list_command },
	{ "limit", "CITY|server [NAME VALUE]",
	    "What one city may ask of the server; \"server\": all that have none of their own.",
	    limit_command },
	{ "city host", "CITY [NAME [--drop]]",
	    "A host name that leads straight to the city; without a name, those it has.",
	    city_host_command },
	{ "city close", "CITY --reason TEXT",
	    "Close a city for a while: its pages say why; nothing is deleted.",
	    city_close_command },
	{ "city open", "CITY", "Open a city that was closed.", city_open_command },
	{ "city invite", "CITY LOGIN --name N",
	    "Invite the city's first organiser; prints a link that works once.",
	    city_invite_command },
	{ "person add", "CITY LOGIN --role ROLE [--name N]",
	    "Add a person; the password is read from standard input. The city \"server\" with the "
	    "role admin: who looks after all cities.", person_add_command },
	{ "token add", "CITY --role ROLE [--merchant M] --label L",
	    "Make a bearer token, printed once.", token_add_command },
};

static err tidy(struct change *c, struct tx *tx, city_id city, str payload, int64_t now)
{
	(void)c;
	(void)payload;
	TRY(core_q_session_drop_ended(tx, city, now, NULL));
	TRY(core_q_throttle_drop_old(tx, city, now - DAY, NULL));
	return core_q_job_drop_old(tx, city, now - 2 * DAY, now - 30 * DAY, NULL);
}

static const struct job_kind jobs[] = {
	{ "tidy", "Drop sessions that have ended and old failed sign-ins.", tidy,
	    .every = HOUR, .ever = true },
};

static const struct setting settings[] = {
	{ "session-days", SETTING_INT, "14", 1, 90,
	    TEXT_settings_session_days, NULL },
	{ "city-residents", SETTING_INT, "0", 0, 100000000, TEXT_settings_city_residents, NULL },
	{ "city-residents-source", SETTING_TEXT, "", 0, 0, TEXT_settings_city_residents_source,
	    NULL },
	{ "city-umkm", SETTING_INT, "0", 0, 100000000, TEXT_settings_city_umkm, NULL },
	{ "city-umkm-source", SETTING_TEXT, "", 0, 0, TEXT_settings_city_umkm_source, NULL },
};

static err officers(struct db *db, city_id city, int64_t subject, int64_t *n)
{
	struct core_officer_count c;

	(void)subject;
	_Static_assert(MAY_OFFICER == 4, "as officer_count says");
	TRY(core_q_officer_count(db, city, &c));
	*n = c.n;
	return NULL;
}

static const struct figure figures[] = {
	{ "city.officers", officers },
};

const struct module core_module = {
	.name = "core",
	.routes = routes, .n_routes = countof(routes),
	.commands = commands, .n_commands = countof(commands),
	.jobs = jobs, .n_jobs = countof(jobs),
	.settings = settings, .n_settings = countof(settings),
	.figures = figures, .n_figures = countof(figures),
};
