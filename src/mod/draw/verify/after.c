/* after.c - what happened once the draw was run, told again from its own files. */
#include "mod/draw/verify/steps.h"
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define TEXT_MAX	4096
#define MOST		999

static const char *const words[] = {
	[TOLD_REDRAW] = "redraw", [TOLD_RETURNED] = "returned", [TOLD_HANDOVER] = "handover",
};

struct place { struct win win; bool gone, given; };

struct course {
	struct check *c;
	VEC(struct place) place;	/* in order of winning		*/
	VEC(struct hash) struck;
	uint64_t round;			/* the latest that was named	*/
	str waiting;			/* a redraw that has not run	*/
	enum signature worst;		/* of the redraws that ran	*/
	unsigned n;			/* happenings			*/
};

static bool fail(struct check *c, enum why why, str name)
{
	mark_fail(c, PART_D_AFTER, why, name);
	return false;
}

/* A file of after/ that belongs there. */
static str part(struct check *c, unsigned n, const char *what)
{
	str name = arena_printf(c->a, "after/%03u-%s", n, what);

	*VEC_ADD(c->a, &c->names) = name;
	return name;
}

static bool read_text(struct check *c, str name, str *bytes)
{
	enum file_state s = file_read(c->a, c->dir, name, TEXT_MAX, bytes);

	return s == FILE_OK || fail(c, file_why(s), name);
}

/* ---- drawn anew ---------------------------------------------------------- */

static struct again everybody(const struct course *k)
{
	struct win *v = NEWN(k->c->a, struct win, k->place.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < k->place.n; i++)
		if (!k->place.v[i].gone)
			v[n++] = k->place.v[i].win;
	return (struct again){ .standing = v, .n_standing = n, .struck = k->struck.v,
	    .n_struck = k->struck.n };
}

static bool run(struct course *k, unsigned n, const struct place *p, struct again x,
    uint64_t round)
{
	struct check *c = k->c;
	str name = arena_printf(c->a, "after/%03u-beacon.txt", n);
	enum signature s;
	struct win win;
	bool won;

	if (!read_text(c, name, &x.beacon))
		return false;
	if (k->waiting.n)
		return fail(c, WHY_AFTER_ORDER, name);
	if (!parse_beacon(&c->head, round, x.beacon))
		return fail(c, WHY_TOLD_FORMAT, name);
	s = signature_of(c, round, x.beacon);
	if (s == SIGNATURE_FORGED)
		return fail(c, WHY_FORGED, arena_printf(c->a, "%llu", (unsigned long long)round));
	if (s > k->worst)
		k->worst = s;
	x.gift = p->win.gift;
	x.place = p->win.place;
	if (!walk_again(c, &x, &win, &won))
		return false;
	if (won)
		*VEC_ADD(c->a, &k->place) = (struct place){ .win = win };
	return true;
}

static bool redraw(struct course *k, unsigned n, const struct place *p, str text, uint64_t round)
{
	struct check *c = k->c;
	str beacon = part(c, n, "beacon.txt");
	struct again x = everybody(k);

	x.told = text;
	x.winner = part(c, n, "winner.tsv");
	x.transcript = part(c, n, "transcript.tsv");
	if (round <= k->round)
		return fail(c, WHY_TOLD_ROUND, arena_printf(c->a, "after/%03u-redraw.txt", n));
	k->round = round;
	if (file_exists(c, beacon) || file_exists(c, x.winner) || file_exists(c, x.transcript))
		return run(k, n, p, x, round);
	if (!k->waiting.n)
		k->waiting = arena_printf(c->a, "after/%03u-redraw.txt", n);
	return true;
}

/* ---- one file after another ------------------------------------------------ */

static struct place *find(const struct course *k, const struct told *t)
{
	for (size_t i = 0; i < k->place.n; i++) {
		struct place *p = &k->place.v[i];
		if (!p->gone && p->win.place == t->place &&
		    str_eq(k->c->gifts[p->win.gift].id, t->prize))
			return p;
	}
	return NULL;
}

static bool happen(struct course *k, unsigned n, enum told_kind kind, str name)
{
	struct check *c = k->c;
	struct place *p;
	struct told t;
	str text;

	if (!read_text(c, name, &text))
		return false;
	if (!parse_told(c->a, &c->head, kind, text, &t))
		return fail(c, WHY_TOLD_FORMAT, name);
	*VEC_ADD(c->a, &c->said) = (struct said){ name, text, t.round, 0 };
	p = find(k, &t);
	if (!p || p->given)
		return fail(c, WHY_AFTER_NOBODY, name);
	if (kind == TOLD_HANDOVER)
		return p->given = true;
	p->gone = true;
	*VEC_ADD(c->a, &k->struck) = p->win.cid;
	return kind == TOLD_RETURNED || redraw(k, n, p, text, t.round);
}

/* Which of the three is number n?  TOLD_KINDS: none; two of them are one too many. */
static bool which(struct check *c, unsigned n, enum told_kind *kind, str *name)
{
	*kind = TOLD_KINDS;
	for (enum told_kind k = TOLD_REDRAW; k <= TOLD_HANDOVER; k++) {
		str have = arena_printf(c->a, "after/%03u-%s.txt", n, words[k]);
		if (!file_exists(c, have))
			continue;
		if (*kind != TOLD_KINDS)
			return fail(c, WHY_AFTER_STRANGER, have);
		*kind = k;
		*name = have;
	}
	return true;
}

static bool belongs(const struct check *c, str name)
{
	for (size_t i = 0; i < c->names.n; i++)
		if (str_eq(c->names.v[i], name))
			return true;
	return false;
}

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
}

/* A file with a number that nothing led to: one before it is missing, or it was slipped in. */
static bool no_strangers(struct check *c)
{
	CLEANUP(close_dir) DIR *d = NULL;
	int fd = openat(c->dir, "after", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	const struct dirent *e;

	if (fd < 0 || !(d = fdopendir(fd)))
		return fail(c, WHY_NOT_PLAIN, S("after"));
	while ((e = readdir(d))) {
		str name = arena_printf(c->a, "after/%s", e->d_name);
		if (e->d_name[0] >= '0' && e->d_name[0] <= '9' && !belongs(c, name))
			return fail(c, WHY_AFTER_STRANGER, name);
	}
	return true;
}

static bool all(struct course *k)
{
	struct check *c = k->c;
	enum told_kind kind;
	str name;

	for (unsigned n = 1; n <= MOST; n++) {
		if (!which(c, n, &kind, &name))
			return false;
		if (kind == TOLD_KINDS)
			break;
		*VEC_ADD(c->a, &c->names) = name;
		part(c, n, arena_printf(c->a, "%s.tlog-proof", words[kind]).p);
		if (!happen(k, n, kind, name))
			return false;
		k->n = n;
	}
	return no_strangers(c);
}

static void conclude(const struct course *k)
{
	struct check *c = k->c;
	size_t stand = 0;

	for (size_t i = 0; i < k->place.n; i++)
		stand += !k->place.v[i].gone;
	if (k->waiting.n)
		mark(c, PART_D_AFTER, MARK_UNCHECKED, WHY_AFTER_WAITS, k->waiting, S(""), S(""));
	else if (k->worst == SIGNATURE_REHEARSAL)
		mark(c, PART_D_AFTER, MARK_UNCHECKED, WHY_REHEARSAL, S(""), S(""), S(""));
	else if (k->worst == SIGNATURE_UNKNOWN)
		mark(c, PART_D_AFTER, MARK_UNCHECKED, WHY_CHAIN, c->head.chain, S(""), S(""));
	else
		mark(c, PART_D_AFTER, MARK_VALID, WHY_AFTER_FOLLOWS,
		    arena_printf(c->a, "%u", k->n), arena_printf(c->a, "%zu", stand), S(""));
}

void check_after(struct check *c)
{
	struct course k = { .c = c, .round = c->head.round, .worst = SIGNATURE_GOOD };

	if (!file_exists(c, S("after")))
		return;
	mark(c, PART_D_AFTER, MARK_UNCHECKED, WHY_NO_LIST, S(""), S(""), S(""));
	if (c->part[PART_D_WINNERS].mark == MARK_UNCHECKED && c->list_good) {
		fail(c, WHY_DRAWN_WITHOUT, S("beacon.txt"));
		return;
	}
	if (c->part[PART_D_WINNERS].mark != MARK_VALID)
		return;
	for (size_t i = 0; i < c->wins.n; i++)
		*VEC_ADD(c->a, &k.place) = (struct place){ .win = c->wins.v[i] };
	if (all(&k))
		conclude(&k);
}
