/*
 * fsck.c - is the stored log what its entries say?  Entries are counted
 * from 0, every node is computed anew; what the entries speak of is for
 * the checks of the modules that made them (named "ledger-...").
 */
#include "ledger_read.h"
#include "log/tile.h"
#include "mod/ledger/fsck.h"

struct walk {
	struct db *db;
	city_id city;
	struct merkle_range range;
	struct ledger_fault *fault;
};

static bool fault(struct walk *w, int64_t number, const char *what)
{
	if (!w->fault->what)
		*w->fault = (struct ledger_fault){ number, what };
	return false;
}

static err node_same(struct walk *w, const struct tile_hash *want)
{
	struct ledger_nodes *v;
	struct hash is;
	size_t n;

	TRY(ledger_q_nodes(w->db, w->city, want->level, (int64_t)want->index, 1, &v, &n));
	if (!n || !hash_take(&is, v[0].hash) || !hash_same(&is, &want->hash))
		fault(w, (int64_t)w->range.size - 1, "node");
	return NULL;
}

static err entry(void *ctx, const struct ledger_walk *row)
{
	struct tile_hash made[TILE_LEVEL_MAX + 1];
	struct hash leaf, up[MERKLE_LEVELS];
	struct walk *w = ctx;

	if (w->fault->what)
		return NULL;
	if (row->number != (int64_t)w->range.size) {
		fault(w, (int64_t)w->range.size, "gap");
		return NULL;
	}
	merkle_leaf(&leaf, row->data);
	size_t n = tile_hashes(&w->range, up, merkle_add(&w->range, &leaf, up), made);
	for (size_t i = 1; i < n; i++)
		TRY(node_same(w, &made[i]));
	return NULL;
}

/* What witnesses signed last is still what the rows say. */
static err cosigned_same(struct walk *w)
{
	struct ledger_cosigned_newest *v;
	struct hash h;
	size_t n;

	TRY(ledger_q_cosigned_newest(w->db, w->city, 1, 1, &v, &n));
	if (!n)
		return NULL;
	struct ledger_tree then = { w->db, w->city, v[0].size, { 0 } };
	if (then.size > (int64_t)w->range.size) {
		fault(w, (int64_t)w->range.size, "witness");
		return NULL;
	}
	TRY(ledger_root(&then, &h));
	if (!str_eq((str){ (const char *)h.b, sizeof h.b }, v[0].root))
		fault(w, then.size - 1, "witness");
	return NULL;
}

err ledger_fsck(struct db *db, city_id city, struct ledger_fault *f, int64_t *size,
    struct hash *root)
{
	struct walk w = { .db = db, .city = city, .fault = f };
	int64_t said;

	*f = (struct ledger_fault){ 0 };
	TRY(ledger_size(db, city, &said));
	TRY(ledger_q_walk(db, city, entry, &w));
	*size = (int64_t)w.range.size;
	if (said != *size)
		fault(&w, said < *size ? said : *size, "size");
	if (!f->what)
		TRY(cosigned_same(&w));
	merkle_root(&w.range, root);
	return NULL;
}

/* For `laris check`: all cities, entries and nodes. */
struct all { struct db *db; struct buf *broken; };

static err one(void *ctx, const struct ledger_heads *h)
{
	struct all *x = ctx;
	struct ledger_fault f;
	struct hash root;
	int64_t size;

	TRY(ledger_fsck(x->db, (city_id){ h->city }, &f, &size, &root));
	if (f.what)
		buf_printf(x->broken, "city %lld: the log differs at entry %lld: %s\n",
		    (long long)h->city, (long long)f.number, f.what);
	return NULL;
}

err ledger_check(struct db *db, struct buf *broken)
{
	struct all x = { db, broken };

	return ledger_q_heads(db, one, &x);
}
