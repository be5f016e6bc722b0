/*
 * qris_test.c - QRIS worked by hand.  The payloads are invented: accounts and
 * NMID belong to nobody; their CRCs were computed elsewhere (Python's
 * binascii.crc_hqx from FFFF) and again below, bit by bit.
 */
#include "base/base.h"
#include "mod/qris/qris.h"
#include "tap.h"
#include <string.h>

#define ACCOUNT	"26660014COM.CONTOH.WWW011893600999000000123402150000001234567890303UMI"
#define NATIONAL "51440014ID.CO.QRIS.WWW0215ID10211234567890303UMI"
#define HEAD	"000201010211" ACCOUNT NATIONAL
#define MIDDLE	"520458125303360"
#define TAIL	"5802ID5918TAHU TAKWA BU RINI6006KEDIRI61056412362070703A01"
#define GOOD	HEAD MIDDLE TAIL
#define GOOD_CRC "5D83"
#define PAID	"000201010212" ACCOUNT NATIONAL MIDDLE "5406175000" TAIL "63048C33"

static struct arena *a;

/* Polynomial division, one bit of the message after the other. */
static unsigned slow_crc(str s)
{
	unsigned rest = 0x84CF;		/* FFFF run back through 16 zero bits	*/

	for (size_t i = 0; i < s.n * 8 + 16; i++) {
		unsigned bit = i < s.n * 8 ?
		    (unsigned)((unsigned char)s.p[i / 8] >> (7 - i % 8)) & 1 : 0;
		unsigned out = rest >> 15;
		rest = (rest << 1 | bit) & 0xFFFF;
		if (out)
			rest ^= 0x1021;
	}
	return rest;
}

static str sealed(str s)
{
	s = arena_printf(a, "%.*s6304", SV(s));
	return arena_printf(a, "%.*s%04X", SV(s), slow_crc(s));
}

static const char *rule(str payload)
{
	struct qris q;
	err e = qris_read(a, payload, &q);

	return e ? e->rule : "";
}

static void refused(str payload, const char *want, const char *what)
{
	const char *is = rule(payload);

	ok(!strcmp(is, want), "%s: %s", what, *is ? is : "accepted");
}

/* GOOD with one piece said otherwise, and a right CRC. */
static str with(const char *piece, const char *other)
{
	str s = S(GOOD), p = str_of(piece);
	size_t at = str_find(s, p);

	CHECK(at != SIZE_MAX);
	return sealed(arena_printf(a, "%.*s%s%.*s", (int)at, s.p, other,
	    (int)(s.n - at - p.n), s.p + at + p.n));
}

static void test_crc(void)
{
	ok(qris_crc(S("123456789")) == 0x29B1, "the check value of CRC-16/CCITT-FALSE");
	ok(qris_crc(S("")) == 0xFFFF, "of nothing: FFFF");
	ok(slow_crc(S("123456789")) == 0x29B1, "and of the test's own");
	ok(str_eq(sealed(S(GOOD)), S(GOOD "6304" GOOD_CRC)), "three programs, one CRC");
}

static void test_good(void)
{
	struct qris q;
	err e = qris_read(a, S("\t " GOOD "6304" GOOD_CRC "\r\n"), &q);

	ok(!e, "a merchant's QRIS is read, white space around it is free");
	if (e)
		return;
	ok(str_eq(q.name, S("TAHU TAKWA BU RINI")) && str_eq(q.city, S("KEDIRI")), "name, city");
	ok(str_eq(q.nmid, S("ID1021123456789")), "NMID");
	ok(str_eq(q.criteria, S("UMI")) && str_eq(q.mcc, S("5812")), "criteria, kind of business");
	ok(str_eq(q.postcode, S("64123")) && !q.once && !q.amount, "post code; a sticker");
	ok(q.n == 12, "twelve fields");
}

static void test_whole(void)
{
	refused(S(""), "qris-other", "nothing");
	refused(S("https://laris.example/kediri/pasar-raya/card/100000007"), "qris-other",
	    "another code");
	refused(S("0102110002016304FFFF"), "qris-other", "version not first");
	refused(S(GOOD), "qris-crc-missing", "no CRC");
	refused(S(GOOD "6304"), "qris-length", "CRC without its digits");
	refused(S(GOOD "6304" "0000"), "qris-crc", "another CRC");
	refused(S(GOOD "6304" "12z4"), "qris-crc-form", "a CRC that is no hex");
	refused(S(GOOD "6304" GOOD_CRC "6400"), "qris-crc-place", "something behind the CRC");
	refused(S(GOOD "6303" "123"), "qris-crc-form", "a CRC of three");
	refused(sealed(S(HEAD "5299")), "qris-length", "a field longer than what is left");
	refused(sealed(S(HEAD "52A45812")), "qris-tag", "a length that is no number");
	refused(S(HEAD "520"), "qris-tag", "cut off within a length");
	refused(S(HEAD "52045"), "qris-length", "cut off within a value");
	refused(sealed(S(GOOD "5802ID")), "qris-double", "a tag twice");
	refused(with("BU RINI", "BU R\xC3\x8D"), "qris-character", "a letter beyond ASCII");
	refused(with("BU RINI", "BU\nRIN"), "qris-character", "a line end inside");
	struct buf b = BUF(a, 2000);
	buf_str(&b, S(GOOD));
	for (int tag = 80; tag < 90; tag++)
		buf_printf(&b, "%d40%040d", tag, 0);
	refused(sealed(buf_done(&b)), "qris-long", "600 characters");
}

static void test_fields(void)
{
	refused(sealed(S("000202")), "qris-version", "version 02");
	refused(with("010211", "010213"), "qris-initiation", "point of initiation 13");
	refused(with(ACCOUNT NATIONAL, ""), "qris-account", "no account");
	refused(with("0014COM.CONTOH.WWW", "9914COM.CONTOH.WWW"), "qris-account-form",
	    "an account without its network");
	refused(with("26660014", "26660099"), "qris-account-form", "an account cut off inside");
	refused(with("ID1021123456789", "ID102112345678X"), "qris-nmid", "NMID with a letter");
	refused(with("ID1021123456789", "XX1021123456789"), "qris-nmid", "NMID without ID");
	refused(with(NATIONAL, "51180014ID.CO.QRIS.WWW"), "qris-nmid", "national, without NMID");
	refused(with("0303UMI52", "0303umi52"), "qris-criteria", "criteria in small letters");
	refused(with("52045812", "5203581"), "qris-mcc", "three digits of business");
	refused(with("52045812", ""), "qris-mcc", "no kind of business");
	refused(with("5303360", "5303840"), "qris-currency", "dollars");
	refused(with("5303360", ""), "qris-currency", "no currency");
	refused(with("5303360", "530336054010"), "qris-amount", "an amount of 0");
	refused(with("5303360", "53033605407150.000"), "qris-amount", "an amount with a point");
	refused(with("5802ID", "5802MY"), "qris-country", "Malaysia");
	refused(with("5802ID", ""), "qris-country", "no country");
	refused(with("5918TAHU TAKWA BU RINI", ""), "qris-name", "no name");
	refused(with("5918TAHU TAKWA BU RINI", "5903   "), "qris-name", "a name of blanks");
	refused(with("5918TAHU TAKWA BU RINI", "5926ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "qris-name",
	    "26 letters of name");
	refused(with("6006KEDIRI", "6000"), "qris-city", "an empty city");
	refused(with("610564123", "61046412"), "qris-postcode", "post code of four");
	refused(with("62070703A01", "62070799A01"), "qris-additional", "additional data cut off");
}

static void test_tips(void)
{
	refused(with("5303360", "5303360550204"), "qris-tip", "tip kind 04");
	refused(with("5303360", "5303360550202"), "qris-tip", "fixed, but no sum");
	refused(with("5303360", "530336055020156041000"), "qris-tip", "asked, and a sum");
	refused(with("5303360", "530336055020256040000"), "qris-tip", "a sum of 0");
	refused(with("5303360", "53033605502035706100000"), "qris-tip", "a long percentage");
	refused(with("5303360", "5303360550201"), "", "the app asks for a tip");
	refused(with("5303360", "530336055020256041000"), "", "a fixed tip");
	refused(with("5303360", "530336055020357015"), "", "5 percent");
}

static void test_allowed(void)
{
	struct qris q;

	refused(with("010211", ""), "", "no point of initiation: a sticker");
	refused(with("610564123", ""), "", "no post code");
	refused(with(NATIONAL, ""), "", "an account of one network only");
	refused(sealed(S(GOOD "8004ABCD")), "", "a field we do not know");
	ok(!qris_read(a, with("0303UMI52", "0303BLU52"), &q) && str_eq(q.criteria, S("URE")),
	    "other criteria are regular");
	ok(!qris_read(a, with("0303UMI52", "0303UBE52"), &q) && str_eq(q.criteria, S("UBE")),
	    "large stays large");
	ok(!qris_read(a, S(PAID), &q) && q.once && q.amount == 175000, "one for one payment");
}

/* Whatever one character becomes, the payload is refused. */
static void test_one_character(void)
{
	char s[] = GOOD "6304" GOOD_CRC;
	size_t tried = 0, bad = 0;

	for (size_t i = 0; i < sizeof s - 1; i++) {
		char was = s[i];
		for (int c = 1; c < 256; c++) {
			CLEANUP(arena_free) struct arena *own = arena_new();
			struct qris q;
			if ((char)c == was)
				continue;
			s[i] = (char)c;
			tried++;
			/* a blank at the end is trimmed, and what is left too short */
			bad += !qris_read(own, (str){ s, sizeof s - 1 }, &q);
		}
		s[i] = was;
	}
	ok(bad == 0 && tried == (sizeof s - 1) * 254,
	    "%zu payloads with one character changed: none is taken", tried);
	bad = 0;
	for (size_t n = 0; n < sizeof s - 1; n++)
		bad += !*rule((str){ s, n });
	ok(bad == 0, "nor one cut short, anywhere");
}

static void test_for(void)
{
	struct qris q, again;
	str pay, other;

	CHECK(!qris_read(a, S(GOOD "6304" GOOD_CRC), &q));
	ok(!qris_for(a, &q, 175000, &pay) && str_eq(pay, S(PAID)), "the one to pay Rp 175.000");
	ok(!qris_read(a, pay, &again) && again.once && again.amount == 175000,
	    "and it reads back");
	ok(!qris_for(a, &again, 9999999999999, &other) && !qris_read(a, other, &q) &&
	    q.amount == 9999999999999, "another amount takes the place of the first");
	ok(!qris_for(a, &q, 175000, &other) && str_eq(other, pay), "and back again");
	err e = qris_for(a, &q, 0, &other);
	ok(e && !strcmp(e->rule, "qris-amount-range"), "nothing to pay: refused");
	e = qris_for(a, &q, 10000000000000, &other);
	ok(e && !strcmp(e->rule, "qris-amount-range"), "fourteen digits: refused");

	CHECK(!qris_read(a, sealed(S("000201" ACCOUNT MIDDLE TAIL "8004ABCD99010")), &q));
	str want = sealed(S("000201010212" ACCOUNT "5204581253033605402505802ID5918"
	    "TAHU TAKWA BU RINI6006KEDIRI61056412362070703A018004ABCD99010"));
	ok(!qris_for(a, &q, 50, &pay) && str_eq(pay, want), "unknown fields stay, in their order");

	struct buf b = BUF(a, 2000);
	buf_str(&b, S(GOOD));
	for (int tag = 64; tag < 85; tag++)
		buf_printf(&b, "%d10%010d", tag, 0);
	buf_str(&b, S("9803000"));
	CHECK(b.n + 8 == QRIS_MAX);
	CHECK(!qris_read(a, sealed(buf_done(&b)), &q));
	e = qris_for(a, &q, 1000, &pay);
	ok(e && !strcmp(e->rule, "qris-long"), "no room for the amount: refused");
}

static void test_names(void)
{
	static const struct { str qris, name; bool like; } v[] = {
		{ S_INIT("TAHU TAKWA BU RINI"), S_INIT("Tahu Takwa Bu Rini"), true },
		{ S_INIT("TAHU TKWA"), S_INIT("Tahu Takwa Bu Rini"), true },
		{ S_INIT("BATIK GUNAWAN SETIA LAWEY"), S_INIT("Laweyan Batik"), true },
		{ S_INIT("RINI WIDYASTUTI"), S_INIT("Warung Bu Rini"), true },
		{ S_INIT("WARUNG SOTO PAK ED"), S_INIT("Warung Bakso Kidul"), false },
		{ S_INIT("CV MAJU JAYA"), S_INIT("Tahu Takwa Bu Rini"), false },
		{ S_INIT("TOKO"), S_INIT("Tahu Takwa"), true },
		{ S_INIT(""), S_INIT(""), true },
		{ S_INIT("***"), S_INIT("Batik"), true },
	};

	for (size_t i = 0; i < countof(v); i++)
		ok(qris_name_like(v[i].qris, v[i].name) == v[i].like, "\"%.*s\" %s \"%.*s\"",
		    SV(v[i].qris), v[i].like ? "may be" : "is not", SV(v[i].name));
}

int main(void)
{
	a = arena_new();
	test_crc();
	test_good();
	test_whole();
	test_fields();
	test_tips();
	test_allowed();
	test_one_character();
	test_for();
	test_names();
	arena_free(&a);
	return done();
}
