/* name.c - is the name on the sticker this business? */
#include "mod/qris/qris.h"

enum { WORDS = 16, LETTERS = 24 };

struct words { char v[WORDS][LETTERS + 1]; size_t n; };

static bool letter(char c, char *low)
{
	*low = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	return (*low >= 'a' && *low <= 'z') || (c >= '0' && c <= '9');
}

/* Said of so many that it tells nobody apart. */
static bool common(str w)
{
	static const char *const list[] = { "warung", "toko", "kedai", "depot", "rumah", "makan",
		"kios", "lapak", "usaha", "cabang", "pak", "bapak", "ibu", "mas", "mbak", "haji",
		"umkm", "tbk", "dan", "the", "pasar", "store", "shop" };

	for (size_t i = 0; i < countof(list); i++)
		if (str_eq(w, str_of(list[i])))
			return true;
	return w.n < 3;
}

static void words_take(str name, struct words *w)
{
	size_t n = 0;

	w->n = 0;
	for (size_t i = 0; i <= name.n && w->n < WORDS; i++) {
		char low;
		if (i < name.n && letter(name.p[i], &low)) {
			if (n < LETTERS)
				w->v[w->n][n++] = low;
			continue;
		}
		w->v[w->n][n] = '\0';
		if (n && !common((str){ w->v[w->n], n }))
			w->n++;
		n = 0;
	}
}

static size_t same_begin(str a, str b)
{
	size_t i = 0;

	while (i < a.n && i < b.n && a.p[i] == b.p[i])
		i++;
	return i;
}

static size_t same_end(str a, str b)
{
	size_t i = 0;

	while (i < a.n && i < b.n && a.p[a.n - 1 - i] == b.p[b.n - 1 - i])
		i++;
	return i;
}

/* One letter off, or one cut short by the sticker's 25 characters. */
static bool word_like(str a, str b)
{
	size_t longer = a.n > b.n ? a.n : b.n, front = same_begin(a, b);
	size_t left = longer - front;

	if (front == a.n || front == b.n)
		return front >= 3;
	size_t back = same_end(str_sub(a, front, LETTERS), str_sub(b, front, LETTERS));
	return left - back <= 1 && front + back >= 4;
}

bool qris_name_like(str on_qris, str name)
{
	struct words a, b;

	words_take(on_qris, &a);
	words_take(name, &b);
	for (size_t i = 0; i < a.n; i++)
		for (size_t j = 0; j < b.n; j++)
			if (word_like(str_of(a.v[i]), str_of(b.v[j])))
				return true;
	return !a.n || !b.n;
}
