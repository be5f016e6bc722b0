#include "log/merkle.h"
#include <string.h>

void merkle_leaf(struct hash *h, str data)
{
	sha256_pieces(h, (struct sha256_piece[]){ { "\0", 1 }, { data.p, data.n } }, 2);
}

void merkle_node(struct hash *h, const struct hash *left, const struct hash *right)
{
	unsigned char node[65] = { 1 };

	memcpy(node + 1, left->b, 32);
	memcpy(node + 33, right->b, 32);
	sha256(h, node, sizeof node);
}

bool hash_take(struct hash *h, str bytes)
{
	if (bytes.n != sizeof h->b)
		return false;
	memcpy(h->b, bytes.p, sizeof h->b);
	return true;
}

/* ---- a tree that grows ------------------------------------------------ */

/* One more full subtree of 2^i leaves, where those before it are full to that. */
static size_t carry(struct merkle_range *r, struct hash h, unsigned i,
    struct hash up[MERKLE_LEVELS])
{
	uint64_t more = UINT64_C(1) << i;

	CHECK(r->size <= MERKLE_SIZE_MAX - more);
	if (up)
		up[0] = h;
	for (; r->size >> i & 1; i++) {
		merkle_node(&h, &r->node[i], &h);
		if (up)
			up[i + 1] = h;
	}
	r->node[i] = h;
	r->size += more;
	return i + 1;
}

size_t merkle_add(struct merkle_range *r, const struct hash *leaf, struct hash up[MERKLE_LEVELS])
{
	return carry(r, *leaf, 0, up);
}

void merkle_add_all(struct merkle_range *r, struct hash *leaf, size_t n)
{
	while (n) {
		size_t full = (size_t)1 << (63 - __builtin_clzll(n));
		if (r->size && full > (r->size & -r->size))
			full = (size_t)(r->size & -r->size);
		for (size_t row = full; row > 1; row /= 2)
			sha256_rows(leaf, 1, leaf, 2 * sizeof *leaf, row / 2);
		carry(r, *leaf, (unsigned)__builtin_ctzll(full), NULL);
		leaf += full;
		n -= full;
	}
}

void merkle_root(const struct merkle_range *r, struct hash *root)
{
	bool any = false;

	sha256(root, NULL, 0);
	for (unsigned i = 0; i < MERKLE_LEVELS; i++) {
		if (!(r->size >> i & 1))
			continue;
		if (any)
			merkle_node(root, &r->node[i], root);
		else
			*root = r->node[i];
		any = true;
	}
}

str merkle_range_bytes(struct arena *a, const struct merkle_range *r)
{
	struct buf b = BUF(a, MERKLE_LEVELS * sizeof(struct hash));

	for (unsigned i = MERKLE_LEVELS; i-- > 0;)
		if (r->size >> i & 1)
			buf_put(&b, (const char *)r->node[i].b, sizeof r->node[i].b);
	return buf_done(&b);
}

bool merkle_range_read(struct merkle_range *r, uint64_t size, str bytes)
{
	*r = (struct merkle_range){ .size = size };
	if (size > MERKLE_SIZE_MAX ||
	    bytes.n != (size_t)__builtin_popcountll(size) * sizeof(struct hash))
		return false;
	for (unsigned i = MERKLE_LEVELS; i-- > 0;)
		if (size >> i & 1) {
			memcpy(r->node[i].b, bytes.p, sizeof r->node[i].b);
			bytes = str_sub(bytes, sizeof r->node[i].b, bytes.n);
		}
	return true;
}

/* ---- making proofs ------------------------------------------------------ */

/* Leaves [from, from + n), where "from" is a multiple of a power of 2 >= n. */
static err subtree(const struct merkle_nodes *t, uint64_t from, uint64_t n, struct hash *h)
{
	bool any = false;
	uint64_t end = from + n;

	for (unsigned i = 0; i < MERKLE_LEVELS; i++) {
		struct hash node;
		if (!(n >> i & 1))
			continue;
		end -= UINT64_C(1) << i;
		TRY(t->get(t->ctx, i, end >> i, &node));
		if (any)
			merkle_node(h, &node, h);
		else
			*h = node;
		any = true;
	}
	return NULL;
}

err merkle_root_of(const struct merkle_nodes *t, uint64_t size, struct hash *root)
{
	CHECK(size <= MERKLE_SIZE_MAX);
	sha256(root, NULL, 0);
	return subtree(t, 0, size, root);
}

/* The largest power of 2 below n, for n > 1. */
static uint64_t split(uint64_t n)
{
	return UINT64_C(1) << (63 - __builtin_clzll(n - 1));
}

/* Walks down from the root, so the hashes come in the wrong order. */
static void reverse(struct merkle_proof *p)
{
	for (size_t i = 0, j = p->n; i + 1 < j; i++) {
		struct hash h = p->v[i];
		p->v[i] = p->v[--j];
		p->v[j] = h;
	}
}

err merkle_inclusion(const struct merkle_nodes *t, uint64_t index, uint64_t size,
    struct merkle_proof *p)
{
	uint64_t from = 0, n = size;

	CHECK(size <= MERKLE_SIZE_MAX && index < size);
	p->n = 0;
	while (n > 1) {
		uint64_t left = split(n);
		if (index - from < left) {
			TRY(subtree(t, from + left, n - left, &p->v[p->n++]));
			n = left;
		} else {
			TRY(subtree(t, from, left, &p->v[p->n++]));
			from += left;
			n -= left;
		}
	}
	reverse(p);
	return NULL;
}

/* RFC 6962, 2.1.2: SUBPROOF without its recursion; "whole" is its b. */
err merkle_consistency(const struct merkle_nodes *t, uint64_t old, uint64_t size,
    struct merkle_proof *p)
{
	uint64_t from = 0, n = size, m = old;
	bool whole = true;

	CHECK(size <= MERKLE_SIZE_MAX && old <= size);
	p->n = 0;
	if (!old)
		return NULL;
	while (m < n) {
		uint64_t left = split(n);
		if (m <= left) {
			TRY(subtree(t, from + left, n - left, &p->v[p->n++]));
			n = left;
		} else {
			TRY(subtree(t, from, left, &p->v[p->n++]));
			from += left;
			n -= left;
			m -= left;
			whole = false;
		}
	}
	if (!whole)
		TRY(subtree(t, from, n, &p->v[p->n++]));
	reverse(p);
	return NULL;
}

/* ---- checking them --------------------------------------------------------- */

bool merkle_inclusion_ok(uint64_t index, uint64_t size, const struct hash *leaf,
    const struct merkle_proof *p, const struct hash *root)
{
	uint64_t f = index, s = size - 1;
	struct hash r = *leaf;

	if (size > MERKLE_SIZE_MAX || index >= size)
		return false;
	for (size_t i = 0; i < p->n; i++) {
		if (!s)
			return false;
		if (f & 1 || f == s) {
			merkle_node(&r, &p->v[i], &r);
			for (; f && !(f & 1); f >>= 1)
				s >>= 1;
		} else {
			merkle_node(&r, &r, &p->v[i]);
		}
		f >>= 1;
		s >>= 1;
	}
	return !s && hash_same(&r, root);
}

/* Both roots again from one row of hashes; "f" and "s" as in the RFC. */
static bool both(uint64_t f, uint64_t s, struct hash *a, struct hash *b, const struct hash *c,
    size_t n)
{
	for (; n--; c++) {
		if (!s)
			return false;
		if (f & 1 || f == s) {
			merkle_node(a, c, a);
			merkle_node(b, c, b);
			for (; f && !(f & 1); f >>= 1)
				s >>= 1;
		} else {
			merkle_node(b, b, c);
		}
		f >>= 1;
		s >>= 1;
	}
	return !s;
}

/* For 0 < old < size. */
static bool grown(uint64_t old, uint64_t size, const struct hash *old_root,
    const struct hash *root, const struct merkle_proof *p)
{
	bool power = !(old & (old - 1));
	uint64_t f = old - 1, s = size - 1;
	struct hash a, b;

	if (!p->n)
		return false;
	for (; f & 1; f >>= 1)
		s >>= 1;
	a = b = power ? *old_root : p->v[0];
	return both(f, s, &a, &b, p->v + !power, p->n - !power) && hash_same(&a, old_root) &&
	    hash_same(&b, root);
}

bool merkle_consistency_ok(uint64_t old, uint64_t size, const struct hash *old_root,
    const struct hash *root, const struct merkle_proof *p)
{
	if (!old || old > size || size > MERKLE_SIZE_MAX)
		return false;
	if (old == size)
		return !p->n && hash_same(old_root, root);
	return grown(old, size, old_root, root, p);
}
