/*
 * merchant_fact.h - what a merchant may tell about itself beside name,
 * place and phone.
 *
 * Layer 3, inner.  One row of FACT_ROWS is a whole fact: its code (which
 * is its name in forms and in the table merchant_fact), the form field
 * that asks for it, who sees it, how it is put in one spelling or refused
 * ("tidy"), what is remarked about it without refusing ("look") and how
 * it is said.  Forms and pages walk the table: a new fact is a row here
 * and its two texts in shop.id.po and shop.en.po (docs/exercise-field.md).
 */
#ifndef LARIS_FESTIVAL_MERCHANT_FACT_H
#define LARIS_FESTIVAL_MERCHANT_FACT_H

#include "mod/festival/festival.h"
#include "mod/festival/merchant_permit.h"

enum fact_seen {
	SEEN_PUBLIC,		/* on the merchant's public page	*/
	SEEN_ORGANISER,		/* by the merchant and the organisers	*/
	SEEN_OWN,		/* by the merchant only			*/
};
enum fact_asked {
	ASKED_LATER,		/* on the merchant's own page		*/
	ASKED_JOIN,		/* also when registering		*/
};

/*	code	type	seen	asked	tidy	look	say	prop	field… */
#define FACT_ROWS(X) \
	X(about, FIELD_LONG, SEEN_PUBLIC, ASKED_LATER, NULL, NULL, NULL, "description", \
	    .max = 400, .label = TEXT_fact_about, .hint = TEXT_fact_about_hint) \
	X(hours, FIELD_TEXT, SEEN_PUBLIC, ASKED_LATER, hours_tidy, NULL, hours_text, NULL, \
	    .max = 160, .label = TEXT_fact_hours, .hint = TEXT_fact_hours_hint) \
	X(wa, FIELD_BOOL, SEEN_PUBLIC, ASKED_JOIN, NULL, NULL, said_elsewhere, NULL, \
	    .label = TEXT_fact_wa, .hint = TEXT_fact_wa_hint) \
	X(email, FIELD_EMAIL, SEEN_ORGANISER, ASKED_JOIN, NULL, NULL, NULL, NULL, \
	    .max = 254, .label = TEXT_fact_email, .hint = TEXT_fact_email_hint) \
	X(halal, FIELD_TEXT, SEEN_PUBLIC, ASKED_LATER, NULL, halal_look, NULL, NULL, \
	    .max = 40, .label = TEXT_fact_halal, .hint = TEXT_fact_halal_hint) \
	X(pirt, FIELD_TEXT, SEEN_PUBLIC, ASKED_LATER, NULL, pirt_look, NULL, NULL, \
	    .max = 40, .label = TEXT_fact_pirt, .hint = TEXT_fact_pirt_hint) \
	X(bpom, FIELD_TEXT, SEEN_PUBLIC, ASKED_LATER, NULL, bpom_look, NULL, NULL, \
	    .max = 40, .label = TEXT_fact_bpom, .hint = TEXT_fact_bpom_hint) \
	X(nib, FIELD_TEXT, SEEN_ORGANISER, ASKED_LATER, NULL, nib_look, NULL, NULL, \
	    .max = 30, .label = TEXT_fact_nib, .hint = TEXT_fact_nib_hint) \
	X(npwp, FIELD_TEXT, SEEN_OWN, ASKED_LATER, npwp_tidy, npwp_look, NULL, NULL, \
	    .max = 30, .label = TEXT_fact_npwp, .hint = TEXT_fact_npwp_hint)

#define FACT_NUMBER(code, ...)	FACT_ ## code,
enum fact_number { FACT_ROWS(FACT_NUMBER) FACTS };

struct fact {
	struct field field;	/* .at: in struct facts			*/
	enum fact_seen seen;
	enum fact_asked asked;
	/* Into one spelling; ERR_INVALID when it cannot be read. */
	err (*tidy)(struct arena *, const char *field, str *value);
	looker *look;
	str (*say)(struct arena *, str value, enum lang);	/* empty: not listed */
	const char *prop;	/* schema.org property, or NULL		*/
};
extern const struct fact fact_table[FACTS];

union fact_value { str s; int64_t i; bool b; };
struct facts { union fact_value v[FACTS]; };

/* The fields of every fact, for the form table of a struct whose member is "facts". */
#define FACT_FIELD(S_, c, t, ...) \
	{ .name = #c, .type = (t), .at = offsetof(S_, facts.v[FACT_ ## c]), __VA_ARGS__ },

/* What is kept, as form values: prefill of a page. */
err	facts_get(struct db *, city_id, merchant_id, struct facts *) MUST_USE;
/* In words people write, where those are read back: a page's prefill. */
void	facts_fill(struct arena *, struct facts *, enum lang);
/* As text: "" not told. */
str	fact_text(struct arena *, const struct fact *, const union fact_value *);
/*
 * Tidies every value and keeps those facts with seen <= "most" (others stay
 * as they are).  "changed" lists the codes that changed, for the audit.
 * ERR_INVALID with the field: "nik-refused" in any of them, "fact-hours".
 */
err	facts_set(struct tx *, city_id, merchant_id, struct facts *, enum fact_seen most,
	    str *changed) MUST_USE;

struct fact_line {		/* one fact, ready to be read		*/
	const char *code, *prop;
	enum text_id label;
	str say;
	struct remarks remarks;
	bool warn, mixed;	/* some remark is a warning; others are not */
};
/* Those told and seen by "who"; the year is for what expires. */
size_t	facts_say(struct arena *, const struct facts *, enum fact_seen who, enum lang,
	    int64_t year, struct fact_line v[FACTS]);

#endif
