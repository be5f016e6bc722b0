/*
 * card_person_test.c - several cards of one person: coupons from the
 * person's total, caps of one person, lost cards, and what a draw makes of
 * them.  Figures worked by hand.
 */
#include "app/modules.h"
#include "core/city.h"
#include "mod/draw/draw.h"
#include "mod/draw/module.h"
#include "mod/festival/card_person.h"
#include "mod/festival/module.h"
#include "mod/festival/purchase.h"
#include "tap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOPS = 4 };

static struct arena *a;
static struct db *db;
static struct city city;
static struct festival fest, each;	/* by the person's sum, by each purchase */
static merchant_id shop[SHOPS];
static char home[300];
static int events;
static const int64_t now = INT64_C(1760000000) * SECOND;

static const char *rule_of(err e) { return e ? e->rule : ""; }

static bool is(err e, const char *rule)
{
	if (strcmp(rule_of(e), rule))
		printf("# rule is \"%s\"\n", rule_of(e));
	return !strcmp(rule_of(e), rule);
}

/* ---- in a transaction of its own -------------------------------------------- */

enum what { CARD, BUY, VOID, JOIN, BLOCK, PHONE, MOVE, DRAW, EXCLUDE, FREEZE };

struct job {
	enum what what;
	const struct festival *f;
	struct card *card;
	struct purchase_in in;
	struct purchase_out out;
	struct card_join_in join;
	purchase_id gone;
	enum festival_state to;
	struct draw *d;
	const struct draw_entries *entries;
};

static err draw_work(struct tx *tx, struct job *j)
{
	if (j->what == EXCLUDE)
		return draw_exclude(tx, NULL, j->d, j->f, j->card->number,
		    &(struct barring){ BARRED_COMMITTEE, S(""), S("x"), now });
	if (j->what == FREEZE)
		return draw_freeze(tx, NULL, j->d, j->f, j->entries,
		    (struct draw_when){ .notice = HOUR, .now = now });
	TRY(draw_create(tx, NULL, j->f, j->d, now));
	return prize_add(tx, NULL, j->d, &(struct prize){ .code = S("RUMAH"), .cls = S("utama"),
	    .number = 1, .title = S("Rumah") });
}

static err card_work(struct tx *tx, struct job *j)
{
	struct card head;
	bool again;

	if (j->what == CARD)
		return card_add(tx, j->f, j->card, now);
	if (j->what == JOIN)
		return card_join(tx, NULL, j->f, &j->join, now, &head, &again);
	if (j->what == BLOCK)
		return card_block(tx, NULL, j->f, j->card);
	return card_phone_set(tx, j->f, j->card, S("+628123456789"));
}

static err work(struct tx *tx, struct job *j)
{
	bool again;

	if (j->what >= DRAW)
		return draw_work(tx, j);
	if (j->what == MOVE)
		return festival_move(tx, NULL, j->f, j->to, now);
	if (j->what == BUY)
		return purchase_record(tx, NULL, &city, j->f, &j->in, now, &j->out);
	if (j->what == VOID)
		return purchase_void(tx, NULL, &city, j->f, j->gone, &(struct void_in){
		    .event = S("v"), .reason = S("salah ketik") }, now, &again);
	return card_work(tx, j);
}

static err act(struct job *j)
{
	DB_TX(tx, db);
	TRY(work(&tx.tx, j));
	return db_tx_commit(&tx);
}

static void fine(err e)
{
	if (e) {
		printf("# %s\n", e->rule);
		panic("should have worked");
	}
}

static struct card fresh(const struct festival *f)
{
	struct card c = { 0 };

	fine(act(&(struct job){ .what = CARD, .f = f, .card = &c }));
	return c;
}

static struct job sale(const struct festival *f, const struct card *c, int m, int64_t amount)
{
	return (struct job){ .what = BUY, .f = f, .in = { .event = arena_printf(a, "e%d", ++events),
	    .merchant = shop[m], .card = c->number, .amount = amount,
	    .at = time_of_day(f->first_day, city.zone) + HOUR } };
}

static struct purchase_out buy(const struct festival *f, const struct card *c, int m,
    int64_t amount)
{
	struct job j = sale(f, c, m, amount);

	fine(act(&j));
	return j.out;
}

static err join(const struct festival *f, const struct card *c, const struct card *to,
    enum card_join_kind kind)
{
	return act(&(struct job){ .what = JOIN, .f = f, .join = { c->number, to->number, kind,
	    kind == CARD_LOST ? S("hilang di pasar") : S(""), { 0 } } });
}

static int64_t ask(const char *sql, int64_t id)
{
	CLEANUP(db_done) struct db_stmt *s = NULL;
	struct db_query *q = NEW(a, struct db_query);
	bool more;

	*q = (struct db_query){ .name = "t.ask", .sqlite = sql };
	fine(db_run(db, q, &s));
	if (strchr(sql, '?'))
		db_bind_int(s, 1, id);
	fine(db_next(s, &more));
	return more ? db_int(s, 0) : -1;
}

static int64_t coupons(const struct card *c)
{
	return ask("SELECT coupons FROM card_total WHERE card = ?1", c->id.v);
}

/* What one check says, or what all say for a NULL name. */
static str said(const char *name)
{
	struct buf b = BUF(a, 1u << 20);

	for (size_t i = 0; i < festival_module.n_checks; i++)
		if (!name || !strcmp(name, festival_module.checks[i].name))
			fine(festival_module.checks[i].run(db, &b));
	for (size_t i = 0; !name && i < draw_module.n_checks; i++)
		fine(draw_module.checks[i].run(db, &b));
	return buf_done(&b);
}

static bool clean(void)
{
	str s = said(NULL);

	if (s.n)
		printf("# %.*s", SV(s));
	return !s.n;
}

/* ---- the sales ----------------------------------------------------------------- */

static err open_sale(struct tx *tx, struct festival *f, str slug, enum rule_counting counting)
{
	enum participation_state s;

	*f = (struct festival){ .city = city.id, .slug = slug, .name = slug, .first_day = 18901,
	    .last_day = 18931, .rules = { .unit = 50000, .counting = counting,
		.cap_merchant = 300000, .cap_person = 1000000 } };
	TRY(festival_add(tx, f, now));
	TRY(festival_move(tx, NULL, f, FESTIVAL_OPEN, now));
	for (int i = 0; i < SHOPS; i++)
		TRY(merchant_join(tx, NULL, f, shop[i], true, S("x"), now, &s));
	return festival_find(tx->db, city.id, slug, f);
}

static err set_up(void)
{
	const char *where = arena_cstr(a, arena_printf(a, "%s/laris.db", home));
	size_t applied;

	TRY(db_open(&db, a, where, DB_WRITE));
	TRY(db_migrate(db, laris_migrations, laris_n_migrations, now, &applied));
	DB_TX(tx, db);
	TRY(city_add(&tx.tx, S("33.72"), S(""), S(""), now, &city));
	for (int i = 0; i < SHOPS; i++) {
		struct merchant m = { .name = arena_printf(a, "Toko %d", i) };
		TRY(merchant_add(&tx.tx, city.id, &m, now));
		shop[i] = m.id;
	}
	TRY(open_sale(&tx.tx, &fest, S("sgs-2021"), RULE_PERSON_TOTAL));
	TRY(open_sale(&tx.tx, &each, S("per-nota"), RULE_PER_PURCHASE));
	return db_tx_commit(&tx);
}

/* ---- the promises ----------------------------------------------------------------- */

static void test_total(void)
{
	struct card x = fresh(&fest), y = fresh(&fest);
	struct job first = sale(&fest, &x, 0, 30000);

	fine(act(&first));
	buy(&fest, &y, 0, 30000);
	ok(coupons(&x) == 0 && coupons(&y) == 0, "two cards of 30.000: no coupon");
	ok(is(join(&fest, &x, &y, CARD_SAME_PERSON), "") && coupons(&y) == 1,
	    "joined they are 60.000: one coupon");
	struct purchase_out out = buy(&fest, &x, 0, 40000);
	ok(out.coupons == 2 && coupons(&y) == 2 && out.card == x.number,
	    "what is bought on the joined card counts on the main one");
	purchase_id id = first.out.id;
	ok(is(act(&first), "") && first.out.again && first.out.id.v == id.v,
	    "sent again after the join: the same answer");
	first.in.card = fresh(&fest).number;
	ok(is(act(&first), "event-reused"), "with another card it is another sale");
	fine(act(&(struct job){ .what = VOID, .f = &fest, .gone = id }));
	ok(coupons(&y) == 1 && coupons(&x) == 0, "a void of before the join: 70.000, one coupon");
	ok(is(join(&fest, &x, &y, CARD_SAME_PERSON), "") && coupons(&y) == 1,
	    "the same join again: it is so already, nothing moves");
	struct card z = fresh(&fest);
	ok(is(join(&fest, &x, &z, CARD_SAME_PERSON), "card-joined"), "a join is for good");
	ok(clean(), "every sum agrees");
}

static void test_caps(void)
{
	struct card x = fresh(&fest), y = fresh(&fest);
	purchase_id id = buy(&fest, &x, 0, 300000).id;

	buy(&fest, &y, 0, 300000);
	ok(coupons(&x) == 6 && coupons(&y) == 6, "each card reached the cap of one merchant");
	fine(join(&fest, &x, &y, CARD_SAME_PERSON));
	ok(coupons(&y) == 6, "one person does not have it twice");
	ok(buy(&fest, &x, 0, 50000).counted == 0, "and no more there");
	ok(buy(&fest, &y, 1, 50000).coupons == 7, "elsewhere it goes on");
	fine(act(&(struct job){ .what = VOID, .f = &fest, .gone = id }));
	ok(coupons(&y) == 7, "what one card's void frees, the other card's note fills");
	for (int i = 1; i < SHOPS; i++)
		buy(&fest, &x, i, 300000);
	ok(coupons(&y) == 20, "the cap of one person: 1.000.000");
	struct card z = fresh(&fest);
	buy(&fest, &z, 2, 200000);
	fine(join(&fest, &z, &y, CARD_SAME_PERSON));
	ok(coupons(&y) == 20 && coupons(&z) == 0, "holds for a third card too");
	ok(clean(), "every sum agrees");
}

static void test_each(void)
{
	struct card x = fresh(&each), y = fresh(&each);
	purchase_id id = buy(&each, &x, 0, 120000).id;

	buy(&each, &y, 0, 75000);
	fine(join(&each, &x, &y, CARD_SAME_PERSON));
	ok(coupons(&y) == 3, "where each purchase counts alone, coupons add up");
	fine(act(&(struct job){ .what = VOID, .f = &each, .gone = id }));
	ok(coupons(&y) == 1, "and a void takes its own back");
	ok(clean(), "every sum agrees");
}

static void test_lost(void)
{
	struct card x = fresh(&fest), y = fresh(&fest), z = fresh(&fest), w = fresh(&fest);
	enum card_gone gone;
	struct job j;

	buy(&fest, &x, 0, 120000);
	fine(join(&fest, &w, &x, CARD_SAME_PERSON));
	ok(is(join(&fest, &x, &x, CARD_LOST), "card-same"), "a card is not its own successor");
	j = (struct job){ .what = JOIN, .f = &fest, .join = { x.number, y.number, CARD_LOST,
	    S(""), { 0 } } };
	ok(is(act(&j), "card-lost-reason"), "a lost card needs a reason");
	fine(join(&fest, &x, &y, CARD_LOST));
	ok(coupons(&y) == 2 && coupons(&x) == 0, "its coupons are on the new card");
	j = sale(&fest, &x, 0, 50000);
	ok(is(act(&j), "card-blocked"), "nothing goes onto the lost one");
	fine(card_find(db, &fest, x.number, &x));
	fine(card_gone(db, &fest, &x, &gone));
	ok(x.blocked && gone == CARD_MOVED, "which says blocked and moved");
	ok(buy(&fest, &w, 0, 50000).coupons == 3 && coupons(&y) == 3,
	    "a card joined to the lost one follows to the new one");
	ok(is(join(&fest, &z, &x, CARD_SAME_PERSON), "") && coupons(&y) == 3,
	    "joining to the lost number reaches the new card");
	ok(is(join(&fest, &(struct card){ .number = 1 }, &y, CARD_LOST), "card-unknown"),
	    "a number that is not there");
	fine(act(&(struct job){ .what = BLOCK, .f = &fest, .card = &y }));
	struct card late = fresh(&fest);
	ok(is(join(&fest, &late, &y, CARD_SAME_PERSON), "card-blocked"),
	    "nothing joins a blocked card");
	ok(clean(), "every sum agrees");
}

/* Each line of the new check, provoked. */
static void test_check(void)
{
	static const char *const sql[][2] = {
		{ "DELETE FROM card_join", "is joined, and no row says so\n" },
		{ "UPDATE card SET main = 5 WHERE main <> 0 AND main <> id", "itself joined\n" },
		{ "UPDATE card_total SET rupiah = 1 WHERE rupiah = 0", "still has some\n" },
		{ "UPDATE card SET main = 0 WHERE main <> id", "does not stand so\n" },
		{ "UPDATE card SET main = id WHERE main = 0", "main card of nobody\n" },
		{ "UPDATE card_tally SET counted = counted + 7", "counted at one merchant" },
	};

	for (size_t i = 0; i < countof(sql); i++) {
		CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };
		fine(db_tx_begin(&tx, db));
		fine(db_script(db, sql[i][0]));
		ok(str_find(said("festival-joined-cards"), str_of(sql[i][1])) != SIZE_MAX,
		    "named after: %s", sql[i][0]);
	}
	CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };
	fine(db_tx_begin(&tx, db));
	fine(db_script(db, "UPDATE card_total SET coupons = 12 WHERE coupons = 20"));
	ok(str_find(said("festival-coupons"), S("coupons of joined card")) != SIZE_MAX,
	    "a joined card's coupons are proven from the caps");
}

/* ---- the draw --------------------------------------------------------------------- */

static struct draw draw_of(str slug, bool rehearsal)
{
	struct draw d = { .slug = slug, .name = slug, .rehearsal = rehearsal };

	fine(act(&(struct job){ .what = DRAW, .f = &fest, .d = &d }));
	return d;
}

static int64_t excluded(const struct draw *d)
{
	return ask("SELECT length(bytes) FROM draw_file"
	    " WHERE name = 'ineligible.txt' AND draw = ?1", d->id.v);
}

static void test_draw(void)
{
	struct card x = fresh(&fest), y = fresh(&fest), late = fresh(&fest);
	struct draw trial = draw_of(S("gladi"), true), real = draw_of(S("utama"), false);
	struct draw_entries *entries;
	int64_t holders, n, had;

	buy(&fest, &x, 0, 100000);
	buy(&fest, &y, 0, 100000);
	buy(&fest, &late, 0, 100000);
	fine(draw_holders(db, &fest, &holders, &had));
	fine(join(&fest, &x, &y, CARD_SAME_PERSON));
	fine(draw_holders(db, &fest, &n, &had));
	ok(n == holders - 1, "joined cards are one holder");
	fine(act(&(struct job){ .what = EXCLUDE, .f = &fest, .d = &trial, .card = &x }));
	fine(act(&(struct job){ .what = EXCLUDE, .f = &fest, .d = &trial, .card = &y }));
	fine(act(&(struct job){ .what = FREEZE, .f = &fest, .d = &trial }));
	ok(trial.entries == n && excluded(&trial) == 65,
	    "who may not win stands once on that list, under the main card");
	fine(act(&(struct job){ .what = MOVE, .f = &fest, .to = FESTIVAL_CLOSED }));
	fine(festival_find(db, city.id, fest.slug, &fest));
	fine(draw_gather(db, &real, &fest, &entries));
	fine(join(&fest, &late, &y, CARD_SAME_PERSON));
	ok(is(act(&(struct job){ .what = FREEZE, .f = &fest, .d = &real, .entries = entries }),
	    "draw-moved"), "a join between list and freeze is noticed");
	fine(draw_gather(db, &real, &fest, &entries));
	fine(act(&(struct job){ .what = PHONE, .f = &fest, .card = &y }));
	ok(is(act(&(struct job){ .what = FREEZE, .f = &fest, .d = &real, .entries = entries }),
	    "draw-moved"), "and a phone number, which is in the name on the list");
	fine(act(&(struct job){ .what = FREEZE, .f = &fest, .d = &real }));
	fine(festival_find(db, city.id, fest.slug, &fest));
	ok(is(act(&(struct job){ .what = PHONE, .f = &fest, .card = &y }), "card-frozen"),
	    "once frozen no phone number changes");
	struct card other = fresh(&fest);
	ok(is(join(&fest, &other, &y, CARD_LOST), "card-frozen"), "and nothing joins");
	ok(is(act(&(struct job){ .what = BLOCK, .f = &fest, .card = &y }), ""),
	    "a lost card can still be blocked");
	ok(clean(), "and the frozen list is as it was published");
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");

	a = arena_new();
	log_level_set(LOG_SILENT);
	snprintf(home, sizeof home, "%s/laris-person-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(home))
		panic("no folder to write in");
	fine(set_up());
	test_total();
	test_caps();
	test_each();
	test_lost();
	test_check();
	test_draw();
	db_close(&db);
	const char *files[] = { "laris.db", "laris.db-wal", "laris.db-shm" };
	for (size_t i = 0; i < countof(files); i++)
		unlink(arena_cstr(a, arena_printf(a, "%s/%s", home, files[i])));
	rmdir(home);
	arena_free(&a);
	return done();
}
