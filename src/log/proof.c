#include "log/proof.h"
#include "base/base64.h"

#define PROOF_HEAD	S("c2sp.org/tlog-proof@v1")
#define UPDATE_PATH	63

/* ---- lines ---------------------------------------------------------------- */

/* The next line; one that is torn off is none. */
static bool take_line(str *rest, str *line)
{
	size_t end = str_find(*rest, S("\n"));

	if (end == SIZE_MAX)
		return false;
	*line = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end + 1, rest->n);
	return true;
}

static bool decimal(str s, uint64_t *v)
{
	int64_t n;

	if ((s.n > 1 && s.p[0] == '0') || !str_int(s, 0, INT64_MAX, &n))
		return false;
	*v = (uint64_t)n;
	return true;
}

static bool keyed(str *rest, str key, uint64_t *v)
{
	str line;

	return take_line(rest, &line) && str_starts(line, key) &&
	    decimal(str_sub(line, key.n, line.n), v);
}

static bool hash_line(str line, struct hash *h)
{
	size_t n;

	return base64_get(h->b, sizeof h->b, &n, line) && n == sizeof h->b;
}

static void put_hash(struct buf *b, const struct hash *h)
{
	base64_put(b, h->b, sizeof h->b);
	buf_char(b, '\n');
}

/* Hashes, a line each, up to the empty line, which is taken too. */
static bool take_path(str *rest, struct merkle_proof *p, size_t max)
{
	str line;

	for (p->n = 0; take_line(rest, &line); p->n++) {
		if (!line.n)
			return true;
		if (p->n == max || !hash_line(line, &p->v[p->n]))
			return false;
	}
	return false;
}

static void put_path(struct buf *b, const struct merkle_proof *p)
{
	for (size_t i = 0; i < p->n; i++)
		put_hash(b, &p->v[i]);
	buf_char(b, '\n');
}

/* ---- checkpoint ------------------------------------------------------------- */

str checkpoint_text(struct arena *a, const struct checkpoint *c)
{
	struct buf b = BUF(a, PROOF_BYTES);

	buf_printf(&b, "%.*s\n%llu\n", SV(c->origin), (unsigned long long)c->size);
	put_hash(&b, &c->root);
	buf_str(&b, c->more);
	CHECK(!b.full && c->origin.n && str_find(c->origin, S("\n")) == SIZE_MAX);
	return buf_done(&b);
}

bool checkpoint_parse(str text, struct checkpoint *c)
{
	str size, root, line, rest;

	if (!take_line(&text, &c->origin) || !c->origin.n || !take_line(&text, &size) ||
	    !decimal(size, &c->size) || !take_line(&text, &root) || !hash_line(root, &c->root))
		return false;
	c->more = rest = text;
	while (take_line(&rest, &line))
		if (!line.n)
			return false;
	return !rest.n;
}

/* ---- proof --------------------------------------------------------------------- */

str log_proof_text(struct arena *a, const struct log_proof *p)
{
	struct buf b = BUF(a, PROOF_BYTES);

	buf_str(&b, PROOF_HEAD);
	buf_char(&b, '\n');
	if (p->has_extra) {
		buf_str(&b, S("extra "));
		base64_put(&b, p->extra.p, p->extra.n);
		buf_char(&b, '\n');
	}
	buf_printf(&b, "index %llu\n", (unsigned long long)p->index);
	put_path(&b, &p->path);
	buf_str(&b, p->checkpoint);
	CHECK(!b.full);
	return buf_done(&b);
}

static bool take_extra(struct arena *a, str *rest, struct log_proof *p)
{
	str line;
	char *bytes;

	p->has_extra = str_starts(*rest, S("extra "));
	if (!p->has_extra)
		return true;
	if (!take_line(rest, &line))
		return false;
	line = str_sub(line, 6, line.n);
	p->extra.p = bytes = arena_bytes(a, line.n + 1);
	return base64_get(bytes, line.n, &p->extra.n, line);
}

bool log_proof_parse(struct arena *a, str s, struct log_proof *p)
{
	str line;

	*p = (struct log_proof){ 0 };
	if (s.n > PROOF_BYTES || !take_line(&s, &line) || !str_eq(line, PROOF_HEAD) ||
	    !take_extra(a, &s, p) || !keyed(&s, S("index "), &p->index) ||
	    !take_path(&s, &p->path, MERKLE_PROOF_MAX))
		return false;
	p->checkpoint = s;
	return s.n > 0;
}

/* ---- a witness's question --------------------------------------------------------- */

str log_update_text(struct arena *a, const struct log_update *u)
{
	struct buf b = BUF(a, PROOF_BYTES);

	buf_printf(&b, "old %llu\n", (unsigned long long)u->old);
	put_path(&b, &u->path);
	buf_str(&b, u->checkpoint);
	CHECK(!b.full && u->path.n <= UPDATE_PATH);
	return buf_done(&b);
}

bool log_update_parse(str s, struct log_update *u)
{
	*u = (struct log_update){ 0 };
	if (s.n > PROOF_BYTES || !keyed(&s, S("old "), &u->old) ||
	    !take_path(&s, &u->path, UPDATE_PATH))
		return false;
	u->checkpoint = s;
	return s.n > 0;
}
