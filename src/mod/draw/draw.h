/*
 * draw.h - what the rest of Laris may ask of the draws.
 *
 * Layer 3.  A draw goes draft -> frozen -> beacon -> drawn -> reported;
 * the table in draw.c is the whole truth about that.  In draft its prizes
 * and those who may not win are set up.  Freezing fixes the list of
 * coupons and names a drand round that has not come; it needs a closed
 * festival and closes it for good.  When the round has come its text is
 * pasted (beacon), and the draw is run, once: the winners follow.  One whose
 * round does not come may end as annulled instead (annul.h).
 *
 * A rehearsal (gladi) does the same with any festival that has coupons,
 * freezes nothing but itself, and has no real round to wait for; all it
 * makes is marked.
 */
#ifndef LARIS_DRAW_DRAW_H
#define LARIS_DRAW_DRAW_H

#include "mod/draw/ids.h"
#include "mod/festival/festival.h"

enum draw_state {
	DRAW_DRAFT, DRAW_FROZEN, DRAW_BEACON, DRAW_DRAWN, DRAW_REPORTED, DRAW_ANNULLED, DRAW_STATES
};

struct draw {
	city_id city;
	draw_id id;
	festival_id festival;
	str slug, name;
	str code;		/* public id in freeze.txt: "sgs-2021-utama" */
	enum draw_state state;
	bool rehearsal;
	str chain;		/* 64 hex digits			*/
	int64_t round;		/* 0: not frozen			*/
	str rules;		/* rules.txt, may be empty		*/
	int64_t entries, coupons;
	str root, seed;		/* hex, empty before			*/
	int64_t created, frozen, drawn, reported;	/* moments	*/
};

struct prize {
	prize_id id;
	int64_t position;	/* order of drawing; 0: behind the last	*/
	str code;		/* "RUMAH"; [A-Za-z0-9._-]		*/
	str cls;		/* a person wins once in a class	*/
	int64_t number;		/* places				*/
	str title;
	int64_t value;		/* rupiah of one place; 0: not said	*/
};

/* Why a card may not win.  Stored: add at the end. */
enum barred_as { BARRED_UNTOLD, BARRED_COMMITTEE, BARRED_STAFF, BARRED_HOUSEHOLD, BARRED_KINDS };
extern const struct choice barred_choices[];
struct barring {
	enum barred_as as;
	str whom;		/* of a household, needed: whose; else a remark.  Staff only */
	str by;
	int64_t now;
};
struct exclusion {
	card_id card;
	int64_t number;
	enum barred_as as;	/* BARRED_UNTOLD: of before it was asked	*/
	str whom, by;
	int64_t at;
};

struct winner {
	prize_id prize;
	str title;		/* of the prize				*/
	int64_t place, k, coupon;
	str cid;		/* 32 bytes				*/
	str masked;		/* "12*****89"				*/
	card_id card;		/* for staff only			*/
	int64_t gone;		/* of draw_drawn: struck out by file NNN; 0: stands */
};

bool	draw_may_go(enum draw_state from, enum draw_state to);
bool	draw_was_run(const struct draw *);	/* there are winners, or there could have been */
const char *draw_state_name(enum draw_state);
/* Pages that show this draw. */
uint64_t draw_key(city_id, draw_id);
/* When its round is due (0 before the freeze; a rehearsal waits for nothing). */
int64_t	draw_due(const struct draw *);

/* By slug or base32 id.  ERR_MISSING "no-such-draw". */
err	draw_find(struct db *, city_id, festival_id, str which, struct draw *) MUST_USE;
/* By public id or base32 id, in any festival of the city. */
err	draw_find_code(struct db *, city_id, str which, struct draw *) MUST_USE;
err	draw_list(struct db *, city_id, festival_id, struct draw **, size_t *n) MUST_USE;
/* Of all its festivals, newest first. */
err	draw_list_of_city(struct db *, city_id, struct draw **, size_t *n) MUST_USE;

/*
 * ---- draft.  Everything here is ERR_CONFLICT "draw-fixed" later. ------
 * "c" (a change, may be NULL) is touched so that pages are made anew.
 */

/* From slug, name, rehearsal, rules.  ERR_CONFLICT "slug-taken", "draw-code-taken";
 * ERR_INVALID "field-needed", "slug-form", "draw-id", "draw-rules". */
err	draw_create(struct tx *, struct change *, const struct festival *, struct draw *,
	    int64_t now) MUST_USE;
/* ERR_INVALID "draw-prize" {code}; the whole table is judged: "draw-prizes". */
err	prize_add(struct tx *, struct change *, const struct draw *, struct prize *) MUST_USE;
err	prize_drop(struct tx *, struct change *, const struct draw *, prize_id) MUST_USE;
err	prize_list(struct db *, const struct draw *, struct prize **, size_t *n) MUST_USE;
/* Committee, staff, households.  ERR_INVALID "card-unknown", "draw-barred", "draw-reason". */
err	draw_exclude(struct tx *, struct change *, const struct draw *, const struct festival *,
	    int64_t card_number, const struct barring *) MUST_USE;
err	draw_include(struct tx *, struct change *, const struct draw *, card_id) MUST_USE;
err	draw_exclusions(struct db *, const struct draw *, struct exclusion **,
	    size_t *n) MUST_USE;
/* How many would hold how many coupons if it were frozen now. */
err	draw_holders(struct db *, const struct festival *, int64_t *holders,
	    int64_t *coupons) MUST_USE;

/* ---- the steps that cannot be taken back ------------------------------ */

/*
 * The list of coupons as it stands: seconds of work at millions of holders,
 * so the server does it beside the writer.  ERR_CONFLICT "draw-step",
 * "draw-festival-open" as the freeze itself would say.
 */
struct draw_entries;
err	draw_gather(struct db *, const struct draw *, const struct festival *,
	    struct draw_entries **) MUST_USE;
/*
 * "at": the moment announced for the draw; 0: as soon as allowed.  The
 * round is the first due at or after it, at least "notice" from now.
 * "entries" is what draw_gather made a moment ago, or NULL: made here.
 * ERR_CONFLICT "draw-step", "draw-festival-open", "draw-raced", "draw-moved"
 * (a purchase, claim or void came after draw_gather; a rehearsal does not
 * mind); ERR_INVALID "draw-no-prizes", "draw-empty", "draw-round-past".
 * Fills *draw again.
 */
struct draw_when { int64_t at, notice, now; };
err	draw_freeze(struct tx *, struct change *, struct draw *, const struct festival *,
	    const struct draw_entries *, struct draw_when) MUST_USE;
/*
 * The last word before freeze, sample or redraw is committed, with the clock as it
 * is then: has the round just named come meanwhile (much work, a clock that
 * leapt)?  ERR_CONFLICT "draw-round-came".
 */
err	draw_ahead(struct db *, const struct draw *, int64_t now) MUST_USE;
/*
 * What was pasted from drand (beacon.h); may be corrected until it is run.
 * ERR_CONFLICT "draw-step", "draw-beacon-early"; ERR_INVALID of beacon_text.
 */
err	draw_beacon_set(struct tx *, struct change *, struct draw *, str pasted,
	    int64_t now) MUST_USE;
/*
 * Who wins, worked out from the stored files beside the writer, as the list
 * is.  ERR_CONFLICT "draw-step"; ERR_INVALID when what is stored is not what
 * was frozen.
 */
struct draw_outcome;
err	draw_work_out(struct db *, const struct draw *, struct draw_outcome **) MUST_USE;
/*
 * Write it down; NULL: worked out here.  ERR_CONFLICT "draw-step",
 * "draw-raced" (another beacon was stored meanwhile).
 */
err	draw_run(struct tx *, struct change *, struct draw *, const struct draw_outcome *,
	    int64_t now) MUST_USE;
/* The minutes were made. */
err	draw_report(struct tx *, struct change *, struct draw *, int64_t now) MUST_USE;

/* ---- what came out ------------------------------------------------------ */

err	draw_winners(struct db *, const struct draw *, struct winner **, size_t *n) MUST_USE;
/* As the draw itself gave them, in the order of drawing, also those struck out since. */
err	draw_drawn(struct db *, const struct draw *, struct winner **, size_t *n) MUST_USE;
/* Prizes that this coupon won: "is this win real?"  Mostly none. */
err	draw_coupon(struct db *, const struct draw *, int64_t coupon, struct winner **,
	    size_t *n) MUST_USE;
err	draw_card_wins(struct db *, const struct draw *, card_id, struct winner **,
	    size_t *n) MUST_USE;

/* ---- files --------------------------------------------------------------- */

/* Names of public files, ends with NULL. */
extern const char *const draw_file_names[];
/* A public file's bytes; proofs are signed with the log's key.  ERR_MISSING "no-such-file",
 * "ledger-key". */
err	draw_file_get(struct db *, const struct draw *, str name, const char *key_file,
	    str *bytes) MUST_USE;
err	draw_file_size(struct db *, const struct draw *, str name, int64_t *size,
	    bool *there) MUST_USE;
/*
 * All of them into a folder, which is made.  ERR_CONFLICT "draw-dir" {folder}
 * when it cannot be, or holds one of the files already.
 */
struct draw_out { const char *folder, *key_file; };	/* without the key: no proofs */
err	draw_bundle_write(struct db *, const struct draw *, const struct draw_out *) MUST_USE;

#endif
