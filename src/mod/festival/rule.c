/*
 * rule.c - the points engine.  A rule is one row of steps[]: what it is
 * called, what it does to the counted rupiah, when it is nonsense, and
 * its sentence in the published text.
 */
#include "mod/festival/rule.h"

enum { DAY_LAST = 84005 };	/* 31 December 2199, as in base/time.h	*/

/* One purchase on its way through the steps. */
struct run {
	const struct rules *r;
	const struct rule_facts *f;
	int64_t number;		/* of the rule at work: see struct rule_said */
};

/* ---- multipliers ---------------------------------------------------- */

static int64_t permille_of(const struct rules *r, enum rule_key kind, int64_t key)
{
	for (size_t i = 0; i < r->n_multiplier; i++)
		if (r->multiplier[i].kind == kind && r->multiplier[i].key == key)
			return r->multiplier[i].permille;
	return 1000;
}

/*
 * floor(n * permille / 1000), exact: whole thousands and the rest apart
 * never leave int64 (10^12 * 10^4).
 */
static int64_t times(int64_t n, int64_t permille)
{
	return n / 1000 * permille + n % 1000 * permille / 1000;
}

static int64_t by_sector(struct run *x, int64_t n)
{
	x->number = permille_of(x->r, RULE_KEY_SECTOR, (int64_t)x->f->sector);
	return times(n, x->number);
}

static int64_t by_merchant(struct run *x, int64_t n)
{
	x->number = permille_of(x->r, RULE_KEY_MERCHANT, x->f->merchant);
	return times(n, x->number);
}

static int64_t by_venue(struct run *x, int64_t n)
{
	x->number = permille_of(x->r, RULE_KEY_VENUE, (int64_t)x->f->venue);
	return times(n, x->number);
}

static int64_t by_method(struct run *x, int64_t n)
{
	x->number = permille_of(x->r, RULE_KEY_METHOD, (int64_t)x->f->method);
	return times(n, x->number);
}

static int64_t by_hour(struct run *x, int64_t n)
{
	x->number = permille_of(x->r, RULE_KEY_HOUR, x->f->hour);
	return times(n, x->number);
}

static int64_t by_day(struct run *x, int64_t n)
{
	x->number = permille_of(x->r, RULE_KEY_DAY, x->f->day);
	return times(n, x->number);
}

static bool key_ok(enum rule_key kind, int64_t key)
{
	static const int64_t last[RULE_KEYS] = {
		[RULE_KEY_VENUE] = VENUE_KINDS - 1,
		[RULE_KEY_METHOD] = METHODS - 1,
		[RULE_KEY_HOUR] = 23,
		[RULE_KEY_DAY] = DAY_LAST,
		[RULE_KEY_SECTOR] = SECTORS - 1,
		[RULE_KEY_MERCHANT] = INT64_MAX,
	};
	return key >= 0 && key <= last[kind];
}

static bool is_twice(const struct rules *r, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (r->multiplier[j].kind == r->multiplier[i].kind
		    && r->multiplier[j].key == r->multiplier[i].key)
			return true;
	return false;
}

static bool is_exclusion(enum rule_key kind)
{
	return kind == RULE_KEY_SECTOR || kind == RULE_KEY_MERCHANT;
}

/* A name stands in the published text: one line of it. */
static bool label_ok(const struct rule_multiplier *m)
{
	if (m->kind != RULE_KEY_MERCHANT)
		return m->label.n == 0;
	for (size_t i = 0; i < m->label.n; i++)
		if ((unsigned char)m->label.p[i] < ' ')
			return false;
	return m->label.n > 0 && m->label.n <= RULE_LABEL_MAX && str_utf8(m->label);
}

static err check_one(struct arena *a, const struct rule_multiplier *m)
{
	if ((unsigned)m->kind >= RULE_KEYS)
		return ERR(a, ERR_INVALID, "rule-multiplier-kind", .field = "multiplier");
	if (!key_ok(m->kind, m->key))
		return ERR(a, ERR_INVALID, "rule-multiplier-key", .field = "multiplier");
	if (m->permille < 0 || m->permille > RULE_PERMILLE_MAX)
		return ERR(a, ERR_INVALID, "rule-multiplier-permille", .field = "multiplier");
	if ((is_exclusion(m->kind) && m->permille != 0) || !label_ok(m))
		return ERR(a, ERR_INVALID, "rule-exclusion", .field = "multiplier");
	return NULL;
}

/* All kinds at once: the row of the first kind checks them. */
static err check_multipliers(struct arena *a, const struct rules *r)
{
	if (r->n_multiplier > RULE_MULTIPLIERS_MAX)
		return ERR(a, ERR_INVALID, "rule-multiplier-many", .field = "multiplier");
	for (size_t i = 0; i < r->n_multiplier; i++) {
		TRY(check_one(a, &r->multiplier[i]));
		if (is_twice(r, i))
			return ERR(a, ERR_INVALID, "rule-multiplier-twice", .field = "multiplier");
	}
	return NULL;
}

/* ---- minimum and caps ----------------------------------------------- */

static int64_t over_minimum(struct run *x, int64_t n)
{
	x->number = x->r->minimum;
	return x->f->amount < x->r->minimum ? 0 : n;
}

static err check_minimum(struct arena *a, const struct rules *r)
{
	if (r->minimum < 0 || r->minimum > RUPIAH_MAX)
		return ERR(a, ERR_INVALID, "rule-minimum", .field = "minimum");
	return NULL;
}

/* What of n still has room under a cap that "used" has partly filled. */
static int64_t under(int64_t cap, int64_t used, int64_t n)
{
	if (cap == 0)
		return n;
	if (used >= cap)
		return 0;
	return n < cap - used ? n : cap - used;
}

static int64_t under_purchase(struct run *x, int64_t n)
{
	x->number = x->r->cap_purchase;
	return under(x->r->cap_purchase, 0, n);
}

static int64_t under_merchant(struct run *x, int64_t n)
{
	x->number = x->r->cap_merchant;
	return under(x->r->cap_merchant, x->f->counted_merchant, n);
}

static int64_t under_day(struct run *x, int64_t n)
{
	x->number = x->r->cap_day;
	return under(x->r->cap_day, x->f->counted_day, n);
}

static int64_t under_person(struct run *x, int64_t n)
{
	x->number = x->r->cap_person;
	return under(x->r->cap_person, x->f->counted, n);
}

static int64_t under_limit(struct run *x, int64_t n)
{
	x->number = RUPIAH_MAX;
	return under(RUPIAH_MAX, x->f->counted, n);
}

/* Too small "kills" the sale: nobody could ever reach one coupon. */
static err check_cap(struct arena *a, const struct rules *r, int64_t cap, const char *field,
    bool kills)
{
	if (cap < 0 || cap > RUPIAH_MAX)
		return ERR(a, ERR_INVALID, "rule-cap", .field = field);
	if (kills && cap > 0 && cap < r->unit)
		return ERR(a, ERR_INVALID, "rule-cap-unit", .field = field);
	return NULL;
}

static err check_purchase(struct arena *a, const struct rules *r)
{
	return check_cap(a, r, r->cap_purchase, "cap_purchase", r->counting == RULE_PER_PURCHASE);
}

static err check_merchant(struct arena *a, const struct rules *r)
{
	return check_cap(a, r, r->cap_merchant, "cap_merchant", r->counting == RULE_PER_PURCHASE);
}

static err check_day(struct arena *a, const struct rules *r)
{
	return check_cap(a, r, r->cap_day, "cap_day", r->counting == RULE_PER_PURCHASE);
}

static err check_person(struct arena *a, const struct rules *r)
{
	return check_cap(a, r, r->cap_person, "cap_person", true);
}

/* ---- sentences ------------------------------------------------------ */

/* One line: "- " before rupiah(n) after, in the language. */
static void line(struct buf *b, enum lang l, const char *const before[LANGS], int64_t n,
    const char *const after[LANGS])
{
	buf_str(b, S("- "));
	buf_str(b, str_of(before[l]));
	rupiah_put(b, n);
	buf_str(b, str_of(after[l]));
	buf_char(b, '\n');
}

static void say(struct buf *b, enum lang l, const char *const text[LANGS])
{
	buf_printf(b, "- %s\n", text[l]);
}

#define BOTH(id, en)	((const char *const [LANGS]){ [LANG_ID] = id, [LANG_EN] = en })
#define STOP		BOTH(".", ".")

static void text_minimum(struct buf *b, const struct rules *r, enum lang l)
{
	if (r->minimum > 0)
		line(b, l, BOTH("Belanja di bawah ", "A purchase under "), r->minimum,
		    BOTH(" tidak dihitung.", " does not count."));
}

static void text_purchase(struct buf *b, const struct rules *r, enum lang l)
{
	if (r->cap_purchase > 0)
		line(b, l, BOTH("Satu belanja dihitung paling banyak ",
		    "One purchase counts at most "), r->cap_purchase, STOP);
}

static void text_merchant(struct buf *b, const struct rules *r, enum lang l)
{
	if (r->cap_merchant > 0)
		line(b, l,
		    BOTH("Belanja satu orang di satu pelaku usaha dihitung "
		         "paling banyak ",
		        "One person's purchases at one merchant count at "
		        "most "),
		    r->cap_merchant, STOP);
}

static void text_day(struct buf *b, const struct rules *r, enum lang l)
{
	if (r->cap_day > 0)
		line(b, l, BOTH("Belanja satu orang dalam satu hari dihitung paling banyak ",
		    "One person's purchases on one day count at most "), r->cap_day, STOP);
}

static void text_person(struct buf *b, const struct rules *r, enum lang l)
{
	if (r->cap_person > 0)
		line(b, l, BOTH("Belanja satu orang selama gelaran dihitung paling banyak ",
		    "One person's purchases count in all at most "), r->cap_person, STOP);
}

static void text_limit(struct buf *b, const struct rules *r, enum lang l)
{
	if (r->cap_person == 0)
		line(b, l, BOTH("Batas hitung program untuk satu orang: ",
		    "The program's own limit for one person: "), RUPIAH_MAX, STOP);
}

/* The multiplier of a kind with the smallest key over "over", or NULL. */
static const struct rule_multiplier *next_of(const struct rules *r, enum rule_key kind,
    int64_t over)
{
	const struct rule_multiplier *best = NULL;

	for (size_t i = 0; i < r->n_multiplier; i++) {
		const struct rule_multiplier *m = &r->multiplier[i];

		if (m->kind == kind && m->key > over && (!best || m->key < best->key))
			best = m;
	}
	return best;
}

static void text_kind(struct buf *b, const struct rules *r, enum lang l, enum rule_key kind)
{
	const struct rule_multiplier *m;

	for (int64_t at = -1; (m = next_of(r, kind, at)); at = m->key) {
		buf_str(b, S("- "));
		rule_put_multiplier(b, m, l);
		buf_char(b, '\n');
	}
}

static void text_sector(struct buf *b, const struct rules *r, enum lang l)
{
	text_kind(b, r, l, RULE_KEY_SECTOR);
}

static void text_excluded(struct buf *b, const struct rules *r, enum lang l)
{
	text_kind(b, r, l, RULE_KEY_MERCHANT);
}

static void text_venue(struct buf *b, const struct rules *r, enum lang l)
{
	text_kind(b, r, l, RULE_KEY_VENUE);
}

static void text_method(struct buf *b, const struct rules *r, enum lang l)
{
	text_kind(b, r, l, RULE_KEY_METHOD);
}

static void text_hour(struct buf *b, const struct rules *r, enum lang l)
{
	text_kind(b, r, l, RULE_KEY_HOUR);
}

static void text_by_day(struct buf *b, const struct rules *r, enum lang l)
{
	text_kind(b, r, l, RULE_KEY_DAY);
}

/* ---- the table ------------------------------------------------------ */

/*
 * In the order they are applied; the order and its reasons are in rule.h.
 * "apply" gives the counted rupiah after the rule and notes the rule's
 * own number; rows without it speak when rupiah become coupons.
 */
static const struct step {
	enum rule_step bit;
	const char *name;
	int64_t (*apply)(struct run *, int64_t counted);
	err (*check)(struct arena *, const struct rules *);
	void (*text)(struct buf *, const struct rules *, enum lang);
} steps[] = {
	{ RULE_STEP_MINIMUM,	  "minimum",	  over_minimum,	  check_minimum,  text_minimum },
	{ RULE_STEP_SECTOR,	  "sector",	  by_sector,	  check_multipliers, text_sector },
	{ RULE_STEP_MERCHANT,	  "merchant",	  by_merchant,	  NULL,		  text_excluded },
	{ RULE_STEP_VENUE,	  "venue",	  by_venue,	  NULL,		  text_venue },
	{ RULE_STEP_METHOD,	  "method",	  by_method,	  NULL,		  text_method },
	{ RULE_STEP_HOUR,	  "hour",	  by_hour,	  NULL,		  text_hour },
	{ RULE_STEP_DAY,	  "day",	  by_day,	  NULL,		  text_by_day },
	{ RULE_STEP_CAP_PURCHASE, "cap-purchase", under_purchase, check_purchase, text_purchase },
	{ RULE_STEP_CAP_MERCHANT, "cap-merchant", under_merchant, check_merchant, text_merchant },
	{ RULE_STEP_CAP_DAY,	  "cap-day",	  under_day,	  check_day,	  text_day },
	{ RULE_STEP_CAP_PERSON,	  "cap-person",	  under_person,	  check_person,	  text_person },
	{ RULE_STEP_LIMIT,	  "limit",	  under_limit,	  NULL,		  text_limit },
	{ RULE_STEP_CARRIED,	  "carried",	  NULL,		  NULL,		  NULL },
	{ RULE_STEP_LEFT,	  "left",	  NULL,		  NULL,		  NULL },
};
_Static_assert(countof(steps) == RULE_STEPS, "a row a step");

const char *rule_step_name(enum rule_step bit)
{
	for (size_t i = 0; i < countof(steps); i++)
		if (steps[i].bit == bit)
			return steps[i].name;
	panic("no rule has bit %d", (int)bit);
}

err rules_check(struct arena *a, const struct rules *r)
{
	if (r->unit <= 0 || r->unit > RUPIAH_MAX)
		return ERR(a, ERR_INVALID, "rule-unit", .field = "unit");
	if ((unsigned)r->counting >= RULE_COUNTINGS)
		return ERR(a, ERR_INVALID, "rule-counting", .field = "counting");
	for (size_t i = 0; i < countof(steps); i++)
		if (steps[i].check)
			TRY(steps[i].check(a, r));
	return NULL;
}

/* ---- a purchase ----------------------------------------------------- */

static void spoke(struct rule_result *res, enum rule_step step, int64_t before, int64_t after,
    int64_t number)
{
	CHECK(res->n_said < countof(res->said));
	res->said[res->n_said++] = (struct rule_said){ step, before, after, number };
	res->why |= (unsigned)step;
}

static bool is_sum(int64_t n)
{
	return n >= 0 && n <= RUPIAH_MAX;
}

static void check_facts(const struct rules *r, const struct rule_facts *f)
{
	CHECK(r->unit > 0);
	CHECK(is_sum(f->amount));
	CHECK(is_sum(f->counted) && is_sum(f->counted_merchant) && is_sum(f->counted_day));
	CHECK(is_sum(f->coupons));
}

static void count_coupons(const struct rules *r, const struct rule_facts *f,
    struct rule_result *res)
{
	int64_t alone = res->counted / r->unit;
	int64_t left = res->counted % r->unit;

	if (r->counting == RULE_PER_PURCHASE) {
		res->points = alone;
		res->coupons = f->coupons + alone;
		if (left > 0)
			spoke(res, RULE_STEP_LEFT, res->counted, res->counted - left, left);
		return;
	}
	res->coupons = rule_total_coupons(r, f->counted + res->counted);
	res->points = res->coupons - rule_total_coupons(r, f->counted);
	res->carried = (f->counted + res->counted) % r->unit;
	if (res->points > alone)
		spoke(res, RULE_STEP_CARRIED, alone, res->points, f->counted % r->unit);
}

void rule_apply(const struct rules *r, const struct rule_facts *f, struct rule_result *res)
{
	struct run x = { r, f, 0 };
	int64_t n = f->amount;

	check_facts(r, f);
	*res = (struct rule_result){ 0 };
	for (size_t i = 0; i < countof(steps); i++) {
		if (!steps[i].apply)
			continue;
		int64_t after = steps[i].apply(&x, n);
		if (after != n)
			spoke(res, steps[i].bit, n, after, x.number);
		/* Before the next multiplier, or four of them overflow. */
		if (after > RUPIAH_MAX) {
			spoke(res, RULE_STEP_LIMIT, after, RUPIAH_MAX, RUPIAH_MAX);
			after = RUPIAH_MAX;
		}
		n = after;
	}
	res->counted = n;
	count_coupons(r, f, res);
}

int64_t rule_total_coupons(const struct rules *r, int64_t counted)
{
	CHECK(r->counting == RULE_PERSON_TOTAL);
	CHECK(is_sum(counted));
	return counted / r->unit;
}

int64_t rule_person_counts(const struct rules *r, int64_t counted, int64_t over)
{
	int64_t n = counted > over ? counted - over : 0;
	int64_t most = r->cap_person ? r->cap_person : RUPIAH_MAX;

	return n < most ? n : most;
}

int64_t rule_void_coupons(const struct rules *r, int64_t counted, int64_t coupons, int64_t points)
{
	CHECK(points >= 0 && points <= coupons);
	if (r->counting == RULE_PER_PURCHASE)
		return coupons - points;
	return rule_total_coupons(r, counted);
}

/* ---- the published text --------------------------------------------- */

/* Is it exactly true that cutting one note in two changes nothing? */
static bool is_split_free(const struct rules *r)
{
	if (r->counting != RULE_PERSON_TOTAL || r->minimum > 0 || r->cap_purchase > 0)
		return false;
	for (size_t i = 0; i < r->n_multiplier; i++)
		if (r->multiplier[i].permille % 1000 != 0)
			return false;
	return true;
}

static void text_counting(struct buf *b, const struct rules *r, enum lang l)
{
	line(b, l, BOTH("Satu kupon untuk setiap ", "One coupon for every "), r->unit,
	    BOTH(" belanja yang dihitung.", " of purchases that count."));
	if (r->counting == RULE_PER_PURCHASE)
		say(b, l,
		    BOTH("Kupon dihitung dari tiap belanja sendiri-sendiri; "
		         "sisanya tidak dibawa.",
		        "Coupons come from each purchase by itself; what is "
		        "left over is not carried."));
	else
		say(b, l, BOTH("Kupon dihitung dari jumlah seluruh belanja sah satu orang; "
		    "sisanya dibawa ke belanja berikutnya.",
		    "Coupons come from the total of one person's valid purchases; "
		    "what is left over is carried to the next purchase."));
	if (is_split_free(r))
		say(b, l, BOTH("Memecah atau menggabungkan nota tidak mengubah jumlah kupon.",
		    "Splitting or merging notes does not change the number of coupons."));
}

static bool is_multiplied(const struct rules *r)
{
	for (size_t i = 0; i < r->n_multiplier; i++)
		if (!is_exclusion(r->multiplier[i].kind))
			return true;
	return false;
}

/* Our own limit is for the archive: nobody reaches it, and it frightens. */
static void sentences(struct buf *b, const struct rules *r, enum lang l, bool limit)
{
	text_counting(b, r, l);
	for (size_t i = 0; i < countof(steps); i++)
		if (steps[i].text && (limit || steps[i].bit != RULE_STEP_LIMIT))
			steps[i].text(b, r, l);
	if (is_multiplied(r))
		say(b, l, BOTH("Setelah setiap pengali, pecahan rupiah dihapus.",
		    "After each multiplier, fractions of a rupiah are dropped."));
	say(b, l, BOTH("Aturan dipakai menurut urutan di atas.",
	    "The rules are applied in the order above."));
	say(b, l, BOTH("Belanja yang dibatalkan dikeluarkan dari jumlah; "
	    "belanja lain tidak dihitung ulang.",
	    "A void purchase is taken out of the total; other purchases are not counted anew."));
}

void rules_text(struct buf *b, const struct rules *r, enum lang l)
{
	buf_str(b, S("laris-rules/v1\n"));
	buf_str(b, l == LANG_ID ? S("Aturan kupon\n") : S("Coupon rules\n"));
	sentences(b, r, l, true);
}

void rules_words(struct arena *a, const struct rules *r, enum lang l, str **v, size_t *n)
{
	struct buf b = BUF(a, RULES_TEXT_MAX);
	str text, one;

	sentences(&b, r, l, false);
	text = buf_done(&b);
	*n = 0;
	for (size_t i = 0; i < text.n; i++)
		*n += text.p[i] == '\n';
	*v = NEWN(a, str, *n);
	for (size_t i = 0; str_take(&text, '\n', &one); i++)
		(*v)[i] = str_sub(one, 2, one.n - 2);
}

str rule_step_words(struct arena *a, const struct rules *r, const struct rule_facts *f,
    enum rule_step bit, enum lang l)
{
	struct buf b = BUF(a, 1000);

	for (size_t i = 0; i < r->n_multiplier; i++)
		if (rule_multiplier_is(&r->multiplier[i], f, bit))
			rule_put_multiplier(&b, &r->multiplier[i], l);
	for (size_t i = 0; b.n == 0 && i < countof(steps); i++)
		if (steps[i].bit == bit && steps[i].text && steps[i].apply)
			steps[i].text(&b, r, l);
	str s = str_trim(buf_done(&b));
	return str_starts(s, S("- ")) ? str_sub(s, 2, s.n) : s;
}
