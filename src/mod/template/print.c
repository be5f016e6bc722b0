/* print.c - what the commands of templates show. */
#include "json/json.h"
#include "mod/template/template_cli.h"

static const char *const source_code[] = { "made", "received", "shipped" };

void template_print_list(struct cli_args *x, const struct template_entry *v, size_t n, bool json)
{
	struct json_out o = JSON_OUT(x->a, 4u << 20);

	json_begin(&o, NULL, '[');
	for (size_t i = 0; i < n; i++) {
		const char *source = source_code[v[i].source];
		json_begin(&o, NULL, '{');
		json_str(&o, "name", v[i].ref);
		json_str(&o, "kind", v[i].kind);
		json_str(&o, "title", v[i].title);
		json_str(&o, "city_name", v[i].city_name);
		json_str(&o, "source", str_of(source));
		json_str(&o, "sha256", v[i].sha256);
		json_end(&o, '}');
		if (!json)
			fprintf(x->out, "%.*s\t%s\t%.*s\n", SV(v[i].ref), source,
			    SV(v[i].title));
	}
	json_end(&o, ']');
	if (json)
		fprintf(x->out, "%.*s\n", SV(json_done(&o)));
}

static void put_value(struct json_out *o, const char *key, const struct template_row *r, bool has,
    str value)
{
	int64_t n;

	if (!has)
		json_none(o, key);
	else if ((r->type == PRACTICE_NUMBER || r->type == PRACTICE_RUPIAH ||
	    r->type == PRACTICE_PERMILLE) && str_int(value, INT64_MIN, INT64_MAX, &n))
		json_int(o, key, n);
	else
		json_str(o, key, value);
}

static void row_json(struct cli_args *x, struct json_out *o, const struct template_row *r)
{
	json_begin(o, NULL, '{');
	json_str(o, "path", r->path);
	json_str(o, "label", r->label);
	put_value(o, "base", r, r->has_base, r->base);
	put_value(o, "ours", r, r->has_ours, r->ours);
	put_value(o, "new", r, r->has_next, r->next);
	json_str(o, "policy", str_of(practice_policy_code(r->policy)));
	json_str(o, "type", str_of(practice_type_code(r->type)));
	json_str(o, "reason", template_reason_text(cli_lang(), r->reason));
	json_begin(o, "breaks", '[');
	str rest = r->breaks, one;
	while (str_take(&rest, ' ', &one))
		json_str(o, NULL, one);
	json_end(o, ']');
	if (r->why.n)
		json_str(o, "why", r->why);
	json_bool(o, "deviates", r->deviates);
	json_bool(o, "unexplained", r->unexplained);
	json_bool(o, "conflict", r->conflict);
	json_end(o, '}');
	(void)x;
}

static void put(FILE *out, bool has, str s)
{
	if (!has) {
		fputs("-", out);
		return;
	}
	for (size_t i = 0; i < s.n; i++)
		fputc(s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : s.p[i], out);
}

static void row_text(struct cli_args *x, const struct template_row *r)
{
	fprintf(x->out, "%.*s\t%s\t", SV(r->path), practice_policy_code(r->policy));
	put(x->out, r->has_base, r->base);
	fputc('\t', x->out);
	put(x->out, r->has_ours, r->ours);
	fputc('\t', x->out);
	put(x->out, r->has_next, r->next);
	fputc('\t', x->out);
	if (r->conflict)
		fputs("CONFLICT ", x->out);
	str say = r->unexplained ? text(cli_lang(), TEXT_template_not_given) :
	    template_reason_text(cli_lang(), r->reason);
	put(x->out, true, say.n ? say : r->why);
	fputc('\n', x->out);
}

void template_print_rows(struct cli_args *x, const struct template_row *v, size_t n, bool json)
{
	struct json_out o = JSON_OUT(x->a, 16u << 20);

	json_begin(&o, NULL, '[');
	for (size_t i = 0; i < n; i++) {
		if (json)
			row_json(x, &o, &v[i]);
		else
			row_text(x, &v[i]);
	}
	json_end(&o, ']');
	if (json)
		fprintf(x->out, "%.*s\n", SV(json_done(&o)));
}

void template_print_plan(struct cli_args *x, const struct template_plan *p, bool json)
{
	if (!json)
		fprintf(x->out, "%.*s\t%.*s\n", SV(p->slug), SV(p->name));
	template_print_rows(x, p->row, p->n, json);
	for (size_t i = 0; !json && i < p->n_todo; i++)
		fprintf(x->out, "%.*s: %.*s\n", SV(text(cli_lang(), TEXT_template_to_fill)),
		    SV(p->todo[i]));
}

static void print_field(struct cli_args *x, const struct template_field *f)
{
	fprintf(x->out, "  %.*s\t%s\t", SV(f->path), practice_policy_code(f->policy));
	put(x->out, f->has_value, f->value);
	if (f->limited)
		fprintf(x->out, "\t%lld..%lld", (long long)f->min, (long long)f->max);
	fputc('\n', x->out);
}

void template_print(struct cli_args *x, const struct template *t)
{
	fprintf(x->out, "%.*s\n%.*s (%.*s)\nsha256 %.*s\nkey %.*s\nlicence %.*s\nask %.*s\n",
	    SV(t->ref), SV(t->title), SV(t->city_name), SV(t->sha256), SV(t->key_text),
	    SV(t->licence), SV(t->ask));
	for (size_t i = 0; i < t->n_ancestor; i++)
		fprintf(x->out, "from %.*s (%.*s)\n", SV(t->ancestor[i].ref),
		    SV(t->ancestor[i].city_name));
	fprintf(x->out, "\n%.*s\n\n%.*s\n\n", SV(t->guide), SV(t->lessons));
	for (size_t i = 0; i < t->n_field; i++)
		print_field(x, &t->field[i]);
	for (size_t i = 0; i < t->n_outcome; i++) {
		const struct template_outcome *o = &t->outcome[i];
		fprintf(x->out, "  = %.*s\t", SV(o->indicator));
		if (o->known)
			fprintf(x->out, "%lld", (long long)o->value);
		else
			fputs("?", x->out);
		fprintf(x->out, "\t%.*s\t%.*s %.*s\n", SV(o->day), SV(o->source), SV(o->note));
	}
}
