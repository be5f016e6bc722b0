/* offer_form.c - the form of an offer, for merchants and the organiser. */
#include "mod/promo/offer_form.h"

static const struct field offer_fields[] = {
	FIELD(struct offer_in, title, FIELD_TEXT, .needed = true, .min = 3, .max = 80,
	    .label = TEXT_offer_title, .hint = TEXT_offer_title_hint),
	FIELD(struct offer_in, kind, FIELD_CHOICE, .needed = true, .label = TEXT_offer_kind,
	    .choices = promo_kind_choices),
	FIELD(struct offer_in, percent, FIELD_INT, .min = 1, .max = 100,
	    .label = TEXT_offer_percent, .hint = TEXT_offer_percent_hint),
	FIELD(struct offer_in, gives, FIELD_TEXT, .max = 80, .label = TEXT_offer_gives,
	    .hint = TEXT_offer_gives_hint),
	FIELD(struct offer_in, worth, FIELD_RUPIAH, .max = 1000000000, .label = TEXT_offer_worth,
	    .hint = TEXT_offer_worth_hint),
	FIELD(struct offer_in, terms, FIELD_LONG, .max = 1000, .label = TEXT_offer_terms,
	    .hint = TEXT_offer_terms_hint),
	FIELD(struct offer_in, venue, FIELD_ID, .label = TEXT_offer_venue,
	    .hint = TEXT_offer_venue_hint),
	FIELD(struct offer_in, first_day, FIELD_DAY, .needed = true,
	    .label = TEXT_offer_first_day),
	FIELD(struct offer_in, last_day, FIELD_DAY, .needed = true,
	    .label = TEXT_offer_last_day),
	FIELD(struct offer_in, from, FIELD_TEXT, .max = 5, .label = TEXT_offer_from,
	    .hint = TEXT_offer_from_hint),
	FIELD(struct offer_in, to, FIELD_TEXT, .max = 5, .label = TEXT_offer_to,
	    .hint = TEXT_offer_to_hint),
	FIELD(struct offer_in, quota, FIELD_INT, .min = 1, .max = 1000000,
	    .label = TEXT_offer_quota, .hint = TEXT_offer_none_hint),
	FIELD(struct offer_in, per_card, FIELD_INT, .min = 1, .max = 1000,
	    .label = TEXT_offer_per_card, .hint = TEXT_offer_per_card_hint),
	FIELD(struct offer_in, budget, FIELD_RUPIAH, .max = RUPIAH_MAX,
	    .label = TEXT_offer_budget, .hint = TEXT_offer_budget_hint),
};
const struct form offer_form = FORM(struct offer_in, offer_fields);

static const struct field more_fields[] = {
	FIELD(struct more_in, quota, FIELD_INT, .min = 1, .max = 1000000, .needed = true,
	    .label = TEXT_offer_quota),
};
const struct form more_form = FORM(struct more_in, more_fields);

static const struct field reason_fields[] = {
	FIELD(struct reason_in, reason, FIELD_TEXT, .max = 200, .label = TEXT_promo_reason,
	    .hint = TEXT_promo_reason_hint),
};
const struct form promo_reason_form = FORM(struct reason_in, reason_fields);

static const struct field back_fields[] = {
	FIELD(struct use_back_in, event, FIELD_EVENT, .needed = true),
	FIELD(struct use_back_in, reason, FIELD_TEXT, .needed = true, .min = 3, .max = 200,
	    .label = TEXT_promo_reason, .hint = TEXT_use_reason_hint),
};
const struct form use_back_form = FORM(struct use_back_in, back_fields);

static err hours_read(struct arena *a, const struct offer_in *in, struct promotion *p)
{
	if (!in->from.n && !in->to.n)
		return NULL;
	if (!promo_parse_hour(in->from, &p->from))
		return ERR(a, ERR_INVALID, "promo-hours-form", .field = "from");
	if (!promo_parse_hour(in->to, &p->to))
		return ERR(a, ERR_INVALID, "promo-hours-form", .field = "to");
	p->from %= 1440;
	return NULL;
}

err offer_read(struct arena *a, const struct offer_in *in, struct promotion *p)
{
	p->title = in->title;
	p->kind = (enum promo_kind)in->kind;
	p->percent = in->percent;
	p->gives = in->gives;
	p->worth = in->worth;
	p->terms = in->terms;
	p->venue = (venue_id){ p->merchant.v ? 0 : in->venue };
	p->first_day = in->first_day;
	p->last_day = in->last_day;
	p->quota = in->quota;
	p->per_card = in->per_card;
	p->budget = in->budget;
	p->from = p->to = 0;
	return hours_read(a, in, p);
}

static str hour(struct arena *a, const struct promotion *p, int64_t minute)
{
	if (p->from == p->to)
		return (str){ 0 };
	return arena_printf(a, "%02d.%02d", (int)(minute / 60), (int)(minute % 60));
}

struct offer_in offer_fill(struct arena *a, const struct promotion *p)
{
	return (struct offer_in){ .title = p->title, .gives = p->gives, .terms = p->terms,
	    .from = hour(a, p, p->from), .to = hour(a, p, p->to), .kind = (int64_t)p->kind,
	    .percent = p->percent, .worth = p->worth, .venue = p->venue.v,
	    .first_day = p->first_day, .last_day = p->last_day, .quota = p->quota,
	    .per_card = p->per_card, .budget = p->budget };
}
