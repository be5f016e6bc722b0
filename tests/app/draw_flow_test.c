/*
 * draw_flow_test.c - a sale from its first purchase to a draw anyone can
 * check, on a real database, and every step that must not be possible.
 */
#include "app/modules.h"
#include "core/city.h"
#include "mod/draw/beacon.h"
#include "mod/draw/draw.h"
#include "mod/draw/module.h"
#include "mod/draw/verify/verify.h"
#include "mod/festival/purchase.h"
#include "tap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CARDS	40
/* Rounds of drand quicknet that everybody can ask for; the draws are frozen for them. */
#define ROUND		657413
#define SIGNATURE							\
	"b713718a38ae728dfd477991af2822e08d2f305e47718cef"			\
	"9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
#define SIGNATURE_1000							\
	"b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b1957"			\
	"6350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"

static struct arena *a;
static struct db *db;
static struct city city;
static struct festival fest;
static struct card cards[CARDS];
static char home[300];
static purchase_id one_bought;	/* 50.000: one coupon */
/* Ten days before the round. */
static const int64_t closing =
    (BEACON_GENESIS + BEACON_PERIOD * (ROUND - 1)) * SECOND - 10 * DAY;

static const char *rule_of(err e)
{
	return e ? e->rule : "";
}

static bool is(err e, const char *rule)
{
	if (strcmp(rule_of(e), rule))
		printf("# rule is \"%s\"\n", rule_of(e));
	return !strcmp(rule_of(e), rule);
}

/* ---- a small sale -------------------------------------------------------- */

static err buy(struct tx *tx, merchant_id m, int64_t card, int64_t amount, int n)
{
	struct purchase_out out;

	TRY(purchase_record(tx, NULL, &city, &fest, &(struct purchase_in){
	    .event = arena_printf(a, "e%d", n), .merchant = m, .card = card, .amount = amount,
	    .at = time_of_day(fest.first_day, city.zone) + HOUR }, closing, &out));
	if (n == 2)
		one_bought = out.id;
	return NULL;
}

/* Card i spends 25.000 i: the first has no coupon, the last has 19. */
static err sell(struct tx *tx)
{
	struct merchant m = { .name = S("Batik Laweyan") };
	enum participation_state s;

	TRY(merchant_add(tx, city.id, &m, closing));
	TRY(merchant_join(tx, NULL, &fest, m.id, true, S("x"), closing, &s));
	for (int i = 0; i < CARDS; i++) {
		if (i % 3 == 0)
			cards[i].phone = arena_printf(a, "+62812345678%02d", i);
		TRY(card_add(tx, &fest, &cards[i], closing));
		if (i)
			TRY(buy(tx, m.id, cards[i].number, 25000 * i, i));
	}
	return NULL;
}

static err set_up(void)
{
	const char *where = arena_cstr(a, arena_printf(a, "%s/laris.db", home));
	size_t applied;

	TRY(db_open(&db, a, where, DB_WRITE));
	TRY(db_migrate(db, laris_migrations, laris_n_migrations, closing, &applied));
	DB_TX(tx, db);
	TRY(city_add(&tx.tx, S("33.72"), S(""), S(""), closing, &city));
	fest = (struct festival){ .city = city.id, .slug = S("sgs-2021"), .name = S("SGS 2021"),
	    .first_day = 18901, .last_day = 18931, .rules = { .unit = 50000 } };
	TRY(festival_add(&tx.tx, &fest, closing));
	TRY(festival_move(&tx.tx, NULL, &fest, FESTIVAL_OPEN, closing));
	TRY(festival_find(db, city.id, S("sgs-2021"), &fest));
	TRY(sell(&tx.tx));
	return db_tx_commit(&tx);
}

/* ---- in a transaction of its own ------------------------------------------- */

enum what { CREATE, PRIZE, EXCLUDE, FREEZE, BEACON, RUN, REPORT, CLOSE, VOID };

struct job {
	enum what what;
	struct draw *d;
	struct prize prize;
	int64_t card, at, notice, now;
	str pasted;
	const struct draw_entries *entries;
	const struct draw_outcome *outcome;
};

static err work(struct tx *tx, struct job *j)
{
	bool again;

	switch (j->what) {
	case CREATE:
		return draw_create(tx, NULL, &fest, j->d, j->now);
	case PRIZE:
		return prize_add(tx, NULL, j->d, &j->prize);
	case EXCLUDE:
		return draw_exclude(tx, NULL, j->d, &fest, j->card,
		    &(struct barring){ BARRED_COMMITTEE, S(""), S("x"), j->now });
	case FREEZE:
		return draw_freeze(tx, NULL, j->d, &fest, j->entries,
		    (struct draw_when){ j->at, j->notice, j->now });
	case BEACON:
		return draw_beacon_set(tx, NULL, j->d, j->pasted, j->now);
	case RUN:
		return draw_run(tx, NULL, j->d, j->outcome, j->now);
	case REPORT:
		return draw_report(tx, NULL, j->d, j->now);
	case VOID:
		return purchase_void(tx, NULL, &city, &fest, (purchase_id){ j->card },
		    &(struct void_in){ .event = S("v"), .reason = S("salah") }, j->now, &again);
	case CLOSE:
		return festival_move(tx, NULL, &fest, FESTIVAL_CLOSED, j->now);
	}
	return NULL;
}

static err act_(struct job j)
{
	struct draw before = *j.d;
	err e;

	if (!j.now)
		j.now = closing;
	DB_TX(tx, db);
	e = work(&tx.tx, &j);
	if (!e)
		e = db_tx_commit(&tx);
	if (e)
		*j.d = before;
	return e;
}
#define act(w, ...) act_((struct job){ .what = (w), __VA_ARGS__ })

static void refresh(void)
{
	if (festival_find(db, city.id, S("sgs-2021"), &fest))
		panic("the festival is gone");
}

/* ---- verify ------------------------------------------------------------------ */

static str said;

static int verify(const char *folder, const char *card, const char *secret, const char *phone)
{
	char words[9][300], *argv[10] = { NULL }, *text = NULL;
	const char *in[] = { "verify", folder, "--json", card ? "--card" : NULL, card,
		"--secret", secret, phone ? "--phone" : NULL, phone };
	int argc = 0, code;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	for (size_t i = 0; i < countof(in) && in[i]; i++) {
		snprintf(words[argc], sizeof words[argc], "%s", in[i]);
		argv[argc] = words[argc];
		argc++;
	}
	code = verify_main(argc, argv, out);
	fclose(out);
	said = arena_str(a, (str){ text, n });
	free(text);
	return code;
}

static const char *folder(const char *name)
{
	return arena_cstr(a, arena_printf(a, "%s/%s", home, name));
}

static err written(const struct draw *d, const char *name)
{
	return draw_bundle_write(db, d, &(struct draw_out){ folder(name), NULL });
}

static void sweep(const char *name)
{
	for (const char *const *p = draw_file_names; *p; p++)
		unlink(arena_cstr(a, arena_printf(a, "%s/%s", folder(name), *p)));
	rmdir(folder(name));
}

/* ---- the story --------------------------------------------------------------- */

static void states(void)
{
	int back = 0;

	for (int f = 0; f < DRAW_STATES; f++)
		for (int t = 0; t < f; t++)
			back += draw_may_go((enum draw_state)f, (enum draw_state)t);
	ok(!back, "no step goes back");
	ok(!draw_may_go(DRAW_DRAWN, DRAW_DRAWN), "nothing is drawn twice");
}

static void drafting(struct draw *d)
{
	struct draw same = { .slug = S("utama"), .name = S("Lagi") };

	ok(is(act(CREATE, .d = d), ""), "a draw is made");
	ok(str_eq(d->code, S("sgs-2021-utama")), "its public id names the sale");
	ok(is(act(CREATE, .d = &same), "slug-taken"), "one slug, one draw");
	ok(is(act(FREEZE, .d = d), "draw-festival-open"), "an open sale is not frozen");
	ok(is(act(PRIZE, .d = d, .prize = { .code = S("A B"), .cls = S("x"), .number = 1,
	    .title = S("t") }), "draw-prize"), "a code is one word");
	ok(is(act(PRIZE, .d = d, .prize = { .code = S("A"), .cls = S("x"), .number = 0,
	    .title = S("t") }), "draw-prize"), "there is at least one");
	ok(is(act(EXCLUDE, .d = d, .card = 123), "card-unknown"), "only a card can be barred");
}

/* The list is made beside the writer; a void comes between. */
static void void_between(struct draw *d, int64_t at)
{
	struct draw_entries *early, *late;

	ok(is(draw_gather(db, d, &fest, &early), ""), "the list is made beforehand");
	ok(is(act(VOID, .d = d, .card = one_bought.v), ""), "a purchase is struck out meanwhile");
	ok(is(act(FREEZE, .d = d, .at = at, .entries = early), "draw-moved"),
	    "a list that is no longer true is not frozen");
	refresh();
	ok(fest.state == FESTIVAL_CLOSED && d->state == DRAW_DRAFT, "and nothing else happened");
	ok(is(draw_gather(db, d, &fest, &late), ""), "made again");
	ok(is(act(FREEZE, .d = d, .at = at, .entries = late), ""), "frozen");
}

static void freezing(struct draw *d)
{
	const int64_t at = closing + 10 * DAY;
	struct draw copy;
	int64_t holders, coupons;

	ok(is(act(CLOSE, .d = d), ""), "the sale is closed");
	refresh();
	ok(is(act(FREEZE, .d = d), "draw-no-prizes"), "a draw has prizes");
	ok(is(act(PRIZE, .d = d, .prize = { .code = S("RUMAH"), .cls = S("utama"), .number = 1,
	    .title = S("Rumah"), .value = 300000000 }), ""), "a house");
	ok(is(act(PRIZE, .d = d, .prize = { .code = S("EMAS"), .cls = S("hiburan"),
	    .number = 100, .title = S("Emas 1 g") }), ""), "more gold than there are holders");
	ok(is(act(PRIZE, .d = d, .prize = { .code = S("EMAS"), .cls = S("y"), .number = 1,
	    .title = S("t") }), "draw-prize"), "a code is used once");
	ok(is(act(EXCLUDE, .d = d, .card = cards[CARDS - 1].number), ""), "the committee's card");
	ok(is(act(FREEZE, .d = d, .at = closing), "draw-round-past"), "a round of the past");
	ok(is(act(FREEZE, .d = d, .at = closing + HOUR, .notice = 2 * HOUR), "draw-round-past"),
	    "a round before the announced time");
	ok(fest.state == FESTIVAL_CLOSED, "what was refused froze nothing");
	copy = *d;
	void_between(d, at);
	ok(draw_due(d) == at && d->round == ROUND, "for the moment announced");
	ok(!draw_holders(db, &fest, &holders, &coupons) && holders == CARDS - 3 &&
	    d->entries == holders && d->coupons == coupons,
	    "every card with a coupon is in it, the one struck out is not");
	refresh();
	ok(fest.state == FESTIVAL_FROZEN, "so is the sale");
	ok(is(act(FREEZE, .d = d), "draw-step"), "frozen once");
	ok(is(act(FREEZE, .d = &copy), "draw-raced"), "also when two do it at a time");
	ok(is(act(PRIZE, .d = &copy, .prize = { .code = S("B"), .cls = S("x"), .number = 1,
	    .title = S("t") }), "draw-fixed"), "no prize comes after");
	ok(is(act(EXCLUDE, .d = &copy, .card = cards[1].number), "draw-fixed"),
	    "nobody is barred after");
	ok(is(act(RUN, .d = d), "draw-step"), "not without randomness");
}

static void frozen_bundle(const struct draw *d)
{
	ok(is(written(d, "frozen"), ""), "its files go out before the draw");
	ok(verify(folder("frozen"), NULL, NULL, NULL) == 2 &&
	    str_find(said, S("\"not-drawn\"")) != SIZE_MAX, "and hold, undrawn");
	ok(is(written(d, "frozen"), "draw-dir"), "nothing is overwritten");
	sweep("frozen");
}

#define FORGE								\
	"UPDATE draw_file SET bytes = CAST(replace(CAST(bytes AS TEXT), 'b713', 'b714') AS BLOB) " \
	"WHERE name = 'beacon.txt'"

/* Worked out beside the writer; somebody puts another beacon in between. */
static void beacon_between(struct draw *d, int64_t due)
{
	struct draw_outcome *early, *late;

	ok(is(draw_work_out(db, d, &early), ""), "the winners are worked out beforehand");
	ok(!db_script(db, FORGE), "the beacon is changed meanwhile");
	ok(is(act(RUN, .d = d, .outcome = early), "draw-raced"),
	    "what did not follow from it is not kept");
	ok(is(draw_work_out(db, d, &late), "draw-files"),
	    "nothing follows from what drand did not sign");
	ok(d->state == DRAW_BEACON, "and nothing is drawn");
	ok(is(act(BEACON, .d = d, .pasted = S(SIGNATURE), .now = due), ""), "put right");
	ok(is(draw_work_out(db, d, &late), ""), "worked out again");
	ok(is(act(RUN, .d = d, .outcome = late), ""), "drawn");
	ok(is(draw_work_out(db, d, &late), "draw-step"), "a draw that was run is not worked out");
}

static void drawing(struct draw *d)
{
	const int64_t due = draw_due(d);

	ok(is(act(BEACON, .d = d, .pasted = S(SIGNATURE), .now = due - 1), "draw-beacon-early"),
	    "no beacon before its round");
	ok(is(act(BEACON, .d = d, .pasted = S("x"), .now = due), "draw-beacon-format"),
	    "nor a wrong one");
	ok(is(act(BEACON, .d = d, .pasted = S(SIGNATURE_1000), .now = due),
	    "draw-beacon-signature"), "nor another round's");
	ok(is(act(BEACON, .d = d, .pasted = beacon_rehearse(a, d->round), .now = due),
	    "draw-beacon-signature"), "nor one of our own making");
	ok(is(act(BEACON, .d = d, .pasted = S(SIGNATURE), .now = due), ""), "the beacon");
	ok(is(act(BEACON, .d = d, .pasted = S(SIGNATURE), .now = due), ""), "typed again");
	beacon_between(d, due);
	ok(is(act(RUN, .d = d), "draw-step"), "once");
	ok(is(act(BEACON, .d = d, .pasted = S(SIGNATURE), .now = due), "draw-step"),
	    "and no other beacon after");
}

static int card_by_id(card_id id)
{
	for (int i = 0; i < CARDS; i++)
		if (cards[i].id.v == id.v)
			return i;
	return -1;
}

static void winners(const struct draw *d)
{
	struct winner *w = NULL, *same;
	size_t n = 0, m = 0;
	int bad = 0;

	ok(!draw_winners(db, d, &w, &n) && n == 1 + CARDS - 4,
	    "a house, and gold for all who may win: the rest is not drawn");
	for (size_t i = 0; i < n; i++) {
		int c = card_by_id(w[i].card);
		bad += c < 3 || c == CARDS - 1;
		bad += w[i].masked.n != 9 || c < 0 ||
		    memcmp(w[i].masked.p, arena_printf(a, "%09lld",
			(long long)cards[c].number).p, 2) != 0;
	}
	ok(!bad, "all of them cards with coupons, none of the committee, masked as their own");
	ok(!draw_coupon(db, d, w[0].coupon, &same, &m) && m >= 1 &&
	    str_eq(same[0].masked, w[0].masked), "a winning coupon is found");
	ok(!draw_card_wins(db, d, w[0].card, &same, &m) && m == 2, "and its card");
}

static void checked(const struct draw *d)
{
	int good = 0;

	ok(is(written(d, "out"), ""), "the bundle is written");
	ok(verify(folder("out"), NULL, NULL, NULL) == 2 &&
	    str_find(said, S("\"failed\"")) == SIZE_MAX &&
	    str_find(said, S("winners-follow")) != SIZE_MAX &&
	    str_find(said, S("beacon-signed")) != SIZE_MAX, "and holds");
	for (int i = 3; i < CARDS; i++) {
		const char *phone = cards[i].phone.n ? arena_cstr(a, cards[i].phone) : NULL;
		int code = verify(folder("out"), arena_cstr(a,
		    arena_printf(a, "%09lld", (long long)cards[i].number)),
		    arena_cstr(a, card_secret_text(a, &cards[i])), phone);
		str want = arena_printf(a, "\"count\":%d}", i / 2);
		good += code == 2 && str_find(said, want) != SIZE_MAX;
	}
	ok(good == CARDS - 3, "every shopper finds their own coupons, as many as they should be");
	ok(verify(folder("out"), arena_cstr(a,
	    arena_printf(a, "%09lld", (long long)cards[2].number)),
	    arena_cstr(a, card_secret_text(a, &cards[2])), NULL) == 1,
	    "a card whose purchase was struck out is not on the list");
	sweep("out");
}

/* ---- somebody changed the database -------------------------------------------- */

static void tampered(struct draw *d)
{
	struct draw other = { .slug = S("kedua"), .name = S("Undian kedua") };
	static const struct { const char *sql, *rule; } t[] = {
		{ "UPDATE draw_file SET bytes = CAST(bytes || bytes AS BLOB) "
		    "WHERE name = 'entries.bin'",
			"draw-entries" },
		{ "UPDATE draw_file SET bytes = CAST('A\tx\t1\tM\n' AS BLOB) "
		    "WHERE name = 'prizes.tsv'", "draw-files" },
		{ "UPDATE draw_file SET bytes = CAST('' AS BLOB) WHERE name = 'ineligible.txt' "
		    "AND length(bytes) > 0", "draw-files" },
		{ "UPDATE prize SET code = 'LAIN' WHERE code = 'MOBIL'", "draw-files" },
		{ "UPDATE draw_file SET bytes = CAST(replace(CAST(bytes AS TEXT), 'b446', 'b447') "
		    "AS BLOB) WHERE name = 'beacon.txt'", "draw-files" },
	};

	(void)d;
	ok(is(act(CREATE, .d = &other), "") &&
	    is(act(PRIZE, .d = &other, .prize = { .code = S("MOBIL"), .cls = S("x"), .number = 1,
		.title = S("Mobil") }), "") &&
	    is(act(EXCLUDE, .d = &other, .card = cards[5].number), "") &&
	    is(act(FREEZE, .d = &other, .at = beacon_due(1000), .now = beacon_due(999)), "") &&
	    is(act(BEACON, .d = &other, .pasted = S(SIGNATURE_1000), .now = beacon_due(1000)), ""),
	    "a second draw of the frozen sale");
	for (size_t i = 0; i < countof(t); i++) {
		CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };
		struct draw copy = other;
		if (db_tx_begin(&tx, db) || db_script(db, t[i].sql))
			panic("cannot tamper");
		ok(is(draw_run(&tx.tx, NULL, &copy, NULL, closing), t[i].rule),
		    "not drawn after: %s", t[i].rule);
	}
	ok(is(act(RUN, .d = &other), "") && is(act(REPORT, .d = &other), ""),
	    "drawn and reported when nobody did");
}

/* What `laris check` would say of the draws. */
static str broken(void)
{
	struct buf b = BUF(a, 1 << 16);
	const struct module *m = &draw_module;

	for (size_t i = 0; i < m->n_checks; i++)
		if (m->checks[i].run(db, &b))
			panic("the check itself failed");
	return buf_done(&b);
}

static void invariants(void)
{
	static const char *const harm[] = {
		"UPDATE draw_file SET bytes = CAST('x' AS BLOB) WHERE name = 'winners.tsv'",
		"UPDATE draw_file SET bytes = CAST('x' AS BLOB) WHERE name = 'entries.bin'",
		"DELETE FROM draw_file WHERE name = 'freeze.txt'",
		"DELETE FROM draw_file WHERE name = 'beacon.txt'",
		("UPDATE draw_file SET bytes = CAST(replace(CAST(bytes AS TEXT), 'b446', 'b447') "
		    "AS BLOB) WHERE name = 'beacon.txt'"),
		"DELETE FROM winner WHERE place = 1",
		"UPDATE draw SET coupons = coupons + 1 WHERE state > 0",
	};

	ok(!broken().n, "laris check has nothing to say of these draws");
	for (size_t i = 0; i < countof(harm); i++) {
		CLEANUP(db_tx_end) struct db_tx tx = { { NULL }, false };
		if (db_tx_begin(&tx, db) || db_script(db, harm[i]))
			panic("cannot do harm");
		ok(broken().n > 0, "found by laris check: %s", harm[i]);
	}
}

/* ---- a rehearsal ---------------------------------------------------------------- */

static void rehearsal(void)
{
	struct draw d = { .slug = S("utama-gladi"), .name = S("Gladi"), .rehearsal = true,
		.rules = S("Gladi saja.\n") };
	str readme = S("");

	ok(is(act(CREATE, .d = &d), "") &&
	    is(act(PRIZE, .d = &d, .prize = { .code = S("SAPU"), .cls = S("x"), .number = 2,
		.title = S("Sapu") }), "") &&
	    is(act(FREEZE, .d = &d), "") &&
	    is(act(BEACON, .d = &d, .pasted = S(SIGNATURE)), "draw-beacon-signature") &&
	    is(act(BEACON, .d = &d, .pasted = beacon_rehearse(a, d.round)), "") &&
	    is(act(RUN, .d = &d), ""), "a rehearsal needs no closed sale, no waiting and no drand");
	refresh();
	ok(fest.state == FESTIVAL_OPEN, "and freezes no sale");
	ok(str_starts(d.code, S("gladi-")), "its id says so");
	ok(!draw_file_get(db, &d, S("README.txt"), NULL, &readme) &&
	    str_find(readme, S("GLADI (REHEARSAL)")) != SIZE_MAX, "its README says so");
	ok(is(draw_file_get(db, &d, S("holders"), NULL, &readme), "no-such-file"),
	    "whose card is which is not public");
	ok(is(written(&d, "gladi"), "") &&
	    verify(folder("gladi"), NULL, NULL, NULL) == 2 &&
	    str_find(said, S("\"rehearsal\"")) != SIZE_MAX, "it verifies, as a rehearsal");
	sweep("gladi");
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");
	struct draw d = { .slug = S("utama"), .name = S("Undian utama"),
		.rules = S("Satu kupon tiap Rp 50.000.\n") };
	err e;

	a = arena_new();
	snprintf(home, sizeof home, "%s/laris-draw-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(home))
		panic("no folder to write in");
	e = set_up();
	ok(is(e, ""), "a sale with forty cards");
	if (e)
		return done();
	db_arena_set(db, a);
	states();
	rehearsal();
	drafting(&d);
	freezing(&d);
	frozen_bundle(&d);
	drawing(&d);
	winners(&d);
	checked(&d);
	tampered(&d);
	invariants();
	db_close(&db);
	unlink(folder("laris.db"));
	unlink(folder("laris.db-wal"));
	unlink(folder("laris.db-shm"));
	rmdir(home);
	arena_free(&a);
	return done();
}
