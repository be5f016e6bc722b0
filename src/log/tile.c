#include "log/tile.h"
#include <string.h>

#define GROUPS	6			/* of three digits: 2^63 / 256 has 17 */

/* ---- names -------------------------------------------------------------- */

/* 1234067 is x001/x234/067: no file is also a folder. */
static void put_index(struct buf *b, uint64_t index)
{
	unsigned group[GROUPS] = { 0 };
	int n = 0;

	do {
		CHECK(n < GROUPS);
		group[n++] = (unsigned)(index % 1000);
		index /= 1000;
	} while (index);
	while (n--)
		buf_printf(b, n ? "x%03u/" : "%03u", group[n]);
}

str tile_path(struct arena *a, struct tile t)
{
	struct buf b = BUF(a, 64);

	CHECK(t.width >= 1 && t.width <= TILE_WIDTH && t.level <= TILE_LEVEL_MAX);
	if (t.level == TILE_ENTRIES)
		buf_str(&b, S("tile/entries/"));
	else
		buf_printf(&b, "tile/%d/", t.level);
	put_index(&b, t.index);
	if (t.width < TILE_WIDTH)
		buf_printf(&b, ".p/%u", t.width);
	return buf_done(&b);
}

static bool take_level(str *path, int *level)
{
	str word;

	if (!str_take(path, '/', &word) || !str_eq(word, S("tile")) ||
	    !str_take(path, '/', &word))
		return false;
	if (str_eq(word, S("entries"))) {
		*level = TILE_ENTRIES;
		return true;
	}
	*level = word.n == 1 ? word.p[0] - '0' : -1;
	return *level >= 0 && *level <= TILE_LEVEL_MAX;
}

/* Three digits, behind an x unless they are the last. */
static bool take_index(str *path, uint64_t *index)
{
	*index = 0;
	for (int n = 0; n < GROUPS; n++) {
		bool more = str_starts(*path, S("x"));
		int64_t group;
		if (!str_int(str_sub(*path, more, 3), 0, 999, &group) ||
		    path->n < (size_t)more + 3)
			return false;
		*index = *index * 1000 + (uint64_t)group;
		*path = str_sub(*path, more + 3u, path->n);
		if (!more)
			return true;
		if (!*index || !str_starts(*path, S("/")))
			return false;
		*path = str_sub(*path, 1, path->n);
	}
	return false;
}

bool tile_parse(str path, struct tile *t)
{
	int64_t width;

	*t = (struct tile){ .width = TILE_WIDTH };
	if (path.n > 64 || !take_level(&path, &t->level) || !take_index(&path, &t->index))
		return false;
	if (!path.n)
		return true;
	if (!str_starts(path, S(".p/")))
		return false;
	path = str_sub(path, 3, path.n);
	if (!str_int(path, 1, TILE_WIDTH - 1, &width) || path.p[0] == '0')
		return false;
	t->width = (unsigned)width;
	return true;
}

/* ---- which there are ------------------------------------------------------ */

static unsigned shift(int level)
{
	return level == TILE_ENTRIES ? 0 : 8 * (unsigned)level;
}

unsigned tile_width(int level, uint64_t index, uint64_t size)
{
	uint64_t hashes = size >> shift(level), full = hashes / TILE_WIDTH;

	if (index < full)
		return TILE_WIDTH;
	return index == full ? (unsigned)(hashes % TILE_WIDTH) : 0;
}

err tile_each_new(uint64_t old, uint64_t size, err (*each)(void *ctx, struct tile), void *ctx)
{
	CHECK(old <= size && size <= MERKLE_SIZE_MAX);
	for (int level = TILE_ENTRIES; level <= TILE_LEVEL_MAX; level++) {
		uint64_t from = old >> shift(level), to = size >> shift(level);
		if (from == to)
			continue;
		for (uint64_t i = from / TILE_WIDTH; i <= (to - 1) / TILE_WIDTH; i++)
			TRY(each(ctx, (struct tile){ level, i, tile_width(level, i, size) }));
	}
	return NULL;
}

size_t tile_hashes(const struct merkle_range *after, const struct hash *up, size_t n,
    struct tile_hash out[TILE_LEVEL_MAX + 1])
{
	size_t found = 0;

	for (size_t i = 0; i < n; i += 8)
		out[found++] = (struct tile_hash){ (int)(i / 8), (after->size >> i) - 1, up[i] };
	return found;
}

/* ---- entry bundles ---------------------------------------------------------- */

void entry_put(struct buf *b, str entry)
{
	CHECK(entry.n <= ENTRY_BYTES);
	buf_char(b, (char)(entry.n >> 8));
	buf_char(b, (char)(entry.n & 0xff));
	buf_str(b, entry);
}

bool entry_take(str *rest, str *entry)
{
	size_t n;

	if (rest->n < 2)
		return false;
	n = (size_t)(unsigned char)rest->p[0] << 8 | (unsigned char)rest->p[1];
	if (rest->n - 2 < n)
		return false;
	*entry = str_sub(*rest, 2, n);
	*rest = str_sub(*rest, 2 + n, rest->n);
	return true;
}

/* ---- proofs from tiles -------------------------------------------------------- */

static err fetch(struct tile_tree *t, int level, uint64_t index, str *bytes)
{
	struct tile name = { level, index, tile_width(level, index, t->size) };

	CHECK(name.width);
	if (t->kept[level].there && t->kept[level].index == index) {
		*bytes = t->kept[level].bytes;
		return NULL;
	}
	TRY(t->read(t->ctx, name, bytes));
	if (bytes->n != name.width * sizeof(struct hash))
		return ERR(t->a, ERR_INTERNAL, "log-tile", .arg = { tile_path(t->a, name) });
	t->kept[level].there = true;
	t->kept[level].index = index;
	t->kept[level].bytes = *bytes;
	return NULL;
}

/* Within a tile: the 2^(level mod 8) hashes below the node, joined. */
static err node(void *ctx, unsigned level, uint64_t index, struct hash *h)
{
	struct tile_tree *t = ctx;
	struct hash row[TILE_WIDTH / 2];
	unsigned in = level % 8;
	uint64_t first = index << in;
	str bytes;

	TRY(fetch(t, (int)(level / 8), first / TILE_WIDTH, &bytes));
	CHECK((first % TILE_WIDTH + (1u << in)) * sizeof *h <= bytes.n);
	memcpy(row, bytes.p + first % TILE_WIDTH * sizeof *h, sizeof *h << in);
	for (unsigned n = 1u << in; n > 1; n /= 2)
		for (unsigned i = 0; i < n / 2; i++)
			merkle_node(&row[i], &row[2 * i], &row[2 * i + 1]);
	*h = row[0];
	return NULL;
}

struct merkle_nodes tile_nodes(struct tile_tree *t)
{
	return (struct merkle_nodes){ node, t };
}
