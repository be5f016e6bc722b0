#include "mod/draw/cid.h"
#include <string.h>

#define HEAD	"laris-cid/v1\n"
#define DIGITS	9
#define SALT	64	/* hex digits */

void cid_salt(struct hash *salt, str secret, str draw)
{
	hmac_sha256(salt, secret, draw);
}

void cid_make(struct hash *cid, str draw, str card, str phone, const struct hash *salt)
{
	char hex[SALT];

	hex_put(hex, salt, sizeof *salt);
	sha256_pieces(cid, (struct sha256_piece[]){
	    { HEAD, sizeof HEAD - 1 }, { draw.p, draw.n }, { "\n", 1 },
	    { card.p, card.n }, { "\n", 1 }, { phone.p, phone.n }, { "\n", 1 },
	    { hex, sizeof hex }, { "\n", 1 } }, 9);
}

/* ---- a whole list ---------------------------------------------------- */

static void put(struct sha256_short *m, const char *p, size_t n)
{
	if (n)
		memcpy(m->b + m->n, p, n);
	m->n += n;
}

/* What is the same for all cards is written once. */
void cids_open(struct cids *c, str draw)
{
	*c = (struct cids){ .draw = draw, .head = SHA256_SHORT };
	if (draw.n > CIDS_DRAW)
		return;		/* nothing fits */
	for (size_t i = 0; i < CIDS_ABREAST; i++) {
		put(&c->line[i], HEAD, sizeof HEAD - 1);
		put(&c->line[i], draw.p, draw.n);
		put(&c->line[i], "\n", 1);
	}
	c->head = c->line[0].n;
}

static void put_number(struct sha256_short *m, int64_t number)
{
	char digits[DIGITS + 1];
	unsigned v = (unsigned)number;

	digits[DIGITS] = '\n';
	for (size_t i = DIGITS; i > 0; i--, v /= 10)
		digits[i - 1] = (char)('0' + v % 10);
	put(m, digits, sizeof digits);
}

static void all_kept(struct cids *c)
{
	struct hash h[CIDS_ABREAST];

	hmac_sha256_keys(h, c->key, c->n, c->draw);
	for (size_t i = 0; i < c->n; i++)
		hex_put((char *)c->line[i].b + c->line[i].n - SALT - 1, &h[i], sizeof h[i]);
	sha256_shorts(h, c->line, c->n);
	for (size_t i = 0; i < c->n; i++)
		memcpy(c->to[i], &h[i], sizeof h[i]);
	c->n = 0;
}

/* No card the rules made is like this, but a name must not depend on its length. */
static void alone(const struct cids *c, const struct cid_card *card, unsigned char *to)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct hash salt, cid;

	cid_salt(&salt, base32_text(a, card->secret.p, card->secret.n), c->draw);
	cid_make(&cid, c->draw, arena_printf(a, "%09lld", (long long)card->number), card->phone,
	    &salt);
	memcpy(to, &cid, sizeof cid);
}

static bool fits(const struct cids *c, const struct cid_card *card)
{
	return card->secret.n <= CIDS_SECRET && card->number >= 0 && card->number <= 999999999 &&
	    c->head + DIGITS + 1 + card->phone.n + 1 + SALT + 1 <= SHA256_SHORT;
}

void cids_add(struct cids *c, const struct cid_card *card, unsigned char *to)
{

	if (!fits(c, card)) {
		alone(c, card, to);
		return;
	}
	size_t i = c->n++;
	struct sha256_short *m = &c->line[i];
	c->key[i] = (str){ c->secret[i], base32_put(c->secret[i], card->secret.p, card->secret.n) };
	c->to[i] = to;
	m->n = c->head;
	put_number(m, card->number);
	put(m, card->phone.p, card->phone.n);
	put(m, "\n", 1);
	m->n += SALT;
	put(m, "\n", 1);
	if (c->n == CIDS_ABREAST)
		all_kept(c);
}

void cids_close(struct cids *c)
{
	if (c->n)
		all_kept(c);
	explicit_bzero(c->secret, sizeof c->secret);
}
