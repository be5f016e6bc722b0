/*
 * fill.c - published promotions by the thousand, through Laris's own rules:
 * what the catalogue is searched in and what is redeemed.
 *
 *	fill -T CITY/FESTIVAL -m MERCHANTS [-n PROMOTIONS] [-q QUOTA]
 *	     [-o LIST] DATABASE
 *
 * Each of the merchants offers its share, all day through the whole sale.
 * With -q each may be used so often, else there is no end.  LIST gets "ID
 * MERCHANT" a line.
 */
#include "common.h"
#include "core/city.h"
#include "mod/promo/promo.h"
#include <unistd.h>

enum { PIECE = 1000 };

static const char *const goods[] = {
	"batik tulis", "batik cap", "kemeja lurik", "kebaya", "blangkon", "tas anyaman",
	"sandal kulit", "beras", "gula jawa", "kopi", "teh melati", "serabi", "intip", "abon sapi",
	"keripik ceker", "wedang uwuh", "gerabah dapur", "wayang kulit", "mebel rotan",
	"lampu hias", "servis ponsel", "potong rambut", "laundry", "ban motor", "kipas angin",
	"sprei", "mukena", "jaket anak",
};
static const char *const how[] = {
	"Diskon", "Potongan", "Hemat", "Beli dua", "Paket keluarga", "Harga khusus", "Promo pagi",
	"Gebyar", "Cuci gudang", "Obral",
};
static const char *const whom[] = {
	"untuk pelajar", "ukuran besar", "warna indigo", "akhir pekan", "pembeli baru",
	"warga Solo", "semua ukuran", "motif parang", "motif kawung", "stok terbatas",
	"khusus tunai", "buatan sendiri",
};

struct options { const char *target, *list, *path; long n, quota; struct list merchants; };

struct fill {
	struct options o;
	struct db *db;
	struct arena *a;
	struct city city;
	struct festival f;
	uint64_t seed;
	FILE *list;
};

static const char *one_of(struct fill *x, const char *const *v, size_t n)
{
	return v[random_below(&x->seed, n)];
}

static err add(struct fill *x, struct tx *tx, long i)
{
	struct promo_clock c = { x->f.first_day, 600 };
	const char *word = x->o.merchants.v[(size_t)i % x->o.merchants.n];
	struct promotion p = { .kind = (enum promo_kind)(i % 2), .quota = x->o.quota,
	    .first_day = x->f.first_day, .last_day = x->f.last_day,
	    .percent = i % 2 ? 0 : 10 + 5 * (i % 9), .worth = 5000 + 500 * (i % 90) };

	if (!id_parse(str_of(word), &p.merchant.v))
		die("fill: \"%s\" is no id", word);
	p.title = arena_printf(x->a, "%s %s %s", one_of(x, how, countof(how)),
	    one_of(x, goods, countof(goods)), one_of(x, whom, countof(whom)));
	p.terms = arena_printf(x->a, "Tidak digabung dengan %s lain.", one_of(x, goods,
	    countof(goods)));
	p.gives = S("");
	TRY(promo_add(tx, &x->f, &p, S("bench"), x->f.created));
	TRY(promo_move(tx, &x->f, &p, PROMO_ASKED, PROMO_MAKER, c, S(""), S("bench"),
	    x->f.created));
	TRY(promo_move(tx, &x->f, &p, PROMO_PUBLISHED, PROMO_ORGANISER, c, S(""), S("bench"),
	    x->f.created));
	if (x->list)
		fprintf(x->list, "%.*s %s\n", SV(id_text(x->a, p.id.v)), word);
	return NULL;
}

static err piece(struct fill *x, long from, long to)
{
	arena_reset(x->a);
	db_arena_set(x->db, x->a);
	DB_TX(tx, x->db);
	for (long i = from; i < to; i++)
		TRY(add(x, &tx.tx, i));
	return db_tx_commit(&tx);
}

static err work(struct fill *x, struct arena *a)
{
	str target = str_of(x->o.target), city;

	if (!str_take(&target, '/', &city))
		die("fill: -T CITY/FESTIVAL is needed");
	TRY(db_open(&x->db, a, x->o.path, DB_WRITE));
	TRY(city_find(x->db, city, &x->city));
	TRY(festival_find(x->db, x->city.id, target, &x->f));
	for (long at = 0; at < x->o.n; at += PIECE)
		TRY(piece(x, at, at + PIECE < x->o.n ? at + PIECE : x->o.n));
	return NULL;
}

static bool option(struct options *o, int opt, char *arg)
{
	switch (opt) {
	case 'T': o->target = arg; return true;
	case 'o': o->list = arg; return true;
	case 'n': o->n = atol(arg); return true;
	case 'q': o->quota = atol(arg); return true;
	case 'm': read_list(&o->merchants, arg); return true;
	default: return false;
	}
}

int main(int argc, char **argv)
{
	static struct fill x = { .o = { .n = 20000 }, .seed = 1 };
	struct arena *a = arena_new();
	int opt;

	while ((opt = getopt(argc, argv, "T:o:n:q:m:")) != -1)
		if (!option(&x.o, opt, optarg))
			return 2;
	if (optind + 1 != argc || !x.o.target || !x.o.merchants.n)
		die("use: fill -T CITY/FESTIVAL -m FILE [-n N] [-q QUOTA] [-o FILE] DATABASE");
	x.o.path = argv[optind];
	x.a = arena_new();
	x.list = x.o.list ? fopen(x.o.list, "w") : NULL;
	if (x.o.list && !x.list)
		die("fill: cannot write %s", x.o.list);
	uint64_t from = now_ns();
	err e = work(&x, a);
	if (e)
		die("fill: %s %.*s", e->rule, SV(e->log));
	printf("{\"promotions\": %ld, \"seconds\": %.2f}\n", x.o.n,
	    (double)(now_ns() - from) / 1e9);
	db_close(&x.db);
	if (x.list && fclose(x.list))
		die("fill: cannot write %s", x.o.list);
	arena_free(&x.a);
	arena_free(&a);
	return 0;
}
