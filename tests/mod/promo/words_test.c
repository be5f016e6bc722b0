/* words_test.c - who looks for one form of a word finds the others. */
#include "mod/promo/words.h"
#include "tap.h"

static struct arena *a;

/* First the word looked for, then forms of it that stand in promotions. */
static const char *const families[][8] = {
	{ "jahit", "menjahit", "penjahit", "jahitan", "dijahit", "jahitannya" },
	{ "beli", "membeli", "pembeli", "dibeli", "pembelian", "membelikan", "belikan" },
	{ "jual", "menjual", "penjual", "jualan", "penjualan", "dijual", "berjualan" },
	{ "pakai", "memakai", "pemakai", "pakaian", "dipakai", "berpakaian", "pemakaian" },
	{ "makan", "makanan", "makanannya", "dimakan" },
	{ "minum", "minuman", "minumannya", "diminum" },
	{ "pesan", "memesan", "pesanan", "pemesanan", "dipesan" },
	{ "tukar", "menukar", "penukaran", "ditukar", "tukarkan", "menukarkan" },
	{ "sewa", "menyewa", "penyewa", "sewaan", "disewakan" },
	{ "rawat", "merawat", "perawatan", "dirawat" },
	{ "belanja", "berbelanja", "belanjaan", "belanjanya" },
	{ "baru", "terbaru", "memperbarui" },
	{ "potong", "potongan", "dipotong", "memotong", "potongannya" },
	{ "batik", "batiknya", "membatik", "pembatik" },
	{ "diskon", "diskonnya", "didiskon", "mendiskon" },
	{ "gratis", "digratiskan" },
	{ "harga", "harganya", "berharga" },
};

/* Words that must not become one. */
static const char *const apart[][2] = {
	{ "makan", "minum" }, { "batik", "baju" }, { "kopi", "kopiah" }, { "roti", "rotan" },
	{ "soto", "sate" }, { "menu", "men" }, { "pasar", "pasang" }, { "ikan", "ika" },
	{ "kemeja", "meja" }, { "tahu", "tahun" }, { "merah", "murah" }, { "kain", "kaki" },
};

static str stem(const char *w)
{
	return word_stem(a, str_of(w));
}

static void families_meet(void)
{
	for (size_t i = 0; i < countof(families); i++) {
		str want = stem(families[i][0]);
		size_t bad = 0;
		for (size_t k = 1; k < countof(families[i]) && families[i][k]; k++)
			if (!str_eq(stem(families[i][k]), want)) {
				str got = stem(families[i][k]);
				printf("# %s -> %.*s, %s -> %.*s\n", families[i][0], SV(want),
				    families[i][k], SV(got));
				bad++;
			}
		ok(!bad, "\"%s\" finds its family", families[i][0]);
	}
	for (size_t i = 0; i < countof(apart); i++)
		ok(!str_eq(stem(apart[i][0]), stem(apart[i][1])), "%s is not %s", apart[i][0],
		    apart[i][1]);
}

static void stems_last(void)
{
	size_t bad = 0;

	for (size_t i = 0; i < countof(families); i++)
		for (size_t k = 0; k < countof(families[i]) && families[i][k]; k++)
			bad += stem(families[i][k]).n < 3;
	ok(!bad, "no stem is shorter than three letters");
	ok(!stem("").n && str_eq(stem("di"), S("di")) && str_eq(stem("nya"), S("nya")) &&
	    str_eq(stem("me"), S("me")), "affixes alone stay what they are");
}

static void texts(void)
{
	str v[8];
	size_t n = words_of(a, S("Diskon 50% untuk BATIK tulis & batiknya, di Pasar Gede!"), v, 8);

	ok(n == 6 && str_eq(v[1], S("50")) && str_eq(v[2], S("batik")) && str_eq(v[3],
	    S("tulis")) &&
	    str_eq(v[5], S("gede")), "words of a sentence, each once, small words left out");
	ok(!words_of(a, S(""), v, 8) && !words_of(a, S(" -- ?! "), v, 8), "no words, no stems");
	ok(words_of(a, S("satu dua tiga empat lima enam tujuh delapan sembilan"), v, 8) == 8,
	    "never more than asked for");
	n = words_of(a, S("caf\xc3\xa9 caf\xc3\xa9"), v, 8);
	ok(n == 1 && v[0].n == 5, "other letters are letters");
	char wide[200];
	for (size_t i = 0; i < sizeof wide; i += 2) {
		wide[i] = '\xc3';
		wide[i + 1] = '\xa9';
	}
	n = words_of(a, (str){ wide + 1, 0 }, v, 8);
	ok(n == 0, "nothing of nothing");
	n = words_of(a, (str){ wide, sizeof wide }, v, 8);
	ok(n == 1 && v[0].n <= WORD_MAX && str_utf8(v[0]), "a long word is cut between letters");
}

int main(void)
{
	a = arena_new();
	families_meet();
	stems_last();
	texts();
	arena_free(&a);
	return done();
}
