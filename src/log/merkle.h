/*
 * merkle.h - the tree of the log: hashes, roots, proofs.
 *
 * Layer 2, pure.  RFC 6962, section 2.1 (the same in RFC 9162, 2.1):
 * a leaf is SHA-256(0x00, data), a node SHA-256(0x01, left, right), the
 * left part of a tree is the largest full one, an empty tree is SHA-256
 * of nothing.  A tree that grows needs no more than its "range": one hash
 * for each bit that is set in its size.
 *
 * Hashes are 32 bytes by type; who reads them from text uses hash_take.
 * Sizes are below 2^63.
 */
#ifndef LARIS_LOG_MERKLE_H
#define LARIS_LOG_MERKLE_H

#include "crypto/hash.h"

#define MERKLE_LEVELS	63
#define MERKLE_SIZE_MAX	((uint64_t)INT64_MAX)
#define MERKLE_PROOF_MAX 64

void	merkle_leaf(struct hash *, str data);
void	merkle_node(struct hash *, const struct hash *left, const struct hash *right);

/* ---- a tree that grows ------------------------------------------------ */

/* node[i]: the full subtree of 2^i leaves, where bit i of size is set. */
struct merkle_range { uint64_t size; struct hash node[MERKLE_LEVELS]; };

/*
 * One more leaf.  "up" (may be NULL) is filled with the full subtrees
 * that end at this leaf, up[i] of 2^i leaves; returns how many: those are
 * the only new nodes of the tree that will never change again.
 */
size_t	merkle_add(struct merkle_range *, const struct hash *leaf, struct hash up[MERKLE_LEVELS]);
/* Many more, half as long a time each; what they are in is written over. */
void	merkle_add_all(struct merkle_range *, struct hash *leaves, size_t n);
void	merkle_root(const struct merkle_range *, struct hash *);
/* The nodes one after another, the largest first: 32 bytes for each set bit. */
str	merkle_range_bytes(struct arena *, const struct merkle_range *);
bool	merkle_range_read(struct merkle_range *, uint64_t size, str bytes) MUST_USE;

/* ---- proofs ------------------------------------------------------------ */

struct merkle_proof { struct hash v[MERKLE_PROOF_MAX]; size_t n; };

/* False unless it is a hash's 32 bytes. */
bool	hash_take(struct hash *, str bytes) MUST_USE;

/*
 * Where a proof comes from: the full subtree of 2^level leaves that
 * begins at leaf index * 2^level.  Tiles are one such (tile.h).
 */
struct merkle_nodes {
	err (*get)(void *ctx, unsigned level, uint64_t index, struct hash *);
	void *ctx;
};
/* The root of the first "size" leaves. */
err	merkle_root_of(const struct merkle_nodes *, uint64_t size, struct hash *) MUST_USE;
/* That leaf "index" (< size) is in the first "size". */
err	merkle_inclusion(const struct merkle_nodes *, uint64_t index, uint64_t size,
	    struct merkle_proof *) MUST_USE;
/* That the first "size" leaves begin with the first "old" (<= size). */
err	merkle_consistency(const struct merkle_nodes *, uint64_t old, uint64_t size,
	    struct merkle_proof *) MUST_USE;

/* RFC 9162, 2.1.3.2. */
bool	merkle_inclusion_ok(uint64_t index, uint64_t size, const struct hash *leaf,
	    const struct merkle_proof *, const struct hash *root) MUST_USE;
/* RFC 9162, 2.1.4.2.  An old size of 0 says nothing and is refused. */
bool	merkle_consistency_ok(uint64_t old, uint64_t size, const struct hash *old_root,
	    const struct hash *root, const struct merkle_proof *) MUST_USE;

#endif
