/* layout.c: what is drawn, byte by byte (tests/golden/layout), and what
 * must hold for every page: escapes, links between labels and fields. */
#include "core/style.h"
#include "tap.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct out fresh(struct arena *a, enum lang lang)
{
	return (struct out){ .b = BUF(a, 1 << 20), .lang = lang, .zone = ZONE_WIB };
}

static bool has(const struct out *w, const char *s)
{
	return str_find(buf_done(&w->b), str_of(s)) != SIZE_MAX;
}

/* ---- golden files: LARIS_GOLDEN=write makes them anew ---- */

static str golden_path(struct arena *a, const char *name)
{
	const char *root = getenv("LARIS_ROOT");
	return arena_printf(a, "%s/tests/golden/layout/%s.html", root ? root : ".", name);
}

static str slurp(struct arena *a, str path)
{
	FILE *f = fopen(path.p, "rb");
	if (!f) {
		printf("# %s: %s\n", path.p, strerror(errno));
		return S("");
	}
	char *p = arena_bytes(a, 1 << 20);
	size_t n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return (str){ p, n };
}

static void golden(struct arena *a, const char *name, const struct out *w)
{
	str path = golden_path(a, name), got = buf_done(&w->b);
	const char *how = getenv("LARIS_GOLDEN");
	if (how && strcmp(how, "write") == 0) {
		FILE *f = fopen(path.p, "wb");
		CHECK(f);
		fwrite(got.p, 1, got.n, f);
		fclose(f);
	}
	bool same = str_eq(slurp(a, path), got);
	ok(same && !w->b.full, "golden %s", name);
	if (!same)
		printf("# got:\n# %.*s\n", SV(got));
}

/* ---- the frame ---- */

static struct layout frame(void)
{
	return (struct layout){
		.title = S("Lapak \"<b>\" & kawan"), .city = S("Kota Surakarta"),
		.home = S("/surakarta"), .lang_href = S("/x?lang=en"), .signin = S("/sign-in"),
		.css = S("/asset/laris.0123456789.css"), .js = S("laris.js"),
		.favicon = S("favicon.svg"), .nav = style_nav, .n_nav = countof(style_nav),
	};
}

static void test_frame(struct arena *a)
{
	struct out w = fresh(a, LANG_ID);
	struct layout v = frame();
	layout_page(&w, &v);
	golden(a, "frame", &w);
	ok(!has(&w, "<b>\" &"), "a title is escaped");
	ok(has(&w, "href=\"/asset/laris.0123456789.css\""),
	    "an asset is named by its file, with or without /asset/");

	struct out en = fresh(a, LANG_EN);
	v.person = S("Bu <Sri>");
	v.account = S("/me");
	v.signout = S("/sign-out");
	v.csrf = S("token");
	v.flash = S("Saved.");
	v.wide = v.refused = true;
	v.js = S("");
	struct out said = fresh(a, LANG_EN);
	layout_refused(&said, &(struct refused){ .home = S("/"),
	    .e = ERR(a, ERR_DENIED, "role-missing") });
	v.content = page_markup(&said);
	layout_page(&en, &v);
	golden(a, "frame-person", &en);
	ok(!has(&en, "<script"), "no script is named where there is none");

	struct out bare = fresh(a, LANG_ID), content = fresh(a, LANG_ID);
	style_stage(&content);
	v.content = page_markup(&content);
	v.bare = true;
	layout_page(&bare, &v);
	golden(a, "stage", &bare);
	ok(!has(&bare, "<header") && !has(&bare, "<nav"), "a bare page has no frame");
}

static void test_refused(struct arena *a)
{
	struct refused r = { .e = ERR(a, ERR_DENIED, "sign-in-first"), .home = S("/"),
		.signin = S("/sign-in"), .back = S("javascript:alert(1)") };
	struct out w = fresh(a, LANG_ID);
	layout_refused(&w, &r);
	golden(a, "refused-signin", &w);
	ok(!has(&w, "javascript:"), "a way back leads nowhere when it is a script");
	ok(has(&w, "<code>sign-in-first</code>"), "a refusal names its rule");

	size_t good = 0;
	for (int kind = 1; kind < ERR_KINDS; kind++) {
		struct out one = fresh(a, LANG_EN);
		r = (struct refused){ .e = err_at(a, "here:1",
			                  (struct err){
			                      .kind = (enum err_kind)kind,
			                      .rule = "internal" }),
			.home = S("/"),
			.request = S("0ABC") };
		layout_refused(&one, &r);
		good += has(&one, "<h1>") && has(&one, "<code>0ABC</code>") &&
		        !has(&one, "<h1></h1>");
	}
	ok(good == ERR_KINDS - 1, "each kind of refusal has a title and says what to do");
}

/* ---- forms ---- */

enum { CASH = 1, QRIS = 2 };
static const struct choice methods[] = {
	{ "cash", CASH, TEXT_style_cash }, { "qris", QRIS, TEXT_style_qris }, { 0 },
};
struct all {
	str name, story, secret, phone, event;
	int64_t count, needed, amount, day, at, method, id, card;
	bool sure;
	struct param photo;
};
static const struct field all_fields[] = {
	FIELD(struct all, name, FIELD_TEXT, .min = 3, .max = 40, .needed = true,
	    .label = TEXT_style_field_name, .hint = TEXT_style_field_name_hint),
	FIELD(struct all, story, FIELD_LONG, .max = 600, .label = TEXT_style_field_about),
	FIELD(struct all, secret, FIELD_SECRET, .label = TEXT_style_field_secret),
	FIELD(struct all, phone, FIELD_PHONE, .label = TEXT_style_field_phone),
	FIELD(struct all, event, FIELD_EVENT),
	FIELD(struct all, count, FIELD_INT, .label = TEXT_style_figures),
	FIELD(struct all, needed, FIELD_INT, .max = 9, .needed = true, .label = TEXT_style_figures),
	FIELD(struct all, amount, FIELD_RUPIAH, .min = 1000, .max = 5000000, .needed = true,
	    .label = TEXT_style_field_amount),
	FIELD(struct all, day, FIELD_DAY, .label = TEXT_style_field_day),
	FIELD(struct all, at, FIELD_MOMENT, .label = TEXT_style_field_day),
	FIELD(struct all, method, FIELD_CHOICE, .choices = methods, .needed = true,
	    .label = TEXT_style_field_method),
	FIELD(struct all, id, FIELD_ID, .label = TEXT_style_field_venue),
	FIELD(struct all, card, FIELD_CARD, .label = TEXT_style_codes),
	FIELD(struct all, sure, FIELD_BOOL, .label = TEXT_style_field_agree),
	FIELD(struct all, photo, FIELD_FILE, .label = TEXT_style_codes),
};
static const struct form all_form = FORM(struct all, all_fields);

static const struct all filled = {
	.name = S_INIT("Batik \"12\""), .story = S_INIT("\nSatu\nDua"), .secret = S_INIT("rahasia"),
	.phone = S_INIT("+628123456789"), .count = 7, .amount = 1250000, .day = 18931,
	.at = INT64_C(1634540700000000), .method = QRIS, .card = 482100937, .sure = true,
};

static struct form_page page_of(struct arena *a, const struct form_state *st, const struct all *v)
{
	return form_page(a, st, &all_form, v, S("/m/new"), S("csrf-token"));
}

static struct form_page typed_page(struct arena *a, struct param *v, size_t n)
{
	struct params *p = NEW(a, struct params);
	struct form_state *st = NEW(a, struct form_state);
	*p = (struct params){ v, n };
	err e = form_read(a, &all_form, p, st, NEW(a, struct all));
	CHECK(e);
	return page_of(a, st, NULL);
}

static void draw_all(struct out *w, struct form_page *p)
{
	form_begin(w, p);
	for (size_t i = 0; i < countof(all_fields); i++)
		if (all_fields[i].type != FIELD_EVENT)
			form_field(w, p, all_fields[i].name);
	form_end(w, p, TEXT_style_save);
}

static void shows(struct arena *a, const struct form_page *p, const char *name, const char *want)
{
	str got = form_shown(a, p->state, form_find(&all_form, name));
	ok(str_eq(got, str_of(want)), "%s shows \"%s\"", name, want);
	if (!str_eq(got, str_of(want)))
		printf("# got \"%.*s\"\n", SV(got));
}

static void test_prefill(struct arena *a)
{
	static const struct { const char *name, *want; } rows[] = {
		{ "name", "Batik \"12\"" }, { "story", "\nSatu\nDua" }, { "secret", "" },
		{ "phone", "08123456789" }, { "count", "7" }, { "needed", "0" },
		{ "amount", "1.250.000" }, { "day", "2021-10-31" },
		{ "at", "2021-10-18T14:05:00+07:00" }, { "method", "qris" }, { "id", "" },
		{ "card", "482100937" }, { "sure", "1" }, { "photo", "" },
	};
	struct form_page p = page_of(a, NULL, &filled);
	for (size_t i = 0; i < countof(rows); i++)
		shows(a, &p, rows[i].name, rows[i].want);

	struct out w = fresh(a, LANG_ID);
	p.event = S("0190-new");
	p.upload = true;
	draw_all(&w, &p);
	golden(a, "form-filled", &w);
	ok(!has(&w, "rahasia"), "a secret is never written into a page");
	ok(has(&w, "name=\"csrf\" value=\"csrf-token\"") &&
	        has(&w, "name=\"event\" value=\"0190-new\""),
	    "csrf and event go along");

	struct out e = fresh(a, LANG_EN);
	struct form_page empty = page_of(a, NULL, NULL);
	draw_all(&e, &empty);
	golden(a, "form-empty", &e);
	ok(!has(&e, "checked") && !has(&e, "role=\"alert\""),
	    "an empty form: nothing chosen, nothing wrong");
}

static void test_typed(struct arena *a)
{
	struct param typed[] = {
		{ .name = S("name"), .value = S("\"><script>x</script>") },
		{ .name = S("secret"), .value = S("rahasia") },
		{ .name = S("amount"), .value = S("1.25") },
		{ .name = S("day"), .value = S("31 Februari") },
		{ .name = S("at"), .value = S("kemarin") },
		{ .name = S("event"), .value = S("0190-first") },
	};
	struct form_page p = typed_page(a, typed, countof(typed));
	struct out w = fresh(a, LANG_ID);
	p.event = S("0190-second");
	draw_all(&w, &p);
	golden(a, "form-wrong", &w);
	ok(!has(&w, "<script>"), "what was typed comes back escaped");
	ok(!has(&w, "rahasia"), "a secret that was typed does not come back");
	ok(has(&w, "value=\"0190-first\"") && !has(&w, "0190-second"),
	    "a refused form keeps its event: it has recorded nothing");
	ok(has(&w, "type=\"text\" class=\"short\" value=\"31 Februari\""),
	    "a day that cannot be read is shown as it was typed");
	ok(has(&w, "href=\"#f-amount\""), "the summary leads to the field");

	struct param day[] = { { .name = S("day"), .value = S("31/10/2021") } };
	struct out d = fresh(a, LANG_ID);
	p = typed_page(a, day, 1);
	form_field(&d, &p, "day");
	ok(has(&d, "type=\"date\" class=\"short\" value=\"2021-10-31\""),
	    "a day typed as offices write it is shown by the browser's own input");
}

static void test_form_kinds(struct arena *a)
{
	static const struct form_option options[] = {
		{ S_INIT("A&1"), S_INIT("Pasar <Gede>") }, { S_INIT("2"), S_INIT("Laweyan") },
	};
	struct form_state st = { .form = &all_form,
		.whole = ERR(a, ERR_CONFLICT, "already-there") };
	struct form_page p = page_of(a, &st, &(struct all){ .name = S("2") });
	struct out w = fresh(a, LANG_ID);
	p.get = true;
	p.prefix = "q";
	form_begin(&w, &p);
	form_select(&w, &p, "name", options, countof(options));
	form_hidden(&w, &p, "name");
	form_end(&w, &p, TEXT_style_save);
	form_button(&w, S("/x/close"), S("t"), TEXT_style_save, "bad");
	golden(a, "form-kinds", &w);
	ok(has(&w, "<option value=\"2\" selected>"), "the prefilled row is chosen");
	ok(has(&w, "method=\"get\"") && !has(&w, "name=\"csrf\" value=\"csrf-token\""),
	    "a search does not carry the csrf token into its address");

	static const struct form other = { all_fields, 1, sizeof(struct all) };
	struct form_page o = form_page(a, &st, &other, NULL, S("/"), S(""));
	ok(!o.state->whole && o.state->form == &other, "what another form left is not shown here");
}

/* ---- parts ---- */

static void test_parts(struct arena *a)
{
	static const struct step steps[] = {
		{ STEP_DONE, S_INIT("A <1>"), S_INIT(""), S_INIT("/a") },
		{ STEP_NOW, S_INIT("B"), S_INIT("soon & now"), S_INIT("/b") },
		{ STEP_LATER, S_INIT("C"), S_INIT(""), S_INIT("") },
	};
	struct out w = fresh(a, LANG_ID);
	layout_progress(&w, 76, 100, S("76 %"));
	layout_progress(&w, 130, 100, S("130 %"));
	layout_progress(&w, -1, 0, S("-"));
	layout_empty(&w, TEXT_style_empty, TEXT_style_empty_todo, S("/new"), TEXT_style_empty_do);
	layout_empty(&w, TEXT_style_empty, TEXT_style_empty_todo, S(""), TEXT_none);
	layout_steps(&w, steps, countof(steps));
	layout_pager(&w, &(struct pager){ .next = S("/x?after=2") });
	layout_pager(&w, &(struct pager){ 0 });
	layout_code(&w, S("7KQ4XM9"), 3);
	layout_code(&w, S(""), 3);
	layout_icon(&w, "shop");
	golden(a, "parts", &w);
	ok(has(&w, "max=\"100\" value=\"100\"") && has(&w, "max=\"1\" value=\"0\""),
	    "a bar never runs over its ends");
}

/* ---- what must hold between the parts of any page ---- */

/* The next value of attribute="…" in *page, or false. */
static bool next_value(str *page, str attribute, str *value)
{
	size_t at = str_find(*page, attribute);
	if (at == SIZE_MAX)
		return false;
	*page = str_sub(*page, at + attribute.n, page->n);
	return str_take(page, '"', value);
}

static size_t times(str page, str needle)
{
	size_t n = 0, at;
	while ((at = str_find(page, needle)) != SIZE_MAX) {
		n++;
		page = str_sub(page, at + needle.n, page.n);
	}
	return n;
}

/* Every id named by "attribute" is there exactly once. */
static bool named_once(struct arena *a, str page, str attribute)
{
	str rest = page, value, id;
	bool good = true;
	while (next_value(&rest, attribute, &value))
		while (str_take(&value, ' ', &id)) {
			str as = arena_printf(a, " id=\"%.*s\"", SV(id));
			if (times(page, as) == 1)
				continue;
			printf("# %.*s\"%.*s\": %zu times\n", SV(attribute),
			    SV(id), times(page, as));
			good = false;
		}
	return good;
}

static str whole_page(struct arena *a, enum lang lang)
{
	struct style_view v = style_example(a, lang);
	struct out c = fresh(a, lang), w = fresh(a, lang);
	style_page(&c, &v);
	struct layout l = frame();
	l.title = text(lang, TEXT_style_title);
	l.content = page_markup(&c);
	layout_page(&w, &l);
	golden(a, lang == LANG_EN ? "style-en" : "style", &w);
	return buf_done(&w.b);
}

static void test_style(struct arena *a)
{
	str page = whole_page(a, LANG_ID);
	ok(named_once(a, page, S("aria-describedby=\"")),
	    "each hint and error told of is there, once");
	ok(named_once(a, page, S("<label for=\"")), "each label has its input");
	ok(named_once(a, page, S("href=\"#")), "each link within the page leads somewhere");
	ok(named_once(a, page, S(" id=\"")), "no id is there twice");
	ok(str_find(page, S("style=")) == SIZE_MAX, "no inline style");
	str en = whole_page(a, LANG_EN);
	ok(str_find(en, S("Something needs mending")) != SIZE_MAX, "English is English");
}

int main(void)
{
	struct arena *a = arena_new();
	test_frame(a);
	test_refused(a);
	test_prefill(a);
	test_typed(a);
	test_form_kinds(a);
	test_parts(a);
	test_style(a);
	arena_free(&a);
	return done();
}
