#include "mod/draw/verify/internal.h"
#include <string.h>

/* Digits of what a person typed; spaces, dashes and dots are free. */
static str digits(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			p[n++] = s.p[i];
	return (str){ p, n };
}

/* 0812..., 62812..., +62812... are one number: +62812... (E.164). */
static str phone_number(struct arena *a, str typed)
{
	bool plus = str_starts(str_trim(typed), S("+"));
	str d = digits(a, typed);

	if (!d.n)
		return S("");
	if (!plus && d.p[0] == '0')
		return arena_printf(a, "+62%.*s", SV(str_sub(d, 1, d.n)));
	return arena_printf(a, "+%.*s", SV(d));
}

/* The QR's text: base32 as printed, however it was typed in. */
static str secret_text_of(struct arena *a, str typed)
{
	unsigned char bytes[16];

	typed = str_trim(typed);
	if (base32_parse(bytes, sizeof bytes, typed))
		return base32_text(a, bytes, sizeof bytes);
	return typed;
}

/*
 * salt = HMAC-SHA-256(secret, DRAW); cid = SHA-256 of five lines: the
 * format's name, draw, card, phone (may be empty), salt in hex.
 */
void card_name(struct check *c, str card, str secret, str phone)
{
	struct hash salt;
	char hex[64];
	str text;

	hmac_sha256(&salt, secret_text_of(c->a, secret), c->head.draw);
	hex_put(hex, salt.b, sizeof salt.b);
	text = arena_printf(c->a, "laris-cid/v1\n%.*s\n%.*s\n%.*s\n%.64s\n", SV(c->head.draw),
	    SV(digits(c->a, card)), SV(phone_number(c->a, phone)), hex);
	sha256(&c->card_cid, text.p, text.n);
	c->has_card = true;
}
