/*
 * template_skew_test.c - servers of different age: what a newer Laris wrote is
 * kept or refused, and it is said which.
 */
#include "app/modules.h"
#include "core/city.h"
#include "json/json.h"
#include "mod/template/adopt.h"
#include "tap.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOW	(INT64_C(1790000000) * SECOND)

static struct arena *a;
static struct db *db;
static struct city city;
static struct note_signer signer;
static char home[] = "/tmp/laris-skew-XXXXXX";

static struct template_ask asks(void)
{
	return (struct template_ask){ .a = a, .app = laris_app(), .city = &city, .lang = LANG_ID,
	    .by = S("ketua"), .now = NOW };
}

static bool is(err e, const char *rule, const char *word)
{
	str said = e ? err_text(a, LANG_ID, e) : S("");

	return e && !strcmp(e->rule, rule) && str_find(said, str_of(word)) != SIZE_MAX;
}

static struct template small(const char *version)
{
	static struct template_field f[] = {
		{ .path = S_INIT("rules/unit"), .type = PRACTICE_RUPIAH,
		    .policy = PRACTICE_ADJUSTABLE, .has_value = true, .value = S_INIT("50000") },
		{ .path = S_INIT("sale/name"), .type = PRACTICE_TEXT, .policy = PRACTICE_FILL },
		{ .path = S_INIT("sale/target"), .type = PRACTICE_RUPIAH, .policy = PRACTICE_FREE,
		    .has_value = true, .value = S_INIT("1000000") },
	};

	return (struct template){ .city = S("solo"), .city_name = S("Kota Surakarta"),
	    .kind = S("festival"), .name = S("great-sale"), .version = str_of(version),
	    .title = S("Solo Great Sale"), .licence = S("CC BY 4.0"), .ask = S("Kadin Surakarta"),
	    .guide = S("Mulai dini."), .lessons = S(""), .field = f, .n_field = countof(f) };
}

/* A member that this program does not know, within what is signed. */
static struct template with_member(void)
{
	struct template t = small("2031"), back;
	struct buf line = BUF(a, 4096);
	str text, whole;

	t.key_text = note_key_text(a, &signer.key);
	CHECK(!template_text(a, &t, &text));
	/* Members stand by their bytes: "kfuture" between "key" and "kind". */
	size_t at = str_find(text, S("\"kind\""));
	CHECK(at != SIZE_MAX);
	text = arena_printf(a, "%.*s\"kfuture\":{\"x\":1},%.*s", (int)at, text.p,
	    SV(str_sub(text, at, text.n)));
	note_sign(&line, text, &signer, 0);
	str sig = str_trim(buf_done(&line));
	at = str_find(text, S(",\"title\""));
	CHECK(at != SIZE_MAX);
	struct json_out o = JSON_OUT(a, 8192);
	json_begin(&o, NULL, '[');
	json_str(&o, NULL, sig);
	json_end(&o, ']');
	whole = arena_printf(a, "%.*s,\"signatures\":%.*s%.*s", (int)at, text.p,
	    SV(json_done(&o)), SV(str_sub(text, at, text.n)));
	CHECK(!template_parse(a, whole, &back));
	return back;
}

static const char *in_home(const char *name)
{
	return arena_cstr(a, arena_printf(a, "%s/%s", home, name));
}

static err open_city(void)
{
	size_t applied;

	CHECK(mkdtemp(home));
	TRY(db_open(&db, a, in_home("laris.db"), DB_WRITE));
	TRY(db_migrate(db, laris_migrations, laris_n_migrations, NOW, &applied));
	DB_TX(tx, db);
	TRY(city_add(&tx.tx, S("35.71"), S(""), S(""), NOW, &city));
	TRY(template_key_accept(&tx.tx, city.id, note_key_text(a, &signer.key), S("ketua"), NOW));
	return db_tx_commit(&tx);
}

static err keep(const struct template *t)
{
	struct template_coming in = { NULL, { 0 }, S("ketua"), NOW };
	template_file_id id;

	DB_TX(tx, db);
	TRY(template_receive(&tx.tx, city.id, t, &in, &id));
	return db_tx_commit(&tx);
}

static err plan(const struct template *t)
{
	struct template_ask q = asks();
	struct template_wish none = { 0 };
	struct template_plan p;

	return template_plan(db, &q, t, &none, &p);
}

static err adopt(const struct template *t, struct practice_subject *made)
{
	struct template_ask q = asks();
	struct template_wish wish = { .slug = S("kgs"), .year = 2027 };

	DB_TX(tx, db);
	TRY(template_adopt(&tx.tx, NULL, &q, t, &wish, made));
	return db_tx_commit(&tx);
}

static err follow(const struct template *next)
{
	struct template_ask q = asks();

	DB_TX(tx, db);
	TRY(template_upgrade(&tx.tx, NULL, &q, S("kgs"), next, NULL, 0, (str){ 0 }));
	return db_tx_commit(&tx);
}

int main(void)
{
	struct sign_secret secret = { { 7 } };
	struct practice_subject made;
	struct template back;

	a = arena_new();
	note_signer_make(&signer, S("template/solo@example"), KEY_LOG, &secret);
	CHECK(!open_city());

	struct template old = small("2021");
	CHECK(!template_sign(a, &old, &signer));
	ok(!adopt(&old, &made), "a practice is adopted");

	struct template t = with_member();
	ok(!keep(&t) && !template_get(db, city.id, t.ref, &back) && str_eq(back.bytes, t.bytes),
	    "a member nobody here knows: kept as it was signed");
	ok(!plan(&t), "and adopted by what is known");

	struct template newer = small("2032");
	newer.field[2].path = S("sale/weather");
	CHECK(!template_sign(a, &newer, &signer));
	ok(!keep(&newer), "a field nobody here knows: the file is kept");
	ok(is(plan(&newer), "template-field-unknown", "sale/weather"),
	    "it is not adopted, and says which field and what to do");
	ok(is(follow(&newer), "template-field-unknown", "Perbarui Laris"),
	    "nor followed: nothing of ours is lost by half");
	newer = small("2033");
	newer.field[2].path = S("sale/target");
	newer.field[0].type = PRACTICE_TEXT;
	CHECK(!template_sign(a, &newer, &signer));
	ok(is(plan(&newer), "template-field-unknown", "rules/unit"), "a field of another type");
	newer = small("2034");
	newer.field[0].type = PRACTICE_RUPIAH;
	newer.kind = S("rumah-kurasi");
	CHECK(!template_sign(a, &newer, &signer));
	ok(!keep(&newer) && is(plan(&newer), "template-kind", "rumah-kurasi"),
	    "a kind nobody here knows: kept, not adopted");
	struct template_ask q = asks();
	struct template_diff d;
	ok(!template_diff(db, &q, S("kgs"), NULL, &d) && str_eq(d.base.ref, old.ref),
	    "what was adopted stays as it was");
	db_close(&db);
	unlink(in_home("laris.db"));
	unlink(in_home("laris.db-wal"));
	unlink(in_home("laris.db-shm"));
	rmdir(home);
	arena_free(&a);
	return done();
}
