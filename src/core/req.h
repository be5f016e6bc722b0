/*
 * req.h - everything one request may touch.
 *
 * Layer 2.  A GET handler reads (r->tx is NULL) and writes a page or
 * JSON.  A POST handler is one change: it touches r->a and r->tx only,
 * and may be run again; it ends by setting r->redirect or writing JSON.
 * Slow work goes into the route's "prepare", which may read but not write.
 */
#ifndef LARIS_CORE_REQ_H
#define LARIS_CORE_REQ_H

#include "core/form.h"
#include "core/ids.h"
#include "db/writer.h"
#include "http/http.h"

/* Roles are bits, so that a route row can say who may. */
enum may {
	MAY_PUBLIC	= 1 << 0,	/* anyone, also signed in	*/
	MAY_ORGANISER	= 1 << 1,
	MAY_OFFICER	= 1 << 2,
	MAY_MERCHANT	= 1 << 3,
	MAY_CURATOR	= 1 << 4,
	MAY_MENTOR	= 1 << 5,
	MAY_CENTRE	= 1 << 6,
	MAY_AUDITOR	= 1 << 7,
	MAY_ADMIN	= 1 << 8,	/* of one city			*/
	MAY_SERVER	= 1 << 9,	/* looks after all cities, and is in none */
	MAY_INSIDE	= 1 << 10,	/* the same, visibly inside a city (inside.h) */
	MAY_OF_CITY	= MAY_ORGANISER | MAY_OFFICER | MAY_MERCHANT | MAY_CURATOR |
			  MAY_MENTOR | MAY_CENTRE | MAY_AUDITOR | MAY_ADMIN,
	MAY_SIGNED_IN	= MAY_OF_CITY | MAY_SERVER,
	MAY_STAFF	= MAY_ORGANISER | MAY_OFFICER | MAY_AUDITOR | MAY_ADMIN,
};

struct city {
	city_id id;
	str code;		/* Kemendagri, "33.72"			*/
	str slug, name;		/* "surakarta", "Kota Surakarta"	*/
	enum zone zone;
	int64_t closed;		/* 0: open; else since when (city_close) */
	str closed_why;
};

struct who {			/* all zero: nobody in particular	*/
	person_id person;
	city_id city;
	unsigned roles;		/* bits of enum may			*/
	int64_t merchant;	/* of a merchant's person or token, else 0 */
	session_id session;	/* one of the two, or neither (command line) */
	token_id token;
	str login, name;
	/* An admin of the server inside a city: which, on which visit, how long. */
	city_id inside;
	int64_t visit, inside_ends;
	str inside_name, inside_why;
};

#define REQ_PARAMS	4

struct route;
struct site;
struct layout_nav;
struct look;

struct req {
	struct arena *a;
	struct db *db;
	struct tx *tx;		/* NULL in a GET			*/
	struct change *change;	/* NULL in a GET			*/
	const struct route *route;
	const struct http_request *http;
	struct who who;
	struct city city;	/* of the path, else of the session; id 0: none */
	str param[REQ_PARAMS];	/* the {…} of the path, decoded, in order */
	struct params query;
	void *form;		/* the route's form, filled		*/
	struct form_state state;
	void *prepared;		/* what "prepare" left			*/
	enum lang lang;
	int64_t now;		/* the moment of the request: time is a parameter */
	str csrf;		/* token for the page's forms		*/
	const struct site *site;	/* pipeline.h			*/
	const struct look *look;	/* of the city, for its pages (look.h); NULL: the house's */

	/* ---- the answer ---- */
	int status;		/* 0: 200, or 303 with a redirect	*/
	int retry_s;		/* refused for being too many (limit.h): seconds to wait; else 0 */
	struct out out;		/* a page's content, wrapped by the layout */
	struct json_out json;	/* or JSON				*/
	str title;		/* of the page				*/
	const struct layout_nav *bar;	/* the foot bar (layout.h), or none */
	size_t n_bar;
	bool wide;		/* a board: uses the whole screen	*/
	str redirect;
	str bytes;		/* or a file …				*/
	const char *bytes_type;
	int file;		/* … or an open one of file_n bytes, closed after the reply */
	int64_t file_n;
	str bytes_name;		/* … offered under this name, or shown when empty */
	str cookie_set[4];	/* whole Set-Cookie values		*/
	size_t n_cookies;
	err refuse;		/* keep what was written, yet answer with this refusal */
	struct http_stream *stream;	/* or server-sent events (ROUTE_STREAM) */
	str pictures_from;	/* another host whose pictures the page may show: map tiles */
	int refresh_s;		/* the page is asked for again after so long; 0: not */
	bool forever;		/* these bytes never change: may be kept by anybody */
	bool bare;		/* no layout around the page (stage, print) */
	uint64_t stamp[6];	/* keys the page depends on (writer.h), for the page cache */
	size_t n_stamps;
	uint64_t soft[4];	/* the same, but a page may be a second behind: totals */
	size_t n_soft;
};

typedef err handler(struct req *);

/* The page depends on this key: it may be cached until the key is touched. */
void	req_stamp(struct req *, uint64_t key);
/* As req_stamp, but the page may lag a second: figures that move all day. */
void	req_stamp_soft(struct req *, uint64_t key);
/* A change touched this key: pages stamped with it are made anew. */
void	req_touch(struct req *, uint64_t key);
bool	req_is(const struct req *, unsigned roles);	/* in this city */
/* {…} number i as an id; ERR_MISSING "no-such-page" on junk. */
err	req_id(struct req *, size_t i, int64_t *id) MUST_USE;
/* "/surakarta/sgs-2021/card/…" : printf into the request's arena. */
#define req_path(r, ...)	arena_printf((r)->a, __VA_ARGS__)
str	req_query(const struct req *, const char *name);
/* Cookie for a year, HttpOnly, SameSite=Lax, Secure under TLS. */
void	req_cookie(struct req *, const char *name, str value, int max_age_s);
str	req_cookie_get(const struct req *, const char *name);
/* A sentence shown once on the next page ("Tersimpan."). */
void	req_flash(struct req *, enum text_id);

#endif
