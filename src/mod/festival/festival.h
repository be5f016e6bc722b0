/*
 * festival.h - what the rest of Laris may ask of the sale.
 *
 * Layer 3.  A festival goes draft -> inviting -> open -> closed -> frozen
 * -> done; the table in festival.c is the whole truth about that.  Only
 * an open one accepts purchases, and only for days of its own: it goes
 * by its state and its dates, not by the server's calendar.
 */
#ifndef LARIS_FESTIVAL_FESTIVAL_H
#define LARIS_FESTIVAL_FESTIVAL_H

#include "core/req.h"
#include "mod/festival/ids.h"
#include "mod/festival/rule_book.h"

enum festival_state {
	FESTIVAL_DRAFT,		/* being set up, not public		*/
	FESTIVAL_INVITING,	/* public, merchants register		*/
	FESTIVAL_OPEN,		/* purchases count			*/
	FESTIVAL_CLOSED,	/* late notes are refused, voids still possible */
	FESTIVAL_FROZEN,	/* a coupon list is fixed: nothing changes any more */
	FESTIVAL_DONE,		/* reported				*/
	FESTIVAL_STATES
};

enum admission {		/* how a merchant gets in		*/
	ADMISSION_OPEN,		/* registering is enough		*/
	ADMISSION_APPROVAL,	/* the organiser says yes or no, with a reason */
	ADMISSION_CLOSED,	/* only the organiser adds merchants	*/
	ADMISSIONS
};

enum participation_state {
	PARTICIPATION_ASKED, PARTICIPATION_ADMITTED, PARTICIPATION_REFUSED,
	PARTICIPATION_WITHDRAWN,
	PARTICIPATION_WAITING,	/* let in, but its venue is full: in the order of asking */
	PARTICIPATION_STATES
};

enum merchant_size {		/* PP 7/2021 article 35, by yearly sales */
	SIZE_UNKNOWN, SIZE_MICRO, SIZE_SMALL, SIZE_MEDIUM, SIZE_LARGE, SIZES
};

enum channel {			/* how a purchase came in		*/
	CHANNEL_STALL, CHANNEL_POST, CHANNEL_VOUCHER, CHANNEL_IMPORT, CHANNEL_API,
	CHANNEL_OFFLINE, CHANNELS
};

enum slice { SLICE_DAY, SLICE_METHOD, SLICE_VENUE, SLICE_SECTOR, SLICE_HOUR };

extern const struct choice sector_choices[], size_choices[], venue_kind_choices[],
    method_choices[], admission_choices[], counting_choices[], festival_state_choices[],
    participation_choices[], channel_choices[];

struct festival {
	city_id city;
	festival_id id;
	str slug, name;
	enum festival_state state;
	int64_t first_day, last_day;	/* in the city's zone, both included */
	int64_t target;			/* rupiah; 0: none said		*/
	enum admission admission;
	int64_t created, opened, closed;
	struct rules rules;		/* as published at the opening; rules_at() judges */
	int64_t version;		/* the newest; 1: never amended	*/
	const struct rule_version *amended;	/* in order; borrowed	*/
	size_t n_amended;
};

/* By slug or base32 id.  ERR_MISSING "no-such-festival". */
err	festival_find(struct db *, city_id, str which, struct festival *) MUST_USE;
/* {festival} of the path, parameter number i.  A draft is shown to staff only. */
err	festival_of(struct req *, size_t i, struct festival *) MUST_USE;
/* The sale that runs now, else the newest; false: there is none. */
err	festival_now(struct db *, city_id, struct festival *, bool *found) MUST_USE;
/* The foot bar of a sale's public pages; "draw": the draw is current. */
void	festival_public_bar(struct req *, const struct festival *, bool draw);
void	festival_promo_bar(struct req *, const struct festival *);
/* The foot bar of a merchant's own pages, on the day's. */
void	merchant_promo_bar(struct req *);
bool	festival_may_go(enum festival_state from, enum festival_state to);
/* ERR_CONFLICT "festival-step", "festival-raced".  Whoever lets people open one asks
 * setup_ready() first. */
err	festival_move(struct tx *, struct change *, const struct festival *, enum festival_state to,
	    int64_t now) MUST_USE;
/* A new draft.  ERR_CONFLICT "slug-taken", ERR_INVALID as rules_check and "festival-dates". */
err	festival_add(struct tx *, struct festival *, int64_t now) MUST_USE;
/* Change a festival that has not opened ("festival-fixed" afterwards). */
err	festival_change(struct tx *, struct change *, const struct festival *) MUST_USE;

/* What moved when a purchase was recorded: keys for pages (writer.h). */
uint64_t festival_key(city_id,
    festival_id); /* its own row, venues, merchants; id 0: any of the city */
void	festival_touch(struct change *, const struct festival *);	/* NULL change is fine */
uint64_t festival_totals_key(city_id, festival_id);	/* soft		*/

/* ---- merchants ------------------------------------------------------ */

struct merchant {
	merchant_id id;
	int64_t code;		/* 5 digits and a check digit, written on notes */
	str slug, name;
	enum sector sector;
	enum merchant_size size;
	venue_id venue;
	str stall, village, phone;
	int64_t created;
};
/* "12345-7": 5 digits or more and the ISO 7064 check digit of cards. */
int64_t	merchant_code_make(int64_t serial);
bool	merchant_code_parse(str, int64_t *code) MUST_USE;
/* id in base32, or code.  ERR_INVALID "merchant-unknown". */
err	merchant_find(struct db *, city_id, str which, struct merchant *) MUST_USE;
err	merchant_get(struct db *, city_id, merchant_id, struct merchant *) MUST_USE;
/*
 * The merchant of whoever is signed in: its owner, or a helper too.
 * ERR_MISSING "no-such-page"; ERR_DENIED "helper-over", "owner-only".
 */
err	merchant_own(struct req *, bool owner, struct merchant *) MUST_USE;
/*
 * The sale a merchant's own page is about: of ?sale=, else of the cookie "sale",
 * else the only open one, else the newest.  "one": it is in any; "several": in
 * more than one open sale and none was chosen, so that nothing may be guessed.
 */
struct own_sale { bool one, several; size_t open; enum participation_state state; str reason; };
err	own_sale(struct req *, merchant_id, struct own_sale *, struct festival *) MUST_USE;
/* Gives id, code and slug; name needed.  Does not admit. */
err	merchant_add(struct tx *, city_id, struct merchant *, int64_t now) MUST_USE;
/* Name, sector, size, venue, stall, village and phone as given; code and slug stay. */
err	merchant_change(struct tx *, city_id, const struct merchant *) MUST_USE;
/* What both refuse: no name, a NIK in it. */
err	merchant_look(struct arena *, const struct merchant *) MUST_USE;
/* ERR_CONFLICT "registration-over", "registration-closed". */
err	merchant_may_join(struct arena *, const struct festival *, bool by_organiser) MUST_USE;
/*
 * Into the festival as its admission rule says; the organiser's always in.
 * PARTICIPATION_WAITING when its venue is full (merchant_admit.h).
 */
err	merchant_join(struct tx *, struct change *, const struct festival *, merchant_id,
	    bool by_organiser, str by, int64_t now, enum participation_state *) MUST_USE;
/* *to becomes PARTICIPATION_WAITING instead of ADMITTED when the venue is full. */
err	merchant_decide(struct tx *, struct change *, const struct festival *, merchant_id,
	    enum participation_state *to, str reason, str by, int64_t now) MUST_USE;

/* ---- cards ---------------------------------------------------------- */

#define CARD_SECRET	16	/* bytes				*/

struct card {
	card_id id;
	card_id main;		/* 0: alone; its own: of several; else joined to it */
	int64_t number;
	str secret;		/* CARD_SECRET bytes			*/
	str pin, phone;
	bool blocked, digital;
};
/* ERR_INVALID "card-unknown". */
err	card_find(struct db *, const struct festival *, int64_t number, struct card *) MUST_USE;
/* 0 when there is no such card. */
err	card_number_of(struct db *, city_id, card_id, int64_t *number) MUST_USE;
/* Number and secret are made here when secret is empty; pin is a hash or empty. */
err	card_add(struct tx *, const struct festival *, struct card *, int64_t now) MUST_USE;
/*
 * Blank cards in a row, once for each event: sent again, "first" is the
 * same number and nothing is made (*again).  ERR_CONFLICT "event-reused",
 * "festival-not-open".
 */
err	cards_issue(struct tx *, const struct festival *, str event, int64_t count, int64_t now,
	    int64_t *first, bool *again) MUST_USE;
/* "hash" is an argon2id hash. */
err	card_pin_set(struct tx *, const struct festival *, const struct card *, str hash) MUST_USE;
/* The secret of the QR (base32) opens the card; constant time. */
bool	card_secret_ok(const struct card *, str base32);
str	card_secret_text(struct arena *, const struct card *);

#endif
