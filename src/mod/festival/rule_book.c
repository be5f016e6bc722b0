/* rule_book.c - versions of a sale's rules: which one judges, proposing, making. */
#include "mod/festival/rule_book.h"
#include "core/city.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/card_person.h"
#include "mod/festival/festival.h"
#include "mod/festival/sale_log.h"

/* At once means the next full minute but one: what is in the writer's queue is older. */
#define AT_ONCE	(2 * MINUTE)

/* ---- which rules ---------------------------------------------------------- */

const struct rules *rules_at(const struct festival *f, int64_t at, int64_t *number)
{
	size_t i = f->n_amended;
	int64_t here;

	while (i > 0 && f->amended[i - 1].since > at)
		i--;
	if (!number)
		number = &here;
	*number = i ? f->amended[i - 1].number : 1;
	return i ? &f->amended[i - 1].rules : &f->rules;
}

const struct rules *rules_before(const struct festival *f, size_t i)
{
	return i ? &f->amended[i - 1].rules : &f->rules;
}

const struct rules *rules_newest(const struct festival *f)
{
	return rules_before(f, f->n_amended);
}

static void widen(int64_t *cap, int64_t other)
{
	*cap = *cap == 0 || other == 0 ? 0 : *cap > other ? *cap : other;
}

struct rules rules_widest(const struct festival *f)
{
	struct rules r = f->rules;

	for (size_t i = 0; i < f->n_amended; i++) {
		const struct rules *v = &f->amended[i].rules;
		widen(&r.cap_merchant, v->cap_merchant);
		widen(&r.cap_day, v->cap_day);
		widen(&r.cap_person, v->cap_person);
	}
	return r;
}

struct rules_tallies rules_tallies(const struct festival *f)
{
	struct rules_tallies t = { f->rules.cap_merchant > 0, f->rules.cap_day > 0 };

	for (size_t i = 0; i < f->n_amended; i++) {
		t.merchant = t.merchant || f->amended[i].rules.cap_merchant > 0;
		t.day = t.day || f->amended[i].rules.cap_day > 0;
	}
	return t;
}

/* ---- reading -------------------------------------------------------------- */

/* Rows are in the order of versions: those of one lie together. */
static void factors_of(struct rules *r, int64_t number, const struct festival_factor_list *v,
    const struct rule_multiplier *m, size_t n)
{
	r->multiplier = NULL;
	r->n_multiplier = 0;
	for (size_t i = 0; i < n; i++)
		if (v[i].number == number && !r->n_multiplier++)
			r->multiplier = &m[i];
}

static void version_of(const struct festival *f, const struct festival_version_list *v,
    struct rule_version *to)
{
	*to = (struct rule_version){ .number = v->number, .since = v->since, .made = v->made,
	    .by = v->by, .reason = v->reason, .edits = v->edits,
	    .rules = { .unit = f->rules.unit, .counting = f->rules.counting,
		.minimum = v->minimum, .cap_purchase = v->cap_purchase,
		.cap_merchant = v->cap_merchant, .cap_day = v->cap_day,
		.cap_person = v->cap_person } };
}

struct factors { struct festival_factor_list *v; struct rule_multiplier *m; size_t n; };

static err factors_load(struct db *db, const struct festival *f, struct factors *x)
{
	TRY(festival_q_factor_list(db, f->city, f->id, &x->v, &x->n));
	x->m = NEWN(db_arena(db), struct rule_multiplier, x->n);
	for (size_t i = 0; i < x->n; i++)
		x->m[i] = (struct rule_multiplier){ (enum rule_key)x->v[i].kind, x->v[i].key,
			x->v[i].permille, x->v[i].label };
	return NULL;
}

err rules_load(struct db *db, struct festival *f)
{
	struct festival_version_list *v;
	struct factors x;
	size_t n;

	TRY(factors_load(db, f, &x));
	factors_of(&f->rules, 1, x.v, x.m, x.n);
	f->n_amended = 0;
	if (f->version == 1)
		return NULL;
	TRY(festival_q_version_list(db, f->city, f->id, &v, &n));
	struct rule_version *a = NEWN(db_arena(db), struct rule_version, n);
	for (size_t i = 0; i < n && v[i].number <= f->version; i++) {
		version_of(f, &v[i], &a[f->n_amended]);
		factors_of(&a[f->n_amended++].rules, v[i].number, x.v, x.m, x.n);
	}
	f->amended = a;
	return NULL;
}

err rules_proposed(struct db *db, const struct festival *f, struct rule_version *p, bool *found)
{
	struct festival_version_list *v;
	struct factors x;
	size_t n;

	*found = false;
	TRY(festival_q_version_list(db, f->city, f->id, &v, &n));
	if (!n || v[n - 1].number <= f->version)
		return NULL;
	*found = true;
	TRY(factors_load(db, f, &x));
	version_of(f, &v[n - 1], p);
	factors_of(&p->rules, p->number, x.v, x.m, x.n);
	return NULL;
}

/* ---- putting -------------------------------------------------------------- */

err rules_factors_put(struct tx *tx, const struct festival *f, int64_t number,
    const struct rules *r)
{
	TRY(festival_q_factor_clear(tx, f->city, f->id, number, NULL));
	for (size_t i = 0; i < r->n_multiplier; i++) {
		const struct rule_multiplier *m = &r->multiplier[i];
		TRY(festival_q_factor_add(tx, f->city, f->id, number, (int64_t)m->kind, m->key,
		    m->permille, m->label, NULL));
	}
	return NULL;
}

static err not_open(struct arena *a, const struct festival *f)
{
	return f->state == FESTIVAL_OPEN ? NULL :
	    ERR(a, ERR_CONFLICT, "amend-not-open", .arg = { f->name });
}

static err propose(struct tx *tx, const struct festival *f, const struct rules *r)
{
	struct arena *a = db_arena(tx->db);
	int64_t number = f->version + 1;

	TRY(not_open(a, f));
	if (r->unit != f->rules.unit || r->counting != f->rules.counting)
		return ERR(a, ERR_CONFLICT, "amend-unit",
		    .field = r->unit != f->rules.unit ? "unit" : "counting");
	TRY(rules_check(a, r));
	TRY(festival_q_version_propose(tx, f->city, f->id, number, r->minimum, r->cap_purchase,
	    r->cap_merchant, r->cap_day, r->cap_person, NULL));
	return rules_factors_put(tx, f, number, r);
}

err rules_put(struct tx *tx, struct change *c, const struct festival *f, const struct rules *r)
{
	struct festival draft = *f;

	if (f->state > FESTIVAL_INVITING)
		return propose(tx, f, r);
	draft.rules = *r;
	TRY(festival_change(tx, c, &draft));
	return rules_factors_put(tx, f, 1, r);
}

err rules_forget(struct tx *tx, const struct festival *f)
{
	int64_t number = f->version + 1;

	TRY(festival_q_version_drop(tx, f->city, f->id, number, NULL));
	return festival_q_factor_clear(tx, f->city, f->id, number, NULL);
}

/* ---- making --------------------------------------------------------------- */

/* Was the very same made before?  Another one under its number is another's. */
static err made_before(struct arena *a, const struct festival *f, const struct amend *in,
    bool *again)
{
	*again = false;
	if (in->number > f->version)
		return NULL;
	for (size_t i = 0; i < f->n_amended; i++)
		*again = *again || (f->amended[i].number == in->number &&
		    str_eq(f->amended[i].reason, in->reason) && str_eq(f->amended[i].by, in->by));
	return *again ? NULL : ERR(a, ERR_CONFLICT, "amend-raced");
}

static str text_of(struct arena *a, const struct rules *r)
{
	struct buf b = BUF(a, RULES_TEXT_MAX);

	rules_text(&b, r, LANG_ID);
	return buf_done(&b);
}

static err may_make(struct tx *tx, const struct festival *f, const struct amend *in,
    struct rule_version *p)
{
	struct arena *a = db_arena(tx->db);
	bool found;

	TRY(not_open(a, f));
	TRY(rules_proposed(tx->db, f, p, &found));
	if (!found || p->number != in->number)
		return ERR(a, ERR_CONFLICT, "amend-none");
	if (p->edits != in->edits)
		return ERR(a, ERR_CONFLICT, "amend-changed");
	if (str_eq(text_of(a, &p->rules), text_of(a, rules_newest(f))))
		return ERR(a, ERR_CONFLICT, "amend-same");
	if (f->n_amended >= AMENDMENTS_MAX)
		return ERR(a, ERR_CONFLICT, "amend-many");
	if (in->reason.n < AMEND_REASON_MIN || in->reason.n > AMEND_REASON_MAX)
		return ERR(a, ERR_INVALID, "amend-reason", .field = "reason");
	return NULL;
}

static err since_judge(struct arena *a, const struct city *city, const struct festival *f,
    const struct amend *in, int64_t now, int64_t *since)
{
	const struct rule_version *last = f->n_amended ? &f->amended[f->n_amended - 1] : NULL;
	struct buf b = BUF(a, 60);

	*since = in->since ? in->since : (now + AT_ONCE) / MINUTE * MINUTE;
	if (*since < now)
		return ERR(a, ERR_INVALID, "amend-past", .field = "day");
	if (time_day(*since, city->zone) > f->last_day)
		return ERR(a, ERR_INVALID, "amend-late", .field = "day");
	if (!last || *since >= last->since)
		return NULL;
	time_put_moment(&b, last->since, city->zone, LANG_ID);
	return ERR(a, ERR_INVALID, "amend-order", .field = "day", .arg = { buf_done(&b) });
}

/* A cap no version had before needs what each person counted so far. */
static err tallies_make(struct tx *tx, const struct city *city, const struct festival *was,
    const struct festival *is)
{
	struct rules_tallies had = rules_tallies(was), has = rules_tallies(is);

	if (has.merchant && !had.merchant) {
		TRY(festival_q_tally_clear(tx, is->city, is->id, 0, NULL));
		TRY(festival_q_tally_merchants(tx, is->city, is->id, NULL));
	}
	if (has.day && !had.day) {
		TRY(festival_q_tally_clear(tx, is->city, is->id, 1, NULL));
		TRY(festival_q_tally_days(tx, is->city, is->id, (int64_t)city->zone, NULL));
	}
	return NULL;
}

/* Joined cards are measured by the most generous caps: wider ones give back. */
static err joined_measure(struct tx *tx, const struct festival *is, int64_t now)
{
	struct festival_check_heads *v;
	struct festival_total_add total;
	struct festival_card_total_get t;
	int64_t counts, coupons, more = 0;
	bool found;
	size_t n;

	if (is->rules.counting != RULE_PERSON_TOTAL)
		return NULL;
	TRY(festival_q_check_heads(tx->db, is->city.v, is->id.v, &v, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(card_counts(tx->db, is, (struct card_standing){ v[i].card, true }, v[i].counted,
		    &counts));
		coupons = rule_total_coupons(&is->rules, counts);
		if (coupons == v[i].coupons)
			continue;
		TRY(festival_q_card_total_get(tx->db, is->city, is->id, v[i].card, &t, &found));
		CHECK(found && coupons > t.coupons);
		more += coupons - t.coupons;
		TRY(festival_q_card_total_set(tx, is->city, is->id, v[i].card, t.purchases,
		    t.rupiah, t.counted, coupons, t.last, NULL));
	}
	return !more ? NULL :
	    festival_q_total_add(tx, is->city, is->id, 0, 0, more, 0, 0, 0, now, &total);
}

static err make(struct tx *tx, const struct festival *f, const struct rule_version *p,
    const struct amend *in)
{
	int64_t changed;

	TRY(festival_q_version_make(tx, f->city, f->id, p->number, p->since, p->made, in->person,
	    in->by, in->reason, &changed));
	CHECK(changed == 1);
	TRY(festival_q_version_set(tx, f->city, f->id, p->number, &changed));
	return changed == 1 ? NULL : ERR(db_arena(tx->db), ERR_CONFLICT, "amend-raced");
}

err rules_amend(struct tx *tx, struct change *c, const struct city *city,
    const struct festival *f, const struct amend *in, int64_t now, bool *again)
{
	struct arena *a = db_arena(tx->db);
	struct festival is = *f;
	struct rule_version p;

	TRY(made_before(a, f, in, again));
	if (*again)
		return NULL;
	TRY(may_make(tx, f, in, &p));
	TRY(since_judge(a, city, f, in, now, &p.since));
	p.made = now;
	TRY(make(tx, f, &p, in));
	struct rule_version *v = NEWN(a, struct rule_version, f->n_amended + 1);
	for (size_t i = 0; i < f->n_amended; i++)
		v[i] = f->amended[i];
	v[is.n_amended++] = p;
	is.amended = v;
	is.version = p.number;
	TRY(tallies_make(tx, city, f, &is));
	TRY(joined_measure(tx, &is, now));
	TRY(sale_log_rules(tx, c, f, now));
	festival_touch(c, f);
	if (c)
		tx_touch(c, festival_totals_key(f->city, f->id));
	return NULL;
}

/* ---- in words ------------------------------------------------------------- */

static bool has(const str *v, size_t n, str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], s))
			return true;
	return false;
}

static void only(struct arena *a, const str *v, size_t n, const str *other, size_t n_other,
    str **out, size_t *n_out)
{
	*out = NEWN(a, str, n);
	*n_out = 0;
	for (size_t i = 0; i < n; i++)
		if (!has(other, n_other, v[i]))
			(*out)[(*n_out)++] = v[i];
}

void rules_compare(struct arena *a, const struct rules *was, const struct rules *now,
    enum lang lang, struct rules_change *c)
{
	str *v, *w;
	size_t n, m;

	rules_words(a, was, lang, &v, &n);
	rules_words(a, now, lang, &w, &m);
	only(a, v, n, w, m, &c->gone, &c->n_gone);
	only(a, w, m, v, n, &c->come, &c->n_come);
}

/* A document format, like rules_text(): not for translators. */
static void put_list(struct buf *b, str head, const str *v, size_t n)
{
	if (!n)
		return;
	buf_str(b, head);
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "- %.*s\n", SV(v[i]));
}

static void put_moment(struct buf *b, str head, int64_t at, enum zone zone, enum lang l)
{
	buf_str(b, head);
	time_put_moment(b, at, zone, l);
	buf_char(b, '\n');
}

/* A reason is one line here, however it was typed. */
static void put_reason(struct buf *b, str reason)
{
	for (size_t i = 0; i < reason.n; i++)
		buf_char(b, reason.p[i] == '\n' ? ' ' : reason.p[i]);
	buf_char(b, '\n');
}

static void put_amendment(struct buf *b, const struct festival *f, size_t i, enum zone zone,
    enum lang l)
{
	const struct rule_version *v = &f->amended[i];
	bool id = l == LANG_ID;
	struct rules_change c;

	rules_compare(b->a, rules_before(f, i), &v->rules, l, &c);
	buf_printf(b, id ? "\nPerubahan %lld\n" : "\nAmendment %lld\n", (long long)v->number - 1);
	put_moment(b, id ? S("Berlaku sejak ") : S("Holds from "), v->since, zone, l);
	put_moment(b, id ? S("Diputuskan ") : S("Decided "), v->made, zone, l);
	buf_str(b, id ? S("Alasan: ") : S("Reason: "));
	put_reason(b, v->reason);
	put_list(b, id ? S("Tidak berlaku lagi:\n") : S("No longer holds:\n"), c.gone, c.n_gone);
	put_list(b, id ? S("Mulai berlaku:\n") : S("Now holds:\n"), c.come, c.n_come);
}

err rules_history(struct db *db, const struct festival *f, enum lang l, str *out)
{
	struct buf b = BUF(db_arena(db), RULES_TEXT_MAX * (AMENDMENTS_MAX + 1));
	struct city city;

	TRY(city_get(db, f->city, &city));
	rules_text(&b, &f->rules, l);
	if (f->n_amended)
		buf_str(&b, l == LANG_ID ?
		    S("\nAturan berubah setelah dibuka. Tiap belanja dinilai sekali, menurut "
		      "aturan yang berlaku pada saat belanja.\n") :
		    S("\nThe rules changed after the opening. Each purchase is judged once, by "
		      "the rules in force at its moment.\n"));
	for (size_t i = 0; i < f->n_amended; i++)
		put_amendment(&b, f, i, city.zone, l);
	*out = buf_done(&b);
	CHECK(!b.full);
	return NULL;
}
