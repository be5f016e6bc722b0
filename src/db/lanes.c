#include "db/lanes.h"

enum {
	LANES	= 1024,		/* more cities than there are; a power of two */
	SHARE	= 6,		/* of a batch, while several write	*/
	LATELY	= 256,		/* batches				*/
	HARDLY	= 64,		/* waiting, of one city			*/
};

struct lane {
	int64_t turn;
	bool known;
	struct change *first, **last;
	size_t n, taken;
	struct lane *next;	/* of those where somebody waits	*/
};

struct lanes {
	struct lane v[LANES];
	struct lane *busy, **busy_last;
	struct lane *newest;	/* the city that came last		*/
	uint64_t cuts, mixed;	/* how many; when two cities last met	*/
	size_t n;
};

struct lanes *lanes_new(struct arena *a)
{
	struct lanes *l = NEW(a, struct lanes);

	l->busy_last = &l->busy;
	return l;
}

size_t lanes_waiting(const struct lanes *l)
{
	return l->n;
}

/* Should there ever be more cities than lanes, some share one. */
static struct lane *lane_of(struct lanes *l, int64_t turn)
{
	size_t at = (size_t)((uint64_t)turn * UINT64_C(0x9e3779b97f4a7c15) >> 54);

	for (size_t i = 0; i < LANES; i++) {
		struct lane *x = &l->v[(at + i) % LANES];
		if (x->known && x->turn == turn)
			return x;
		if (!x->known) {
			*x = (struct lane){ .turn = turn, .known = true };
			return x;
		}
	}
	return &l->v[at % LANES];
}

static void line_up(struct lanes *l, struct lane *x)
{
	x->next = NULL;
	*l->busy_last = x;
	l->busy_last = &x->next;
}

bool lanes_add(struct lanes *l, struct change *c, size_t most)
{
	struct lane *x = lane_of(l, c->turn);

	if (l->n >= most && (x->n >= HARDLY || x->n >= most))
		return false;
	if (c->turn && l->newest != x) {
		if (l->newest)
			l->mixed = l->cuts + LATELY;
		l->newest = x;
	}
	if (!x->n) {
		x->last = &x->first;
		line_up(l, x);
	}
	c->next = NULL;
	*x->last = c;
	x->last = &c->next;
	x->n++;
	l->n++;
	return true;
}

static struct change *take_one(struct lanes *l, struct lane *x)
{
	struct change *c = x->first;

	x->first = c->next;
	c->next = NULL;
	x->n--;
	x->taken++;
	l->n--;
	return c;
}

static void rest_up(struct lanes *l, struct lane *rested)
{
	for (struct lane *x = rested, *next; x; x = next) {
		next = x->next;
		x->taken = 0;
		line_up(l, x);
	}
}

struct change *lanes_cut(struct lanes *l, size_t most, size_t *n)
{
	size_t share = l->cuts++ < l->mixed ? SHARE : most;
	struct change *first = NULL, **last = &first;
	struct lane *rested = NULL, **rested_last = &rested;

	for (*n = 0; l->busy && *n < most; ++*n) {
		struct lane *x = l->busy;

		l->busy = x->next;
		if (!l->busy)
			l->busy_last = &l->busy;
		*last = take_one(l, x);
		last = &(*last)->next;
		if (!x->n) {
			x->taken = 0;
		} else if (x->taken < share) {
			line_up(l, x);
		} else {
			x->next = NULL;
			*rested_last = x;
			rested_last = &x->next;
		}
	}
	for (struct lane *x = l->busy; x; x = x->next)
		x->taken = 0;
	rest_up(l, rested);
	return first;
}
