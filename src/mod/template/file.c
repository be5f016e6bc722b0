/* file.c - a template's file: read, and proven as far as it can prove itself. */
#include "json/json.h"
#include "mod/template/template.h"
#include <string.h>

static const char *const policy_code[PRACTICE_POLICIES] = {
	"locked", "adjustable", "free", "fill-in",
};
static const char *const type_code[PRACTICE_TYPES] = {
	"text", "lines", "number", "rupiah", "permille", "choice", "day",
};

const char *practice_policy_code(enum practice_policy p)
{
	return policy_code[p];
}

const char *practice_type_code(enum practice_type t)
{
	return type_code[t];
}

static bool is_number(enum practice_type t)
{
	return t == PRACTICE_NUMBER || t == PRACTICE_RUPIAH || t == PRACTICE_PERMILLE;
}

/* ---- reading one member after the other -------------------------------------- */

struct in { struct arena *a; const char *bad; };	/* bad: the first member that is wrong */

static str text_of_(struct in *in, const struct json_value *v, const char *key, bool needed)
{
	str s = { 0 };

	if (json_get_str(json_get(v, key), &s))
		return arena_str(in->a, s);
	if ((needed || json_get(v, key)) && !in->bad)
		in->bad = key;
	return s;
}
#define need(in, v, key)	text_of_((in), (v), (key), true)
#define may(in, v, key)		text_of_((in), (v), (key), false)

static int64_t number_of(struct in *in, const struct json_value *v, const char *key)
{
	int64_t n = 0;

	if (!json_get_int(json_get(v, key), &n) && json_get(v, key) &&
	    !json_is_null(json_get(v, key)) && !in->bad)
		in->bad = key;
	return n;
}

static int code_of(const char *const *v, size_t n, str code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(code, str_of(v[i])))
			return (int)i;
	return -1;
}

static const struct json_value *list(struct in *in, const struct json_value *v, const char *key,
    size_t most, size_t *n)
{
	const struct json_value *l = json_get(v, key);

	*n = json_count(l);
	if ((!json_is_array(l) || *n > most) && !in->bad)
		in->bad = key;
	if (in->bad)
		*n = 0;
	return l;
}

/* ---- fields --------------------------------------------------------------------- */

static void value_in(struct in *in, const struct json_value *v, struct template_field *f)
{
	const struct json_value *x = json_get(v, "value");
	int64_t n;

	f->has_value = x != NULL;
	if (f->has_value == (f->policy == PRACTICE_FILL))
		in->bad = "value";
	else if (x && is_number(f->type) && json_get_int(x, &n))
		f->value = arena_printf(in->a, "%lld", (long long)n);
	else if (x && (is_number(f->type) || !json_get_str(x, &f->value)))
		in->bad = "value";
	else
		f->value = arena_str(in->a, f->value);
}

static bool path_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    (c && strchr("-._", c));
}

/* Pieces that are not empty, of such characters. */
static bool path_ok(str p)
{
	if (!p.n || p.n > PRACTICE_PATH_MAX || p.p[p.n - 1] == '/')
		return false;
	for (size_t i = 0; i < p.n; i++)
		if (!path_char(p.p[i]) && !(p.p[i] == '/' && i && p.p[i - 1] != '/'))
			return false;
	return true;
}

static bool kind_in(struct in *in, const struct json_value *v, struct template_field *f)
{
	int type = code_of(type_code, PRACTICE_TYPES, need(in, v, "type"));
	int policy = code_of(policy_code, PRACTICE_POLICIES, need(in, v, "policy"));

	f->path = need(in, v, "path");
	if (!in->bad && (type < 0 || policy < 0 || !path_ok(f->path)))
		in->bad = "path";
	if (in->bad)
		return false;
	f->type = (enum practice_type)type;
	f->policy = (enum practice_policy)policy;
	return true;
}

static void field_in(struct in *in, const struct json_value *v, struct template_field *f)
{
	if (!kind_in(in, v, f))
		return;
	f->limited = json_get(v, "min") && json_get(v, "max");
	f->min = number_of(in, v, "min");
	f->max = number_of(in, v, "max");
	if (json_get(v, "grows") && !json_get_bool(json_get(v, "grows"), &f->grows))
		in->bad = "grows";
	f->breaks = may(in, v, "breaks");
	f->span = may(in, v, "span");
	f->week = number_of(in, v, "week");
	f->weekday = number_of(in, v, "weekday");
	if ((uint64_t)f->week > 53 || (uint64_t)f->weekday > 7)
		in->bad = "week";
	value_in(in, v, f);
}

static void fields_in(struct in *in, const struct json_value *doc, struct template *t)
{
	const struct json_value *l = list(in, doc, "fields", TEMPLATE_FIELDS, &t->n_field);

	t->field = NEWN(in->a, struct template_field, t->n_field);
	for (size_t i = 0; i < t->n_field && !in->bad; i++) {
		field_in(in, json_at(l, i), &t->field[i]);
		if (i && !in->bad && str_cmp(t->field[i - 1].path, t->field[i].path) >= 0)
			in->bad = "fields";
	}
}

/* ---- the rest -------------------------------------------------------------------- */

static void ancestors_in(struct in *in, const struct json_value *doc, struct template *t)
{
	const struct json_value *l = list(in, doc, "ancestors", TEMPLATE_ANCESTORS,
	    &t->n_ancestor);

	t->ancestor = NEWN(in->a, struct template_ancestor, t->n_ancestor);
	for (size_t i = 0; i < t->n_ancestor; i++)
		t->ancestor[i] = (struct template_ancestor){ need(in, json_at(l, i), "ref"),
		    need(in, json_at(l, i), "sha256"), need(in, json_at(l, i), "city_name") };
}

static void indicators_in(struct in *in, const struct json_value *doc, struct template *t)
{
	const struct json_value *l = list(in, doc, "indicators", 200, &t->n_indicator);

	t->indicator = NEWN(in->a, struct template_indicator, t->n_indicator);
	for (size_t i = 0; i < t->n_indicator; i++)
		t->indicator[i] = (struct template_indicator){ need(in, json_at(l, i), "code"),
		    need(in, json_at(l, i), "unit"), need(in, json_at(l, i), "means"),
		    number_of(in, json_at(l, i), "decimals") };
}

static void outcomes_in(struct in *in, const struct json_value *doc, struct template *t)
{
	const struct json_value *l = list(in, doc, "outcomes", 200, &t->n_outcome), *v;

	t->outcome = NEWN(in->a, struct template_outcome, t->n_outcome);
	for (size_t i = 0; i < t->n_outcome; i++) {
		v = json_at(l, i);
		struct template_outcome *o = &t->outcome[i];
		o->indicator = need(in, v, "indicator");
		o->value = number_of(in, v, "value");
		o->known = json_get(v, "value") && !json_is_null(json_get(v, "value"));
		o->day = may(in, v, "day");
		o->source = need(in, v, "source");
		o->note = may(in, v, "note");
	}
}

static void head_in(struct in *in, const struct json_value *doc, struct template *t)
{
	t->city = need(in, doc, "city");
	t->city_name = need(in, doc, "city_name");
	t->kind = need(in, doc, "kind");
	t->name = need(in, doc, "name");
	t->version = need(in, doc, "version");
	t->title = need(in, doc, "title");
	t->licence = need(in, doc, "licence");
	t->ask = need(in, doc, "ask");
	t->guide = need(in, doc, "guide");
	t->lessons = need(in, doc, "lessons");
	t->key_text = need(in, doc, "key");
	t->residents = number_of(in, json_get(doc, "measure"), "residents");
	t->umkm = number_of(in, json_get(doc, "measure"), "umkm");
	t->measured = may(in, json_get(doc, "measure"), "source");
}

/* ---- proof ------------------------------------------------------------------------- */

/* No text of it may look like personal data; keys and hashes are no texts.
 * "where" is the field's path, else the outermost member. */
static err no_person(struct arena *a, const struct json_value *v, str where)
{
	static const char *const skip[] = { "key", "signatures", "sha256", "ref" };
	const struct json_value *one;
	const char *what;
	str s, key;

	if (json_get_str(v, &s) && template_personal(s, &s, &what))
		return ERR(a, ERR_INVALID, "template-personal",
		    .arg = { arena_str(a, where), arena_str(a, s), str_of(what) });
	if (json_get_str(json_get(v, "path"), &s))
		where = s;
	for (size_t i = 0; i < json_count(v); i++)
		TRY(no_person(a, json_at(v, i), where));
	for (size_t i = 0; json_member(v, i, &key, &one); i++)
		if (code_of(skip, countof(skip), key) < 0)
			TRY(no_person(a, one, where.n ? where : key));
	return NULL;
}

static err canonical(struct arena *a, const struct json_value *doc, const char *without, str *out)
{
	struct buf b = BUF(a, TEMPLATE_BYTES);

	if (!json_canonical(&b, doc, without) || b.full)
		return ERR(a, ERR_INVALID, "template-canonical");
	buf_char(&b, '\n');
	*out = buf_done(&b);
	return NULL;
}

static err proven(struct arena *a, const struct json_value *doc, struct template *t)
{
	const struct json_value *l = json_get(doc, "signatures");
	struct note note;
	int64_t at;
	str text, line;

	TRY(canonical(a, doc, "signatures", &text));
	if (json_count(l) != 1 || !json_get_str(json_at(l, 0), &line) ||
	    !note_key_parse(t->key_text, &t->key) || t->key.kind != KEY_LOG ||
	    !note_parse(a, arena_printf(a, "%.*s\n%.*s\n", SV(text), SV(line)), &note) ||
	    note.n != 1 || note_mark(&note, &t->key, &at) != NOTE_SIGNED)
		return ERR(a, ERR_INVALID, "template-signature");
	return NULL;
}

static err format_of(struct arena *a, const struct json_value *doc)
{
	str format = { 0 };

	if (json_get_str(json_get(doc, "format"), &format) &&
	    str_eq(format, S(TEMPLATE_FORMAT)))
		return NULL;
	if (str_starts(format, S("laris-template/v")))
		return ERR(a, ERR_INVALID, "template-newer", .arg = { arena_str(a, format) });
	return ERR(a, ERR_INVALID, "template-form", .arg = { S("format") });
}

static err parse(struct arena *a, const struct json_value *doc, str bytes, struct template *t)
{
	struct in in = { a, NULL };
	struct hash h;
	str same;

	TRY(format_of(a, doc));
	head_in(&in, doc, t);
	fields_in(&in, doc, t);
	ancestors_in(&in, doc, t);
	indicators_in(&in, doc, t);
	outcomes_in(&in, doc, t);
	t->ref = template_ref(a, t);
	if (in.bad)
		return ERR(a, ERR_INVALID, "template-form", .arg = { str_of(in.bad) });
	TRY(template_name_judge(a, t));
	TRY(canonical(a, doc, NULL, &same));
	if (!str_eq(same, bytes))
		return ERR(a, ERR_INVALID, "template-canonical");
	TRY(proven(a, doc, t));
	TRY(no_person(a, doc, (str){ 0 }));
	t->bytes = bytes;
	sha256(&h, bytes.p, bytes.n);
	t->sha256 = hash_hex(a, &h);
	return NULL;
}

err template_parse(struct arena *a, str bytes, struct template *t)
{
	CLEANUP(json_free) struct json_in *doc = NULL;

	*t = (struct template){ 0 };
	if (bytes.n > TEMPLATE_BYTES)
		return ERR(a, ERR_INVALID, "template-large");
	bytes = arena_str(a, bytes);
	TRY(json_parse(a, bytes, &doc));
	return parse(a, json_root(doc), bytes, t);
}

const struct template_field *template_field(const struct template *t, str path)
{
	size_t lo = 0, hi = t->n_field;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = str_cmp(t->field[mid].path, path);
		if (!c)
			return &t->field[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}
