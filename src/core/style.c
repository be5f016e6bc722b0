#include "core/style.h"
#include <string.h>

struct sample {
	str name, about, phone, secret;
	int64_t amount, method, sector, day, venue;
	bool agree;
};

static const struct choice methods[] = {
	{ "cash", 1, TEXT_style_cash }, { "qris", 2, TEXT_style_qris },
	{ "other", 3, TEXT_style_other }, { 0 },
};
static const struct choice sectors[] = {
	{ "food", 1, TEXT_style_food }, { "batik", 2, TEXT_style_batik },
	{ "craft", 3, TEXT_style_craft }, { "service", 4, TEXT_style_service },
	{ "market", 5, TEXT_style_market }, { "fashion", 6, TEXT_style_fashion },
	{ "home", 7, TEXT_style_home }, { 0 },
};
static const struct field fields[] = {
	FIELD(struct sample, name, FIELD_TEXT, .min = 3, .max = 120, .needed = true,
	    .label = TEXT_style_field_name, .hint = TEXT_style_field_name_hint),
	FIELD(struct sample, amount, FIELD_RUPIAH, .min = 1000, .max = 500000000,
	    .needed = true, .label = TEXT_style_field_amount),
	FIELD(struct sample, method, FIELD_CHOICE, .needed = true, .choices = methods,
	    .label = TEXT_style_field_method),
	FIELD(struct sample, sector, FIELD_CHOICE, .choices = sectors,
	    .label = TEXT_style_field_sector),
	FIELD(struct sample, venue, FIELD_ID, .label = TEXT_style_field_venue),
	FIELD(struct sample, day, FIELD_DAY, .needed = true, .label = TEXT_style_field_day),
	FIELD(struct sample, phone, FIELD_PHONE, .label = TEXT_style_field_phone,
	    .hint = TEXT_style_field_phone_hint),
	FIELD(struct sample, about, FIELD_LONG, .max = 600, .label = TEXT_style_field_about),
	FIELD(struct sample, secret, FIELD_SECRET, .needed = true,
	    .label = TEXT_style_field_secret),
	FIELD(struct sample, agree, FIELD_BOOL, .label = TEXT_style_field_agree),
};
static const struct form sample_form = FORM(struct sample, fields);

const struct layout_nav style_nav[4] = {
	{ S_INIT("/style"), "home", TEXT_style_nav_front, true },
	{ S_INIT("/style#cards"), "tag", TEXT_style_nav_promo, false },
	{ S_INIT("/style#codes"), "coupon", TEXT_style_nav_coupon, false },
	{ S_INIT("/style#lists"), "draw", TEXT_style_nav_draw, false },
};

/* A form as it comes back: some fields right, some wrong. */
static struct form_page wrong_form(struct arena *a)
{
	static const struct param typed[] = {
		{ S_INIT("name"), S_INIT("So"), { 0 }, { 0 } },
		{ S_INIT("amount"), S_INIT("1.25"), { 0 }, { 0 } },
		{ S_INIT("day"), S_INIT("31 Februari"), { 0 }, { 0 } },
		{ S_INIT("agree"), S_INIT("1"), { 0 }, { 0 } },
	};
	struct params *p = NEW(a, struct params);
	p->n = countof(typed);
	p->v = NEWN(a, struct param, p->n);
	memcpy(p->v, typed, sizeof typed);
	struct form_state *st = NEW(a, struct form_state);
	struct sample *into = NEW(a, struct sample);
	err e = form_read(a, &sample_form, p, st, into);
	(void)e;			/* kept in st, which is shown */
	struct form_page page = form_page(a, st, &sample_form, NULL, S("/style"), S("-"));
	page.prefix = "w";
	return page;
}

static const struct step *steps(enum lang lang, size_t *n)
{
	static const struct step id[] = {
		{ STEP_DONE, S_INIT("Tentukan tanggal dan aturan"),
		    S_INIT("1–31 Oktober 2021, satu kupon tiap Rp 50.000"),
		    { 0 } },
		{ STEP_NOW, S_INIT("Terima 12 pelaku usaha yang mendaftar"),
		    S_INIT("Yang menunggu paling lama: 3 hari"),
		    S_INIT("/style#forms") },
		{ STEP_LATER, S_INIT("Bekukan daftar kupon"),
		    S_INIT("Sesudah gelaran ditutup"), { 0 } },
	};
	static const struct step en[] = {
		{ STEP_DONE, S_INIT("Set dates and rules"),
		    S_INIT("1–31 October 2021, one coupon for each Rp 50,000"),
		    { 0 } },
		{ STEP_NOW, S_INIT("Admit 12 merchants who registered"),
		    S_INIT("The longest wait: 3 days"),
		    S_INIT("/style#forms") },
		{ STEP_LATER, S_INIT("Freeze the coupon list"),
		    S_INIT("After the sale is closed"), { 0 } },
	};
	*n = countof(id);
	return lang == LANG_EN ? en : id;
}

struct style_view style_example(struct arena *a, enum lang lang)
{
	static const struct form_option venues[] = {
		{ S_INIT("01HQ0000000A1"), S_INIT("Pasar Gede") },
		{ S_INIT("01HQ0000000A2"), S_INIT("Kampung Batik Laweyan") },
	};
	static const struct sample filled = { .amount = 125000, .method = 1 };
	struct refused *r = NEW(a, struct refused);
	*r = (struct refused){ .e = ERR(a, ERR_DENIED, "role-missing"),
		.back = S("/style"), .home = S("/") };
	struct style_view v = {
		.fresh = form_page(a, NULL, &sample_form, &filled, S("/style"), S("-")),
		.wrong = wrong_form(a), .venues = venues, .n_venues = countof(venues),
		.pager = { S("/style?page=1"), S("/style?page=3") },
		.claim = S("https://laris.example/surakarta/sgs-2021/claim/7KQ4XM"),
		.claim_alt = lang == LANG_EN ? S("Code to claim 2 coupons") :
		    S("Kode untuk mengambil 2 kupon"),
		.code = S("7KQ4XM"), .refused = r, .csrf = S("-"),
		.progress_say = lang == LANG_EN ? S("76 % of the aim, Rp 800 billion") :
		    S("76 % dari target Rp 800 miliar"),
	};
	v.steps = steps(lang, &v.n_steps);
	return v;
}
