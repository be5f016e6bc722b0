/*
 * qris_flow_test.c - a merchant's QRIS from paste to yes, and a sale that was
 * paid another way than was written down, on a real database.
 */
#include "app/modules.h"
#include "core/city.h"
#include "festival_read.h"
#include "mod/festival/module.h"
#include "mod/festival/purchase.h"
#include "mod/qris/qris.h"
#include "mod/qris/store.h"
#include "tap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ACCOUNT	"51440014ID.CO.QRIS.WWW0215ID10211234567890303UMI"
#define BODY	ACCOUNT "5204581253033605802ID5918TAHU TAKWA BU RINI6006KEDIRI"

static struct arena *a;
static struct db *db;
static struct city city;
static struct festival fest;
static merchant_id shop;
static struct card card;
static char home[300];
static const int64_t now = INT64_C(1760000000) * SECOND;
static const person_id rini = { 7 };

static bool is(err e, const char *rule)
{
	const char *got = e ? e->rule : "";

	if (strcmp(got, rule))
		printf("# rule is \"%s\"\n", got);
	return !strcmp(got, rule);
}

static err set_up(void)
{
	const char *where = arena_cstr(a, arena_printf(a, "%s/laris.db", home));
	struct merchant m = { .name = S("Tahu Takwa Bu Rini") };
	enum participation_state s;
	size_t applied;

	TRY(db_open(&db, a, where, DB_WRITE));
	TRY(db_migrate(db, laris_migrations, laris_n_migrations, now, &applied));
	DB_TX(tx, db);
	TRY(city_add(&tx.tx, S("35.71"), S(""), S(""), now, &city));
	fest = (struct festival){ .city = city.id, .slug = S("pasar-raya"),
	    .name = S("Pasar Raya"), .first_day = 18901, .last_day = 18931,
	    .rules = { .unit = 50000 } };
	TRY(festival_add(&tx.tx, &fest, now));
	TRY(festival_move(&tx.tx, NULL, &fest, FESTIVAL_OPEN, now));
	TRY(festival_find(db, city.id, S("pasar-raya"), &fest));
	TRY(merchant_add(&tx.tx, city.id, &m, now));
	TRY(merchant_join(&tx.tx, NULL, &fest, m.id, true, S("x"), now, &s));
	TRY(card_add(&tx.tx, &fest, &card, now));
	shop = m.id;
	return db_tx_commit(&tx);
}

/* What all checks say. */
static str said(void)
{
	const struct app *app = laris_app();
	struct buf b = BUF(a, 1u << 20);

	for (size_t i = 0; i < app->n_modules; i++)
		for (size_t k = 0; k < app->modules[i]->n_checks; k++)
			if (app->modules[i]->checks[k].run(db, &b))
				buf_str(&b, S("refused"));
	return buf_done(&b);
}

/* ---- the merchant's QRIS ---------------------------------------------------- */

static str sealed(const char *head)
{
	str s = arena_printf(a, "%s" BODY "6304", head);

	return arena_printf(a, "%.*s%04X", SV(s), qris_crc(s));
}

static struct qris_kept kept(void)
{
	struct qris_kept k;
	err e = qris_kept_get(db, city.id, shop, &k);

	CHECK(!e);
	return k;
}

static void test_stored(struct tx *tx)
{
	str first = sealed("000201010211"), second = sealed("000201");
	city_id c = city.id;

	ok(!kept().payload.n && !kept().asked.n, "at first there is none");
	ok(is(qris_ask(tx, c, shop, S("halo"), rini, now), "qris-other") && !kept().asked.n,
	    "junk is refused and not kept");
	ok(is(qris_ask(tx, c, shop, sealed("000201010212"), rini, now), "qris-once"),
	    "one payment's QRIS is no sticker");
	ok(is(qris_ask(tx, c, shop, arena_printf(a, " %.*s\n", SV(first)), rini, now), "") &&
	    str_eq(kept().asked, first) && !kept().payload.n, "a sticker waits for a yes");
	ok(is(qris_use(tx, c, shop, second, rini, now), "qris-not-asked") && !kept().payload.n,
	    "a yes to another is none");
	ok(is(qris_use(tx, c, shop, first, rini, now), "") && str_eq(kept().payload, first) &&
	    !kept().asked.n, "after the yes it is in use");
	ok(is(qris_use(tx, c, shop, first, rini, now), "qris-not-asked"), "a yes counts once");
	ok(is(qris_use(tx, c, shop, (str){ 0 }, rini, now), "qris-not-asked") &&
	    str_eq(kept().payload, first), "a yes to nothing leaves it");
	ok(is(qris_ask(tx, c, shop, second, rini, now), "") && str_eq(kept().payload, first),
	    "until the next yes the first stays");
	ok(is(qris_forget_asked(tx, c, shop, rini, now), "") && !kept().asked.n &&
	    str_eq(kept().payload, first), "a no forgets the second only");
	ok(!said().n, "laris check is clean");
	CHECK(!db_script(db, "UPDATE qris SET payload = '000201X'"));
	ok(str_find(said(), S("QRIS of merchant")) == 0, "and names a QRIS that is none");
	ok(is(qris_forget(tx, c, shop), "") && !kept().payload.n, "it can be taken away");
}

/* ---- paid another way ------------------------------------------------------------ */

static struct purchase_in sale(int n, int64_t on)
{
	return (struct purchase_in){ .event = arena_printf(a, "e%d", n), .merchant = shop,
		.card = on, .amount = 100000 + n, .method = METHOD_QRIS,
		.channel = CHANNEL_STALL, .at = time_of_day(18902, city.zone) + HOUR };
}

static purchase_id sell(struct tx *tx, int n, int64_t on)
{
	struct purchase_in in = sale(n, on);
	struct purchase_out out;
	str code;
	err e = on ? purchase_record(tx, NULL, &city, &fest, &in, now, &out)
	           : purchase_offer(tx, NULL, &city, &fest, &in, now, &out, &code);

	CHECK(!e);
	return out.id;
}

static err cash(struct tx *tx, purchase_id id, int64_t at)
{
	return purchase_paid_by(tx, NULL, &fest, id,
	    &(struct paid_by){ METHOD_CASH, rini, { 0 } }, at);
}

static int64_t paid(enum method method)
{
	struct festival_slice_list *v;
	size_t n;

	CHECK(!festival_q_slice_list(db, city.id, fest.id, SLICE_METHOD, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].key == (int64_t)method)
			return v[i].rupiah;
	return 0;
}

static void test_paid(struct tx *tx)
{
	purchase_id id = sell(tx, 1, 0);
	struct purchase_in in = sale(1, 0);
	struct purchase_out out;

	ok(paid(METHOD_QRIS) == 100001 && !paid(METHOD_CASH), "sold by QRIS");
	ok(is(cash(tx, id, now + 29 * MINUTE), ""), "but it was cash, after 29 minutes");
	ok(!paid(METHOD_QRIS) && paid(METHOD_CASH) == 100001, "the sums by method move");
	ok(!said().n, "laris check is clean");
	ok(is(cash(tx, id, now + HOUR), "") && paid(METHOD_CASH) == 100001,
	    "said again, also later: nothing happens");
	ok(is(purchase_record(tx, NULL, &city, &fest, &in, now, &out), "") && out.again &&
	    out.id.v == id.v, "the sale sent again is still that sale");
	in.method = METHOD_CARD;
	ok(is(purchase_record(tx, NULL, &city, &fest, &in, now, &out), "event-reused"),
	    "and with a third method it is not");
	ok(is(cash(tx, sell(tx, 2, 0), now + METHOD_FRESH + 1), "method-late"),
	    "after half an hour it is late");
	ok(is(cash(tx, (purchase_id){ 99 }, now), "purchase-unknown"), "no such sale");
}

static void test_paid_refused(struct tx *tx)
{
	static const struct rule_multiplier twice = { RULE_KEY_METHOD, METHOD_QRIS, 2000, { 0 } };
	purchase_id gone = sell(tx, 3, 0), on_card = sell(tx, 4, card.number);
	purchase_id open = sell(tx, 5, 0);
	struct void_in v = { S("v3"), S("salah ketik"), rini, { 0 } };
	bool again;

	CHECK(!purchase_void(tx, NULL, &city, &fest, gone, &v, now, &again));
	ok(is(cash(tx, gone, now), "purchase-void"), "a void sale stays as it was");
	fest.rules.multiplier = &twice;
	fest.rules.n_multiplier = 1;
	ok(is(cash(tx, on_card, now), "method-counted"), "its coupons were counted by method");
	ok(is(cash(tx, open, now), ""), "one without a card has none yet");
	fest.rules.n_multiplier = 0;
	ok(is(cash(tx, on_card, now), ""), "where the method does not count, a card is no matter");
	v.event = S("v4");
	CHECK(!purchase_void(tx, NULL, &city, &fest, on_card, &v, now, &again));
	ok(!said().n, "struck out after it: laris check is clean");
	open = sell(tx, 6, 0);
	fest.state = FESTIVAL_CLOSED;
	ok(is(cash(tx, open, now), "festival-not-open"), "a closed sale moves no more");
}

static err all(void)
{
	DB_TX(tx, db);
	test_stored(&tx.tx);
	test_paid(&tx.tx);
	test_paid_refused(&tx.tx);
	return db_tx_commit(&tx);
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");

	a = arena_new();
	snprintf(home, sizeof home, "%s/laris-qris-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(home))
		panic("no folder to write in");
	CHECK(!set_up());
	err e = all();
	ok(!e, "runs to its end");
	db_close(&db);
	const char *files[] = { "laris.db", "laris.db-wal", "laris.db-shm" };
	for (size_t i = 0; i < countof(files); i++)
		unlink(arena_cstr(a, arena_printf(a, "%s/%s", home, files[i])));
	rmdir(home);
	arena_free(&a);
	return done();
}
