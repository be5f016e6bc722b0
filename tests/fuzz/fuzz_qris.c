/*
 * Any bytes as a QRIS: refused with a rule, or read; then the one to pay is
 * a QRIS again, for one payment, of that amount, and everything else is as
 * it was.
 */
#include "base/base.h"
#include "mod/qris/qris.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void check_pay(struct arena *a, const struct qris *q, int64_t amount)
{
	struct qris back;
	str pay, twice;
	err e = qris_for(a, q, amount, &pay);

	if (e)
		return;
	CHECK(pay.n <= QRIS_MAX && !qris_read(a, pay, &back));
	CHECK(back.once && back.amount == amount && back.n >= q->n);
	CHECK(str_eq(back.name, q->name) && str_eq(back.nmid, q->nmid));
	CHECK(!qris_for(a, &back, amount, &twice) && str_eq(pay, twice));
	for (size_t i = 0, j = 0; i < q->n; i++, j++) {
		while (j < back.n && back.field[j].tag != q->field[i].tag)
			j++;
		CHECK(j < back.n);
	}
}

/* The same input with a right CRC, so that the fuzzer comes past it. */
static str sealed(struct arena *a, str s)
{
	return arena_printf(a, "%.*s6304%04X", SV(s),
	    qris_crc(arena_printf(a, "%.*s6304", SV(s))));
}

static void check(struct arena *a, str s)
{
	struct qris q;

	if (qris_read(a, s, &q))
		return;
	CHECK(q.n > 1 && q.n <= QRIS_FIELDS && q.name.n && q.name.n <= 25);
	check_pay(a, &q, 1);
	check_pay(a, &q, 175000);
	check_pay(a, &q, QRIS_AMOUNT_MAX);
	CHECK(qris_name_like(q.name, q.name));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	str s = { (const char *)p, n };

	check(a, s);
	if (n <= QRIS_MAX)
		check(a, sealed(a, s));
	(void)qris_name_like(str_sub(s, 0, n / 2), str_sub(s, n / 2, n));
	return 0;
}
