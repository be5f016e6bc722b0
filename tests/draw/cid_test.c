/*
 * cid_test.c - names on the list: known ones, and a whole list's against
 * each made alone, whichever way hashes are made.
 */
#include "base/id.h"
#include "base/rand.h"
#include "mod/draw/bundle.h"
#include "mod/draw/cid.h"
#include "tap.h"
#include <string.h>

#ifndef HASH_BY
#define HASH_BY	"as this processor can"
#endif
#define MOST	1000

static struct arena *a;
static struct prng dice;

static void known(void)
{
	struct hash salt, cid, other;

	/* Worked out with Python's hmac and hashlib. */
	cid_salt(&salt, S("K7Q2M9X4"), S("SGS-2021-1"));
	ok(str_eq(hash_hex(a, &salt), S("32e7b5695ba9879e8998b0d6af1f2957"
	    "a76f14de2a9fdb3722184738749296bb")),
	    "a salt");
	cid_make(&cid, S("SGS-2021-1"), S("123456789"), S("+6281234567890"), &salt);
	ok(str_eq(hash_hex(a, &cid), S("c0418d1967e7a06df181ec7cc394b353"
	    "db04fbcb79eb70e714ed9502bb2f9b7e")),
	    "a cid");
	cid_make(&cid, S("SGS-2021-1"), S("123456789"), S(""), &salt);
	ok(str_eq(hash_hex(a, &cid), S("7ade0aa4b1e01d97629182fab954827c"
	    "8fc1cd4faa2f42a777341df56069e877")),
	    "a cid without a phone");
	cid_salt(&salt, S("K7Q2M9X4"), S("SGS-2021-2"));
	cid_make(&other, S("SGS-2021-2"), S("123456789"), S(""), &salt);
	ok(memcmp(&cid, &other, 32) != 0, "the same card in another draw is another cid");
}

/* As section 3 of the format says it, from the text of the QR. */
static void by_itself(struct hash *cid, str draw, const struct cid_card *card)
{
	str digits = arena_printf(a, "%09lld", (long long)card->number);
	struct hash salt;

	cid_salt(&salt, base32_text(a, card->secret.p, card->secret.n), draw);
	cid_make(cid, draw, digits, card->phone, &salt);
}

static struct cid_card any_card(size_t secret, size_t phone)
{
	struct cid_card c = { .number = (int64_t)prng_below(&dice, 1000000000) };
	char *s = arena_bytes(a, secret + 1);
	char *p = arena_bytes(a, phone + 1);

	for (size_t i = 0; i < secret; i++)
		s[i] = (char)prng_below(&dice, 256);
	for (size_t i = 0; i < phone; i++)
		p[i] = i ? (char)('0' + prng_below(&dice, 10)) : '+';
	c.secret = (str){ s, secret };
	c.phone = (str){ p, phone };
	return c;
}

static int list_wrong(str draw, const struct cid_card *card, size_t n)
{
	static struct hash list[MOST];
	struct cids c;
	struct hash one;
	int bad = 0;

	memset(list, 0, sizeof list);
	cids_open(&c, draw);
	for (size_t i = 0; i < n; i++)
		cids_add(&c, &card[i], list[i].b);
	cids_close(&c);
	for (size_t i = 0; i < n; i++) {
		by_itself(&one, draw, &card[i]);
		bad += !hash_same(&one, &list[i]);
	}
	return bad;
}

static void lists(void)
{
	static struct cid_card card[MOST];
	int bad = 0;

	for (size_t i = 0; i < MOST; i++)
		card[i] = any_card(16, prng_below(&dice, 3) ? 11 + prng_below(&dice, 5) : 0);
	card[7].number = 0;
	card[8].number = 999999999;
	ok(!list_wrong(S("sgs-2021-utama"), card, MOST), "%d cards, with and without a phone",
	    MOST);
	for (size_t n = 0; n <= 2 * CIDS_ABREAST + 3; n++)
		bad += list_wrong(S("SGS-2021-1"), card + n, n);
	ok(!bad, "lists of none to %d, odd ones too (%d wrong)", 2 * CIDS_ABREAST + 3, bad);
}

/* What crosses a block's end, or does not fit and is made alone among the others. */
static void odd_cards(void)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz"
	    "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789";
	struct cid_card card[61];
	int bad = 0;

	for (size_t n = 1; n < sizeof name; n++) {
		for (size_t i = 0; i < countof(card); i++)
			card[i] = any_card(prng_below(&dice, 45), prng_below(&dice, n + 20));
		card[3].number = 1234567890123;
		card[4].number = -5;
		bad += list_wrong((str){ name, n }, card, countof(card));
	}
	ok(!bad, "draws, secrets and phones of any length (%d wrong)", bad);
	ok(CIDS_DRAW >= BUNDLE_ID_MAX, "no draw is too long to be made abreast");
}

int main(void)
{
	a = arena_new();
	prng_seed(&dice, 1);
	printf("# hashes %s\n", HASH_BY);
	known();
	lists();
	odd_cards();
	arena_free(&a);
	return done();
}
