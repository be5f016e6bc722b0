/* rules_show.c - the rules in force and how they came to be, for everybody. */
#include "mod/festival/bar.h"
#include "mod/festival/rules_web.h"
#include "rules_tmpl.h"

static void amended_row(struct req *r, const struct festival *f, size_t i, bool staff,
    struct amended_row *row)
{
	const struct rule_version *v = &f->amended[i];

	*row = (struct amended_row){ .number = v->number - 1, .since = v->since, .made = v->made,
	    .reason = v->reason, .by = staff ? v->by : (str){ 0 }, .ahead = v->since > r->now };
	rules_compare(r->a, rules_before(f, i), &v->rules, r->lang, &row->change);
}

void amended_fill(struct req *r, const struct festival *f, bool staff,
    const struct amended_row **v, size_t *n)
{
	struct amended_row *rows = NEWN(r->a, struct amended_row, f->n_amended);

	for (size_t i = 0; i < f->n_amended; i++)
		amended_row(r, f, f->n_amended - 1 - i, staff, &rows[i]);
	*v = rows;
	*n = f->n_amended;
}

/* Not kept as bytes: what is in force changes with the hour. */
err web_rules(struct req *r)
{
	struct rules_view v = { 0 };
	struct festival f;
	str *words;

	TRY(festival_of(r, 1, &f));
	rules_words(r->a, rules_at(&f, r->now, NULL), r->lang, &words, &v.n);
	v.v = words;
	v.at = festival_at(r, &f);
	v.name = f.name;
	v.open = f.state >= FESTIVAL_OPEN;
	amended_fill(r, &f, false, &v.amended, &v.n_amended);
	r->title = text(r->lang, TEXT_rules_title);
	festival_bar(r, &f, BAR_FRONT);
	page_rules(&r->out, &v);
	return NULL;
}

static void json_words(struct req *r, const char *name, const str *v, size_t n)
{
	json_begin(&r->json, name, '[');
	for (size_t i = 0; i < n; i++)
		json_str(&r->json, NULL, v[i]);
	json_end(&r->json, ']');
}

static void json_amended(struct req *r, const struct amended_row *x)
{
	json_begin(&r->json, NULL, '{');
	json_int(&r->json, "number", x->number);
	json_time(&r->json, "since", x->since, r->city.zone);
	json_time(&r->json, "decided", x->made, r->city.zone);
	json_str(&r->json, "reason", x->reason);
	json_words(r, "gone", x->change.gone, x->change.n_gone);
	json_words(r, "new", x->change.come, x->change.n_come);
	json_end(&r->json, '}');
}

err api_rules(struct req *r)
{
	const struct amended_row *v;
	struct festival f;
	size_t n, n_words;
	str *words;

	TRY(festival_of(r, 1, &f));
	rules_words(r->a, rules_at(&f, r->now, NULL), r->lang, &words, &n_words);
	amended_fill(r, &f, false, &v, &n);
	json_begin(&r->json, NULL, '{');
	json_int(&r->json, "unit", f.rules.unit);
	json_str(&r->json, "counting",
	    str_of(choice_by_value(counting_choices, (int64_t)f.rules.counting)->code));
	json_words(r, "in_force", words, n_words);
	json_begin(&r->json, "amendments", '[');
	for (size_t i = n; i-- > 0;)
		json_amended(r, &v[i]);
	json_end(&r->json, ']');
	json_end(&r->json, '}');
	return NULL;
}
