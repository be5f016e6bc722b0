/* import_say.c - what is wrong with a line, in words; files to begin with. */
#include "mod/festival/import.h"
#include <string.h>

#define TYPED_MAX	60	/* bytes of what was typed that are repeated */

/* What is wrong, {1} being what was typed, and what to do: TEXT_none is
 * the sentence of the rule itself. */
static const struct { const char *rule; enum text_id wrong, todo; } says[] = {
	{ "field-needed", TEXT_import_empty, TEXT_import_fill },
	{ "field-short", TEXT_import_short, TEXT_none },
	{ "field-long", TEXT_import_long, TEXT_none },
	{ "field-text", TEXT_import_letters, TEXT_import_plain },
	{ "field-range", TEXT_import_range, TEXT_none },
	{ "field-rupiah", TEXT_import_no_amount, TEXT_none },
	{ "field-day", TEXT_import_no_day, TEXT_none },
	{ "field-phone", TEXT_import_no_phone, TEXT_none },
	{ "field-event", TEXT_import_no_event, TEXT_none },
	{ "field-card", TEXT_import_no_card, TEXT_import_nine },
	{ "import-word", TEXT_import_no_word, TEXT_none },
	{ "import-time", TEXT_import_no_time, TEXT_none },
	{ "import-dates", TEXT_import_outside, TEXT_none },
	{ "import-venue", TEXT_import_no_venue, TEXT_none },
	{ "import-village", TEXT_import_no_village, TEXT_none },
	{ "import-village-twice", TEXT_import_two_villages, TEXT_none },
	{ "import-refused", TEXT_import_was_refused, TEXT_none },
	{ "import-cells", TEXT_import_more_cells, TEXT_none },
	{ "merchant-unknown", TEXT_import_no_merchant, TEXT_import_code },
	{ "merchant-not-admitted", TEXT_import_not_in, TEXT_import_admit },
	{ "card-unknown", TEXT_import_no_such_card, TEXT_import_digits },
	{ "card-blocked", TEXT_import_blocked, TEXT_import_no_card_then },
	{ "event-reused", TEXT_import_event_there, TEXT_import_other_event },
	{ "nik-refused", TEXT_import_nik, TEXT_import_take_out },
	{ "csv-quote", TEXT_import_quote_open, TEXT_import_quote_close },
	{ "csv-cell", TEXT_import_cell_long, TEXT_import_cell_split },
};

/* On one line, no letter cut in two. */
static str short_of(struct arena *a, str s)
{
	size_t n = s.n;

	if (n <= TYPED_MAX)
		return s;
	for (n = TYPED_MAX; n && ((unsigned char)s.p[n] & 0xc0) == 0x80;)
		n--;
	return arena_printf(a, "%.*s…", (int)n, s.p);
}

void import_words(struct arena *a, enum lang lang, const struct import_bad *bad,
    struct import_words *w)
{
	str typed = short_of(a, bad->typed);

	w->todo = err_text(a, lang, bad->e);
	w->column = short_of(a, bad->column.n ? bad->column : text(lang, TEXT_import_the_line));
	w->wrong = text_fill(a, lang, TEXT_import_value, &typed, 1);
	for (size_t i = 0; i < countof(says); i++) {
		if (strcmp(bad->e->rule, says[i].rule) != 0)
			continue;
		w->wrong = text_fill(a, lang, says[i].wrong, &typed, 1);
		if (says[i].todo != TEXT_none)
			w->todo = text(lang, says[i].todo);
	}
	if (!strcmp(bad->e->rule, "import-word"))
		w->todo = text_fill(a, lang, TEXT_err_import_word, &bad->e->arg[lang], 1);
}

void import_say(struct buf *out, enum lang lang, const struct import_bad *bad)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct import_words w;

	import_words(a, lang, bad, &w);
	buf_str(out, text(lang, TEXT_import_line));
	buf_printf(out, " %lld: %.*s: %.*s: %.*s\n", (long long)bad->line, SV(w.column),
	    SV(w.wrong), SV(w.todo));
}
