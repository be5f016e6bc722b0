#include "log/note.h"
#include "base/base64.h"
#include "crypto/hash.h"
#include <string.h>

#define DASH		S("\xe2\x80\x94 ")
#define PRIVATE		S("PRIVATE+KEY+")
#define SIGNATURE_BYTES	8192		/* of any kind, also those we cannot check */
#define COSIGNED	(8 + SIGN_BYTES)
#define NAME_BYTES	1024

/* ---- keys --------------------------------------------------------------- */

/* UTF-8 of what Unicode calls white space, beyond ASCII. */
static size_t wide_space(str s)
{
	static const str spaces[] = {
		S_INIT("\xc2\x85"), S_INIT("\xc2\xa0"), S_INIT("\xe1\x9a\x80"),
		S_INIT("\xe2\x80\xa8"), S_INIT("\xe2\x80\xa9"), S_INIT("\xe2\x80\xaf"),
		S_INIT("\xe2\x81\x9f"), S_INIT("\xe3\x80\x80"),
	};

	for (size_t i = 0; i < countof(spaces); i++)
		if (str_starts(s, spaces[i]))
			return spaces[i].n;
	/* U+2000 to U+200A */
	return str_starts(s, S("\xe2\x80")) && s.n > 2 && (unsigned char)s.p[2] <= 0x8a ? 3 : 0;
}

bool note_name_ok(str s)
{
	if (!s.n || s.n > NAME_BYTES || !str_utf8(s))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '+' ||
		    wide_space(str_sub(s, i, s.n)))
			return false;
	return true;
}

static uint32_t number(const unsigned char b[4])
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

void note_key_make(struct note_key *k, str name, enum key_kind kind, const struct sign_public *pk)
{
	unsigned char kind_byte = (unsigned char)kind;
	struct hash h;

	sha256_pieces(&h, (struct sha256_piece[]){ { name.p, name.n }, { "\n", 1 },
	    { &kind_byte, 1 }, { pk->b, sizeof pk->b } }, 4);
	*k = (struct note_key){ name, kind, number(h.b), *pk };
}

/* "name+id+BASE64" where BASE64 is the kind and 32 bytes. */
static bool take_key(str s, str *name, uint32_t *id, enum key_kind *kind, unsigned char b[32])
{
	size_t plus = str_find(s, S("+")), n;
	unsigned char hex[4], all[33];
	str rest;

	if (plus == SIZE_MAX)
		return false;
	*name = str_sub(s, 0, plus);
	rest = str_sub(s, plus + 1, s.n);
	if (!note_name_ok(*name) || !hex_get(hex, sizeof hex, str_sub(rest, 0, 8)) ||
	    !str_eq(str_sub(rest, 8, 1), S("+")) ||
	    !base64_get(all, sizeof all, &n, str_sub(rest, 9, rest.n)) || n != sizeof all ||
	    (all[0] != KEY_LOG && all[0] != KEY_WITNESS))
		return false;
	*id = number(hex);
	*kind = all[0] == KEY_LOG ? KEY_LOG : KEY_WITNESS;
	memcpy(b, all + 1, 32);
	return true;
}

static str key_text(struct arena *a, str before, const struct note_key *k,
    const unsigned char b[32])
{
	struct buf out = BUF(a, NAME_BYTES + 128);
	unsigned char all[33] = { (unsigned char)k->kind };

	memcpy(all + 1, b, 32);
	buf_str(&out, before);
	buf_str(&out, k->name);
	buf_printf(&out, "+%08x+", k->id);
	base64_put(&out, all, sizeof all);
	CHECK(!out.full);
	return buf_done(&out);
}

bool note_key_parse(str s, struct note_key *k)
{
	struct sign_public pk;
	enum key_kind kind;
	uint32_t id;
	str name;

	if (!take_key(s, &name, &id, &kind, pk.b))
		return false;
	note_key_make(k, name, kind, &pk);
	return k->id == id;
}

str note_key_text(struct arena *a, const struct note_key *k)
{
	return key_text(a, S(""), k, k->public.b);
}

void note_signer_make(struct note_signer *s, str name, enum key_kind kind,
    const struct sign_secret *secret)
{
	struct sign_public pk;

	sign_public_of(&pk, secret);
	note_key_make(&s->key, name, kind, &pk);
	s->secret = *secret;
}

bool note_signer_parse(str text, struct note_signer *s)
{
	struct sign_secret secret;
	enum key_kind kind;
	uint32_t id;
	str name;

	if (!str_starts(text, PRIVATE) ||
	    !take_key(str_sub(text, PRIVATE.n, text.n), &name, &id, &kind, secret.b))
		return false;
	note_signer_make(s, name, kind, &secret);
	return s->key.id == id;
}

str note_signer_text(struct arena *a, const struct note_signer *s)
{
	return key_text(a, PRIVATE, &s->key, s->secret.b);
}

/* ---- reading --------------------------------------------------------------- */

static bool text_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' && s.p[i] != '\n')
			return false;
	return str_utf8(s);
}

static bool take_signature(struct arena *a, str line, struct note_signature *sig)
{
	char *p = arena_bytes(a, line.n);
	size_t space, n;

	if (!str_starts(line, DASH))
		return false;
	line = str_sub(line, DASH.n, line.n);
	space = str_find(line, S(" "));
	if (space == SIZE_MAX)
		return false;
	sig->name = str_sub(line, 0, space);
	line = str_sub(line, space + 1, line.n);
	if (!note_name_ok(sig->name) || line.n > SIGNATURE_BYTES ||
	    !base64_get(p, line.n, &n, line) || n < 5)
		return false;
	sig->id = number((const unsigned char *)p);
	sig->bytes = (str){ p + 4, n - 4 };
	return true;
}

/* The last empty line parts text and signatures; there is a text before it. */
static bool divide(str bytes, str *text, str *under)
{
	for (size_t i = bytes.n; i-- > 1;)
		if (bytes.p[i] == '\n' && bytes.p[i - 1] == '\n') {
			*text = str_sub(bytes, 0, i);
			*under = str_sub(bytes, i + 1, bytes.n);
			return true;
		}
	return false;
}

bool note_parse(struct arena *a, str bytes, struct note *note)
{
	VEC(struct note_signature) v = { 0 };
	str under, line;

	if (bytes.n > NOTE_BYTES || !text_ok(bytes) || !divide(bytes, &note->text, &under) ||
	    !str_ends(under, S("\n")))
		return false;
	while (str_take(&under, '\n', &line))
		if (v.n == NOTE_SIGNATURES || !take_signature(a, line, VEC_ADD(a, &v)))
			return false;
	note->v = v.v;
	note->n = v.n;
	return v.n > 0;
}

/* ---- who signed ---------------------------------------------------------------- */

/* What a witness signs has two lines before the text: they are hashed with it. */
static str cosigned(struct buf *b, str text, uint64_t at)
{
	buf_printf(b, "cosignature/v1\ntime %llu\n", (unsigned long long)at);
	buf_str(b, text);
	CHECK(!b->full);
	return buf_done(b);
}

static bool witness_ok(str text, const struct note_key *k, str bytes, int64_t *at)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct buf b = BUF(a, NOTE_BYTES + 64);
	uint64_t t = 0;

	if (bytes.n != COSIGNED)
		return false;
	for (size_t i = 0; i < 8; i++)
		t = t << 8 | (unsigned char)bytes.p[i];
	if (t > INT64_MAX)
		return false;
	*at = (int64_t)t;
	return sign_ok((const unsigned char *)bytes.p + 8, &k->public, cosigned(&b, text, t));
}

static bool signature_ok(str text, const struct note_key *k, str bytes, int64_t *at)
{
	*at = 0;
	if (k->kind == KEY_WITNESS)
		return witness_ok(text, k, bytes, at);
	return bytes.n == SIGN_BYTES &&
	    sign_ok((const unsigned char *)bytes.p, &k->public, text);
}

enum note_mark note_mark(const struct note *note, const struct note_key *k, int64_t *at)
{
	enum note_mark mark = NOTE_UNSIGNED;
	int64_t t;

	*at = 0;
	for (size_t i = 0; i < note->n; i++) {
		const struct note_signature *s = &note->v[i];
		if (s->id != k->id || !str_eq(s->name, k->name))
			continue;
		if (!signature_ok(note->text, k, s->bytes, &t))
			return NOTE_FALSE;
		if (mark == NOTE_UNSIGNED || t < *at)
			*at = t;
		mark = NOTE_SIGNED;
	}
	return mark;
}

/* ---- signing ----------------------------------------------------------------------- */

static void sign_cosigned(unsigned char out[COSIGNED], str text, const struct note_signer *s,
    int64_t at)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct buf b = BUF(a, NOTE_BYTES + 64);

	CHECK(at >= 0);
	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)((uint64_t)at >> (56 - 8 * i));
	sign_make(out + 8, &s->secret, cosigned(&b, text, (uint64_t)at));
}

void note_sign(struct buf *b, str text, const struct note_signer *s, int64_t at)
{
	unsigned char all[4 + COSIGNED];
	bool witness = s->key.kind == KEY_WITNESS;

	CHECK(str_ends(text, S("\n")) && text.n <= NOTE_BYTES);
	for (int i = 0; i < 4; i++)
		all[i] = (unsigned char)(s->key.id >> (24 - 8 * i));
	if (witness)
		sign_cosigned(all + 4, text, s, at);
	else
		sign_make(all + 4, &s->secret, text);
	buf_str(b, DASH);
	buf_str(b, s->key.name);
	buf_char(b, ' ');
	base64_put(b, all, 4 + (witness ? COSIGNED : SIGN_BYTES));
	buf_char(b, '\n');
}

str note_make(struct arena *a, str text, const struct note_signer *s, int64_t at)
{
	struct buf b = BUF(a, NOTE_BYTES);

	buf_str(&b, text);
	buf_char(&b, '\n');
	note_sign(&b, text, s, at);
	CHECK(!b.full);
	return buf_done(&b);
}
