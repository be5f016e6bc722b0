#include "html/text.h"

#include <string.h>

static const struct text_row *row_of(enum text_id id)
{
	CHECK((size_t)id < text_table_n);
	return &text_table[id];
}

str text(enum lang lang, enum text_id id)
{
	return row_of(id)->in[lang].whole;
}

const struct text_piece *text_pieces(enum lang lang, enum text_id id, size_t *n)
{
	const struct text_row *row = row_of(id);
	*n = row->in[lang].n;
	return row->in[lang].pieces;
}

static str fill(struct arena *a, enum lang lang, const struct text_row *row,
    const str *args, size_t n)
{
	const struct text_piece *piece = row->in[lang].pieces;
	size_t n_pieces = row->in[lang].n, size = 0;
	for (size_t i = 0; i < n_pieces; i++) {
		size_t arg = (size_t)piece[i].arg;
		size += piece[i].lit.n + (arg && arg <= n ? args[arg - 1].n : 0);
	}
	struct buf b = BUF(a, size + 1);
	for (size_t i = 0; i < n_pieces; i++) {
		size_t arg = (size_t)piece[i].arg;
		buf_str(&b, piece[i].lit);
		if (arg && arg <= n)
			buf_str(&b, args[arg - 1]);
	}
	return buf_done(&b);
}

str text_fill(struct arena *a, enum lang lang, enum text_id id, const str *args, size_t n)
{
	return fill(a, lang, row_of(id), args, n);
}

static const struct text_row *find(str key)
{
	size_t from = 1, to = text_table_n;	/* 0 is TEXT_none */
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		int order = str_cmp(key, str_of(text_table[mid].key));
		if (!order)
			return &text_table[mid];
		if (order < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return NULL;
}

bool text_by_key(enum lang lang, const char *key, str *out)
{
	const struct text_row *row = find(str_of(key));
	if (row)
		*out = row->in[lang].whole;
	return row;
}

/* textc.py sees to it that each ERR(…) in the code has its text; a rule
 * without one (a library's own) is better shown as code than hidden. */
str err_text(struct arena *a, enum lang lang, err e)
{
	if (!e)
		return S("");
	const struct text_row *row = find(arena_printf(a, "err.%s", e->rule));
	if (!row)
		return str_of(e->rule);
	return fill(a, lang, row, e->arg, countof(e->arg));
}
