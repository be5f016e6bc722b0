/* write.c - a template's file: written in its one form, and signed. */
#include "json/json.h"
#include "mod/template/template.h"
#include <string.h>

static bool plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Small letters and digits; "more" only between them. */
static bool word_ok(str s, const char *more)
{
	if (!s.n || s.n > 60 || !plain(s.p[0]) || !plain(s.p[s.n - 1]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!plain(s.p[i]) && (!s.p[i] || !strchr(more, s.p[i])))
			return false;
	return true;
}

str template_ref(struct arena *a, const struct template *t)
{
	return arena_printf(a, "%.*s/%.*s/%.*s@%.*s", SV(t->city), SV(t->kind), SV(t->name),
	    SV(t->version));
}

err template_name_judge(struct arena *a, const struct template *t)
{
	const str word[] = { t->city, t->kind, t->name };

	for (size_t i = 0; i < countof(word); i++)
		if (!word_ok(word[i], "-"))
			return ERR(a, ERR_INVALID, "template-name", .field = "name",
			    .arg = { word[i] });
	return word_ok(t->version, ".-") ? NULL :
	    ERR(a, ERR_INVALID, "template-version-form", .field = "version",
	    .arg = { t->version });
}

/* ---- the object ----------------------------------------------------------------- */

static void value_out(struct json_out *o, const struct template_field *f)
{
	int64_t n;

	if (!f->has_value)
		return;
	if (f->type != PRACTICE_NUMBER && f->type != PRACTICE_RUPIAH &&
	    f->type != PRACTICE_PERMILLE)
		json_str(o, "value", f->value);
	else if (str_int(f->value, INT64_MIN, INT64_MAX, &n))
		json_int(o, "value", n);
	else
		json_none(o, "value");
}

static void field_out(struct json_out *o, const struct template_field *f)
{
	json_begin(o, NULL, '{');
	json_str(o, "path", f->path);
	json_str(o, "type", str_of(practice_type_code(f->type)));
	json_str(o, "policy", str_of(practice_policy_code(f->policy)));
	value_out(o, f);
	if (f->limited) {
		json_int(o, "min", f->min);
		json_int(o, "max", f->max);
	}
	if (f->grows)
		json_bool(o, "grows", true);
	if (f->breaks.n)
		json_str(o, "breaks", f->breaks);
	if (f->span.n)
		json_str(o, "span", f->span);
	if (f->week) {
		json_int(o, "week", f->week);
		json_int(o, "weekday", f->weekday);
	}
	json_end(o, '}');
}

static void head_out(struct json_out *o, const struct template *t)
{
	json_str(o, "format", S(TEMPLATE_FORMAT));
	json_str(o, "city", t->city);
	json_str(o, "city_name", t->city_name);
	json_str(o, "kind", t->kind);
	json_str(o, "name", t->name);
	json_str(o, "version", t->version);
	json_str(o, "title", t->title);
	json_str(o, "licence", t->licence);
	json_str(o, "ask", t->ask);
	json_str(o, "guide", t->guide);
	json_str(o, "lessons", t->lessons);
	json_str(o, "key", t->key_text);
	json_begin(o, "measure", '{');
	if (t->residents)
		json_int(o, "residents", t->residents);
	if (t->umkm)
		json_int(o, "umkm", t->umkm);
	if (t->measured.n)
		json_str(o, "source", t->measured);
	json_end(o, '}');
}

static void outcome_out(struct json_out *o, const struct template_outcome *x)
{
	json_begin(o, NULL, '{');
	json_str(o, "indicator", x->indicator);
	if (x->known)
		json_int(o, "value", x->value);
	else
		json_none(o, "value");
	if (x->day.n)
		json_str(o, "day", x->day);
	json_str(o, "source", x->source);
	if (x->note.n)
		json_str(o, "note", x->note);
	json_end(o, '}');
}

static void lists_out(struct json_out *o, const struct template *t)
{
	json_begin(o, "ancestors", '[');
	for (size_t i = 0; i < t->n_ancestor; i++) {
		json_begin(o, NULL, '{');
		json_str(o, "ref", t->ancestor[i].ref);
		json_str(o, "sha256", t->ancestor[i].sha256);
		json_str(o, "city_name", t->ancestor[i].city_name);
		json_end(o, '}');
	}
	json_end(o, ']');
	json_begin(o, "indicators", '[');
	for (size_t i = 0; i < t->n_indicator; i++) {
		json_begin(o, NULL, '{');
		json_str(o, "code", t->indicator[i].code);
		json_str(o, "unit", t->indicator[i].unit);
		json_str(o, "means", t->indicator[i].means);
		if (t->indicator[i].decimals)
			json_int(o, "decimals", t->indicator[i].decimals);
		json_end(o, '}');
	}
	json_end(o, ']');
	json_begin(o, "outcomes", '[');
	for (size_t i = 0; i < t->n_outcome; i++)
		outcome_out(o, &t->outcome[i]);
	json_end(o, ']');
}

/* "signature" empty: what is signed. */
static err write(struct arena *a, const struct template *t, str signature, str *out)
{
	CLEANUP(json_free) struct json_in *doc = NULL;
	struct json_out o = JSON_OUT(a, TEMPLATE_BYTES);
	struct buf b = BUF(a, TEMPLATE_BYTES);

	json_begin(&o, NULL, '{');
	head_out(&o, t);
	json_begin(&o, "fields", '[');
	for (size_t i = 0; i < t->n_field; i++)
		field_out(&o, &t->field[i]);
	json_end(&o, ']');
	lists_out(&o, t);
	if (signature.n) {
		json_begin(&o, "signatures", '[');
		json_str(&o, NULL, signature);
		json_end(&o, ']');
	}
	json_end(&o, '}');
	if (o.b.full)
		return ERR(a, ERR_INVALID, "template-large");
	TRY(json_parse(a, json_done(&o), &doc));
	CHECK(json_canonical(&b, json_root(doc), NULL));
	buf_char(&b, '\n');
	*out = buf_done(&b);
	return b.full ? ERR(a, ERR_INVALID, "template-large") : NULL;
}

err template_text(struct arena *a, const struct template *t, str *text)
{
	return write(a, t, (str){ 0 }, text);
}

err template_sign(struct arena *a, struct template *t, const struct note_signer *signer)
{
	struct buf line = BUF(a, 4096);
	str text, bytes;

	TRY(template_name_judge(a, t));
	t->key_text = note_key_text(a, &signer->key);
	TRY(template_text(a, t, &text));
	note_sign(&line, text, signer, 0);
	TRY(write(a, t, str_trim(buf_done(&line)), &bytes));
	return template_parse(a, bytes, t);
}
