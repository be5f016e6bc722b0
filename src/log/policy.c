#include "log/policy.h"
#include <stdlib.h>
#include <string.h>

#define WORDS	(POLICY_MOST + 3)
#define NEVER	INT64_MAX

/* ---- reading --------------------------------------------------------------- */

struct words { str v[WORDS]; size_t n; };

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* False: more words than any line may have. */
static bool divide(str line, struct words *w)
{
	size_t i = 0;

	w->n = 0;
	while (i < line.n) {
		size_t from;
		for (; i < line.n && blank(line.p[i]); i++)
			;
		for (from = i; i < line.n && !blank(line.p[i]); i++)
			;
		if (i == from)
			break;
		if (w->n == WORDS)
			return false;
		w->v[w->n++] = str_sub(line, from, i - from);
	}
	return true;
}

static bool find(const struct policy *p, str name, size_t *i)
{
	for (*i = 0; *i < p->n_names; ++*i)
		if (str_eq(p->names[*i].name, name))
			return true;
	return false;
}

static bool free_name(const struct policy *p, str name)
{
	size_t i;

	return p->n_names < POLICY_MOST && !str_eq(name, S("none")) && !find(p, name, &i);
}

static bool take_log(struct policy *p, const struct words *w)
{
	struct policy_log *l = &p->logs[p->n_logs];

	if (w->n < 2 || w->n > 3 || p->n_logs == POLICY_MOST || !note_key_parse(w->v[1], &l->key) ||
	    l->key.kind != KEY_LOG)
		return false;
	for (size_t i = 0; i < p->n_logs; i++)
		if (!memcmp(&p->logs[i].key.public, &l->key.public, sizeof l->key.public))
			return false;
	l->url = w->n == 3 ? w->v[2] : S("");
	p->n_logs++;
	return true;
}

static bool take_witness(struct policy *p, const struct words *w)
{
	struct policy_name *x = &p->names[p->n_names];

	if (w->n < 3 || w->n > 4 || !free_name(p, w->v[1]) || !note_key_parse(w->v[2], &x->key) ||
	    x->key.kind != KEY_WITNESS)
		return false;
	for (size_t i = 0; i < p->n_names; i++)
		if (!p->names[i].group &&
		    !memcmp(&p->names[i].key.public, &x->key.public, sizeof x->key.public))
			return false;
	x->name = w->v[1];
	x->url = w->n == 4 ? w->v[3] : S("");
	p->n_names++;
	return true;
}

static bool take_need(str word, size_t n, size_t *need)
{
	int64_t k;

	*need = str_eq(word, S("any")) ? 1 : n;
	if (str_eq(word, S("any")) || str_eq(word, S("all")))
		return true;
	if (word.p[0] == '0' || !str_int(word, 1, (int64_t)n, &k))
		return false;
	*need = (size_t)k;
	return true;
}

static bool take_group(struct policy *p, const struct words *w)
{
	struct policy_name *x = &p->names[p->n_names];
	size_t m;

	if (w->n < 4 || !free_name(p, w->v[1]) || !take_need(w->v[2], w->n - 3, &x->need))
		return false;
	for (size_t i = 3; i < w->n; i++) {
		if (!find(p, w->v[i], &m) || p->names[m].taken)
			return false;
		p->names[m].taken = true;
		x->member[x->n++] = (uint8_t)m;
	}
	x->name = w->v[1];
	x->group = true;
	p->n_names++;
	return true;
}

static bool take_quorum(struct policy *p, const struct words *w, bool *there)
{
	if (w->n != 2 || *there)
		return false;
	*there = true;
	p->none = str_eq(w->v[1], S("none"));
	return p->none || find(p, w->v[1], &p->quorum);
}

static bool take_line(struct policy *p, str line, bool *quorum)
{
	struct words *w = &(struct words){ 0 };

	line = str_trim(line);
	if (!line.n || line.p[0] == '#')
		return true;
	if (!divide(line, w))
		return false;
	if (str_eq(w->v[0], S("log")))
		return take_log(p, w);
	if (str_eq(w->v[0], S("witness")))
		return take_witness(p, w);
	if (str_eq(w->v[0], S("group")))
		return take_group(p, w);
	return str_eq(w->v[0], S("quorum")) && take_quorum(p, w, quorum);
}

static bool characters(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f)
			return false;
	}
	return true;
}

bool policy_parse(struct arena *a, str s, struct policy *p, size_t *line)
{
	bool quorum = false;
	str text;

	*line = 0;
	*p = (struct policy){ .logs = NEWN(a, struct policy_log, POLICY_MOST + 1),
	    .names = NEWN(a, struct policy_name, POLICY_MOST + 1) };
	if (s.n > POLICY_BYTES || !characters(s) || !str_ends(s, S("\n")))
		return false;
	while (str_take(&s, '\n', &text)) {
		++*line;
		if (!take_line(p, text, &quorum))
			return false;
	}
	*line = 0;
	return quorum;
}

/* ---- judging ------------------------------------------------------------------- */

static int by_time(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

/* When the k-th of its members had signed. */
static int64_t group_time(const struct policy_name *g, const int64_t *at)
{
	int64_t t[POLICY_MOST];

	for (size_t i = 0; i < g->n; i++)
		t[i] = at[g->member[i]];
	qsort(t, g->n, sizeof *t, by_time);
	return t[g->need - 1];
}

static enum log_why judge_witnesses(const struct policy *p, const struct note *note,
    struct policy_verdict *v)
{
	int64_t at[POLICY_MOST + 1] = { 0 }, t;

	for (size_t i = 0; i < p->n_names; i++) {
		enum note_mark m;
		if (p->names[i].group) {
			at[i] = group_time(&p->names[i], at);
			continue;
		}
		m = note_mark(note, &p->names[i].key, &t);
		if (m == NOTE_FALSE)
			return LOG_FALSE;
		v->witnesses += m == NOTE_SIGNED;
		at[i] = m == NOTE_SIGNED ? t : NEVER;
	}
	if (p->none)
		return LOG_GOOD;
	v->at = at[p->quorum];
	return v->at == NEVER ? LOG_QUORUM : LOG_GOOD;
}

/* The log's name is the origin of what it signs; it may have more than one key. */
static enum log_why judge_log(const struct policy *p, const struct note *note,
    struct policy_verdict *v)
{
	enum log_why why = LOG_STRANGER;
	int64_t t;

	for (size_t i = 0; i < p->n_logs; i++) {
		const struct note_key *k = &p->logs[i].key;
		enum note_mark m;
		if (!str_eq(k->name, v->c.origin))
			continue;
		m = note_mark(note, k, &t);
		if (m == NOTE_FALSE)
			return LOG_FALSE;
		if (m == NOTE_SIGNED)
			v->log = k;
		why = v->log ? LOG_GOOD : LOG_UNSIGNED;
	}
	return why;
}

enum log_why policy_judge(struct arena *a, const struct policy *p, str bytes,
    struct policy_verdict *v)
{
	struct note note;
	enum log_why why;

	*v = (struct policy_verdict){ 0 };
	if (!note_parse(a, bytes, &note))
		return LOG_NOTE_FORM;
	if (!checkpoint_parse(note.text, &v->c))
		return LOG_CHECKPOINT_FORM;
	why = judge_log(p, &note, v);
	return why == LOG_GOOD ? judge_witnesses(p, &note, v) : why;
}

enum log_why policy_judge_proof(struct arena *a, const struct policy *p, str bytes, str entry,
    struct policy_verdict *v, uint64_t *index)
{
	struct log_proof *proof = NEW(a, struct log_proof);
	enum log_why why;
	struct hash leaf;

	*v = (struct policy_verdict){ 0 };
	if (!log_proof_parse(a, bytes, proof))
		return LOG_PROOF_FORM;
	why = policy_judge(a, p, proof->checkpoint, v);
	if (why != LOG_GOOD)
		return why;
	merkle_leaf(&leaf, entry);
	*index = proof->index;
	return merkle_inclusion_ok(proof->index, v->c.size, &leaf, &proof->path, &v->c.root) ?
	    LOG_GOOD : LOG_NOT_IN;
}
