#include "db/sums.h"

#include <string.h>

enum { SLOTS = 512, FULL = 256 };	/* a power of two; flush at	*/

struct sums {
	struct tx_sum slot[SLOTS];	/* write NULL: free		*/
	uint16_t used[FULL];		/* slots, in the order they came */
	size_t n;
};

struct sums *sums_new(struct arena *a)
{
	return NEW(a, struct sums);
}

static bool same_row(const struct tx_sum *x, const struct tx_sum *y)
{
	return x->write == y->write && !memcmp(x->key, y->key, sizeof x->key);
}

static struct tx_sum *slot_of(struct sums *s, const struct tx_sum *x)
{
	uint64_t h = (uint64_t)(uintptr_t)x->write;

	for (size_t i = 0; i < countof(x->key); i++)
		h = (h ^ (uint64_t)x->key[i]) * UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = h >> 55;; i++) {
		struct tx_sum *t = &s->slot[i % SLOTS];
		if (!t->write || same_row(t, x))
			return t;
	}
}

bool sums_room(const struct sums *s)
{
	return s->n + CHANGE_SUMS <= FULL;
}

void sums_merge(struct sums *s, const struct tx_sum *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct tx_sum *t = slot_of(s, &v[i]);

		if (!t->write) {
			*t = v[i];
			s->used[s->n++] = (uint16_t)(t - s->slot);
			continue;
		}
		for (size_t k = 0; k < countof(t->add); k++)
			t->add[k] += v[i].add[k];
		if (v[i].last > t->last)
			t->last = v[i].last;
	}
}

void sums_clear(struct sums *s)
{
	for (size_t i = 0; i < s->n; i++)
		s->slot[s->used[i]].write = NULL;
	s->n = 0;
}

err sums_write(struct sums *s, struct tx *tx)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct tx_sum *t = &s->slot[s->used[i]];
		TRY(t->write(tx, t));
	}
	sums_clear(s);
	return NULL;
}

int64_t sums_waiting(struct sums *s, const struct tx_sum *x, size_t i)
{
	const struct tx_sum *t = slot_of(s, x);

	return t->write ? t->add[i] : 0;
}

/* ---- what changes say ---------------------------------------------- */

err tx_add(struct tx *tx, struct change *c, const struct tx_sum *s)
{
	if (!c || !c->sums)
		return s->write(tx, s);
	if (c->many) {
		if (!sums_room(c->waiting))
			TRY(sums_write(c->waiting, tx));
		sums_merge(c->waiting, s, 1);
		return NULL;
	}
	CHECK(c->n_sums < CHANGE_SUMS);
	c->sum[c->n_sums++] = *s;
	return NULL;
}

int64_t tx_waiting(struct change *c, const struct tx_sum *s, size_t i)
{
	int64_t n;

	if (!c || !c->sums)
		return 0;
	n = sums_waiting(c->waiting, s, i);
	for (unsigned k = 0; k < c->n_sums; k++)
		if (same_row(&c->sum[k], s))
			n += c->sum[k].add[i];
	return n;
}

bool tx_waiting_base(struct change *c, const struct tx_sum *s, int64_t *base)
{
	const struct tx_sum *t = c && c->sums ? slot_of(c->waiting, s) : NULL;

	if (!t)
		return false;
	for (unsigned k = 0; !t->write && k < c->n_sums; k++)
		if (same_row(&c->sum[k], s))
			t = &c->sum[k];
	*base = t->base;
	return t->write != NULL;
}

struct change *change_many(struct arena *a)
{
	struct change *c = NEW(a, struct change);

	*c = (struct change){ .a = a, .sums = true, .many = true, .waiting = sums_new(a) };
	return c;
}

err change_many_done(struct tx *tx, struct change *many, struct change *whole)
{
	CHECK(many->many);
	TRY(sums_write(many->waiting, tx));
	for (unsigned i = 0; whole && i < many->n_touched; i++)
		tx_touch(whole, many->touched[i]);
	many->n_touched = 0;
	return NULL;
}
