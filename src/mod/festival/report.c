/* report.c - the fact sheet: gather it, write it as text and as JSON. */
#include "mod/festival/report.h"
#include "core/look.h"
#include "festival_read.h"
#include "mod/festival/organiser.h"
#include "mod/festival/slice.h"
#include <stdlib.h>

const enum text_id festival_report_titles[4] = {
	[SLICE_DAY] = TEXT_totals_day, [SLICE_METHOD] = TEXT_totals_method,
	[SLICE_VENUE] = TEXT_totals_venue, [SLICE_SECTOR] = TEXT_totals_sector,
};

const enum slice festival_report_order[4] = {
	SLICE_SECTOR, SLICE_VENUE, SLICE_METHOD, SLICE_DAY
};

/* ---- gathering ---------------------------------------------------------- */

static int by_rupiah(const void *va, const void *vb)
{
	const struct report_row *a = va, *b = vb;

	if (a->rupiah != b->rupiah)
		return a->rupiah < b->rupiah ? 1 : -1;
	return str_cmp(a->code, b->code);
}

static struct report_row row_of(const struct slice_row *s)
{
	return (struct report_row){ .name = s->name, .code = s->code, .key = s->key,
	    .purchases = s->purchases, .rupiah = s->rupiah };
}

static err named(struct db *db, const struct report *r, enum slice kind, int64_t key,
    struct report_row *row)
{
	struct slice_row s = { 0 };

	TRY(slice_name(db, &r->f, kind, key, r->lang, &s));
	*row = row_of(&s);
	return NULL;
}

bool festival_report_peopled(enum slice kind)
{
	return kind == SLICE_VENUE || kind == SLICE_SECTOR;
}

/* Merchants of each venue or sector: also where nobody recorded anything. */
static err people(struct db *db, const struct report *r, enum slice kind,
    struct festival_people_by_venue **v, size_t *n)
{
	struct festival_people_by_sector *sector;

	if (kind == SLICE_VENUE)
		return festival_q_people_by_venue(db, r->f.city, r->f.id, v, n);
	TRY(festival_q_people_by_sector(db, r->f.city, r->f.id, &sector, n));
	*v = NEWN(db_arena(db), struct festival_people_by_venue, *n);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct festival_people_by_venue){ sector[i].key, sector[i].admitted,
		    sector[i].reporting };
	return NULL;
}

static err part_people(struct db *db, struct report *r, enum slice kind)
{
	struct report_part *old = &r->part[kind];
	struct festival_people_by_venue *p;
	size_t n, k = old->n;

	TRY(people(db, r, kind, &p, &n));
	struct report_row *v = NEWN(db_arena(db), struct report_row, old->n + n);
	for (size_t i = 0; i < old->n; i++)
		v[i] = old->v[i];
	for (size_t i = 0; i < n; i++) {
		size_t at = 0;
		while (at < k && v[at].key != p[i].key)
			at++;
		if (at == k) {
			if (!p[i].admitted && !p[i].reporting)
				continue;
			v[at].key = p[i].key;
			TRY(named(db, r, kind, p[i].key, &v[at]));
			k++;
		}
		v[at].admitted = p[i].admitted;
		v[at].reporting = p[i].reporting;
	}
	r->part[kind] = (struct report_part){ v, k };
	return NULL;
}

static err part(struct db *db, struct report *r, enum slice kind)
{
	struct slice_rows rows;

	TRY(slice_load(db, &r->f, kind, r->lang, &rows));
	struct report_row *v = NEWN(db_arena(db), struct report_row, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = row_of(&rows.v[i]);
	r->part[kind] = (struct report_part){ v, rows.n };
	if (festival_report_peopled(kind))
		TRY(part_people(db, r, kind));
	if (kind != SLICE_DAY && r->part[kind].n)
		qsort((void *)(uintptr_t)r->part[kind].v, r->part[kind].n, sizeof *v, by_rupiah);
	return NULL;
}

static err as_of(struct db *db, struct report *r)
{
	struct festival_people_moved moved;

	if (r->f.state < FESTIVAL_CLOSED)
		return NULL;
	TRY(festival_q_people_moved(db, r->f.city, r->f.id, &moved));
	r->as_of = r->f.closed > r->last_at ? r->f.closed : r->last_at;
	r->as_of = r->as_of > moved.at ? r->as_of : moved.at;
	return NULL;
}

err festival_report_make(struct db *db, const struct city *city, const struct festival *f,
    enum lang lang, int64_t now, struct report *r)
{
	int64_t n[PARTICIPATION_STATES];
	struct festival_total_get t;

	TRY(festival_q_total_get(db, f->city, f->id, &t));
	TRY(festival_counts(db, f, n));
	*r = (struct report){ .city = *city, .f = *f, .as_of = now, .lang = lang,
	    .rupiah = t.rupiah, .purchases = t.purchases, .coupons = t.coupons,
	    .admitted = n[PARTICIPATION_ADMITTED], .waiting = n[PARTICIPATION_ASKED],
	    .reporting = t.reporting, .unclaimed = t.unclaimed,
	    .voided = t.numbered - t.purchases, .last_at = t.last_at };
	for (int i = 0; i < (int)countof(r->part); i++)
		TRY(part(db, r, (enum slice)i));
	TRY(look_dress(db, city->id, &r->dress));
	return as_of(db, r);
}

static void known(struct report_facts *f, struct report_fact x)
{
	CHECK(f->n_known < countof(f->known));
	f->known[f->n_known++] = x;
}

static void unknown(struct report_facts *f, enum text_id label, const char *key, int64_t n)
{
	CHECK(f->n_unknown < countof(f->unknown));
	f->unknown[f->n_unknown++] = (struct report_fact){ label, key, FACT_NUMBER, n };
}

void festival_report_facts(const struct report *r, struct report_facts *f)
{
	int64_t silent = r->admitted > r->reporting ? r->admitted - r->reporting : 0;

	*f = (struct report_facts){ 0 };
	known(f, (struct report_fact){ TEXT_rep_rupiah, "rupiah", FACT_RUPIAH, r->rupiah });
	if (r->f.target) {
		known(f, (struct report_fact){ TEXT_rep_target, "target", FACT_RUPIAH,
		    r->f.target });
		known(f, (struct report_fact){ TEXT_rep_percent, "target_percent", FACT_PERCENT,
		    festival_percent(r->rupiah, r->f.target) });
	}
	known(f, (struct report_fact){ TEXT_rep_purchases, "purchases", FACT_NUMBER,
	    r->purchases });
	known(f, (struct report_fact){ TEXT_rep_coupons, "coupons", FACT_NUMBER, r->coupons });
	known(f, (struct report_fact){ TEXT_rep_admitted, "merchants", FACT_NUMBER, r->admitted });
	known(f, (struct report_fact){ TEXT_rep_reporting, "merchants_reporting", FACT_NUMBER,
	    r->reporting });
	unknown(f, TEXT_rep_silent, "merchants_silent", silent);
	unknown(f, TEXT_rep_waiting, "merchants_waiting", r->waiting);
	unknown(f, TEXT_rep_unclaimed, "purchases_unclaimed", r->unclaimed);
	unknown(f, TEXT_rep_voided, "purchases_void", r->voided);
}

void festival_report_put(struct buf *b, const struct report_fact *f)
{
	if (f->kind == FACT_RUPIAH)
		rupiah_put(b, f->v);
	else
		number_put(b, f->v);
	if (f->kind == FACT_PERCENT)
		buf_str(b, S(" %"));
}

str festival_report_when(struct arena *a, const struct report *r)
{
	struct buf b = BUF(a, 300);

	buf_printf(&b, "%.*s, ", SV(r->city.name));
	time_put_day(&b, r->f.first_day, r->lang);
	buf_str(&b, S(" – "));
	time_put_day(&b, r->f.last_day, r->lang);
	return buf_done(&b);
}

str festival_report_as_of(struct arena *a, const struct report *r)
{
	struct buf b = BUF(a, 200);

	buf_str(&b, text(r->lang, TEXT_rep_as_of));
	buf_char(&b, ' ');
	time_put_moment(&b, r->as_of, r->city.zone, r->lang);
	return buf_done(&b);
}

str festival_report_words(struct arena *a, const struct report *r)
{
	struct buf b = BUF(a, 1000);

	rupiah_put_words(&b, r->rupiah, r->lang);
	return buf_done(&b);
}

/* ---- as text ------------------------------------------------------------- */

static void facts_text(struct buf *b, const struct report *r, const struct report_fact *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_str(b, text(r->lang, v[i].label));
		buf_str(b, S(": "));
		festival_report_put(b, &v[i]);
		buf_char(b, '\n');
	}
}

static void row_text(struct buf *b, const struct report *r, enum slice kind,
    const struct report_row *row)
{
	buf_printf(b, "  %.*s: ", SV(row->name));
	rupiah_put(b, row->rupiah);
	buf_str(b, S(", "));
	number_put(b, row->purchases);
	buf_printf(b, " %.*s", SV(text(r->lang, TEXT_front_purchases)));
	if (festival_report_peopled(kind)) {
		buf_str(b, S(", "));
		number_put(b, row->reporting);
		buf_char(b, '/');
		number_put(b, row->admitted);
		buf_printf(b, " %.*s", SV(text(r->lang, TEXT_rep_row_people)));
	}
	buf_char(b, '\n');
}

static void part_text(struct buf *b, const struct report *r, enum slice kind)
{
	const struct report_part *p = &r->part[kind];

	buf_printf(b, "\n%.*s\n", SV(text(r->lang, festival_report_titles[kind])));
	for (size_t i = 0; i < p->n; i++)
		row_text(b, r, kind, &p->v[i]);
}

void festival_report_text(struct buf *b, const struct report *r)
{
	struct report_facts f;

	festival_report_facts(r, &f);
	buf_printf(b, "%.*s\n%.*s\n%.*s\n%.*s\n\n", SV(text(r->lang, TEXT_rep_title)),
	    SV(r->f.name), SV(festival_report_when(b->a, r)), SV(festival_report_as_of(b->a, r)));
	facts_text(b, r, f.known, 1);
	buf_printf(b, "  (%.*s)\n", SV(festival_report_words(b->a, r)));
	facts_text(b, r, f.known + 1, f.n_known - 1);
	for (size_t i = 0; i < countof(festival_report_order); i++)
		part_text(b, r, festival_report_order[i]);
	buf_printf(b, "\n%.*s\n", SV(text(r->lang, TEXT_rep_unknown)));
	facts_text(b, r, f.unknown, f.n_unknown);
	buf_printf(b, "%.*s\n", SV(text(r->lang, TEXT_rep_note)));
}

/* ---- as JSON -------------------------------------------------------------- */

static void part_json(struct json_out *o, const char *name, const struct report *r,
    enum slice kind)
{
	const struct report_part *p = &r->part[kind];

	json_begin(o, name, '[');
	for (size_t i = 0; i < p->n; i++) {
		json_begin(o, NULL, '{');
		json_str(o, "key", p->v[i].code);
		json_str(o, "name", p->v[i].name);
		json_int(o, "purchases", p->v[i].purchases);
		json_int(o, "rupiah", p->v[i].rupiah);
		if (festival_report_peopled(kind)) {
			json_int(o, "merchants", p->v[i].admitted);
			json_int(o, "merchants_reporting", p->v[i].reporting);
		}
		json_end(o, '}');
	}
	json_end(o, ']');
}

static void day_json(struct arena *a, struct json_out *o, const char *name, int64_t day)
{
	struct buf b = BUF(a, 20);

	time_put_iso_day(&b, day);
	json_str(o, name, buf_done(&b));
}

str festival_report_json(struct arena *a, const struct report *r)
{
	struct json_out o = JSON_OUT(a, 1u << 20);
	struct report_facts f;

	json_begin(&o, NULL, '{');
	json_str(&o, "city", r->city.code);
	json_str(&o, "festival", r->f.slug);
	json_str(&o, "name", r->f.name);
	json_str(&o, "state", str_of(choice_by_value(festival_state_choices,
	    (int64_t)r->f.state)->code));
	json_time(&o, "as_of", r->as_of, r->city.zone);
	day_json(a, &o, "first_day", r->f.first_day);
	day_json(a, &o, "last_day", r->f.last_day);
	festival_report_facts(r, &f);
	for (size_t i = 0; i < f.n_known; i++)
		json_int(&o, f.known[i].key, f.known[i].v);
	for (size_t i = 0; i < f.n_unknown; i++)
		json_int(&o, f.unknown[i].key, f.unknown[i].v);
	if (!r->f.target)		/* none was set: 0, as for the API	*/
		json_int(&o, "target", 0);
	json_str(&o, "rupiah_in_words", festival_report_words(a, r));
	part_json(&o, "by_sector", r, SLICE_SECTOR);
	part_json(&o, "by_venue", r, SLICE_VENUE);
	part_json(&o, "by_method", r, SLICE_METHOD);
	part_json(&o, "by_day", r, SLICE_DAY);
	json_end(&o, '}');
	return json_done(&o);
}
