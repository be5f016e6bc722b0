/*
 * mirror.c - the log's own entries, from a folder of tiles or from its
 * address: is this freeze the first of its draw, and is all there that the
 * log says of it?  Not a tile is believed: the entries are hashed anew, and
 * must give each root that was signed.
 */
#include "core/fetch.h"
#include "log/policy.h"
#include "log/tile.h"
#include "mod/draw/verify/internal.h"
#include <fcntl.h>
#include <string.h>

#define SECONDS	30
#define STEPS	20
#define TILE_MAX ((size_t)TILE_WIDTH * (2 + ENTRY_BYTES))

/* dir: of the log, or of a copy that spares asking its address. */
struct source {
	struct check *c;
	int dir;
	const char *url;
	struct fetch_line *line;
	bool from_copy;			/* some of it was read there	*/
};

/* What was said is met in its order, each of these for itself. */
enum group { GROUP_AFTER, GROUP_SAMPLE, GROUP_ANNULMENT, GROUPS };

struct scan {
	struct source *from;
	struct tree tree;
	uint64_t size;			/* of the signed checkpoint	*/
	struct hash root;
	str heads[TOLD_KINDS], freeze;	/* how an entry of this draw begins */
	size_t met[GROUPS];		/* so far			*/
};

/* ---- files of the log ----------------------------------------------------- */

static bool get_url(const struct source *s, struct arena *a, str path, size_t max, str *bytes)
{
	struct fetch_world world = { .ca = s->c->ca, .line = s->line };
	struct fetch f = { .url = arena_printf(a, "%s/%.*s", s->url, SV(path)).p, .max = max,
		.seconds = SECONDS };
	struct fetched got;

	if (fetch(a, &world, &f, &got) || got.status != 200)
		return false;
	*bytes = got.body;
	return true;
}

static bool get(struct source *s, struct arena *a, str path, size_t max, str *bytes)
{
	bool have = s->dir >= 0 && file_read(a, s->dir, path, max, bytes) == FILE_OK;

	if (!s->url)
		return have;
	s->from_copy |= have;
	return have || get_url(s, a, path, max, bytes);
}

/* Never an old one: what a copy is for are tiles, which do not change. */
static bool get_head(const struct source *s, str *note)
{
	str path = S("checkpoint");

	return s->url ? get_url(s, s->c->a, path, NOTE_BYTES, note) :
	    file_read(s->c->a, s->dir, path, NOTE_BYTES, note) == FILE_OK;
}

/* As wide as it was, or wider: whoever copied the log may have come later. */
static bool get_tile(struct source *s, struct arena *a, uint64_t index, unsigned width,
    str *bytes)
{
	struct tile t = { TILE_ENTRIES, index, width };

	if (get(s, a, tile_path(a, t), TILE_MAX, bytes))
		return true;
	t.width = TILE_WIDTH;
	if (width < TILE_WIDTH && get(s, a, tile_path(a, t), TILE_MAX, bytes))
		return true;
	for (t.width = width + 1; !s->url && t.width < TILE_WIDTH; t.width++)
		if (get(s, a, tile_path(a, t), TILE_MAX, bytes))
			return true;
	mark(s->c, PART_C_LOG, MARK_UNCHECKED, WHY_MIRROR_READ,
	    arena_str(s->c->a, tile_path(a, (struct tile){ TILE_ENTRIES, index, width })),
	    S(""), S(""));
	return false;
}

/* ---- one entry after another ------------------------------------------------- */

static str number_of(const struct check *c, uint64_t n)
{
	return arena_printf(c->a, "%llu", (unsigned long long)n);
}

static enum group group_of(str name)
{
	return str_eq(name, S("sample.txt")) ? GROUP_SAMPLE :
	    str_eq(name, S("annulment.txt")) ? GROUP_ANNULMENT : GROUP_AFTER;
}

/* The next of those the bundle has, byte for byte. */
static bool in_bundle(const struct check *c, enum group g, size_t n, str entry)
{
	for (size_t i = 0; i < c->said.n; i++)
		if (group_of(c->said.v[i].name) == g && !n--)
			return str_eq(c->said.v[i].bytes, entry);
	return false;
}

static void read_entry(struct scan *s, str entry)
{
	struct check *c = s->from->c;
	uint64_t at = s->tree.leaves;
	size_t k = 0;

	if (str_starts(entry, s->freeze) && at < c->at)
		mark_fail(c, PART_C_LOG, WHY_NOT_FIRST, number_of(c, at));
	while (k < TOLD_KINDS && !str_starts(entry, s->heads[k]))
		k++;
	if (k == TOLD_KINDS)
		return;
	enum group g = k == TOLD_SAMPLE ? GROUP_SAMPLE :
	    k == TOLD_ANNULMENT ? GROUP_ANNULMENT : GROUP_AFTER;
	if (!in_bundle(c, g, s->met[g]++, entry))
		mark_fail(c, PART_C_LOG, WHY_LOG_HAS_MORE, number_of(c, at));
}

static bool false_log(struct scan *s)
{
	struct check *c = s->from->c;

	mark_fail(c, PART_C_LOG, WHY_MIRROR_FALSE, number_of(c, s->tree.leaves));
	return false;
}

/* Every head that was signed on the way must be the one of these entries. */
static bool heads_fit(struct scan *s)
{
	const struct check *c = s->from->c;
	struct hash root;

	for (size_t i = 0; i < c->heads.n; i++) {
		if (c->heads.v[i].size != s->tree.leaves)
			continue;
		tree_root(&s->tree, &root);
		if (memcmp(&root, &c->heads.v[i].root, sizeof root) != 0)
			return false_log(s);
	}
	return true;
}

static bool read_tile(struct scan *s, struct arena *scratch, uint64_t index)
{
	uint64_t left = s->size - index * TILE_WIDTH;
	unsigned width = left < TILE_WIDTH ? (unsigned)left : TILE_WIDTH;
	str bytes, entry;

	if (!get_tile(s->from, scratch, index, width, &bytes))
		return false;
	for (unsigned i = 0; i < width; i++) {
		struct hash leaf;
		if (!entry_take(&bytes, &entry))
			return false_log(s);
		sha256_pieces(&leaf, (struct sha256_piece[]){ { "", 1 }, { entry.p, entry.n } }, 2);
		read_entry(s, entry);
		tree_grow(&s->tree, &leaf);
		if (!heads_fit(s))
			return false;
	}
	return true;
}

/* Said to whoever waits, twenty times at most: an address may be slow, a log long. */
static void tell(const struct scan *s, uint64_t i, uint64_t n)
{
	if (s->from->url && (i == n || i * STEPS / n != (i - 1) * STEPS / n))
		fprintf(stderr, "laris verify: %s: %llu / %llu\n", s->from->url,
		    (unsigned long long)s->tree.leaves, (unsigned long long)s->size);
}

static bool read_all(struct scan *s)
{
	CLEANUP(arena_free) struct arena *scratch = arena_new();
	uint64_t n = (s->size + TILE_WIDTH - 1) / TILE_WIDTH;

	for (uint64_t i = 0; i < n; i++) {
		arena_reset(scratch);
		if (!read_tile(s, scratch, i))
			return false;
		tell(s, i + 1, n);
	}
	return true;
}

/* ---- all of it ------------------------------------------------------------------ */

static bool open_ended(struct check *c, enum why why, str arg)
{
	mark(c, PART_C_LOG, MARK_UNCHECKED, why, arg, S(""), S(""));
	return false;
}

/* The head of this copy, believed by the same policy, of the same log. */
static bool read_head(struct source *s, struct scan *scan)
{
	struct check *c = s->c;
	struct policy_verdict v;
	uint64_t newest = 0;
	str note;

	if (!get_head(s, &note))
		return open_ended(c, WHY_MIRROR_READ, S("checkpoint"));
	if (policy_judge(c->a, c->policy, note, &v) != LOG_GOOD || !str_eq(v.c.origin, c->origin))
		return open_ended(c, WHY_MIRROR_HEAD, S(""));
	for (size_t i = 0; i < c->heads.n; i++)
		if (c->heads.v[i].size > newest)
			newest = c->heads.v[i].size;
	if (v.c.size < newest)
		return open_ended(c, WHY_MIRROR_OLD, number_of(c, v.c.size));
	if (v.c.size > c->log_most) {
		mark(c, PART_C_LOG, MARK_UNCHECKED, WHY_MIRROR_LONG, number_of(c, v.c.size),
		    number_of(c, c->log_most), S(""));
		return false;
	}
	*VEC_ADD(c->a, &c->heads) = (struct log_head){ v.c.size, v.c.root };
	scan->size = v.c.size;
	return true;
}

static void conclude(struct check *c, const struct scan *s)
{
	if (s->met[GROUP_AFTER] + s->met[GROUP_SAMPLE] + s->met[GROUP_ANNULMENT] < c->said.n)
		open_ended(c, WHY_MIRROR_OLD, number_of(c, s->size));
	else if (!c->own)
		open_ended(c, WHY_THEIR_POLICY, S(""));
	else
		mark(c, PART_C_LOG, MARK_VALID, WHY_FIRST, number_of(c, s->size), S(""), S(""));
}

/* False: what a copy had spoilt it, and nothing is said yet. */
static bool read_log(struct source *from)
{
	struct check *c = from->c;
	struct scan *s = NEW(c->a, struct scan);
	struct finding before = c->part[PART_C_LOG];
	size_t heads = c->heads.n;

	s->from = from;
	s->freeze = arena_printf(c->a, "laris-undian/v1\ndraw %.*s\n", SV(c->head.draw));
	for (int k = 0; k < TOLD_KINDS; k++)
		s->heads[k] = told_head(c->a, &c->head, (enum told_kind)k);
	if (!read_head(from, s))
		return true;
	if (read_all(s)) {
		conclude(c, s);
		return true;
	}
	if (!from->from_copy)
		return true;
	c->part[PART_C_LOG] = before;
	c->heads.n = heads;
	return false;
}

/* A copy may be torn, which is no fault of the log: then all is asked for. */
static void read_url(struct source *s)
{
	s->line = fetch_line_open();
	if (s->c->copy)
		s->dir = open(s->c->copy, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (!read_log(s)) {
		fd_close(&s->dir);
		s->from_copy = false;
		(void)read_log(s);
	}
	fetch_line_close(&s->line);
}

void check_mirror(struct check *c)
{
	struct source s = { .c = c, .dir = -1 };

	if (!c->proven) {
		open_ended(c, WHY_MIRROR_UNPROVEN, S(""));
		return;
	}
	if (strstr(c->log, "://")) {
		s.url = c->log;
		read_url(&s);
	} else {
		s.dir = open(c->log, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (s.dir < 0)
			open_ended(c, WHY_MIRROR_READ, str_of(c->log));
		else
			read_log(&s);
	}
	fd_close(&s.dir);
}
