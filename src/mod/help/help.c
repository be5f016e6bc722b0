/* help.c - the pages of help as a table, and as Markdown. */
#include "mod/help/help.h"

static const struct help_picture shopper_pictures[] = {
	{ "claim", TEXT_help_shopper_see_claim },
	{ "card", TEXT_help_shopper_see_card },
};
static const struct help_item shopper_1[] = {
	{ TEXT_none, TEXT_help_shopper_1_1 },
	{ TEXT_none, TEXT_help_shopper_1_2 },
	{ TEXT_none, TEXT_help_shopper_1_3 },
	{ TEXT_none, TEXT_help_shopper_1_4 },
};
static const struct help_item shopper_2[] = {
	{ TEXT_help_shopper_2_1_word, TEXT_help_shopper_2_1 },
	{ TEXT_help_shopper_2_2_word, TEXT_help_shopper_2_2 },
	{ TEXT_help_shopper_2_3_word, TEXT_help_shopper_2_3 },
	{ TEXT_help_shopper_2_4_word, TEXT_help_shopper_2_4 },
	{ TEXT_help_shopper_2_5_word, TEXT_help_shopper_2_5 },
};
static const struct help_part shopper_parts[] = {
	{ TEXT_help_shopper_1, true, shopper_1, countof(shopper_1) },
	{ TEXT_help_shopper_2, false, shopper_2, countof(shopper_2) },
};

static const struct help_picture merchant_pictures[] = {
	{ "stall", TEXT_help_merchant_see_stall },
	{ "code", TEXT_help_merchant_see_code },
	{ "claim", TEXT_help_merchant_see_claim },
};
static const struct help_item merchant_1[] = {
	{ TEXT_none, TEXT_help_merchant_1_1 },
	{ TEXT_none, TEXT_help_merchant_1_2 },
	{ TEXT_none, TEXT_help_merchant_1_3 },
};
static const struct help_item merchant_2[] = {
	{ TEXT_none, TEXT_help_merchant_2_1 },
	{ TEXT_none, TEXT_help_merchant_2_2 },
	{ TEXT_none, TEXT_help_merchant_2_3 },
	{ TEXT_none, TEXT_help_merchant_2_4 },
};
static const struct help_item merchant_3[] = {
	{ TEXT_help_merchant_3_1_word, TEXT_help_merchant_3_1 },
	{ TEXT_help_merchant_3_2_word, TEXT_help_merchant_3_2 },
	{ TEXT_help_merchant_3_3_word, TEXT_help_merchant_3_3 },
	{ TEXT_help_merchant_3_4_word, TEXT_help_merchant_3_4 },
	{ TEXT_help_merchant_3_5_word, TEXT_help_merchant_3_5 },
	{ TEXT_help_merchant_3_6_word, TEXT_help_merchant_3_6 },
};
static const struct help_item merchant_4[] = {
	{ TEXT_help_merchant_4_1_word, TEXT_help_merchant_4_1 },
	{ TEXT_help_merchant_4_2_word, TEXT_help_merchant_4_2 },
};
static const struct help_part merchant_parts[] = {
	{ TEXT_help_merchant_1, true, merchant_1, countof(merchant_1) },
	{ TEXT_help_merchant_2, true, merchant_2, countof(merchant_2) },
	{ TEXT_help_merchant_3, false, merchant_3, countof(merchant_3) },
	{ TEXT_help_merchant_4, false, merchant_4, countof(merchant_4) },
};

static const struct help_item officer_1[] = {
	{ TEXT_none, TEXT_help_officer_1_1 },
	{ TEXT_none, TEXT_help_officer_1_2 },
	{ TEXT_none, TEXT_help_officer_1_3 },
};
static const struct help_item officer_2[] = {
	{ TEXT_help_officer_2_1_word, TEXT_help_officer_2_1 },
	{ TEXT_help_officer_2_2_word, TEXT_help_officer_2_2 },
	{ TEXT_help_officer_2_3_word, TEXT_help_officer_2_3 },
};
static const struct help_part officer_parts[] = {
	{ TEXT_help_officer_1, true, officer_1, countof(officer_1) },
	{ TEXT_help_officer_2, false, officer_2, countof(officer_2) },
};

static const struct help_item organiser_1[] = {
	{ TEXT_none, TEXT_help_organiser_1_1 },
	{ TEXT_none, TEXT_help_organiser_1_2 },
	{ TEXT_none, TEXT_help_organiser_1_3 },
};
static const struct help_item organiser_2[] = {
	{ TEXT_none, TEXT_help_organiser_2_1 },
	{ TEXT_none, TEXT_help_organiser_2_2 },
	{ TEXT_none, TEXT_help_organiser_2_3 },
};
static const struct help_item organiser_3[] = {
	{ TEXT_none, TEXT_help_organiser_3_1 },
	{ TEXT_none, TEXT_help_organiser_3_2 },
	{ TEXT_none, TEXT_help_organiser_3_3 },
};
static const struct help_item organiser_4[] = {
	{ TEXT_none, TEXT_help_organiser_4_1 },
	{ TEXT_none, TEXT_help_organiser_4_2 },
	{ TEXT_none, TEXT_help_organiser_4_3 },
};
static const struct help_part organiser_parts[] = {
	{ TEXT_help_organiser_1, true, organiser_1, countof(organiser_1) },
	{ TEXT_help_organiser_2, true, organiser_2, countof(organiser_2) },
	{ TEXT_help_organiser_3, true, organiser_3, countof(organiser_3) },
	{ TEXT_help_organiser_4, false, organiser_4, countof(organiser_4) },
};

const struct help_page help_pages[] = {
	{ "shopper", "coupon", TEXT_help_shopper, TEXT_help_shopper_lead,
	    shopper_pictures, countof(shopper_pictures),
	    shopper_parts, countof(shopper_parts) },
	{ "merchant", "shop", TEXT_help_merchant, TEXT_help_merchant_lead,
	    merchant_pictures, countof(merchant_pictures),
	    merchant_parts, countof(merchant_parts) },
	{ "officer", "people", TEXT_help_officer, TEXT_help_officer_lead,
	    NULL, 0,
	    officer_parts, countof(officer_parts) },
	{ "organiser", "check", TEXT_help_organiser, TEXT_help_organiser_lead,
	    NULL, 0,
	    organiser_parts, countof(organiser_parts) },
};
const size_t help_n_pages = countof(help_pages);

const struct help_page *help_find(str slug)
{
	for (size_t i = 0; i < help_n_pages; i++)
		if (str_eq(slug, str_of(help_pages[i].slug)))
			return &help_pages[i];
	return NULL;
}

static void part_put(struct buf *b, const struct help_part *p, enum lang l)
{
	buf_printf(b, "\n## %.*s\n", SV(text(l, p->title)));
	for (size_t i = 0; i < p->n; i++) {
		if (p->steps)
			buf_printf(b, "%zu. ", i + 1);
		else
			buf_str(b, S("- "));
		if (p->v[i].word != TEXT_none)
			buf_printf(b, "**%.*s** ", SV(text(l, p->v[i].word)));
		buf_printf(b, "%.*s\n", SV(text(l, p->v[i].say)));
	}
}

void help_markdown(struct buf *b, const struct help_page *p, enum lang l)
{
	buf_printf(b, "# %.*s\n\n%.*s %.*s\n", SV(text(l, p->title)), SV(text(l, p->lead)),
	    SV(text(l, TEXT_help_same)));
	for (size_t i = 0; i < p->n_pictures; i++)
		buf_printf(b, "\n![%.*s](shots/%s.png)\n", SV(text(l, p->picture[i].say)),
		    p->picture[i].name);
	for (size_t i = 0; i < p->n_parts; i++)
		part_put(b, &p->part[i], l);
}
