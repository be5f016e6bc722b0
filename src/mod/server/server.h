/*
 * server.h - all cities of this server, and which of them needs somebody.
 *
 * Layer 3.  Sums, dates and states; never a person, a merchant, a card.
 * One statement for all of them; what a city needs is judged here.
 */
#ifndef LARIS_SERVER_SERVER_H
#define LARIS_SERVER_SERVER_H

#include "core/city.h"

/* The later, the more urgent. */
enum need {
	NEED_NOTHING,
	NEED_CLOSED,		/* closed by the server's admin		*/
	NEED_SALE,		/* no sale yet				*/
	NEED_OVER,		/* past its last day, and still open	*/
	NEED_QUIET,		/* open, and nothing came in for two days */
	NEED_ORGANISER,		/* nobody may look after it		*/
	NEED_JOBS,		/* work was given up in the last two days */
	NEED_WITNESS,		/* no witness has signed its newest entries for a day */
	NEED_FORK,		/* a witness signed another log than ours */
	NEEDS
};

struct town {
	struct city city;
	str host;		/* one of its names, or empty		*/
	str sale;		/* the one that runs, else the newest; a draft has no name here */
	int64_t state;		/* enum festival_state, or -1		*/
	int64_t first_day, last_day;
	int64_t purchases, last_at, today, merchants;
	int64_t log, signed_size, signed_at;
	int64_t witness;	/* the worst enum cosign_state, or -1: none */
	int64_t jobs;		/* given up lately			*/
	bool organiser;
	enum need need;
};

/* Without what is read from the database: "now" decides. */
enum need town_need(const struct town *, int64_t now);
/* Whether what was typed is in its name, code, address or host name. */
bool	town_fits(const struct town *, str typed);

struct towns {
	struct town *v;		/* the most urgent first, then by name	*/
	size_t n;
	size_t needing;		/* more urgent than NEED_CLOSED		*/
	size_t running, closed;
	int64_t today;
};
err	towns_load(struct db *, int64_t now, struct towns *) MUST_USE;

/* When the server was last copied (laris backup); 0: never. */
err	server_backup(struct db *, int64_t *at) MUST_USE;
#define BACKUP_OLD	(26 * HOUR)	/* a nightly one, and a little more */

#endif
