/*
 * store.h - the QRIS a merchant uses, and one that waits for its yes.
 *
 * Layer 3.  What is pasted or scanned is kept as "asked" until the merchant
 * has seen the name in it and said yes; the one in use stays until then.
 * Payload and NMID are for the merchant and the organiser only.
 */
#ifndef LARIS_QRIS_STORE_H
#define LARIS_QRIS_STORE_H

#include "core/req.h"
#include "mod/festival/ids.h"

struct qris_kept { str payload, asked; int64_t changed; };	/* empty: none */

err	qris_kept_get(struct db *, city_id, merchant_id, struct qris_kept *) MUST_USE;
/* ERR_INVALID as qris_read, and "qris-once": one payment's, no sticker. */
err	qris_ask(struct tx *, city_id, merchant_id, str payload, person_id, int64_t now) MUST_USE;
/* "seen": the payload that was shown.  ERR_CONFLICT "qris-not-asked". */
err	qris_use(struct tx *, city_id, merchant_id, str seen, person_id, int64_t now) MUST_USE;
err	qris_forget_asked(struct tx *, city_id, merchant_id, person_id, int64_t now) MUST_USE;
err	qris_forget(struct tx *, city_id, merchant_id) MUST_USE;

/* laris check: each one in use can be read. */
err	qris_check_stored(struct db *, struct buf *broken);

#endif
