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

/* ---- chains ---------------------------------------------------------- */

static const struct beacon_chain chains[] = {
	{ S_INIT(BEACON_QUICKNET),
	  S_INIT("83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
	    "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
	    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"), false },
	{ S_INIT(BEACON_REHEARSAL),
	  S_INIT("98b7ca663a621c4360f4ee7e69ca5749579b549305f1583a9d4d21d601a84e30"
	    "35cd708f1da472beca528d269aaeabcc033e18174cdb95b28ef8b7588866d849"
	    "3c743a1fd9277f413bde53a251cdd6aa9adea5713f6f33d77a8c0598f31a0789"), true },
};

const struct beacon_chain *beacon_chain(str hash)
{
	for (size_t i = 0; i < countof(chains); i++)
		if (str_eq(chains[i].hash, hash))
			return &chains[i];
	return NULL;
}

static void message(struct hash *h, int64_t round)
{
	unsigned char be[8];

	for (int i = 0; i < 8; i++)
		be[i] = (unsigned char)((uint64_t)round >> (56 - 8 * i));
	sha256(h, be, sizeof be);
}

bool beacon_ok(const struct beacon_chain *c, int64_t round, const struct bls_signature *sig)
{
	struct bls_public key;
	struct hash h;

	CHECK(hex_get(key.b, sizeof key.b, c->key));
	message(&h, round);
	return bls_ok(sig, &key, (str){ (const char *)h.b, sizeof h.b });
}

str beacon_rehearse(struct arena *a, int64_t round)
{
	unsigned char seed[sizeof(struct hash)];
	struct bls_signature sig;
	struct bls_secret secret;
	char hex[BEACON_SIGNATURE];
	struct hash h;

	CHECK(hex_get(seed, sizeof seed, S(BEACON_REHEARSAL)));
	bls_secret_from(&secret, (str){ (const char *)seed, sizeof seed });
	message(&h, round);
	bls_make(&sig, &secret, (str){ (const char *)h.b, sizeof h.b });
	hex_put(hex, sig.b, sizeof sig.b);
	sha256(&h, sig.b, sizeof sig.b);
	return arena_printf(a,
	    "{\"round\":%lld,\"randomness\":\"%.*s\",\"signature\":\"%.96s\"}",
	    (long long)round, SV(hash_hex(a, &h)), hex);
}

/* ---- what was pasted --------------------------------------------------- */

static err format_error(struct arena *a)
{
	return ERR(a, ERR_INVALID, "draw-beacon-format", .field = "pasted");
}

static err check_round(struct arena *a, const struct json_value *root, int64_t round)
{
	int64_t theirs;

	if (!json_get_int(json_get(root, "round"), &theirs))
		return format_error(a);
	if (theirs != round)
		return ERR(a, ERR_INVALID, "draw-beacon-round", .field = "pasted",
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
		return ERR(a, ERR_INVALID, "draw-beacon-randomness", .field = "pasted");
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

static err check_signature(struct arena *a, str chain, int64_t round,
    const unsigned char sig[BEACON_SIGNATURE / 2])
{
	const struct beacon_chain *c = beacon_chain(chain);
	struct bls_signature s;

	if (!c)
		return ERR(a, ERR_INVALID, "draw-beacon-chain", .field = "pasted",
		    .arg = { chain });
	memcpy(s.b, sig, sizeof s.b);
	if (!beacon_ok(c, round, &s))
		return ERR(a, ERR_INVALID, "draw-beacon-signature", .field = "pasted",
		    .arg = { arena_printf(a, "%lld", (long long)round) });
	return NULL;
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
	TRY(check_signature(a, chain, round, sig));
	hex_put(hex, sig, sizeof sig);
	*beacon = text(a, draw, chain, round, (str){ hex, sizeof hex });
	return NULL;
}

err beacon_again(struct arena *a, str draw, str chain, int64_t round, str beacon)
{
	str again;

	if (!beacon_text(a, draw, chain, round, beacon, &again) && str_eq(again, beacon))
		return NULL;
	return ERR(a, ERR_INVALID, "draw-files", .arg = { S("beacon.txt") });
}
