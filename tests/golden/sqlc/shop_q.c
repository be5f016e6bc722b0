/* Made by tools/sqlc.py from shop's statements. */
#include "shop_read.h"
#include "shop_write.h"

err shop_q_add(struct tx *tx, city_id city, int64_t id, str name,
    str secret, const person_id *owner, bool open, const str *motto,
    int64_t *changed)
{
	static const struct db_query q_ = { "shop.add",
	    "INSERT INTO shop (city, id, name, secret, owner, open, motto)\n"
	    "VALUES (?1, ?2, ?3, ?4,\n"
	    "        ?5, ?6, ?7)",
	    "INSERT INTO shop (city, id, name, secret, owner, open, motto)\n"
	    "VALUES ($1::bigint, $2::bigint, $3::text, $4::bytea,\n"
	    "        $5::bigint, $6::bigint, $7::text)" };
	struct db *db = tx->db;
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;

	TRY(db_run(db, &q_, &s_));
	db_bind_int(s_, 1, city.v);
	db_bind_int(s_, 2, id);
	db_bind_text(s_, 3, name);
	db_bind_bytes(s_, 4, secret);
	if (owner)
		db_bind_int(s_, 5, (*owner).v);
	else
		db_bind_null(s_, 5);
	db_bind_int(s_, 6, open);
	if (motto)
		db_bind_text(s_, 7, (*motto));
	else
		db_bind_null(s_, 7);
	TRY(db_next(s_, &more_));
	CHECK(!more_);
	if (changed)
		*changed = db_changed(s_);
	return NULL;
}

err shop_q_get(struct db *db, city_id city, int64_t id,
    struct shop_get *out, bool *found)
{
	static const struct db_query q_ = { "shop.get",
	    "SELECT id, name, secret, owner, open, motto FROM shop\n"
	    " WHERE city = ?1 AND id = ?2",
	    "SELECT id, name, secret, owner, open, motto FROM shop\n"
	    " WHERE city = $1::bigint AND id = $2::bigint" };
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;

	TRY(db_run(db, &q_, &s_));
	db_bind_int(s_, 1, city.v);
	db_bind_int(s_, 2, id);
	TRY(db_next(s_, &more_));
	*found = more_;
	if (!more_)
		return NULL;
	*out = (struct shop_get){
		.id = db_int(s_, 0),
		.name = db_text(s_, 1),
		.secret = db_bytes(s_, 2),
		.has_owner = !db_is_null(s_, 3),
		.owner = { db_int(s_, 3) },
		.open = db_int(s_, 4) != 0,
		.has_motto = !db_is_null(s_, 5),
		.motto = db_text(s_, 5),
	};
	TRY(db_next(s_, &more_));
	CHECK(!more_);
	return NULL;
}

err shop_q_title(struct db *db, city_id city, int64_t id,
    struct shop_title *out)
{
	static const struct db_query q_ = { "shop.title",
	    "SELECT name FROM shop WHERE city = ?1 AND id = ?2",
	    "SELECT name FROM shop WHERE city = $1::bigint AND id = $2::bigint" };
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;

	TRY(db_run(db, &q_, &s_));
	db_bind_int(s_, 1, city.v);
	db_bind_int(s_, 2, id);
	TRY(db_next(s_, &more_));
	if (!more_)
		return db_no_row(db, &q_);
	*out = (struct shop_title){
		.name = db_text(s_, 0),
	};
	TRY(db_next(s_, &more_));
	CHECK(!more_);
	return NULL;
}

err shop_q_list(struct db *db, city_id city, int64_t after,
    int64_t limit, struct shop_list **out, size_t *n_out)
{
	static const struct db_query q_ = { "shop.list",
	    "SELECT s.id, s.name, CAST(coalesce(sum(x.amount), 0) AS bigint) AS sales,\n"
	    "       max(x.amount) AS best\n"
	    "  FROM shop s LEFT JOIN sale x ON x.city = s.city AND x.shop = s.id\n"
	    " WHERE s.city = ?1 AND s.id > ?2 AND s.name <> 'it''s; :not'\n"
	    " GROUP BY s.id, s.name ORDER BY s.id LIMIT ?3",
	    "SELECT s.id, s.name, CAST(coalesce(sum(x.amount), 0) AS bigint) AS sales,\n"
	    "       max(x.amount) AS best\n"
	    "  FROM shop s LEFT JOIN sale x ON x.city = s.city AND x.shop = s.id\n"
	    " WHERE s.city = $1::bigint AND s.id > $2::bigint AND s.name <> 'it''s; :not'\n"
	    " GROUP BY s.id, s.name ORDER BY s.id LIMIT $3::bigint" };
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;
	VEC(struct shop_list) rows_ = { 0 };

	TRY(db_run(db, &q_, &s_));
	db_bind_int(s_, 1, city.v);
	db_bind_int(s_, 2, after);
	db_bind_int(s_, 3, limit);
	for (;;) {
		TRY(db_next(s_, &more_));
		if (!more_)
			break;
		const struct shop_list r_ = (struct shop_list){
			.id = db_int(s_, 0),
			.name = db_text(s_, 1),
			.sales = db_int(s_, 2),
			.has_best = !db_is_null(s_, 3),
			.best = db_int(s_, 3),
		};
		*VEC_ADD(db_arena(db), &rows_) = r_;
	}
	*out = rows_.v;
	*n_out = rows_.n;
	return NULL;
}

err shop_q_sales(struct db *db, city_id city,
    err (*row)(void *ctx, const struct shop_sales *), void *ctx)
{
	static const struct db_query q_ = { "shop.sales",
	    "SELECT id, note FROM sale WHERE city = ?1 ORDER BY id",
	    "SELECT id, note FROM sale WHERE city = $1::bigint ORDER BY id" };
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;

	TRY(db_run(db, &q_, &s_));
	db_bind_int(s_, 1, city.v);
	for (;;) {
		TRY(db_next(s_, &more_));
		if (!more_)
			break;
		const struct shop_sales r_ = (struct shop_sales){
			.id = db_int(s_, 0),
			.note = db_text_lent(s_, 1),
		};
		TRY(row(ctx, &r_));
	}
	return NULL;
}

err shop_q_sell(struct tx *tx, city_id city, int64_t id, int64_t shop,
    int64_t amount, str note, struct shop_sell *out)
{
	static const struct db_query q_ = { "shop.sell",
	    "INSERT INTO sale (city, id, shop, amount, note)\n"
	    "VALUES (?1, ?2, ?3,\n"
	    "        ?4, ?5)\n"
	    "ON CONFLICT (city, id) DO UPDATE SET amount = sale.amount + excluded.amount\n"
	    "RETURNING amount",
	    "INSERT INTO sale (city, id, shop, amount, note)\n"
	    "VALUES ($1::bigint, $2::bigint, $3::bigint,\n"
	    "        $4::bigint, $5::text)\n"
	    "ON CONFLICT (city, id) DO UPDATE SET amount = sale.amount + excluded.amount\n"
	    "RETURNING amount" };
	struct db *db = tx->db;
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;

	TRY(db_run(db, &q_, &s_));
	db_bind_int(s_, 1, city.v);
	db_bind_int(s_, 2, id);
	db_bind_int(s_, 3, shop);
	db_bind_int(s_, 4, amount);
	db_bind_text(s_, 5, note);
	TRY(db_next(s_, &more_));
	if (!more_)
		return db_no_row(db, &q_);
	*out = (struct shop_sell){
		.amount = db_int(s_, 0),
	};
	TRY(db_next(s_, &more_));
	CHECK(!more_);
	return NULL;
}

err shop_q_rename(struct tx *tx, city_id city, int64_t id, str name,
    const int64_t *again, int64_t *changed)
{
	static const struct db_query q_ = { "shop.rename",
	    "UPDATE shop SET name = ?3\n"
	    " WHERE city = ?1 AND id = coalesce(?4, ?2)",
	    "UPDATE shop SET name = $3::text\n"
	    " WHERE city = $1::bigint AND id = coalesce($4::bigint, $2::bigint)" };
	struct db *db = tx->db;
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;

	TRY(db_run(db, &q_, &s_));
	db_bind_int(s_, 1, city.v);
	db_bind_int(s_, 2, id);
	db_bind_text(s_, 3, name);
	if (again)
		db_bind_int(s_, 4, (*again));
	else
		db_bind_null(s_, 4);
	TRY(db_next(s_, &more_));
	CHECK(!more_);
	if (changed)
		*changed = db_changed(s_);
	return NULL;
}

err shop_q_region_all(struct db *db, struct shop_region_all **out,
    size_t *n_out)
{
	static const struct db_query q_ = { "shop.region_all",
	    "SELECT code, name FROM region ORDER BY code",
	    "SELECT code, name FROM region ORDER BY code" };
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;
	VEC(struct shop_region_all) rows_ = { 0 };

	TRY(db_run(db, &q_, &s_));
	for (;;) {
		TRY(db_next(s_, &more_));
		if (!more_)
			break;
		const struct shop_region_all r_ = (struct shop_region_all){
			.code = db_text(s_, 0),
			.name = db_text(s_, 1),
		};
		*VEC_ADD(db_arena(db), &rows_) = r_;
	}
	*out = rows_.v;
	*n_out = rows_.n;
	return NULL;
}

err shop_q_unsold(struct db *db, city_id city, struct shop_unsold **out,
    size_t *n_out)
{
	static const struct db_query q_ = { "shop.unsold",
	    "WITH sold AS (SELECT DISTINCT shop FROM sale WHERE city = ?1)\n"
	    "SELECT id FROM shop WHERE city = ?1 AND id NOT IN (SELECT shop FROM sold)\n"
	    " ORDER BY id",
	    "WITH sold AS (SELECT DISTINCT shop FROM sale WHERE city = $1::bigint)\n"
	    "SELECT id FROM shop WHERE city = $1::bigint AND id NOT IN (SELECT shop FROM sold)\n"
	    " ORDER BY id" };
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;
	VEC(struct shop_unsold) rows_ = { 0 };

	TRY(db_run(db, &q_, &s_));
	db_bind_int(s_, 1, city.v);
	for (;;) {
		TRY(db_next(s_, &more_));
		if (!more_)
			break;
		const struct shop_unsold r_ = (struct shop_unsold){
			.id = db_int(s_, 0),
		};
		*VEC_ADD(db_arena(db), &rows_) = r_;
	}
	*out = rows_.v;
	*n_out = rows_.n;
	return NULL;
}
