#include "mod/draw/bundle.h"
#include "log/merkle.h"
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX	((size_t)1 << 30)

static bool id_ok(str s)
{
	static const char may[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789._-";

	if (!s.n || s.n > BUNDLE_ID_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!memchr(may, s.p[i], sizeof may - 1))
			return false;
	return true;
}

static bool line_ok(str s)
{
	if (!s.n || s.n > BUNDLE_TITLE_MAX || !str_utf8(s))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return true;
}

/* ---- prizes.tsv ---------------------------------------------------- */

static int by_id(const void *x, const void *y)
{
	return str_cmp(*(const str *)x, *(const str *)y);
}

static bool prize_ok(const struct bundle_prize *p)
{
	return id_ok(p->id) && line_ok(p->cls) && line_ok(p->title) &&
	    p->number >= 1 && p->number <= PICK_PLACES_MAX;
}

static err check_prizes(struct arena *a, const struct bundle_prize *p, size_t n)
{
	str *ids = NEWN(a, str, n + 1);
	int64_t places = 0;

	if (!n || n > PICK_PRIZES_MAX)
		return ERR(a, ERR_INVALID, "draw-prizes");
	for (size_t i = 0; i < n; i++) {
		if (!prize_ok(&p[i]))
			return ERR(a, ERR_INVALID, "draw-prize", .arg = { p[i].id });
		places += p[i].number;
		ids[i] = p[i].id;
	}
	if (places > PICK_PLACES_MAX)
		return ERR(a, ERR_INVALID, "draw-prizes");
	qsort(ids, n, sizeof *ids, by_id);
	for (size_t i = 1; i < n; i++)
		if (str_eq(ids[i - 1], ids[i]))
			return ERR(a, ERR_INVALID, "draw-prize", .arg = { ids[i] });
	return NULL;
}

err bundle_prizes_text(struct arena *a, const struct bundle_prize *p, size_t n, str *text)
{
	struct buf b = BUF(a, TEXT_MAX);

	TRY(check_prizes(a, p, n));
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%.*s\t%.*s\t%lld\t%.*s\n", SV(p[i].id), SV(p[i].cls),
		    (long long)p[i].number, SV(p[i].title));
	*text = buf_done(&b);
	return NULL;
}

err bundle_prizes_parse(struct arena *a, str text, struct bundle_prize **prizes, size_t *n)
{
	VEC(struct bundle_prize) v = { 0 };
	str rest = text, line, again;

	while (str_take(&rest, '\n', &line)) {
		struct bundle_prize *p;
		str number;
		if (v.n == PICK_PRIZES_MAX)
			return ERR(a, ERR_INVALID, "draw-prizes");
		p = VEC_ADD(a, &v);
		if (!str_take(&line, '\t', &p->id) || !str_take(&line, '\t', &p->cls) ||
		    !str_take(&line, '\t', &number) ||
		    !str_int(number, 1, PICK_PLACES_MAX, &p->number))
			return ERR(a, ERR_INVALID, "draw-prize", .arg = { p->id });
		p->title = line;
	}
	TRY(bundle_prizes_text(a, v.v, v.n, &again));
	if (!str_eq(again, text))
		return ERR(a, ERR_INVALID, "draw-prizes");
	*prizes = v.v;
	*n = v.n;
	return NULL;
}

/* ---- ineligible.txt ------------------------------------------------ */

static int by_hash(const void *x, const void *y)
{
	return memcmp(x, y, sizeof(struct hash));
}

err bundle_ineligible_text(struct arena *a, struct hash *cids, size_t n, str *text)
{
	struct buf b = BUF(a, TEXT_MAX);
	char line[65];

	if (n > BUNDLE_INELIGIBLE_MAX)
		return ERR(a, ERR_INVALID, "draw-ineligible");
	if (n)
		qsort(cids, n, sizeof *cids, by_hash);
	line[64] = '\n';
	for (size_t i = 0; i < n; i++) {
		if (i && !memcmp(&cids[i - 1], &cids[i], sizeof *cids))
			continue;
		hex_put(line, &cids[i], sizeof *cids);
		buf_put(&b, line, sizeof line);
	}
	*text = buf_done(&b);
	return NULL;
}

err bundle_ineligible_parse(struct arena *a, str text, struct hash **cids, size_t *n)
{
	size_t lines = text.n / 65;

	if (text.n % 65 || lines > BUNDLE_INELIGIBLE_MAX)
		return ERR(a, ERR_INVALID, "draw-ineligible");
	*cids = NEWN(a, struct hash, lines + 1);
	*n = lines;
	for (size_t i = 0; i < lines; i++) {
		str line = str_sub(text, i * 65, 65);
		if (line.p[64] != '\n' || !hex_get(&(*cids)[i], 32, str_sub(line, 0, 64)))
			return ERR(a, ERR_INVALID, "draw-ineligible");
	}
	return NULL;
}

/* ---- the tree ------------------------------------------------------ */

void bundle_root(const struct pick_list *l, struct hash *root)
{
	struct merkle_range r = { 0 };
	struct hash leaves[512];

	for (size_t i = 0; i < l->n; i += countof(leaves)) {
		size_t n = l->n - i < countof(leaves) ? l->n - i : countof(leaves);
		sha256_rows(leaves, 0, l->rec + i * PICK_RECORD, PICK_RECORD, n);
		merkle_add_all(&r, leaves, n);
	}
	merkle_root(&r, root);
}

/* ---- freeze.txt ---------------------------------------------------- */

static void put_hash(struct buf *b, const char *key, const struct hash *h)
{
	char hex[64];

	hex_put(hex, h, sizeof *h);
	buf_printf(b, "%s %.64s\n", key, hex);
}

str freeze_text(struct arena *a, const struct freeze *f)
{
	struct buf b = BUF(a, 4096);

	buf_printf(&b, "laris-undian/v1\ndraw %.*s\nentries %lld\ncoupons %lld\n",
	    SV(f->draw), (long long)f->entries, (long long)f->coupons);
	put_hash(&b, "root", &f->root);
	put_hash(&b, "prizes", &f->prizes);
	put_hash(&b, "ineligible", &f->ineligible);
	if (f->has_rules)
		put_hash(&b, "rules", &f->rules);
	put_hash(&b, "drand", &f->drand);
	buf_printf(&b, "round %lld\n", (long long)f->round);
	return buf_done(&b);
}

err freeze_make(struct arena *a, const struct freeze_input *in, struct freeze *f, str *text)
{
	*f = (struct freeze){ .draw = in->draw, .entries = (int64_t)in->list->n,
	    .coupons = (int64_t)in->list->coupons, .has_rules = in->rules.p != NULL,
	    .round = in->round };
	if (!id_ok(in->draw))
		return ERR(a, ERR_INVALID, "draw-id", .arg = { in->draw });
	if (in->round < 1 || !hex_get(&f->drand, sizeof f->drand, in->chain))
		return ERR(a, ERR_INVALID, "draw-round");
	if (!in->list->n)
		return ERR(a, ERR_INVALID, "draw-empty");
	if (in->root)
		f->root = *in->root;
	else
		bundle_root(in->list, &f->root);
	sha256(&f->prizes, in->prizes.p, in->prizes.n);
	sha256(&f->ineligible, in->ineligible.p, in->ineligible.n);
	if (f->has_rules)
		sha256(&f->rules, in->rules.p, in->rules.n);
	*text = freeze_text(a, f);
	return NULL;
}

static bool take_value(str *rest, str key, str *value)
{
	str line;

	if (!str_take(rest, '\n', &line) || line.n <= key.n || !str_starts(line, key) ||
	    line.p[key.n] != ' ')
		return false;
	*value = str_sub(line, key.n + 1, line.n);
	return true;
}

static bool take_int(str *rest, str key, int64_t *v)
{
	str value;

	return take_value(rest, key, &value) && str_int(value, 1, INT64_MAX, v);
}

static bool take_hash(str *rest, str key, struct hash *h)
{
	str value;

	return take_value(rest, key, &value) && hex_get(h, sizeof *h, value);
}

static bool read_head(str *rest, struct freeze *f)
{
	str first;

	return str_take(rest, '\n', &first) && take_value(rest, S("draw"), &f->draw) &&
	    id_ok(f->draw) && take_int(rest, S("entries"), &f->entries) &&
	    take_int(rest, S("coupons"), &f->coupons);
}

/* Reads loosely; what is not exactly as we would write it is refused after. */
static bool read_freeze(str rest, struct freeze *f)
{
	if (!read_head(&rest, f) || !take_hash(&rest, S("root"), &f->root) ||
	    !take_hash(&rest, S("prizes"), &f->prizes) ||
	    !take_hash(&rest, S("ineligible"), &f->ineligible))
		return false;
	f->has_rules = str_starts(rest, S("rules "));
	if (f->has_rules && !take_hash(&rest, S("rules"), &f->rules))
		return false;
	return take_hash(&rest, S("drand"), &f->drand) &&
	    take_int(&rest, S("round"), &f->round);
}

err freeze_parse(struct arena *a, str text, struct freeze *f)
{
	*f = (struct freeze){ 0 };
	if (!read_freeze(text, f) || !str_eq(freeze_text(a, f), text))
		return ERR(a, ERR_INVALID, "draw-freeze-format");
	return NULL;
}
