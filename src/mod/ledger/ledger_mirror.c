/*
 * ledger_mirror.c - laris log mirror: a copy of somebody's log, as files.
 *
 * What is there already is not asked for again.  The new head is kept
 * only when the entries give its root, and gave the old head's on the
 * way; so a copy is whole, and one that grew is of the same log.  Whom to
 * believe is for `laris verify --policy`.
 */
#include "core/fetch.h"
#include "log/note.h"
#include "log/proof.h"
#include "log/tile.h"
#include "mod/ledger/web.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECONDS	60
#define TELL	500		/* files between two words of progress */
#define TILE_MOST ((size_t)TILE_WIDTH * (2 + ENTRY_BYTES))
#define HEAD	"checkpoint"

struct copy {
	struct cli_args *x;
	const char *url, *folder, *ca;
	struct fetch_line *line;
	struct arena *scratch;		/* of one tile			*/
	struct checkpoint old, now;	/* old.size 0: nothing was here	*/
	struct merkle_range tree;
	uint64_t fetched;
};

static err get(struct copy *c, struct arena *a, str path, size_t max, str *bytes)
{
	struct fetch_world world = { .ca = c->ca, .line = c->line };
	struct fetch f = { .url = arena_printf(a, "%s/%.*s", c->url, SV(path)).p, .max = max,
		.seconds = SECONDS };
	struct fetched got;

	TRY(fetch(c->x->a, &world, &f, &got));
	if (got.status != 200)
		return ERR(c->x->a, ERR_MISSING, "ledger-mirror-reply", .arg = { str_of(f.url),
		    arena_printf(c->x->a, "%d", got.status) });
	*bytes = got.body;
	return NULL;
}

static const char *file(struct copy *c, str path)
{
	return arena_printf(c->x->a, "%s/%.*s", c->folder, SV(path)).p;
}

/* The folders on the way to a tile, as far as they are missing. */
static err make_way(struct copy *c, const char *path)
{
	str whole = str_of(path);
	bool bad = false;

	for (size_t i = 1; i < whole.n; i++)
		if (path[i] == '/')
			bad |= mkdir(arena_cstr(c->x->a, str_sub(whole, 0, i)), 0755) &&
			    errno != EEXIST;
	return bad ? ERR(c->x->a, ERR_INVALID, "file-write", .arg = { str_of(path),
	    str_of(strerror(errno)) }) : NULL;
}

static err read_head(struct copy *c, str bytes, struct checkpoint *out)
{
	struct note note;

	if (!note_parse(c->x->a, bytes, &note) || !checkpoint_parse(note.text, out))
		return ERR(c->x->a, ERR_INVALID, "ledger-mirror-form", .arg = { S(HEAD) });
	return NULL;
}

/* ---- tiles ------------------------------------------------------------------ */

static err keep_tile(void *ctx, struct tile t)
{
	struct copy *c = ctx;
	str path = tile_path(c->x->a, t), bytes;
	const char *to = file(c, path);

	if (!access(to, R_OK))
		return NULL;
	TRY(get(c, c->x->a, path, TILE_MOST, &bytes));
	TRY(make_way(c, to));
	if (++c->fetched % TELL == 0)
		fprintf(stderr, "%s: %llu files\n", c->url, (unsigned long long)c->fetched);
	return cli_write_file(c->x, to, bytes);
}

static err differs(struct copy *c)
{
	return ERR(c->x->a, ERR_CONFLICT, "ledger-mirror-differs", .arg = {
	    arena_printf(c->x->a, "%llu", (unsigned long long)c->tree.size) });
}

static err fits(struct copy *c, const struct checkpoint *head)
{
	struct hash root;

	if (c->tree.size != head->size)
		return NULL;
	merkle_root(&c->tree, &root);
	return hash_same(&root, &head->root) ? NULL : differs(c);
}

static err hash_tile(struct copy *c, uint64_t index)
{
	unsigned width = tile_width(TILE_ENTRIES, index, c->now.size);
	str path = tile_path(c->scratch, (struct tile){ TILE_ENTRIES, index, width });
	struct cli_args x = *c->x;
	str bytes, entry;

	x.a = c->scratch;
	TRY(cli_read_file(&x, file(c, path), TILE_MOST, &bytes));
	for (unsigned i = 0; i < width; i++) {
		struct hash leaf;
		if (!entry_take(&bytes, &entry))
			return ERR(c->x->a, ERR_INVALID, "ledger-mirror-form",
			    .arg = { arena_str(c->x->a, path) });
		merkle_leaf(&leaf, entry);
		merkle_add(&c->tree, &leaf, NULL);
		TRY(fits(c, &c->old));
	}
	return fits(c, &c->now);
}

static err hash_all(struct copy *c)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new();

	c->scratch = scratch;
	for (uint64_t i = 0; c->tree.size < c->now.size; i++) {
		arena_reset(scratch);
		TRY(hash_tile(c, i));
	}
	return NULL;
}

/* ---- all of it ---------------------------------------------------------------- */

static err begin(struct copy *c, str *head)
{
	const char *kept = file(c, S(HEAD));
	str old;

	TRY(get(c, c->x->a, S(HEAD), NOTE_BYTES, head));
	TRY(read_head(c, *head, &c->now));
	if (access(kept, F_OK))
		return make_way(c, kept);
	TRY(cli_read_file(c->x, kept, NOTE_BYTES, &old));
	TRY(read_head(c, old, &c->old));
	if (!str_eq(c->old.origin, c->now.origin) || c->old.size > c->now.size)
		return ERR(c->x->a, ERR_CONFLICT, "ledger-mirror-other", .arg = { c->now.origin,
		    c->old.origin });
	return NULL;
}

static err mirror(struct cli_args *x, const char *ca)
{
	CLEANUP(fetch_line_close) struct fetch_line *line = fetch_line_open();
	struct copy c = { .x = x, .url = arena_cstr(x->a, cli_word(x, 0)),
		.folder = arena_cstr(x->a, cli_word(x, 1)), .ca = ca, .line = line };
	str head;

	TRY(begin(&c, &head));
	TRY(tile_each_new(c.old.size, c.now.size, keep_tile, &c));
	TRY(hash_all(&c));
	TRY(cli_write_file(x, file(&c, S(HEAD)), head));
	fprintf(x->out, "%.*s: %llu entries, %llu new files\n", SV(c.now.origin),
	    (unsigned long long)c.now.size, (unsigned long long)c.fetched);
	return NULL;
}

int ledger_mirror_command(struct cli_args *x)
{
	const char *ca = cli_option(x, "ca");

	return cli_words(x, 2, 2) ? cli_result(x, mirror(x, ca)) : cli_usage(x);
}
