/* odd_test.c - what is marked, and what is ordinary. */
#include "mod/draw/odd.h"
#include "tap.h"

static struct arena *a;

static unsigned of(size_t n, int64_t amount, int64_t merchants, int64_t clerks, int64_t note)
{
	struct odd_purchase *v = NEWN(a, struct odd_purchase, n);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct odd_purchase){ amount, 1 + (int64_t)i % merchants,
		    clerks ? 1 + (int64_t)i % clerks : 0,
		    note ? arena_printf(a, "%lld", (long long)(note + (int64_t)i)) : S("") };
	return odd_marks(a, v, n, 50000);
}

int main(void)
{
	a = arena_new();
	ok(of(30, 75000, 10, 0, 0) == 0, "thirty purchases at ten shops are ordinary");
	ok(of(0, 0, 1, 0, 0) == 0 && of(4, 10, 1, 1, 1) == 0, "few purchases say nothing");
	ok(of(20, 10000, 10, 0, 0) == ODD_TINY, "twenty tiny ones");
	ok(of(19, 10000, 10, 0, 0) == 0, "nineteen are not many");
	ok(of(10, 75000, 5, 1, 0) == ODD_CLERK, "one clerk entered them all");
	ok(of(10, 75000, 5, 2, 0) == 0, "two clerks, half each");
	ok(of(5, 75000, 1, 0, 0) == ODD_SHOP, "all from one shop");
	ok(of(5, 75000, 1, 0, 101) == (ODD_SHOP | ODD_NOTES), "with notes 101 to 105");
	ok(of(10, 75000, 2, 0, 101) == 0, "at two shops in turn the numbers are no row");
	arena_free(&a);
	return done();
}
