/* check.c - what must hold of files for as long as they are kept. */
#include "mod/template/check.h"
#include "template_read.h"

/* The entry of a release names it and its hash. */
static bool is_entered(struct arena *a, const struct template_file_check *r)
{
	str begins = arena_printf(a, "laris-template/v1\ntemplate %.*s\nsha256 %.*s\n", SV(r->ref),
	    SV(r->sha256));

	return r->has_data && str_starts(r->data, begins);
}

static err one(void *ctx, const struct template_file_check *r)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct buf *broken = ctx;
	struct template t;

	if (template_parse(a, r->bytes, &t))
		buf_printf(broken, "%.*s: the file is damaged\n", SV(r->ref));
	else if (!str_eq(t.ref, r->ref) || !str_eq(t.sha256, r->sha256))
		buf_printf(broken, "%.*s: is another file than its row says\n", SV(r->ref));
	else if (r->source == TEMPLATE_MADE && !is_entered(a, r))
		buf_printf(broken, "%.*s: its release is not in the log\n", SV(r->ref));
	return NULL;
}

err template_check(struct db *db, struct buf *broken)
{
	return template_q_file_check(db, one, broken);
}
