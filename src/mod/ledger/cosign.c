/* cosign.c - who the witnesses are, and which heads enough of them signed. */
#include "mod/ledger/cosign.h"
#include "core/setting.h"
#include "ledger_read.h"
#include <string.h>

enum { TRIED = 50 };

/* ---- who they are ----------------------------------------------------------- */

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool take_word(str *rest, str *word)
{
	size_t n = 0;

	*rest = str_trim(*rest);
	while (n < rest->n && !blank(rest->p[n]))
		n++;
	*word = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return n > 0;
}

static bool url_ok(str url)
{
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || (unsigned char)url.p[i] >= 0x7f)
			return false;
	return str_starts(url, S("https://")) || str_starts(url, S("http://"));
}

/* One key under two names would count twice. */
static bool twice(const struct cosigners *c, const struct note_key *k)
{
	for (size_t i = 0; i < c->n; i++)
		if (!memcmp(&c->v[i].key.public, &k->public, sizeof k->public))
			return true;
	return false;
}

/* "-" says: none. */
static bool parse(str value, struct cosigners *c)
{
	str key, url;

	c->n = 0;
	if (str_eq(str_trim(value), S("-")))
		return true;
	while (take_word(&value, &key)) {
		struct cosigner *w = &c->v[c->n];
		if (c->n == COSIGN_MOST || !take_word(&value, &url) || !url_ok(url) ||
		    !note_key_parse(key, &w->key) || w->key.kind != KEY_WITNESS ||
		    twice(c, &w->key))
			return false;
		w->text = key;
		w->url = str_ends(url, S("/")) ? str_sub(url, 0, url.n - 1) : url;
		c->n++;
	}
	return true;
}

err cosigners_check(struct arena *a, str value)
{
	struct cosigners *c = NEW(a, struct cosigners);

	return parse(value, c) ? NULL :
	    ERR(a, ERR_INVALID, "log-witnesses", .field = "value");
}

err cosigners_get(struct db *db, city_id city, struct cosigners *c)
{
	str witnesses, quorum;

	*c = (struct cosigners){ 0 };
	TRY(setting_text(db, city, "log-witnesses", &witnesses));
	TRY(setting_text(db, city, "log-quorum", &quorum));
	if (!parse(witnesses, c))
		c->n = 0;
	if (!quorum.n || !str_int(quorum, 0, COSIGN_MOST, &c->quorum))
		c->quorum = 0;
	return NULL;
}

err cosigner_state(struct db *db, city_id city, const struct cosigner *w,
    struct cosigner_state *s)
{
	struct ledger_witness row;
	bool found;

	*s = (struct cosigner_state){ 0 };
	TRY(ledger_q_witness(db, city, w->text, &row, &found));
	if (!found)
		return NULL;
	CHECK(row.state >= 0 && row.state < COSIGN_STATES);
	*s = (struct cosigner_state){ (enum cosign_state)row.state, row.size, row.said,
	    row.since };
	return NULL;
}

/* ---- what they signed ------------------------------------------------------------ */

static bool is_one(const struct cosigners *c, str key)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->v[i].text, key))
			return true;
	return false;
}

/* Kept in order; the quorum was there when its last member had signed. */
static void sort_in(int64_t *v, size_t n, int64_t at)
{
	while (n && v[n - 1] > at) {
		v[n] = v[n - 1];
		n--;
	}
	v[n] = at;
}

struct ask {
	const struct ledger_tree *t;
	const struct cosigners *c;
	const char *key_file;
	int64_t by;
};

/*
 * This head with its signatures, if those we name today are enough, in
 * time, and the rows still say what was signed.
 */
static err whole(const struct ask *x, int64_t size, str root, struct cosigned *out)
{
	struct ledger_tree then = *x->t;
	struct buf b = BUF(db_arena(then.db), NOTE_BYTES);
	struct ledger_cosignatures *v;
	int64_t at[COSIGN_MOST] = { 0 };
	size_t n, m = 0;
	struct hash h;
	str note;

	then.size = size;
	TRY(ledger_root(&then, &h));
	if (!str_eq((str){ (const char *)h.b, sizeof h.b }, root))
		return NULL;
	TRY(ledger_q_cosignatures(then.db, then.city, size, root, &v, &n));
	TRY(ledger_checkpoint(&then, x->key_file, &note));
	buf_str(&b, note);
	for (size_t i = 0; i < n; i++)
		if (is_one(x->c, v[i].witness)) {
			buf_str(&b, v[i].line);
			sort_in(at, m++, v[i].at);
		}
	if ((int64_t)m < x->c->quorum || b.full ||
	    (x->by && at[x->c->quorum - 1] >= x->by / SECOND))
		return NULL;
	*out = (struct cosigned){ size, buf_done(&b) };
	return NULL;
}

static bool wanted(const struct ledger_tree *t, const struct cosigners *c)
{
	return t->size && c->quorum && (int64_t)c->n >= c->quorum;
}

err cosigned_newest(const struct ledger_tree *t, const struct cosigners *c,
    const char *key_file, struct cosigned *out)
{
	struct ask x = { t, c, key_file, 0 };
	struct ledger_cosigned_newest *v;
	size_t n;

	*out = (struct cosigned){ 0 };
	if (!wanted(t, c))
		return NULL;
	TRY(ledger_q_cosigned_newest(t->db, t->city, c->quorum, TRIED, &v, &n));
	for (size_t i = 0; i < n && !out->size; i++)
		if (v[i].size <= t->size)
			TRY(whole(&x, v[i].size, v[i].root, out));
	return NULL;
}

err cosigned_holding(const struct ledger_tree *t, const struct cosigners *c,
    const char *key_file, int64_t number, int64_t by, struct cosigned *out)
{
	struct ask x = { t, c, key_file, by };
	struct ledger_cosigned_after *v;
	size_t n;

	*out = (struct cosigned){ 0 };
	if (!wanted(t, c))
		return NULL;
	TRY(ledger_q_cosigned_after(t->db, t->city, number, c->quorum, TRIED, &v, &n));
	for (size_t i = 0; i < n && !out->size; i++)
		if (v[i].size <= t->size)
			TRY(whole(&x, v[i].size, v[i].root, out));
	return NULL;
}
