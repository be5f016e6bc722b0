#include "mod/draw/pick.h"
#include <endian.h>
#include <stdio.h>
#include <string.h>

static uint64_t be64(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return be64toh(v);
}

static void be64_put(unsigned char *p, uint64_t v)
{
	v = htobe64(v);
	memcpy(p, &v, sizeof v);
}

/* ---- the list ------------------------------------------------------ */

void pick_record_set(unsigned char *rec, const struct hash *cid, uint64_t count, uint64_t tag)
{
	memcpy(rec, cid->b, 32);
	be64_put(rec + 32, tag);
	be64_put(rec + 40, count);
}

uint64_t pick_first(const struct pick_list *l, size_t i)
{
	CHECK(i < l->n);
	return be64(l->rec + i * PICK_RECORD + 32);
}

uint64_t pick_count(const struct pick_list *l, size_t i)
{
	CHECK(i < l->n);
	return be64(l->rec + i * PICK_RECORD + 40);
}

static void swap(unsigned char *a, unsigned char *b)
{
	unsigned char t[PICK_RECORD];

	memcpy(t, a, PICK_RECORD);
	memcpy(a, b, PICK_RECORD);
	memcpy(b, t, PICK_RECORD);
}

static void sort_few(unsigned char *rec, size_t n, size_t from)
{
	unsigned char t[PICK_RECORD];
	size_t rest = 32 - from;

	for (size_t i = 1; i < n; i++) {
		size_t j = i;
		memcpy(t, rec + i * PICK_RECORD, PICK_RECORD);
		while (j && memcmp(rec + (j - 1) * PICK_RECORD + from, t + from, rest) > 0) {
			memcpy(rec + j * PICK_RECORD, rec + (j - 1) * PICK_RECORD, PICK_RECORD);
			j--;
		}
		memcpy(rec + j * PICK_RECORD, t, PICK_RECORD);
	}
}

/*
 * Radix sort in place, most significant byte first: cids are hashes, so
 * two or three levels leave a few records each, and no second copy of
 * half a gigabyte is needed.  What a bucket will soon be given lies far from
 * what the others are given, so it is fetched some records ahead.
 */
#define AHEAD	3
struct buckets { size_t at[256], end[256]; };

static void send_home(unsigned char *rec, struct buckets *u, size_t byte)
{
	for (unsigned b = 0; b < 256; b++)
		while (u->at[b] < u->end[b]) {
			unsigned char *r = rec + u->at[b] * PICK_RECORD;
			unsigned home = r[byte];
			if (home == b) {
				u->at[b]++;
				continue;
			}
			swap(r, rec + u->at[home]++ * PICK_RECORD);
			__builtin_prefetch(rec + (u->at[home] + AHEAD) * PICK_RECORD, 1);
		}
}

static void sort_by_cid(unsigned char *rec, size_t n, size_t byte)
{
	size_t sum = 0;

	if (n <= 48) {
		sort_few(rec, n, byte);
		return;
	}
	struct buckets u = { 0 };	/* 4 KiB: not for a few */
	for (size_t i = 0; i < n; i++)
		u.end[rec[i * PICK_RECORD + byte]]++;
	for (unsigned b = 0; b < 256; b++) {
		u.at[b] = sum;
		u.end[b] = sum += u.end[b];
	}
	send_home(rec, &u, byte);
	if (byte == 31)
		return;
	for (unsigned b = 0; b < 256; b++) {
		size_t from = b ? u.end[b - 1] : 0;
		sort_by_cid(rec + from * PICK_RECORD, u.end[b] - from, byte + 1);
	}
}

err pick_list_seal(struct arena *a, unsigned char *rec, size_t n, uint64_t *tags,
    struct pick_list *l)
{
	uint64_t first = 0;

	if (!n)
		return ERR(a, ERR_INVALID, "draw-empty");
	sort_by_cid(rec, n, 0);
	for (size_t i = 0; i < n; i++) {
		unsigned char *r = rec + i * PICK_RECORD;
		uint64_t count = be64(r + 40);
		if (i && !memcmp(r - PICK_RECORD, r, 32))
			return ERR(a, ERR_INVALID, "draw-cid-twice");
		if (!count || count > (uint64_t)INT64_MAX - first)
			return ERR(a, ERR_INVALID, "draw-count");
		if (tags)
			tags[i] = be64(r + 32);
		be64_put(r + 32, first);
		first += count;
	}
	*l = (struct pick_list){ rec, n, first };
	return NULL;
}

err pick_list_read(struct arena *a, str bytes, struct pick_list *l)
{
	const unsigned char *rec = (const unsigned char *)bytes.p;
	size_t n = bytes.n / PICK_RECORD;
	uint64_t first = 0;

	if (!n || bytes.n % PICK_RECORD)
		return ERR(a, ERR_INVALID, "draw-entries");
	for (size_t i = 0; i < n; i++) {
		const unsigned char *r = rec + i * PICK_RECORD;
		uint64_t count = be64(r + 40);
		if ((i && memcmp(r - PICK_RECORD, r, 32) >= 0) || be64(r + 32) != first ||
		    !count || count > (uint64_t)INT64_MAX - first)
			return ERR(a, ERR_INVALID, "draw-entries");
		first += count;
	}
	*l = (struct pick_list){ rec, n, first };
	return NULL;
}

size_t pick_holder(const struct pick_list *l, uint64_t coupon)
{
	size_t lo = 0, hi = l->n;	/* first(lo) <= coupon < first(hi) */

	CHECK(coupon < l->coupons);
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		if (pick_first(l, mid) <= coupon)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

size_t pick_find(const struct pick_list *l, const unsigned char cid[32])
{
	size_t lo = 0, hi = l->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = memcmp(l->rec + mid * PICK_RECORD, cid, 32);
		if (!c)
			return mid;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return SIZE_MAX;
}

/* ---- randomness ---------------------------------------------------- */

/* 2^256 mod n, by squaring 2^64 mod n twice. */
static uint64_t excess(uint64_t n)
{
	unsigned __int128 r = ((unsigned __int128)1 << 64) % n;

	r = r * r % n;
	return (uint64_t)(r * r % n);
}

bool pick_bounded(const unsigned char x[32], uint64_t n, uint64_t *index)
{
	unsigned __int128 rest = 0;
	bool top = true;	/* the upper 192 bits are all ones */

	CHECK(n > 0);
	for (int i = 0; i < 4; i++) {
		uint64_t word = be64(x + 8 * i);
		rest = (rest << 64 | word) % n;
		if (i < 3)
			top = top && word == UINT64_MAX;
		else if (top && UINT64_MAX - word < excess(n))
			return false;
	}
	*index = (uint64_t)rest;
	return true;
}

void pick_seed(char seed[PICK_SEED], str freeze, str told, str beacon)
{
	struct hash h;

	sha256_pieces(&h, (struct sha256_piece[]){ { freeze.p, freeze.n }, { told.p, told.n },
	    { beacon.p, beacon.n } }, 3);
	hex_put(seed, &h, sizeof h);
}

/* ---- the walk ------------------------------------------------------ */

struct group {			/* a class of prizes			*/
	str name;
	unsigned char *won;	/* a bit a record			*/
	size_t winners;
};

struct walk {
	struct arena *a;
	struct pick *p;
	unsigned char *barred;		/* a bit a record		*/
	size_t eligible;		/* records that are not barred	*/
	size_t n_classes;
	struct group cls[PICK_CLASSES_MAX];
	uint64_t steps;
};

static bool bit(const unsigned char *set, size_t i)
{
	return set[i / 8] >> i % 8 & 1;
}

static void bit_set(unsigned char *set, size_t i)
{
	set[i / 8] |= (unsigned char)(1u << i % 8);
}

static void bar(struct walk *w)
{
	const struct pick *p = w->p;

	w->eligible = p->list->n;
	w->barred = NEWN(w->a, unsigned char, p->list->n / 8 + 1);
	for (size_t i = 0; i < p->n_ineligible; i++) {
		size_t r = pick_find(p->list, p->ineligible[i].b);
		if (r == SIZE_MAX || bit(w->barred, r))
			continue;
		bit_set(w->barred, r);
		w->eligible--;
	}
}

static struct group *group_of(struct walk *w, str name)
{
	size_t i = 0;

	while (i < w->n_classes && !str_eq(w->cls[i].name, name))
		i++;
	if (i == PICK_CLASSES_MAX)
		return NULL;
	if (i == w->n_classes) {
		w->cls[i].name = name;
		w->cls[i].won = NEWN(w->a, unsigned char, w->p->list->n / 8 + 1);
		w->n_classes++;
	}
	return &w->cls[i];
}

static bool coupon_at(const struct walk *w, size_t prize, uint64_t k, uint64_t *coupon)
{
	const struct pick *p = w->p;
	char digits[24];
	int n = snprintf(digits, sizeof digits, ",%llu", (unsigned long long)k);
	struct hash h;

	sha256_pieces(&h, (struct sha256_piece[]){
	    { p->seed, PICK_SEED }, { ",", 1 },
	    { p->prizes[prize].id.p, p->prizes[prize].id.n },
	    { digits, (size_t)n } }, 4);
	return pick_bounded(h.b, p->list->coupons, coupon);
}

static void judge(struct walk *w, struct group *c, struct pick_step *s)
{
	struct pick_prize *prize = &w->p->prizes[s->prize];

	if (bit(w->barred, s->holder)) {
		s->result = PICK_INELIGIBLE;
	} else if (bit(c->won, s->holder)) {
		s->result = PICK_WON_ALREADY;
	} else {
		s->result = PICK_WIN;
		s->place = ++prize->won;
		bit_set(c->won, s->holder);
		c->winners++;
	}
}

static err draw_prize(struct walk *w, size_t i)
{
	struct pick *p = w->p;
	struct pick_prize *prize = &p->prizes[i];
	struct group *c = group_of(w, prize->cls);
	uint64_t max = p->steps_max ? p->steps_max : PICK_STEPS_MAX;

	if (!c)
		return ERR(w->a, ERR_INVALID, "draw-prizes", .arg = { prize->cls });
	for (uint64_t k = 0; prize->won < prize->number && c->winners < w->eligible; k++) {
		struct pick_step s = { .prize = i, .k = k };
		if (w->steps++ >= max)
			return ERR(w->a, ERR_INVALID, "draw-long", .arg = { prize->id });
		if (!coupon_at(w, i, k, &s.coupon))
			continue;
		s.holder = pick_holder(p->list, s.coupon);
		judge(w, c, &s);
		p->step(p->ctx, &s);
	}
	return NULL;
}

static err begin(struct arena *a, struct pick *p, struct walk *w)
{
	uint64_t places = 0;

	if (!p->n_prizes || p->n_prizes > PICK_PRIZES_MAX)
		return ERR(a, ERR_INVALID, "draw-prizes");
	for (size_t i = 0; i < p->n_prizes; i++) {
		places += p->prizes[i].number;
		if (!p->prizes[i].number || places > PICK_PLACES_MAX)
			return ERR(a, ERR_INVALID, "draw-prizes", .arg = { p->prizes[i].id });
	}
	w->a = a;
	w->p = p;
	bar(w);
	return NULL;
}

err pick_run(struct arena *a, struct pick *p)
{
	struct walk *w = NEW(a, struct walk);

	TRY(begin(a, p, w));
	for (size_t i = 0; i < p->n_prizes; i++) {
		p->prizes[i].won = 0;
		TRY(draw_prize(w, i));
	}
	return NULL;
}

/* They keep what they won; who is barred meanwhile counts among neither. */
static void keep(struct walk *w, struct group *c, const struct pick_standing *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(w->p->prizes[v[i].prize].cls, c->name) || bit(c->won, v[i].holder))
			continue;
		bit_set(c->won, v[i].holder);
		c->winners += !bit(w->barred, v[i].holder);
	}
}

err pick_again(struct arena *a, struct pick *p, size_t prize, uint32_t place,
    const struct pick_standing *standing, size_t n)
{
	struct walk *w = NEW(a, struct walk);
	struct group *c;

	TRY(begin(a, p, w));
	CHECK(prize < p->n_prizes && place >= 1 && place <= p->prizes[prize].number);
	c = group_of(w, p->prizes[prize].cls);
	CHECK(c);		/* begin() made one for each prize */
	keep(w, c, standing, n);
	p->prizes[prize].won = place - 1;
	p->prizes[prize].number = place;
	return draw_prize(w, prize);
}
