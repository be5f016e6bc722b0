#include "core/throttle.h"
#include "core_read.h"
#include "core_write.h"

#define WAIT_MAX	(15 * MINUTE)

err throttle_check(struct req *r, struct throttle *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct core_throttle_get row;
		bool found;
		TRY(core_q_throttle_get(r->db, t->city, t->k[i].key, &row, &found));
		if (!found)
			continue;
		t->k[i].failures = row.failures;
		if (row.until > r->now)
			return ERR(r->a, ERR_BUSY, "signin-wait",
			    .arg = { arena_printf(r->a, "%lld",
				(long long)((row.until - r->now) / SECOND + 1)) });
	}
	return NULL;
}

err throttle_failed(struct req *r, const struct throttle *t)
{
	for (size_t i = 0; i < t->n; i++) {
		int64_t n = t->k[i].failures + 1, over = n - t->k[i].allowed;
		int64_t wait = over < 0 ? 0 : over > 9 ? WAIT_MAX : SECOND << over;
		TRY(core_q_throttle_set(r->tx, t->city, t->k[i].key, n,
		    r->now + (wait < WAIT_MAX ? wait : WAIT_MAX), NULL));
	}
	return NULL;
}

err throttle_clear(struct req *r, const struct throttle *t)
{
	return core_q_throttle_drop(r->tx, t->city, t->k[0].key, NULL);
}
