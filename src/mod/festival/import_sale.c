/*
 * import_sale.c - a file of purchases.
 *
 * A line without an event gets "imp-", a hash of all it says (place, day,
 * time, merchant, note, amount, card, method) and how many such lines it
 * is in this file: the second time the file comes, each line meets its
 * own purchase.  It is made of the values, not of how they are written,
 * so that a file saved again by another program is the same one.  When
 * the whole import that brought a purchase was struck out, its lines may
 * come again: they get the next event of a row that is known to both.
 */
#include "core/crypto.h"
#include "festival_read.h"
#include "mod/festival/import_rows.h"
#include "mod/festival/purchase.h"
#include <assert.h>
#include <string.h>

#define NOON	(12 * 60)	/* of a line without a time: as at the post */

static const struct csv_column columns[] = {
	{ "date", "tanggal|date|tgl", false },
	{ "time", "jam|time", false },
	{ "merchant", "kode usaha|merchant|merchant code", true },
	{ "note", "no nota|note|nomor nota", false },
	{ "amount", "jumlah|amount|jumlah rp", true },
	{ "card", "kartu|card|no kartu|nomor kartu", false },
	{ "method", "metode|method", false },
	{ "event", "event", false },
};
enum { DATE, TIME, CARD = 5, METHOD };		/* of them */

struct sale_in { int64_t date, amount, card, method; str time, merchant, note, event; };
static const struct field fields[] = {
	FIELD(struct sale_in, date, FIELD_DAY),
	FIELD(struct sale_in, time, FIELD_TEXT, .max = 20),
	FIELD(struct sale_in, merchant, FIELD_TEXT, .needed = true, .max = 20),
	FIELD(struct sale_in, note, FIELD_TEXT, .max = 60),
	FIELD(struct sale_in, amount, FIELD_RUPIAH, .needed = true, .min = 1, .max = RUPIAH_MAX),
	FIELD(struct sale_in, card, FIELD_CARD),
	FIELD(struct sale_in, method, FIELD_CHOICE, .choices = method_choices),
	FIELD(struct sale_in, event, FIELD_EVENT),
};
static const struct form form = FORM(struct sale_in, fields);

static const struct import_hint hints[] = {
	{ TEXT_imports_c_date, "31/10/2021" },
	{ TEXT_imports_c_time, "14.05" },
	{ TEXT_imports_c_merchant, "000018" },
	{ TEXT_imports_c_note, "A-17" },
	{ TEXT_imports_c_amount, "Rp 1.250.000,-" },
	{ TEXT_imports_c_card, "" },
	{ TEXT_imports_c_method, "tunai" },
	{ TEXT_imports_c_event, "" },
};
static_assert(countof(hints) == countof(columns), "a hint for each column");

static const struct import_word words[] = {
	{ "cash", "tunai|cash|kontan|uang tunai" },
	{ "qris", "qris|qr" },
	{ "card", "kartu|kartu bank|kartu debit|kartu kredit|debit|kredit|edc" },
	{ "emoney", "uang elektronik|e-money|e-wallet|dompet digital" },
	{ "transfer", "transfer bank|trf" },
	{ "other", "lain-lain|lain" },
	{ 0 }
};

/* ---- cells as offices write them ---------------------------------------------------- */

static bool digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* "31/10/2021 14:05": a spreadsheet's date may hold the time. */
static void tidy_date(struct import_line *l)
{
	str rest = l->cell[DATE], day;

	(void)str_take(&rest, ' ', &day);
	rest = str_trim(rest);
	if (!rest.n || rest.p[0] < '0' || rest.p[0] > '9' || day.n < 8)
		return;
	l->cell[DATE] = day;
	if (!l->cell[TIME].n && !str_starts(rest, S("00:00")) && !str_starts(rest, S("0:00")))
		l->cell[TIME] = rest;
}

/* A spreadsheet drops the noughts a card's number begins with; the check
 * digit says whether they are all that is missing. */
static void tidy_card(struct import_line *l)
{
	static const char noughts[] = "00000000";
	str s = l->cell[CARD];

	if (digits(s) && s.n >= 2 && s.n < 9)
		l->cell[CARD] = arena_printf(l->a, "%.*s%.*s", (int)(9 - s.n), noughts, SV(s));
}

static void tidy(struct import_line *l)
{
	tidy_date(l);
	tidy_card(l);
}

/* One number of at most two digits off the front. */
static bool take_number(str *s, int most, int *v)
{
	size_t n = 0;
	int64_t x;

	while (n < s->n && n < 2 && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	if (!str_int(str_sub(*s, 0, n), 0, most, &x))
		return false;
	*v = (int)x;
	*s = str_sub(*s, n, SIZE_MAX);
	return true;
}

static bool take_mark(str *s)
{
	if (!s->n || (s->p[0] != ':' && s->p[0] != '.'))
		return false;
	*s = str_sub(*s, 1, SIZE_MAX);
	return true;
}

/* "14:05", "14.05", "14:05:30", "14.05 WIB": seconds of the day. */
static bool clock_parse(str s, int *seconds)
{
	int hour, minute, second = 0;

	if (!take_number(&s, 23, &hour) || !take_mark(&s) || !take_number(&s, 59, &minute))
		return false;
	if (take_mark(&s) && !take_number(&s, 59, &second))
		return false;
	s = str_trim(s);
	*seconds = (hour * 60 + minute) * 60 + second;
	return !s.n || str_eq_nocase(s, S("WIB")) || str_eq_nocase(s, S("WITA")) ||
	    str_eq_nocase(s, S("WIT"));
}

/* ---- the whole file -------------------------------------------------------------------- */

static int64_t clamp(int64_t v, int64_t low, int64_t high)
{
	return v < low ? low : v > high ? high : v;
}

static err start(struct import *m, struct db *db)
{
	const struct festival *f = m->ask.f;

	(void)db;
	if (f->state != FESTIVAL_OPEN)
		return ERR(m->a, ERR_CONFLICT, "festival-not-open", .arg = { f->name });
	m->rows = NEWN(m->a, struct purchase_in, m->room);
	/* A line without a date: today, as far as the sale runs today. */
	m->sums.day = clamp(time_day(m->ask.now, m->ask.city->zone), f->first_day, f->last_day);
	return NULL;
}

/* ---- a line ------------------------------------------------------------------------------ */

static str day_text(struct arena *a, int64_t day)
{
	struct buf b = BUF(a, 20);

	time_put_iso_day(&b, day);
	return buf_done(&b);
}

static err moment(struct import_line *l, const struct sale_in *in, struct purchase_in *p)
{
	const struct festival *f = l->m->ask.f;
	int64_t day = l->cell[DATE].n ? in->date : l->m->sums.day;
	int seconds = NOON * 60;

	if (in->time.n && !clock_parse(in->time, &seconds))
		import_wrong(l, ERR(l->a, ERR_INVALID, "import-time", .field = "time"));
	if (l->st.errors[DATE])
		return NULL;		/* named already */
	if (day < f->first_day || day > f->last_day)
		return ERR(l->a, ERR_INVALID, "import-dates", .field = "date",
		    .arg = { day_text(l->a, f->first_day), day_text(l->a, f->last_day) });
	p->at = time_of_day(day, l->m->ask.city->zone) + seconds * SECOND;
	return NULL;
}

/* What the line says, in one spelling. */
static str content(struct import_line *l, const struct purchase_in *p)
{
	return arena_printf(l->a, "%lld|%lld|%lld|%lld|%d|%lld|%.*s", (long long)l->m->ask.f->id.v,
	    (long long)p->at, (long long)p->merchant.v, (long long)p->card, (int)p->method,
	    (long long)p->amount, SV(p->note));
}

/* The same event twice in one file: the same purchase, or a mistake. */
static err own_event(struct import_line *l, const struct purchase_in *p)
{
	str what = content(l, p), name = arena_printf(l->a, "e|%.*s", SV(p->event));
	uint64_t value = import_key(what.p, what.n);
	struct import_seen *s = import_seen(l->m, import_key(name.p, name.n));

	if (s->key && s->value != value)
		return ERR(l->a, ERR_CONFLICT, "event-reused", .field = "event",
		    .arg = { p->event });
	l->again = s->key != 0;
	*s = (struct import_seen){ import_key(name.p, name.n), value };
	return NULL;
}

static void made_event(struct import_line *l, struct purchase_in *p)
{
	str what = content(l, p);
	uint64_t key = import_key(what.p, what.n);
	struct import_seen *s = import_seen(l->m, key);
	struct hash h;

	sha256(&h, what.p, what.n);
	s->key = key;
	s->value++;
	p->event = arena_printf(l->a, "imp-%.*s-%llu", 40, hash_hex(l->a, &h).p,
	    (unsigned long long)s->value);
}

static err merchant_of(struct import_line *l, str typed, merchant_id *id)
{
	struct festival_merchant_id_by_code c;
	struct merchant m;
	int64_t code;
	bool found = false;

	if (merchant_code_parse(typed, &code))
		TRY(festival_q_merchant_id_by_code(l->db, l->m->ask.city->id, code, &c, &found));
	*id = c.id;
	if (found)
		return NULL;
	TRY(merchant_find(l->db, l->m->ask.city->id, typed, &m));
	*id = m.id;
	return NULL;
}

static void keep(struct import_line *l, const struct purchase_in *p)
{
	struct import_sums *s = &l->m->sums;
	struct purchase_in *mine = &((struct purchase_in *)l->m->rows)[s->good];
	int64_t day = time_day(p->at, l->m->ask.city->zone);

	*mine = *p;
	mine->event = arena_str(l->m->a, p->event);
	mine->note = arena_str(l->m->a, p->note);
	s->first_day = s->good && s->first_day < day ? s->first_day : day;
	s->last_day = s->good && s->last_day > day ? s->last_day : day;
	s->rupiah += p->amount;
	s->carded += p->card != 0;
	s->undated += !l->cell[DATE].n;
}

/* Was it struck out with all that its import brought?  A purchase that
 * somebody struck out by itself stays out, whatever file holds it. */
static err struck_whole(struct import_line *l, str event, bool *yes)
{
	const struct import_ask *q = &l->m->ask;
	struct festival_purchase_by_event p;
	struct festival_void_get v;
	bool found;

	*yes = false;
	TRY(festival_q_purchase_by_event(l->db, q->city->id, q->f->id, event, &p, &found));
	if (!found || p.state == 0)
		return NULL;
	TRY(festival_q_void_get(l->db, q->city->id, p.id, &v, &found));
	*yes = found && str_starts(v.event, S(IMPORT_VOID));
	return NULL;
}

static err reborn(struct import_line *l, struct purchase_in *p)
{
	const struct import_ask *q = &l->m->ask;
	str first = p->event;
	bool struck;
	struct hash h;

	sha256(&h, first.p, first.n);
	for (int life = 2; l->again; life++) {
		TRY(struck_whole(l, p->event, &struck));
		if (!struck)
			return NULL;
		p->event = arena_printf(l->a, "imp-%.*s-again-%d", 40, hash_hex(l->a, &h).p, life);
		TRY(purchase_check(l->db, q->city, q->f, p, &l->again));
	}
	return NULL;
}

static err judge(struct import_line *l, const void *form_in)
{
	const struct sale_in *in = form_in;
	const struct import_ask *q = &l->m->ask;
	struct purchase_in p = { .event = in->event, .card = in->card, .amount = in->amount,
	    .method = l->cell[METHOD].n ? (enum method)in->method : METHOD_OTHER,
	    .channel = CHANNEL_IMPORT, .note = in->note, .person = q->person };

	err e = moment(l, in, &p);
	if (e)
		import_wrong(l, e);
	if (in->merchant.n)
		TRY(merchant_of(l, in->merchant, &p.merchant));
	if (l->wrong)
		return NULL;
	if (in->event.n)
		TRY(own_event(l, &p));
	else
		made_event(l, &p);
	if (l->again)
		return NULL;
	TRY(purchase_check(l->db, q->city, q->f, &p, &l->again));
	TRY(reborn(l, &p));
	if (!l->again)
		keep(l, &p);
	return NULL;
}

/* ---- recording ------------------------------------------------------------------------------ */

static err apply(struct tx *tx, struct change *c, const struct import *m,
    const struct festival *f, size_t i, struct import_done *done, int64_t *subject)
{
	const struct purchase_in *p = &((const struct purchase_in *)m->rows)[i];
	struct purchase_out out;

	TRY(purchase_record(tx, c, m->ask.city, f, p, m->ask.now, &out));
	if (out.again) {
		done->again++;
		return NULL;
	}
	done->recorded++;
	done->rupiah += p->amount;
	done->first = done->first ? done->first : out.id.v;
	done->last = out.id.v;
	*subject = out.id.v;
	return NULL;
}

static err shown(struct arena *a, struct db *db, const struct import *m, size_t i, enum lang lang,
    str cell[IMPORT_CELLS], size_t *n)
{
	const struct purchase_in *p = &((const struct purchase_in *)m->rows)[i];
	struct buf at = BUF(a, 60), amount = BUF(a, 60);
	struct merchant who;

	TRY(merchant_get(db, m->ask.city->id, p->merchant, &who));
	time_put_moment(&at, p->at, m->ask.city->zone, lang);
	rupiah_put(&amount, p->amount);
	cell[0] = buf_done(&at);
	cell[1] = arena_str(a, who.name);
	cell[2] = p->note;
	cell[3] = buf_done(&amount);
	cell[4] = p->card ? arena_printf(a, "%09lld", (long long)p->card) : (str){ 0 };
	cell[5] = text(lang, choice_by_value(method_choices, (int64_t)p->method)->label);
	*n = 6;
	return NULL;
}

const struct import_rules import_sales = {
	.columns = { columns, &form, words, hints },
	.start = start, .tidy = tidy, .judge = judge, .apply = apply, .shown = shown,
};
