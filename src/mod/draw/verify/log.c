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

static void both_open(struct check *c, enum why why)
{
	mark(c, PART_A, MARK_UNCHECKED, why, S(""), S(""), S(""));
	mark(c, PART_E, MARK_UNCHECKED, why, S(""), S(""), S(""));
}

/* Theirs who asks, or the bundle's own, which only its maker need believe. */
static bool find_policy(struct check *c, struct policy *p, bool *own)
{
	enum file_state s;
	size_t line;
	str text;

	*own = c->policy != NULL;
	if (*own) {
		*p = *c->policy;
		return true;
	}
	s = file_read(c, S("policy.txt"), POLICY_BYTES, &text);
	if (s == FILE_MISSING)
		both_open(c, WHY_NO_POLICY);
	else if (s != FILE_OK)
		mark_fail(c, PART_A, file_why(s), S("policy.txt"));
	else if (!policy_parse(c->a, text, p, &line))
		mark_fail(c, PART_A, WHY_POLICY_FORMAT, S("policy.txt"));
	else
		return true;
	return false;
}

static str moment(struct check *c, int64_t seconds)
{
	struct buf b = BUF(c->a, 64);

	if (seconds > LAST)
		return S("?");
	time_put_rfc3339(&b, seconds * SECOND, (enum zone)0);
	return buf_done(&b);
}

/* A round that far away is due after everything. */
static int64_t due(uint64_t round)
{
	return round > (INT64_MAX - GENESIS) / PERIOD ? INT64_MAX :
	    GENESIS + PERIOD * (int64_t)(round - 1);
}

/* Witnessed is witnessed; but was it before the randomness existed? */
static void judge_time(struct check *c, const struct policy_verdict *v, bool own)
{
	str at = moment(c, v->at), by = moment(c, due(c->head.round));

	if (!chain_is_quicknet(c))
		mark(c, PART_A, MARK_UNCHECKED, WHY_NO_CLOCK, S(""), S(""), S(""));
	else if (v->at >= due(c->head.round))
		mark(c, PART_A, MARK_FAILED, WHY_TOO_LATE, at, by, S(""));
	else if (!own)
		mark(c, PART_A, MARK_UNCHECKED, WHY_THEIR_POLICY, S(""), S(""), S(""));
	else
		mark(c, PART_A, MARK_VALID, WHY_FIXED_BEFORE, at, by, S(""));
}

static void judge(struct check *c, const struct policy *p, str proof, bool own)
{
	struct policy_verdict v;
	uint64_t index;
	enum log_why why = policy_judge_proof(c->a, p, proof, c->freeze, &v, &index);

	if (why != LOG_GOOD) {
		mark(c, PART_A, MARK_FAILED, whys[why], v.c.origin, S(""), S(""));
		mark(c, PART_E, MARK_UNCHECKED, whys[why], v.c.origin, S(""), S(""));
		return;
	}
	if (p->none) {
		both_open(c, WHY_UNWITNESSED);
		return;
	}
	judge_time(c, &v, own);
	mark(c, PART_E, own ? MARK_VALID : MARK_UNCHECKED, own ? WHY_WITNESSED : WHY_THEIR_POLICY,
	    v.c.origin, arena_printf(c->a, "%llu", (unsigned long long)v.c.size),
	    arena_printf(c->a, "%zu", v.witnesses));
}

void check_log(struct check *c)
{
	struct policy *p = NEW(c->a, struct policy);
	enum file_state s;
	str proof;
	bool own;

	s = file_read(c, S("freeze.tlog-proof"), PROOF_BYTES, &proof);
	if (s == FILE_MISSING)
		both_open(c, WHY_NO_PROOF);
	else if (s != FILE_OK)
		mark_fail(c, PART_A, file_why(s), S("freeze.tlog-proof"));
	else if (find_policy(c, p, &own))
		judge(c, p, proof, own);
}
