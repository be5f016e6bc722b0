/* Files of web/ in the program: found by name, sent in the right coding. */
#include "core/asset.h"

#include <string.h>
#include <zlib.h>

#include "tap.h"

static const struct asset sample = { "a.css", "a.0123456789.css", "text/css", "W/\"0123456789\"",
	(const unsigned char *)"raw!", (const unsigned char *)"gz!", (const unsigned char *)"br",
	4, 3, 2 };

static void pick(const char *header, const char *want)
{
	const char *encoding = "?";
	str got = asset_pick(&sample, str_of(header), &encoding);

	ok(want ? encoding && !strcmp(encoding, want) : !encoding, "\"%s\" gets %s",
	    header, want ? want : "the file as it is");
	ok(got.n == (want ? strlen(want) == 2 ? 2u : 3u : 4u), "  and its bytes");
}

static bool unpacks(const struct asset *x)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	char *out = arena_bytes(a, x->n + 1);
	z_stream z = { 0 };

	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return false;
	unsigned char *in = arena_alloc(a, x->n_gz, 1);
	memcpy(in, x->gz, x->n_gz);
	z.next_in = in;
	z.avail_in = (unsigned)x->n_gz;
	z.next_out = (unsigned char *)out;
	z.avail_out = (unsigned)x->n + 1;
	bool good = inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == x->n &&
	    !memcmp(out, x->raw, x->n);
	(void)inflateEnd(&z);
	return good;
}

int main(void)
{
	pick("gzip, deflate, br", "br");
	pick("gzip", "gzip");
	pick("GZIP;q=0.5 , identity", "gzip");
	pick("br;q=0, gzip;q=1.0", "gzip");
	pick("br; q=0.000,gzip ; q=0", NULL);
	pick("", NULL);
	pick("brotli, xgzip", NULL);
	ok(!asset_find("nothing.css") && !asset_by_hashed(S("laris.css")),
	    "no such file; a plain name is no URL");
	for (size_t i = 0; i < asset_count; i++) {
		const struct asset *x = &asset_table[i];

		ok(asset_find(x->name) == x && asset_by_hashed(str_of(x->hashed)) == x,
		    "%s: found by both names", x->name);
		ok(x->n > 0 && x->type && strchr(x->etag, '"'), "%s: has bytes and a type",
		    x->name);
		ok(!x->gz || unpacks(x), "%s: gzip unpacks to the file", x->name);
	}
	ok(strlen(asset_version) == 10, "a version of all together");
	return done();
}
