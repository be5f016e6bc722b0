/*
 * Any bytes as an amount: refused, or an amount in range that is written
 * in a way we read back as the same.  And any number survives being
 * written and read.
 */
#include "base/base.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void check_amount(struct arena *a, int64_t amount)
{
	struct buf b = BUF(a, 64), words = BUF(a, 1024);
	int64_t back = -1;

	rupiah_put(&b, amount);
	CHECK(rupiah_parse(buf_done(&b), &back) && back == amount);
	buf_str(&b, S(",-"));
	CHECK(rupiah_parse(buf_done(&b), &back) && back == amount);
	for (enum lang lang = LANG_ID; lang < LANGS; lang++) {
		rupiah_put_words(&words, amount, lang);
		rupiah_put_short(&words, amount, lang);
	}
	CHECK(!words.full && str_utf8(buf_done(&words)));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	uint64_t any = 0;
	int64_t amount;

	memcpy(&any, p, n < sizeof any ? n : sizeof any);
	check_amount(a, (int64_t)(any % ((uint64_t)RUPIAH_MAX + 1)));
	if (!rupiah_parse((str){ (const char *)p, n }, &amount))
		return 0;
	CHECK(amount >= 0 && amount <= RUPIAH_MAX);
	check_amount(a, amount);
	return 0;
}
