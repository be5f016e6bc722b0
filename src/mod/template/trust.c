/* trust.c - whose signature a city believes. */
#include "core/audit.h"
#include "mod/ledger/key.h"
#include "mod/template/inner.h"
#include "mod/template/shipped.h"
#include "template_read.h"
#include "template_write.h"

/* Signed by a city of this very server: the key follows from its key file. */
static bool is_own(struct arena *a, const char *key_file, const struct template *t)
{
	struct note_signer s;

	if (!key_file || !str_starts(t->key.name, S("template/")) ||
	    ledger_signer(a, key_file, t->key.name, KEY_LOG, &s))
		return false;
	sign_forget(&s.secret);
	return str_eq(note_key_text(a, &s.key), t->key_text);
}

err template_trust(struct db *db, city_id city, const char *key_file, const struct template *t,
    enum template_trust *trust)
{
	struct template_key_get k;
	bool found;

	*trust = TRUST_SHIPPED;
	if (str_eq(t->key_text, str_of(shipping_key)))
		return NULL;
	*trust = TRUST_OWN;
	if (is_own(db_arena(db), key_file, t))
		return NULL;
	TRY(template_q_key_get(db, city, t->key_text, &k, &found));
	*trust = found ? TRUST_ACCEPTED : TRUST_UNKNOWN;
	return NULL;
}

err template_trusted(struct db *db, city_id city, const char *key_file, const struct template *t)
{
	enum template_trust trust;

	TRY(template_trust(db, city, key_file, t, &trust));
	return trust != TRUST_UNKNOWN ? NULL : ERR(db_arena(db), ERR_DENIED,
	    "template-key-unknown", .arg = { t->ref, t->key_text });
}

static err audited(struct tx *tx, city_id city, const char *what, str key, str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);

	return audit_by(tx, city, arena_cstr(a, by), what, 0, (str){ 0 }, audit_json(a,
	    (struct audit_pair[]){ AUDIT_TEXT("name", key) }, 1), now);
}

err template_key_accept(struct tx *tx, city_id city, str key_text, str by, int64_t now)
{
	struct note_key k;

	if (!note_key_parse(key_text, &k) || k.kind != KEY_LOG)
		return ERR(db_arena(tx->db), ERR_INVALID, "template-key-form", .field = "key",
		    .arg = { key_text });
	TRY(template_q_key_add(tx, city, key_text, by, now, NULL));
	return audited(tx, city, "template.trust", key_text, by, now);
}

err template_key_drop(struct tx *tx, city_id city, str key_text, str by, int64_t now)
{
	TRY(template_q_key_drop(tx, city, key_text, NULL));
	return audited(tx, city, "template.distrust", key_text, by, now);
}

err template_keys(struct db *db, city_id city, struct template_key **v, size_t *n)
{
	struct template_key_list *l;

	TRY(template_q_key_list(db, city, &l, n));
	*v = NEWN(db_arena(db), struct template_key, *n);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct template_key){ l[i].key, l[i].by, l[i].at };
	return NULL;
}
