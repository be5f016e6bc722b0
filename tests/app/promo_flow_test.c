/*
 * promo_flow_test.c - promotions on a real database: a hundred uses at once
 * through the writer never pass a quota or a budget; what is taken back, or
 * whose purchase is struck out, can be used again; laris check proves it.
 */
#include "app/modules.h"
#include "core/city.h"
#include "mod/festival/purchase.h"
#include "mod/promo/module.h"
#include "mod/promo/promo.h"
#include "promo_read.h"
#include "tap.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AT_ONCE = 100 };

static struct arena *a;
static struct db *db;
static struct writer *writer;
static struct city city;
static struct festival fest;
static struct merchant shop, other;
static struct card card[3];
static char home[300];
static int64_t noon;		/* of the sale's second day		*/
static int serial;

static str event(void)
{
	return arena_printf(a, "e-%d", ++serial);
}

/* ---- one change at a time ------------------------------------------------ */

typedef err body(struct tx *, void *);

static err in_tx(body *run, void *ctx)
{
	DB_TX(tx, db);
	TRY(run(&tx.tx, ctx));
	return db_tx_commit(&tx);
}

static bool is(err e, const char *rule)
{
	bool same = e && !strcmp(e->rule, rule);

	if (!same)
		printf("# %s, not %s\n", e ? e->rule : "no refusal", rule);
	return same;
}

static err add_body(struct tx *tx, void *ctx)
{
	struct promotion *p = ctx;
	struct promo_clock c = promo_clock(&fest, city.zone, noon);

	TRY(promo_add(tx, &fest, p, S("x"), noon));
	if (p->merchant.v)
		TRY(promo_move(tx, &fest, p, PROMO_ASKED, PROMO_MAKER, c, (str){ 0 }, S("x"),
		    noon));
	return promo_move(tx, &fest, p, PROMO_PUBLISHED, PROMO_ORGANISER, c, (str){ 0 }, S("o"),
	    noon);
}

/* Published, of "shop", all days of the sale, unless said otherwise. */
static struct promotion offer(struct promotion p)
{
	p.title = p.title.n ? p.title : S("Diskon batik tulis");
	p.kind = p.worth ? PROMO_AMOUNT : PROMO_PERCENT;
	p.percent = 10;
	p.first_day = p.first_day ? p.first_day : fest.first_day;
	p.last_day = p.last_day ? p.last_day : fest.last_day;
	err e = in_tx(add_body, &p);
	if (e)
		panic("no promotion: %s", e->rule);
	return p;
}

struct using { struct redeem_in in; struct redeem_out out; int64_t now; };

static err use_body(struct tx *tx, void *ctx)
{
	struct using *u = ctx;

	return promo_redeem(tx, &city, &fest, &u->in, u->now, &u->out);
}

static err use(const struct promotion *p, struct using *u)
{
	u->in.promotion = p->id;
	u->in.merchant = u->in.merchant.v ? u->in.merchant : shop.id;
	u->in.event = u->in.event.n ? u->in.event : event();
	u->now = u->now ? u->now : noon;
	return in_tx(use_body, u);
}

static struct promotion now_of(const struct promotion *p)
{
	struct promotion q;

	if (promo_get(db, city.id, p->id, &q))
		panic("lost");
	return q;
}

static str checks(void)
{
	struct buf b = BUF(a, 1u << 20);

	for (size_t i = 0; i < promo_module.n_checks; i++)
		if (promo_module.checks[i].run(db, &b))
			buf_printf(&b, "%s did not run\n", promo_module.checks[i].name);
	return buf_done(&b);
}

/* ---- a hundred at once ------------------------------------------------------ */

struct job {
	struct change change;
	struct using u;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static int ended, good, refused;

static err job_run(struct change *c, struct tx *tx)
{
	struct job *j = (struct job *)(void *)((char *)c - offsetof(struct job, change));

	return use_body(tx, &j->u);
}

static void job_done(struct change *c, err e)
{
	(void)c;
	pthread_mutex_lock(&lock);
	ended++;
	good += !e;
	refused += e && (!strcmp(e->rule, "quota-used") || !strcmp(e->rule, "budget-used") ||
	    !strcmp(e->rule, "limit-used"));
	pthread_cond_signal(&more);
	pthread_mutex_unlock(&lock);
}

/* As a network of tills would: from four threads, none waiting for another. */
static void *sender(void *arg)
{
	struct job *v = arg;

	for (int i = 0; i < AT_ONCE / 4; i++)
		if (!writer_submit(writer, &v[i].change))
			panic("the queue is full");
	return NULL;
}

static void rush(const struct promotion *p, int64_t number)
{
	struct job *v = NEWN(a, struct job, AT_ONCE);
	pthread_t t[4];

	ended = good = refused = 0;
	for (int i = 0; i < AT_ONCE; i++)
		v[i] = (struct job){
		    .change = { .run = job_run, .done = job_done, .a = arena_new() },
		    .u = { .now = noon, .in = { .event = event(), .promotion = p->id,
			.merchant = shop.id, .card = number } } };
	for (int i = 0; i < 4; i++)
		pthread_create(&t[i], NULL, sender, v + i * AT_ONCE / 4);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	pthread_mutex_lock(&lock);
	while (ended < AT_ONCE)
		pthread_cond_wait(&more, &lock);
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < AT_ONCE; i++)
		arena_free(&v[i].change.a);
}

static void at_once(void)
{
	struct promotion p = offer((struct promotion){ .merchant = shop.id, .quota = 37 });

	rush(&p, 0);
	ok(good == 37 && refused == 63, "100 at once, quota 37: %d used, %d refused", good,
	    refused);
	ok(now_of(&p).used == 37, "and 37 are counted");
	p = offer((struct promotion){ .merchant = shop.id, .worth = 7000, .budget = 100000 });
	rush(&p, 0);
	ok(good == 14 && refused == 86 && now_of(&p).given == 98000,
	    "100 at once, Rp 100.000 for Rp 7.000 each: %d used", good);
	p = offer((struct promotion){ .merchant = shop.id, .per_card = 3 });
	rush(&p, card[0].number);
	ok(good == 3 && refused == 97, "100 at once on one card, three allowed: %d used", good);
	ok(!checks().n, "laris check: all sums agree");
}

/* ---- one after another ------------------------------------------------------- */

static void repeated(void)
{
	struct promotion p = offer((struct promotion){ .merchant = shop.id, .quota = 2 });
	struct promotion q = offer((struct promotion){ .merchant = shop.id });
	struct using u = { .in = { .event = S("same"), .card = card[0].number } }, first;

	ok(!use(&p, &u) && !u.out.again && u.out.rest == 1, "used: one is left");
	first = u;
	u.now = noon + HOUR;
	ok(!use(&p, &u) && u.out.again && u.out.id.v == first.out.id.v &&
	    u.out.at == first.out.at &&
	    u.out.rest == 1 && now_of(&p).used == 1,
	    "the same event again: the same answer, once counted");
	u = (struct using){ .in = { .event = S("same"), .card = card[1].number } };
	ok(is(use(&p, &u), "event-reused"), "with another card: refused");
	u = (struct using){ .in = { .event = S("same") } };
	ok(is(use(&p, &u), "event-reused"), "without a card: refused");
	u = (struct using){ .in = { .event = S("same"), .card = card[0].number, .amount = 5 } };
	ok(is(use(&p, &u), "event-reused"), "with an amount: refused");
	u = (struct using){ .in = { .event = S("same"), .card = card[0].number } };
	ok(is(use(&q, &u), "event-reused"), "for another promotion: refused");
	u = (struct using){ .in = { .event = S("same"), .card = card[0].number,
	    .merchant = other.id } };
	ok(is(use(&p, &u), "event-reused"), "at another merchant: refused");
}

static void judged(void)
{
	struct promotion p = offer((struct promotion){ .merchant = shop.id, .from = 660, .to = 780,
	    .first_day = fest.first_day + 1, .last_day = fest.first_day + 2, .per_card = 1 });
	struct promotion all = offer((struct promotion){ .title = S("Di mana saja") });
	struct promotion there = offer((struct promotion){ .venue = { 77 } });
	struct using u;

#define USE(p_, ...) (u = (struct using){ __VA_ARGS__ }, use(&(p_), &u))
	ok(is(USE(p, .in.merchant = other.id), "promo-merchant"), "another merchant's promotion");
	ok(is(USE(p, .in.card = 0), "promo-card-needed"), "a limit a card needs a card");
	ok(is(USE(p, .in.card = card_number_make(77777)), "card-unknown"), "a card nobody has");
	ok(is(USE(p, .in.card = card[0].number, .now = noon - DAY), "promo-not-running"),
	    "a day too early");
	ok(is(USE(p, .in.card = card[0].number, .now = noon + 3 * DAY), "promo-not-running"),
	    "a day too late");
	ok(is(USE(p, .in.card = card[0].number, .now = noon + 2 * HOUR), "promo-hours"),
	    "at the wrong hour");
	ok(!USE(p, .in.card = card[0].number), "at the right hour, with a card");
	ok(is(USE(p, .in.card = card[0].number), "limit-used"), "the card's limit");
	ok(!USE(p, .in.card = card[1].number), "another card may");
	ok(!USE(all, .in.merchant = other.id), "the organiser's, at any merchant of the sale");
	ok(is(USE(all, .in.merchant = { 999 }), "merchant-not-admitted"), "not at one outside it");
	ok(is(USE(there, .in.merchant = other.id), "promo-venue"), "one of a venue, elsewhere");
	struct promotion gone = { .id = { 5 } };
	ok(is(USE(gone, .in.card = 0), "promo-unknown"), "one that is not there");
	enum festival_state was = fest.state;
	fest.state = FESTIVAL_CLOSED;
	ok(is(USE(all, .in.card = 0), "festival-not-open"), "after the sale has closed");
	fest.state = was;
}

/* ---- taken back ------------------------------------------------------------------ */

struct backing { redemption_id id; struct redeem_void in; bool again; };

static err back_body(struct tx *tx, void *ctx)
{
	struct backing *b = ctx;

	return promo_void(tx, &fest, b->id, &b->in, noon, &b->again);
}

static void taken_back(void)
{
	struct promotion p = offer((struct promotion){ .merchant = shop.id, .worth = 5000,
	    .budget = 5000, .quota = 1, .per_card = 1 });
	struct using u = { .in = { .card = card[0].number } };
	struct backing b = { .in = { .event = S("v1"), .reason = S("salah kartu") } };

	ok(!use(&p, &u) && u.out.given == 5000 && u.out.rest == 0, "the only one is used");
	b.id = u.out.id;
	u = (struct using){ .in = { .card = card[1].number } };
	ok(is(use(&p, &u), "quota-used"), "no second one");
	ok(!in_tx(back_body, &b) && !b.again, "taken back");
	ok(!in_tx(back_body, &b) && b.again, "and again: the same answer");
	b.in.event = S("v2");
	ok(is(in_tx(back_body, &b), "promo-void-already"), "by another event: refused");
	ok(now_of(&p).used == 0 && now_of(&p).given == 0, "quota and budget are whole again");
	u = (struct using){ .in = { .card = card[0].number } };
	ok(!use(&p, &u), "the same card may use it again");
	b.id = (redemption_id){ 4 };
	ok(is(in_tx(back_body, &b), "redemption-unknown"), "a use that is none");
}

struct buying { struct purchase_in in; struct purchase_out out; };

static err buy_body(struct tx *tx, void *ctx)
{
	struct buying *b = ctx;

	return purchase_record(tx, NULL, &city, &fest, &b->in, noon, &b->out);
}

static err strike_body(struct tx *tx, void *ctx)
{
	struct buying *b = ctx;
	bool again;

	return purchase_void(tx, NULL, &city, &fest, b->out.id,
	    &(struct void_in){ .event = S("strike"), .reason = S("salah ketik") }, noon, &again);
}

/* The contract: a void of a purchase gives points, quota and coupons back. */
static void with_purchase(void)
{
	struct promotion p = offer((struct promotion){ .merchant = shop.id, .quota = 3 });
	struct buying b = { .in = { .event = event(), .merchant = shop.id, .card = card[0].number,
	    .amount = 200000, .at = noon } };
	struct promotion any = offer((struct promotion){ .title = S("Di mana saja") });
	struct promo_void_get v;
	struct using u;
	bool found;

	ok(!in_tx(buy_body, &b), "a purchase");
	ok(is(USE(p, .in.purchase = { 3 }), "promo-purchase"),
	    "a use names a purchase that is none");
	ok(is(USE(any, .in.purchase = b.out.id, .in.merchant = other.id), "promo-purchase"),
	    "or another merchant's");
	ok(!USE(p, .in.purchase = b.out.id, .in.card = card[0].number) && u.out.given == 20000,
	    "ten percent of its purchase");
	redemption_id named = u.out.id;
	ok(!USE(p, .in.event = b.in.event), "and one a till sent under the purchase's own event");
	ok(!USE(p, .in.card = 0) && u.out.rest == 0, "and one by itself: the quota is used");
	ok(!in_tx(strike_body, &b), "the purchase is struck out");
	ok(now_of(&p).used == 1, "two of three went back with it");
	ok(!promo_q_void_get(db, city.id, named, &v, &found) && found &&
	    v.purchase.v == b.out.id.v &&
	    str_eq(v.reason, S("salah ketik")), "the use says by which purchase and why");
	ok(!checks().n, "laris check: all sums agree");
}

/* ---- its life -------------------------------------------------------------------- */

struct step { struct promotion *p; enum promo_state to; unsigned who; str reason; };

static err step_body(struct tx *tx, void *ctx)
{
	struct step *s = ctx;

	return promo_move(tx, &fest, s->p, s->to, s->who, promo_clock(&fest, city.zone, noon),
	    s->reason, S("x"), noon);
}

static err change_body(struct tx *tx, void *ctx)
{
	return promo_change(tx, &fest, ctx);
}

static size_t found_by(const char *word)
{
	struct promo_catalogue *v;
	size_t n;

	if (promo_q_catalogue(db, city.id, fest.id, (promotion_id){ INT64_MAX }, str_of(word),
	    (str){ 0 }, (str){ 0 }, fest.first_day + 1, 720, false, 0, (venue_id){ 0 }, -1,
	    (str){ 0 }, false, 0, 0, 1000, 0, 100, &v, &n))
		panic("no catalogue");
	return n;
}

static void lives(void)
{
	struct promotion p = offer((struct promotion){ .merchant = shop.id,
	    .title = S("Kerudung rajutan") });
	struct step s = { &p, PROMO_STOPPED, PROMO_MAKER, { 0 } };

	ok(found_by("kerudung") == 1 && found_by("rajut") == 1,
	    "a published one is found by its words");
	ok(is(in_tx(change_body, &p), "promo-fixed"), "and cannot be changed");
	ok(is(in_tx(step_body, &s), "promo-reason"), "stopping needs a reason");
	s.reason = S("dagangan habis");
	ok(!in_tx(step_body, &s) && !found_by("kerudung"), "stopped, and found no more");
	s = (struct step){ &p, PROMO_PUBLISHED, PROMO_MAKER, { 0 } };
	ok(is(in_tx(step_body, &s), "promo-step"), "its maker cannot publish it alone");
	s.to = PROMO_ASKED;
	ok(!in_tx(step_body, &s), "but ask again");
	s = (struct step){ &p, PROMO_REFUSED, PROMO_ORGANISER, S("jelaskan bahannya") };
	ok(!in_tx(step_body, &s) && str_eq(now_of(&p).reason, S("jelaskan bahannya")),
	    "refused, with the reason");
	p.title = S("Kerudung katun");
	ok(!in_tx(change_body, &p), "a refused one can be mended");
	s = (struct step){ &p, PROMO_ASKED, PROMO_MAKER, { 0 } };
	ok(!in_tx(step_body, &s), "and handed in again");
	s = (struct step){ &p, PROMO_PUBLISHED, PROMO_ORGANISER, { 0 } };
	ok(!in_tx(step_body, &s) && found_by("katun") == 1 && !found_by("rajut"),
	    "published anew, by its new words");
}

static err end_body(struct tx *tx, void *ctx)
{
	return promo_end_old(tx, &city, *(int64_t *)ctx);
}

static void ends(void)
{
	struct promotion p = offer((struct promotion){ .merchant = shop.id,
	    .title = S("Sehari saja"),
	    .last_day = fest.first_day + 1, .to = 780 });
	int64_t at = noon;

	ok(!in_tx(end_body, &at) && now_of(&p).state == PROMO_PUBLISHED, "in its hours it stands");
	at = noon + 61 * MINUTE;
	ok(!in_tx(end_body, &at) && now_of(&p).state == PROMO_ENDED && !found_by("hari"),
	    "after its last hour it ends by itself");
	ok(!checks().n, "laris check: searches find the published ones");
}

static err village_body(struct tx *tx, void *ctx)
{
	other.village = str_of(ctx);
	return merchant_change(tx, city.id, &other);
}

static bool chosen_from(const char *village, size_t of)
{
	struct promo_villages *v;
	size_t n, seen = 0;

	if (promo_q_villages(db, city.id, fest.id, &v, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		seen += str_eq(v[i].village, str_of(village));
	return n == of && (seen == 1 || !of);
}

struct raise { struct promotion *p; int64_t quota; };
static err raise_body(struct tx *tx, void *ctx)
{
	struct raise *r = ctx;
	struct promotion p;
	err e = promo_get(tx->db, city.id, r->p->id, &p);

	return e ? e : promo_more(tx, &p, r->quota);
}

static void raised(void)
{
	struct promotion p = offer((struct promotion){ .merchant = shop.id, .quota = 1 });
	struct using u;

	ok(!USE(p, .in.card = 0) && is(USE(p, .in.card = 0), "quota-used"), "one, and no second");
	ok(is(in_tx(raise_body, &(struct raise){ &p, 1 }), "promo-quota-less"), "one is no more");
	ok(!in_tx(raise_body, &(struct raise){ &p, 2 }) && !USE(p, .in.card = 0) &&
	    is(USE(p, .in.card = 0), "quota-used"), "raised: one more, and no third");
}

/* The kelurahan that the catalogue offers to choose from. */
static void places(void)
{
	char laweyan[] = "3372011001", kemlayan[] = "3372021003";
	int64_t at = noon;

	ok(!in_tx(end_body, &at) && chosen_from("", 1), "of merchants without one: none");
	ok(!in_tx(village_body, laweyan), "one says its kelurahan");
	(void)offer((struct promotion){ .merchant = other.id });
	ok(chosen_from(laweyan, 2), "its promotion is published: one may choose it at once");
	ok(!in_tx(village_body, kemlayan) && !in_tx(end_body, &at) && chosen_from(kemlayan, 2),
	    "it moves: soon the list knows");
}

/* ---- what laris check must see ----------------------------------------------------- */

static const struct { const char *sql, *line; } breaks[] = {
	{ "UPDATE promotion_total SET used = used + 1 WHERE used = 37",
	    "uses: kept 38, from the rows 37" },
	{ "UPDATE promotion_total SET given = 1 WHERE given = 98000",
	    "rupiah given: kept 1, from the rows 98000" },
	{ "UPDATE promotion SET quota = 36 WHERE quota = 37", "used 37 of 36" },
	{ "UPDATE promotion_card SET used = 9 WHERE used = 3",
	    "one card: kept 9, from the rows 3" },
	{ "DELETE FROM redemption_void WHERE purchase <> 0", "its purchase is struck out" },
	{ "DELETE FROM promotion_word WHERE word = ''", "published, and no search finds it" },
	{ "UPDATE promotion SET state = 4 WHERE state = 2",
	    "not published, and a search finds it" },
};

static void broken(void)
{
	for (size_t i = 0; i < countof(breaks); i++) {
		CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };
		if (db_tx_begin(&tx, db) || db_script(db, breaks[i].sql))
			panic("cannot tamper");
		str said = checks();
		ok(str_find(said, str_of(breaks[i].line)) != SIZE_MAX, "named after: %s",
		    breaks[i].sql);
	}
	ok(!checks().n, "clean again when it was taken back");
}

/* ---- the stage ------------------------------------------------------------------------ */

static err people(struct tx *tx)
{
	enum participation_state s;

	shop.name = S("Batik Laweyan");
	other.name = S("Soto Gading");
	TRY(merchant_add(tx, city.id, &shop, noon));
	TRY(merchant_join(tx, NULL, &fest, shop.id, true, S("x"), noon, &s));
	TRY(merchant_add(tx, city.id, &other, noon));
	TRY(merchant_join(tx, NULL, &fest, other.id, true, S("x"), noon, &s));
	for (size_t i = 0; i < countof(card); i++)
		TRY(card_add(tx, &fest, &card[i], noon));
	return NULL;
}

static err set_up(void)
{
	const char *where = arena_cstr(a, arena_printf(a, "%s/laris.db", home));
	const struct app *app = laris_app();
	struct writer_options opt = { 0 };
	size_t applied;

	TRY(db_open(&db, a, where, DB_WRITE));
	TRY(db_migrate(db, app->migrations, app->n_migrations, 1, &applied));
	TRY(writer_open(&writer, a, where, &opt));
	noon = time_of_day(18902, ZONE_WIB) + 12 * HOUR;
	DB_TX(tx, db);
	TRY(city_add(&tx.tx, S("33.72"), S(""), S(""), noon, &city));
	fest = (struct festival){ .city = city.id, .slug = S("sgs-2021"), .name = S("SGS 2021"),
	    .first_day = 18901, .last_day = 18931, .rules = { .unit = 50000 } };
	TRY(festival_add(&tx.tx, &fest, noon));
	TRY(people(&tx.tx));
	TRY(festival_move(&tx.tx, NULL, &fest, FESTIVAL_OPEN, noon));
	TRY(festival_find(db, city.id, S("sgs-2021"), &fest));
	return db_tx_commit(&tx);
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");

	a = arena_new();
	snprintf(home, sizeof home, "%s/laris-promo-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(home))
		panic("no folder to write in");
	err e = set_up();
	ok(!e, "a sale with two merchants and three cards%s", e ? e->rule : "");
	if (!e) {
		at_once();
		repeated();
		raised();
		judged();
		taken_back();
		with_purchase();
		lives();
		ends();
		places();
		broken();
	}
	writer_close(&writer);
	db_close(&db);
	const char *files[] = { "laris.db", "laris.db-wal", "laris.db-shm" };
	for (size_t i = 0; i < countof(files); i++)
		unlink(arena_cstr(a, arena_printf(a, "%s/%s", home, files[i])));
	rmdir(home);
	arena_free(&a);
	return done();
}
