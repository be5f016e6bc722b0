#include "mod/festival/merchant_fact.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/merchant_hours.h"
#include <string.h>

/* ---- how single facts are put in order and said ------------------------- */

static err hours_tidy(struct arena *a, const char *field, str *value)
{
	struct buf b = BUF(a, 400);
	struct hours h;

	if (!hours_parse(*value, &h))
		return ERR(a, ERR_INVALID, "fact-hours", .field = field);
	hours_put(&b, &h);
	*value = buf_done(&b);
	return NULL;
}

static str hours_text(struct arena *a, str value, enum lang lang)
{
	struct buf b = BUF(a, 600);
	struct hours h;

	if (!hours_parse(value, &h))
		return value;
	hours_say(&b, &h, lang);
	return buf_done(&b);
}

static err npwp_tidy(struct arena *a, const char *field, str *value)
{
	return npwp_refuse(a, field, *value);
}

/* A fact that is not a line of its own: the page shows what follows from it. */
static str said_elsewhere(struct arena *a, str value, enum lang lang)
{
	(void)a;
	(void)value;
	(void)lang;
	return (str){ 0 };
}

#define FACT_ROW(c, t, seen_, asked_, tidy_, look_, say_, prop_, ...) \
	[FACT_ ## c] = { .field = { .name = #c, .type = (t), \
	    .at = offsetof(struct facts, v[FACT_ ## c]), __VA_ARGS__ }, .seen = (seen_), \
	    .asked = (asked_), .tidy = (tidy_), .look = (look_), .say = (say_), .prop = (prop_) },
const struct fact fact_table[FACTS] = { FACT_ROWS(FACT_ROW) };

/* ---- text <-> value -------------------------------------------------------- */

str fact_text(struct arena *a, const struct fact *f, const union fact_value *v)
{
	switch (f->field.type) {
	case FIELD_BOOL:
		return v->b ? S("1") : S("");
	case FIELD_CHOICE:
		for (const struct choice *c = f->field.choices; c->code; c++)
			if (c->value && c->value == v->i)	/* 0: not told */
				return str_of(c->code);
		return (str){ 0 };
	case FIELD_INT: case FIELD_RUPIAH: case FIELD_DAY: case FIELD_MOMENT: case FIELD_ID:
	case FIELD_CARD:
		return v->i ? arena_printf(a, "%lld", (long long)v->i) : (str){ 0 };
	case FIELD_TEXT: case FIELD_LONG: case FIELD_SECRET: case FIELD_PHONE: case FIELD_EMAIL:
	case FIELD_EVENT: case FIELD_COLOUR: case FIELD_FILE:
		break;
	}
	return v->s;
}

static void value_of(const struct fact *f, str kept, union fact_value *v)
{
	const struct choice *c;

	switch (f->field.type) {
	case FIELD_BOOL:
		v->b = kept.n > 0;
		break;
	case FIELD_CHOICE:
		c = choice_by_code(f->field.choices, kept);
		v->i = c ? c->value : 0;
		break;
	case FIELD_INT: case FIELD_RUPIAH: case FIELD_DAY: case FIELD_MOMENT: case FIELD_ID:
	case FIELD_CARD:
		if (!str_int(kept, INT64_MIN, INT64_MAX, &v->i))
			v->i = 0;
		break;
	case FIELD_TEXT: case FIELD_LONG: case FIELD_SECRET: case FIELD_PHONE: case FIELD_EMAIL:
	case FIELD_EVENT: case FIELD_COLOUR: case FIELD_FILE:
		v->s = kept;
	}
}

err facts_get(struct db *db, city_id city, merchant_id id, struct facts *facts)
{
	struct festival_merchant_fact_list *v;
	size_t n;

	memset(facts, 0, sizeof *facts);
	TRY(festival_q_merchant_fact_list(db, city, id, &v, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < FACTS; k++)
			if (str_eq(v[i].kind, str_of(fact_table[k].field.name)))
				value_of(&fact_table[k], v[i].value, &facts->v[k]);
	return NULL;
}

void facts_fill(struct arena *a, struct facts *facts, enum lang lang)
{
	for (size_t k = 0; k < FACTS; k++)
		if (fact_table[k].tidy && fact_table[k].say && facts->v[k].s.n)
			facts->v[k].s = fact_table[k].say(a, facts->v[k].s, lang);
}

static err tidy(struct arena *a, const struct fact *f, union fact_value *v, str *value)
{
	*value = fact_text(a, f, v);
	if (!value->n)
		return NULL;
	TRY(nik_refuse(a, f->field.name, *value));
	return f->tidy ? f->tidy(a, f->field.name, value) : NULL;
}

err facts_set(struct tx *tx, city_id city, merchant_id id, struct facts *facts,
    enum fact_seen most, str *changed)
{
	struct arena *a = db_arena(tx->db);
	struct buf codes = BUF(a, 1000);
	str value[FACTS], kept;
	struct facts old;

	TRY(facts_get(tx->db, city, id, &old));
	for (size_t k = 0; k < FACTS; k++)
		TRY(tidy(a, &fact_table[k], &facts->v[k], &value[k]));
	for (size_t k = 0; k < FACTS; k++) {
		const struct fact *f = &fact_table[k];
		kept = fact_text(a, f, &old.v[k]);
		if (f->seen > most || str_eq(kept, value[k]))
			continue;
		buf_printf(&codes, codes.n ? " %s" : "%s", f->field.name);
		if (value[k].n)
			TRY(festival_q_merchant_fact_set(tx, city, id, str_of(f->field.name),
			    value[k], NULL));
		else
			TRY(festival_q_merchant_fact_drop(tx, city, id, str_of(f->field.name),
			    NULL));
	}
	*changed = buf_done(&codes);
	return NULL;
}

/* ---- to be read -------------------------------------------------------------- */

static str said(struct arena *a, const struct fact *f, const union fact_value *v, enum lang lang)
{
	const struct choice *c;
	str kept = fact_text(a, f, v);

	if (!kept.n)
		return kept;
	if (f->say)
		return f->say(a, kept, lang);
	if (f->field.type == FIELD_BOOL)
		return text(lang, TEXT_fact_yes);
	if (f->field.type == FIELD_CHOICE && (c = choice_by_value(f->field.choices, v->i)))
		return text(lang, c->label);
	return kept;
}

size_t facts_say(struct arena *a, const struct facts *facts, enum fact_seen who, enum lang lang,
    int64_t year, struct fact_line v[FACTS])
{
	size_t n = 0;

	for (size_t k = 0; k < FACTS; k++) {
		const struct fact *f = &fact_table[k];
		struct fact_line *l = &v[n];
		if (f->seen > who)
			continue;
		*l = (struct fact_line){ .code = f->field.name, .prop = f->prop,
		    .label = f->field.label, .remarks = { .a = a },
		    .say = said(a, f, &facts->v[k], lang) };
		if (!l->say.n)
			continue;
		if (f->look)
			f->look(facts->v[k].s, year, &l->remarks);
		for (size_t i = 0; i < l->remarks.n; i++)
			*(l->remarks.v[i].warn ? &l->warn : &l->mixed) = true;
		n++;
	}
	return n;
}
