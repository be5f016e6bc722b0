/* sheet.c: CSV byte by byte; XLSX is read back by tests/app/paper_test.py. */
#include "core/sheet.h"
#include "core/temp.h"
#include "tap.h"
#include <string.h>

static struct arena *a;

static const struct sheet_column cols[] = {
	{ S_INIT("nama"), SHEET_TEXT, 20 }, { S_INIT("jumlah"), SHEET_RUPIAH, 20 },
	{ S_INIT("tanggal"), SHEET_DAY, 20 }, { S_INIT("kapan"), SHEET_MOMENT, 20 },
};

static err rows(struct sheet *s, const str *v, size_t n)
{
	sheet_table(s, S("Tabel"), cols, countof(cols));
	for (size_t i = 0; i < n; i++) {
		sheet_text(s, v[i]);
		sheet_int(s, -1500);
		sheet_int(s, i ? 18901 : 0);
		sheet_int(s, i ? INT64_C(1635700000000000) : 0);
		sheet_row(s);
	}
	return sheet_done(s);
}

static err made(const struct temp *t, enum sheet_kind kind, const str *v, size_t n, str *out)
{
	CLEANUP(sheet_close) struct sheet *s = NULL;
	struct sheet_file f = { kind, t->path, S("Uji"), S("Kota Uji"), INT64_C(1635700000000000),
		ZONE_WIB };

	TRY(sheet_open(&s, a, &f));
	TRY(rows(s, v, n));
	return temp_read(t, a, 1 << 20, out);
}

static void test_csv(const struct temp *t)
{
	static const struct { str in, out; } v[] = {
		{ S_INIT("Soto; enak"), S_INIT("\"Soto; enak\"") },
		{ S_INIT("kata \"laris\""), S_INIT("\"kata \"\"laris\"\"\"") },
		{ S_INIT("dua\nbaris"), S_INIT("\"dua\nbaris\"") },
		{ S_INIT("=1+1"), S_INIT("'=1+1") }, { S_INIT("+62812"), S_INIT("'+62812") },
		{ S_INIT("-5"), S_INIT("'-5") }, { S_INIT("@x"), S_INIT("'@x") },
		{ S_INIT("\t=1"), S_INIT("'\t=1") }, { S_INIT("\r\n=1"), S_INIT("\"'\r\n=1\"") },
		{ S_INIT("081234"), S_INIT("'081234") }, { S_INIT("0"), S_INIT("0") },
		{ S_INIT("100012"), S_INIT("100012") }, { S_INIT("B-14"), S_INIT("B-14") },
	};
	for (size_t i = 0; i < countof(v); i++) {
		str got = { 0 };
		str want = arena_printf(a, "\xEF\xBB\xBFnama;jumlah;tanggal;kapan\r\n"
		    "%.*s;-1500;;\r\n", SV(v[i].out));
		ok(!made(t, SHEET_CSV, &v[i].in, 1, &got) && str_eq(got, want),
		    "CSV of case %zu", i);
	}
	str two[] = { S("a"), S("b") }, got = { 0 };
	ok(!made(t, SHEET_CSV, two, 2, &got) &&
	    str_ends(got, S("b;-1500;2021-10-01;2021-11-01 00:06:40\r\n")),
	    "days and moments in the city's zone");
}

static void test_xlsx(const struct temp *t)
{
	str v[] = { S("=1+1"), S("b") }, one = { 0 }, two = { 0 };

	ok(!made(t, SHEET_XLSX, v, 2, &one) && str_starts(one, S("PK")), "XLSX");
	ok(!made(t, SHEET_XLSX, v, 2, &two) && str_eq(one, two), "again: the same bytes");
}

static void test_nowhere(void)
{
	struct temp nowhere = { "/no/such/folder/x.csv" };
	str v[] = { S("a") }, got;
	err e = made(&nowhere, SHEET_CSV, v, 1, &got);

	ok(e && !strcmp(e->rule, "file-write"), "a folder that is not there, CSV");
	e = made(&nowhere, SHEET_XLSX, v, 1, &got);
	ok(e && !strcmp(e->rule, "file-write"), "and XLSX: said, not lost");
}

int main(void)
{
	struct temp t = { 0 };

	a = arena_new();
	ok(!temp_name(&t, a), "a file of a moment");
	test_csv(&t);
	test_xlsx(&t);
	test_nowhere();
	temp_close(&t);
	ok(!t.path, "and it is gone");
	arena_free(&a);
	return done();
}
