#include "core/colour.h"
#include <math.h>

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool colour_parse(str s, unsigned *out)
{
	unsigned rgb = 0;

	if (str_starts(s, S("#")))
		s = str_sub(s, 1, s.n);
	if (s.n != 3 && s.n != 6)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int d = digit(s.p[i]);
		if (d < 0)
			return false;
		rgb = rgb << 4 | (unsigned)d;
		if (s.n == 3)
			rgb = rgb << 4 | (unsigned)d;
	}
	*out = rgb;
	return true;
}

str colour_text(struct arena *a, unsigned rgb)
{
	return arena_printf(a, "#%06x", rgb);
}

/* 0.04045 where the recommendation's older texts say 0.03928: the same for 8 bits. */
static double linear(unsigned byte)
{
	double c = byte / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double colour_luminance(unsigned rgb)
{
	return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) +
	    0.0722 * linear(rgb & 0xff);
}

static double ratio(double a, double b)
{
	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

double colour_contrast(unsigned a, unsigned b)
{
	return ratio(colour_luminance(a), colour_luminance(b));
}

double colour_weakest(unsigned c, const unsigned *grounds, size_t n)
{
	double own = colour_luminance(c), least = 21;

	for (size_t i = 0; i < n; i++)
		least = fmin(least, ratio(own, colour_luminance(grounds[i])));
	return least;
}

/* "part" of 255 of the way from c to the end. */
static unsigned toward(unsigned c, unsigned end, unsigned part)
{
	unsigned out = 0;

	for (int shift = 16; shift >= 0; shift -= 8) {
		unsigned from = c >> shift & 0xff, to = end >> shift & 0xff;
		out |= (from * (255 - part) + to * part) / 255 << shift;
	}
	return out;
}

/* Each step is darker (or lighter) than the one before, so halving finds the first. */
unsigned colour_nearest(unsigned c, unsigned end, const unsigned *grounds, size_t n, double least)
{
	unsigned low = 0, high = 255;

	while (low < high) {
		unsigned middle = (low + high) / 2;
		if (colour_weakest(toward(c, end, middle), grounds, n) >= least)
			high = middle;
		else
			low = middle + 1;
	}
	return toward(c, end, low);
}

str colour_ratio(struct arena *a, enum lang lang, double r)
{
	int hundredths = (int)(r * 100 + 1e-9);

	return arena_printf(a, "%d%c%02d", hundredths / 100, lang == LANG_EN ? '.' : ',',
	    hundredths % 100);
}
