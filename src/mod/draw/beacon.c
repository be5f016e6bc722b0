#include "mod/draw/beacon.h"
#include "core/crypto.h"
#include "json/json.h"
#include <string.h>

#define PASTED_MAX	4096

int64_t beacon_due(int64_t round)
{
	CHECK(round >= 1 && round <= BEACON_ROUND_MAX);
	return (BEACON_GENESIS + BEACON_PERIOD * (round - 1)) * SECOND;
}

int64_t beacon_round_at(int64_t at)
{
	int64_t period = BEACON_PERIOD * SECOND, late = at - BEACON_GENESIS * SECOND;

	if (late <= 0)
		return 1;
	return 1 + (late + period - 1) / period;
}

static err format_error(struct arena *a)
{
	return ERR(a, ERR_INVALID, "draw-beacon-format", .field = "beacon");
}

static err check_round(struct arena *a, const struct json_value *root, int64_t round)
{
	int64_t theirs;

	if (!json_get_int(json_get(root, "round"), &theirs))
		return format_error(a);
	if (theirs != round)
		return ERR(a, ERR_INVALID, "draw-beacon-round", .field = "beacon",
		    .arg = { arena_printf(a, "%lld", (long long)theirs),
			arena_printf(a, "%lld", (long long)round) });
	return NULL;
}

static err check_randomness(struct arena *a, const struct json_value *root,
    const unsigned char sig[BEACON_SIGNATURE / 2])
{
	struct hash h, theirs;
	str hex;

	if (!json_get(root, "randomness"))
		return NULL;	/* newer relays leave it out */
	sha256(&h, sig, BEACON_SIGNATURE / 2);
	if (!json_get_str(json_get(root, "randomness"), &hex) ||
	    !hex_get(&theirs, sizeof theirs, hex) || memcmp(&h, &theirs, sizeof h))
		return ERR(a, ERR_INVALID, "draw-beacon-randomness", .field = "beacon");
	return NULL;
}

static err from_json(struct arena *a, str pasted, int64_t round,
    unsigned char sig[BEACON_SIGNATURE / 2])
{
	CLEANUP(json_free) struct json_in *in = NULL;
	const struct json_value *root;
	str hex;

	if (json_parse(a, pasted, &in))
		return format_error(a);
	root = json_root(in);
	if (!json_is_object(root))
		return format_error(a);
	TRY(check_round(a, root, round));
	if (!json_get_str(json_get(root, "signature"), &hex) ||
	    !hex_get(sig, BEACON_SIGNATURE / 2, hex))
		return format_error(a);
	return check_randomness(a, root, sig);
}

static str text(struct arena *a, str draw, str chain, int64_t round, str sig)
{
	return arena_printf(a, "laris-beacon/v1\ndraw %.*s\ndrand %.*s %lld %.*s\n",
	    SV(draw), SV(chain), (long long)round, SV(sig));
}

/* Pasted as beacon.txt: the last word is the signature, the rest is known. */
static bool from_text(struct arena *a, str draw, str chain, int64_t round, str pasted,
    unsigned char sig[BEACON_SIGNATURE / 2])
{
	str hex;

	if (pasted.n < BEACON_SIGNATURE)
		return false;
	hex = str_sub(pasted, pasted.n - BEACON_SIGNATURE, BEACON_SIGNATURE);
	return hex_get(sig, BEACON_SIGNATURE / 2, hex) &&
	    str_eq(str_trim(text(a, draw, chain, round, hex)), pasted);
}

/* A paste from a web page may be broken over lines. */
static bool from_hex(str pasted, unsigned char sig[BEACON_SIGNATURE / 2])
{
	char hex[BEACON_SIGNATURE];
	size_t n = 0;

	for (size_t i = 0; i < pasted.n; i++) {
		char c = pasted.p[i];
		if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
			continue;
		if (n == sizeof hex)
			return false;
		hex[n++] = c;
	}
	return n == sizeof hex && hex_get(sig, BEACON_SIGNATURE / 2, (str){ hex, n });
}

err beacon_text(struct arena *a, str draw, str chain, int64_t round, str pasted, str *beacon)
{
	unsigned char sig[BEACON_SIGNATURE / 2];
	char hex[BEACON_SIGNATURE];

	pasted = str_trim(pasted);
	if (!pasted.n || pasted.n > PASTED_MAX)
		return format_error(a);
	if (pasted.p[0] == '{')
		TRY(from_json(a, pasted, round, sig));
	else if (!from_hex(pasted, sig) && !from_text(a, draw, chain, round, pasted, sig))
		return format_error(a);
	/* A point of G1 is written compressed and is not the point at infinity. */
	if ((sig[0] & 0xc0) != 0x80)
		return format_error(a);
	hex_put(hex, sig, sizeof sig);
	*beacon = text(a, draw, chain, round, (str){ hex, sizeof hex });
	return NULL;
}
