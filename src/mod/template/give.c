/* give.c - what a city made becomes a file for others. */
#include "core/audit.h"
#include "mod/ledger/key.h"
#include "mod/ledger/ledger.h"
#include "mod/template/inner.h"
#include "template_read.h"
#include "template_write.h"
#include <stdlib.h>

#define LICENCE	S("CC BY 4.0")

struct work {
	struct tx *tx;
	struct change *c;
	const struct template_ask *q;
	const struct practice_kind *k;
	const struct template_about *about;
	struct practice_subject subject;
	struct practice_list ours;
	bool adopted;
	struct template base;	/* of what was adopted			*/
	struct template *t;
	VEC(struct template_field) field;
};

/* ---- fields ------------------------------------------------------------------------ */

/* Policy and limits are the practice's, where it says them; else this program's. */
static void add(struct work *w, str path, const struct practice_rule *u, const str *value)
{
	const struct template_field *f = w->adopted ? template_field(&w->base, path) : NULL;
	struct template_field *to = VEC_ADD(w->q->a, &w->field);

	*to = f ? *f : (struct template_field){ .path = path, .type = u->type,
	    .policy = u->policy, .limited = u->min || u->max, .min = u->min, .max = u->max,
	    .grows = u->grows, .breaks = practice_breaks(w->q->a, w->k, u),
	    .span = str_of(u->span) };
	to->has_value = to->policy != PRACTICE_FILL;
	to->value = to->has_value && value ? *value : (str){ 0 };
}

/* Of a day that is not told: in which week of the year, on which weekday. */
static void day_hint(struct template_field *f, const str *value)
{
	int64_t day, jan4, at;

	if (!value || !time_parse_day(*value, &day))
		return;
	int64_t thursday = day - (day + 3) % 7 + 3;
	struct civil c = time_civil(time_of_day(thursday, ZONE_WIB), ZONE_WIB);
	c = (struct civil){ .year = c.year, .month = 1, .day = 4 };
	CHECK(time_from_civil(&c, ZONE_WIB, &at));
	jan4 = time_day(at, ZONE_WIB);
	f->week = (thursday - (jan4 - (jan4 + 3) % 7 + 3)) / 7 + 1;
	f->weekday = (day + 3) % 7 + 1;
}

/* What a fill-in is, without what was filled in. */
static void fill_ins(struct work *w, const struct practice_part *p)
{
	for (size_t i = 0; i < p->n_rules; i++) {
		const struct practice_rule *u = &p->rules[i];
		str path = str_of(u->path);
		if (u->policy != PRACTICE_FILL || str_find(path, S("*")) != SIZE_MAX)
			continue;
		add(w, path, u, NULL);
		struct template_field *f = &w->field.v[w->field.n - 1];
		if (u->type == PRACTICE_DAY && !f->week)
			day_hint(f, practice_get(&w->ours, path));
	}
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct template_field *)a)->path,
	    ((const struct template_field *)b)->path);
}

static err fields(struct work *w)
{
	const struct practice_part *p;
	str kind = str_of(w->k->name);

	for (size_t i = 0; i < w->ours.all.n; i++) {
		const struct practice_value *v = &w->ours.all.v[i];
		const struct practice_rule *u = practice_rule_find(w->q->app, kind, v->path);
		CHECK(u);
		if (u->policy != PRACTICE_FILL)
			add(w, v->path, u, &v->value);
	}
	for (size_t i = 0; (p = practice_part_at(w->q->app, kind, i)); i++)
		fill_ins(w, p);
	if (w->field.n > TEMPLATE_FIELDS)
		return ERR(w->q->a, ERR_INVALID, "template-large");
	qsort(w->field.v, w->field.n, sizeof *w->field.v, by_path);
	w->t->field = w->field.v;
	w->t->n_field = w->field.n;
	return NULL;
}

/* ---- the head -------------------------------------------------------------------------- */

static str first_of(const str *given, const str *inherited, const str *usual)
{
	return given->n ? *given : inherited->n ? *inherited : *usual;
}

static void indicators(struct work *w)
{
	struct template *t = w->t;

	t->n_indicator = w->k->n_indicators;
	t->indicator = NEWN(w->q->a, struct template_indicator, t->n_indicator);
	for (size_t i = 0; i < t->n_indicator; i++) {
		const struct indicator *x = &w->k->indicators[i];
		t->indicator[i] = (struct template_indicator){ str_of(x->code),
		    text(LANG_ID, x->unit), text(LANG_ID, x->say), x->decimals };
	}
}

static err outcomes(struct work *w)
{
	const struct template_about *x = w->about;
	struct indicator_values v = { 0 };
	struct template *t = w->t;
	str as_of = { 0 };

	if (w->k->measure)
		TRY(w->k->measure(w->tx->db, w->q->city, w->subject.id, w->q->now, &v, &as_of));
	t->outcome = NEWN(w->q->a, struct template_outcome, v.n + x->n_outcome);
	for (size_t i = 0; i < v.n && as_of.n; i++)
		if (v.v[i].known)
			t->outcome[t->n_outcome++] = (struct template_outcome){
			    str_of(v.v[i].of->code), true, v.v[i].v, as_of, v.v[i].source,
			    { 0 } };
	for (size_t i = 0; i < x->n_outcome; i++)
		t->outcome[t->n_outcome++] = x->outcome[i];
	return NULL;
}

static void credit(struct work *w)
{
	struct template *t = w->t;
	const struct template *b = &w->base;

	if (!w->adopted)
		return;
	t->ancestor = NEWN(w->q->a, struct template_ancestor, b->n_ancestor + 1);
	t->ancestor[t->n_ancestor++] = (struct template_ancestor){ b->ref, b->sha256,
	    b->city_name };
	for (size_t i = 0; i < b->n_ancestor && t->n_ancestor < TEMPLATE_ANCESTORS; i++)
		t->ancestor[t->n_ancestor++] = b->ancestor[i];
}

/* What is said of it in words: given now, else its base's, else the usual. */
static void words_of(struct work *w)
{
	const struct template_about *x = w->about;
	const struct template *b = &w->base;
	struct template *t = w->t;
	/* Not the thing's own name as title: that was filled in, and stays. */
	const str none = S(""), licence = LICENCE, guide = text(LANG_ID, w->k->guide),
	    title = template_usual_name(w->q->a, t->name, t->city_name),
	    ask = arena_printf(w->q->a, "Panitia %.*s", SV(t->city_name));

	t->title = first_of(&x->title, &none, &title);
	t->licence = first_of(&x->licence, &b->licence, &licence);
	t->guide = first_of(&x->guide, &b->guide, &guide);
	t->lessons = first_of(&x->lessons, &b->lessons, &none);
	t->ask = first_of(&x->ask, &none, &ask);
}

static err head(struct work *w)
{
	const struct template_about *x = w->about;
	struct template *t = w->t;
	str call = w->subject.call.n ? w->subject.call : w->subject.slug;
	str usual = w->adopted ? w->base.name : call;
	struct city_size size;

	t->city = w->q->city->slug;
	t->city_name = w->q->city->name;
	t->kind = str_of(w->k->name);
	t->name = x->name.n ? x->name : usual;
	t->version = x->version.n ? x->version : w->subject.edition;
	words_of(w);
	t->ref = template_ref(w->q->a, t);
	indicators(w);
	credit(w);
	TRY(city_size(w->tx->db, w->q->city->id, &size));
	t->residents = size.residents;
	t->umkm = size.umkm;
	t->measured = size.residents_source.n && size.umkm_source.n ?
	    arena_printf(w->q->a, "%.*s; %.*s", SV(size.residents_source),
	    SV(size.umkm_source)) : size.residents_source.n ? size.residents_source :
	    size.umkm_source;
	TRY(template_name_judge(w->q->a, t));
	return outcomes(w);
}

/* ---- nobody's name ------------------------------------------------------------------------ */

struct names { struct arena *a; str all; str found; };

static str lower(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n);

	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
	return (str){ p, s.n };
}

/* A name of two words or more; "Panitia" alone is an office. */
static void name_in(void *ctx, str name)
{
	struct names *n = ctx;
	CLEANUP(arena_free) struct arena *a = arena_new();

	name = str_trim(name);
	if (n->found.n || name.n < 5 || str_find(name, S(" ")) == SIZE_MAX)
		return;
	if (str_find(n->all, lower(a, name)) != SIZE_MAX)
		n->found = arena_str(n->a, name);
}

static err person(void *ctx, const struct template_person_names *p)
{
	name_in(ctx, p->name);
	return NULL;
}

/* "contests/lomba-siti-rahayu": a slug was once somebody's words. */
static void path_words(struct buf *b, str path)
{
	for (size_t i = 0; i < path.n; i++)
		buf_char(b, path.p[i] == '-' || path.p[i] == '/' ? ' ' : path.p[i]);
	buf_char(b, '\n');
}

static err nobody(struct work *w)
{
	const struct template *t = w->t;
	struct buf b = BUF(w->q->a, TEMPLATE_BYTES * 2);
	struct names n = { .a = w->q->a };
	const str head[] = { t->title, t->guide, t->lessons, t->ask };

	for (size_t i = 0; i < countof(head); i++) {
		buf_str(&b, head[i]);
		buf_char(&b, '\n');
	}
	for (size_t i = 0; i < t->n_field; i++) {
		buf_str(&b, t->field[i].value);
		buf_char(&b, '\n');
		path_words(&b, t->field[i].path);
	}
	n.all = lower(w->q->a, buf_done(&b));
	TRY(template_q_person_names(w->tx->db, w->q->city->id, person, &n));
	if (w->k->names)
		TRY(w->k->names(w->tx->db, w->q->city->id, name_in, &n));
	return !n.found.n ? NULL : ERR(w->q->a, ERR_INVALID, "template-name-inside",
	    .arg = { n.found });
}

/* ---- releasing -------------------------------------------------------------------- */

static err signer_of(struct work *w, struct note_signer *s)
{
	str origin, at = S("laris/");

	TRY(ledger_origin(w->tx->db, w->q->city->id, &origin));
	if (!w->q->key_file)
		return ERR(w->q->a, ERR_MISSING, "ledger-key", .arg = { S("-") });
	return ledger_signer(w->q->a, w->q->key_file, arena_printf(w->q->a, "template/%.*s",
	    SV(str_sub(origin, at.n, origin.n))), KEY_LOG, s);
}

static bool says_more(const struct template_about *x)
{
	return x->title.n || x->licence.n || x->guide.n || x->lessons.n || x->ask.n ||
	    x->n_outcome;
}

static bool other(str given, str base)
{
	return given.n && !str_eq(given, base);
}

/* Nothing was changed and nothing said: then it is the base itself, byte for byte. */
static bool unchanged(struct work *w)
{
	struct template as = w->base;
	str now, then;

	if (!w->adopted || says_more(w->about) || other(w->about->name, w->base.name) ||
	    other(w->about->version, w->base.version))
		return false;
	as.field = w->t->field;
	as.n_field = w->t->n_field;
	return !template_text(w->q->a, &as, &now) && !template_text(w->q->a, &w->base, &then) &&
	    str_eq(now, then);
}

static err enter(struct work *w, int64_t *number)
{
	struct buf b = BUF(w->q->a, 1000);

	buf_printf(&b, "laris-template/v1\ntemplate %.*s\nsha256 %.*s\n", SV(w->t->ref),
	    SV(w->t->sha256));
	ledger_put_hour(&b, w->q->now);
	return ledger_append(w->tx, w->c, w->q->city->id, &(struct ledger_new){ LEDGER_TEMPLATE,
	    w->subject.id, buf_done(&b), { 0 } }, number);
}

static err keep(struct work *w)
{
	struct template_file_by_ref old;
	city_id city = w->q->city->id;
	int64_t number;
	bool found;

	TRY(template_q_file_by_ref(w->tx->db, city, w->t->ref, &old, &found));
	if (found)
		return str_eq(old.sha256, w->t->sha256) ? NULL : ERR(w->q->a, ERR_CONFLICT,
		    "template-version", .field = "version", .arg = { w->t->ref });
	TRY(enter(w, &number));
	TRY(template_q_file_add(w->tx, city, (template_file_id){ id_new() }, w->t->ref,
	    w->t->kind, w->t->sha256, w->t->bytes, TEMPLATE_MADE, w->subject.id, (str){ 0 },
	    w->q->by, w->q->now, number, NULL));
	return audit_by(w->tx, city, arena_cstr(w->q->a, w->q->by), "template.release",
	    w->subject.id, (str){ 0 }, audit_json(w->q->a, (struct audit_pair[]){
		AUDIT_TEXT("name", w->t->ref), AUDIT_TEXT("root", w->t->sha256) }, 2),
	    w->q->now);
}

static err load(struct work *w, str which)
{
	struct template_based b;
	struct db *db = w->tx->db;

	TRY(w->k->find(db, w->q->city, which, &w->subject));
	TRY(template_based(db, w->q->city->id, str_of(w->k->name), w->subject.id, &b));
	w->adopted = b.is;
	if (b.is)
		TRY(template_get(db, w->q->city->id, b.ref, &w->base));
	w->ours.a = w->q->a;
	return practice_read(w->q->app, db, w->q->city, str_of(w->k->name), w->subject.id,
	    &w->ours);
}

err template_release(struct tx *tx, struct change *c, const struct template_ask *q, str kind,
    str which, const struct template_about *about, struct template *t)
{
	struct work w = { .tx = tx, .c = c, .q = q, .about = about, .t = t,
	    .k = practice_kind_find(q->app, kind) };
	struct note_signer signer;

	*t = (struct template){ 0 };
	if (!w.k)
		return ERR(q->a, ERR_INVALID, "template-kind", .field = "kind", .arg = { kind });
	TRY(load(&w, which));
	TRY(fields(&w));
	if (unchanged(&w)) {
		*t = w.base;
		return NULL;
	}
	TRY(head(&w));
	TRY(nobody(&w));
	TRY(signer_of(&w, &signer));
	err e = template_sign(q->a, t, &signer);
	sign_forget(&signer.secret);
	TRY(e);
	return keep(&w);
}
