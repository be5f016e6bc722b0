/* import_task.c - the worker's part: check, record, take back, sweep. */
#include "mod/festival/import_task.h"
#include "core/audit.h"
#include "festival_write.h"
#include "mod/festival/merchant_admit.h"
#include "mod/festival/purchase.h"
#include <string.h>

/* ---- changes ------------------------------------------------------------------------ */

struct step { struct change change; struct import_job *j; import_step *run; void *ctx; };

static err step_run(struct change *c, struct tx *tx)
{
	struct step *s = (struct step *)(void *)((char *)c - offsetof(struct step, change));

	tx_touch(c, import_stamp(s->j->w->city.id, s->j->row.id));
	return s->run(tx, c, s->ctx);
}

err import_change(struct import_job *j, import_step *run, void *ctx)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct step s = { { .run = step_run, .a = a, .turn = j->w->city.id.v }, j, run, ctx };
	err e = writer_call(j->w->writer, &s.change);

	return e ? err_at(j->w->a, e->where, *e) : NULL;
}

/* ---- recording ----------------------------------------------------------------------- */

struct piece {
	struct import_job *j;
	struct import *m;
	int64_t from;
	struct import_done done;
};

static err piece(struct tx *tx, struct change *c, void *ctx)
{
	struct piece *p = ctx;
	struct import_job *j = p->j;

	TRY(import_apply(tx, c, p->m, p->from, IMPORT_PIECE, NULL, &p->done));
	return festival_q_import_more(tx, j->w->city.id, j->row.id, IMPORT_RECORDING,
	    p->done.recorded, p->done.rupiah, j->ask.now, NULL);
}

/* For the audit: the row as it is now. */
static err record_json(struct tx *tx, struct import_job *j, str *json)
{
	struct festival_import_get r;
	struct arena *a = db_arena(tx->db);
	const char *kind = choice_by_value(import_kinds, j->row.kind)->code;

	TRY(import_row_get(tx->db, &j->f, j->row.id, &r));
	*json = audit_json(a, (struct audit_pair[]){ AUDIT_TEXT("kind", str_of(kind)),
	    AUDIT_TEXT("file", r.name), AUDIT_TEXT("sha256", r.sha256),
	    AUDIT_NUM("lines", r.lines), AUDIT_NUM("recorded", r.recorded),
	    AUDIT_NUM("rupiah", r.recorded_rupiah), AUDIT_NUM("struck", r.struck),
	    AUDIT_NUM("kept", r.kept), AUDIT_TEXT("reason", r.reason) }, 9);
	return NULL;
}

static err finish(struct tx *tx, struct change *c, void *ctx)
{
	struct import_job *j = ctx;
	str json;

	(void)c;
	TRY(festival_q_import_state_set(tx, j->w->city.id, j->row.id, IMPORT_RECORDING, IMPORT_DONE,
	    NULL));
	TRY(record_json(tx, j, &json));
	return audit_by(tx, j->w->city.id, j->row.recorder.p, "import.record", j->f.id.v,
	    (str){ 0 }, json, j->ask.now);
}

/* Why it cannot go on: an error, or the first cell that has turned wrong. */
struct undo { struct import_job *j; err why; str cell[LANGS]; };

static err undo(struct tx *tx, struct change *c, void *ctx)
{
	const struct undo *u = ctx;
	struct import_job *j = u->j;
	struct arena *a = db_arena(tx->db);
	str say[LANGS];

	(void)c;
	for (enum lang lang = LANG_ID; lang < LANGS; lang++)
		say[lang] = u->why ? err_text(a, lang, u->why) :
		    text_fill(a, lang, TEXT_imports_turned, &u->cell[lang], 1);
	TRY(festival_q_import_fault_set(tx, j->w->city.id, j->row.id, say[LANG_ID], say[LANG_EN],
	    NULL));
	return festival_q_import_state_set(tx, j->w->city.id, j->row.id, IMPORT_RECORDING,
	    IMPORT_UNDOING, NULL);
}

/* The first wrong cell of a file that was right when somebody said yes. */
static void first_bad(void *ctx, const struct import_bad *b)
{
	struct undo *u = ctx;

	for (enum lang lang = LANG_ID; lang < LANGS && !u->cell[LANG_EN].n; lang++) {
		struct buf say = BUF(u->j->w->a, 4000);
		import_say(&say, lang, b);
		u->cell[lang] = str_trim(buf_done(&say));
	}
}

/* All pieces of one judgement; the error of one that was refused. */
static err pieces(struct import_job *j, struct import *m)
{
	struct piece p = { .j = j, .m = m };

	for (; p.from < import_sums(m)->good && !work_over(j->w); p.from += IMPORT_PIECE) {
		TRY(import_change(j, piece, &p));
		import_went(m, &p.done);
	}
	return NULL;
}

static bool refused(err e)
{
	return e->kind == ERR_INVALID || e->kind == ERR_CONFLICT || e->kind == ERR_MISSING;
}

/*
 * Judged anew, with what was recorded before a kill met as "there already";
 * a merchant that came meanwhile is one more reason to judge anew.
 */
static err record_once(struct import_job *j, struct undo *u, bool *again)
{
	struct import_watch w = { .bad = first_bad, .ctx = u };
	struct import *m;

	*again = false;
	TRY(import_file_read(&j->place, IMPORT_BYTES, &j->ask.bytes));
	TRY(db_read_begin(j->w->db));
	err e = import_judge(j->w->a, j->w->db, &j->ask, &w, &m);
	db_read_end(j->w->db);
	TRY(e);
	if (u->cell[LANG_EN].n)
		return NULL;
	e = pieces(j, m);
	*again = e && strcmp(e->rule, "import-raced") == 0;
	return *again ? NULL : e;
}

static err record(struct import_job *j)
{
	struct undo u = { .j = j };
	bool again = true;
	err e = NULL;

	while (!e && again && !work_over(j->w))
		e = record_once(j, &u, &again);
	if (e && refused(e))
		u.why = e;
	else
		TRY(e);
	if (u.why || u.cell[LANG_EN].n)
		return import_change(j, undo, &u);
	return work_over(j->w) ? NULL : import_change(j, finish, j);
}

/* ---- taking back --------------------------------------------------------------------------- */

struct back {
	struct import_job *j;
	const struct festival_import_rows *v;
	size_t n;
	struct change *many;	/* this piece's sums		*/
	int64_t struck, kept;	/* so far, with this piece	*/
	int64_t was_struck, was_kept;	/* before it		*/
};

static err purchase_back(struct tx *tx, struct back *b, int64_t id)
{
	struct import_job *j = b->j;
	struct arena *a = db_arena(tx->db);
	bool mine = j->row.state == IMPORT_STRIKING, again;
	struct void_in v = { .event = arena_printf(a, IMPORT_VOID "%.*s-%.*s",
	    SV(id_text(a, j->row.id)), SV(id_text(a, id))),
	    .reason = mine ? j->row.reason : text(LANG_ID, TEXT_imports_undone_reason),
	    .person = mine ? j->row.striker_person : j->row.recorder_person };
	err e = purchase_void(tx, b->many, &j->w->city, &j->f, (purchase_id){ id }, &v, j->ask.now,
	    &again);

	/* Somebody struck it out by itself before: that stands. */
	if (e && strcmp(e->rule, "void-already") != 0)
		return e;
	b->struck++;
	return NULL;
}

static err merchant_back(struct tx *tx, struct back *b, int64_t id)
{
	bool gone;

	TRY(merchant_leave(tx, b->many, &b->j->f, (merchant_id){ id }, b->j->ask.now, &gone));
	b->struck += gone;
	b->kept += !gone;
	return NULL;
}

static err back_piece(struct tx *tx, struct change *c, void *ctx)
{
	struct back *b = ctx;
	struct import_job *j = b->j;

	b->many = change_many(db_arena(tx->db));
	b->struck = b->was_struck;
	b->kept = b->was_kept;
	for (size_t i = 0; i < b->n; i++)
		TRY((j->row.kind == IMPORT_PURCHASES ? purchase_back : merchant_back)(tx, b,
		    b->v[i].subject));
	TRY(change_many_done(tx, b->many, c));
	return festival_q_import_struck(tx, j->w->city.id, j->row.id, b->struck, b->kept, NULL);
}

static err back_done(struct tx *tx, struct change *c, void *ctx)
{
	struct import_job *j = ctx;
	bool mine = j->row.state == IMPORT_STRIKING;
	city_id city = j->w->city.id;
	str json;

	(void)c;
	TRY(festival_q_import_state_set(tx, city, j->row.id, j->row.state,
	    mine ? IMPORT_STRUCK : IMPORT_UNDONE, NULL));
	TRY(record_json(tx, j, &json));
	if (mine)
		return audit_by(tx, city, j->row.striker.p, "import.strike", j->f.id.v, (str){ 0 },
		    json, j->ask.now);
	return audit_by(tx, city, j->row.recorder.p, "import.undo", j->f.id.v, (str){ 0 }, json,
	    j->ask.now);
}

/* From the first row, also after a kill: what is struck out already stays so. */
static err take_back(struct import_job *j)
{
	struct back b = { .j = j };
	struct festival_import_rows *v;
	int64_t after = 0;

	while (!work_over(j->w)) {
		TRY(festival_q_import_rows(j->w->db, j->w->city.id, j->row.id, after, IMPORT_PIECE,
		    &v, &b.n));
		if (!b.n)
			return import_change(j, back_done, j);
		b.v = v;
		TRY(import_change(j, back_piece, &b));
		b.was_struck = b.struck;
		b.was_kept = b.kept;
		after = v[b.n - 1].subject;
	}
	return NULL;
}

/* ---- what there is to do --------------------------------------------------------------------- */

static err job_open(struct import_job *j, struct work *w, int64_t id)
{
	bool found;

	*j = (struct import_job){ .w = w, .place = { w->a, w->data_dir, w->city.id, id } };
	TRY(festival_q_import_get(w->db, w->city.id, id, &j->row, &found));
	CHECK(found);
	TRY(festival_find(w->db, w->city.id, id_text(w->a, j->row.festival.v), &j->f));
	bool brought = j->row.state == IMPORT_CHECKING;
	j->ask = (struct import_ask){ .city = &w->city, .f = &j->f,
	    .kind = (enum import_kind)j->row.kind, .name = j->row.name, .id = id,
	    .person = brought ? j->row.person : j->row.recorder_person,
	    .by = brought ? j->row.by : j->row.recorder, .now = time_now() };
	return NULL;
}

static err job_do(struct import_job *j)
{
	switch ((enum import_state)j->row.state) {
	case IMPORT_CHECKING:
		return import_check(j);
	case IMPORT_RECORDING:
		return record(j);
	case IMPORT_UNDOING:
	case IMPORT_STRIKING:
		return take_back(j);
	case IMPORT_JUDGED: case IMPORT_REFUSED: case IMPORT_DONE: case IMPORT_UNDONE:
	case IMPORT_STRUCK: case IMPORT_STATES:
		break;
	}
	return NULL;
}

/* Until somebody is asked; the file goes when nobody needs it any more. */
static err job_run(struct work *w, int64_t id)
{
	struct import_job j;

	TRY(job_open(&j, w, id));
	while (import_running(j.row.state) && !work_over(w)) {
		TRY(job_do(&j));
		TRY(job_open(&j, w, id));
	}
	if (j.row.state == IMPORT_DONE || j.row.state == IMPORT_UNDONE)
		import_file_drop(&j.place);
	return NULL;
}

static err forget(struct tx *tx, struct change *c, void *ctx)
{
	struct import_job *j = ctx;

	(void)c;
	TRY(import_row_get(tx->db, &j->f, j->row.id, &j->row));
	return import_forget(tx, &j->f, &j->row);
}

static bool needed(void *ctx, int64_t id)
{
	struct work *w = ctx;
	struct festival_import_get row;
	bool found = false;
	err e = festival_q_import_get(w->db, w->city.id, id, &row, &found);

	return e || (found && row.state <= IMPORT_RECORDING);
}

/* What nobody took up for a day. */
static err sweep(struct work *w)
{
	struct import_place all = { w->a, w->data_dir, w->city.id, 0 };
	struct festival_import_old *v;
	int64_t now = time_now();
	struct import_job j;
	size_t n;

	TRY(festival_q_import_old(w->db, w->city.id, IMPORT_JUDGED, IMPORT_REFUSED,
	    now - IMPORT_KEPT, &v, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(job_open(&j, w, v[i].id));
		TRY(import_change(&j, forget, &j));
		import_file_drop(&j.place);
	}
	import_files_sweep(&all, needed, w, now);
	return NULL;
}

/* In memory of its own. */
static err next_run(struct work *w, int64_t *after, bool *more)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct arena *own = w->a;
	struct festival_import_next next;

	w->a = a;
	db_arena_set(w->db, a);
	err e = festival_q_import_next(w->db, w->city.id, *after, IMPORT_CHECKING,
	    IMPORT_RECORDING, IMPORT_UNDOING, IMPORT_STRIKING, &next, more);
	if (!e && *more) {
		*after = next.id;
		e = job_run(w, next.id);
	}
	w->a = own;
	db_arena_set(w->db, own);
	return e ? err_at(own, e->where, *e) : NULL;
}

err import_work(struct work *w)
{
	int64_t after = 0;
	bool more = true;
	err first = NULL;

	while (more && !work_over(w)) {
		int64_t before = after;
		err e = next_run(w, &after, &more);
		first = first ? first : e;
		if (e && after == before)
			return e;
	}
	return first ? first : sweep(w);
}
