#include "mod/draw/odd.h"
#include "draw_read.h"
#include <stdlib.h>

enum { TINY_FROM = 20, FEW = 5, RUN = 5, SHARE = 80 };

static size_t most(const struct odd_purchase *v, size_t n, bool clerk, size_t *of)
{
	size_t best = 0;

	*of = 0;
	for (size_t i = 0; i < n; i++) {
		int64_t key = clerk ? v[i].person : v[i].merchant;
		size_t same = 0;
		*of += key != 0;
		for (size_t j = 0; key && j < n; j++)
			same += (clerk ? v[j].person : v[j].merchant) == key;
		if (same > best)
			best = same;
	}
	return best;
}

struct slip { int64_t merchant, number; };

static int by_slip(const void *x, const void *y)
{
	const struct slip *a = x, *b = y;

	if (a->merchant != b->merchant)
		return a->merchant < b->merchant ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

/* Note numbers of one merchant that follow each other without a gap. */
static bool note_run(struct arena *a, const struct odd_purchase *v, size_t n)
{
	struct slip *s = NEWN(a, struct slip, n + 1);
	size_t k = 0, run = 1;

	for (size_t i = 0; i < n; i++)
		if (str_int(v[i].note, 1, INT64_MAX - 1, &s[k].number))
			s[k++].merchant = v[i].merchant;
	if (k)
		qsort(s, k, sizeof *s, by_slip);
	for (size_t i = 1; i < k && run < RUN; i++)
		run = s[i].merchant == s[i - 1].merchant &&
		    s[i].number == s[i - 1].number + 1 ? run + 1 : 1;
	return run >= RUN;
}

unsigned odd_marks(struct arena *a, const struct odd_purchase *v, size_t n, int64_t unit)
{
	size_t tiny = 0, of, same;
	unsigned marks = 0;

	for (size_t i = 0; i < n; i++)
		tiny += v[i].amount < unit;
	if (n >= TINY_FROM && tiny * 2 > n)
		marks |= ODD_TINY;
	same = most(v, n, true, &of);
	if (same >= FEW && same * 100 >= of * SHARE)
		marks |= ODD_CLERK;
	same = most(v, n, false, &of);
	if (n >= FEW && same == n)
		marks |= ODD_SHOP;
	if (note_run(a, v, n))
		marks |= ODD_NOTES;
	return marks;
}

static err bought(struct db *db, const struct draw *d, card_id card, struct odd_purchase **out,
    size_t *n)
{
	VEC(struct odd_purchase) v = { 0 };
	struct draw_cards_of_person *own;
	size_t cards;

	TRY(draw_q_cards_of_person(db, d->city, d->festival, card, &own, &cards));
	for (size_t i = 0; i < cards; i++)
		for (purchase_id at = own[i].last; at.v;) {
			struct draw_purchase_facts p;
			bool found;
			TRY(draw_q_purchase_facts(db, d->city, at, &p, &found));
			if (!found)
				break;
			if (!p.state)
				*VEC_ADD(db_arena(db), &v) = (struct odd_purchase){ p.amount,
				    p.merchant, p.channel == CHANNEL_POST ? p.person : 0,
				    p.note };
			at = p.card_before;
		}
	*out = v.v;
	*n = v.n;
	return NULL;
}

static bool among(const struct draw_odd_repeated *v, size_t n, str phone)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].phone, phone))
			return true;
	return false;
}

err odd_winners(struct db *db, const struct festival *f, const struct draw *d,
    struct odd_winner **out, size_t *n)
{
	struct draw_odd_winner_cards *v;
	struct draw_odd_repeated *again;
	size_t n_again;

	TRY(draw_q_odd_repeated(db, d->city, &again, &n_again));
	TRY(draw_q_odd_winner_cards(db, d->city, d->id, &v, n));
	*out = NEWN(db_arena(db), struct odd_winner, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		struct odd_purchase *p;
		struct card c;
		size_t m;
		TRY(bought(db, d, v[i].card, &p, &m));
		TRY(card_find(db, f, v[i].number, &c));
		(*out)[i] = (struct odd_winner){ v[i].number, v[i].place, (int64_t)m, v[i].title,
		    v[i].prize, odd_marks(db_arena(db), p, m, f->rules.unit) |
		    (among(again, n_again, c.phone) ? ODD_BEFORE : 0) };
	}
	return NULL;
}
