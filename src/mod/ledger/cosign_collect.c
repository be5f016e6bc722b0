/* cosign_collect.c - each new head of the log is taken to the witnesses, beside the writer. */
#include "core/fetch.h"
#include "core/later.h"
#include "ledger_read.h"
#include "ledger_write.h"
#include "log/proof.h"
#include "mod/ledger/cosign.h"
#include <string.h>

#define SECONDS		6
#define REPLY_BYTES	(1 << 14)
#define PASS		(30 * SECOND)	/* then other jobs have their turn */

struct pass {
	struct outside *o;
	struct cosigners who;
	struct ledger_tree t;
	struct checkpoint head;
	str text, note;		/* of the head, unsigned and signed by us */
};

/* What a witness answered, as a change of its own. */
struct answer {
	struct change change;
	city_id city;
	const struct checkpoint *head;
	const struct cosigner *w;
	struct cosigner_state s;
	str line;		/* empty: it did not sign		*/
	int64_t at;
};

static err store(struct change *c, struct tx *tx)
{
	struct answer *x = (struct answer *)(void *)((char *)c - offsetof(struct answer, change));
	const struct hash *root = &x->head->root;

	tx_touch(c, ledger_key(x->city));
	if (x->line.n)
		TRY(ledger_q_cosignature_add(tx, x->city, (int64_t)x->head->size, x->w->text,
		    (str){ (const char *)root->b, sizeof root->b }, x->line, x->at, NULL));
	return ledger_q_witness_set(tx, x->city, x->w->text, x->s.size, x->s.state, x->s.said,
	    x->s.since, NULL);
}

/* Of the lines it sent back, the one that is this witness's signature. */
static bool signed_line(struct pass *p, const struct cosigner *w, str body, struct answer *x)
{
	struct arena *a = p->o->a;
	struct note note;
	str line;

	while (str_take(&body, '\n', &line)) {
		str one = arena_printf(a, "%.*s\n", SV(line));
		if (note_parse(a, arena_printf(a, "%.*s\n%.*s", SV(p->text), SV(one)), &note) &&
		    note_mark(&note, &w->key, &x->at) == NOTE_SIGNED) {
			x->line = one;
			return true;
		}
	}
	return false;
}

static err post(struct pass *p, const struct cosigner *w, int64_t old, struct fetched *reply)
{
	struct arena *a = p->o->a;
	struct log_update u = { .old = (uint64_t)old, .checkpoint = p->note };
	struct fetch f = { .url = arena_printf(a, "%.*s/add-checkpoint", SV(w->url)).p,
	    .type = "text/plain; charset=utf-8", .max = REPLY_BYTES, .seconds = SECONDS };

	if (old && old < p->t.size)
		TRY(ledger_consistency(&p->t, old, &u.path));
	f.body = log_update_text(a, &u);
	return fetch(a, p->o->world, &f, reply);
}

/* Anybody may carry a newer head of ours to it while we ask: look again before blaming. */
static err conflict(struct pass *p, int64_t old, int64_t its, struct answer *x)
{
	int64_t size;

	TRY(ledger_size(p->o->db, p->o->city, &size));
	if (its > size)
		x->s.state = COSIGN_AHEAD;
	else if (its == old)
		x->s.state = COSIGN_FORK;
	else
		return NULL;
	x->s.said = its;
	return NULL;
}

static err judge(struct pass *p, const struct cosigner *w, int64_t old,
    const struct fetched *reply, struct answer *x)
{
	int64_t its;

	x->s.state = COSIGN_REFUSED;
	x->s.said = reply->status;
	if (reply->status == 200 && signed_line(p, w, reply->body, x)) {
		x->s.state = COSIGN_GOOD;
		x->s.size = p->t.size;
		x->s.said = 0;
	} else if (reply->status == 422) {
		x->s.state = COSIGN_FORK;
		x->s.said = old;
	} else if (reply->status == 409 &&
	    str_int(str_trim(reply->body), 0, INT64_MAX, &its)) {
		return conflict(p, old, its, x);
	}
	return NULL;
}

/* The size it signed last, when it says another than we thought and we can go on from there. */
static bool its_size(struct pass *p, const struct fetched *reply, int64_t *old)
{
	int64_t its;

	if (reply->status != 409 || !str_int(str_trim(reply->body), 0, INT64_MAX, &its) ||
	    its == *old || its > p->t.size)
		return false;
	*old = its;
	return true;
}

static err ask(struct pass *p, const struct cosigner *w, struct answer *x)
{
	int64_t old = x->s.size <= p->t.size ? x->s.size : 0;
	struct fetched reply;

	err e = post(p, w, old, &reply);
	if (!e && its_size(p, &reply, &old))
		e = post(p, w, old, &reply);
	if (e) {
		log_line(LOG_INFO, "a witness does not answer", "witness=%.*s rule=%s",
		    SV(w->key.name), e->rule);
		x->s.state = strcmp(e->rule, "fetch-inside") == 0 ? COSIGN_INSIDE : COSIGN_SILENT;
		x->s.said = 0;
		return NULL;
	}
	return judge(p, w, old, &reply, x);
}

static err one(struct pass *p, const struct cosigner *w)
{
	struct answer x = { .change = { .run = store, .a = p->o->a }, .city = p->o->city,
	    .head = &p->head, .w = w };
	struct cosigner_state was;

	TRY(cosigner_state(p->o->db, p->o->city, w, &was));
	if (was.since && was.state == COSIGN_GOOD && was.size == p->t.size)
		return NULL;
	x.s = was;
	TRY(ask(p, w, &x));
	if (!was.since || x.s.state != was.state)
		x.s.since = time_now();
	if (x.s.state == COSIGN_AHEAD || x.s.state == COSIGN_FORK)
		log_line(LOG_ERROR, "a witness signed another log than ours",
		    "witness=%.*s its-size=%lld size=%lld", SV(w->key.name),
		    (long long)x.s.said, (long long)p->t.size);
	return writer_call(p->o->writer, &x.change);
}

static err look(struct pass *p)
{
	struct outside *o = p->o;

	TRY(ledger_root(&p->t, &p->head.root));
	p->head.origin = p->t.origin;
	p->head.size = (uint64_t)p->t.size;
	p->text = checkpoint_text(o->a, &p->head);
	return ledger_checkpoint(&p->t, o->key_file, &p->note);
}

/* Another one first each minute: one that hangs does not stand before the others for ever. */
err cosign_collect(struct outside *o)
{
	struct pass p = { .o = o };
	int64_t start = time_mono(), first = time_now() / MINUTE;

	TRY(cosigners_get(o->db, o->city, &p.who));
	TRY(ledger_tree(o->db, o->city, &p.t));
	if (!p.who.n || !p.t.size)
		return NULL;
	TRY(look(&p));
	for (size_t i = 0; i < p.who.n && time_mono() - start < PASS; i++)
		TRY(one(&p, &p.who.v[(i + (size_t)first) % p.who.n]));
	return NULL;
}

/* In the change that ends this job: each minute while there is somebody to ask. */
err cosign_again(struct change *c, struct tx *tx, city_id city, str payload, int64_t now)
{
	struct cosigners who;

	(void)payload;
	TRY(cosigners_get(tx->db, city, &who));
	return who.n ? later_add(tx, c, city, COSIGN_JOB, now + COSIGN_EVERY) : NULL;
}
