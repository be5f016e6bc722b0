/*
 * route.h - the rows from which dispatch, rights, help and openapi come.
 *
 * Layer 2.  A row without "may" or "say" fails a test.  Literal pieces
 * of a path win over {…}; a last {…*} takes all that is left of a path.
 * "/{city}/…", "/log/{city}/…" and "/api/v1/cities/{city}/…" are resolved
 * by the router: r->city is set, or 404.
 */
#ifndef LARIS_CORE_ROUTE_H
#define LARIS_CORE_ROUTE_H

#include "core/req.h"

enum route_flags {
	ROUTE_SLOW	= 1 << 0,	/* a GET that may take over 10 ms: slow pool */
	ROUTE_CACHED	= 1 << 1,	/* anonymous page, cached by URL and language */
	ROUTE_API	= 1 << 2,	/* JSON in and out, bearer token, no CSRF */
	ROUTE_STREAM	= 1 << 3,	/* server-sent events		*/
	ROUTE_SIGNIN	= 1 << 4,	/* reachable while signed out (sign-in pages) */
	ROUTE_UPLOAD	= 1 << 5,	/* multipart			*/
	ROUTE_REPEAT	= 1 << 6,	/* its form carries a client "event": double click safe */
	ROUTE_SUMS	= 1 << 7,	/* its change keeps the promise of change.sums (writer.h) */
	ROUTE_RAW	= 1 << 8,	/* the handler reads the body itself (http->body), of any
					 * type; refused with problem+json */
	ROUTE_EVER	= 1 << 9,	/* answers also while its city is closed */
};

struct route {
	enum http_method method;	/* HTTP_GET or HTTP_POST	*/
	const char *path;		/* "/admin/merchant/{id}/approve" */
	unsigned may;			/* bits of enum may; never 0	*/
	handler *run;
	const char *say;		/* one sentence, English, for `laris routes` */
	const struct form *form;	/* POST body or GET query	*/
	handler *prepare;		/* slow pool; may read r->db	*/
	handler *again;			/* shows the page a refused POST came from */
	unsigned flags;
	const char *reply;		/* name of the reply schema in openapi, API only */
	size_t body;			/* bytes a POST may send; 0: ROUTE_BODY.  More only for
					 * those who may, and a few at once (http.h) */
};
#define ROUTE_BODY	((size_t)1 << 20)

/* GET("/admin", MAY_ORGANISER, board, "What to do next.", .flags = …) */
#define GET(p, m, h, s, ...)						\
	{ .method = HTTP_GET, .path = (p), .may = (m), .run = (h), .say = (s), __VA_ARGS__ }
#define POST(p, m, h, s, ...)						\
	{ .method = HTTP_POST, .path = (p), .may = (m), .run = (h), .say = (s), __VA_ARGS__ }

struct check {			/* an invariant people rely on		*/
	const char *name, *say;
	/* Says what is broken by appending lines; empty is clean. */
	err (*run)(struct db *, struct buf *broken);
};

struct cli_args;		/* core/cli.h				*/
struct command {
	const char *name;	/* "festival", "city add"		*/
	const char *usage;	/* "list|show|open|close CITY [FESTIVAL]" */
	const char *say;	/* one sentence				*/
	int (*run)(struct cli_args *);	/* exit code			*/
};

struct setting {
	const char *name;	/* "session-hours"			*/
	enum { SETTING_INT, SETTING_BOOL, SETTING_TEXT } type;
	const char *fallback;
	int64_t min, max;
	enum text_id say;	/* what it does, on the page and for `laris settings` */
	/* A text that cannot be meant: ERR_INVALID with .field "value"; or NULL. */
	err (*check)(struct arena *, str value);
};

struct fetch_world;		/* core/fetch.h				*/
struct outside {		/* a job's work that may wait for other servers */
	struct arena *a;
	struct db *db;		/* reads only				*/
	struct writer *writer;	/* for changes on the way: writer_call	*/
	city_id city;
	str payload;
	const struct fetch_world *world;
	const char *key_file;	/* of the public log (struct site)	*/
};

struct job_kind {
	const char *name;
	const char *say;
	err (*run)(struct change *, struct tx *, city_id, str payload, int64_t now);
	int64_t every;		/* microseconds, or 0: only when asked for (later.h) */
	/* Before "run" and beside the writer; on an error "run" waits. */
	err (*outside)(struct outside *);
	bool ever;		/* also while its city is closed (ROUTE_EVER of jobs) */
};

struct figure {			/* counted for other modules: figure.h	*/
	const char *name;	/* "festival.prizes"			*/
	err (*count)(struct db *, city_id, int64_t subject, int64_t *n);
};

struct practice_kind;		/* core/practice.h			*/
struct practice_part;
struct purchase_gone;		/* core/react.h				*/
struct work;			/* core/work.h				*/

struct module {
	const char *name;
	const struct route *routes;	size_t n_routes;
	const struct command *commands;	size_t n_commands;
	const struct check *checks;	size_t n_checks;
	const struct job_kind *jobs;	size_t n_jobs;
	const struct setting *settings;	size_t n_settings;
	/* What it does when a purchase is struck out, in the same transaction. */
	err (*purchase_gone)(struct tx *, const struct purchase_gone *);
	/* What it does when the person of a card is forgotten, or why not yet. */
	err (*card_gone)(struct tx *, city_id, int64_t card, int64_t now);
	const struct figure *figures;	size_t n_figures;
	/* What takes long, on a thread of its own, a city at a time. */
	err (*work)(struct work *);
	/* What a city can give to another: a kind, and parts of any kind. */
	const struct practice_kind *practices;	size_t n_practices;
	const struct practice_part *parts;	size_t n_parts;
	/* From which practice of another city a thing of ours was made; empty: from none. */
	err (*based)(struct db *, city_id, str kind, int64_t subject, str *ref);
};

struct app {			/* what main knows of all: built in app/modules.c */
	const struct module *const *modules;
	size_t n_modules;
	const struct migration *migrations;
	size_t n_migrations;
};

#endif
