/*
 * purchase_log.h - what the public log says of a purchase, and who can read it.
 *
 * Layer 3.  The log holds a commitment to a line of tab-separated fields:
 *
 *	laris-purchase-line/v1  id  sale  merchant  card or -  rupiah  method
 *	moment (UTC)  counted rupiah  coupons  event  note
 *
 * What changes later (claimed, paid another way) is a correction that
 * names the first entry; its line is the purchase as it then stands.
 */
#ifndef LARIS_FESTIVAL_PURCHASE_LOG_H
#define LARIS_FESTIVAL_PURCHASE_LOG_H

#include "mod/festival/purchase.h"

/* Of a card that is there; 0 for none. */
err	card_number(struct db *, city_id, card_id, int64_t *number) MUST_USE;

struct purchase_said {		/* a purchase, as the line says it	*/
	purchase_id id;
	merchant_id merchant;
	int64_t card;		/* number; 0: nobody's yet		*/
	int64_t amount, counted, points, at;
	enum method method;
	str event, note;
};
str	purchase_line(struct arena *, const struct festival *, const struct purchase_said *);

/* Its entry: the first, or a correction of entry "first" (-1: none yet). */
err	purchase_entry(struct tx *, struct change *, const struct festival *,
	    const struct purchase_said *, int64_t now, int64_t first, int64_t *number) MUST_USE;
err	purchase_entry_void(struct tx *, struct change *, const struct festival *, purchase_id,
	    int64_t now, int64_t first, int64_t *number) MUST_USE;

/* What opens a purchase's entry, for who may see it: the line, and the salt in hex. */
struct purchase_receipt { int64_t number; str line, salt, commitment; bool erased; };
err	purchase_receipt(struct db *, const struct festival *, purchase_id,
	    struct purchase_receipt *) MUST_USE;

/* "ledger-purchases": each purchase is in the log as it stands, each void too. */
err	purchase_log_check(struct db *, struct buf *broken) MUST_USE;

#endif
