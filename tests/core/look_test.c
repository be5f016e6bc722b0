/* colour.c, picture.c, look.c: contrast against known values, the nearest
 * shade, the dark screen worked out, and pictures nobody should send. */
#include "core/colour.h"
#include "core/look.h"
#include "core/picture.h"
#include "tap.h"
#include <math.h>
#include <string.h>
#include <zlib.h>

static struct arena *a;

static bool near(double got, double want)
{
	return fabs(got - want) < 0.005;
}

/* The figures of WCAG's own examples and of its well-known greys. */
static void test_contrast(void)
{
	ok(near(colour_contrast(0x000000, 0xFFFFFF), 21), "black on white is 21 : 1");
	ok(near(colour_contrast(0x777777, 0xFFFFFF), 4.48), "#777 on white just misses 4.5");
	ok(near(colour_contrast(0x767676, 0xFFFFFF), 4.54), "#767676 just has it");
	ok(near(colour_contrast(0x949494, 0xFFFFFF), 3.03), "#949494 just has 3");
	ok(near(colour_contrast(0xFF0000, 0xFFFFFF), 4.00), "red on white is 4 : 1");
	ok(near(colour_contrast(0x0000FF, 0xFFFFFF), 8.59), "blue on white 8.59");
	ok(near(colour_contrast(0xFFFFFF, 0x0000FF), 8.59), "whichever is in front");
	ok(near(colour_contrast(0x808080, 0x808080), 1), "itself: 1 : 1");
	ok(fabs(colour_luminance(0x808080) - 0.2159) < 0.0001, "luminance of the middle grey");
	ok(str_eq(colour_ratio(a, LANG_ID, 4.4999), S("4,49")), "a ratio is cut, never rounded up");
	ok(str_eq(colour_ratio(a, LANG_EN, 21), S("21.00")), "in English with a point");
}

static void test_parse(void)
{
	static const char *const no[] = { "", "#", "#12345", "#1234567", "nila", "#23395g",
	    "#12 34 ", "##ffffff", "rgb(0,0,0)" };
	unsigned c;

	ok(colour_parse(S("#23395B"), &c) && c == 0x23395B, "six digits");
	ok(colour_parse(S("d99a1c"), &c) && c == 0xD99A1C, "without the #");
	ok(colour_parse(S("#fA0"), &c) && c == 0xFFAA00, "three digits");
	ok(str_eq(colour_text(a, 0x00AB01), S("#00ab01")), "and back");
	for (size_t i = 0; i < countof(no); i++)
		ok(!colour_parse(str_of(no[i]), &c), "\"%s\" is none", no[i]);
}

/* What is offered passes, and is no darker than it must be. */
static void test_nearest(void)
{
	size_t wrong = 0, n = 0;

	for (unsigned c = 0; c <= 0xFFFFFF; c += 4099)
		for (int k = 0; k < LOOK_COLOURS; k++, n++) {
			enum look_colour which = (enum look_colour)k;
			unsigned to = look_nearest(which, c);
			bool fine = look_reached(which, c) >= look_least(which);
			wrong += look_reached(which, to) < look_least(which);
			wrong += fine != (to == c);
			wrong += look_nearest(which, to) != to;
			wrong += colour_luminance(to) > colour_luminance(c);
		}
	ok(!wrong, "%zu colours: the shade offered passes, and one that passes stays", n);
	unsigned yellow = look_nearest(LOOK_BRAND, 0xFFFF00);
	ok(look_reached(LOOK_BRAND, yellow) < LOOK_TEXT + 0.15, "not darker than it must be");
	ok((yellow >> 16 & 255) == (yellow >> 8 & 255) && !(yellow & 255), "still a yellow");
	ok(look_nearest(LOOK_BRAND, 0x23395B) == 0x23395B, "the house's nila passes");
	ok(look_reached(LOOK_ACCENT, look_house(LOOK_ACCENT)) >= LOOK_SHAPE,
	    "and what is offered first as second colour");
}

static unsigned token_of(str css, const char *name, size_t which)
{
	unsigned c = 0;

	for (size_t i = 0; i <= which; i++) {
		size_t at = str_find(css, str_of(name));
		css = str_sub(css, at + strlen(name), css.n);
		ok(at != SIZE_MAX && colour_parse(str_sub(css, 0, 7), &c), "%s is there", name);
	}
	return c;
}

/* What the sheet says, read back: links on dark screens have the house's 7 : 1. */
static void test_css(void)
{
	str css = look_css(a, (unsigned[]){ 0x8A0F1B, 0x007A33 });
	unsigned dark = token_of(css, "--nila:", 1);

	ok(token_of(css, "--city:", 0) == 0x8A0F1B && token_of(css, "--nila:", 0) == 0x8A0F1B,
	    "the main colour is the strip's and the buttons'");
	ok(colour_contrast(dark, 0x17120D) >= LOOK_SUN &&
	    colour_contrast(dark, 0x10192A) >= LOOK_SUN,
	    "on a dark screen it is lightened: on paper, and under the words of a button");
	ok(str_find(css, S("@media print")) == SIZE_MAX && str_starts(css, S("@media screen{")),
	    "paper stays black on white");
	ok(css.n < 250, "%zu bytes", css.n);
}

/* ---- pictures ------------------------------------------------------------- */

static void be32(struct buf *b, uint32_t v)
{
	for (int s = 24; s >= 0; s -= 8)
		buf_char(b, (char)(v >> s & 255));
}

static void chunk(struct buf *b, const char *name, str data)
{
	size_t from = b->n + 4;

	be32(b, (uint32_t)data.n);
	buf_str(b, str_of(name));
	buf_str(b, data);
	be32(b, (uint32_t)crc32(0, (const unsigned char *)b->p + from, (unsigned)(b->n - from)));
}

static str head(uint32_t w, uint32_t h)
{
	struct buf b = BUF(a, 13);

	be32(&b, w);
	be32(&b, h);
	buf_str(&b, (str){ "\x08\x06\0\0\0", 5 });	/* 8 bits, RGBA	*/
	return buf_done(&b);
}

static str deflated(size_t n, size_t row, bool noise)
{
	unsigned char *raw = (unsigned char *)arena_bytes(a, n);
	uLongf out_n = compressBound(n);
	char *out = arena_bytes(a, out_n);
	uint32_t seed = 1;

	for (size_t i = 0; i < n; i++) {
		seed = seed * 1664525u + 1013904223u;
		raw[i] = noise && i % row ? (unsigned char)(seed >> 24) : 0;	/* filter 0 */
	}
	compress((unsigned char *)out, &out_n, raw, n);
	return (str){ out, out_n };
}

static const char author[] = "Author\0Sri Wahyuni, Jl. Slamet Riyadi 1";

/* "say": the size it says it has; "rows": bytes of pixels it really has. */
static str png(uint32_t w, uint32_t h, size_t rows, bool noise, bool chatty)
{
	struct buf b = BUF(a, 4u << 20);

	buf_str(&b, S("\x89PNG\r\n\x1a\n"));
	chunk(&b, "IHDR", head(w, h));
	if (chatty) {
		chunk(&b, "tEXt", (str){ author, sizeof author - 1 });
		chunk(&b, "eXIf", S("GPS -7.57 110.82"));
	}
	chunk(&b, "IDAT", deflated(rows, 1 + 4 * (size_t)w, noise));
	chunk(&b, "IEND", S(""));
	return buf_done(&b);
}

static const char *rule_of(str sent)
{
	struct picture p;
	err e = picture_read(a, sent, 512, &p);

	return e ? e->rule : "";
}

static void refused(const char *what, str sent, const char *rule)
{
	ok(!strcmp(rule_of(sent), rule), "%s: %s, it is \"%s\"", what, rule, rule_of(sent));
}

static void test_refused(void)
{
	str good = png(64, 64, 64 * 257, false, false);
	size_t wrong = 0;

	refused("nothing", S(""), "picture-kind");
	refused("an SVG called .png", S("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
	    "picture-kind");
	refused("a JPEG", S("\xff\xd8\xff\xe0 JFIF"), "picture-kind");
	refused("a bomb of 60,000 by 60,000", png(60000, 60000, 4096, false, false),
	    "picture-size");
	refused("513 pixels", png(513, 1, 4 * 513 + 1, false, false), "picture-size");
	refused("no pixels", png(0, 10, 10, false, false), "picture-broken");
	refused("fewer pixels than it says", png(64, 64, 100, false, false), "picture-broken");
	for (size_t n = 8; n < good.n; n++)
		wrong += strcmp(rule_of(str_sub(good, 0, n)), "picture-broken") != 0;
	ok(!wrong, "cut off after each of its %zu bytes: broken", good.n);
	char *bent = arena_bytes(a, good.n);
	memcpy(bent, good.p, good.n);
	bent[23] = (char)(bent[23] ^ 1);
	refused("one bit of its size turned", (str){ bent, good.n }, "picture-broken");
	struct picture p = { 0 };
	str heavy = png(64, 64, 3u << 20, false, false);
	err e = picture_read(a, heavy, 512, &p);
	ok(heavy.n < EMBLEM_BYTES && (e || p.h == 64),
	    "three megabytes of pixels behind 64 by 64: not more than those are made");
}

static void test_kept(void)
{
	struct picture p, small;
	str noise = png(300, 150, 150 * 1201, true, true);

	ok(!picture_read(a, noise, 512, &p) && p.w == 300 && p.h == 150, "a picture is read");
	ok(str_find(noise, S("Sri Wahyuni")) != SIZE_MAX &&
	    str_find(p.png, S("Sri Wahyuni")) == SIZE_MAX &&
	    str_find(p.png, S("GPS")) == SIZE_MAX, "what it told beside pixels is gone");
	ok(!picture_shrink(a, &p, 96, &small) && small.w == 96 && small.h == 48, "made smaller");
	ok(!strcmp(rule_of(small.png), ""), "what we write we can read");
	ok(!picture_shrink(a, &p, 48, &small) && small.png.n <= EMBLEM_LIGHT,
	    "even noise is light at 48: %zu bytes", small.png.n);
	ok(!picture_shrink(a, &small, 400, &small) && small.w == 48, "never made larger");
}

int main(void)
{
	a = arena_new();
	test_contrast();
	test_parse();
	test_nearest();
	test_css();
	test_refused();
	test_kept();
	arena_free(&a);
	return done();
}
