#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/bundle.h"
#include "mod/draw/minutes.h"
#include "mod/draw/rules.h"
#include "mod/draw/winner.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART	((size_t)4 << 20)

/* In the order of SHA256SUMS, which sums up those before it. */
const char *const draw_file_names[] = {
	"README.txt", "annulment.txt", "beacon.txt", "berita-acara.pdf", "entries.bin",
	"freeze.txt", "ineligible.txt",
	"prizes.tsv",
	"rules.txt", "sample-beacon.txt", "sample.tsv", "sample.txt",
	"transcript.tsv", "verify.py", "winners.tsv", "SHA256SUMS", NULL,
};

err draw_file_put(struct tx *tx, const struct draw *d, str name, str bytes)
{
	int64_t part = 0;

	TRY(draw_q_file_drop(tx, d->city, d->id, name, NULL));
	do {
		str piece = str_sub(bytes, 0, PART);
		TRY(draw_q_file_add(tx, d->city, d->id, name, part++, piece, NULL));
		bytes = str_sub(bytes, piece.n, bytes.n);
	} while (bytes.n);
	return NULL;
}

err draw_file_size(struct db *db, const struct draw *d, str name, int64_t *size, bool *there)
{
	struct draw_file_size r;

	TRY(draw_q_file_size(db, d->city, d->id, name, &r));
	*size = r.size;
	*there = r.parts > 0;
	return NULL;
}

struct gathering { char *p; size_t n, cap; };

static err gather(void *ctx, const struct draw_file_parts *row)
{
	struct gathering *g = ctx;

	CHECK(row->bytes.n <= g->cap - g->n);
	if (row->bytes.n)
		memcpy(g->p + g->n, row->bytes.p, row->bytes.n);
	g->n += row->bytes.n;
	return NULL;
}

static err no_file(struct db *db, str name)
{
	return ERR(db_arena(db), ERR_MISSING, "no-such-file", .arg = { name });
}

err draw_file_load(struct db *db, const struct draw *d, str name, str *bytes)
{
	struct gathering g = { 0 };
	int64_t size;
	bool there;

	TRY(draw_file_size(db, d, name, &size, &there));
	if (!there)
		return no_file(db, name);
	g.cap = (size_t)size;
	g.p = arena_bytes(db_arena(db), g.cap + 1);
	TRY(draw_q_file_parts(db, d->city, d->id, name, gather, &g));
	*bytes = (str){ g.p, g.n };
	return NULL;
}

err draw_file_get(struct db *db, const struct draw *d, str name, const char *key_file,
    str *bytes)
{
	bool logged;

	TRY(draw_log_file(db, d, name, key_file, bytes, &logged));
	if (logged)
		return NULL;
	for (const char *const *p = draw_file_names; *p; p++)
		if (str_eq(str_of(*p), name))
			return draw_file_load(db, d, name, bytes);
	if (str_starts(name, S("after/")))
		return draw_file_load(db, d, name, bytes);
	return no_file(db, name);
}

/* ---- SHA256SUMS ---------------------------------------------------------- */

static err add_part(void *ctx, const struct draw_file_parts *row)
{
	sha256_add(ctx, row->bytes.p, row->bytes.n);
	return NULL;
}

static err sum_file(struct db *db, const struct draw *d, str name, struct buf *sums)
{
	struct sha256_stream *s;
	struct hash h;
	int64_t size;
	bool there;
	err e;

	TRY(draw_file_size(db, d, name, &size, &there));
	if (!there)
		return NULL;
	s = sha256_open();
	e = draw_q_file_parts(db, d->city, d->id, name, add_part, s);
	sha256_close(&s, &h);
	bundle_sum_put(sums, name, &h);
	return e;
}

/* Hundreds of megabytes that stay as they were: its line as it was. */
static err entries_line(struct db *db, const struct draw *d, struct buf *sums)
{
	str all, line;

	TRY(draw_file_load(db, d, S("SHA256SUMS"), &all));
	while (str_take(&all, '\n', &line))
		if (str_ends(line, S(" " DRAW_ENTRIES))) {
			buf_str(sums, line);
			buf_char(sums, '\n');
			return NULL;
		}
	return no_file(db, S(DRAW_ENTRIES));
}

err draw_sums_put(struct tx *tx, const struct draw *d, const struct hash *entries)
{
	struct buf sums = BUF(db_arena(tx->db), 1 << 20);
	str *after;
	size_t n;

	for (const char *const *p = draw_file_names; p[1]; p++)
		if (!str_eq(str_of(*p), S(DRAW_ENTRIES)))
			TRY(sum_file(tx->db, d, str_of(*p), &sums));
		else if (entries)
			bundle_sum_put(&sums, S(DRAW_ENTRIES), entries);
		else
			TRY(entries_line(tx->db, d, &sums));
	TRY(draw_after_names(tx->db, d, &after, &n));
	for (size_t i = 0; i < n; i++)
		TRY(sum_file(tx->db, d, after[i], &sums));
	CHECK(!sums.full);
	return draw_file_put(tx, d, S("SHA256SUMS"), buf_done(&sums));
}

err minutes_keep(struct tx *tx, const struct draw *d, str pdf)
{
	TRY(draw_file_put(tx, d, S("berita-acara.pdf"), pdf));
	return draw_sums_put(tx, d, NULL);
}

/* ---- a folder -------------------------------------------------------------- */

static err add_to_file(void *ctx, const struct draw_file_parts *row)
{
	/* What cannot be written shows in ferror, once, at the end. */
	fwrite(row->bytes.p ? row->bytes.p : "", 1, row->bytes.n, ctx);
	return NULL;
}

static err cannot(struct db *db, const char *path)
{
	return ERR(db_arena(db), ERR_CONFLICT, "draw-dir", .arg = { str_of(path) },
	    .log = arena_printf(db_arena(db), "%m"));
}

/* A new file of the folder; NULL: it cannot be made. */
static FILE *file_new(struct db *db, str name, const char *folder, const char **path)
{
	*path = arena_cstr(db_arena(db), arena_printf(db_arena(db), "%s/%.*s", folder, SV(name)));
	int fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	return fd < 0 ? NULL : fdopen(fd, "w");
}

static err write_file(struct db *db, const struct draw *d, str name, const char *folder)
{
	const char *path;
	FILE *f = file_new(db, name, folder, &path);
	bool bad;
	err e;

	if (!f)
		return cannot(db, path);
	e = draw_q_file_parts(db, d->city, d->id, name, add_to_file, f);
	bad = ferror(f) != 0;
	bad |= fclose(f) != 0;
	return e || !bad ? e : cannot(db, path);
}

static err write_bytes(struct db *db, str bytes, str name, const char *folder)
{
	const char *path;
	FILE *f = file_new(db, name, folder, &path);
	bool bad;

	if (!f)
		return cannot(db, path);
	bad = fwrite(bytes.p, 1, bytes.n, f) != bytes.n;
	bad |= fclose(f) != 0;
	return bad ? cannot(db, path) : NULL;
}

/* What the log makes when asked; without its key the bundle goes without. */
static err write_logged(struct db *db, const struct draw *d, str name, const struct draw_out *o)
{
	str bytes;
	bool is;

	if (!o->key_file)
		return NULL;
	err e = draw_log_file(db, d, name, o->key_file, &bytes, &is);
	if (e && !strcmp(e->rule, "ledger-key"))
		return NULL;
	TRY(e);
	return write_bytes(db, bytes, name, o->folder);
}

static err write_proof(struct db *db, const struct draw *d, str file, const struct draw_out *o)
{
	int64_t number;

	TRY(draw_file_entry(db, d, file, &number));
	return number < 0 ? NULL : write_logged(db, d, draw_proof_name(db_arena(db), file), o);
}

static err write_after(struct db *db, const struct draw *d, const struct draw_out *o)
{
	const char *folder = o->folder;
	const char *path = arena_printf(db_arena(db), "%s/after", folder).p;
	str *names;
	size_t n;

	TRY(draw_after_names(db, d, &names, &n));
	if (n && mkdir(path, 0755) && errno != EEXIST)
		return cannot(db, path);
	for (size_t i = 0; i < n; i++) {
		TRY(write_file(db, d, names[i], folder));
		TRY(write_proof(db, d, names[i], o));
	}
	return NULL;
}

err draw_bundle_write(struct db *db, const struct draw *d, const struct draw_out *o)
{
	const char *folder = o->folder;
	int64_t size;
	bool there;

	if (d->state < DRAW_FROZEN)
		return no_file(db, S("freeze.txt"));
	if (mkdir(folder, 0755) && errno != EEXIST)
		return cannot(db, folder);
	for (const char *const *p = draw_file_names; *p; p++) {
		TRY(draw_file_size(db, d, str_of(*p), &size, &there));
		if (there)
			TRY(write_file(db, d, str_of(*p), folder));
	}
	TRY(write_proof(db, d, S("freeze.txt"), o));
	TRY(write_proof(db, d, S("sample.txt"), o));
	TRY(write_proof(db, d, S("annulment.txt"), o));
	TRY(write_logged(db, d, S("policy.txt"), o));
	return write_after(db, d, o);
}
