/* hours_test.c - opening hours as people write them. */
#include "mod/festival/merchant_hours.h"
#include "tap.h"

static struct arena *a;

static const struct { const char *typed, *kept; } good[] = {
	{ "Senin-Sabtu 08.00-17.00", "Mo-Sa 08:00-17:00" },
	{ "senin - jumat 8-16, sabtu 8-12", "Mo-Fr 08:00-16:00, Sa 08:00-12:00" },
	{ "Senin s/d Jumat pukul 08.30 sampai 16.00 WIB", "Mo-Fr 08:30-16:00" },
	{ "Setiap hari 07.00-21.00", "Mo-Su 07:00-21:00" },
	{ "7-21", "Mo-Su 07:00-21:00" },
	{ "24 jam", "Mo-Su 00:00-24:00" },
	{ "tiap hari 24 jam", "Mo-Su 00:00-24:00" },
	{ "Sabtu, Minggu 09.00-15.00", "Sa-Su 09:00-15:00" },
	{ "Senin dan Kamis 05:00–09:00", "Mo 05:00-09:00, Th 05:00-09:00" },
	{ "Sabtu-Senin 10-12", "Mo 10:00-12:00, Sa-Su 10:00-12:00" },
	{ "Sen-Sab 8-16; Min tutup", "Mo-Sa 08:00-16:00" },
	{ "Mon-Fri 8:30-17:00, Sat closed", "Mo-Fr 08:30-17:00" },
	{ "every day 18.00-02.00", "Mo-Su 18:00-02:00" },
	{ "Jum'at 13-00.00", "Fr 13:00-24:00" },
	{ "Mo-Fr 08:00-16:00, Sa 08:00-12:00", "Mo-Fr 08:00-16:00, Sa 08:00-12:00" },
};
static const char *const bad[] = { "", "buka", "Senin", "Senin-", "08.00", "08.00-", "-17.00",
    "25-26", "8.5-9", "08.00-08.00", "Senin 8-12, Senin 13-17", "Senin-Sabtu 8-17, Sabtu 8-12",
    "8-12 Senin", "Senin tutup", "siang sampai malam", "Senin 8-17 kecuali libur", "8-60.00",
    "Senin Selasa-Rabu-Kamis", "08.00-17.00-18.00", "24", "24.30-3", "8.00 17.00" };

static str kept(const char *typed)
{
	struct buf b = BUF(a, 400);
	struct hours h;

	if (!hours_parse(str_of(typed), &h))
		return S("(refused)");
	hours_put(&b, &h);
	return buf_done(&b);
}

static void test_read(void)
{
	for (size_t i = 0; i < countof(good); i++) {
		str k = kept(good[i].typed);
		ok(str_eq(k, str_of(good[i].kept)), "%s -> %.*s", good[i].typed, SV(k));
		ok(str_eq(kept(arena_cstr(a, k)), k), "and what is kept reads as itself");
	}
	for (size_t i = 0; i < countof(bad); i++)
		ok(str_eq(kept(bad[i]), S("(refused)")), "refused: \"%s\"", bad[i]);
}

static str said(const char *typed, enum lang lang)
{
	struct buf b = BUF(a, 400);
	struct hours h;

	if (hours_parse(str_of(typed), &h))
		hours_say(&b, &h, lang);
	return buf_done(&b);
}

static void test_say(void)
{
	ok(str_eq(said("sen-sab 8-17.30, min 7-12", LANG_ID),
	    S("Senin–Sabtu 08.00–17.30, Minggu 07.00–12.00")), "said in Indonesian");
	ok(str_eq(said("7-21", LANG_EN), S("Every day 07.00–21.00")), "said in English");
	ok(str_eq(said("24 jam", LANG_ID), S("Setiap hari 24 jam")), "around the clock");
}

int main(void)
{
	a = arena_new();
	test_read();
	test_say();
	arena_free(&a);
	return done();
}
