/* tree.c - the log's tree, tiles and proofs, made from its rows. */
#include "ledger_read.h"
#include "log/proof.h"
#include "log/tile.h"
#include "mod/ledger/key.h"
#include "mod/ledger/ledger.h"

err ledger_size(struct db *db, city_id city, int64_t *size)
{
	struct ledger_tree t;

	TRY(ledger_tree(db, city, &t));
	*size = t.size;
	return NULL;
}

err ledger_get(struct db *db, city_id city, int64_t number, struct ledger_entry *e)
{
	struct ledger_row row;
	bool found;

	TRY(ledger_q_row(db, city, number, &row, &found));
	if (!found)
		return ERR(db_arena(db), ERR_MISSING, "ledger-none");
	*e = (struct ledger_entry){ (enum ledger_kind)row.kind, row.subject, row.data, row.salt };
	return NULL;
}

err ledger_tree(struct db *db, city_id city, struct ledger_tree *t)
{
	struct ledger_head head = { 0 };
	bool found;

	TRY(ledger_q_head(db, city, &head, &found));
	*t = (struct ledger_tree){ db, city, head.size, head.origin };
	return NULL;
}

/* ---- tiles ------------------------------------------------------------------ */

/* The rows say less than the head: somebody took some away. */
static err torn(struct ledger_tree *t, const struct tile *tile)
{
	return ERR(db_arena(t->db), ERR_INTERNAL, "ledger-torn",
	    .arg = { tile_path(db_arena(t->db), *tile) });
}

static err leaves(struct ledger_tree *t, const struct tile *tile, str *bytes)
{
	struct ledger_entries *e;
	struct buf b = BUF(db_arena(t->db), TILE_WIDTH * (ENTRY_BYTES + 2));
	struct hash h;
	size_t n;

	TRY(ledger_q_entries(t->db, t->city, (int64_t)tile->index * TILE_WIDTH, tile->width,
	    &e, &n));
	if (n != tile->width)
		return torn(t, tile);
	for (size_t i = 0; i < n; i++)
		if (tile->level == TILE_ENTRIES) {
			entry_put(&b, e[i].data);
		} else {
			merkle_leaf(&h, e[i].data);
			buf_put(&b, (const char *)h.b, sizeof h.b);
		}
	*bytes = buf_done(&b);
	return NULL;
}

err ledger_tile(struct ledger_tree *t, const struct tile *tile, str *bytes)
{
	struct buf b = BUF(db_arena(t->db), TILE_BYTES);
	struct ledger_nodes *v;
	size_t n;

	if (tile->level <= 0)
		return leaves(t, tile, bytes);
	TRY(ledger_q_nodes(t->db, t->city, tile->level, (int64_t)tile->index * TILE_WIDTH,
	    tile->width, &v, &n));
	if (n != tile->width)
		return torn(t, tile);
	for (size_t i = 0; i < n; i++)
		buf_str(&b, v[i].hash);
	*bytes = buf_done(&b);
	return NULL;
}

static err read_tile(void *ctx, struct tile tile, str *bytes)
{
	return ledger_tile(ctx, &tile, bytes);
}

#define TREE_OF(t)	((struct tile_tree){ .a = db_arena((t)->db), .size = (uint64_t)(t)->size, \
	.read = read_tile, .ctx = (t) })

err ledger_root(struct ledger_tree *t, struct hash *root)
{
	struct tile_tree tiles = TREE_OF(t);
	struct merkle_nodes nodes = tile_nodes(&tiles);

	return merkle_root_of(&nodes, tiles.size, root);
}

err ledger_inclusion(struct ledger_tree *t, int64_t number, struct merkle_proof *p)
{
	struct tile_tree tiles = TREE_OF(t);
	struct merkle_nodes nodes = tile_nodes(&tiles);

	if (number < 0 || number >= t->size)
		return ERR(db_arena(t->db), ERR_MISSING, "ledger-none");
	return merkle_inclusion(&nodes, (uint64_t)number, tiles.size, p);
}

err ledger_consistency(struct ledger_tree *t, int64_t old, struct merkle_proof *p)
{
	struct tile_tree tiles = TREE_OF(t);
	struct merkle_nodes nodes = tile_nodes(&tiles);

	CHECK(old > 0 && old <= t->size);
	return merkle_consistency(&nodes, (uint64_t)old, tiles.size, p);
}

/* ---- what is signed ------------------------------------------------------------ */

err ledger_checkpoint(struct ledger_tree *t, const char *key_file, str *note)
{
	struct arena *a = db_arena(t->db);
	struct checkpoint c = { .origin = t->origin, .size = (uint64_t)t->size };
	struct note_signer signer;

	if (!t->origin.n)
		return ERR(a, ERR_MISSING, "ledger-none");
	TRY(ledger_signer(a, key_file, t->origin, KEY_LOG, &signer));
	TRY(ledger_root(t, &c.root));
	*note = note_make(a, checkpoint_text(a, &c), &signer, 0);
	sign_forget(&signer.secret);
	return NULL;
}
