/* describe.c - the tables, said aloud: routes, rights, settings, schema. */
#include "app/commands.h"
#include "core/router.h"
#include "core/who.h"
#include <string.h>

static const char *method_name(const struct route *r)
{
	return r->method == HTTP_GET ? "GET" : "POST";
}

static str may_text(struct arena *a, unsigned may)
{
	struct buf b = BUF(a, 400);

	if (may & MAY_PUBLIC)
		return S("public");
	for (size_t i = 0; i < n_roles; i++)
		if (may & roles[i].bit)
			buf_printf(&b, "%s%s", b.n ? "," : "", roles[i].code);
	return buf_done(&b);
}

static void route_json(struct cli_args *x, const struct route *r)
{
	struct json_out o = JSON_OUT(x->a, 8000);

	json_begin(&o, NULL, '{');
	json_str(&o, "method", str_of(method_name(r)));
	json_str(&o, "path", str_of(r->path));
	json_str(&o, "may", may_text(x->a, r->may));
	json_bool(&o, "api", r->flags & ROUTE_API);
	json_str(&o, "say", str_of(r->say));
	json_begin(&o, "fields", '[');
	for (size_t i = 0; r->form && i < r->form->n; i++)
		json_str(&o, NULL, str_of(r->form->fields[i].name));
	json_end(&o, ']');
	json_end(&o, '}');
	fprintf(x->out, "%.*s\n", SV(json_done(&o)));
}

int routes_command(struct cli_args *x)
{
	bool json = cli_flag(x, "json");
	size_t n;

	if (!cli_words(x, 0, 0))
		return cli_usage(x);
	const struct route *const *v = router_rows(router_new(x->a, x->app), &n);
	for (size_t i = 0; i < n; i++)
		if (json)
			route_json(x, v[i]);
		else
			fprintf(x->out, "%-4s %-62s %-28.*s %s\n", method_name(v[i]), v[i]->path,
			    SV(may_text(x->a, v[i]->may)), v[i]->say);
	return CLI_DONE;
}

int rights_command(struct cli_args *x)
{
	size_t n;

	if (!cli_words(x, 0, 0))
		return cli_usage(x);
	const struct route *const *v = router_rows(router_new(x->a, x->app), &n);
	fprintf(x->out, "%-4s %-62s %-8s", "", "", "public");
	for (size_t k = 0; k < n_roles; k++)
		fprintf(x->out, " %s", roles[k].code);
	fprintf(x->out, "\n");
	for (size_t i = 0; i < n; i++) {
		bool all = v[i]->may & MAY_PUBLIC;
		fprintf(x->out, "%-4s %-62s %-8s", method_name(v[i]),
		    v[i]->path, all ? "yes" : ".");
		for (size_t k = 0; k < n_roles; k++)
			fprintf(x->out, " %-*s", (int)strlen(roles[k].code),
			    all || v[i]->may & roles[k].bit ? "yes" : ".");
		fprintf(x->out, "\n");
	}
	return CLI_DONE;
}

int settings_command(struct cli_args *x)
{
	bool json = cli_flag(x, "json");

	if (!cli_words(x, 0, 0))
		return cli_usage(x);
	for (size_t m = 0; m < x->app->n_modules; m++)
		for (size_t i = 0; i < x->app->modules[m]->n_settings; i++) {
			const struct setting *s = &x->app->modules[m]->settings[i];
			if (json)
				fprintf(x->out,
				    "{\"name\":\"%s\",\"default\":\"%s\"}\n",
				    s->name, s->fallback);
			else
				fprintf(x->out, "%-24s %-10s %lld..%lld  %.*s\n",
				    s->name, s->fallback, (long long)s->min,
				    (long long)s->max, SV(text(LANG_EN, s->say)));
		}
	return CLI_DONE;
}

int schema_command(struct cli_args *x)
{
	if (!cli_words(x, 0, 0))
		return cli_usage(x);
	for (size_t i = 0; i < x->app->n_migrations; i++) {
		const struct migration *m = &x->app->migrations[i];
		fprintf(x->out, "-- %s %04d %s\n%s\n", m->module, m->number, m->name, m->sqlite);
	}
	return CLI_DONE;
}
