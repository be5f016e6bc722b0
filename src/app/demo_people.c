/* demo_people.c - who and what is in the demonstration city. */
#include "app/demo.h"
#include "core/city.h"
#include "core/who.h"
#include "festival_read.h"
#include "festival_write.h"
#include <string.h>

static const struct { const char *name; enum venue_kind kind; } places[] = {
	{ "Pasar Gede", VENUE_MARKET }, { "Pasar Klewer", VENUE_MARKET },
	{ "Pasar Legi", VENUE_MARKET }, { "Pasar Nusukan", VENUE_MARKET },
	{ "Pasar Triwindu", VENUE_MARKET }, { "Pasar Jongke", VENUE_MARKET },
	{ "Kampung Batik Laweyan", VENUE_CENTRE }, { "Kampung Batik Kauman", VENUE_CENTRE },
	{ "Solo Grand Mall", VENUE_MALL }, { "Solo Square", VENUE_MALL },
	{ "Jalan Slamet Riyadi", VENUE_STREET }, { "Jalan Gatot Subroto", VENUE_STREET },
};

/* Rupiah from and to, in hundreds, and how often a kind of shop is met. */
static const struct {
	enum sector sector;
	const char *word[4];
	int share;
	int64_t low, high;
} kinds[] = {
	{ SECTOR_FOOD, { "Warung", "Soto", "Serabi", "Dapur" }, 34, 80, 1500 },
	{ SECTOR_FASHION, { "Batik", "Busana", "Lurik", "Kebaya" }, 24, 350,
	    6000 },
	{ SECTOR_CRAFT, { "Griya Kriya", "Blangkon", "Wayang", "Gerabah" }, 10,
	    150, 4000 },
	{ SECTOR_GROCERY, { "Toko", "Kios", "Sembako", "Jamu" }, 18, 100,
	    2500 },
	{ SECTOR_ELECTRONICS, { "Elektronik", "Selular", "Komputer", "Servis" },
	    6, 500, 45000 },
	{ SECTOR_SERVICE, { "Salon", "Laundry", "Bengkel", "Cetak" }, 6, 150,
	    3000 },
	{ SECTOR_HOTEL, { "Penginapan", "Wisma", "Hotel", "Losmen" }, 2, 2000,
	    12000 },
};
static const char *const names[] = {
	"Barokah", "Sari", "Mulya", "Rejeki", "Lestari", "Makmur", "Sumber", "Asri", "Laras",
	"Wangi", "Kencana", "Melati", "Mawar", "Jaya", "Sekar", "Puspa", "Rahayu", "Utama",
	"Widodo", "Ningrum", "Santosa", "Kartika", "Surya", "Candra", "Bima", "Srikandi",
};

int64_t demo_amount(struct demo *d, enum sector s)
{
	for (size_t i = 0; i < countof(kinds); i++) {
		if (kinds[i].sector != s)
			continue;
		uint64_t room = (uint64_t)(kinds[i].high - kinds[i].low);
		uint64_t a = prng_below(&d->prng, room), b = prng_below(&d->prng, room);
		return (kinds[i].low + (int64_t)(a * b / room)) * 100;
	}
	return 50000;
}

err demo_setup(struct demo *d, struct tx *tx)
{
	struct arena *a = d->x->a;
	int64_t first, last, now;

	CHECK(time_parse_day(S("2021-10-01"), &first) && time_parse_day(S("2021-10-31"), &last));
	now = time_of_day(first - 4, ZONE_WIB);
	TRY(city_add(tx, d->city.code, (str){ 0 }, (str){ 0 }, now, &d->city));
	d->city.slug = arena_str(a, d->city.slug);
	d->city.name = arena_str(a, d->city.name);
	d->f = (struct festival){ .city = d->city.id, .slug = S("sgs-2021"),
	    .name = S("Solo Great Sale 2021"), .first_day = first, .last_day = last,
	    .target = d->scale.target, .admission = ADMISSION_APPROVAL,
	    .rules = { .unit = 50000, .counting = RULE_PERSON_TOTAL } };
	TRY(festival_add(tx, &d->f, now));
	d->n_venues = countof(places);
	d->venues = NEWN(a, venue_id, d->n_venues);
	for (size_t i = 0; i < d->n_venues; i++) {
		d->venues[i] = (venue_id){ id_new() };
		str name = str_of(places[i].name);
		TRY(festival_q_venue_add(tx, d->city.id, d->venues[i], slug_make(a, name), name,
		    (int64_t)places[i].kind, (str){ 0 }, (str){ 0 }, NULL));
	}
	d->places = NEWN(a, struct demo_place, (size_t)d->scale.merchants);
	d->cards = NEWN(a, int64_t, (size_t)d->scale.cards);
	return NULL;
}

static size_t kind_of(struct demo *d)
{
	int u = (int)prng_below(&d->prng, 100);
	size_t i = 0;

	while (i + 1 < countof(kinds) && u >= kinds[i].share)
		u -= kinds[i++].share;
	return i;
}

static const char *word(struct demo *d)
{
	return names[prng_below(&d->prng, countof(names))];
}

err demo_merchants(struct demo *d, struct tx *tx, int64_t from, int64_t to)
{
	for (int64_t i = from; i < to; i++) {
		size_t k = kind_of(d);
		enum participation_state state;
		struct merchant m = { .sector = kinds[k].sector,
		    .size = prng_below(&d->prng, 10) ? SIZE_MICRO : SIZE_SMALL,
		    .venue = d->venues[prng_below(&d->prng, d->n_venues)] };
		m.name = arena_printf(d->scratch, "%s %s %s",
		    kinds[k].word[prng_below(&d->prng, 4)], word(d), word(d));
		m.stall = arena_printf(d->scratch, "%c-%02d", (char)('A' + prng_below(&d->prng, 6)),
		    (int)prng_below(&d->prng, 60) + 1);
		TRY(merchant_add(tx, d->city.id, &m, d->f.created));
		TRY(merchant_join(tx, NULL, &d->f, m.id, true, S("panitia"), d->f.created, &state));
		d->places[i] = (struct demo_place){ m.id, m.sector };
	}
	return NULL;
}

err demo_cards(struct demo *d, struct tx *tx, int64_t from, int64_t to)
{
	for (int64_t i = from; i < to; i++) {
		uint64_t secret[2] = { prng_next(&d->prng), prng_next(&d->prng) };
		struct card c = { .secret = { (const char *)secret, sizeof secret },
		    .digital = prng_below(&d->prng, 3) == 0 };
		TRY(card_add(tx, &d->f, &c, d->f.created));
		d->cards[i] = c.number;
	}
	return NULL;
}

err demo_accounts(struct demo *d, struct tx *tx)
{
	static const struct { const char *login, *name; enum may role; } who[] = {
		{ "panitia", "Panitia Solo Great Sale", MAY_ORGANISER },
		{ "petugas", "Petugas Pasar Gede", MAY_OFFICER },
		{ "pedagang", "Pemilik usaha pertama", MAY_MERCHANT },
		{ "pengawas", "Pengawas", MAY_AUDITOR },
	};
	person_id id;

	for (size_t i = 0; i < countof(who); i++) {
		TRY(person_add(tx, d->city.id, str_of(who[i].login), str_of(who[i].name), d->pass,
		    who[i].role, who[i].role == MAY_MERCHANT ? d->places[0].id.v : 0,
		    d->f.created, &id));
		if (who[i].role == MAY_OFFICER)
			d->officer = id;
	}
	return NULL;
}
