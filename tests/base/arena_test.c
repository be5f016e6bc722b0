#include "base/base.h"
#include "tap.h"
#include <limits.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifdef WITH_ASAN
#include <sanitizer/asan_interface.h>
#endif

static bool zero(const void *p, size_t n)
{
	const char *c = p;

	for (size_t i = 0; i < n; i++)
		if (c[i])
			return false;
	return true;
}

static void allocating(struct arena *a)
{
	unsigned wrong = 0;

	for (size_t align = 1; align <= 16; align *= 2)
		for (size_t n = 0; n < 40; n++) {
			char *p = arena_alloc(a, n, align);
			wrong += (uintptr_t)p % align != 0 || !zero(p, n);
			memset(p, 0xff, n);
		}
	ok(wrong == 0, "aligned and zeroed");

	char *large = arena_alloc(a, 5 << 20, 16);
	ok(zero(large, 5 << 20), "larger than any chunk");
	memset(large, 1, 5 << 20);
	int *few = NEWN(a, int, 3);
	ok(few[0] == 0 && few[2] == 0 && NEW(a, int64_t) != NULL, "NEW and NEWN");
	ok(arena_alloc(a, 0, 1) != NULL && arena_bytes(a, 0) != NULL, "nothing has an address too");
}

/* Each piece keeps its bytes while others are made. */
static void keeping(struct arena *a)
{
	unsigned char *p[300];
	unsigned wrong = 0;

	for (size_t i = 0; i < countof(p); i++) {
		p[i] = (unsigned char *)arena_bytes(a, i * 7);
		memset(p[i], (int)i & 255, i * 7);
	}
	for (size_t i = 0; i < countof(p); i++)
		for (size_t k = 0; k < i * 7; k++)
			wrong += p[i][k] != (i & 255);
	ok(wrong == 0, "no two pieces overlap");
}

static void resetting(struct arena *a)
{
	arena_reset(a);
	ok(arena_used(a) == 0, "reset: nothing is used");
	char *first = arena_bytes(a, 100);
	memset(first, 'x', 100);
	arena_bytes(a, 1 << 20);
	ok(arena_used(a) == 100 + (1 << 20), "arena_used counts what was asked for");
	arena_reset(a);
	char *again = arena_alloc(a, 100, 1);
	ok(again == first, "the first chunk is kept");
	ok(zero(again, 100), "and zeroed anew");

	/* Memory of the system's is zeros at first, and then only behind what was given. */
	struct arena *pages = arena_for(1 << 20);
	memset(arena_bytes(pages, 300000), 'x', 300000);
	ok(zero(arena_alloc(pages, 100000, 16), 100000), "zeros behind what was written");
	arena_reset(pages);
	memset(arena_bytes(pages, 1000), 'x', 1000);
	arena_reset(pages);
	ok(zero(arena_alloc(pages, 500000, 16), 500000), "after two resets: all of it");
	arena_free(&pages);
	arena_free(&a);
	ok(a == NULL, "arena_free clears the pointer");
	arena_free(&a);
	ok(true, "and takes NULL");
}

static void texts(struct arena *a)
{
	str s = arena_str(a, (str){ "ab\0c", 4 });
	char wide[600];

	ok(s.n == 4 && !memcmp(s.p, "ab\0c", 5), "arena_str keeps NULs and ends with one");
	ok(arena_str(a, (str){ 0 }).p[0] == '\0', "of nothing");
	ok(!strcmp(arena_cstr(a, S("abc")), "abc"), "arena_cstr");
	s = arena_printf(a, "%s-%d", "x", 42);
	ok(str_eq(s, S("x-42")) && s.p[s.n] == '\0', "arena_printf");
	memset(wide, 'y', sizeof wide - 1);
	wide[sizeof wide - 1] = '\0';
	for (size_t cut = 250; cut < 262; cut++) {
		str t = arena_printf(a, "%.*s", (int)cut, wide);
		if (t.n != cut || memcmp(t.p, wide, cut) || t.p[cut])
			ok(false, "arena_printf of %zu", cut);
	}
	ok(arena_printf(a, "%s", wide).n == 599, "longer than its own buffer");
}

static void vectors(struct arena *a)
{
	VEC(struct { int64_t a; char b; }) v = { 0 };
	unsigned wrong = 0;

	for (int i = 0; i < 1000; i++) {
		__typeof__(v.v) e = VEC_ADD(a, &v);
		wrong += e->a != 0 || e->b != 0;
		e->a = i;
		e->b = 'x';
	}
	for (int i = 0; i < 1000; i++)
		wrong += v.v[i].a != i || v.v[i].b != 'x';
	ok(wrong == 0 && v.n == 1000, "a thousand elements, each fresh one zeroed");
	v.n = 10;
	ok(VEC_ADD(a, &v)->a == 0 && v.n == 11, "zeroed where another was before");
}

static void errors(struct arena *a)
{
	char name[] = "Soto";
	err e = ERR(a, ERR_CONFLICT, "event-reused", .field = "event", .arg = { { name, 4 } },
	    .log = S("why"));

	name[0] = 'X';
	ok(e->kind == ERR_CONFLICT && !strcmp(e->rule, "event-reused") &&
	    !strcmp(e->field, "event"), "kind, rule, field");
	ok(str_eq(e->arg[0], S("Soto")) && e->arg[1].n == 0, "arguments are copied");
	ok(str_eq(e->log, S("why")) && strstr(e->where, "arena_test.c:"), "log and place");
	ok(ERR(a, ERR_BUSY, "x")->field == NULL, "an error of no field");
}

static void poisoned(struct arena *a)
{
#ifdef WITH_ASAN
	char *p = arena_bytes(a, 13);
	char *q = arena_bytes(a, 1);

	ok(!__asan_address_is_poisoned(p + 12) && __asan_address_is_poisoned(p + 13),
	    "a byte past the end is poisoned");
	ok(__asan_address_is_poisoned(q - 1) && __asan_address_is_poisoned(q + 1),
	    "before and behind another too");
	arena_reset(a);
	ok(__asan_address_is_poisoned(p), "what was before a reset is poisoned");
#else
	(void)a;
	ok(true, "poison # SKIP needs the address sanitizer");
#endif
}

int main(void)
{
	struct arena *a = arena_new();

	allocating(a);
	keeping(a);
	texts(a);
	vectors(a);
	errors(a);
	poisoned(a);
	resetting(a);
	return done();
}
