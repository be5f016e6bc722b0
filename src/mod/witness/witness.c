#include "mod/witness/witness.h"
#include "witness_read.h"
#include "witness_write.h"

/* ---- a question --------------------------------------------------------------- */

err witness_look(struct db *db, str body, struct witness_ask *ask)
{
	struct arena *a = db_arena(db);
	struct witness_log row;
	struct note_key key;
	struct note note;
	int64_t at;
	bool found;

	if (!log_update_parse(body, &ask->update) ||
	    !note_parse(a, ask->update.checkpoint, &note) ||
	    !checkpoint_parse(note.text, &ask->head))
		return ERR(a, ERR_INVALID, "witness-form");
	ask->text = note.text;
	TRY(witness_q_log(db, ask->head.origin, &row, &found));
	if (!found)
		return ERR(a, ERR_MISSING, "witness-stranger");
	CHECK(note_key_parse(row.key, &key));
	if (note_mark(&note, &key, &at) != NOTE_SIGNED)
		return ERR(a, ERR_DENIED, "witness-unsigned");
	if (ask->update.old > ask->head.size)
		return ERR(a, ERR_INVALID, "witness-old");
	return NULL;
}

/* Of two different sizes.  Everything continues an empty log. */
static bool continues(const struct witness_ask *ask, const struct hash *before)
{
	const struct log_update *u = &ask->update;

	if (!u->old)
		return !u->path.n;
	return merkle_consistency_ok(u->old, ask->head.size, before, &ask->head.root, &u->path);
}

err witness_move(struct tx *tx, const struct witness_ask *ask, int64_t now,
    enum witness_end *end, int64_t *size)
{
	const struct checkpoint *c = &ask->head;
	struct witness_log row;
	struct hash before;
	bool found;

	TRY(witness_q_log(tx->db, c->origin, &row, &found));
	CHECK(found && hash_take(&before, row.root));
	*size = row.size;
	*end = WITNESS_SIGNED;
	if ((int64_t)ask->update.old != row.size) {
		*end = WITNESS_ELSEWHERE;
		return NULL;
	}
	if ((int64_t)c->size == row.size && !hash_same(&before, &c->root)) {
		*end = WITNESS_FORK;
		return NULL;
	}
	if ((int64_t)c->size == row.size && !ask->update.path.n)
		return NULL;	/* the very head that is stored	*/
	if ((int64_t)c->size == row.size || !continues(ask, &before))
		return ERR(db_arena(tx->db), ERR_INVALID, "witness-proof");
	return witness_q_log_move(tx, c->origin, (int64_t)c->size,
	    (str){ (const char *)c->root.b, sizeof c->root.b }, now, NULL);
}

/* ---- who it is, and whom it looks at ---------------------------------------------- */

err witness_name(struct db *db, str *name)
{
	struct witness_self row;
	bool found;

	TRY(witness_q_self(db, &row, &found));
	*name = found ? row.name : (str){ 0 };
	return NULL;
}

static err name_of_url(struct tx *tx, str *name)
{
	struct arena *a = db_arena(tx->db);
	struct witness_base_url url;
	bool found;
	str rest, host;

	TRY(witness_q_base_url(tx->db, &url, &found));
	if (!found)
		return ERR(a, ERR_MISSING, "witness-unnamed");
	size_t at = str_find(url.value, S("://"));
	rest = at == SIZE_MAX ? url.value : str_sub(url.value, at + 3, url.value.n);
	(void)str_take(&rest, '/', &host);
	*name = arena_printf(a, "%.*s/witness", SV(host));
	return NULL;
}

err witness_name_fix(struct tx *tx, str want, str *name)
{
	struct arena *a = db_arena(tx->db);

	TRY(witness_name(tx->db, name));
	if (name->n && (!want.n || str_eq(*name, want)))
		return NULL;
	if (name->n)
		return ERR(a, ERR_CONFLICT, "witness-named", .arg = { *name });
	*name = want;
	if (!want.n)
		TRY(name_of_url(tx, name));
	if (!note_name_ok(*name))
		return ERR(a, ERR_INVALID, "witness-name", .arg = { *name });
	return witness_q_self_set(tx, *name, NULL);
}

err witness_add(struct tx *tx, str text, str *origin)
{
	struct arena *a = db_arena(tx->db);
	struct merkle_range empty = { 0 };
	struct witness_log row;
	struct note_key key;
	struct hash root;
	bool found;

	if (!note_key_parse(text, &key) || key.kind != KEY_LOG)
		return ERR(a, ERR_INVALID, "witness-key", .arg = { text });
	TRY(witness_q_log(tx->db, key.name, &row, &found));
	if (found)
		return ERR(a, ERR_CONFLICT, "witness-there", .arg = { key.name });
	merkle_root(&empty, &root);
	*origin = key.name;
	return witness_q_log_add(tx, key.name, text, (str){ (const char *)root.b, sizeof root.b },
	    NULL);
}
