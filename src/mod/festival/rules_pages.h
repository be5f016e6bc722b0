/* rules_pages.h - rules and their amendments, for organisers and everybody (rules.tmpl).
 * Layer 3, inner. */
#ifndef LARIS_FESTIVAL_RULES_PAGES_H
#define LARIS_FESTIVAL_RULES_PAGES_H

#include "mod/festival/pages.h"
#include "mod/festival/rule_book.h"

struct amended_row {
	int64_t number;		/* 1: the first amendment		*/
	int64_t since, made;
	str reason, by;		/* by: for staff only, else empty	*/
	bool ahead;		/* does not hold yet			*/
	struct rules_change change;
};

struct rules_view {
	struct sale_at at;
	str name;
	bool open;		/* has opened: only amendments change it */
	const str *v;		/* sentences in force			*/
	size_t n;
	const struct amended_row *amended;	/* newest first		*/
	size_t n_amended;
};

struct factor_row { str say, drop; };
struct factor_form { enum text_id title; struct form_page form; const char *key, *until;
	bool open, hours, factor; };

#define FACTOR_FORMS	6
struct org_rules_view {
	str name, href, open_page, try_page, csrf;
	bool may_edit, opened;
	const struct form_option *hours;
	size_t n_hours;
	const str *v;		/* sentences as they stand		*/
	size_t n;
	struct form_page sums;
	const struct factor_row *factor;
	size_t n_factor;
	struct factor_form form[FACTOR_FORMS];
	bool proposed;
	struct rules_change change;
	struct form_page amend;
	str forget;
	str refused, typed;	/* of a form that is not drawn, in words	*/
	const struct amended_row *amended;
	size_t n_amended;
};

struct try_line { str rule, say; bool counts; int64_t before, after; };
struct try_result {
	enum text_id title;
	int64_t amount, counted, points, coupons;
	bool nothing;		/* no rule changed anything		*/
	const struct try_line *v;
	size_t n;
};
struct try_view {
	str name, href;
	struct form_page form;
	const struct form_option *hours;
	size_t n_hours;
	bool more;		/* something stands in the folded part	*/
	str shop;		/* the merchant's name, when one was given */
	const struct try_result *v;
	size_t n;
};

#endif
