/*
 * world.h - a bundle and the witnessed log it is in, as folders; for the
 * tests of what happens to a draw later (asked.h).
 */
#ifndef LARIS_TESTS_DRAW_WORLD_H
#define LARIS_TESTS_DRAW_WORLD_H

#include "golden.h"
#include "log/policy.h"
#include "log/tile.h"
#include "whole.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BEFORE	255		/* entries before the freeze: two tiles	*/
#define ENTRIES	(BEFORE + 8)

static struct arena *a;		/* of the test, freed at its end	*/
static char home[512];
static struct note_signer city, saksi[2];

/* ---- folders ---------------------------------------------------------------- */

struct world {
	struct folder bundle, log;
	str entry[ENTRIES + 1];
	size_t n;
};
static struct world good;

static inline const char *at_home(str name)
{
	return arena_cstr(a, arena_printf(a, "%s/%.*s", home, SV(name)));
}

static inline void put(const char *dir, str name, str bytes)
{
	const char *path = at_home(arena_printf(a, "%s/%.*s", dir, SV(name)));
	FILE *f = fopen(path, "w");

	CHECK(f && fwrite(bytes.p ? bytes.p : "", 1, bytes.n, f) == bytes.n);
	fclose(f);
}

static const char *const dirs[] = { "b", "b/after", "log", "log/tile", "log/tile/entries",
	"log/tile/entries/001.p" };

static inline void make_dirs(void)
{
	for (size_t i = 0; i < countof(dirs); i++)
		mkdir(at_home(str_of(dirs[i])), 0700);
}

static inline void sweep(const struct world *w)
{
	for (size_t i = 0; i < w->bundle.n; i++)
		unlink(at_home(arena_printf(a, "b/%.*s", SV(w->bundle.f[i].name))));
	for (size_t i = 0; i < w->log.n; i++)
		unlink(at_home(arena_printf(a, "log/%.*s", SV(w->log.f[i].name))));
}

static inline void write_all(const struct world *w)
{
	for (size_t i = 0; i < w->bundle.n; i++)
		put("b", w->bundle.f[i].name, w->bundle.f[i].bytes);
	for (size_t i = 0; i < w->log.n; i++)
		put("log", w->log.f[i].name, w->log.f[i].bytes);
}

/* ---- the log ---------------------------------------------------------------- */

static const struct world *in_world;

static inline err node(void *ctx, unsigned level, uint64_t index, struct hash *h)
{
	struct merkle_range r = { 0 };

	(void)ctx;
	for (uint64_t i = index << level; i < (index + 1) << level; i++) {
		struct hash leaf;
		merkle_leaf(&leaf, in_world->entry[i]);
		merkle_add(&r, &leaf, NULL);
	}
	merkle_root(&r, h);
	return NULL;
}

static inline str head(const struct world *w, uint64_t size, int64_t at)
{
	struct checkpoint c = { .origin = city.key.name, .size = size };
	struct merkle_nodes nodes = { node, NULL };
	struct buf note = BUF(a, 1 << 16);
	str text;

	in_world = w;
	CHECK(!merkle_root_of(&nodes, size, &c.root));
	text = checkpoint_text(a, &c);
	buf_str(&note, note_make(a, text, &city, 0));
	for (int i = 0; i < 2; i++)
		note_sign(&note, text, &saksi[i], at);
	return buf_done(&note);
}

static inline int64_t due(int64_t round)
{
	return BEACON_GENESIS + BEACON_PERIOD * (round - 1);
}

/* The entry's proof from the head that came right after it, seen at that time. */
static inline void prove(struct world *w, str name, uint64_t at, int64_t when)
{
	struct merkle_nodes nodes = { node, NULL };
	struct log_proof p = { .index = at, .checkpoint = head(w, at + 1, when) };

	CHECK(!merkle_inclusion(&nodes, at, at + 1, &p.path));
	add(&w->bundle, arena_printf(a, "%.*s.tlog-proof", SV(str_sub(name, 0, name.n - 4))),
	    log_proof_text(a, &p));
}

static inline void enter(struct world *w, const char *name, int64_t when)
{
	w->entry[w->n++] = find(&w->bundle, str_of(name))->bytes;
	prove(w, str_of(name), w->n - 1, when);
}

/* Tiles of all entries, and the head that the witnesses signed last. */
static inline void mirror(struct world *w)
{
	for (size_t i = 0; i < w->n; i += TILE_WIDTH) {
		struct buf b = BUF(a, 1 << 20);
		unsigned width = w->n - i < TILE_WIDTH ? (unsigned)(w->n - i) : TILE_WIDTH;
		for (size_t k = i; k < i + width; k++)
			entry_put(&b, w->entry[k]);
		add(&w->log, tile_path(a, (struct tile){ TILE_ENTRIES, i / TILE_WIDTH, width }),
		    buf_done(&b));
	}
	add(&w->log, S("checkpoint"), head(w, w->n, due(700000)));
}

static inline str policy(void)
{
	return arena_printf(a, "log %.*s\nwitness A %.*s\nwitness B %.*s\ngroup g all A B\n"
	    "quorum g\n", SV(note_key_text(a, &city.key)), SV(note_key_text(a, &saksi[0].key)),
	    SV(note_key_text(a, &saksi[1].key)));
}

#endif
