#include "core/practice.h"
#include "base/rupiah.h"
#include <stdlib.h>
#include <string.h>

/* ---- values --------------------------------------------------------------- */

void practice_text(struct practice_list *l, str path, str value)
{
	struct practice_value *v = VEC_ADD(l->a, &l->all);

	v->path = arena_str(l->a, path);
	v->value = arena_str(l->a, value);
}

void practice_number(struct practice_list *l, str path, int64_t n)
{
	practice_text(l, path, arena_printf(l->a, "%lld", (long long)n));
}

const str *practice_get(const struct practice_list *l, str path)
{
	for (size_t i = 0; i < l->all.n; i++)
		if (str_eq(l->all.v[i].path, path))
			return &l->all.v[i].value;
	return NULL;
}

str practice_get_text(const struct practice_list *l, const char *path)
{
	const str *v = practice_get(l, str_of(path));

	return v ? *v : (str){ 0 };
}

int64_t practice_get_number(const struct practice_list *l, const char *path, int64_t fallback)
{
	int64_t n;

	return str_int(practice_get_text(l, path), INT64_MIN, INT64_MAX, &n) ? n : fallback;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct practice_value *)a)->path,
	    ((const struct practice_value *)b)->path);
}

void practice_sort(struct practice_list *l)
{
	if (l->all.n)
		qsort(l->all.v, l->all.n, sizeof *l->all.v, by_path);
}

str practice_piece(str path, size_t i)
{
	str piece = { 0 };

	for (size_t k = 0; k <= i; k++)
		if (!str_take(&path, '/', &piece))
			return (str){ 0 };
	return piece;
}

bool practice_below(str path, str top)
{
	return str_eq(path, top) ||
	    (str_starts(path, top) && path.n > top.n && path.p[top.n] == '/');
}

/* ---- finding ---------------------------------------------------------------- */

const struct practice_kind *practice_kind_at(const struct app *app, size_t i)
{
	for (size_t m = 0; m < app->n_modules; m++) {
		if (i < app->modules[m]->n_practices)
			return &app->modules[m]->practices[i];
		i -= app->modules[m]->n_practices;
	}
	return NULL;
}

const struct practice_kind *practice_kind_find(const struct app *app, str name)
{
	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t i = 0; i < app->modules[m]->n_practices; i++)
			if (str_eq(name, str_of(app->modules[m]->practices[i].name)))
				return &app->modules[m]->practices[i];
	return NULL;
}

const struct practice_part *practice_part_at(const struct app *app, str kind, size_t i)
{
	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t k = 0; k < app->modules[m]->n_parts; k++)
			if (str_eq(kind, str_of(app->modules[m]->parts[k].kind)) && !i--)
				return &app->modules[m]->parts[k];
	return NULL;
}

const struct practice_part *practice_part_find(const struct app *app, str kind, str name)
{
	const struct practice_part *p;

	for (size_t i = 0; (p = practice_part_at(app, kind, i)); i++)
		if (str_eq(name, str_of(p->name)))
			return p;
	return NULL;
}

static bool fits(str pattern, str path)
{
	str a, b;

	while (pattern.n && path.n) {
		if (!str_take(&pattern, '/', &a) || !str_take(&path, '/', &b))
			return false;
		if (!b.n || (!str_eq(a, S("*")) && !str_eq(a, b)))
			return false;
	}
	return !pattern.n && !path.n;
}

const struct practice_rule *practice_rule_find(const struct app *app, str kind, str path)
{
	const struct practice_part *p = practice_part_find(app, kind, practice_piece(path, 0));

	for (size_t i = 0; p && i < p->n_rules; i++)
		if (fits(str_of(p->rules[i].path), path))
			return &p->rules[i];
	return NULL;
}

/* "announce" of a rule with stars "setup.": "Umumkan gelaran". */
static str star_say(struct arena *a, enum lang lang, const struct practice_rule *r, str piece)
{
	str say;

	if (r->stars && text_by_key(lang, arena_cstr(a, arena_printf(a, "%s%.*s", r->stars,
	    SV(piece))), &say))
		return say;
	return piece;
}

str practice_label(struct arena *a, const struct app *app, enum lang lang, str kind, str path)
{
	const struct practice_rule *r = practice_rule_find(app, kind, path);
	str star[4];
	size_t n = 0;

	if (!r)
		return path;
	for (size_t i = 0; practice_piece(path, i).n && n < countof(star); i++)
		if (str_eq(practice_piece(str_of(r->path), i), S("*")))
			star[n++] = star_say(a, lang, r, practice_piece(path, i));
	return text_fill(a, lang, r->say, star, n);
}

static bool named(const struct indicator *x, const char *as)
{
	for (size_t i = 0; x->breaks[i]; i++)
		if (!strcmp(x->breaks[i], as))
			return true;
	return false;
}

str practice_breaks(struct arena *a, const struct practice_kind *k, const struct practice_rule *r)
{
	struct buf b = BUF(a, 2000);

	for (size_t i = 0; r->as && i < k->n_indicators; i++)
		if (named(&k->indicators[i], r->as)) {
			buf_str(&b, b.n ? S(" ") : S(""));
			buf_str(&b, str_of(k->indicators[i].code));
		}
	return buf_done(&b);
}

err practice_based(const struct app *app, struct db *db, city_id city, const char *kind,
    int64_t subject, str *ref)
{
	*ref = (str){ 0 };
	for (size_t m = 0; m < app->n_modules && !ref->n; m++)
		if (app->modules[m]->based)
			TRY(app->modules[m]->based(db, city, str_of(kind), subject, ref));
	return NULL;
}

err practice_read(const struct app *app, struct db *db, const struct city *city, str kind,
    int64_t subject, struct practice_list *l)
{
	const struct practice_part *p;

	for (size_t i = 0; (p = practice_part_at(app, kind, i)); i++)
		TRY(p->read(db, city, subject, l));
	practice_sort(l);
	return NULL;
}

/* ---- judging ------------------------------------------------------------------ */

static str number_text(struct arena *a, const struct practice_rule *r, int64_t n)
{
	struct buf b = BUF(a, 60);

	if (r->type == PRACTICE_RUPIAH)
		rupiah_put(&b, n);
	else
		buf_int(&b, n);
	return buf_done(&b);
}

static err judge_number(struct arena *a, const struct practice_rule *r, str path, str given,
    str *value)
{
	int64_t n;
	bool fine = r->type == PRACTICE_RUPIAH ? rupiah_parse(given, &n) :
	    str_int(given, INT64_MIN, INT64_MAX, &n);

	if (!fine)
		return ERR(a, ERR_INVALID, "practice-value", .field = "value",
		    .arg = { path, given });
	if ((r->min || r->max) && (n < r->min || n > r->max))
		return ERR(a, ERR_INVALID, "practice-limit", .field = "value",
		    .arg = { path, number_text(a, r, r->min), number_text(a, r, r->max) });
	*value = arena_printf(a, "%lld", (long long)n);
	return NULL;
}

static err judge_choice(struct arena *a, const struct practice_rule *r, str path, str given)
{
	struct buf b = BUF(a, 1000);

	if (choice_by_code(r->choices, given))
		return NULL;
	for (const struct choice *c = r->choices; c->code; c++) {
		buf_str(&b, c == r->choices ? S("") : S(", "));
		buf_str(&b, str_of(c->code));
	}
	return ERR(a, ERR_INVALID, "practice-choice", .field = "value",
	    .arg = { path, buf_done(&b) });
}

static err judge_day(struct arena *a, str path, str given, str *value)
{
	struct buf b = BUF(a, 20);
	int64_t day;

	if (!time_parse_day(given, &day))
		return ERR(a, ERR_INVALID, "practice-value", .field = "value",
		    .arg = { path, given });
	time_put_iso_day(&b, day);
	*value = buf_done(&b);
	return NULL;
}

static bool text_fine(str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' && !(lines && s.p[i] == '\n'))
			return false;
	return str_utf8(s);
}

err practice_value_judge(struct arena *a, const struct practice_rule *r, str path, str given,
    str *value)
{
	*value = given;
	if (r->type == PRACTICE_CHOICE)
		return judge_choice(a, r, path, given);
	if (r->type == PRACTICE_DAY)
		return judge_day(a, path, given, value);
	if (r->type != PRACTICE_TEXT && r->type != PRACTICE_LINES)
		return judge_number(a, r, path, given, value);
	if (given.n > PRACTICE_TEXT_MAX)
		return ERR(a, ERR_INVALID, "practice-long", .field = "value", .arg = { path });
	return text_fine(given, r->type == PRACTICE_LINES) ? NULL :
	    ERR(a, ERR_INVALID, "practice-value", .field = "value", .arg = { path, given });
}
