/* Made by tools/sqlc.py: what shop reads. */
#ifndef LARIS_Q_SHOP_READ_H
#define LARIS_Q_SHOP_READ_H

#include "db/db.h"
#include "core/ids.h"

/* *out is set only when *found. */
struct shop_get {
	int64_t id;
	str name;
	str secret;	/* bytes */
	bool has_owner;
	person_id owner;
	bool open;
	bool has_motto;
	str motto;
};
err shop_q_get(struct db *db, city_id city, int64_t id,
    struct shop_get *out, bool *found) MUST_USE;

/* ERR_MISSING "not-found" when there is none. */
struct shop_title {
	str name;
};
err shop_q_title(struct db *db, city_id city, int64_t id,
    struct shop_title *out) MUST_USE;

/* The rows live in db_arena(). */
struct shop_list {
	int64_t id;
	str name;
	int64_t sales;
	bool has_best;
	int64_t best;
};
err shop_q_list(struct db *db, city_id city, int64_t after,
    int64_t limit, struct shop_list **out, size_t *n_out) MUST_USE;

/* A row's text lives until "row" returns; its error stops. */
struct shop_sales {
	int64_t id;
	str note;
};
err shop_q_sales(struct db *db, city_id city,
    err (*row)(void *ctx, const struct shop_sales *), void *ctx) MUST_USE;

/* The rows live in db_arena(). */
struct shop_region_all {
	str code;
	str name;
};
err shop_q_region_all(struct db *db, struct shop_region_all **out,
    size_t *n_out) MUST_USE;

/* The rows live in db_arena(). */
struct shop_unsold {
	int64_t id;
};
err shop_q_unsold(struct db *db, city_id city, struct shop_unsold **out,
    size_t *n_out) MUST_USE;

#endif
