/* poster_text.c - a sale's own sentences for its posters, and how they leave with its practice. */
#include "mod/festival/poster_text.h"
#include "festival_read.h"
#include "festival_write.h"

static const struct { const char *code; enum text_id usual; } known[POSTER_TEXTS] = {
	[POSTER_CALL] = { "call", TEXT_poster_call },
	[POSTER_SCAN] = { "scan", TEXT_poster_scan },
	[POSTER_PART] = { "part", TEXT_poster_part },
};

const char *poster_text_code(enum poster_text t)
{
	return known[t].code;
}

enum text_id poster_text_usual(enum poster_text t)
{
	return known[t].usual;
}

err poster_texts_load(struct db *db, const struct festival *f, str say[POSTER_TEXTS])
{
	struct festival_poster_text_list *l;
	size_t n;

	TRY(festival_q_poster_text_list(db, f->city, f->id, &l, &n));
	for (int i = 0; i < POSTER_TEXTS; i++) {
		say[i] = (str){ 0 };
		for (size_t k = 0; k < n; k++)
			if (str_eq(l[k].code, str_of(known[i].code)))
				say[i] = l[k].say;
	}
	return NULL;
}

err poster_texts_set(struct tx *tx, const struct festival *f, const str say[POSTER_TEXTS])
{
	TRY(festival_q_poster_text_clear(tx, f->city, f->id, NULL));
	for (int i = 0; i < POSTER_TEXTS; i++) {
		if (say[i].n > POSTER_TEXT_MAX)
			return ERR(db_arena(tx->db), ERR_INVALID, "poster-long", .field =
			    known[i].code, .arg = { say[i] });
		if (say[i].n)
			TRY(festival_q_poster_text_put(tx, f->city, f->id, str_of(known[i].code),
			    say[i], NULL));
	}
	return NULL;
}

/* ---- what one city gives another ---------------------------------------------------- */

#define SENTENCE(p, t)	{ .path = "posters/" p, .type = PRACTICE_TEXT, .policy = PRACTICE_FREE, \
	.say = (t) }
const struct practice_rule poster_rules[POSTER_TEXTS] = {
	SENTENCE("call", TEXT_practice_poster_call),
	SENTENCE("scan", TEXT_practice_poster_scan),
	SENTENCE("part", TEXT_practice_poster_part),
};

static str path(struct arena *a, int i)
{
	return arena_printf(a, "posters/%s", known[i].code);
}

/* Only its own: the program's sentences are there already, in the reader's language. */
err poster_read(struct db *db, const struct city *city, int64_t id, struct practice_list *l)
{
	str say[POSTER_TEXTS];
	struct festival f;

	TRY(festival_find(db, city->id, id_text(db_arena(db), id), &f));
	TRY(poster_texts_load(db, &f, say));
	for (int i = 0; i < POSTER_TEXTS; i++)
		if (say[i].n)
			practice_text(l, path(l->a, i), say[i]);
	return NULL;
}

err poster_write(const struct practice_write *w)
{
	struct arena *a = db_arena(w->tx->db);
	str say[POSTER_TEXTS];
	struct festival f;

	TRY(festival_find(w->tx->db, w->city->id, id_text(a, w->subject), &f));
	for (int i = 0; i < POSTER_TEXTS; i++)
		say[i] = practice_get_text(w->want, path(a, i).p);
	return poster_texts_set(w->tx, &f, say);
}
