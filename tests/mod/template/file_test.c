/* file_test.c - a template's file: every byte counts; what looks like a person's is refused. */
#include "mod/template/template.h"
#include "json/json.h"
#include "tap.h"
#include <string.h>

static struct arena *a;
static struct note_signer signer;

static struct template small(void)
{
	static struct template_field f[] = {
		{ .path = S_INIT("rules/unit"), .type = PRACTICE_RUPIAH,
		    .policy = PRACTICE_ADJUSTABLE, .has_value = true, .value = S_INIT("50000"),
		    .limited = true, .min = 10000, .max = 250000 },
		{ .path = S_INIT("sale/name"), .type = PRACTICE_TEXT, .policy = PRACTICE_FILL },
	};

	return (struct template){ .city = S("solo"), .city_name = S("Kota Surakarta"),
	    .kind = S("festival"), .name = S("great-sale"), .version = S("2021"),
	    .title = S("Solo Great Sale"), .licence = S("CC BY 4.0"), .ask = S("Kadin Surakarta"),
	    .guide = S("Mulai dini."), .lessons = S("Jemput bola."), .field = f,
	    .n_field = countof(f) };
}

static bool is(err e, const char *rule)
{
	return e && !strcmp(e->rule, rule);
}

/* ---- the file ------------------------------------------------------------------ */

static void whole(void)
{
	struct template t = small(), back;
	struct note note;
	int64_t at;
	str text;

	ok(!template_sign(a, &t, &signer), "signed");
	ok(str_eq(t.ref, S("solo/festival/great-sale@2021")), "its name");
	ok(!template_parse(a, t.bytes, &back) && str_eq(back.sha256, t.sha256), "read again");
	ok(back.n_field == 2 && str_eq(back.field[0].value, S("50000")) &&
	    back.field[0].max == 250000 && !back.field[1].has_value, "its fields");
	ok(str_starts(t.bytes, S("{\"ancestors\":[],\"ask\":")), "members in the order of bytes");
	/* An ordinary signed note comes out of it. */
	ok(!template_text(a, &back, &text), "its text");
	size_t from = str_find(t.bytes, S("\xe2\x80\x94 "));
	str line = str_sub(t.bytes, from, t.bytes.n);
	line.n = str_find(line, S("\""));
	ok(note_parse(a, arena_printf(a, "%.*s\n%.*s\n", SV(text), SV(line)), &note) &&
	    note_mark(&note, &signer.key, &at) == NOTE_SIGNED, "a C2SP signed note");
}

/* Each byte set to each of a few others: never taken for whole. */
static void altered(void)
{
	struct template t = small(), back;
	size_t taken = 0;

	CHECK(!template_sign(a, &t, &signer));
	for (size_t i = 0; i < t.bytes.n; i++) {
		CLEANUP(arena_free) struct arena *b = arena_new();
		str copy = arena_str(b, t.bytes);
		char *p = arena_bytes(b, copy.n);
		for (int bit = 0; bit < 8; bit++) {
			memcpy(p, copy.p, copy.n);
			p[i] = (char)(p[i] ^ (1 << bit));
			taken += !template_parse(b, (str){ p, copy.n }, &back);
		}
	}
	ok(!taken, "%zu bytes, each of their bits turned: %zu taken", t.bytes.n, taken);
	ok(is(template_parse(a, str_sub(t.bytes, 0, t.bytes.n - 1), &back),
	    "template-canonical"), "without its last line feed");
	ok(is(template_parse(a, arena_printf(a, " %.*s", SV(t.bytes)), &back),
	    "template-canonical"), "a space before it");
}

static str with(str bytes, const char *was, const char *is_now)
{
	size_t at = str_find(bytes, str_of(was));

	CHECK(at != SIZE_MAX);
	return arena_printf(a, "%.*s%s%.*s", (int)at, bytes.p, is_now,
	    SV(str_sub(bytes, at + strlen(was), bytes.n)));
}

static void strangers(void)
{
	struct template t = small(), back;
	struct note_signer other;
	struct sign_secret secret = { { 9 } };

	CHECK(!template_sign(a, &t, &signer));
	ok(is(template_parse(a, with(t.bytes, "template/v1", "template/v2"), &back),
	    "template-newer"), "a newer format says so");
	ok(is(template_parse(a, with(t.bytes, "laris-template/v1", "other/v1"), &back),
	    "template-form"), "another format");
	ok(is(template_parse(a, with(t.bytes, "50000", "60000"), &back),
	    "template-signature"), "another value");
	note_signer_make(&other, S("template/solo@localhost"), KEY_LOG, &secret);
	const char *ours = arena_cstr(a, note_key_text(a, &signer.key));
	const char *theirs = arena_cstr(a, note_key_text(a, &other.key));
	ok(is(template_parse(a, with(t.bytes, ours, theirs), &back), "template-signature"),
	    "another's key under the same name");
	ok(is(template_parse(a, S("{}"), &back), "template-form") &&
	    is(template_parse(a, S("[1"), &back), "json-syntax"), "no template at all");
	t = small();
	t.version = S("2021/1");
	ok(is(template_sign(a, &t, &signer), "template-version-form"), "an odd version");
	t = small();
	t.name = S("Great Sale");
	ok(is(template_sign(a, &t, &signer), "template-name"), "an odd name");
	t = small();
	t.guide = S("Hubungi 0812-3456-7890");
	ok(is(template_sign(a, &t, &signer), "template-personal"), "a phone in the guide");
}

/* ---- personal data ------------------------------------------------------------------ */

static const char *what_in(const char *text)
{
	const char *what = "";
	str found;

	return template_personal(str_of(text), &found, &what) ? what : "";
}

static void persons(void)
{
	static const struct { const char *text, *what; } v[] = {
		{ "081234567890", "phone" }, { "Hub. 0812-3456-7890 ya", "phone" },
		{ "+62 812 3456 7890", "phone" }, { "6281234567890", "phone" },
		{ "(0271) 655123", "phone" }, { "telp:0271655123", "phone" },
		{ "0812 3456 789", "phone" }, { "0812.3456.7890", "phone" },
		{ "3372014101900001", "nik" }, { "NIK 3372-0141-0190-0001", "nik" },
		{ "budi.santoso@example.co.id", "email" }, { "tulis ke a@b.id.", "email" },
		{ "12 0812345678", "phone" },
		{ "Rp 1.161.765.651.336", "" }, { "Rp 628.123.456.789", "" },
		{ "Rp 50.000 satu kupon", "" }, { "1-31 Oktober 2021", "" },
		{ "2021-10-31", "" }, { "08.00-21.00 WIB", "" }, { "31/10/2021", "" },
		{ "1161765651336", "" }, { "great-sale@2021", "" }, { "SKB 3 Menteri 2021", "" },
		{ "https://solopos.com/sgs-2021-lampaui-target-1185054", "" },
		{ "UU 22/1954, Permensos 3/2024", "" }, { "Keppres 251/1967", "" },
		{ "1234567890123456", "" }, { "SHA 0812abc", "" },
	};

	for (size_t i = 0; i < countof(v); i++)
		ok(!strcmp(what_in(v[i].text), v[i].what), "\"%s\" is %s, it says %s", v[i].text,
		    *v[i].what ? v[i].what : "nobody's", what_in(v[i].text));
}

/* ---- one spelling --------------------------------------------------------------------- */

static void canonical(void)
{
	static const struct { const char *in, *out; } v[] = {
		{ "{ \"b\" : 1, \"a\" : [ true , null ] }", "{\"a\":[true,null],\"b\":1}" },
		{ "\"\\u0041\\/\\u000a\\u00e9\\u001f\"", "\"A/\\n\xc3\xa9\\u001f\"" },
		{ "-0", "0" }, { "{}", "{}" }, { "[]", "[]" },
	};
	struct json_in *doc = NULL;

	for (size_t i = 0; i < countof(v); i++) {
		struct buf b = BUF(a, 1000);
		ok(!json_parse(a, str_of(v[i].in), &doc) &&
		    json_canonical(&b, json_root(doc), NULL) &&
		    str_eq(buf_done(&b), str_of(v[i].out)), "%s", v[i].in);
		json_free(&doc);
	}
	struct buf b = BUF(a, 1000);
	ok(!json_parse(a, S("[1.5]"), &doc) && !json_canonical(&b, json_root(doc), NULL),
	    "a fraction has no place");
	json_free(&doc);
}

int main(void)
{
	struct sign_secret secret = { { 1, 2, 3 } };

	a = arena_new();
	note_signer_make(&signer, S("template/solo@localhost"), KEY_LOG, &secret);
	whole();
	altered();
	strangers();
	persons();
	canonical();
	return done();
}
