/* append.c - what is entered, inside the transaction of the row it speaks of. */
#include "core/later.h"
#include "core/setting.h"
#include "ledger_read.h"
#include "ledger_write.h"
#include "log/tile.h"
#include "mod/ledger/cosign.h"
#include <string.h>

/* The host of "https://laris.example/x", without its port. */
static str host_of(str url)
{
	size_t at = str_find(url, S("://"));

	if (at < url.n)
		url = str_sub(url, at + 3, url.n);
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] == '/' || url.p[i] == ':')
			return str_sub(url, 0, i);
	return url;
}

err ledger_origin(struct db *db, city_id city, str *origin)
{
	struct ledger_head head;
	struct city c;
	bool found;
	str url;

	TRY(ledger_q_head(db, city, &head, &found));
	*origin = head.origin;
	if (found)
		return NULL;
	TRY(city_get(db, city, &c));
	TRY(setting_text(db, city, "base-url", &url));
	str host = url.n ? host_of(url) : S("localhost");
	*origin = arena_printf(db_arena(db), "laris/%.*s@%.*s", SV(c.slug), SV(host));
	return NULL;
}

static err begin(struct tx *tx, city_id city)
{
	str origin;

	TRY(ledger_origin(tx->db, city, &origin));
	return ledger_q_begin(tx, city, origin, NULL);
}

static err size_sum(struct tx *tx, const struct tx_sum *x)
{
	return ledger_q_size_add(tx, (city_id){ x->key[0] }, x->add[0], NULL);
}

static err next_number(struct tx *tx, struct change *change, city_id city, int64_t *number)
{
	struct tx_sum sum = { .write = size_sum, .key = { city.v }, .add = { 1 } };
	struct ledger_head head = { 0 };
	bool found;

	if (!tx_waiting_base(change, &sum, &sum.base)) {
		TRY(ledger_q_head(tx->db, city, &head, &found));
		if (!found)
			TRY(begin(tx, city));
		sum.base = head.size;
	}
	*number = sum.base + tx_waiting(change, &sum, 0);
	return tx_add(tx, change, &sum);
}

/* The root of a full tile of 256 hashes, which are written over. */
static void tile_root(struct hash v[TILE_WIDTH], struct hash *root)
{
	struct merkle_range r = { 0 };

	merkle_add_all(&r, v, TILE_WIDTH);
	merkle_root(&r, root);
}

static err leaves_root(struct tx *tx, city_id city, int64_t tile, struct hash *root)
{
	struct ledger_entries *e;
	struct hash v[TILE_WIDTH];
	size_t n;

	TRY(ledger_q_entries(tx->db, city, tile * TILE_WIDTH, TILE_WIDTH, &e, &n));
	CHECK(n == TILE_WIDTH);
	for (size_t i = 0; i < n; i++)
		merkle_leaf(&v[i], e[i].data);
	tile_root(v, root);
	return NULL;
}

static err nodes_root(struct tx *tx, city_id city, int64_t level, int64_t tile, struct hash *root)
{
	struct ledger_nodes *e;
	struct hash v[TILE_WIDTH];
	size_t n;

	TRY(ledger_q_nodes(tx->db, city, level, tile * TILE_WIDTH, TILE_WIDTH, &e, &n));
	CHECK(n == TILE_WIDTH);
	for (size_t i = 0; i < n; i++)
		CHECK(hash_take(&v[i], e[i].hash));
	tile_root(v, root);
	return NULL;
}

/* The entry "number" may have filled a tile, and that one of the level above ... */
static err fill(struct tx *tx, city_id city, int64_t number)
{
	struct hash root;

	for (int64_t level = 1; number % TILE_WIDTH == TILE_WIDTH - 1; level++) {
		number /= TILE_WIDTH;
		if (level == 1)
			TRY(leaves_root(tx, city, number, &root));
		else
			TRY(nodes_root(tx, city, level - 1, number, &root));
		TRY(ledger_q_node_add(tx, city, level, number,
		    (str){ (const char *)root.b, sizeof root.b }, NULL));
	}
	return NULL;
}

uint64_t ledger_key(city_id city)
{
	return stamp_key("ledger", city.v, 0);
}

err ledger_append(struct tx *tx, struct change *change, city_id city, const struct ledger_new *in,
    int64_t *number)
{
	if (!in->data.n || in->data.n > ENTRY_BYTES)
		return ERR(db_arena(tx->db), ERR_INVALID, "ledger-long");
	TRY(next_number(tx, change, city, number));
	TRY(ledger_q_entry_add(tx, city, *number, (int64_t)in->kind, in->subject, in->data,
	    in->salt, NULL));
	if (change)
		tx_touch(change, ledger_key(city));
	/* Its round is near: the witnesses are asked at once. */
	if (in->kind == LEDGER_FREEZE)
		TRY(later_once(tx, change, city, COSIGN_JOB, 0));
	return fill(tx, city, *number);
}

/* ---- commitments ---------------------------------------------------------- */

void ledger_commitment(struct hash *h, str line, str salt)
{
	char hex[64];

	CHECK(salt.n == 32);
	hex_put(hex, salt.p, 32);
	sha256_pieces(h, (struct sha256_piece[]){ { "laris-pc/v1\n", 12 }, { line.p, line.n },
	    { "\n", 1 }, { hex, sizeof hex }, { "\n", 1 } }, 5);
}

void ledger_commit(struct ledger_secret *s, str line)
{
	rand_bytes(s->salt, sizeof s->salt);
	ledger_commitment(&s->commitment, line, (str){ (const char *)s->salt, sizeof s->salt });
}

void ledger_put_utc(struct buf *b, int64_t at)
{
	int64_t day = at / DAY - (at % DAY < 0), us = at - day * DAY;

	time_put_iso_day(b, day);
	buf_char(b, 'T');
	buf_digits(b, us / HOUR, 2);
	buf_char(b, ':');
	buf_digits(b, us / MINUTE % 60, 2);
	buf_char(b, ':');
	buf_digits(b, us / SECOND % 60, 2);
	buf_char(b, '.');
	buf_digits(b, us % SECOND, 6);
	buf_char(b, 'Z');
}

void ledger_put_hour(struct buf *b, int64_t at)
{
	int64_t day = at / DAY - (at % DAY < 0);

	buf_str(b, S("hour "));
	time_put_iso_day(b, day);
	buf_char(b, 'T');
	buf_digits(b, (at - day * DAY) / HOUR, 2);
	buf_str(b, S("Z\n"));
}
