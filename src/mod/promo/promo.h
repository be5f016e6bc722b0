/*
 * promo.h - what the rest of Laris may ask of promotions.
 *
 * Layer 3.  A promotion goes draft -> asked -> published -> ended, or is
 * refused or stopped on the way; the table in promo.c is the whole truth
 * about that.  Only a published one is found and used.
 */
#ifndef LARIS_PROMO_PROMO_H
#define LARIS_PROMO_PROMO_H

#include "mod/festival/festival.h"
#include "mod/promo/ids.h"

enum promo_kind {
	PROMO_PERCENT,		/* so many percent off			*/
	PROMO_AMOUNT,		/* so many rupiah off			*/
	PROMO_BUNDLE,		/* "buy two, the third is free"		*/
	PROMO_GIFT,		/* something given along		*/
	PROMO_KINDS
};

enum promo_state {
	PROMO_DRAFT,		/* being written, seen by its maker	*/
	PROMO_ASKED,		/* waits for the organiser		*/
	PROMO_PUBLISHED,	/* found and used			*/
	PROMO_REFUSED,		/* with a reason; may be mended and asked again */
	PROMO_STOPPED,		/* taken back, with a reason		*/
	PROMO_ENDED,		/* its days are over: nobody did it	*/
	PROMO_STATES
};

/* Who does a step of a promotion's life: bits. */
enum promo_who { PROMO_MAKER = 1, PROMO_ORGANISER = 2, PROMO_CLOCK = 4 };

enum redeem_channel { REDEEM_PHONE, REDEEM_STALL, REDEEM_API, REDEEM_CHANNELS };

extern const struct choice promo_kind_choices[], promo_state_choices[], redeem_channel_choices[];

struct promotion {
	city_id city;
	promotion_id id;
	festival_id festival;
	merchant_id merchant;		/* 0: the organiser's		*/
	venue_id venue;			/* an organiser's: only there, or 0 */
	enum promo_kind kind;
	enum promo_state state;
	str title, gives, terms;
	int64_t percent, worth;		/* worth: rupiah each time; percent: at most */
	int64_t first_day, last_day;
	int64_t from, to;		/* minutes of the day; equal: all day */
	int64_t quota, per_card, budget;	/* 0: no end		*/
	str reason, created_by, decided_by;
	str slug;			/* of the practice it came with; empty: made here */
	int64_t created, decided;
	int64_t used, given;		/* so far			*/
};

/* ---- pure: offer.c ---------------------------------------------------- */

/* A day and a minute of it, in the city's zone. */
struct promo_clock { int64_t day, minute; };
/*
 * By the city's clock; but a sale that is open on a day outside its own
 * days (a rehearsal, the demonstration) stands on its last day.
 */
struct promo_clock promo_clock(const struct festival *, enum zone, int64_t now);
/* Do days and hours hold?  Hours past midnight belong to the day before. */
bool	promo_running(const struct promotion *, struct promo_clock);
/* Running, and something left of quota and budget. */
bool	promo_open(const struct promotion *, struct promo_clock);
/* Its last hour has passed. */
bool	promo_over(const struct promotion *, struct promo_clock);
/* Rupiah that one use gives; amount 0: not said. */
int64_t	promo_given(const struct promotion *, int64_t amount);
/*
 * Does it make sense?  ERR_INVALID with the field: "promo-percent",
 * "promo-worth", "promo-gives", "promo-dates", "promo-outside",
 * "promo-budget-worth", "promo-budget-small".
 */
err	promo_sane(struct arena *, const struct festival *, const struct promotion *) MUST_USE;
bool	promo_may_go(enum promo_state from, enum promo_state to, unsigned who);
bool	promo_needs_reason(enum promo_state to);
/* "17.00", "17:00", "17": minutes of the day, 0..1440. */
bool	promo_parse_hour(str, int64_t *minute) MUST_USE;
/* Metres between two places in millionths of a degree, good for one city. */
int64_t	place_metres(int64_t lat_a, int64_t lon_a, int64_t lat_b, int64_t lon_b);
/* "-7.5693, 110.8316", as maps write it, into millionths. */
bool	place_parse(str, int64_t *latitude, int64_t *longitude) MUST_USE;
/* 1000 times the cosine of a latitude in millionths of a degree. */
int64_t	place_shrink(int64_t latitude);

/* ---- offers: promo.c --------------------------------------------------- */

/* ERR_MISSING "promo-unknown". */
err	promo_get(struct db *, city_id, promotion_id, struct promotion *) MUST_USE;
/* A new draft; gives the id.  ERR_CONFLICT "promo-sale-over", ERR_INVALID as promo_sane. */
err	promo_add(struct tx *, const struct festival *, struct promotion *, str by,
	    int64_t now) MUST_USE;
/* Rewrite a draft or a refused one.  ERR_CONFLICT "promo-fixed". */
err	promo_change(struct tx *, const struct festival *, const struct promotion *) MUST_USE;
/*
 * More of one that is running: shoppers rely on what was promised, so never less.
 * ERR_CONFLICT "promo-not-out", "promo-quota-less" {1} as it is {2} used.
 */
err	promo_more(struct tx *, const struct promotion *, int64_t quota) MUST_USE;
/* A step.  ERR_CONFLICT "promo-step", "promo-past", ERR_INVALID "promo-reason". */
err	promo_move(struct tx *, const struct festival *, struct promotion *, enum promo_state to,
	    unsigned who, struct promo_clock, str reason, str by, int64_t now) MUST_USE;
/* What has come to its end in a city; where the others are to be had. */
err	promo_end_old(struct tx *, const struct city *, int64_t now) MUST_USE;
/* Where a venue is.  ERR_MISSING "no-such-page". */
err	place_set(struct tx *, city_id, venue_id, int64_t latitude, int64_t longitude) MUST_USE;

/* ---- use: redeem.c ------------------------------------------------------ */

struct redeem_in {
	str event;		/* the client's own id			*/
	promotion_id promotion;
	merchant_id merchant;
	int64_t card;		/* number, or 0				*/
	purchase_id purchase;	/* it belongs to, or 0			*/
	int64_t amount;		/* rupiah of the sale, or 0		*/
	enum redeem_channel channel;
	person_id person;
	token_id token;
};

struct redeem_out {
	redemption_id id;
	promotion_id promotion;
	merchant_id merchant;
	int64_t card, given, at;
	int64_t rest;		/* of the quota after it; -1: no quota	*/
	bool again;		/* this event was recorded before: same answer */
};

/*
 * One use, judged and counted in the change: any number at once never
 * pass a quota or a budget.  ERR_MISSING "promo-unknown".  ERR_CONFLICT:
 * "event-reused", "festival-not-open", "promo-not-running", "promo-hours",
 * "quota-used", "budget-used", "limit-used".  ERR_INVALID:
 * "merchant-not-admitted", "promo-merchant", "promo-venue", "card-unknown",
 * "card-blocked", "promo-card-needed", "promo-purchase".
 */
err	promo_redeem(struct tx *, const struct city *, const struct festival *,
	    const struct redeem_in *, int64_t now, struct redeem_out *) MUST_USE;

struct redeem_void { str event, reason; person_id person; token_id token; };
/*
 * Take it back: quota, budget and the card's limit get it again.  The same
 * event again is the same answer (*again).  ERR_MISSING
 * "redemption-unknown", ERR_CONFLICT "promo-void-already", "festival-frozen".
 */
err	promo_void(struct tx *, const struct festival *, redemption_id, const struct redeem_void *,
	    int64_t now, bool *again) MUST_USE;

struct purchase_gone;
/* A purchase was struck out: what was used with it goes back (core/react.h). */
err	promo_purchase_gone(struct tx *, const struct purchase_gone *) MUST_USE;

#endif
