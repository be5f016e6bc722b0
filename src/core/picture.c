/* picture.c - reads and writes PNG with Cairo. */
#include "core/picture.h"
#include <cairo.h>
#include <string.h>

#define HEAD	8		/* of the file; of a chunk: length and name	*/
#define TAIL	4		/* of a chunk: its CRC		*/
#define LARGEST	(2u << 20)	/* of what we write		*/

static err broken(struct arena *a)
{
	return ERR(a, ERR_INVALID, "picture-broken", .field = "emblem");
}

static uint32_t number_at(str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p + at;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* What makes the pixels (PNG 5.6); the rest is about them. */
static bool is_pixels(str name)
{
	static const str names[] = { S_INIT("IHDR"), S_INIT("PLTE"), S_INIT("tRNS"),
	    S_INIT("IDAT"), S_INIT("IEND") };

	for (size_t i = 0; i < countof(names); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

static err sift(struct arena *a, str in, str *out)
{
	struct buf b = BUF(a, in.n);
	size_t at = HEAD;
	bool end = false;

	buf_str(&b, str_sub(in, 0, HEAD));
	while (!end) {
		if (in.n - at < HEAD + TAIL)
			return broken(a);
		size_t n = number_at(in, at);
		str name = str_sub(in, at + 4, 4);
		if (n > in.n - at - HEAD - TAIL)
			return broken(a);
		if (is_pixels(name))
			buf_str(&b, str_sub(in, at, HEAD + n + TAIL));
		end = str_eq(name, S("IEND"));
		at += HEAD + n + TAIL;
	}
	*out = buf_done(&b);
	return NULL;
}

/* The signature, and the size that must be the first thing said. */
static err head_check(struct arena *a, str s, int most)
{
	static const char magic[] = "\x89PNG\r\n\x1a\n";

	if (!str_starts(s, (str){ magic, HEAD }))
		return ERR(a, ERR_INVALID, "picture-kind", .field = "emblem");
	if (s.n < HEAD + HEAD + 13 + TAIL || number_at(s, HEAD) != 13 ||
	    !str_eq(str_sub(s, HEAD + 4, 4), S("IHDR")))
		return broken(a);
	uint32_t w = number_at(s, HEAD + HEAD), h = number_at(s, HEAD + HEAD + 4);
	if (w == 0 || h == 0)
		return broken(a);
	if (w > (uint32_t)most || h > (uint32_t)most)
		return ERR(a, ERR_INVALID, "picture-size", .field = "emblem",
		    .arg = { arena_printf(a, "%u", w), arena_printf(a, "%u", h),
		        arena_printf(a, "%d", most) });
	return NULL;
}

static cairo_status_t take(void *ctx, unsigned char *to, unsigned n)
{
	str *left = ctx;

	if (left->n < n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, left->p, n);
	*left = str_sub(*left, n, left->n);
	return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t put(void *ctx, const unsigned char *p, unsigned n)
{
	struct buf *b = ctx;

	buf_str(b, (str){ (const char *)p, n });
	return b->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static err write_new(struct arena *a, cairo_surface_t *s, struct picture *out)
{
	struct buf b = BUF(a, LARGEST);

	if (cairo_surface_write_to_png_stream(s, put, &b))
		return broken(a);
	*out = (struct picture){ buf_done(&b), cairo_image_surface_get_width(s),
	    cairo_image_surface_get_height(s) };
	return NULL;
}

cairo_surface_t *picture_pixels(str png)
{
	return cairo_image_surface_create_from_png_stream(take, &png);
}

err picture_read(struct arena *a, str sent, int most, struct picture *out)
{
	str png;

	TRY(head_check(a, sent, most));
	TRY(sift(a, sent, &png));
	cairo_surface_t *s = picture_pixels(png);
	err e = cairo_surface_status(s) ? broken(a) : write_new(a, s, out);
	cairo_surface_destroy(s);
	if (!e && (out->w > most || out->h > most))	/* a second IHDR */
		return broken(a);
	return e;
}

static cairo_surface_t *scaled(cairo_surface_t *s, const struct picture *p, int w, int h)
{
	cairo_surface_t *small = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w, h);
	cairo_t *cr = cairo_create(small);

	cairo_scale(cr, (double)w / p->w, (double)h / p->h);
	cairo_set_source_surface(cr, s, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
	cairo_paint(cr);
	cairo_destroy(cr);
	return small;
}

err picture_shrink(struct arena *a, const struct picture *p, int side, struct picture *out)
{
	int longest = p->w > p->h ? p->w : p->h;

	*out = *p;
	if (longest <= side)
		return NULL;
	int w = p->w * side / longest, h = p->h * side / longest;
	cairo_surface_t *s = picture_pixels(p->png);
	cairo_surface_t *small = scaled(s, p, w ? w : 1, h ? h : 1);
	err e = cairo_surface_status(s) ? broken(a) : write_new(a, small, out);
	cairo_surface_destroy(small);
	cairo_surface_destroy(s);
	return e;
}
