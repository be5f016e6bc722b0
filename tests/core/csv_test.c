/* Each quirk of a real file is one case here. */
#include "core/csv.h"
#include "tap.h"
#include <string.h>

static const struct csv_column columns[] = {
	{ "name", "nama usaha|name", true },
	{ "amount", "jumlah|amount", true },
	{ "note", "no nota|note", false },
};
enum { NAME, AMOUNT, NOTE };

static struct arena *a;

/* All records as "line:name,amount,note;" or the error's rule and {1}. */
static const char *all(str bytes)
{
	CLEANUP(csv_close) struct csv *c = NULL;
	struct buf b = BUF(a, 1u << 20);
	struct csv_row r;
	bool more = true;
	err e = csv_open(&c, a, bytes, columns, countof(columns));

	while (!e && more) {
		e = csv_next(c, &r, &more);
		if (!e && more)
			buf_printf(&b, "%lld:%.*s,%.*s,%.*s%s;", (long long)r.line,
			    SV(r.cell[NAME]), SV(r.cell[AMOUNT]),
			    SV(r.cell[NOTE]), r.more ? "+" : "");
	}
	if (e)
		buf_printf(&b, "%s %.*s", e->rule, SV(e->arg[0]));
	buf_char(&b, '\0');
	return buf_done(&b).p;
}

static void case_is(const char *what, str bytes, const char *want)
{
	const char *got = all(bytes);

	ok(!strcmp(got, want), "%s", what);
	if (strcmp(got, want) != 0)
		printf("# got %s\n", got);
}
#define IS(what, bytes, want)	case_is(what, S(bytes), want)

static void files(void)
{
	IS("commas", "name,amount\nA,1\n", "2:A,1,;");
	IS("semicolons", "name;amount\nA;1\n", "2:A,1,;");
	IS("tabs", "name\tamount\nA\t1\n", "2:A,1,;");
	IS("a comma inside does not outvote", "name;amount;x,y,z,w,v\nA;1\n", "2:A,1,;");
	IS("sep= before the names", "sep=;\nname;amount\nA;1\n", "3:A,1,;");
	IS("BOM", "\xef\xbb\xbfname,amount\nA,1\n", "2:A,1,;");
	IS("UTF-8", "name,amount\n\xc3\xa9,1\n", "2:\xc3\xa9,1,;");
	IS("Windows-1252", "name,amount\n\xe9 \x80\x81,1\n",
	    "2:\xc3\xa9 \xe2\x82\xac\xef\xbf\xbd,1,;");
	IS("Windows line ends", "name,amount\r\nA,1\r\nB,2\r\n", "2:A,1,;3:B,2,;");
	IS("old Macintosh line ends", "name,amount\rA,1\rB,2", "2:A,1,;3:B,2,;");
	IS("no end of the last line", "name,amount\nA,1", "2:A,1,;");
	IS("blank lines", "\n\nname,amount\n\n  \nA,1\n,,\n\xc2\xa0\nB,2\n\n\n", "6:A,1,;9:B,2,;");
	IS("names of the other language, any case", "NAMA_USAHA,Jumlah,No. Nota\nA,1,n\n",
	    "2:A,1,n;");
	IS("names with a line break in them", "\"nama\nusaha\",jumlah\nA,1\n", "3:A,1,;");
	IS("quotes", "name,amount\n\"A, \"\"B\"\"\",\"1\"\n", "2:A, \"B\",1,;");
	IS("a quote in the middle", "name,amount\n5\" pipe,1\n", "2:5\" pipe,1,;");
	IS("space around quotes", "name,amount\n \"A\" , 1 \n", "2:A,1,;");
	IS("line break in quotes", "name,amount\n\"A\r\nB\",1\nC,2\n", "2:A\r\nB,1,;4:C,2,;");
	IS("cells guarded from a spreadsheet", "name,amount\n=\"0812\",'1\n", "2:0812,1,;");
	IS("a cell too many", "name,amount\nA,1,2\nB,2,\n", "2:A,1,+;3:B,2,;");
	IS("a cell too few", "name,amount\nA\n", "2:A,,;");
	IS("unknown columns, also twice", "x,name,x,amount\n0,A,0,1\n", "2:A,1,;");
}

static void refusals(void)
{
	IS("nothing", "", "csv-empty ");
	IS("blank lines only", "\n \n", "csv-empty ");
	IS("a spreadsheet", "PK\x03\x04zip", "csv-excel ");
	IS("Unicode text", "\xff\xfen\0a\0", "csv-utf16 ");
	IS("bytes", "name,amount\nA\0,1\n", "csv-binary ");
	IS("the same column twice", "name,nama usaha,amount\n", "csv-column-twice name");
	IS("a column is missing", "name,total\nA,1\n", "csv-column-missing jumlah");
	IS("quote not closed", "name,amount\nA,1\n\"B,2\nC,3\n", "2:A,1,;csv-quote 3");
	IS("quote not closed in the names", "\"name,amount\nA,1\n", "csv-quote 1");
}

static void sizes(void)
{
	struct buf b = BUF(a, 1u << 20), c = BUF(a, 1u << 20);

	buf_str(&b, S("name,amount\nA,\""));
	for (int i = 0; i < 200; i++)
		buf_str(&b, S("x\n"));
	buf_str(&b, S("\"\nB,1\n"));
	case_is("quotes over very many lines are not closed", buf_done(&b), "csv-quote 2");
	buf_str(&c, S("name,amount\nA,"));
	for (int i = 0; i < CSV_CELL_MAX + 1; i++)
		buf_char(&c, 'x');
	buf_str(&c, S("\nB,1\n"));
	case_is("a cell too long", buf_done(&c), "csv-cell 2");
	ok(csv_lines(S("a\r\nb\nc\rd")) == 4 && csv_lines(S("")) == 1, "lines are counted");
	ok(csv_word(S("nohp"), "no hp|phone") && !csv_word(S("no"), "no hp|phone") &&
	    !csv_word(S(""), "|a"), "words are compared without case and spaces");
}

int main(void)
{
	a = arena_new();
	files();
	refusals();
	sizes();
	arena_free(&a);
	return done();
}
