#include "base/err.h"

/* What the caller named may die before the arena does: copy it. */
err err_at(struct arena *a, const char *where, struct err e)
{
	struct err *mine = NEW(a, struct err);

	*mine = e;
	mine->where = where;
	for (size_t i = 0; i < countof(e.arg); i++)
		mine->arg[i] = e.arg[i].n ? arena_str(a, e.arg[i]) : (str){ 0 };
	mine->log = e.log.n ? arena_str(a, e.log) : (str){ 0 };
	return mine;
}

err err_keep(struct arena *a, err e)
{
	if (!e)
		return NULL;
	struct err *k = NEW(a, struct err);
	*k = *e;
	for (size_t i = 0; i < countof(k->arg); i++)
		k->arg[i] = arena_str(a, e->arg[i]);
	k->log = arena_str(a, e->log);
	return k;
}
