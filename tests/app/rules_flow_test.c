/*
 * rules_flow_test.c - a sale's rules through time on a real database: edited
 * until the opening, amended after it, and each purchase judged by the rules
 * of its own moment.  Figures worked by hand.
 */
#include "app/modules.h"
#include "core/city.h"
#include "mod/draw/draw.h"
#include "mod/festival/card_person.h"
#include "mod/festival/module.h"
#include "mod/festival/purchase.h"
#include "tap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST	18901			/* 1 October 2021		*/
#define RB	INT64_C(1000)

static struct arena *a;
static struct db *db;
static struct city city;
static struct festival fest;
static merchant_id stall, bank;
static char home[300];
static int events;
static int64_t now;

static bool is(err e, const char *rule)
{
	const char *got = e ? e->rule : "";

	if (strcmp(got, rule))
		printf("# rule is \"%s\"\n", got);
	return !strcmp(got, rule);
}

static int64_t at(int64_t day, int hour)
{
	return time_of_day(FIRST + day - 1, city.zone) + hour * HOUR;
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

static bool clean(void)
{
	str s = said();

	if (s.n)
		printf("# %.*s", SV(s));
	return !s.n;
}

/* ---- each in a transaction of its own --------------------------------------- */

struct job {
	const struct rules *put;
	const struct amend *amend;
	struct purchase_in *buy, *offer;
	struct card *card;
	struct card_join_in *join;
	purchase_id gone;
	str claim;
	int64_t claim_card;
	bool forget, again;
	struct purchase_out out;
};

static err on_purchase(struct tx *tx, struct job *j)
{
	if (j->buy)
		return purchase_record(tx, NULL, &city, &fest, j->buy, now, &j->out);
	if (j->offer)
		return purchase_offer(tx, NULL, &city, &fest, j->offer, now, &j->out, &j->claim);
	if (j->claim_card)
		return purchase_claim(tx, NULL, &city, &fest, j->claim, j->claim_card, now,
		    &j->out);
	return purchase_void(tx, NULL, &city, &fest, j->gone, &(struct void_in){
	    .event = arena_printf(a, "v%d", ++events), .reason = S("salah ketik") }, now,
	    &j->again);
}

static err work(struct tx *tx, struct job *j)
{
	struct card head;

	if (j->put)
		return rules_put(tx, NULL, &fest, j->put);
	if (j->amend)
		return rules_amend(tx, NULL, &city, &fest, j->amend, now, &j->again);
	if (j->forget)
		return rules_forget(tx, &fest);
	if (j->card)
		return card_add(tx, &fest, j->card, now);
	if (j->join)
		return card_join(tx, NULL, &fest, j->join, now, &head, &j->again);
	return on_purchase(tx, j);
}

static err act(struct job *j)
{
	{
		DB_TX(tx, db);
		TRY(work(&tx.tx, j));
		TRY(db_tx_commit(&tx));
	}
	return festival_find(db, city.id, fest.slug, &fest);
}

#define DO(...)	act(&(struct job){ __VA_ARGS__ })

static int64_t fresh(void)
{
	struct card c = { .pin = S("") };

	CHECK(!DO(.card = &c));
	return c.number;
}

static struct purchase_in sale(int64_t card, merchant_id m, int64_t amount, int64_t when)
{
	return (struct purchase_in){ .event = arena_printf(a, "e%d", ++events), .merchant = m,
		.card = card, .amount = amount, .method = METHOD_CASH, .channel = CHANNEL_STALL,
		.at = when };
}

static struct purchase_out buy(int64_t card, merchant_id m, int64_t amount, int64_t when)
{
	struct purchase_in in = sale(card, m, amount, when);
	struct job j = { .buy = &in };
	err e = act(&j);

	if (e)
		panic("a purchase: %s", e->rule);
	return j.out;
}

static int64_t coupons(int64_t card)
{
	return buy(card, bank, 1, at(31, 20)).coupons;	/* the bank's 1 rupiah tells */
}

static err open_sale(struct tx *tx, str slug, const struct rules *r)
{
	enum participation_state s;

	fest = (struct festival){ .city = city.id, .slug = slug, .name = slug,
	    .first_day = FIRST, .last_day = FIRST + 30, .rules = *r };
	TRY(festival_add(tx, &fest, now));
	TRY(festival_move(tx, NULL, &fest, FESTIVAL_OPEN, now));
	TRY(merchant_join(tx, NULL, &fest, stall, true, S("x"), now, &s));
	TRY(merchant_join(tx, NULL, &fest, bank, true, S("x"), now, &s));
	return festival_find(tx->db, city.id, slug, &fest);
}

static void opened(str slug, const struct rules *r)
{
	CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };

	now = at(5, 10);
	CHECK(!db_tx_begin(&tx, db) && !open_sale(&tx.tx, slug, r) && !db_tx_commit(&tx));
}

static err set_up(void)
{
	const char *where = arena_cstr(a, arena_printf(a, "%s/laris.db", home));
	struct merchant m = { .name = S("Batik Bu Rini") };
	struct merchant n = { .name = S("Bank Kita"), .sector = SECTOR_BANK };
	size_t applied;

	TRY(db_open(&db, a, where, DB_WRITE));
	TRY(db_migrate(db, laris_migrations, laris_n_migrations, INT64_C(1) * SECOND, &applied));
	DB_TX(tx, db);
	TRY(city_add(&tx.tx, S("33.72"), S(""), S(""), INT64_C(1) * SECOND, &city));
	TRY(merchant_add(&tx.tx, city.id, &m, INT64_C(1) * SECOND));
	TRY(merchant_add(&tx.tx, city.id, &n, INT64_C(1) * SECOND));
	stall = m.id;
	bank = n.id;
	return db_tx_commit(&tx);
}

/* ---- before the opening -------------------------------------------------------- */

static const struct rule_multiplier no_bank[] = {
	{ RULE_KEY_METHOD, METHOD_CASH, 2000, { 0 } },
	{ RULE_KEY_SECTOR, SECTOR_BANK, 0, { 0 } },
};
static const struct rules plain = { .unit = 50000 };

static void test_draft(void)
{
	struct rules r = { .unit = 75000, .minimum = 5 * RB, .multiplier = no_bank,
	    .n_multiplier = 2 };
	struct festival draft = { .city = city.id, .slug = S("rancangan"), .name = S("Rancangan"),
	    .first_day = FIRST, .last_day = FIRST + 1, .rules = { .unit = 50000 } };

	{
		CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };
		CHECK(!db_tx_begin(&tx, db) && !festival_add(&tx.tx, &draft, now) &&
		    !db_tx_commit(&tx));
	}
	fest = draft;
	ok(is(DO(.put = &r), "") && fest.rules.unit == 75000 && fest.rules.n_multiplier == 2 &&
	    fest.rules.multiplier[1].kind == RULE_KEY_SECTOR, "a draft's rules are put at once");
	r.n_multiplier = 1;
	r.unit = 50000;
	ok(is(DO(.put = &r), "") && fest.rules.unit == 50000 && fest.rules.n_multiplier == 1,
	    "and again, unit and all");
	r.unit = 0;
	ok(is(DO(.put = &r), "rule-unit") && fest.rules.unit == 50000, "nonsense is refused");
	ok(fest.version == 1 && fest.n_amended == 0, "no amendment in that");
	ok(is(DO(.amend = &(struct amend){ .number = 2, .edits = 1,
	    .reason = S("Belum dibuka juga") }), "amend-not-open"), "a draft has none");
}

/* ---- amending ------------------------------------------------------------------ */

static const struct rules capped = { .unit = 50000, .cap_merchant = 300 * RB,
	.multiplier = no_bank, .n_multiplier = 2 };

static struct amend good(int64_t since)
{
	return (struct amend){ .number = fest.version + 1, .edits = 1, .since = since,
		.reason = S("Rapat panitia 5 Oktober: tunai di kios ikut dua kali."),
		.by = S("panitia") };
}

static void test_refused(void)
{
	struct amend x = good(at(7, 0));
	struct rules other = capped;

	ok(is(DO(.amend = &x), "amend-none"), "nothing is proposed yet");
	other.unit = 60000;
	ok(is(DO(.put = &other), "amend-unit"), "the unit stays");
	other = capped;
	other.counting = RULE_PER_PURCHASE;
	ok(is(DO(.put = &other), "amend-unit"), "and the way of counting");
	ok(is(DO(.put = &plain), "") && is(DO(.amend = &x), "amend-same"),
	    "a proposal that changes nothing");
	ok(is(DO(.put = &capped), "") && fest.n_amended == 0, "a proposal is not in force");
	ok(is(DO(.amend = &x), "amend-changed"), "made as one saw it before another's edit");
	x.edits = 2;
	x.reason = S("Sebab");
	ok(is(DO(.amend = &x), "amend-reason"), "a reason of five letters");
	x = good(now - 1);
	x.edits = 2;
	ok(is(DO(.amend = &x), "amend-past"), "not for what is past");
	x.since = at(32, 0);
	ok(is(DO(.amend = &x), "amend-late"), "nor for after the last day");
	ok(is(DO(.forget = true), "") && is(DO(.amend = &x), "amend-none"),
	    "a proposal can be thrown away");
	ok(is(DO(.put = &capped), ""), "and made anew");
}

static void test_made(void)
{
	struct amend x = good(at(7, 0)), y = x;
	struct job j = { .amend = &x };

	ok(is(act(&j), "") && !j.again && fest.version == 2 && fest.n_amended == 1 &&
	    fest.amended[0].since == at(7, 0) && fest.amended[0].made == now &&
	    str_eq(fest.amended[0].by, S("panitia")), "an amendment is made");
	ok(is(act(&j), "") && j.again && fest.version == 2, "a double click makes it once");
	y.reason = S("Alasan orang lain yang juga menekan tombol.");
	ok(is(DO(.amend = &y), "amend-raced") && fest.version == 2,
	    "a second organiser's, of the same proposal, is told");
	ok(rules_at(&fest, at(6, 23), NULL)->n_multiplier == 0 &&
	    rules_at(&fest, at(7, 0), NULL)->n_multiplier == 2, "it holds from its moment on");
}

static void history_is(const char *want)
{
	str got;

	CHECK(!rules_history(db, &fest, LANG_ID, &got));
	ok(str_eq(got, str_of(want)), "rules.txt tells it");
	if (!str_eq(got, str_of(want)))
		printf("# got:\n%.*s\n", SV(got));
}

static void test_history(void)
{
	history_is("laris-rules/v1\n"
	    "Aturan kupon\n"
	    "- Satu kupon untuk setiap Rp 50.000 belanja yang dihitung.\n"
	    "- Kupon dihitung dari jumlah seluruh belanja sah satu orang; sisanya dibawa ke "
	    "belanja berikutnya.\n"
	    "- Memecah atau menggabungkan nota tidak mengubah jumlah kupon.\n"
	    "- Batas hitung program untuk satu orang: Rp 1.000.000.000.000.000.\n"
	    "- Aturan dipakai menurut urutan di atas.\n"
	    "- Belanja yang dibatalkan dikeluarkan dari jumlah; belanja lain tidak dihitung "
	    "ulang.\n"
	    "\nAturan berubah setelah dibuka. Tiap belanja dinilai sekali, menurut aturan yang "
	    "berlaku pada saat belanja.\n"
	    "\nPerubahan 1\n"
	    "Berlaku sejak 7 Okt 2021 00.00 WIB\n"
	    "Diputuskan 5 Okt 2021 10.00 WIB\n"
	    "Alasan: Rapat panitia 5 Oktober: tunai di kios ikut dua kali.\n"
	    "Mulai berlaku:\n"
	    "- Belanja di sektor perbankan tidak dihitung.\n"
	    "- Belanja tunai dihitung 2 kali.\n"
	    "- Belanja satu orang di satu pelaku usaha dihitung paling banyak Rp 300.000.\n"
	    "- Setelah setiap pengali, pecahan rupiah dihapus.\n");
}

/* ---- purchases about it ----------------------------------------------------------- */

static void test_judged(void)
{
	int64_t x = fresh(), y = fresh();
	purchase_id old = buy(x, stall, 100 * RB, at(5, 9)).id;
	struct purchase_in held = sale(0, stall, 60 * RB, at(6, 12));
	struct job offer = { .offer = &held };

	CHECK(!act(&offer));
	test_refused();
	test_made();
	test_history();
	ok(buy(x, bank, 50 * RB, at(6, 23)).counted == 50 * RB, "before its moment: the old rules");
	now = at(9, 10);
	struct purchase_out out = buy(x, stall, 100 * RB, at(8, 9));
	ok(out.counted == 200 * RB && out.points == 4, "after it: cash counts twice");
	ok(buy(x, bank, 50 * RB, at(8, 9)).counted == 0, "a bank's no more");
	ok(buy(x, stall, 10 * RB, at(6, 8)).counted == 10 * RB,
	    "one that arrives late is judged by its own moment");
	out = buy(x, stall, 50 * RB, at(8, 10));
	ok(out.counted == 0 && out.why == (RULE_STEP_METHOD | RULE_STEP_CAP_MERCHANT),
	    "the new cap knows what was bought before it: 310.000 are there");
	CHECK(!DO(.gone = old));
	ok(buy(x, stall, 100 * RB, at(8, 11)).counted == 90 * RB,
	    "a void of an old purchase makes room");
	offer.offer = NULL;
	offer.claim_card = y;
	ok(is(act(&offer), "") && offer.out.counted == 60 * RB,
	    "a sale claimed later counts as when it was sold");
	ok(coupons(x) == 7 && clean(), "50 + 200 + 10 + 90: seven coupons, every sum agrees");
}

static void test_second(void)
{
	struct rules r = capped;
	struct amend x = good(at(6, 0));

	r.cap_day = 100 * RB;
	r.n_multiplier = 0;
	now = at(6, 0) - 1;
	CHECK(!DO(.put = &r));
	ok(is(DO(.amend = &x), "amend-order"), "the next does not hold before the last");
	now = at(9, 12);
	x.since = 0;
	ok(is(DO(.amend = &x), "") && fest.amended[1].since == now + 2 * MINUTE,
	    "at once is two minutes from now");
	int64_t z = fresh();
	buy(z, stall, 70 * RB, at(9, 11));
	ok(buy(z, bank, 70 * RB, at(9, 13)).counted == 0,
	    "a cap a day counts what the day had: 140.000");
	ok(clean(), "every sum agrees");
}

/* What the check must name. */
static void test_check(void)
{
	static const char *const harm[][2] = {
		{ "UPDATE purchase SET rules = 1 WHERE rules = 3 AND counted > 0",
		    "was not judged by" },
		{ "UPDATE purchase SET rules = 9 WHERE rules = 2", "was not judged by" },
		{ "UPDATE purchase SET at = at - 345600000000 WHERE rules = 2",
		    "was not judged by" },
		{ "UPDATE purchase SET counted = counted + 1 WHERE rules = 1 AND counted > 0",
		    "does not count what" },
		{ "UPDATE purchase SET why = 0 WHERE rules = 2 AND why > 0",
		    "does not count what" },
		{ "UPDATE rule_factor SET permille = 1999 WHERE number = 2 AND kind = 1",
		    "does not count what" },
		{ "DELETE FROM card_tally WHERE kind = 0", "at one merchant by card" },
		{ "DELETE FROM card_tally WHERE kind = 1", "on one day by card" },
	};

	buy(fresh(), stall, 1 * RB, at(10, 9));
	for (size_t i = 0; i < countof(harm); i++) {
		CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };
		CHECK(!db_tx_begin(&tx, db) && !db_script(db, harm[i][0]));
		ok(str_find(said(), str_of(harm[i][1])) != SIZE_MAX, "%s: is found", harm[i][0]);
	}
}

/* ---- cards of one person across an amendment ----------------------------------------- */

static void amended(const struct rules *r)
{
	struct amend x = good(0);

	CHECK(!DO(.put = r));
	err e = DO(.amend = &x);
	if (e)
		panic("an amendment: %s", e->rule);
	now += HOUR;
}

static void test_joined(void)
{
	struct rules r = { .unit = 50000, .cap_merchant = 300 * RB };
	int64_t x, y;

	opened(S("gabungan"), &r);
	x = fresh();
	y = fresh();
	buy(x, stall, 250 * RB, at(5, 8));
	buy(y, stall, 250 * RB, at(5, 8));
	CHECK(!DO(.join = &(struct card_join_in){ x, y, CARD_SAME_PERSON, S(""), { 0 } }));
	ok(coupons(y) == 6, "two cards of one person under one cap of 300.000");
	r.cap_merchant = 400 * RB;
	amended(&r);
	ok(coupons(y) == 8 && clean(), "a wider cap gives back what it allows");
	r.cap_merchant = 100 * RB;
	r.cap_person = 150 * RB;
	amended(&r);
	ok(coupons(y) == 8 && clean(), "a narrower one takes nothing away");
	ok(buy(y, stall, 50 * RB, now).counted == 0 && buy(x, bank, 50 * RB, now).counted == 0,
	    "and lets nothing more in");
	ok(clean(), "every sum agrees");
}

static void test_each(void)
{
	struct rules r = { .unit = 50000, .counting = RULE_PER_PURCHASE };
	int64_t x;

	opened(S("per-nota"), &r);
	x = fresh();
	ok(buy(x, stall, 80 * RB, at(5, 8)).coupons == 1, "each note alone");
	r.minimum = 100 * RB;
	amended(&r);
	ok(buy(x, stall, 80 * RB, now).coupons == 1 && buy(x, stall, 100 * RB, now).coupons == 3,
	    "a minimum from now on");
	ok(clean(), "every sum agrees");
}

/* ---- the freeze ------------------------------------------------------------------- */

static err frozen(struct draw *d)
{
	DB_TX(tx, db);
	TRY(draw_create(&tx.tx, NULL, &fest, d, now));
	TRY(prize_add(&tx.tx, NULL, d, &(struct prize){ .code = S("RUMAH"), .cls = S("utama"),
	    .number = 1, .title = S("Rumah") }));
	TRY(draw_freeze(&tx.tx, NULL, d, &fest, NULL,
	    (struct draw_when){ .notice = HOUR, .now = now }));
	return db_tx_commit(&tx);
}

static str rules_file(str slug, str rules)
{
	struct draw d = { .slug = slug, .name = S("Gladi"), .rehearsal = true, .rules = rules };
	str text = { 0 };
	err e = frozen(&d);

	if (e || draw_file_get(db, &d, S("rules.txt"), NULL, &text))
		panic("no rules.txt: %s", e ? e->rule : "");
	return text;
}

static str published(void)
{
	struct buf b = BUF(a, RULES_TEXT_MAX);

	rules_text(&b, &fest.rules, LANG_ID);
	return buf_done(&b);
}

static void test_freeze(void)
{
	str all;

	CHECK(!rules_history(db, &fest, LANG_ID, &all));
	ok(fest.n_amended == 1 && str_eq(rules_file(S("satu"), published()), all),
	    "the freeze writes the rules with their amendments");
	str own = rules_file(S("dua"), S("Kata panitia.\n"));
	ok(str_starts(own, S("Kata panitia.\n\n")) && str_ends(own, all),
	    "somebody's own words stay before them");
	opened(S("tetap"), &plain);
	buy(fresh(), stall, 100 * RB, at(5, 8));
	ok(str_eq(rules_file(S("tiga"), published()), published()),
	    "without an amendment not a byte is other");
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");

	a = arena_new();
	snprintf(home, sizeof home, "%s/laris-rules-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(home))
		panic("no folder to write in");
	CHECK(!set_up());
	db_arena_set(db, a);
	now = at(1, 8);
	test_draft();
	opened(S("sgs-2021"), &plain);
	test_judged();
	test_second();
	test_check();
	test_joined();
	test_each();
	test_freeze();
	db_close(&db);
	const char *files[] = { "laris.db", "laris.db-wal", "laris.db-shm" };
	for (size_t i = 0; i < countof(files); i++)
		unlink(arena_cstr(a, arena_printf(a, "%s/%s", home, files[i])));
	rmdir(home);
	arena_free(&a);
	return done();
}
