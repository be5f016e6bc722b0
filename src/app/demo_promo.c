/* demo_promo.c - what the demonstration city offers its shoppers. */
#include "app/demo.h"
#include "mod/promo/promo.h"
#include "promo_read.h"
#include <string.h>

#define ANY	SECTORS		/* the organiser's			*/

/* Where the venues of demo_people.c lie, in their order (OpenStreetMap). */
static const struct { int64_t latitude, longitude; } places[] = {
	{ -7569300, 110831600 }, { -7574900, 110827000 }, { -7561500, 110823300 },
	{ -7548700, 110818500 }, { -7569000, 110822300 }, { -7564000, 110788000 },
	{ -7569200, 110796700 }, { -7571900, 110826200 }, { -7566100, 110807600 },
	{ -7561000, 110788800 }, { -7567200, 110815200 }, { -7573300, 110820300 },
};

/* Days from the first of the sale; hours in minutes of the day. */
static const struct offer {
	enum sector sector;
	enum promo_kind kind;
	const char *title, *gives, *terms;
	int64_t percent, worth, first, last, from, to, quota, per_card, budget;
	enum promo_state state;
	const char *reason;
} offers[] = {
	{ ANY, PROMO_GIFT, "Payung lipat gelaran untuk belanja di pasar", "Payung lipat",
	    "Belanja paling sedikit Rp 250.000 dalam satu hari di pasar mana saja.", 0, 35000, 0,
	    30, 0, 0, 500, 1, 17500000, PROMO_PUBLISHED, NULL },
	{ ANY, PROMO_PERCENT, "Belanja tengah malam", "", "Semua lapak di lokasi ini.", 30, 100000,
	    4, 25, 20 * 60, 2 * 60, 0, 2, 50000000, PROMO_PUBLISHED, NULL },
	{ ANY, PROMO_AMOUNT, "Hari Batik: potongan untuk batik apa saja", "",
	    "Untuk kain, baju, atau tas batik.", 0, 20000, 0, 1, 0, 0, 1000, 1, 20000000,
	    PROMO_PUBLISHED, NULL },
	{ SECTOR_FASHION, PROMO_PERCENT, "Diskon batik tulis", "",
	    "Tidak berlaku untuk pesanan dan jahitan khusus.", 20, 150000, 0, 30, 0, 0, 60, 0, 0,
	    PROMO_PUBLISHED, NULL },
	{ SECTOR_FASHION, PROMO_BUNDLE, "Seragam keluarga", "Beli 3 baju, ongkos jahit gratis",
	    "Ukuran dewasa. Jahit selesai dalam tujuh hari.", 0, 90000, 2, 30, 0, 0, 30, 0,
	    2700000, PROMO_PUBLISHED, NULL },
	{ SECTOR_FASHION, PROMO_AMOUNT, "Potongan kebaya wisuda", "",
	    "Tunjukkan kartu mahasiswa.", 0, 50000, 0, 20, 0, 0, 25, 1, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FASHION, PROMO_PERCENT, "Lurik obral akhir pekan", "", "", 35, 75000, 8, 30,
	    9 * 60,
	    17 * 60, 0, 0, 5000000, PROMO_PUBLISHED, NULL },
	{ SECTOR_FASHION, PROMO_GIFT, "Gratis syal batik", "Syal batik cap",
	    "Untuk belanja di atas Rp 400.000.", 0, 40000, 0, 30, 0, 0, 40, 1, 0, PROMO_PUBLISHED,
	    NULL },
	{ SECTOR_FASHION, PROMO_BUNDLE, "Beli 2 daster, gratis 1", "Beli 2 gratis 1",
	    "Yang gratis harganya sama atau lebih rendah.", 0, 45000, 0, 15, 0, 0, 100, 0, 0,
	    PROMO_PUBLISHED, NULL },
	{ SECTOR_FASHION, PROMO_PERCENT, "Cuci gudang sarung", "", "Selama persediaan ada.", 50,
	    60000, 20, 30, 0, 0, 80, 2, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_BUNDLE, "Sarapan soto dan teh hangat", "Soto dan teh Rp 12.000", "", 0,
	    5000, 0, 30, 6 * 60, 10 * 60, 0, 0, 3000000, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_GIFT, "Es dawet gratis untuk makan berdua", "Dua gelas es dawet", "",
	    0,
	    16000, 0, 30, 11 * 60, 15 * 60, 150, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_PERCENT, "Nasi liwet makan siang", "", "Makan di tempat.", 15, 20000,
	    0, 30, 11 * 60, 14 * 60, 0, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_AMOUNT, "Potongan serabi satu kotak", "", "Isi sepuluh.", 0, 5000, 0,
	    30, 0, 0, 200, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_BUNDLE, "Oleh-oleh hemat", "Intip, ampyang, dan kripik Rp 60.000", "",
	    0, 15000, 5, 30, 0, 0, 70, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_PERCENT, "Jajan pasar sore", "", "Setelah pukul tiga sampai habis.",
	    40,
	    10000, 0, 30, 15 * 60, 18 * 60, 0, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_GIFT, "Kerupuk gratis", "Sekantong kerupuk rambak",
	    "Satu kartu satu kali.", 0, 8000, 0, 30, 0, 0, 120, 1, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_PERCENT, "Pesanan kotak rapat", "", "Paling sedikit 20 kotak.", 10,
	    100000, 0, 30, 0, 0, 15, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_AMOUNT, "Selat solo hari pertama", "", "", 0, 7000, 0, 0, 0, 0, 50, 0,
	    0, PROMO_PUBLISHED, NULL },
	{ SECTOR_FOOD, PROMO_BUNDLE, "Sate dan wedang malam", "Sate 10 tusuk, wedang uwuh gratis",
	    "",
	    0, 9000, 0, 30, 18 * 60, 22 * 60, 0, 0, 900000, PROMO_PUBLISHED, NULL },
	{ SECTOR_CRAFT, PROMO_PERCENT, "Blangkon dan beskap", "", "", 25, 80000, 0, 30, 0, 0, 35, 0,
	    0, PROMO_PUBLISHED, NULL },
	{ SECTOR_CRAFT, PROMO_GIFT, "Gantungan kunci wayang", "Gantungan kunci kulit",
	    "Untuk setiap pembelian wayang.", 0, 12000, 0, 30, 0, 0, 90, 0, 0, PROMO_PUBLISHED,
	    NULL },
	{ SECTOR_CRAFT, PROMO_BUNDLE, "Gerabah dapur", "Beli 4 cobek, gratis 1 kendi", "", 0, 25000,
	    0, 30, 0, 0, 40, 0, 1000000, PROMO_PUBLISHED, NULL },
	{ SECTOR_CRAFT, PROMO_AMOUNT, "Belajar membatik dua jam", "",
	    "Kain dibawa pulang. Daftar sehari sebelumnya.", 0, 15000, 0, 30, 9 * 60, 16 * 60, 60,
	    2, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_GROCERY, PROMO_AMOUNT, "Beras 5 kilo", "", "Satu kartu satu karung.", 0, 6000, 0,
	    30,
	    0, 0, 300, 1, 1800000, PROMO_PUBLISHED, NULL },
	{ SECTOR_GROCERY, PROMO_BUNDLE, "Minyak dan gula", "Minyak 2 liter + gula 1 kilo Rp 48.000",
	    "", 0, 4000, 0, 14, 0, 0, 200, 2, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_GROCERY, PROMO_PERCENT, "Jamu gendong untuk petugas pasar", "",
	    "Tunjukkan tanda pengenal.", 50, 5000, 0, 30, 5 * 60, 9 * 60, 0, 0, 500000,
	    PROMO_PUBLISHED, NULL },
	{ SECTOR_GROCERY, PROMO_GIFT, "Tas belanja kain", "Tas kain",
	    "Untuk belanja di atas Rp 100.000.", 0, 10000, 0, 30, 0, 0, 100, 1, 0, PROMO_PUBLISHED,
	    NULL },
	{ SECTOR_GROCERY, PROMO_PERCENT, "Bumbu dapur giling", "", "", 10, 5000, 0, 30, 0, 0, 0, 0,
	    0, PROMO_PUBLISHED, NULL },
	{ SECTOR_ELECTRONICS, PROMO_AMOUNT, "Servis HP, potongan ongkos", "",
	    "Suku cadang tidak termasuk.", 0, 25000, 0, 30, 0, 0, 50, 1, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_ELECTRONICS, PROMO_PERCENT, "Lampu hemat daya", "", "Garansi satu tahun.", 20,
	    30000,
	    0, 30, 0, 0, 150, 0, 2000000, PROMO_PUBLISHED, NULL },
	{ SECTOR_ELECTRONICS, PROMO_GIFT, "Pelindung layar gratis", "Pelindung layar terpasang",
	    "Setiap pembelian HP.", 0, 35000, 0, 30, 0, 0, 45, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_SERVICE, PROMO_PERCENT, "Potong rambut pagi", "", "Sebelum pukul sebelas.", 25,
	    15000, 0, 30, 8 * 60, 11 * 60, 0, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_SERVICE, PROMO_BUNDLE, "Laundry 5 kilo", "Cuci 5 kilo bayar 4", "", 0, 7000, 0, 30,
	    0, 0, 80, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_SERVICE, PROMO_AMOUNT, "Ganti oli motor", "", "", 0, 10000, 0, 30, 0, 0, 60, 1, 0,
	    PROMO_PUBLISHED, NULL },
	{ SECTOR_HOTEL, PROMO_PERCENT, "Menginap tengah pekan", "", "Senin sampai Kamis.", 30,
	    200000,
	    0, 30, 0, 0, 20, 0, 0, PROMO_PUBLISHED, NULL },
	{ SECTOR_HOTEL, PROMO_GIFT, "Sarapan untuk dua orang", "Sarapan gudeg",
	    "Menginap paling sedikit dua malam.", 0, 60000, 0, 30, 0, 0, 20, 0, 0, PROMO_PUBLISHED,
	    NULL },
	{ SECTOR_FASHION, PROMO_PERCENT, "Diskon semua barang 90 persen", "", "", 90, 0, 0, 30, 0,
	    0,
	    0, 0, 0, PROMO_REFUSED,
	    "Tulis barang yang didiskon dan paling banyak berapa rupiah; 90 persen untuk semua "
	    "barang tidak dapat dipercaya pembeli." },
	{ SECTOR_FOOD, PROMO_BUNDLE, "Paket arisan", "Beli 10 kotak gratis 1", "", 0, 20000, 5, 30,
	    0,
	    0, 40, 0, 0, PROMO_ASKED, NULL },
	{ SECTOR_GROCERY, PROMO_AMOUNT, "Potongan telur satu kilo", "", "", 0, 2000, 5, 30, 0, 0,
	    100,
	    1, 0, PROMO_ASKED, NULL },
	{ SECTOR_CRAFT, PROMO_PERCENT, "Mebel rotan", "", "Ongkos kirim tidak termasuk.", 15,
	    150000,
	    5, 30, 0, 0, 0, 0, 3000000, PROMO_ASKED, NULL },
	{ SECTOR_FOOD, PROMO_AMOUNT, "Bakso besar", "", "", 0, 3000, 0, 30, 0, 0, 100, 0, 0,
	    PROMO_STOPPED, "Dagangan habis; dapur direnovasi sampai akhir bulan." },
	{ SECTOR_ELECTRONICS, PROMO_PERCENT, "Kipas angin", "", "", 10, 40000, 0, 30, 0, 0, 0, 0, 0,
	    PROMO_DRAFT, NULL },
	{ SECTOR_FOOD, PROMO_AMOUNT, "Potongan untuk pembeli pertama gelaran", "",
	    "Berlaku untuk makan di tempat dan dibawa pulang.", 0, 5000, 0, 30, 0, 0, 40, 0, 0,
	    PROMO_PUBLISHED, NULL },
};

static merchant_id shop(struct demo *d, struct prng *rng, enum sector sector)
{
	size_t n = (size_t)d->scale.merchants, at = prng_below(rng, n);

	for (size_t i = 0; i < n; i++)
		if (d->places[(at + i) % n].sector == sector)
			return d->places[(at + i) % n].id;
	return d->places[at].id;
}

/* Along its way to the state it shall have, as people would take it. */
static err walk(struct demo *d, struct tx *tx, struct promotion *p, const struct offer *o)
{
	int64_t now = d->f.created + HOUR;
	struct promo_clock c = { d->f.first_day - 4, 600 };
	str by = S("panitia"), why = str_of(o->reason);

	if (o->state == PROMO_DRAFT)
		return NULL;
	if (p->merchant.v)
		TRY(promo_move(tx, &d->f, p, PROMO_ASKED, PROMO_MAKER, c, (str){ 0 }, S("pedagang"),
		    now));
	if (o->state == PROMO_ASKED)
		return NULL;
	if (o->state == PROMO_REFUSED)
		return promo_move(tx, &d->f, p, PROMO_REFUSED, PROMO_ORGANISER, c, why, by, now);
	TRY(promo_move(tx, &d->f, p, PROMO_PUBLISHED, PROMO_ORGANISER, c, (str){ 0 }, by, now));
	if (o->state == PROMO_STOPPED)
		TRY(promo_move(tx, &d->f, p, PROMO_STOPPED, PROMO_MAKER, c, why, S("pedagang"),
	    now));
	return NULL;
}

/* A few shoppers have used it already; the last one is left whole. */
static err use(struct demo *d, struct tx *tx, struct prng *rng, const struct promotion *p, size_t i)
{
	int64_t n = (int64_t)prng_below(rng, 9), day = time_of_day(d->f.first_day, d->city.zone);
	struct redeem_out out;

	if (p->state != PROMO_PUBLISHED || p->first_day > d->f.first_day ||
	    i + 1 == countof(offers))
		return NULL;
	for (int64_t k = 0; k < n && (!p->quota || k < p->quota / 2); k++) {
		int64_t minute = (p->from == p->to ? 9 * 60 : p->from) + k;
		struct redeem_in in = { .promotion = p->id, .channel = REDEEM_STALL,
		    .event = arena_printf(d->scratch, "promo-%zu-%lld", i, (long long)k),
		    .merchant = p->merchant.v ? p->merchant : d->places[0].id,
		    .card = d->cards[(size_t)k * 7 + i * 11] };
		if (p->venue.v)
			return NULL;
		TRY(promo_redeem(tx, &d->city, &d->f, &in, day + minute * MINUTE, &out));
	}
	return NULL;
}

static struct promotion made(struct demo *d, struct prng *rng, size_t i)
{
	const struct offer *o = &offers[i];
	struct promotion p = { .kind = o->kind, .title = str_of(o->title),
	    .gives = str_of(o->gives),
	    .terms = str_of(o->terms), .percent = o->percent, .worth = o->worth,
	    .first_day = d->f.first_day + o->first, .last_day = d->f.first_day + o->last,
	    .from = o->from, .to = o->to, .quota = o->quota, .per_card = o->per_card,
	    .budget = o->budget };

	if (o->sector != ANY)
		p.merchant = shop(d, rng, o->sector);
	else if (p.from > p.to)
		p.venue = d->venues[8];		/* Solo Grand Mall */
	if (o->state == PROMO_REFUSED || i == 3 || i + 1 == countof(offers))
		p.merchant = d->places[0].id;	/* whose owner is "pedagang" */
	return p;
}

err demo_promotions(struct demo *d, struct tx *tx)
{
	struct prng rng;	/* of its own: purchases stay the same */

	prng_seed(&rng, (uint64_t)d->seed ^ UINT64_C(0x70726f6d6f));
	for (size_t i = 0; i < d->n_venues && i < countof(places); i++)
		TRY(place_set(tx, d->city.id, d->venues[i], places[i].latitude,
		    places[i].longitude));
	for (size_t i = 0; i < countof(offers); i++) {
		struct promotion p = made(d, &rng, i);
		TRY(promo_add(tx, &d->f, &p, p.merchant.v ? S("pedagang") : S("panitia"),
		    d->f.created));
		TRY(walk(d, tx, &p, &offers[i]));
		TRY(use(d, tx, &rng, &p, i));
	}
	return NULL;
}
