#include "mod/promo/words.h"
#include <string.h>

#define ROOT	4	/* letters a stem keeps at least		*/

/* A cut: bytes gone from the front, and the letter that a nasal swallowed. */
struct cut { size_t gone; char back; };

static bool vowel(char c)
{
	return c && strchr("aiueo", c);
}

static bool begins(str s, const char *with)
{
	return str_starts(s, str_of(with));
}

/*
 * me- and pe- melt into the next sound: meng-, meny-, mem-, men-, and
 * plain me- before l m n r w y.  p, t and s fall away behind the nasal
 * ("memakai" is pakai), and come back here.
 */
static struct cut nasal(str s)
{
	static const struct { const char *nasal; size_t gone; char swallowed; } melts[] = {
		{ "eng", 4, 0 }, { "eny", 4, 's' }, { "em", 3, 'p' }, { "en", 3, 't' },
	};
	str r = str_sub(s, 1, s.n);	/* behind m or p */

	for (size_t i = 0; i < countof(melts); i++) {
		size_t gone = melts[i].gone;
		if (!begins(r, melts[i].nasal) || s.n <= gone || s.p[gone] == 'm')
			continue;
		bool back = i == 1 || vowel(s.p[gone]);
		return (struct cut){ gone, back ? melts[i].swallowed : (char)0 };
	}
	if (s.n > 2 && s.p[1] == 'e' && strchr("lmnrwy", s.p[2]))
		return (struct cut){ 2, 0 };
	return (struct cut){ 0, 0 };
}

static struct cut prefix(str s)
{
	if (begins(s, "di"))
		return (struct cut){ 2, 0 };
	if (begins(s, "ber") || begins(s, "ter") ||
	    (begins(s, "per") && s.n > 3 && !vowel(s.p[3])))
		return (struct cut){ 3, 0 };
	if (s.n && (s.p[0] == 'm' || s.p[0] == 'p'))
		return nasal(s);
	return (struct cut){ 0, 0 };
}

/* Twice at most ("memperbaiki"), as long as "keep" letters are left. */
static str front_off(struct arena *a, str s, size_t keep)
{
	for (int i = 0; i < 2; i++) {
		struct cut c = prefix(s);
		if (!c.gone || s.n - c.gone + (c.back != 0) < keep)
			break;
		str rest = str_sub(s, c.gone, s.n);
		s = c.back ? arena_printf(a, "%c%.*s", c.back, SV(rest)) : rest;
	}
	return s;
}

/* "membel" is no word with me- in front of it: look at what would remain. */
static bool root_left(struct arena *a, str s)
{
	return front_off(a, s, 1).n >= ROOT;
}

static str back_off(struct arena *a, str s)
{
	static const char *const ends[] = { "kan", "an", "i" };

	if (str_ends(s, S("nya")) && s.n >= ROOT + 3)
		s.n -= 3;
	for (size_t i = 0; i < countof(ends); i++) {
		str end = str_of(ends[i]), rest = s;
		if (!str_ends(s, end) || s.n <= end.n)
			continue;
		rest.n -= end.n;
		if (i == 2 && rest.p[rest.n - 1] == 'a')	/* pakai, ramai: one sound */
			continue;
		if (root_left(a, rest))
			return rest;
	}
	return s;
}

str word_stem(struct arena *a, str s)
{
	return front_off(a, back_off(a, s), ROOT);
}

static bool says_nothing(str s)
{
	static const char *const small[] = { "dan", "di", "ke", "dari", "yang", "untuk", "dengan",
	    "atau", "ini", "itu", "pada", "the", "and", "of", "for", "with" };

	for (size_t i = 0; i < countof(small); i++)
		if (str_eq(s, str_of(small[i])))
			return true;
	return s.n < 2;
}

static bool letter(char x)
{
	unsigned char c = (unsigned char)x, small = c | 0x20;

	return (c >= '0' && c <= '9') || (small >= 'a' && small <= 'z') || c >= 128;
}

/* The first n bytes or fewer in small letters, never half a letter. */
static str small_letters(struct arena *a, str s, size_t n)
{
	while (n && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	char *p = arena_bytes(a, n + 1);
	for (size_t i = 0; i < n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
	return (str){ p, n };
}

/* The next word, small letters; false at the end. */
static bool next_word(struct arena *a, str *text, str *word)
{
	size_t from = 0, to;

	while (from < text->n && !letter(text->p[from]))
		from++;
	for (to = from; to < text->n && letter(text->p[to]); to++)
		;
	if (from == to)
		return false;
	str whole = str_sub(*text, from, to - from);
	*word = small_letters(a, whole, whole.n < WORD_MAX ? whole.n : WORD_MAX);
	*text = str_sub(*text, to, text->n);
	return true;
}

size_t words_of(struct arena *a, str text, str *out, size_t max)
{
	size_t n = 0;
	str w;

	while (n < max && next_word(a, &text, &w)) {
		bool there = says_nothing(w);
		w = word_stem(a, w);
		for (size_t i = 0; i < n && !there; i++)
			there = str_eq(out[i], w);
		if (!there && w.n)
			out[n++] = w;
	}
	return n;
}
