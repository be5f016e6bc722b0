#include "base/base.h"
#include "tap.h"
#include <pthread.h>
#include <string.h>

#define EPOCH	(INT64_C(1577836800) * SECOND)

static void order(void)
{
	int64_t now = EPOCH + 5 * DAY, last = id_after(0, now);

	ok(id_time(last) == now, "the time is inside");
	int64_t next = id_after(last, now);
	ok(next == last + 1, "the same millisecond: counted on");
	int64_t later = id_after(next, now + SECOND);
	ok(later > next && id_time(later) == now + SECOND, "later: the new time");
	ok(later - id_floor(now + SECOND) == next - id_floor(now) + 1, "and the counter counts on");
	int64_t back = id_after(later, now - DAY);
	ok(back == later + 1, "the clock went back a day: still ascending");
	ok(id_after(back, EPOCH - DAY) == back + 1, "even before 2020");
	int64_t on = id_after(back, now + 2 * SECOND);
	ok(on > back && id_time(on) == now + 2 * SECOND, "and forward again: the time once more");

	/* The counter is at its end in this millisecond: into the next. */
	last = id_floor(now) + (1 << 22) - 1;
	next = id_after(last, now);
	ok(next == last + 1 && id_time(next) == now + 1000,
	    "4,194,304 in one millisecond: the next");
	ok(id_after(next, now) == next + 1, "and on from there");
}

static void many(void)
{
	struct prng r;
	int64_t last = 0, now = EPOCH + 100 * DAY;
	unsigned wrong = 0;

	prng_seed(&r, 7);
	for (int i = 0; i < 200000; i++) {
		now += (int64_t)prng_below(&r, 4000) - 1500;	/* often backwards */
		int64_t id = id_after(last, now);
		wrong += id <= last || id_floor(now) > id;
		last = id;
	}
	ok(wrong == 0, "strictly ascending under a restless clock, never before its moment");
}

static void floors(void)
{
	ok(id_floor(EPOCH) == 0 && id_floor(EPOCH - 1) == 0 && id_floor(INT64_MIN) == 0,
	    "id_floor before 2020");
	ok(id_floor(EPOCH + 1000) == 1 << 22 && id_floor(EPOCH + 1999) == 1 << 22,
	    "by milliseconds");
	ok(id_floor(INT64_MAX) > 0 && id_after(1, INT64_MAX) > 0, "no wrap at the end of time");
	int64_t id = id_new();
	ok(id > id_floor(time_now() - MINUTE) && id < id_floor(time_now() + MINUTE),
	    "id_new is of now");
	ok(id_time(id_floor(EPOCH + 123456789)) == EPOCH + 123456000,
	    "id_time to the millisecond");
}

enum { THREADS = 4, EACH = 20000 };

static void *make(void *p)
{
	int64_t *to = p;

	for (int i = 0; i < EACH; i++)
		to[i] = id_new();
	return NULL;
}

static void threads(struct arena *a)
{
	pthread_t t[THREADS];
	int64_t *ids = NEWN(a, int64_t, THREADS * EACH);
	size_t at[THREADS] = { 0 };
	unsigned wrong = 0;
	int64_t last = 0;

	for (int i = 0; i < THREADS; i++)
		CHECK(pthread_create(&t[i], NULL, make, ids + i * EACH) == 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	/* Merge the four: ascending in each, and none twice. */
	for (int n = 0; n < THREADS * EACH; n++) {
		int best = -1;
		for (int i = 0; i < THREADS; i++)
			if (at[i] < EACH && (best < 0 || ids[i * EACH + (int)at[i]] <
			    ids[best * EACH + (int)at[best]]))
				best = i;
		int64_t id = ids[best * EACH + (int)at[best]++];
		wrong += id <= last;
		last = id;
	}
	ok(wrong == 0, "four threads: each ascending, no id twice");
}

static void texts(struct arena *a)
{
	static const struct { int64_t id; const char *s; } t[] = {
		{ 0, "0000000000000" }, { 1, "0000000000001" }, { 31, "000000000000Z" },
		{ 32, "0000000000010" }, { INT64_MAX, "7ZZZZZZZZZZZZ" },
		{ INT64_C(1) << 60, "1000000000000" },
	};
	int64_t id;

	for (size_t i = 0; i < countof(t); i++)
		ok(str_eq(id_text(a, t[i].id), str_of(t[i].s)) && id_parse(str_of(t[i].s), &id) &&
		    id == t[i].id, "%s", t[i].s);
	struct prng r;
	unsigned wrong = 0;
	prng_seed(&r, 3);
	for (int i = 0; i < 1000; i++) {
		int64_t x = (int64_t)(prng_next(&r) >> 1), back = -1;
		wrong += !id_parse(id_text(a, x), &back) || back != x;
	}
	ok(wrong == 0, "a thousand ids there and back");
	ok(id_parse(S("7zzzzzzzzzzzz"), &id) && id == INT64_MAX, "small letters");
	ok(id_parse(S("000000000000a"), &id) && id == 10, "the first of them");
	ok(id_parse(S("00000000iIlLO"), &id) && id == 32 * (1 + 32 * (1 + 32 * (1 + 32))),
	    "I and L are 1, O is 0");
	static const char *const bad[] = { "", "0", "000000000000", "00000000000000",
	    "8000000000000", "ZZZZZZZZZZZZZ", "000000000000U", "000000000000-", " 000000000001",
	    "00000000000\xc3\xa9", "000000000000@", "000000000000[" };
	for (size_t i = 0; i < countof(bad); i++) {
		id = 77;
		ok(!id_parse(str_of(bad[i]), &id) && id == 77, "no id: \"%s\"", bad[i]);
	}
	ok(str_cmp(id_text(a, id_floor(EPOCH + DAY)), id_text(a, id_floor(EPOCH + 2 * DAY))) < 0,
	    "texts sort like ids");
}

static void above(void)
{
	int64_t far = id_floor(time_now() + DAY) + 5;

	id_above(far);
	ok(id_new() > far, "ids go on above what was stored, whatever the clock says");
	ok(id_new() > far + 1000000, "and above what was made right after it in rows nobody asked");
	int64_t id = id_new();
	id_above(far);
	ok(id_new() > id, "and never back");
}

/* Last of all: from here the clock no longer rules. */
static void counting(void)
{
	id_count_from(4711);
	ok(id_new() == 4712 && id_new() == 4713, "counted from a number, for a demonstration");
}

/* The bits of RFC 4648 section 10, in Crockford's digits. */
static void base32(struct arena *a)
{
	static const struct { const char *bytes, *s; } t[] = {
		{ "", "" }, { "f", "CR" }, { "fo", "CSQG" }, { "foo", "CSQPY" },
		{ "foob", "CSQPYRG" }, { "fooba", "CSQPYRK1" }, { "foobar", "CSQPYRK1E8" },
	};
	unsigned char back[64];
	unsigned wrong = 0;

	for (size_t i = 0; i < countof(t); i++) {
		size_t n = strlen(t[i].bytes);
		ok(str_eq(base32_text(a, t[i].bytes, n), str_of(t[i].s)) &&
		    base32_parse(back, n, str_of(t[i].s)) && !memcmp(back, t[i].bytes, n),
		    "base32 of \"%s\"", t[i].bytes);
	}
	for (size_t n = 0; n < sizeof back; n++) {
		unsigned char in[sizeof back];
		rand_bytes(in, n);
		str s = base32_text(a, in, n);
		wrong += s.n != (n * 8 + 4) / 5 || !base32_parse(back, n, s) || memcmp(in, back, n);
	}
	ok(wrong == 0, "0 to 63 random bytes there and back");
	ok(base32_parse(back, 6, S("csqpyrkie8")) && !memcmp(back, "foobar", 6),
	    "as people type it");
	ok(!base32_parse(back, 1, S("CS")), "spare bits set: another spelling, refused");
	ok(!base32_parse(back, 1, S("C")) && !base32_parse(back, 1, S("CR0")) &&
	    !base32_parse(back, 2, S("CR")) && !base32_parse(back, 1, S("CU")) &&
	    !base32_parse(back, SIZE_MAX, S("CR")), "length and digits are checked");
}

int main(void)
{
	struct arena *a = arena_new();

	order();
	many();
	floors();
	threads(a);
	texts(a);
	base32(a);
	above();
	counting();
	arena_free(&a);
	return done();
}
