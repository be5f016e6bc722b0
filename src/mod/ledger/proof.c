/*
 * proof.c - what readers are given: head, proof and policy, with the
 * signatures of witnesses where the city has a quorum of them.
 */
#include "log/proof.h"
#include "log/policy.h"
#include "mod/ledger/cosign.h"
#include "mod/ledger/key.h"

err ledger_public(struct ledger_tree *t, const char *key_file, str *note)
{
	struct cosigners who;
	struct cosigned c;

	TRY(cosigners_get(t->db, t->city, &who));
	TRY(cosigned_newest(t, &who, key_file, &c));
	if (!c.size)
		return ledger_checkpoint(t, key_file, note);
	*note = c.note;
	return NULL;
}

static err holding(struct ledger_tree *t, const char *key_file, int64_t number, int64_t by,
    struct cosigners *who, struct cosigned *c)
{
	TRY(cosigners_get(t->db, t->city, who));
	return cosigned_holding(t, who, key_file, number, by, c);
}

err ledger_proof(struct ledger_tree *t, const char *key_file, int64_t number, int64_t by,
    str *text)
{
	struct log_proof p = { .index = (uint64_t)number };
	struct ledger_tree then = *t;
	struct cosigners who;
	struct cosigned c;

	TRY(holding(t, key_file, number, by, &who, &c));
	if (c.size)
		then.size = c.size;
	TRY(ledger_inclusion(&then, number, &p.path));
	p.checkpoint = c.note;
	if (!c.size)
		TRY(ledger_checkpoint(t, key_file, &p.checkpoint));
	*text = log_proof_text(db_arena(t->db), &p);
	return NULL;
}

static void put_witnesses(struct buf *b, struct arena *a, const struct cosigners *who)
{
	for (size_t i = 0; i < who->n; i++)
		buf_printf(b, "witness w%zu %.*s %.*s\n", i + 1,
		    SV(note_key_text(a, &who->v[i].key)), SV(who->v[i].url));
	buf_printf(b, "group saksi %lld", (long long)who->quorum);
	for (size_t i = 0; i < who->n; i++)
		buf_printf(b, " w%zu", i + 1);
	buf_str(b, S("\nquorum saksi\n"));
}

err ledger_policy(struct ledger_tree *t, const char *key_file, int64_t number, int64_t by,
    str *text)
{
	struct arena *a = db_arena(t->db);
	struct buf b = BUF(a, POLICY_BYTES);
	struct note_signer signer;
	struct cosigned c = { 0 };
	struct cosigners who;

	if (number >= 0)
		TRY(holding(t, key_file, number, by, &who, &c));
	else
		TRY(cosigners_get(t->db, t->city, &who));
	TRY(ledger_signer(a, key_file, t->origin, KEY_LOG, &signer));
	sign_forget(&signer.secret);
	buf_printf(&b, "log %.*s\n", SV(note_key_text(a, &signer.key)));
	if (number >= 0 ? c.size > 0 : who.n && who.quorum)
		put_witnesses(&b, a, &who);
	else
		buf_str(&b, S("quorum none\n"));
	CHECK(!b.full);
	*text = buf_done(&b);
	return NULL;
}
