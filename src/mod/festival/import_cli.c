/* import_cli.c - a file of purchases or merchants from the command line. */
#include "core/audit.h"
#include "core/cli.h"
#include "mod/festival/import_task.h"
#include "mod/festival/organiser.h"
#include <stdlib.h>
#include <string.h>

#define JSON_ROWS	1000	/* wrong cells in the JSON		*/

struct wrong { int64_t line; str column, rule, say; };

struct ask {
	struct cli_args *x;
	enum lang lang;
	bool json, dry;
	struct import_ask q;
	struct city city;
	struct festival f;
	struct import *judged;
	struct import_done done;
	VEC(struct wrong) wrong;	/* of --json			*/
};

static void bad(void *ctx, const struct import_bad *b)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct buf line = BUF(a, 4000);
	struct ask *q = ctx;

	import_say(&line, q->lang, b);
	if (!q->json) {
		fwrite(line.p, 1, line.n, q->x->out);
		return;
	}
	if (q->wrong.n < JSON_ROWS)
		*VEC_ADD(q->x->a, &q->wrong) = (struct wrong){ b->line,
		    arena_str(q->x->a, b->column), str_of(b->e->rule),
		    arena_str(q->x->a, str_trim(buf_done(&line))) };
}

static void progress(void *ctx, int64_t done, int64_t all)
{
	const struct ask *q = ctx;

	fprintf(stderr, "%s %lld / %lld\n", q->judged ? "recording" : "reading", (long long)done,
	    (long long)all);
}

static err judge(struct ask *q, const struct import_watch *w)
{
	CLEANUP(db_close) struct db *db = NULL;
	struct cli_args *x = q->x;

	TRY(cli_read(x, &db));
	TRY(cli_city(x, db, 1, &q->city));
	TRY(festival_pick(db, q->city.id, cli_word(x, 2), &q->f));
	TRY(cli_read_file(x, x->argv[3], IMPORT_BYTES, &q->q.bytes));
	q->q.city = &q->city;
	q->q.f = &q->f;
	q->q.name = cli_word(x, 3);
	q->q.by = S("laris");
	q->q.id = id_new();
	q->q.now = x->now;
	struct import *judged;
	TRY(db_read_begin(db));
	err e = import_judge(x->a, db, &q->q, w, &judged);
	db_read_end(db);
	TRY(e);
	q->judged = judged;
	return NULL;
}

static err record(struct cli_args *x, struct tx *tx, void *ctx)
{
	struct ask *q = ctx;
	struct import_watch w = { .progress = progress, .ctx = q };

	TRY(import_book(tx, &q->q, q->judged));
	TRY(import_apply(tx, NULL, q->judged, 0, INT64_MAX, &w, &q->done));
	TRY(import_booked(tx, &q->q, &q->done));
	return audit_by(tx, q->city.id, "laris", "import.record", q->f.id.v, (str){ 0 },
	    import_record(x->a, q->judged, &q->done), x->now);
}

static void say_text(const struct ask *q)
{
	const struct import_sums *s = import_sums(q->judged);
	const struct csv_head *h = import_head(q->judged);
	FILE *to = q->x->out;

	for (size_t i = 0; i < h->unknown.n; i++)
		fprintf(to, "unknown column, ignored\t%.*s\n", SV(h->unknown.v[i]));
	fprintf(to, "lines\t%lld\ngood\t%lld\nalready there\t%lld\nbad\t%lld\n",
	    (long long)s->lines, (long long)s->good, (long long)s->again, (long long)s->bad);
	if (q->q.kind == IMPORT_PURCHASES)
		fprintf(to, "rupiah\t%lld\n", (long long)s->rupiah);
	if (s->undated)
		fprintf(to, "without a date\t%lld\n", (long long)s->undated);
	fprintf(to, "recorded\t%lld\n", (long long)q->done.recorded);
}

static void wrong_json(struct json_out *o, const struct ask *q)
{
	json_begin(o, "wrong", '[');
	for (size_t i = 0; i < q->wrong.n; i++) {
		const struct wrong *v = &q->wrong.v[i];
		json_begin(o, NULL, '{');
		json_int(o, "line", v->line);
		json_str(o, "column", v->column);
		json_str(o, "rule", v->rule);
		json_str(o, "say", v->say);
		json_end(o, '}');
	}
	json_end(o, ']');
}

static void say_json(struct ask *q)
{
	const struct import_sums *s = import_sums(q->judged);
	const struct csv_head *h = import_head(q->judged);
	struct json_out o = JSON_OUT(q->x->a, 4u << 20);

	json_begin(&o, NULL, '{');
	json_str(&o, "kind", str_of(choice_by_value(import_kinds, q->q.kind)->code));
	json_str(&o, "sha256", import_sha256(q->judged));
	json_bool(&o, "dry_run", q->dry);
	json_int(&o, "lines", s->lines);
	json_int(&o, "good", s->good);
	json_int(&o, "again", s->again);
	json_int(&o, "bad", s->bad);
	json_int(&o, "rupiah", s->rupiah);
	json_int(&o, "undated", s->undated);
	json_int(&o, "recorded", q->done.recorded);
	json_begin(&o, "unknown_columns", '[');
	for (size_t i = 0; i < h->unknown.n; i++)
		json_str(&o, NULL, h->unknown.v[i]);
	json_end(&o, ']');
	wrong_json(&o, q);
	json_end(&o, '}');
	fprintf(q->x->out, "%.*s\n", SV(json_done(&o)));
}

static int run(struct ask *q)
{
	struct import_watch w = { bad, progress, q };

	err e = judge(q, &w);
	bool wrong = !e && import_sums(q->judged)->bad > 0;
	if (!e && !wrong && !q->dry)
		e = cli_change(q->x, record, q);
	if (e)
		return cli_result(q->x, e);
	if (q->json)
		say_json(q);
	else
		say_text(q);
	return wrong ? CLI_REFUSED : CLI_DONE;
}

int import_command(struct cli_args *x)
{
	const char *lang = getenv("LANG");
	struct ask q = { .x = x, .lang = lang && !strncmp(lang, "id", 2) ? LANG_ID : LANG_EN,
	    .json = cli_flag(x, "json"), .dry = cli_flag(x, "dry-run") };
	const struct choice *kind = choice_by_code(import_kinds, cli_word(x, 0));

	if (!kind || !cli_words(x, 4, 4))
		return cli_usage(x);
	q.q.kind = (enum import_kind)kind->value;
	return run(&q);
}
