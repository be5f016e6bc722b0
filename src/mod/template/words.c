#include "mod/template/words.h"
#include "core/pipeline.h"

struct template_ask ask_of(const struct req *r)
{
	return (struct template_ask){ .a = r->a, .app = r->site->app, .city = &r->city,
	    .key_file = r->site->key_file, .lang = r->lang, .by = r->who.login, .now = r->now };
}

/* ---- values -------------------------------------------------------------------- */

static void permille_put(struct buf *b, int64_t n, enum lang lang)
{
	char end[4];
	int k = 3;

	number_put(b, n / 1000);
	for (int64_t rest = n % 1000, i = 3; i-- > 0; rest /= 10)
		end[i] = (char)('0' + rest % 10);
	while (k && end[k - 1] == '0')
		k--;
	if (k)
		buf_printf(b, "%c%.*s", lang == LANG_ID ? ',' : '.', k, end);
}

static str choice_say(const struct template_ask *q, const struct value_of *v)
{
	const struct practice_rule *u = practice_rule_find(q->app, v->kind, v->path);
	const struct choice *c = u && u->choices ? choice_by_code(u->choices, v->value) : NULL;

	return c ? text(q->lang, c->label) : v->value;
}

static void number_say(struct buf *b, const struct template_ask *q, const struct value_of *v,
    int64_t n)
{
	if (v->type == PRACTICE_RUPIAH && !n)
		buf_str(b, text(q->lang, TEXT_gallery_nothing));
	else if (v->type == PRACTICE_RUPIAH)
		rupiah_put(b, n);
	else if (v->type == PRACTICE_PERMILLE) {
		permille_put(b, n, q->lang);
		buf_printf(b, " %.*s", SV(text(q->lang, TEXT_gallery_times)));
	} else
		number_put(b, n);
}

static bool is_number(enum practice_type type)
{
	return type == PRACTICE_NUMBER || type == PRACTICE_RUPIAH || type == PRACTICE_PERMILLE;
}

str value_say(const struct template_ask *q, const struct value_of *v)
{
	struct buf b = BUF(q->a, PRACTICE_TEXT_MAX + 100);
	int64_t n;

	if (!v->has || !v->value.n)
		return text(q->lang, TEXT_gallery_nothing);
	if (v->type == PRACTICE_CHOICE)
		return choice_say(q, v);
	if (is_number(v->type) && str_int(v->value, INT64_MIN, INT64_MAX, &n))
		number_say(&b, q, v, n);
	else if (v->type == PRACTICE_DAY && time_parse_day(v->value, &n))
		time_put_day(&b, n, q->lang);
	else
		return v->value;
	return buf_done(&b);
}

str value_typed(const struct template_ask *q, const struct value_of *v)
{
	struct buf b = BUF(q->a, 60);
	int64_t n;

	if (!v->has)
		return (str){ 0 };
	if (!is_number(v->type) || !str_int(v->value, 0, INT64_MAX, &n))
		return v->value;
	if (v->type == PRACTICE_PERMILLE)
		permille_put(&b, n, q->lang);
	else
		number_put(&b, n);
	return buf_done(&b);
}

enum text_id policy_say(enum practice_policy p)
{
	static const enum text_id say[PRACTICE_POLICIES] = {
		[PRACTICE_LOCKED] = TEXT_gallery_locked,
		[PRACTICE_ADJUSTABLE] = TEXT_gallery_adjustable,
		[PRACTICE_FREE] = TEXT_gallery_free, [PRACTICE_FILL] = TEXT_gallery_fill,
	};

	CHECK(p < PRACTICE_POLICIES);
	return say[p];
}

/* ---- figures --------------------------------------------------------------------- */

static const struct template_indicator *defined(const struct template *t, str code)
{
	for (size_t i = 0; i < t->n_indicator; i++)
		if (str_eq(t->indicator[i].code, code))
			return &t->indicator[i];
	return NULL;
}

static const struct indicator *own(const struct template_ask *q, str kind, str code)
{
	const struct practice_kind *k = practice_kind_find(q->app, kind);

	for (size_t i = 0; k && i < k->n_indicators; i++)
		if (str_eq(code, str_of(k->indicators[i].code)))
			return &k->indicators[i];
	return NULL;
}

str indicator_name(const struct template_ask *q, const struct template *t, str code)
{
	const struct indicator *i = own(q, t->kind, code);
	const struct template_indicator *x = defined(t, code);

	return i ? text(q->lang, i->name) : x && x->means.n ? x->means : code;
}

str indicator_means(const struct template_ask *q, const struct template *t, str code)
{
	const struct indicator *i = own(q, t->kind, code);
	const struct template_indicator *x = defined(t, code);

	return i ? text(q->lang, i->say) : x ? x->means : (str){ 0 };
}

/* One this program does not know is a number with its unit behind it. */
str indicator_say(const struct template_ask *q, const struct template *t, str code, int64_t value)
{
	const struct template_indicator *x = defined(t, code);
	struct indicator other = { .decimals = x ? (int)x->decimals : 0 };
	const struct indicator *i = own(q, t->kind, code);
	struct buf b = BUF(q->a, 200);

	indicator_put(&b, &(struct indicator_value){ .of = i ? i : &other, .known = true,
	    .v = value }, q->lang);
	if (!i && x)
		buf_printf(&b, " %.*s", SV(x->unit));
	return buf_done(&b);
}

static str day_say(const struct template_ask *q, str iso)
{
	struct buf b = BUF(q->a, 60);
	int64_t day;

	if (!time_parse_day(iso, &day))
		return iso;
	time_put_day(&b, day, q->lang);
	return buf_done(&b);
}

static void source_of(struct outcome_view *v, str source)
{
	str rest = source, host;

	v->source = source;
	if (!str_starts(source, S("https://")) && !str_starts(source, S("http://")))
		return;
	CHECK(str_take(&rest, '/', &host) && str_take(&rest, '/', &host));
	host = str_sub(rest, 0, str_find(rest, S("/")));
	if (host.n) {
		v->href = source;
		v->source = host;
	}
}

size_t outcomes_of(const struct template_ask *q, const struct template *t, struct outcome_view **v)
{
	*v = NEWN(q->a, struct outcome_view, t->n_outcome);
	for (size_t i = 0; i < t->n_outcome; i++) {
		const struct template_outcome *o = &t->outcome[i];
		str value = o->known ? indicator_say(q, t, o->indicator, o->value) :
		    text(q->lang, TEXT_gallery_unknown);
		(*v)[i] = (struct outcome_view){ o->indicator, indicator_name(q, t, o->indicator),
		    value, day_say(q, o->day), .note = o->note,
		    .means = indicator_means(q, t, o->indicator) };
		source_of(&(*v)[i], o->source);
	}
	return t->n_outcome;
}

size_t headlines_of(const struct template_ask *q, const struct template *t, struct outcome_view **v)
{
	struct outcome_view *all;
	size_t n = outcomes_of(q, t, &all), few = 0;

	*v = NEWN(q->a, struct outcome_view, n);
	for (size_t i = 0; i < n && few < OUTCOME_HEADLINES; i++) {
		const struct indicator *x = own(q, t->kind, all[i].code);
		if (x && x->headline)
			(*v)[few++] = all[i];
	}
	if (few)
		return few;
	*v = all;
	return n < OUTCOME_HEADLINES ? n : OUTCOME_HEADLINES;
}
