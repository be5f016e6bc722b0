/* Made by tools/sqlc.py from shop's statements. */
#include "shop_read.h"
#include "shop_write.h"
#include <string.h>

err shop_q_add(struct tx *tx, city_id city, int64_t id, str name,
    str secret, const person_id *owner, bool open, const str *motto,
    int64_t *changed)
{
	static const struct db_query q_ = { .name = "shop.add",
	    .sqlite = "INSERT INTO shop (city, id, name, secret, owner, open, motto)\n"
	    "VALUES (?1, ?2, ?3, ?4,\n"
	    "        ?5, ?6, ?7)",
	    .postgres = "INSERT INTO shop (city, id, name, secret, owner, open, motto)\n"
	    "VALUES ($1::bigint, $2::bigint, $3::text, $4::bytea,\n"
	    "        $5::bigint, $6::bigint, $7::text)", .writes = 511 };
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

static const struct db_query query_get = { .name = "shop.get",
    .sqlite = "SELECT id, name, secret, owner, open, motto FROM shop\n"
    " WHERE city = ?1 AND id = ?2",
    .postgres = "SELECT id, name, secret, owner, open, motto FROM shop\n"
    " WHERE city = $1::bigint AND id = $2::bigint", .reads = { 511 } };

static err read_get(struct db *db, city_id city, int64_t id,
    struct shop_get *out, bool *found)
{
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;

	TRY(db_run(db, &query_get, &s_));
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

static void texts_get(struct arena *a, struct shop_get *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		v[i].name = arena_str(a, v[i].name);
		v[i].secret = arena_str(a, v[i].secret);
		v[i].motto = arena_str(a, v[i].motto);
	}
}

err shop_q_get(struct db *db, city_id city, int64_t id,
    struct shop_get *out, bool *found)
{
	const struct db_key key_ = { .num = { city.v, id } };
	struct db_kept *place_;
	struct arena *texts_;
	size_t n_;

	if (db_kept_find(db, &query_get, &key_, &place_)) {
		const void *rows_ = db_kept_rows(place_, &n_);
		*found = n_ > 0;
		if (n_)
			*out = *(const struct shop_get *)rows_;
		texts_get(db_arena(db), out, n_);
		return NULL;
	}
	TRY(read_get(db, city, id, out, found));
	if (!place_)
		return NULL;
	struct shop_get *kept_ = db_kept_put(db, place_, &query_get, &key_, out,
	    *found ? 1 : 0, sizeof *kept_, &texts_);
	texts_get(texts_, kept_, *found ? 1 : 0);
	return NULL;
}

err shop_q_title(struct db *db, city_id city, int64_t id,
    struct shop_title *out)
{
	static const struct db_query q_ = { .name = "shop.title",
	    .sqlite = "SELECT name FROM shop WHERE city = ?1 AND id = ?2",
	    .postgres = "SELECT name FROM shop WHERE city = $1::bigint AND id = $2::bigint" };
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

static const struct db_query query_list = { .name = "shop.list",
    .sqlite = "SELECT s.id, s.name, CAST(coalesce(sum(x.amount), 0) AS bigint) AS sales,\n"
    "       max(x.amount) AS best\n"
    "  FROM shop s LEFT JOIN sale x ON x.city = s.city AND x.shop = s.id\n"
    " WHERE s.city = ?1 AND s.id > ?2 AND s.name <> 'it''s; :not'\n"
    " GROUP BY s.id, s.name ORDER BY s.id LIMIT ?3",
    .postgres = "SELECT s.id, s.name, CAST(coalesce(sum(x.amount), 0) AS bigint) AS sales,\n"
    "       max(x.amount) AS best\n"
    "  FROM shop s LEFT JOIN sale x ON x.city = s.city AND x.shop = s.id\n"
    " WHERE s.city = $1::bigint AND s.id > $2::bigint AND s.name <> 'it''s; :not'\n"
    " GROUP BY s.id, s.name ORDER BY s.id LIMIT $3::bigint", .reads = { 334, 511 } };

static err read_list(struct db *db, city_id city, int64_t after,
    int64_t limit, struct shop_list **out, size_t *n_out)
{
	CLEANUP(db_done) struct db_stmt *s_ = NULL;
	bool more_;
	VEC(struct shop_list) rows_ = { 0 };

	TRY(db_run(db, &query_list, &s_));
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

static void texts_list(struct arena *a, struct shop_list *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		v[i].name = arena_str(a, v[i].name);
	}
}

err shop_q_list(struct db *db, city_id city, int64_t after,
    int64_t limit, struct shop_list **out, size_t *n_out)
{
	const struct db_key key_ = { .num = { city.v, after, limit } };
	struct db_kept *place_;
	struct arena *texts_;
	size_t n_;

	if (db_kept_find(db, &query_list, &key_, &place_)) {
		const void *rows_ = db_kept_rows(place_, &n_);
		*out = NEWN(db_arena(db), struct shop_list, n_);
		*n_out = n_;
		memcpy(*out, rows_, n_ * sizeof **out);
		texts_list(db_arena(db), *out, n_);
		return NULL;
	}
	TRY(read_list(db, city, after, limit, out, n_out));
	if (!place_)
		return NULL;
	struct shop_list *kept_ = db_kept_put(db, place_, &query_list, &key_, *out,
	    *n_out, sizeof *kept_, &texts_);
	texts_list(texts_, kept_, *n_out);
	return NULL;
}

err shop_q_sales(struct db *db, city_id city,
    err (*row)(void *ctx, const struct shop_sales *), void *ctx)
{
	static const struct db_query q_ = { .name = "shop.sales",
	    .sqlite = "SELECT id, note FROM sale WHERE city = ?1 ORDER BY id",
	    .postgres = "SELECT id, note FROM sale WHERE city = $1::bigint ORDER BY id" };
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
	static const struct db_query q_ = { .name = "shop.sell",
	    .sqlite = "INSERT INTO sale (city, id, shop, amount, note)\n"
	    "VALUES (?1, ?2, ?3,\n"
	    "        ?4, ?5)\n"
	    "ON CONFLICT (city, id) DO UPDATE SET amount = sale.amount + excluded.amount\n"
	    "RETURNING amount",
	    .postgres = "INSERT INTO sale (city, id, shop, amount, note)\n"
	    "VALUES ($1::bigint, $2::bigint, $3::bigint,\n"
	    "        $4::bigint, $5::text)\n"
	    "ON CONFLICT (city, id) DO UPDATE SET amount = sale.amount + excluded.amount\n"
	    "RETURNING amount", .writes = 334 };
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
	static const struct db_query q_ = { .name = "shop.rename",
	    .sqlite = "UPDATE shop SET name = ?3\n"
	    " WHERE city = ?1 AND id = coalesce(?4, ?2)",
	    .postgres = "UPDATE shop SET name = $3::text\n"
	    " WHERE city = $1::bigint AND id = coalesce($4::bigint, $2::bigint)", .writes = 511 };
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
	static const struct db_query q_ = { .name = "shop.region_all",
	    .sqlite = "SELECT code, name FROM region ORDER BY code",
	    .postgres = "SELECT code, name FROM region ORDER BY code" };
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
	static const struct db_query q_ = { .name = "shop.unsold",
	    .sqlite = "WITH sold AS (SELECT DISTINCT shop FROM sale WHERE city = ?1)\n"
	    "SELECT id FROM shop WHERE city = ?1 AND id NOT IN (SELECT shop FROM sold)\n"
	    " ORDER BY id",
	    .postgres = "WITH sold AS (SELECT DISTINCT shop FROM sale WHERE city = $1::bigint)\n"
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
