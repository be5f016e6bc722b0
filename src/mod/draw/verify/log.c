#include "log/policy.h"
#include "mod/draw/verify/internal.h"

/* drand quicknet: round R is due at GENESIS + 3 (R - 1) seconds. */
#define GENESIS		1692803367
#define PERIOD		3
#define LAST		INT64_C(7258118399)	/* of the year 2199 */

static const enum why whys[LOG_WHYS] = {
	[LOG_PROOF_FORM] = WHY_PROOF_FORMAT, [LOG_NOTE_FORM] = WHY_PROOF_FORMAT,
	[LOG_CHECKPOINT_FORM] = WHY_PROOF_FORMAT, [LOG_STRANGER] = WHY_LOG_STRANGER,
	[LOG_UNSIGNED] = WHY_LOG_UNSIGNED, [LOG_FALSE] = WHY_LOG_FORGED,
	[LOG_QUORUM] = WHY_LOG_QUORUM, [LOG_NOT_IN] = WHY_LOG_NOT_IN,
};

/* Theirs who asks, or the bundle's own, which only its maker need believe. */
static void find_policy(struct check *c)
{
	struct policy *p = NEW(c->a, struct policy);
	enum file_state s;
	size_t line;
	str text;

	c->own = c->policy != NULL;
	if (c->own)
		return;
	s = file_read(c->a, c->dir, S("policy.txt"), POLICY_BYTES, &text);
	if (s == FILE_MISSING)
		return;
	if (s != FILE_OK)
		mark_fail(c, PART_A, file_why(s), S("policy.txt"));
	else if (!policy_parse(c->a, text, p, &line))
		mark_fail(c, PART_A, WHY_POLICY_FORMAT, S("policy.txt"));
	else
		c->policy = p;
}

str utc(struct check *c, int64_t seconds)
{
	struct buf b = BUF(c->a, 64);

	if (seconds > LAST)
		return S("?");
	time_put_rfc3339(&b, seconds * SECOND, (enum zone)0);
	return buf_done(&b);
}

/* A round that far away is due after everything. */
int64_t round_due(uint64_t round)
{
	return round > (INT64_MAX - GENESIS) / PERIOD ? INT64_MAX :
	    GENESIS + PERIOD * (int64_t)(round - 1);
}

/* One proof: what came of it, and what it says. */
struct proof { struct finding f; struct policy_verdict v; uint64_t at; };

static struct proof proof_with(enum mark m, enum why why, str a0, str a1)
{
	return (struct proof){ .f = { m, why, { a0, a1 } } };
}

/*
 * Witnessed is witnessed; but was it before the randomness existed, or not
 * before it was allowed?  Round 0: there is none.
 */
static void judge_time(struct check *c, uint64_t round, int64_t since, struct proof *p)
{
	str at = utc(c, p->v.at), by = utc(c, round_due(round));

	if (round && !chain_is_quicknet(c))
		p->f = (struct finding){ MARK_UNCHECKED, WHY_NO_CLOCK, { S("") } };
	else if (round && p->v.at >= round_due(round))
		p->f = (struct finding){ MARK_FAILED, WHY_TOO_LATE, { at, by } };
	else if (since && p->v.at < since)
		p->f = (struct finding){ MARK_FAILED, WHY_ANNULLED_EARLY, { at, utc(c, since) } };
	else if (!c->own)
		p->f = (struct finding){ MARK_UNCHECKED, WHY_THEIR_POLICY, { S("") } };
	else
		p->f = (struct finding){ MARK_VALID, WHY_FIXED_BEFORE, { at, by } };
}

static struct proof judge(struct check *c, str bytes, const struct said *s)
{
	struct proof p = { .f = { .mark = MARK_VALID } };
	enum log_why why;

	if (!c->policy)
		return proof_with(MARK_UNCHECKED, WHY_NO_POLICY, S(""), S(""));
	why = policy_judge_proof(c->a, c->policy, bytes, s->bytes, &p.v, &p.at);
	if (why != LOG_GOOD) {
		p.f = (struct finding){ MARK_FAILED, whys[why], { p.v.c.origin } };
		return p;
	}
	*VEC_ADD(c->a, &c->heads) = (struct log_head){ p.v.c.size, p.v.c.root };
	if (c->policy->none)
		p.f = (struct finding){ MARK_UNCHECKED, WHY_UNWITNESSED, { S("") } };
	else
		judge_time(c, s->round, s->since, &p);
	return p;
}

static struct proof prove(struct check *c, const struct said *x)
{
	str bytes, name = arena_printf(c->a, "%.*s.tlog-proof",
	    SV(str_sub(x->name, 0, x->name.n - 4)));
	enum file_state s = file_read(c->a, c->dir, name, PROOF_BYTES, &bytes);

	if (s == FILE_MISSING)
		return proof_with(MARK_UNCHECKED, WHY_NO_PROOF, name, S(""));
	if (s != FILE_OK)
		return proof_with(MARK_FAILED, file_why(s), name, S(""));
	return judge(c, bytes, x);
}

static void put(struct check *c, enum part part, const struct finding *f)
{
	mark(c, part, f->mark, f->why, f->arg[0], f->arg[1], f->arg[2]);
}

/* ---- the freeze: a and e ------------------------------------------------- */

/* That it was too late is no fault of the log. */
static void everybody_sees(struct check *c, const struct proof *p)
{
	const struct policy_verdict *v = &p->v;

	if (!c->proven || c->policy->none)
		mark(c, PART_E, MARK_UNCHECKED, p->f.why, p->f.arg[0], S(""), S(""));
	else if (!c->own)
		mark(c, PART_E, MARK_UNCHECKED, WHY_THEIR_POLICY, S(""), S(""), S(""));
	else
		mark(c, PART_E, MARK_VALID, WHY_WITNESSED, v->c.origin,
		    arena_printf(c->a, "%llu", (unsigned long long)v->c.size),
		    arena_printf(c->a, "%zu", v->witnesses));
}

static void frozen(struct check *c)
{
	struct proof p = prove(c, &(struct said){ S("freeze.txt"), c->freeze, c->head.round, 0 });

	c->proven = c->heads.n > 0;
	if (c->proven) {
		c->at = p.at;
		c->origin = p.v.c.origin;
	}
	put(c, PART_A, &p.f);
	everybody_sees(c, &p);
}

/* ---- what was said later -------------------------------------------------- */

/* The first that is not proven says why; a failure says more than that. */
static void announced(struct check *c)
{
	struct finding worst = { MARK_VALID, WHY_TOLD_BEFORE,
	    { arena_printf(c->a, "%zu", c->said.n) } };

	for (size_t i = 0; i < c->said.n; i++) {
		struct proof p = prove(c, &c->said.v[i]);
		if (p.f.mark == MARK_FAILED)
			put(c, PART_A_AFTER, &p.f);
		else if (p.f.mark == MARK_UNCHECKED && worst.mark == MARK_VALID)
			worst = p.f;
	}
	put(c, PART_A_AFTER, &worst);
}

void check_log(struct check *c)
{
	find_policy(c);
	frozen(c);
	if (c->said.n)
		announced(c);
}
