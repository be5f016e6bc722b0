/* import_show.c - one file: read, judged, recorded or taken back, and how far that is. */
#include "core/live.h"
#include "imports_tmpl.h"
#include "mod/festival/import_pages.h"
#include "mod/festival/import_web.h"

#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)
#define AGAIN_S	3		/* seconds until a page that waits is asked for again */

static const enum text_id sale_heads[] = { TEXT_imports_h_at, TEXT_imports_h_merchant,
    TEXT_imports_h_note, TEXT_imports_h_amount, TEXT_imports_h_card, TEXT_imports_h_method };
static const enum text_id shop_heads[] = { TEXT_imports_h_name, TEXT_imports_h_sector,
    TEXT_imports_h_venue, TEXT_imports_h_stall, TEXT_imports_h_village, TEXT_imports_h_phone,
    TEXT_imports_h_size };

const struct import_label *import_label(int64_t state, int64_t bad)
{
	static const struct import_label wrong = { TEXT_imports_has_wrong, "tag no" };
	static const struct import_label labels[IMPORT_STATES] = {
		[IMPORT_CHECKING]  = { TEXT_imports_checking, "tag soon" },
		[IMPORT_JUDGED]    = { TEXT_imports_judged, "tag soon" },
		[IMPORT_REFUSED]   = { TEXT_imports_refused, "tag no" },
		[IMPORT_RECORDING] = { TEXT_imports_recording, "tag soon" },
		[IMPORT_DONE]      = { TEXT_imports_done, "tag on" },
		[IMPORT_UNDOING]   = { TEXT_imports_undoing, "tag no" },
		[IMPORT_UNDONE]    = { TEXT_imports_undone, "tag no" },
		[IMPORT_STRIKING]  = { TEXT_imports_striking, "tag no" },
		[IMPORT_STRUCK]    = { TEXT_imports_was_struck, "tag no" },
	};

	CHECK(state >= 0 && state < IMPORT_STATES);
	return state == IMPORT_JUDGED && bad ? &wrong : &labels[state];
}

/* "12.000 dari 100.000", or that it has not begun. */
static str progress_say(struct arena *a, enum lang lang, const struct festival_import_get *row)
{
	struct buf done = BUF(a, 40), total = BUF(a, 40);
	str arg[2];

	if (!row->total)
		return text(lang, TEXT_imports_begins);
	number_put(&done, row->done);
	number_put(&total, row->total);
	arg[0] = buf_done(&done);
	arg[1] = buf_done(&total);
	return text_fill(a, lang, TEXT_imports_progress, arg, 2);
}

/* ---- what was said when it was judged ----------------------------------------------- */

static err said(struct req *r, int64_t id, enum import_said kind, const struct import_cells **out,
    size_t *n)
{
	struct festival_import_says *v;

	TRY(festival_q_import_says(r->db, r->city.id, id, (int64_t)kind, IMPORT_SHOWN, &v, n));
	struct import_cells *c = NEWN(r->a, struct import_cells, *n);
	for (size_t i = 0; i < *n; i++) {
		str rest = r->lang == LANG_ID ? v[i].id : v[i].en;
		c[i].line = v[i].line;
		while (c[i].n < IMPORT_CELLS && str_take(&rest, '\t', &c[i].v[c[i].n]))
			c[i].n++;
	}
	*out = c;
	return NULL;
}

static err unknown(struct req *r, int64_t id, str *out)
{
	struct buf b = BUF(r->a, 4000);
	const struct import_cells *c;
	size_t n;

	TRY(said(r, id, SAID_UNKNOWN, &c, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, i ? ", %.*s" : "%.*s", SV(c[i].v[0]));
	*out = buf_done(&b);
	return NULL;
}

/* The same bytes came in before: who, and when. */
static err same(struct req *r, const struct festival *f, const struct festival_import_get *row,
    str *out)
{
	struct festival_import_same s;
	struct buf at = BUF(r->a, 60);
	bool found;

	TRY(festival_q_import_same(r->db, r->city.id, f->id, row->kind, row->sha256, row->id,
	    IMPORT_RECORDING, IMPORT_DONE, &s, &found));
	if (!found)
		return NULL;
	time_put_moment(&at, s.recorded_at, r->city.zone, r->lang);
	*out = text_fill(r->a, r->lang, TEXT_imports_same, (str[]){ s.recorder, buf_done(&at),
	    s.name }, 3);
	return NULL;
}

static err judged(struct req *r, const struct festival *f, const struct festival_import_get *row,
    struct import_view *v)
{
	struct buf n = BUF(r->a, 40);
	str arg[2];

	v->judged = true;
	v->may_record = v->may_write && !row->bad && row->good;
	number_put(&n, row->good);
	arg[0] = buf_done(&n);
	v->button = text_fill(r->a, r->lang, TEXT_imports_do, arg, 1);
	v->heads = v->sales ? sale_heads : shop_heads;
	TRY(unknown(r, row->id, &v->unknown));
	TRY(same(r, f, row, &v->same));
	TRY(said(r, row->id, SAID_WRONG, &v->wrongs, &v->n_wrongs));
	return said(r, row->id, SAID_ROW, &v->rows, &v->n_rows);
}

/* ---- the page ---------------------------------------------------------------------------- */

static void figures(const struct festival_import_get *row, struct import_view *v)
{
	v->lines = row->lines;
	v->good = row->good;
	v->again = row->again;
	v->bad = row->bad;
	v->wrong = row->wrong;
	v->rupiah = row->rupiah;
	v->undated = row->undated;
	v->day = row->day;
	v->first_day = row->first_day;
	v->last_day = row->last_day;
	v->recorded = row->recorded;
	v->recorded_rupiah = row->recorded_rupiah;
	v->recorded_at = row->recorded_at;
	v->recorder = row->recorder;
	v->struck = row->struck;
	v->kept = row->kept;
	v->struck_at = row->struck_at;
	v->striker = row->striker;
	v->reason = row->reason;
}

static void standing(struct req *r, const struct festival *f, const struct festival_import_get *row,
    struct import_view *v)
{
	v->is_struck = row->state == IMPORT_STRUCK;
	v->is_done = row->state == IMPORT_DONE || v->is_struck;
	v->may_strike = v->may_write && row->state == IMPORT_DONE &&
	    (f->state == FESTIVAL_OPEN || f->state == FESTIVAL_CLOSED);
	v->strike = FORM_PAGE(r, &org_import_strike_form, NULL,
	    req_path(r, "%.*s/strike", SV(v->base)));
	v->running = import_running(row->state);
	if (!v->running)
		return;
	r->refresh_s = AGAIN_S;
	v->live = req_path(r, "%.*s/live", SV(v->base));
	v->say = progress_say(r->a, r->lang, row);
	v->done = row->done;
	v->total = row->total ? row->total : 1;
}

err org_import(struct req *r)
{
	struct festival_import_get row;
	struct festival f;

	TRY(import_of(r, &f, &row));
	const struct import_label *l = import_label(row.state, row.bad);
	struct import_view v = { .festival = f.name, .imports = import_href(r, &f, 0),
	    .base = import_href(r, &f, row.id), .csrf = r->csrf, .name = row.name, .by = row.by,
	    .at = row.at, .kind = choice_by_value(import_kinds, row.kind)->label, .state = l->say,
	    .tag = l->tag, .may_write = req_is(r, WRITERS),
	    .sales = row.kind == IMPORT_PURCHASES,
	    .fault = r->lang == LANG_ID ? row.fault_id : row.fault_en };
	figures(&row, &v);
	standing(r, &f, &row, &v);
	if (r->state.whole)
		v.fault = err_text(r->a, r->lang, r->state.whole);
	if (row.state == IMPORT_JUDGED)
		TRY(judged(r, &f, &row, &v));
	if (v.may_write && (v.judged || row.state == IMPORT_REFUSED))
		v.forget = req_path(r, "%.*s/forget", SV(v.base));
	r->title = row.name;
	page_org_import(&r->out, &v);
	return NULL;
}

/* ---- how far, once a second ------------------------------------------------------------------ */

static err progress(struct db *db, const struct live_of *of, struct json_out *o)
{
	struct festival_import_get row;
	bool found;

	TRY(festival_q_import_get(db, of->city, of->id, &row, &found));
	if (!found)
		return ERR(db_arena(db), ERR_MISSING, "no-such-page");
	json_begin(o, NULL, '{');
	json_str(o, "say", progress_say(db_arena(db), of->lang, &row));
	json_int(o, "done", row.done);
	json_end(o, '}');
	return NULL;
}

err org_import_live(struct req *r)
{
	struct festival_import_get row;
	struct festival f;

	TRY(import_of(r, &f, &row));
	live_open(r, import_stamp(r->city.id, row.id), progress,
	    &(struct live_of){ r->city.id, row.id, r->city.zone, r->lang });
	return NULL;
}
