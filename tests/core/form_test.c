#include "core/form.h"
#include "tap.h"
#include <string.h>

enum colour { RED = 3, BLUE = 7 };
static const struct choice colours[] = {
	{ "red", RED, TEXT_none }, { "blue", BLUE, TEXT_none }, { NULL, 0, TEXT_none },
};

struct all {
	str name, story, pin;
	int64_t count, amount, day, at, colour;
	bool sure;
	int64_t id;
	str phone, email, event;
	int64_t card;
	struct param photo;
};
static const struct field all_fields[] = {
	FIELD(struct all, name, FIELD_TEXT, .min = 2, .max = 10, .needed = true),
	FIELD(struct all, story, FIELD_LONG, .max = 20),
	FIELD(struct all, pin, FIELD_SECRET, .min = 4, .max = 8),
	FIELD(struct all, count, FIELD_INT, .min = -5, .max = 100),
	FIELD(struct all, amount, FIELD_RUPIAH, .min = 1000, .max = 5000000),
	FIELD(struct all, day, FIELD_DAY),
	FIELD(struct all, at, FIELD_MOMENT),
	FIELD(struct all, colour, FIELD_CHOICE, .choices = colours),
	FIELD(struct all, sure, FIELD_BOOL),
	FIELD(struct all, id, FIELD_ID),
	FIELD(struct all, phone, FIELD_PHONE),
	FIELD(struct all, email, FIELD_EMAIL),
	FIELD(struct all, event, FIELD_EVENT),
	FIELD(struct all, card, FIELD_CARD),
	FIELD(struct all, photo, FIELD_FILE, .max = 5),
};
static const struct form all_form = FORM(struct all, all_fields);

/* Forms of one field are cut from the table: with a needed name they would
 * always have two mistakes. */
static const struct field *field_of(const char *name)
{
	for (size_t i = 0; i < countof(all_fields); i++)
		if (!strcmp(all_fields[i].name, name))
			return &all_fields[i];
	panic("no field %s", name);
}

static const char *rule_of(err e)
{
	return e ? e->rule : "";
}

static err read_one(struct arena *a, const char *name, str value, struct all *v)
{
	struct form one = { field_of(name), 1, sizeof *v };
	struct param p = { .name = str_of(name), .value = value };
	struct params ps = { &p, 1 };
	struct form_state st;
	err e = form_read(a, &one, &ps, &st, v);

	CHECK(st.form == &one && st.typed == &ps && st.errors[0] == e && !st.whole);
	CHECK(!e || (e->kind == ERR_INVALID && !strcmp(e->field, name)));
	return e;
}

static err read_json_one(struct arena *a, const char *name, const char *value, struct all *v)
{
	CLEANUP(json_free) struct json_in *in = NULL;
	struct form one = { field_of(name), 1, sizeof *v };
	struct form_state st;

	CHECK(!json_parse(a, arena_printf(a, "{\"%s\":%s}", name, value), &in));
	err e = form_read_json(a, &one, json_root(in), &st, v);
	CHECK(st.form == &one && !st.typed && st.errors[0] == e && !st.whole);
	return e;
}

/* Was the member left as an empty one after a refusal? */
static bool clean(const struct all *v)
{
	static const struct all empty;
	return !memcmp(&empty, v, sizeof empty);
}

struct bad { const char *name, *value, *rule; };

static const struct bad bad_typed[] = {
	{ "name", "", "field-needed" },
	{ "name", " \t\n ", "field-needed" },
	{ "name", "x", "field-short" },
	{ "name", "12345678901", "field-long" },
	{ "name", "a\nb", "field-text" },
	{ "name", "a\x1b[1m", "field-text" },
	{ "name", "a\x7f" "b", "field-text" },
	{ "story", "123456789012345678901", "field-long" },
	{ "story", "a\x01" "b", "field-text" },
	{ "pin", "123", "field-short" },
	{ "pin", "123456789", "field-long" },
	{ "count", "x", "field-number" },
	{ "count", "1.5", "field-number" },
	{ "count", "1e3", "field-number" },
	{ "count", "9223372036854775808", "field-number" },
	{ "count", "-6", "field-range" },
	{ "count", "101", "field-range" },
	{ "amount", "x", "field-rupiah" },
	{ "amount", "1.25", "field-rupiah" },
	{ "amount", "-5000", "field-rupiah" },
	{ "amount", "1000000000000001", "field-rupiah" },
	{ "amount", "999", "field-range" },
	{ "amount", "5.000.001", "field-range" },
	{ "day", "31/02/2021", "field-day" },
	{ "day", "besok", "field-day" },
	{ "at", "2021-10-18 14:05", "field-moment" },
	{ "at", "2021-10-18T14:05:00", "field-moment" },
	{ "colour", "green", "field-choice" },
	{ "colour", "RED", "field-choice" },
	{ "colour", "3", "field-choice" },
	{ "sure", "maybe", "field-choice" },
	{ "id", "123", "field-id" },
	{ "id", "8000000000000", "field-id" },
	{ "phone", "0812", "field-phone" },
	{ "phone", "81234567890", "field-phone" },
	{ "phone", "+1 555 123 4567", "field-phone" },
	{ "phone", "08123456789012", "field-phone" },
	{ "phone", "0812345678a", "field-phone" },
	{ "phone", "+0812345678", "field-phone" },
	{ "phone", "00628123456789", "field-phone" },
	{ "phone", "++628123456789", "field-phone" },
	{ "phone", "0112345678", "field-phone" },
	{ "phone", "081234567", "field-phone" },
	{ "phone", "62", "field-phone" },
	{ "phone", "+", "field-phone" },
	{ "email", "toko", "field-email" },
	{ "email", "@contoh.id", "field-email" },
	{ "email", "toko@", "field-email" },
	{ "email", "toko@contoh", "field-email" },
	{ "email", "toko@contoh.i", "field-email" },
	{ "email", "toko@contoh.id.", "field-email" },
	{ "email", "toko@-contoh.id", "field-email" },
	{ "email", "toko@con_toh.id", "field-email" },
	{ "email", "toko@contoh..id", "field-email" },
	{ "email", ".toko@contoh.id", "field-email" },
	{ "email", "to..ko@contoh.id", "field-email" },
	{ "email", "toko rini@contoh.id", "field-email" },
	{ "email", "toko@contoh.id, lain@contoh.id", "field-email" },
	{ "email", "<toko@contoh.id>", "field-email" },
	{ "email", "a@b.id\r\nBcc: lain@contoh.id", "field-email" },
	{ "email", "tok\xc3\xb6@contoh.id", "field-email" },
	{ "event", "a b", "field-event" },
	{ "event", "a/b", "field-event" },
	{ "event", "\xc3\xa9", "field-event" },
	{ "event", "12345678901234567890123456789012345678901234567890123456789012345",
	  "field-event" },
	{ "card", "123456789", "field-card" },
	{ "card", "12345678", "field-card" },
	{ "card", "12345678X", "field-card" },
	{ "card", "0", "field-card" },
	{ "photo", "123456", "field-long" },
};

static void refused_typed(struct arena *a)
{
	for (size_t i = 0; i < countof(bad_typed); i++) {
		const struct bad *b = &bad_typed[i];
		struct all v;
		memset(&v, 0xee, sizeof v);
		err e = read_one(a, b->name, str_of(b->value), &v);
		ok(!strcmp(rule_of(e), b->rule) && clean(&v),
		    "%s: %zu: %s", b->name, i, rule_of(e));
	}
}

static const struct bad bad_json[] = {
	{ "name", "null", "field-needed" },
	{ "name", "\"\"", "field-needed" },
	{ "name", "5", "field-text" },
	{ "name", "true", "field-text" },
	{ "name", "[\"ab\"]", "field-text" },
	{ "name", "{}", "field-text" },
	{ "name", "\"a\\u0007b\"", "field-text" },
	{ "pin", "1234", "field-text" },
	{ "count", "\"5\"", "field-number" },
	{ "count", "5.0", "field-number" },
	{ "count", "true", "field-number" },
	{ "count", "101", "field-range" },
	{ "amount", "\"50000\"", "field-rupiah" },
	{ "amount", "50000.0", "field-rupiah" },
	{ "amount", "5e4", "field-rupiah" },
	{ "amount", "-50000", "field-rupiah" },
	{ "amount", "1000000000000001", "field-rupiah" },
	{ "amount", "0", "field-range" },
	{ "day", "18931", "field-day" },
	{ "at", "1634540700", "field-moment" },
	{ "colour", "3", "field-choice" },
	{ "sure", "\"true\"", "field-choice" },
	{ "sure", "1", "field-choice" },
	{ "id", "5", "field-id" },
	{ "phone", "8123456789", "field-phone" },
	{ "event", "7", "field-event" },
	{ "card", "123456789", "field-card" },
	{ "card", "-1", "field-card" },
	{ "card", "1234567890", "field-card" },
	{ "card", "9223372036854775807", "field-card" },
	{ "card", "true", "field-card" },
	{ "photo", "\"x\"", "field-text" },
};

static void refused_json(struct arena *a)
{
	for (size_t i = 0; i < countof(bad_json); i++) {
		const struct bad *b = &bad_json[i];
		struct all v;
		memset(&v, 0xee, sizeof v);
		err e = read_json_one(a, b->name, b->value, &v);
		ok(!strcmp(rule_of(e), b->rule) && clean(&v), "JSON %s: %s: %s", b->name, b->value,
		    rule_of(e));
	}
}

static void limits_named(struct arena *a)
{
	struct all v;

	err e = read_one(a, "amount", S("999"), &v);
	ok(e && str_eq(e->arg[0], S("Rp 1.000")) && str_eq(e->arg[1], S("Rp 5.000.000")),
	    "the limits are named as people write them");
	e = read_one(a, "name", S("x"), &v);
	ok(e && str_eq(e->arg[0], S("2")), "the shortest");
	e = read_one(a, "name", S("12345678901"), &v);
	ok(e && str_eq(e->arg[0], S("10")), "the longest");
}

static void accepted(struct arena *a)
{
	struct all v;

	ok(!read_one(a, "name", S("  Soto BuWir  "), &v) && v.name.n == 10,
	    "ten bytes are not too many");
	ok(!read_one(a, "name", S("  Soto Wir \n"), &v) && str_eq(v.name, S("Soto Wir")),
	    "trimmed");
	ok(!read_one(a, "story", S(" a\r\nb\rc\n\td \r\n"), &v) &&
	    str_eq(v.story, S("a\nb\nc\n\td")),
	    "line ends made LF");
	ok(!read_one(a, "pin", S(" 12 \t"), &v) && str_eq(v.pin, S(" 12 \t")),
	    "a secret is not trimmed");
	ok(!read_one(a, "pin", S("    "), &v) && v.pin.n == 4, "not even to nothing");
	ok(!read_one(a, "count", S(" -5 "), &v) && v.count == -5 &&
	    !read_one(a, "count", S("100"), &v) &&
	    v.count == 100, "both limits are inside");
	ok(!read_one(a, "amount", S("Rp 1,5 juta"), &v) && v.amount == 1500000, "rupiah");
	ok(!read_one(a, "day", S("31/10/2021"), &v) && v.day == 18931, "a day");
	ok(!read_one(a, "at", S("2021-10-18T14:05:00+07:00"), &v) &&
	    v.at == INT64_C(1634540700) * SECOND, "a moment");
	ok(!read_one(a, "colour", S("blue"), &v) && v.colour == BLUE, "a choice");
	ok(!read_one(a, "sure", S("on"), &v) && v.sure &&
	    !read_one(a, "sure", S("1"), &v) && v.sure &&
	    !read_one(a, "sure", S("0"), &v) && !v.sure &&
	    !read_one(a, "sure", S(""), &v) && !v.sure,
	    "a box ticked or not");
	ok(!read_one(a, "id", S("0000000000011"), &v) && v.id == 33, "an id");
	ok(!read_one(a, "event", S("0190b3f8-6a.1_X"), &v) && str_eq(v.event, S("0190b3f8-6a.1_X")),
	    "an event");
	ok(!read_one(a, "event",
	    S("1234567890123456789012345678901234567890123456789012345678901234"),
	    &v) && v.event.n == 64, "of 64");
	ok(!read_one(a, "event", S("azAZ09"), &v) && v.event.n == 6, "the ends of its ranges");
	ok(!read_one(a, "photo", S("\xff\0 12"), &v) && v.photo.value.n == 5, "a file, as it is");
	ok(!read_one(a, "photo", S("   "), &v) && v.photo.value.n == 3, "even one of spaces");
}

static void phones(struct arena *a)
{
	static const struct { const char *typed, *want; } t[] = {
		{ "081234567890", "+6281234567890" }, { "0812-3456-7890", "+6281234567890" },
		{ "+62 812 3456 7890", "+6281234567890" }, { "6281234567890", "+6281234567890" },
		{ "(0271) 712.345", "+62271712345" }, { "0812345678", "+62812345678" },
		{ "+62-812-3456-78901", "+62812345678901" }, { "0622123456", "+62622123456" },
		{ "021123456", "+6221123456" }, { "0912345678", "+62912345678" },
		{ "0812345678901", "+62812345678901" },
	};
	struct all v;

	for (size_t i = 0; i < countof(t); i++) {
		err e = read_one(a, "phone", str_of(t[i].typed), &v);
		ok(!e && str_eq(v.phone, str_of(t[i].want)), "%s is %s", t[i].typed, t[i].want);
	}
}

static void emails(struct arena *a)
{
	static const struct { const char *typed, *want; } t[] = {
		{ "Toko.Rini@Contoh.ID", "Toko.Rini@contoh.id" }, { " a@b.co ", "a@b.co" },
		{ "rini+sgs@pasar-gede.solo.go.id", "rini+sgs@pasar-gede.solo.go.id" },
		{ "o'neil_9@x1.id", "o'neil_9@x1.id" },
	};
	struct all v;

	for (size_t i = 0; i < countof(t); i++) {
		err e = read_one(a, "email", str_of(t[i].typed), &v);
		ok(!e && str_eq(v.email, str_of(t[i].want)), "%s is %s", t[i].typed, t[i].want);
	}
}

/* Nothing was typed: only what is needed is missed. */
static void nothing(struct arena *a)
{
	struct params none = { 0 };
	struct form_state st;
	struct all v;

	memset(&v, 0xee, sizeof v);
	err e = form_read(a, &all_form, &none, &st, &v);
	ok(!strcmp(rule_of(e), "field-needed") && !strcmp(e->field, "name") && clean(&v),
	    "nothing at all: the needed field, all zero");
	unsigned others = 0;
	for (size_t i = 1; i < all_form.n; i++)
		others += st.errors[i] != NULL;
	ok(others == 0, "and no other");
}

static void all_at_once(struct arena *a)
{
	struct param p[countof(all_fields)];
	struct params ps = { p, countof(p) };
	struct form_state st;
	struct all v;
	unsigned wrong = 0;

	for (size_t i = 0; i < countof(p); i++)
		p[i] = (struct param){
			.name = str_of(all_fields[i].name), .value = S("\x01\x01?????"),
		};
	p[0].value = S("x");
	p[1].value = S("\x01");
	p[2].value = S("1");
	err e = form_read(a, &all_form, &ps, &st, &v);
	for (size_t i = 0; i < countof(p); i++)
		wrong += !st.errors[i] || strcmp(st.errors[i]->field, all_fields[i].name);
	ok(wrong == 0 && clean(&v), "fourteen mistakes, each at its field");
	ok(e == st.errors[0] && !strcmp(e->rule, "field-short"), "the first is returned");
}

static const struct { const char *name, *typed, *json; } twins[] = {
	{ "name", " Soto Wir ", "\" Soto Wir \"" },
	{ "story", "a\r\nb", "\"a\\r\\nb\"" },
	{ "pin", " 4711", "\" 4711\"" },
	{ "count", "-3", "-3" },
	{ "amount", "1.250.000", "1250000" },
	{ "day", "31-10-2021", "\"2021-10-31\"" },
	{ "at", "2021-10-18T14:05:00+07:00", "\"2021-10-18T07:05:00Z\"" },
	{ "colour", "red", "\"red\"" },
	{ "sure", "on", "true" },
	{ "id", "7zzzzzzzzzzzz", "\"7ZZZZZZZZZZZZ\"" },
	{ "phone", "0812 3456 7890", "\"+6281234567890\"" },
	{ "email", "a@B.id", "\"a@b.id\"" },
	{ "event", "e-1", "\"e-1\"" },
	{ "card", "0000 0000 3", "3" },
};

static bool same(const struct all *x, const struct all *y)
{
	return str_eq(x->name, y->name) && str_eq(x->story, y->story) && str_eq(x->pin, y->pin) &&
	    x->count == y->count && x->amount == y->amount && x->day == y->day && x->at == y->at &&
	    x->colour == y->colour && x->sure == y->sure && x->id == y->id &&
	    str_eq(x->phone, y->phone) && str_eq(x->email, y->email) &&
	    str_eq(x->event, y->event) && x->card == y->card;
}

static void json_twin(struct arena *a)
{
	struct param p[countof(twins) + 1];
	struct params ps = { p, countof(p) };
	struct buf b = BUF(a, 10000);
	struct json_in *in = NULL;
	struct form_state st;
	struct all x, y;

	p[0] = (struct param){ .name = S("csrf"), .value = S("not a field") };
	for (size_t i = 0; i < countof(twins); i++) {
		p[i + 1] = (struct param){
			.name = str_of(twins[i].name), .value = str_of(twins[i].typed),
		};
		buf_printf(&b, "%s\"%s\":%s", i ? "," : "{\"other\":[],", twins[i].name,
		    twins[i].json);
	}
	buf_char(&b, '}');
	err e = form_read(a, &all_form, &ps, &st, &x);
	ok(!e && st.typed == &ps, "a whole form: %s", rule_of(e));
	CHECK(!json_parse(a, buf_done(&b), &in));
	e = form_read_json(a, &all_form, json_root(in), &st, &y);
	json_free(&in);
	ok(!e, "its JSON twin: %s", rule_of(e));
	ok(same(&x, &y) && x.card == 3 && y.amount == 1250000,
	    "the same struct, and it outlives the document");
}

/* Needed fields of the other types, and limits with one end. */
static void corners(struct arena *a)
{
	struct few { bool agree; int64_t n, sum; } v;
	static const struct field fields[] = {
		FIELD(struct few, agree, FIELD_BOOL, .needed = true),
		FIELD(struct few, n, FIELD_INT, .min = 1),
		FIELD(struct few, sum, FIELD_RUPIAH, .min = 1),
	};
	static const struct form form = FORM(struct few, fields);
	struct form_state st;
	struct param p[] = { { .name = S("agree"), .value = S("0") },
	    { .name = S("n"), .value = S("0") }, { .name = S("sum"), .value = S("0") },
	    { .name = S("n"), .value = S("5") } };

	ok(form_read(a, &form, &(struct params){ p, 4 }, &st, &v) &&
	    !strcmp(rule_of(st.errors[0]), "field-needed"), "a box that must be ticked");
	ok(!strcmp(rule_of(st.errors[1]), "field-range") && !strcmp(rule_of(st.errors[2]),
	    "field-range"), "a lowest alone is a limit; the first of two values counts");
	p[0].value = S("on");
	p[1].value = S("9223372036854775807");
	p[2].value = S("1000000000000000");
	ok(!form_read(a, &form, &(struct params){ p, 4 }, &st, &v) && v.agree && v.n == INT64_MAX &&
	    v.sum == RUPIAH_MAX, "and has no highest");
	str text = { arena_alloc(a, 4001, 1), 4000 };
	memset((char *)(uintptr_t)text.p, 'x', 4001);
	struct free { str s; } f;
	static const struct field ff[] = { FIELD(struct free, s, FIELD_TEXT) };
	static const struct form free_form = FORM(struct free, ff);
	struct param q = { .name = S("s"), .value = text };
	ok(!form_read(a, &free_form, &(struct params){ &q, 1 }, &st, &f) && f.s.n == FIELD_TEXT_MAX,
	    "a text without limits holds 4000 bytes");
	q.value.n++;
	ok(form_read(a, &free_form, &(struct params){ &q, 1 }, &st, &f) != NULL,
	    "and not one more");
}

static void choices(void)
{
	ok(choice_by_value(colours, BLUE) == &colours[1] && !choice_by_value(colours, 0),
	    "by value");
	ok(choice_by_code(colours, S("red")) == &colours[0] && !choice_by_code(colours, S("re")) &&
	    !choice_by_code(colours, S("")), "by code");
}

static void cards(void)
{
	int64_t n;

	/* German VAT numbers have the same nine digits; this is a published one. */
	ok(card_number_make(13669597) == 136695976 && card_number_ok(136695976), "a known number");
	unsigned wrong = 0, right = 0;
	for (int64_t serial = 0; serial <= 99999999; serial += 9973) {
		int64_t made = card_number_make(serial);
		wrong += made / 10 != serial || !card_number_ok(made);
		for (int64_t last = 0; last < 10; last++)
			right += card_number_ok(serial * 10 + last);
		right--;
	}
	ok(wrong == 0 && right == 0, "exactly one check digit is right");
	ok(card_number_ok(card_number_make(99999999)) && card_number_ok(card_number_make(0)),
	    "the first and the last");
	ok(!card_number_ok(-1) && !card_number_ok(1000000000) && !card_number_ok(INT64_MAX) &&
	    !card_number_ok(0), "out of range, and 0 is no card");
	ok(card_number_parse(S(" 1366 9597-6"), &n) && n == 136695976, "as printed");
	ok(card_number_parse(S("00000000 3"), &n) && n == 3, "with zeros");
	ok(!card_number_parse(S("3"), &n) && !card_number_parse(S("0000000003"), &n) &&
	    !card_number_parse(S(""), &n) &&
	    !card_number_parse((str){ "00000000\0" "3", 10 }, &n) &&
	    !card_number_parse(S("00000000.3"), &n), "nine digits, no fewer, no more");
}

/* What people get wrong: one digit, or two neighbours changed places. */
static void card_errors(void)
{
	struct prng r;
	unsigned single = 0, single_missed = 0, swap = 0, swap_missed = 0;

	prng_seed(&r, 11);
	for (int i = 0; i < 5000; i++) {
		int64_t n = card_number_make((int64_t)prng_below(&r, 100000000));
		for (int64_t unit = 1; unit < 1000000000; unit *= 10) {
			int64_t d = n / unit % 10, left = n / unit / 10 % 10;
			for (int64_t e = 0; e < 10; e++) {
				if (e == d)
					continue;
				single++;
				single_missed += card_number_ok(n + (e - d) * unit);
			}
			if (unit == 100000000 || d == left)
				continue;
			swap++;
			swap_missed += card_number_ok(n + (left - d) * unit -
			    (left - d) * unit * 10);
		}
	}
	ok(single == 405000 && single_missed == 0, "all %u single wrong digits are found", single);
	printf("# of %u neighbours changed places %u pass (%.3f %%)\n", swap, swap_missed,
	    100.0 * swap_missed / swap);
	/* The method itself misses 20 of the 900 cases inside a number. */
	ok(swap > 30000 && swap_missed * 40 < swap, "and all but 1 in 40 changed neighbours");
}

int main(void)
{
	struct arena *a = arena_new();

	accepted(a);
	refused_typed(a);
	refused_json(a);
	limits_named(a);
	phones(a);
	emails(a);
	nothing(a);
	all_at_once(a);
	json_twin(a);
	corners(a);
	choices();
	cards();
	card_errors();
	arena_free(&a);
	return done();
}
