#include "db/stamp.h"
#include "db/writer.h"

#include <stdatomic.h>

enum { STAMP_BITS = 14 };	/* 514 cities have some 3,000 keys: few meet */

static _Atomic uint64_t stamps[1 << STAMP_BITS];
static _Atomic uint64_t count;		/* of all bumps			*/
static _Atomic uint64_t commits;

/* The finisher of splitmix64: every bit of the key moves every bit. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static _Atomic uint64_t *stamp_of(uint64_t key)
{
	return &stamps[mix(key) >> (64 - STAMP_BITS)];
}

uint64_t stamp_key(const char *topic, int64_t city, int64_t id)
{
	uint64_t h = 0;

	for (const char *p = topic; *p; p++)
		h = mix(h ^ (unsigned char)*p);
	return mix(mix(h ^ (uint64_t)city) + (uint64_t)id);
}

uint64_t stamp_get(uint64_t key)
{
	return atomic_load_explicit(stamp_of(key), memory_order_acquire);
}

uint64_t stamp_now(void)
{
	return atomic_load_explicit(&count, memory_order_acquire);
}

void stamp_commit(void)
{
	atomic_fetch_add_explicit(&commits, 1, memory_order_acq_rel);
}

uint64_t stamp_commits(void)
{
	return atomic_load_explicit(&commits, memory_order_acquire);
}

void stamp_bump(uint64_t key)
{
	uint64_t n = atomic_fetch_add_explicit(&count, 1, memory_order_acq_rel) + 1;

	atomic_store_explicit(stamp_of(key), n, memory_order_release);
}

void tx_touch(struct change *c, uint64_t key)
{
	for (unsigned i = 0; i < c->n_touched; i++)
		if (c->touched[i] == key)
			return;
	CHECK(c->n_touched < countof(c->touched));
	c->touched[c->n_touched++] = key;
}
