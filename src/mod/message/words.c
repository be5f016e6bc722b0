/* words.c - the places a message leaves for what differs from merchant to merchant. */
#include "mod/festival/paper.h"
#include "mod/message/message.h"

#define FILLED_MAX	(16 * 1024)

enum hole { HOLE_SHOP, HOLE_SALE, HOLE_LINK };
static const struct { str word; enum hole hole; } holes[] = {
	{ S_INIT("nama usaha"), HOLE_SHOP }, { S_INIT("business name"), HOLE_SHOP },
	{ S_INIT("gelaran"), HOLE_SALE }, { S_INIT("sale"), HOLE_SALE },
	{ S_INIT("tautan"), HOLE_LINK }, { S_INIT("link"), HOLE_LINK },
};

static bool hole_find(str word, enum hole *hole)
{
	for (size_t i = 0; i < countof(holes); i++)
		if (str_eq_nocase(str_trim(word), holes[i].word)) {
			*hole = holes[i].hole;
			return true;
		}
	return false;
}

/* The text up to the next hole, then the word in it; false: no more. */
static bool next(str *s, str *before, str *word)
{
	size_t at = str_find(*s, S("{"));
	size_t end = at == SIZE_MAX ? at : str_find(str_sub(*s, at, s->n), S("}"));

	*before = str_sub(*s, 0, end == SIZE_MAX ? s->n : at);
	if (end == SIZE_MAX)
		return false;
	*word = str_sub(*s, at + 1, end - 1);
	*s = str_sub(*s, at + end + 1, s->n);
	return true;
}

str message_fill(struct arena *a, str s, const struct message_words *w)
{
	struct buf b = BUF(a, FILLED_MAX);
	str before, word;
	enum hole hole;

	while (next(&s, &before, &word)) {
		buf_str(&b, before);
		if (!hole_find(word, &hole))
			buf_printf(&b, "{%.*s}", SV(word));
		else
			buf_str(&b, hole == HOLE_SHOP ? w->shop : hole == HOLE_SALE ? w->sale :
			    w->link);
	}
	buf_str(&b, before);
	return buf_done(&b);
}

err message_holes(struct arena *a, const char *field, str s)
{
	str before, word;
	enum hole hole;

	while (next(&s, &before, &word))
		if (!hole_find(word, &hole))
			return ERR(a, ERR_INVALID, "message-hole", .field = field, .arg = { word });
	if (str_find(before, S("{")) != SIZE_MAX)
		return ERR(a, ERR_INVALID, "message-hole-open", .field = field);
	return NULL;
}

bool message_links(str s)
{
	str before, word;
	enum hole hole;

	while (next(&s, &before, &word))
		if (hole_find(word, &hole) && hole == HOLE_LINK)
			return true;
	return false;
}

err message_link(struct db *db, city_id city, str *link)
{
	str base;

	TRY(paper_base(db, city, (str){ 0 }, &base));
	*link = arena_printf(db_arena(db), "%.*s/m", SV(base));
	return NULL;
}
