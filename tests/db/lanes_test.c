/* lanes_test.c - cities take turns; within a city the order stays. */
#include "db/lanes.h"
#include "tap.h"

enum { MANY = 400, SHARE = 6 };	/* the share: as in lanes.c */

static struct change noisy[MANY], other[20], third[20], nobody;

static struct lanes *filled(struct arena *a, size_t n, size_t m)
{
	struct lanes *l = lanes_new(a);

	for (size_t i = 0; i < n; i++) {
		noisy[i] = (struct change){ .turn = 1 };
		CHECK(lanes_add(l, &noisy[i], MANY));
	}
	for (size_t i = 0; i < m; i++) {
		other[i] = (struct change){ .turn = 2 };
		CHECK(lanes_add(l, &other[i], MANY));
	}
	return l;
}

/* Which of the batch is the i-th of "v"?  0 when it is not in it. */
static size_t at(const struct change *list, const struct change *v)
{
	for (size_t n = 1; list; list = list->next, n++)
		if (list == v)
			return n;
	return 0;
}

static void test_alone(struct arena *a)
{
	struct lanes *l = filled(a, MANY, 0);
	size_t n = 0, wrong = 0;
	struct change *c = lanes_cut(l, 1024, &n);

	for (size_t i = 0; c; c = c->next, i++)
		wrong += c != &noisy[i];
	ok(n == MANY && !wrong && !lanes_waiting(l), "a city alone gives all it has, in order");
	ok(!lanes_cut(l, 1024, &n) && n == 0, "and then nothing waits");
}

static void test_turns(struct arena *a)
{
	struct lanes *l = filled(a, 300, 2);
	size_t n = 0, m = 0;
	struct change *c = lanes_cut(l, 1024, &n);

	ok(at(c, &noisy[0]) == 1 && at(c, &other[0]) == 2 && at(c, &noisy[1]) == 3 &&
	    at(c, &other[1]) == 4, "one after the other");
	ok(n == SHARE + 2, "and beside another city nobody gives more than a share: %zu", n);
	third[0] = (struct change){ .turn = 3 };
	ok(lanes_add(l, &third[0], MANY), "a third comes");
	c = lanes_cut(l, 1024, &m);
	ok(m == SHARE + 1 && at(c, &third[0]) == 2 && at(c, &noisy[SHARE]) == 1,
	    "and is in the next batch");
	for (int i = 0; i < 300 && lanes_waiting(l); i++)
		c = lanes_cut(l, 1024, &n);
	ok(!lanes_waiting(l), "all are taken in the end");
	for (int i = 0; i < 300; i++)
		lanes_cut(l, 1024, &n);
	for (size_t i = 0; i < MANY; i++)
		CHECK(lanes_add(l, &noisy[i], MANY));
	c = lanes_cut(l, 1024, &n);
	lanes_cut(l, 1024, &m);
	ok(n == SHARE && m == SHARE, "another's turn is remembered a while: %zu, %zu", n, m);
}

static void test_most(struct arena *a)
{
	struct lanes *l = filled(a, 40, 0);
	size_t n = 0;
	struct change *c = lanes_cut(l, 10, &n);

	ok(n == 10 && c == &noisy[0] && lanes_waiting(l) == 30, "a batch has its limit");
	nobody = (struct change){ .turn = 0 };
	ok(lanes_add(l, &nobody, MANY) && lanes_cut(l, 1024, &n) && n == 31,
	    "what is nobody's does not make it share");
}

static void test_full(struct arena *a)
{
	struct lanes *l = filled(a, MANY, 0);
	size_t in = 0;

	nobody = (struct change){ .turn = 1 };
	ok(!lanes_add(l, &nobody, MANY), "who filled the queue is refused");
	for (size_t i = 0; i < countof(other); i++) {
		other[i] = (struct change){ .turn = 2 };
		in += lanes_add(l, &other[i], MANY);
	}
	ok(in == countof(other), "another city is not");
}

int main(void)
{
	struct arena *a = arena_new();

	test_alone(a);
	test_turns(a);
	test_most(a);
	test_full(a);
	arena_free(&a);
	return done();
}
