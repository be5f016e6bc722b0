/* report.c - the fact sheet: gather it, write it as text and as JSON. */
#include "mod/festival/report.h"
#include "festival_read.h"
#include "mod/festival/organiser.h"
#include <stdlib.h>

const enum text_id festival_report_titles[4] = {
	[SLICE_DAY] = TEXT_totals_day, [SLICE_METHOD] = TEXT_totals_method,
	[SLICE_VENUE] = TEXT_totals_venue, [SLICE_SECTOR] = TEXT_totals_sector,
};

/* ---- gathering ---------------------------------------------------------- */

static err venue_row(struct db *db, const struct report *r, int64_t key, struct report_row *row)
{
	struct festival_venue_by_id v;
	bool found;

	TRY(festival_q_venue_by_id(db, r->f.city, (venue_id){ key }, &v, &found));
	row->name = found ? v.name : text(r->lang, TEXT_totals_no_venue);
	row->code = found ? v.slug : (str){ 0 };
	return NULL;
}

static void day_row(struct arena *a, enum lang lang, int64_t key, struct report_row *row)
{
	struct buf b = BUF(a, 60), iso = BUF(a, 20);

	time_put_day(&b, key, lang);
	time_put_iso_day(&iso, key);
	row->name = buf_done(&b);
	row->code = buf_done(&iso);
}

static err row_name(struct db *db, const struct report *r, enum slice kind, int64_t key,
    struct report_row *row)
{
	const struct choice *c;

	if (kind == SLICE_VENUE)
		return venue_row(db, r, key, row);
	if (kind == SLICE_DAY) {
		day_row(db_arena(db), r->lang, key, row);
		return NULL;
	}
	c = choice_by_value(kind == SLICE_METHOD ? method_choices : sector_choices, key);
	row->name = c ? text(r->lang, c->label) : S("?");
	row->code = c ? str_of(c->code) : S("?");
	return NULL;
}

static int by_rupiah(const void *va, const void *vb)
{
	const struct report_row *a = va, *b = vb;

	if (a->rupiah != b->rupiah)
		return a->rupiah < b->rupiah ? 1 : -1;
	return str_cmp(a->code, b->code);
}

static err part(struct db *db, struct report *r, enum slice kind)
{
	struct festival_slice_list *s;
	size_t n, k = 0;

	TRY(festival_q_slice_list(db, r->f.city, r->f.id, (int64_t)kind, &s, &n));
	struct report_row *v = NEWN(db_arena(db), struct report_row, n);
	for (size_t i = 0; i < n; i++) {
		if (!s[i].purchases)		/* all of it was struck out */
			continue;
		v[k].purchases = s[i].purchases;
		v[k].rupiah = s[i].rupiah;
		TRY(row_name(db, r, kind, s[i].key, &v[k++]));
	}
	if (kind != SLICE_DAY && k)
		qsort(v, k, sizeof *v, by_rupiah);
	r->part[kind] = (struct report_part){ v, k };
	return NULL;
}

err festival_report_make(struct db *db, const struct city *city, const struct festival *f,
    enum lang lang, int64_t now, struct report *r)
{
	int64_t people[PARTICIPATION_STATES];
	struct festival_total_get t;

	TRY(festival_q_total_get(db, f->city, f->id, &t));
	TRY(festival_counts(db, f, people));
	*r = (struct report){ .city = *city, .f = *f, .as_of = now, .lang = lang,
	    .rupiah = t.rupiah, .purchases = t.purchases, .coupons = t.coupons,
	    .admitted = people[PARTICIPATION_ADMITTED], .reporting = t.reporting,
	    .unclaimed = t.unclaimed, .voided = t.numbered - t.purchases, .last_at = t.last_at };
	for (int i = 0; i < (int)countof(r->part); i++)
		TRY(part(db, r, (enum slice)i));
	return NULL;
}

int64_t festival_report_percent(const struct report *r)
{
	if (r->f.target <= 0)
		return 0;
	return r->rupiah > INT64_MAX / 100 ? r->rupiah / (r->f.target / 100 + 1) :
	    r->rupiah * 100 / r->f.target;
}

/* ---- as text ------------------------------------------------------------- */

static void line(struct buf *b, const struct report *r, enum text_id label, int64_t n)
{
	buf_str(b, text(r->lang, label));
	buf_str(b, S(": "));
	number_put(b, n);
	buf_char(b, '\n');
}

static void money(struct buf *b, const struct report *r)
{
	buf_str(b, text(r->lang, TEXT_rep_rupiah));
	buf_str(b, S(": "));
	rupiah_put(b, r->rupiah);
	buf_str(b, S("\n  ("));
	rupiah_put_words(b, r->rupiah, r->lang);
	buf_str(b, S(")\n"));
}

static void target(struct buf *b, const struct report *r)
{
	if (!r->f.target)
		return;
	buf_str(b, text(r->lang, TEXT_rep_target));
	buf_str(b, S(": "));
	rupiah_put(b, r->f.target);
	buf_printf(b, " (%lld %%)\n", (long long)festival_report_percent(r));
}

static void dates(struct buf *b, const struct report *r)
{
	time_put_day(b, r->f.first_day, r->lang);
	buf_str(b, S(" - "));
	time_put_day(b, r->f.last_day, r->lang);
	buf_str(b, S("\n"));
	buf_str(b, text(r->lang, TEXT_rep_as_of));
	buf_char(b, ' ');
	time_put_moment(b, r->as_of, r->city.zone, r->lang);
	buf_str(b, S("\n\n"));
}

static void part_text(struct buf *b, const struct report *r, enum slice kind)
{
	const struct report_part *p = &r->part[kind];

	buf_char(b, '\n');
	buf_str(b, text(r->lang, festival_report_titles[kind]));
	buf_char(b, '\n');
	for (size_t i = 0; i < p->n; i++) {
		buf_str(b, S("  "));
		buf_str(b, p->v[i].name);
		buf_str(b, S(": "));
		rupiah_put(b, p->v[i].rupiah);
		buf_str(b, S(", "));
		number_put(b, p->v[i].purchases);
		buf_char(b, ' ');
		buf_str(b, text(r->lang, TEXT_front_purchases));
		buf_char(b, '\n');
	}
}

void festival_report_text(struct buf *b, const struct report *r)
{
	buf_str(b, text(r->lang, TEXT_rep_title));
	buf_printf(b, "\n%.*s, %.*s\n", SV(r->f.name), SV(r->city.name));
	dates(b, r);
	money(b, r);
	target(b, r);
	line(b, r, TEXT_rep_purchases, r->purchases);
	line(b, r, TEXT_rep_coupons, r->coupons);
	line(b, r, TEXT_rep_admitted, r->admitted);
	line(b, r, TEXT_rep_reporting, r->reporting);
	part_text(b, r, SLICE_SECTOR);
	part_text(b, r, SLICE_VENUE);
	part_text(b, r, SLICE_METHOD);
	part_text(b, r, SLICE_DAY);
	buf_char(b, '\n');
	buf_str(b, text(r->lang, TEXT_rep_unknown));
	buf_char(b, '\n');
	line(b, r, TEXT_rep_unclaimed, r->unclaimed);
	line(b, r, TEXT_rep_silent, r->admitted - r->reporting);
	line(b, r, TEXT_rep_voided, r->voided);
	buf_str(b, text(r->lang, TEXT_rep_note));
	buf_char(b, '\n');
}

/* ---- as JSON -------------------------------------------------------------- */

static void part_json(struct json_out *o, const char *name, const struct report_part *p)
{
	json_begin(o, name, '[');
	for (size_t i = 0; i < p->n; i++) {
		json_begin(o, NULL, '{');
		json_str(o, "key", p->v[i].code);
		json_str(o, "name", p->v[i].name);
		json_int(o, "purchases", p->v[i].purchases);
		json_int(o, "rupiah", p->v[i].rupiah);
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
	struct buf words = BUF(a, 1000);

	rupiah_put_words(&words, r->rupiah, r->lang);
	json_begin(&o, NULL, '{');
	json_str(&o, "city", r->city.code);
	json_str(&o, "festival", r->f.slug);
	json_str(&o, "name", r->f.name);
	json_str(&o, "state", str_of(choice_by_value(festival_state_choices,
	    (int64_t)r->f.state)->code));
	json_time(&o, "as_of", r->as_of, r->city.zone);
	day_json(a, &o, "first_day", r->f.first_day);
	day_json(a, &o, "last_day", r->f.last_day);
	json_int(&o, "rupiah", r->rupiah);
	json_str(&o, "rupiah_in_words", buf_done(&words));
	json_int(&o, "target", r->f.target);
	json_int(&o, "purchases", r->purchases);
	json_int(&o, "coupons", r->coupons);
	json_int(&o, "merchants", r->admitted);
	json_int(&o, "merchants_reporting", r->reporting);
	json_int(&o, "purchases_unclaimed", r->unclaimed);
	json_int(&o, "purchases_void", r->voided);
	part_json(&o, "by_sector", &r->part[SLICE_SECTOR]);
	part_json(&o, "by_venue", &r->part[SLICE_VENUE]);
	part_json(&o, "by_method", &r->part[SLICE_METHOD]);
	part_json(&o, "by_day", &r->part[SLICE_DAY]);
	json_end(&o, '}');
	return json_done(&o);
}
