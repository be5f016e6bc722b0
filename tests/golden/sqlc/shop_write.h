/* Made by tools/sqlc.py: what shop writes. */
#ifndef LARIS_Q_SHOP_WRITE_H
#define LARIS_Q_SHOP_WRITE_H

#include "db/db.h"
#include "core/ids.h"

/* A new shop. "changed" (may be NULL): how many rows. */
err shop_q_add(struct tx *tx, city_id city, int64_t id, str name,
    str secret, const person_id *owner, bool open, const str *motto,
    int64_t *changed) MUST_USE;

/* ERR_MISSING "not-found" when there is none. */
struct shop_sell {
	int64_t amount;
};
err shop_q_sell(struct tx *tx, city_id city, int64_t id, int64_t shop,
    int64_t amount, str note, struct shop_sell *out) MUST_USE;

/* "changed" (may be NULL): how many rows. */
err shop_q_rename(struct tx *tx, city_id city, int64_t id, str name,
    const int64_t *again, int64_t *changed) MUST_USE;

#endif
