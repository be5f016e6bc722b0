/*
 * relay.h - the public randomness fetched from drand's relays by itself.
 *
 * Layer 3.  A draw, its sample and its redraws each wait for a round.  When
 * that is due a job asks the relays of the setting "draw-relays" one after
 * another until one has it; a signature is checked before anything is
 * stored, and a relay that sent a wrong one is named.  For the draw itself
 * the beacon is then set; for a sample or a redraw the text is kept, and
 * whoever runs it need not paste.  Pasting stays possible throughout.
 *
 * A late round is waited for: it has one possible value whenever it comes.
 * The chain of rehearsals has relays of its own, if any ("-": nobody is asked).
 */
#ifndef LARIS_DRAW_RELAY_H
#define LARIS_DRAW_RELAY_H

#include "core/route.h"
#include "mod/draw/draw.h"

#define RELAY_JOB	"draw.relays"
#define RELAY_MOST	8
#define RELAYS_DRAND	"https://api.drand.sh https://api2.drand.sh https://api3.drand.sh " \
	"https://drand.cloudflare.com"
#define RELAY_LATE	MINUTE		/* past due before it is called late */

enum { PART_DRAW = 0, PART_SAMPLE = -1 };	/* else the number of a redraw */

/* Numbers are in the database. */
enum relay_state {
	RELAY_GOOD,		/* its answer was checked and taken	*/
	RELAY_SILENT,		/* no answer				*/
	RELAY_LACKS,		/* an answer, but not that round	*/
	RELAY_WRONG,		/* a text or signature that is not the chain's */
	RELAY_INSIDE,		/* behind our wall: not asked		*/
	RELAY_STATES
};

/* What a setting may hold: addresses with spaces between, or "-". */
err	relays_check(struct arena *, str value) MUST_USE;

struct relay { str url; enum relay_state state; int64_t said, at; bool asked; };
enum relay_stand { STAND_TO_COME, STAND_DUE, STAND_LATE, STAND_NOTARY, STAND_HERE };
struct relays {
	enum relay_stand stand;
	int64_t round, due, left;	/* left: until due, or how long it is past */
	struct relay v[RELAY_MOST];	size_t n;
	str text, from;			/* beacon.txt that was fetched, and where */
};
/* How it stands with one part that waits. */
err	relays_get(struct db *, const struct draw *, int64_t part, int64_t round, int64_t due,
	    int64_t now, struct relays *) MUST_USE;
/* Something waits that did not before, or somebody will not wait: what is due is asked for now. */
err	relays_wanted(struct tx *, struct change *, city_id, int64_t now) MUST_USE;

/* The job (route.h). */
err	relays_collect(struct outside *) MUST_USE;
err	relays_again(struct change *, struct tx *, city_id, str payload, int64_t now) MUST_USE;

#endif
