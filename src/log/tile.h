/*
 * tile.h - the log as files that anybody can keep (c2sp.org/tlog-tiles).
 *
 * Layer 2, pure: names, bytes, which there are; the caller stores and
 * fetches them.  A hash tile of level L holds up to 256 hashes of full
 * subtrees of 256^L leaves; an entry bundle up to 256 entries, each
 * behind its length in two bytes.  Only the rightmost of a level may be
 * partial ("….p/112").
 *
 *	tile/0/x001/x234/067	tile/1/000.p/17	tile/entries/000.p/3
 *
 * For a store: each new leaf makes one hash a level for every power of
 * 256 its tree's new size is a multiple of (tile_hashes); a tile is 256
 * such hashes in a row, so rows (level, index, hash) are all that is needed.
 */
#ifndef LARIS_LOG_TILE_H
#define LARIS_LOG_TILE_H

#include "log/merkle.h"

#define TILE_WIDTH	256
#define TILE_ENTRIES	(-1)		/* as a level: an entry bundle	*/
#define TILE_LEVEL_MAX	7		/* 256^8 is over 2^63		*/
#define TILE_BYTES	(TILE_WIDTH * 32)
#define ENTRY_BYTES	65535

struct tile { int level; uint64_t index; unsigned width; };	/* width 1 to 256 */

/* "tile/…", as it is behind the log's own address. */
str	tile_path(struct arena *, struct tile);
/* Only what tile_path writes. */
bool	tile_parse(str path, struct tile *) MUST_USE;
/* How wide that tile is in a log of "size" entries; 0: there is none. */
unsigned tile_width(int level, uint64_t index, uint64_t size);
/* Every tile a log of "size" has that one of "old" (<= size) had not, or had narrower. */
err	tile_each_new(uint64_t old, uint64_t size, err (*each)(void *ctx, struct tile),
	    void *ctx) MUST_USE;

/* What merkle_add returned: the hashes that tiles hold.  "level" as in a tile. */
struct tile_hash { int level; uint64_t index; struct hash hash; };
size_t	tile_hashes(const struct merkle_range *after, const struct hash *up, size_t n,
	    struct tile_hash out[TILE_LEVEL_MAX + 1]);

/* ---- entry bundles ------------------------------------------------------ */

/* The entry is at most ENTRY_BYTES. */
void	entry_put(struct buf *, str entry);
/* The next one off the front; false at the end or where it is torn. */
bool	entry_take(str *rest, str *entry) MUST_USE;

/* ---- proofs from tiles ---------------------------------------------------- */

/*
 * A log of "size" entries whose tiles "read" fetches: exactly width * 32
 * bytes that stay while the arena does.  They are not believed: who makes
 * a proof from tiles verifies it against a signed root before he uses it.
 * Keeps the last tile of each level, so a proof reads each tile once.
 */
struct tile_tree {
	struct arena *a;
	uint64_t size;
	err (*read)(void *ctx, struct tile, str *bytes);
	void *ctx;
	struct { bool there; uint64_t index; str bytes; } kept[TILE_LEVEL_MAX + 1];
};
/* ERR_INTERNAL "log-tile" {path}: not of that length. */
struct merkle_nodes tile_nodes(struct tile_tree *);

#endif
