#include "mod/draw/after.h"
#include <stdio.h>

static const struct { const char *word, *head; } kinds[AFTER_KINDS] = {
	[AFTER_REDRAW]   = { "redraw",   "laris-redraw/v1" },
	[AFTER_RETURNED] = { "returned", "laris-returned/v1" },
	[AFTER_HANDOVER] = { "handover", "laris-handover/v1" },
};

str after_part(struct arena *a, int64_t n, const char *what)
{
	CHECK(n >= 1 && n <= AFTER_MAX);
	return arena_printf(a, "after/%03lld-%s", (long long)n, what);
}

str after_name(struct arena *a, int64_t n, enum after_kind k)
{
	return after_part(a, n, arena_printf(a, "%s.txt", kinds[k].word).p);
}

/* ---- the texts --------------------------------------------------------- */

str after_text(struct arena *a, const struct after *x)
{
	struct buf b = BUF(a, 4096);

	buf_printf(&b, "%s\ndraw %.*s\nprize %.*s\nplace %lld\n", kinds[x->kind].head,
	    SV(x->draw), SV(x->prize), (long long)x->place);
	if (x->kind == AFTER_HANDOVER)
		buf_printf(&b, "day %.*s\n", SV(x->day));
	else
		buf_printf(&b, "reason %.*s\n", SV(x->reason));
	if (x->kind == AFTER_REDRAW)
		buf_printf(&b, "drand %.*s\nround %lld\n", SV(x->chain), (long long)x->round);
	return buf_done(&b);
}

/* The value of the next line "key value", or empty. */
static str take(str *rest, const char *key)
{
	str line, word;

	if (!str_take(rest, '\n', &line) || !str_take(&line, ' ', &word) ||
	    !str_eq(word, str_of(key)))
		return S("");
	return line;
}

static bool read_after(str rest, struct after *x)
{
	str head;

	if (!str_take(&rest, '\n', &head) || !str_eq(head, str_of(kinds[x->kind].head)))
		return false;
	x->draw = take(&rest, "draw");
	x->prize = take(&rest, "prize");
	if (!str_int(take(&rest, "place"), 1, PICK_PLACES_MAX, &x->place))
		return false;
	if (x->kind == AFTER_HANDOVER)
		x->day = take(&rest, "day");
	else
		x->reason = take(&rest, "reason");
	if (x->kind != AFTER_REDRAW)
		return true;
	x->chain = take(&rest, "drand");
	return str_int(take(&rest, "round"), 1, INT64_MAX, &x->round);
}

static err wrong(struct arena *a, str name)
{
	return ERR(a, ERR_INVALID, "draw-after", .arg = { name });
}

err after_parse(struct arena *a, str name, str text, struct after *x)
{
	*x = (struct after){ 0 };
	while (x->kind < AFTER_KINDS &&
	    !str_ends(name, arena_printf(a, "-%s.txt", kinds[x->kind].word)))
		x->kind++;
	if (x->kind == AFTER_KINDS || !read_after(text, x) ||
	    !str_eq(after_text(a, x), text))
		return wrong(a, name);
	return NULL;
}

/* ---- what stands ------------------------------------------------------- */

struct after_place *after_find(const struct after_stand *s, size_t prize, int64_t place)
{
	for (size_t i = 0; i < s->n; i++)
		if (!s->v[i].gone && s->v[i].win.prize == prize && s->v[i].win.place == place)
			return &s->v[i];
	return NULL;
}

struct course {
	struct arena *a;
	const struct bundle_input *in;
	const struct pick_list *list;
	const struct freeze *f;
	const struct bundle_result *main;
	struct after_stand *s;
};

static size_t prize_of(const struct course *c, str id)
{
	size_t i = 0;

	while (i < c->main->n_prizes && !str_eq(c->main->prizes[i].id, id))
		i++;
	return i;
}

static bool fits(const struct course *c, const struct after *x)
{
	return str_eq(x->draw, c->f->draw) && (x->kind != AFTER_REDRAW ||
	    (str_eq(x->chain, hash_hex(c->a, &c->f->drand)) && x->round > c->f->round));
}

/* What is passed over: who stands, and who was struck out up to redraw n. */
static void passed_over(const struct course *c, struct bundle_again *x)
{
	struct pick_standing *standing = NEWN(c->a, struct pick_standing, c->s->n + 1);
	size_t *struck = NEWN(c->a, size_t, c->s->n + 1);

	for (size_t i = 0; i < c->s->n; i++) {
		const struct after_place *p = &c->s->v[i];
		if (p->gone)
			struck[x->n_struck++] = p->win.holder;
		else
			standing[x->n_standing++] = (struct pick_standing){ p->win.prize,
			    p->win.holder };
	}
	x->standing = standing;
	x->struck = struck;
}

static err run(struct course *c, const struct after_told *t, struct after_came *came, int64_t n)
{
	struct bundle_again x = { .told = t->text, .beacon = t->beacon,
	    .prize = c->s->v[came->struck].win.prize, .place = (uint32_t)came->said.place };

	if (c->s->waiting)
		return wrong(c->a, t->name);
	passed_over(c, &x);
	TRY(bundle_again(c->a, c->in, c->list, &x, &came->r));
	came->ran = true;
	came->won = came->r.n_won == 1;
	if (came->won)
		c->s->v[c->s->n++] = (struct after_place){ .win = came->r.won[0], .run = n };
	return NULL;
}

static err happen(struct course *c, const struct after_told *t, int64_t n)
{
	struct after_came *came = &c->s->came[c->s->n_came++];
	struct after_place *p;

	TRY(after_parse(c->a, t->name, t->text, &came->said));
	p = after_find(c->s, prize_of(c, came->said.prize), came->said.place);
	if (!p || p->given || !fits(c, &came->said) ||
	    !str_eq(t->name, after_name(c->a, n, came->said.kind)))
		return wrong(c->a, t->name);
	came->struck = (size_t)(p - c->s->v);
	if (came->said.kind == AFTER_HANDOVER) {
		p->given = true;
		return NULL;
	}
	p->gone = n;
	if (came->said.kind == AFTER_REDRAW && t->beacon.p)
		return run(c, t, came, n);
	if (came->said.kind == AFTER_REDRAW && !c->s->waiting)
		c->s->waiting = n;
	return NULL;
}

err after_walk(struct arena *a, const struct bundle_input *in, const struct pick_list *l,
    const struct bundle_result *r, const struct after_told *t, size_t n, struct after_stand *s)
{
	struct freeze f;
	struct course c = { a, in, l, &f, r, s };

	TRY(freeze_parse(a, in->freeze, &f));
	*s = (struct after_stand){ .v = NEWN(a, struct after_place, r->n_won + n + 1),
	    .came = NEWN(a, struct after_came, n + 1), .n = r->n_won };
	for (size_t i = 0; i < r->n_won; i++)
		s->v[i].win = r->won[i];
	for (size_t i = 0; i < n; i++)
		TRY(happen(&c, &t[i], (int64_t)i + 1));
	return NULL;
}
