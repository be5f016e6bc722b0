/*
 * rule.h - how rupiah become coupons.  Pure arithmetic: no database, no
 * web, no clock; the same facts give the same answer for ever.
 *
 * Layer 3.  Every channel (stall, post, voucher, import, API) asks here.
 *
 * A purchase's amount goes through the steps of enum rule_step, in that
 * order, and comes out as "counted" rupiah:
 *
 *  minimum	first, and on the amount paid, so that the note alone
 *		tells a shopper whether it counts.
 *  exclusions	by sector, by merchant: before anything is worked out on
 *		a purchase that counts for nothing.
 *  multipliers	before the caps, because caps bind counted rupiah: were
 *		they after, a cap could be multiplied away.  Each rounds
 *		down to a whole rupiah, in the fixed order venue, method,
 *		hour, day, so that every line can be redone by hand.
 *  caps	from narrow to wide (purchase, merchant, day, person).
 *		Only the least room matters for the sum; this order says
 *		the nearest reason first.
 *  limit	ours, not the city's: one person counts RUPIAH_MAX at
 *		most, so that no sum ever overflows.
 *
 * Coupons follow from counted rupiah.  RULE_PERSON_TOTAL: coupons =
 * floor(sum of counted / unit); what is left over is carried, so that
 * splitting or merging notes changes nothing (draw.md 2; the per-receipt
 * rule of 2017-2022 let people gain by splitting).  RULE_PER_PURCHASE:
 * the sum of floor(counted / unit); what is left over is lost.
 *
 * A void takes the purchase's counted rupiah out of the sums and nothing
 * else: what a cap took from a later purchase is not given back.
 *
 * To add a rule: docs/exercise-rule.md.
 */
#ifndef LARIS_FESTIVAL_RULE_H
#define LARIS_FESTIVAL_RULE_H

#include "base/base.h"

/* Numbers are in the database: add at the end, never renumber. */
enum rule_counting { RULE_PERSON_TOTAL, RULE_PER_PURCHASE, RULE_COUNTINGS };

enum venue_kind {
	VENUE_NONE, VENUE_MARKET, VENUE_MALL, VENUE_STREET, VENUE_CENTRE,
	VENUE_KINDS
};

enum method {
	METHOD_CASH, METHOD_QRIS, METHOD_CARD, METHOD_EMONEY,
	METHOD_TRANSFER, METHOD_OTHER, METHODS
};

enum sector {			/* as the tenants of Solo's sale are named */
	SECTOR_FOOD, SECTOR_FASHION, SECTOR_CRAFT, SECTOR_GROCERY, SECTOR_ELECTRONICS,
	SECTOR_HOTEL, SECTOR_TRANSPORT, SECTOR_AUTOMOTIVE, SECTOR_PROPERTY, SECTOR_BANK,
	SECTOR_SERVICE, SECTOR_OTHER, SECTORS
};

/* What a multiplier looks at, and what its key is.  In the database. */
enum rule_key {
	RULE_KEY_VENUE,		/* enum venue_kind			*/
	RULE_KEY_METHOD,	/* enum method				*/
	RULE_KEY_HOUR,		/* 0-23, city's zone			*/
	RULE_KEY_DAY,		/* days since 1970-01-01, city's zone	*/
	/* Exclusions: always times 0.					*/
	RULE_KEY_SECTOR,	/* enum sector				*/
	RULE_KEY_MERCHANT,	/* a merchant's id			*/
	RULE_KEYS
};

/* Bits of purchase.why: which rules changed something. */
enum rule_step {
	RULE_STEP_MINIMUM	= 1 << 0,
	RULE_STEP_VENUE		= 1 << 1,
	RULE_STEP_METHOD	= 1 << 2,
	RULE_STEP_HOUR		= 1 << 3,
	RULE_STEP_DAY		= 1 << 4,
	RULE_STEP_CAP_PURCHASE	= 1 << 5,
	RULE_STEP_CAP_MERCHANT	= 1 << 6,
	RULE_STEP_CAP_DAY	= 1 << 7,
	RULE_STEP_CAP_PERSON	= 1 << 8,
	RULE_STEP_LIMIT		= 1 << 9,
	/* From rupiah to coupons: */
	RULE_STEP_CARRIED	= 1 << 10, /* earlier rupiah helped to one more coupon */
	RULE_STEP_LEFT		= 1 << 11, /* per purchase: less than a unit was lost */
	RULE_STEP_SECTOR	= 1 << 12, /* excluded: see the order above	*/
	RULE_STEP_MERCHANT	= 1 << 13,
	RULE_STEP_MULTIPLIER	= RULE_STEP_VENUE | RULE_STEP_METHOD
				| RULE_STEP_HOUR | RULE_STEP_DAY
};
enum { RULE_STEPS = 14 };	/* bits above				*/

enum { RULE_MULTIPLIERS_MAX = 64, RULE_PERMILLE_MAX = 10000, RULE_LABEL_MAX = 120,
	RULES_TEXT_MAX = 32000 };

struct rule_multiplier {
	enum rule_key kind;
	int64_t key;
	int64_t permille;	/* 0-10000; 1500: one and a half times; 0: does not count */
	str label;		/* of a merchant: its name then, part of the rule; else empty */
};

struct rules {			/* one festival's; borrowed multipliers	*/
	int64_t unit;		/* rupiah for one coupon, > 0		*/
	enum rule_counting counting;
	int64_t minimum;	/* paid; smaller purchases count 0; 0: none */
	/* Counted rupiah at most; 0: no cap.				*/
	int64_t cap_purchase;
	int64_t cap_merchant;	/* one person at one merchant		*/
	int64_t cap_day;	/* one person on one day		*/
	int64_t cap_person;	/* one person in all			*/
	const struct rule_multiplier *multiplier;
	size_t n_multiplier;
};

/* A purchase, and where its person stood before it.  Sums are counted
 * rupiah of valid purchases, 0 to RUPIAH_MAX. */
struct rule_facts {
	int64_t amount;		/* paid, 0 to RUPIAH_MAX		*/
	enum method method;
	enum venue_kind venue;
	enum sector sector;
	int64_t merchant;	/* its id				*/
	int64_t day;		/* of the purchase, city's zone		*/
	int hour;		/* 0-23, city's zone			*/
	int64_t counted;	/* in all				*/
	int64_t counted_merchant; /* needed where cap_merchant is set	*/
	int64_t counted_day;	/* needed where cap_day is set		*/
	int64_t coupons;	/* the person has; used per purchase only */
};

/* One rule that changed something: a line of an explanation. */
struct rule_said {
	enum rule_step step;
	int64_t before, after;	/* counted rupiah; coupons for _CARRIED	*/
	int64_t number;		/* the minimum, permille, cap, limit; rupiah carried or left */
};

struct rule_result {
	int64_t counted;	/* of this purchase			*/
	int64_t points;		/* coupons it brought			*/
	int64_t coupons;	/* the person's after it		*/
	int64_t carried;	/* rupiah on the way to the next coupon	*/
	unsigned why;		/* bits of enum rule_step		*/
	struct rule_said said[2 * RULE_STEPS];	/* in order	*/
	size_t n_said;
};

/*
 * ERR_INVALID with the field, and a code a refusal: "rule-unit",
 * "rule-counting", "rule-minimum", "rule-cap" {1} the cap's name,
 * "rule-cap-unit" (no coupon could ever be had), "rule-multiplier-many",
 * "-kind", "-key", "-permille", "-twice" (same kind and key); "rule-exclusion"
 * (a factor, or a merchant without its name).
 */
err	rules_check(struct arena *, const struct rules *) MUST_USE;

/* The rules passed rules_check; facts out of range are our fault: panic. */
void	rule_apply(const struct rules *, const struct rule_facts *, struct rule_result *);

/* Coupons of a person whose valid purchases count "counted" in all.
 * For RULE_PERSON_TOTAL only: per purchase the total does not tell. */
int64_t	rule_total_coupons(const struct rules *, int64_t counted);
/* Of a person with several cards, who counted "counted" in all, "over" of it beyond
 * the caps: what counts, at most the cap of one person. */
int64_t	rule_person_counts(const struct rules *, int64_t counted, int64_t over);
/* Coupons once a purchase is void: "counted" is the total without it,
 * "coupons" what the person had with it, "points" what it had brought. */
int64_t	rule_void_coupons(const struct rules *, int64_t counted, int64_t coupons, int64_t points);

/* "minimum", "cap-merchant" ...: of one bit; key of its text. */
const char *rule_step_name(enum rule_step);

/*
 * The rules in words: rules.txt of a draw's bundle, and what is logged
 * before a sale opens.  Canonical: the same rules give the same bytes
 * in whichever order the multipliers come, lines end in LF, no dates of
 * making.  The sentences live in rule.c, not in the catalogue,
 * because this is a document format: a translator must not change it.
 */
void	rules_text(struct buf *, const struct rules *, enum lang);
/* Its sentences alone, for people: one a line, without the "- " and without our own limit. */
void	rules_words(struct arena *, const struct rules *, enum lang, str **v, size_t *n);
/* The sentence of one multiplier or exclusion, without "- " and LF. */
void	rule_put_multiplier(struct buf *, const struct rule_multiplier *, enum lang);
/* Does it look at this purchase, in that step? */
bool	rule_multiplier_is(const struct rule_multiplier *, const struct rule_facts *,
	    enum rule_step);
/* The sentence of the rule behind one step of rule_apply(); empty where it has none. */
str	rule_step_words(struct arena *, const struct rules *, const struct rule_facts *,
	    enum rule_step, enum lang);
/* "1,5", "1.5", "2x", "2 kali", "0": permille.  False for anything else, or over 10. */
bool	rule_permille_parse(str, int64_t *permille) MUST_USE;
str	rule_permille_text(struct arena *, int64_t permille, enum lang);	/* "1,5" */

#endif
