#include "log/note.h"
#include "log/proof.h"
#include "log/tile.h"
#include "tap.h"
#include "log/vectors.h"
#include <string.h>

/* ---- names --------------------------------------------------------------------- */

static const struct { struct tile t; const char *path; } names[] = {
	{ { 0, 1234067, 256 }, "tile/0/x001/x234/067" },
	{ { 0, 0, 256 }, "tile/0/000" },
	{ { 1, 0, 17 }, "tile/1/000.p/17" },
	{ { TILE_ENTRIES, 1000, 255 }, "tile/entries/x001/000.p/255" },
	{ { 7, 999, 1 }, "tile/7/999.p/1" },
	{ { 0, UINT64_C(36028797018963967), 256 }, "tile/0/x036/x028/x797/x018/x963/967" },
};

static const char *const refused[] = {
	"", "tile", "tile/", "tile/0", "tile/0/", "tile/8/000", "tile/-1/000", "tile/00/000",
	"tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x000/001", "tile/0/x001", "tile/0/x001/",
	"tile/0/001/002", "tile/0/001.p", "tile/0/001.p/", "tile/0/001.p/0", "tile/0/001.p/256",
	"tile/0/001.p/01", "tile/0/001.p/1/", "tile/0/001 ", "/tile/0/001", "tile/0//001",
	"tile/0/x1/001", "tile/0/+01", "tile/entries", "tile/data/000", "tile/0/..",
	"tile/0/x111/x111/x111/x111/x111/x111/111", "tile/0/001.p/1x",
};

static void paths(struct arena *a)
{
	struct tile t;
	int good = 0, bad = 0;

	for (size_t i = 0; i < countof(names); i++)
		good += str_eq(tile_path(a, names[i].t), str_of(names[i].path)) &&
		    tile_parse(str_of(names[i].path), &t) && t.level == names[i].t.level &&
		    t.index == names[i].t.index && t.width == names[i].t.width;
	ok(good == (int)countof(names), "tiles have their names");
	for (size_t i = 0; i < countof(refused); i++)
		if (tile_parse(str_of(refused[i]), &t)) {
			printf("# taken: %s\n", refused[i]);
			bad++;
		}
	ok(!bad, "and no others");
}

/* The example of the specification: a tree of 70,000. */
static err count(void *ctx, struct tile t)
{
	unsigned (*n)[2] = ctx;

	n[t.level + 1][t.width < TILE_WIDTH]++;
	return NULL;
}

static void widths(void)
{
	unsigned n[TILE_LEVEL_MAX + 2][2] = { { 0 } };

	CHECK(!tile_each_new(0, 70000, count, n));
	ok(n[1][0] == 273 && n[1][1] == 1 && n[2][0] == 1 && n[2][1] == 1 && !n[3][0] &&
	    n[3][1] == 1 && n[0][0] == 273 && n[0][1] == 1 && !n[4][1], "70,000 entries");
	ok(tile_width(0, 273, 70000) == 112 && tile_width(1, 1, 70000) == 17 &&
	    tile_width(2, 0, 70000) == 1 && tile_width(0, 274, 70000) == 0, "and their widths");
	ok(tile_width(0, 0, 256) == 256 && tile_width(1, 0, 256) == 1 &&
	    tile_width(0, 1, 256) == 0 && tile_width(0, 0, 0) == 0, "256 entries");
	memset(n, 0, sizeof n);
	CHECK(!tile_each_new(70000, 70001, count, n));
	ok(n[0][1] == 1 && n[1][1] == 1 && !n[2][1] && !n[1][0], "one more makes two anew");
	memset(n, 0, sizeof n);
	CHECK(!tile_each_new(7, 7, count, n));
	ok(!n[0][0] && !n[0][1] && !n[1][1], "none more makes none");
}

static void bundles(struct arena *a)
{
	struct buf b = BUF(a, 1 << 17);
	char *large = arena_bytes(a, ENTRY_BYTES);
	str rest, e;

	memset(large, 'x', ENTRY_BYTES);
	entry_put(&b, S("one"));
	entry_put(&b, S(""));
	entry_put(&b, (str){ large, ENTRY_BYTES });
	rest = buf_done(&b);
	ok(entry_take(&rest, &e) && str_eq(e, S("one")) && entry_take(&rest, &e) && !e.n &&
	    entry_take(&rest, &e) && e.n == ENTRY_BYTES && !rest.n && !entry_take(&rest, &e),
	    "a bundle gives back what was put in");
	rest = S("\0\4abc");
	ok(!entry_take(&rest, &e), "a torn one does not");
}

/* ---- a log kept as the rows the header speaks of ---------------------------------- */

#define ROWS	1024

struct store {
	struct arena *a;
	struct merkle_range range;
	struct hash row[2][ROWS];
	int reads;
};

static void append(struct store *s, str entry)
{
	struct tile_hash h[TILE_LEVEL_MAX + 1];
	struct hash leaf, up[MERKLE_LEVELS];
	size_t n, m;

	merkle_leaf(&leaf, entry);
	n = merkle_add(&s->range, &leaf, up);
	m = tile_hashes(&s->range, up, n, h);
	for (size_t i = 0; i < m; i++)
		s->row[h[i].level][h[i].index] = h[i].hash;
}

static str tile_bytes(const struct store *s, struct tile t)
{
	return (str){ (const char *)&s->row[t.level][t.index * TILE_WIDTH], t.width * 32 };
}

static err read_tile(void *ctx, struct tile t, str *bytes)
{
	struct store *s = ctx;

	s->reads++;
	*bytes = tile_bytes(s, t);
	return NULL;
}

static void proofs(struct arena *a)
{
	struct store *s = NEW(a, struct store);
	str entry[700];
	size_t n = vector_entries(a, entry, 700);
	int good = 0, most = 0;
	struct hash root, leaf;

	for (size_t i = 0; i < n; i++)
		append(s, entry[i]);
	merkle_root(&s->range, &root);
	for (size_t i = 0; i < n; i++) {
		struct tile_tree t = { .a = a, .size = n, .read = read_tile, .ctx = s };
		struct merkle_nodes nodes = tile_nodes(&t);
		struct merkle_proof p;
		s->reads = 0;
		merkle_leaf(&leaf, entry[i]);
		good += !merkle_inclusion(&nodes, i, n, &p) &&
		    merkle_inclusion_ok(i, n, &leaf, &p, &root);
		most = s->reads > most ? s->reads : most;
	}
	ok(n == 700 && good == 700, "each of 700 entries proven from tiles");
	ok(most <= 3, "from at most %d tiles", most);
}

static err torn(void *ctx, struct tile t, str *bytes)
{
	(void)ctx;
	(void)t;
	*bytes = S("no hashes");
	return NULL;
}

static void torn_tile(struct arena *a)
{
	struct tile_tree t = { .a = a, .size = 700, .read = torn };
	struct merkle_nodes nodes = tile_nodes(&t);
	struct hash root;
	err e = merkle_root_of(&nodes, 700, &root);

	ok(e && str_eq(str_of(e->rule), S("log-tile")), "a torn tile is told");
}

/* ---- our own vectors --------------------------------------------------------------- */

struct compare { struct arena *a; const struct store *s; int n, same; bool ours; };

static err compare(void *ctx, struct tile t)
{
	struct compare *c = ctx;
	str path = tile_path(c->a, t), want;

	if (t.level == TILE_ENTRIES)
		return NULL;
	want = c->ours ? vector_ours(c->a, path) : vector_other(c->a, arena_cstr(c->a,
	    arena_printf(c->a, "tlog-tiles/testdata/log/%.*s", SV(path))));
	c->n++;
	c->same += want.n && str_eq(want, tile_bytes(c->s, t));
	return NULL;
}

static void ours(struct arena *a)
{
	struct store *s = NEW(a, struct store);
	struct compare c = { .a = a, .s = s, .ours = true };
	str entry[700];
	size_t n = vector_entries(a, entry, 700);

	for (size_t i = 0; i < n; i++)
		append(s, entry[i]);
	CHECK(!tile_each_new(0, n, compare, &c));
	ok(c.n == 4 && c.same == 4, "the tiles of laris-log, byte for byte");
}

/* ---- transparency-dev/tessera ------------------------------------------------------- */

#define TESSERA_KEY	S("PRIVATE+KEY+example.com/log/testdata+33d7b496+" \
	"AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg")

static bool checkpoint_same(struct arena *a, const struct store *s, const char *name)
{
	struct checkpoint c = { .origin = S("example.com/log/testdata"), .size = s->range.size };
	struct note_signer key;
	str want = vector_other(a, arena_cstr(a, arena_printf(a, "tlog-tiles/testdata/log/%s",
	    name)));

	merkle_root(&s->range, &c.root);
	CHECK(note_signer_parse(TESSERA_KEY, &key));
	return want.n && str_eq(want, note_make(a, checkpoint_text(a, &c), &key, 0));
}

static void tessera(struct arena *a)
{
	static const char *const words[] = { "one", "two", "three", "four", "five", "six",
		"seven", "eit", "nain", "ten", "ileven", "twelf", "threeten", "fourten", "fivten" };
	struct store *s = NEW(a, struct store);
	struct compare c = { .a = a, .s = s };
	struct buf bundle = BUF(a, 4096);
	int points = 0, bundles_same = 0;

	if (!vector_other(a, "tlog-tiles/testdata/log/checkpoint").n) {
		ok(true, "tessera # SKIP no vectors; say where in LARIS_VECTORS");
		return;
	}
	points += checkpoint_same(a, s, "checkpoint.0");
	for (size_t i = 0; i < countof(words); i++) {
		struct tile e = { TILE_ENTRIES, 0, (unsigned)i + 1 };
		append(s, str_of(words[i]));
		entry_put(&bundle, str_of(words[i]));
		CHECK(!tile_each_new(i, i + 1, compare, &c));
		points += checkpoint_same(a, s, arena_cstr(a, arena_printf(a, "checkpoint.%zu",
		    i + 1)));
		bundles_same += str_eq(buf_done(&bundle), vector_other(a, arena_cstr(a,
		    arena_printf(a, "tlog-tiles/testdata/log/%.*s", SV(tile_path(a, e))))));
	}
	points += checkpoint_same(a, s, "checkpoint");
	ok(c.n == 15 && c.same == 15 && bundles_same == 15, "tessera's tiles, byte for byte");
	ok(points == 17, "tessera's checkpoints, byte for byte: %d", points);
}

int main(void)
{
	CLEANUP(arena_free) struct arena *a = arena_new();

	paths(a);
	widths();
	bundles(a);
	proofs(a);
	torn_tile(a);
	ours(a);
	tessera(a);
	return done();
}
