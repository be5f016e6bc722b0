/* export.c - tables of a sale, read in pieces. */
#include "mod/festival/export.h"
#include "festival_read.h"
#include "html/text.h"
#include "mod/festival/merchant_fact.h"
#include "mod/festival/report.h"

#define PIECE	1000

const char *const export_names[EXPORTS] = {
	"merchants", "purchases", "cards", "venues", "totals"
};

struct export {
	struct db *db;
	const struct city *city;
	const struct festival *f;
	enum lang lang;
	int64_t now;
	struct sheet *s;
	struct arena *a, *rows;	/* rows: of one piece			*/
};

struct head { enum text_id text; enum sheet_type type; int width; };

bool export_parse(str file, enum export_what *what, enum sheet_kind *kind)
{
	str name;

	if (!str_take(&file, '.', &name))
		return false;
	*kind = str_eq(file, S("csv")) ? SHEET_CSV : SHEET_XLSX;
	if (*kind == SHEET_XLSX && !str_eq(file, S("xlsx")))
		return false;
	for (int i = 0; i < EXPORTS; i++)
		if (str_eq(name, str_of(export_names[i]))) {
			*what = (enum export_what)i;
			return true;
		}
	return false;
}

static void table(struct export *x, enum text_id name, const struct head *head, size_t n)
{
	struct sheet_column *col = NEWN(x->a, struct sheet_column, n);

	for (size_t i = 0; i < n; i++)
		col[i] = (struct sheet_column){ text(x->lang, head[i].text), head[i].type,
		    head[i].width };
	sheet_table(x->s, text(x->lang, name), col, n);
}

static void choice(struct export *x, const struct choice *of, int64_t v)
{
	const struct choice *c = choice_by_value(of, v);

	sheet_text(x->s, c ? text(x->lang, c->label) : S("?"));
}

/* A code is no quantity: a text, as the pages show it. */
static void code(struct export *x, int64_t v)
{
	sheet_text(x->s, arena_printf(x->rows, "%lld", (long long)v));
}

static void card_number(struct export *x, int64_t v)
{
	sheet_text(x->s, !v ? (str){ 0 } : arena_printf(x->rows, "%04lld %04lld %lld",
	    (long long)(v / 100000), (long long)(v / 10 % 10000), (long long)(v % 10)));
}

/* ---- merchants ----------------------------------------------------------------- */

static const struct head merchant_heads[] = {
	{ TEXT_export_code, SHEET_TEXT, 12 }, { TEXT_export_shop, SHEET_TEXT, 30 },
	{ TEXT_export_sector, SHEET_TEXT, 20 }, { TEXT_export_size, SHEET_TEXT, 12 },
	{ TEXT_export_venue, SHEET_TEXT, 24 }, { TEXT_export_stall, SHEET_TEXT, 12 },
	{ TEXT_export_village, SHEET_TEXT, 18 }, { TEXT_export_phone, SHEET_TEXT, 18 },
	{ TEXT_export_state, SHEET_TEXT, 14 },
	{ TEXT_export_reason, SHEET_TEXT, 30 }, { TEXT_export_asked, SHEET_MOMENT, 19 },
	{ TEXT_export_decided, SHEET_MOMENT, 19 }, { TEXT_export_purchases, SHEET_NUMBER, 12 },
	{ TEXT_export_amount, SHEET_RUPIAH, 20 }, { TEXT_export_points, SHEET_NUMBER, 12 },
};

/* The fixed columns, then whatever a merchant may tell an organiser. */
static void merchant_table(struct export *x)
{
	struct head heads[countof(merchant_heads) + FACTS];
	size_t n = 0;

	for (; n < countof(merchant_heads); n++)
		heads[n] = merchant_heads[n];
	for (int i = 0; i < FACTS; i++)
		if (fact_table[i].seen <= SEEN_ORGANISER)
			heads[n++] = (struct head){ fact_table[i].field.label, SHEET_TEXT, 20 };
	table(x, TEXT_export_merchants, heads, n);
}

static err merchant_row(struct export *x, const struct festival_export_merchant *m)
{
	struct facts facts;

	code(x, m->code);
	sheet_text(x->s, m->name);
	choice(x, sector_choices, m->sector);
	choice(x, size_choices, m->size);
	sheet_text(x->s, m->venue);
	sheet_text(x->s, m->stall);
	sheet_text(x->s, m->village);
	sheet_text(x->s, m->phone);
	choice(x, participation_choices, m->state);
	sheet_text(x->s, m->reason);
	sheet_int(x->s, m->asked);
	sheet_int(x->s, m->decided);
	sheet_int(x->s, m->purchases);
	sheet_int(x->s, m->rupiah);
	sheet_int(x->s, m->points);
	TRY(facts_get(x->db, x->f->city, m->id, &facts));
	for (int i = 0; i < FACTS; i++)
		if (fact_table[i].seen <= SEEN_ORGANISER)
			sheet_text(x->s, fact_text(x->rows, &fact_table[i], &facts.v[i]));
	sheet_row(x->s);
	return NULL;
}

static err merchants(struct export *x)
{
	struct festival_export_merchant *v;
	merchant_id after = { 0 };
	size_t n = PIECE;

	merchant_table(x);
	while (n == PIECE) {
		arena_reset(x->rows);
		TRY(festival_q_export_merchant(x->db, x->f->city, x->f->id, after, PIECE, &v, &n));
		for (size_t i = 0; i < n; i++)
			TRY(merchant_row(x, &v[i]));
		if (n)
			after = v[n - 1].id;
	}
	return NULL;
}

/* ---- purchases ------------------------------------------------------------------ */

/* Heads that laris import knows: what left may come back. */
static const struct head purchase_heads[] = {
	{ TEXT_export_number, SHEET_NUMBER, 10 }, { TEXT_export_day, SHEET_DAY, 12 },
	{ TEXT_export_time, SHEET_TEXT, 10 }, { TEXT_export_code, SHEET_TEXT, 12 },
	{ TEXT_export_shop, SHEET_TEXT, 30 }, { TEXT_export_venue, SHEET_TEXT, 24 },
	{ TEXT_export_sector, SHEET_TEXT, 20 }, { TEXT_export_sum, SHEET_RUPIAH, 18 },
	{ TEXT_export_counted, SHEET_RUPIAH, 18 }, { TEXT_export_points, SHEET_NUMBER, 8 },
	{ TEXT_export_card, SHEET_TEXT, 14 }, { TEXT_export_method, SHEET_TEXT, 14 },
	{ TEXT_export_channel, SHEET_TEXT, 14 }, { TEXT_export_note, SHEET_TEXT, 16 },
	{ TEXT_export_event, SHEET_TEXT, 38 }, { TEXT_export_state, SHEET_TEXT, 12 },
	{ TEXT_export_reason, SHEET_TEXT, 30 }, { TEXT_export_received, SHEET_MOMENT, 19 },
};

static void purchase_row(struct export *x, const struct festival_export_purchase *p)
{
	struct civil c = time_civil(p->at, x->city->zone);

	sheet_int(x->s, p->number);
	sheet_int(x->s, time_day(p->at, x->city->zone));
	sheet_text(x->s, arena_printf(x->rows, "%02d:%02d:%02d", c.hour, c.minute, c.second));
	code(x, p->code);
	sheet_text(x->s, p->merchant);
	sheet_text(x->s, p->venue);
	choice(x, sector_choices, p->sector);
	sheet_int(x->s, p->amount);
	sheet_int(x->s, p->counted);
	sheet_int(x->s, p->points);
	card_number(x, p->card);
	choice(x, method_choices, p->method);
	choice(x, channel_choices, p->channel);
	sheet_text(x->s, p->note);
	sheet_text(x->s, p->event);
	sheet_text(x->s, text(x->lang, p->state ? TEXT_export_void : TEXT_export_valid));
	sheet_text(x->s, p->reason);
	sheet_int(x->s, p->received);
	sheet_row(x->s);
}

static err purchases(struct export *x)
{
	struct festival_export_purchase *v;
	purchase_id after = { 0 };
	size_t n = PIECE;

	table(x, TEXT_export_purchases, purchase_heads, countof(purchase_heads));
	while (n == PIECE) {
		arena_reset(x->rows);
		TRY(festival_q_export_purchase(x->db, x->f->city, x->f->id, after, PIECE, &v, &n));
		for (size_t i = 0; i < n; i++)
			purchase_row(x, &v[i]);
		if (n)
			after = v[n - 1].id;
	}
	return NULL;
}

/* ---- cards ----------------------------------------------------------------------- */

static const struct head card_heads[] = {
	{ TEXT_export_card, SHEET_TEXT, 14 }, { TEXT_export_kind, SHEET_TEXT, 10 },
	{ TEXT_export_state, SHEET_TEXT, 12 }, { TEXT_export_issued, SHEET_MOMENT, 19 },
	{ TEXT_export_purchases, SHEET_NUMBER, 12 }, { TEXT_export_amount, SHEET_RUPIAH, 20 },
	{ TEXT_export_coupons, SHEET_NUMBER, 12 },
};

static void card_row(struct export *x, const struct festival_export_card *c)
{
	card_number(x, c->number);
	sheet_text(x->s, text(x->lang, c->digital ? TEXT_org_card_digital : TEXT_org_card_printed));
	sheet_text(x->s, text(x->lang, c->state ? TEXT_org_card_blocked : TEXT_export_usable));
	sheet_int(x->s, c->created);
	sheet_int(x->s, c->purchases);
	sheet_int(x->s, c->rupiah);
	sheet_int(x->s, c->coupons);
	sheet_row(x->s);
}

static err cards(struct export *x)
{
	struct festival_export_card *v;
	int64_t after = 0;
	size_t n = PIECE;

	table(x, TEXT_export_cards, card_heads, countof(card_heads));
	while (n == PIECE) {
		arena_reset(x->rows);
		TRY(festival_q_export_card(x->db, x->f->city, x->f->id, after, PIECE, &v, &n));
		for (size_t i = 0; i < n; i++)
			card_row(x, &v[i]);
		if (n)
			after = v[n - 1].number;
	}
	return NULL;
}

/* ---- venues, totals: as the fact sheet has them ------------------------------------ */

static const struct head venue_heads[] = {
	{ TEXT_export_venue, SHEET_TEXT, 28 }, { TEXT_export_kind, SHEET_TEXT, 16 },
	{ TEXT_export_address, SHEET_TEXT, 36 }, { TEXT_rep_taking, SHEET_NUMBER, 14 },
	{ TEXT_rep_recording, SHEET_NUMBER, 14 }, { TEXT_export_purchases, SHEET_NUMBER, 12 },
	{ TEXT_export_amount, SHEET_RUPIAH, 20 },
};

static err venues(struct export *x)
{
	struct festival_venue_list *v;
	struct report r;
	size_t n;

	TRY(festival_report_make(x->db, x->city, x->f, x->lang, x->now, &r));
	TRY(festival_q_venue_list(x->db, x->f->city, &v, &n));
	table(x, TEXT_export_venues, venue_heads, countof(venue_heads));
	const struct report_part *p = &r.part[SLICE_VENUE];
	for (size_t i = 0; i < n; i++) {
		struct report_row sum = { 0 };
		for (size_t k = 0; k < p->n; k++)
			if (p->v[k].key == v[i].id.v)
				sum = p->v[k];
		sheet_text(x->s, v[i].name);
		choice(x, venue_kind_choices, v[i].kind);
		sheet_text(x->s, v[i].address);
		sheet_int(x->s, sum.admitted);
		sheet_int(x->s, sum.reporting);
		sheet_int(x->s, sum.purchases);
		sheet_int(x->s, sum.rupiah);
		sheet_row(x->s);
	}
	return NULL;
}

static err totals(struct export *x)
{
	struct report r;

	TRY(festival_report_make(x->db, x->city, x->f, x->lang, x->now, &r));
	festival_report_tables(x->s, x->a, &r);
	return NULL;
}

err export_write(struct db *db, const struct city *city, const struct festival *f, enum lang lang,
    int64_t now, enum export_what what, enum sheet_kind kind, const char *path)
{
	static err (*const run[EXPORTS])(struct export *) = {
		merchants, purchases, cards, venues, totals
	};
	CLEANUP(sheet_close) struct sheet *s = NULL;
	CLEANUP(arena_free) struct arena *rows = arena_new();
	struct arena *a = db_arena(db);
	struct sheet_file file = { kind, path, f->name, city->name, f->created, city->zone };
	struct export x = { db, city, f, lang, now, NULL, a, rows };

	TRY(sheet_open(&s, a, &file));
	x.s = s;
	db_arena_set(db, rows);
	err e = err_keep(a, run[what](&x));
	db_arena_set(db, a);
	return e ? e : sheet_done(s);
}
