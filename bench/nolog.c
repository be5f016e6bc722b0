/*
 * nolog.c - inprocess.c with the public log left out: what an entry costs
 * the purchase it speaks of is the difference (bench/log.py).
 *
 * The linker sends calls of purchase_entry here (--wrap), so everything
 * else is the very same code.  What it leaves behind is no whole database.
 */
#include "inprocess.c"
#include "mod/festival/purchase_log.h"

err __wrap_purchase_entry(struct tx *, struct change *, const struct festival *,
	    const struct purchase_said *, int64_t now, int64_t first, int64_t *number);

err __wrap_purchase_entry(struct tx *tx, struct change *c, const struct festival *f,
    const struct purchase_said *p, int64_t now, int64_t first, int64_t *number)
{
	(void)tx;
	(void)c;
	(void)f;
	(void)now;
	(void)first;
	*number = p->id.v & INT32_MAX;
	return NULL;
}
