/* compare_test.c - which figures of two sales do not compare, and what is said of them. */
#include "app/modules.h"
#include "mod/template/compare.h"
#include "tap.h"

static struct compare_figure figures[] = {
	{ .code = S_INIT("rupiah"), .known = true },
	{ .code = S_INIT("rupiah-per-day"), .known = true },
	{ .code = S_INIT("coupons"), .known = true },
};

static struct compare_one sale(struct arena *a, const char *days, const char *unit)
{
	struct compare_one c = { .kind = S("festival"), .field = { .a = a }, .figure = figures,
	    .n = countof(figures) };

	practice_text(&c.field, S("sale/days"), str_of(days));
	practice_text(&c.field, S("rules/unit"), str_of(unit));
	return c;
}

static str broken(const struct compare_row *row, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(row[i].code, str_of(code)))
			return row[i].cell[1].broken;
	return S("no such row");
}

int main(void)
{
	struct arena *a = arena_new();
	struct template_ask q = { .a = a, .app = laris_app(), .lang = LANG_ID };
	struct compare_one two[] = { sale(a, "31", "50000"), sale(a, "24", "50000") };
	struct compare_row *row;
	size_t n = compare_rows(&q, two, 2, &row);

	ok(n == 3, "a row a figure");
	ok(str_eq(broken(row, n, "rupiah"), S("Lama (hari): 24, pembandingnya 31")),
	    "the sum, because of the length");
	ok(!broken(row, n, "rupiah-per-day").n, "a day's figure compares");
	two[1] = sale(a, "31", "25000");
	n = compare_rows(&q, two, 2, &row);
	ok(!broken(row, n, "rupiah").n, "as long: the sum compares");
	ok(str_eq(broken(row, n, "coupons"), S("Nilai satu kupon: Rp 25.000, pembandingnya "
	    "Rp 50.000")), "coupons, because of their unit");
	two[1] = sale(a, "31", "50000");
	two[1].field.all.n--;
	n = compare_rows(&q, two, 2, &row);
	ok(str_find(broken(row, n, "coupons"), S("Nilai satu kupon: tidak ada")) == 0,
	    "a field the other does not have");
	two[1].kind = S("message");
	n = compare_rows(&q, two, 2, &row);
	ok(str_eq(broken(row, n, "rupiah"), S("bukan jenis yang sama")), "not of one kind");
	ok(!row[0].cell[0].broken.n, "the first is the measure");
	arena_free(&a);
	return done();
}
