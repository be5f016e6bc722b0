/*
 * draw_log.c - what of a draw stands in the city's public log.  The entry
 * is the file; its proof is made when somebody asks, by the log as it is
 * then, so it lies in no row and in no SHA256SUMS.
 */
#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/rules.h"

#define PROOF	".tlog-proof"
#define POLICY	"policy.txt"

err draw_file_enter(struct tx *tx, struct change *c, const struct draw *d, str name, str bytes,
    enum ledger_kind kind)
{
	int64_t number;

	TRY(ledger_append(tx, c, d->city, &(struct ledger_new){ kind, d->id.v, bytes, { 0 } },
	    &number));
	TRY(draw_file_put(tx, d, name, bytes));
	return draw_q_file_log_set(tx, d->city, d->id, name, number, NULL);
}

err draw_file_entry(struct db *db, const struct draw *d, str name, int64_t *number)
{
	struct draw_file_log row;
	bool found;

	*number = -1;
	TRY(draw_q_file_log(db, d->city, d->id, name, &row, &found));
	if (found)
		*number = row.log;
	return NULL;
}

str draw_proof_name(struct arena *a, str file)
{
	return arena_printf(a, "%.*s" PROOF, (int)(file.n - (sizeof ".txt" - 1)), file.p);
}

/* A freeze that was witnessed later than its round proves nothing; the others have no hour. */
static int64_t in_time(const struct draw *d, str file)
{
	return str_eq(file, S("freeze.txt")) && !d->rehearsal ? draw_due(d) : 0;
}

static err proof(struct db *db, const struct draw *d, str file, const char *key_file, str *bytes)
{
	struct ledger_tree tree;
	int64_t number;

	TRY(draw_file_entry(db, d, file, &number));
	if (number < 0)
		return ERR(db_arena(db), ERR_MISSING, "no-such-file", .arg = { file });
	TRY(ledger_tree(db, d->city, &tree));
	return ledger_proof(&tree, key_file, number, in_time(d, file), bytes);
}

err draw_log_file(struct db *db, const struct draw *d, str name, const char *key_file,
    str *bytes, bool *is)
{
	struct arena *a = db_arena(db);
	struct ledger_tree tree;
	int64_t number;

	*is = true;
	if (str_ends(name, S(PROOF)))
		return proof(db, d, arena_printf(a, "%.*s.txt",
		    (int)(name.n - (sizeof PROOF - 1)), name.p), key_file, bytes);
	*is = str_eq(name, S(POLICY)) && d->state >= DRAW_FROZEN;
	if (!*is)
		return NULL;
	TRY(ledger_tree(db, d->city, &tree));
	TRY(draw_file_entry(db, d, S("freeze.txt"), &number));
	return ledger_policy(&tree, key_file, number, in_time(d, S("freeze.txt")), bytes);
}
