#include "mod/draw/verify/internal.h"
#include <string.h>

#define RECORD	48
#define LIST_MAX	UINT64_C(1000000000)	/* records */

/* ---- the tree of RFC 6962, grown leaf by leaf ------------------------ */

static void join(struct hash *left, const struct hash *right)
{
	unsigned char node[65] = { 1 };

	memcpy(node + 1, left->b, 32);
	memcpy(node + 33, right->b, 32);
	sha256(left, node, sizeof node);
}

/* level[i] holds a full subtree of 2^i leaves where bit i of leaves is set. */
void tree_grow(struct tree *t, const struct hash *leaf)
{
	struct hash h = *leaf;
	int i = 0;

	for (; t->leaves >> i & 1; i++) {
		join(&t->level[i], &h);
		h = t->level[i];
	}
	t->level[i] = h;
	t->leaves++;
}

static void grow(struct tree *t, const unsigned char *record)
{
	unsigned char leaf[1 + RECORD] = { 0 };
	struct hash h;

	memcpy(leaf + 1, record, RECORD);
	sha256(&h, leaf, sizeof leaf);
	tree_grow(t, &h);
}

void tree_root(const struct tree *t, struct hash *root)
{
	bool any = false;

	for (int i = 0; i < 64; i++) {
		struct hash h = t->level[i];
		if (!(t->leaves >> i & 1))
			continue;
		if (any)
			join(&h, root);
		*root = h;
		any = true;
	}
}

/* ---- one pass over entries.bin ---------------------------------------- */

struct pass {
	struct check *c;
	struct tree tree;
	unsigned char before[32];
	uint64_t index, coupons;
	size_t barred;		/* next of c->barred that may come	*/
	enum why bad;		/* WHYS: nothing			*/
};

static uint64_t number_at(const unsigned char *p)
{
	uint64_t v = 0;

	for (const unsigned char *end = p + 8; p < end; p++)
		v = v * 256 + *p;
	return v;
}

static void meet_barred(struct pass *p, const unsigned char *cid)
{
	struct check *c = p->c;

	while (p->barred < c->n_barred && memcmp(&c->barred[p->barred], cid, 32) < 0)
		p->barred++;
	if (p->barred < c->n_barred && !memcmp(&c->barred[p->barred], cid, 32))
		c->barred_here++;
}

static bool take_record(struct pass *p, const unsigned char *r)
{
	uint64_t first = number_at(r + 32), count = number_at(r + 40);
	struct check *c = p->c;

	if (p->index && memcmp(p->before, r, 32) >= 0)
		p->bad = WHY_ENTRIES_ORDER;
	else if (first != p->coupons)
		p->bad = WHY_ENTRIES_GAP;
	else if (!count)
		p->bad = WHY_ENTRIES_EMPTY;
	else if (count > UINT64_MAX - first)
		p->bad = WHY_ENTRIES_SUM;
	if (p->bad != WHYS)
		return false;
	memcpy(p->before, r, 32);
	if (p->index % LIST_BLOCK == 0)
		c->firsts[c->n_firsts++] = first;
	if (c->has_card && !memcmp(r, &c->card_cid, 32)) {
		c->card_found = true;
		c->card_first = first;
		c->card_count = count;
	}
	meet_barred(p, r);
	grow(&p->tree, r);
	p->coupons += count;
	p->index++;
	return true;
}

static bool pass_over(struct pass *p, uint64_t records)
{
	unsigned char *block = NEWN(p->c->a, unsigned char, LIST_BLOCK * RECORD);

	while (p->index < records) {
		uint64_t left = records - p->index;
		size_t n = left < LIST_BLOCK ? (size_t)left : LIST_BLOCK;
		if (!read_at(p->c->entries, block, n * RECORD, p->index * RECORD)) {
			p->bad = WHY_READ;
			return false;
		}
		for (size_t i = 0; i < n; i++)
			if (!take_record(p, block + i * RECORD))
				return false;
	}
	return true;
}

static void fail_record(struct check *c, const struct pass *p)
{
	mark(c, PART_C_LIST, MARK_FAILED, p->bad, S("entries.bin"),
	    arena_printf(c->a, "%llu", (unsigned long long)p->index + 1), S(""));
}

void check_list(struct check *c)
{
	struct pass p = { .c = c, .bad = WHYS };
	uint64_t size = 0;
	enum file_state s = file_open(c->dir, S("entries.bin"), LIST_MAX * RECORD, &c->entries,
	    &size);
	struct hash root;

	if (s != FILE_OK) {
		mark_fail(c, PART_C_LIST, file_why(s), S("entries.bin"));
		return;
	}
	if (size % RECORD || size / RECORD != c->head.entries) {
		mark_fail(c, PART_C_LIST, WHY_ENTRIES_SIZE, S("entries.bin"));
		return;
	}
	c->firsts = NEWN(c->a, uint64_t, c->head.entries / LIST_BLOCK + 1);
	if (!pass_over(&p, c->head.entries)) {
		fail_record(c, &p);
		return;
	}
	tree_root(&p.tree, &root);
	if (p.coupons != c->head.coupons)
		mark_fail(c, PART_C_LIST, WHY_ENTRIES_SUM, S("entries.bin"));
	else if (memcmp(&root, &c->head.root, sizeof root))
		mark_fail(c, PART_C_LIST, WHY_ROOT, S("entries.bin"));
	else
		c->list_good = true;
}

/* ---- whose coupon is it? ---------------------------------------------- */

/* The last of n ascending numbers that is <= want; the first is. */
static size_t last_upto(const uint64_t *v, size_t n, uint64_t want)
{
	size_t from = 0, count = n;

	while (count > 1) {
		size_t half = count / 2;
		if (v[from + half] <= want)
			from += half;
		count -= half;
	}
	return from;
}

bool list_holder(const struct check *c, uint64_t coupon, unsigned char cid[32], uint64_t *index)
{
	size_t b = last_upto(c->firsts, c->n_firsts, coupon), i = 0;
	uint64_t left = c->head.entries - (uint64_t)b * LIST_BLOCK;
	size_t n = left < LIST_BLOCK ? (size_t)left : LIST_BLOCK;
	unsigned char block[LIST_BLOCK * RECORD], *r = block;

	if (!read_at(c->entries, block, n * RECORD, (uint64_t)b * LIST_BLOCK * RECORD))
		return false;
	while (i + 1 < n && number_at(block + (i + 1) * RECORD + 32) <= coupon)
		i++;
	r = block + i * RECORD;
	if (coupon < number_at(r + 32) || coupon - number_at(r + 32) >= number_at(r + 40))
		return false;
	memcpy(cid, r, 32);
	*index = (uint64_t)b * LIST_BLOCK + i;
	return true;
}
