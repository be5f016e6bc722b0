#include "core/openapi.h"
#include "core/pipeline.h"
#include "core/shape.h"
#include "core/web.h"
#include <string.h>

static void field_schema(struct json_out *o, const struct field *f)
{
	json_begin(o, f->name, '{');
	switch (f->type) {
	case FIELD_INT: case FIELD_RUPIAH:
		json_str(o, "type", S("integer"));
		json_int(o, "minimum", f->min);
		if (f->max)
			json_int(o, "maximum", f->max);
		break;
	case FIELD_BOOL:
		json_str(o, "type", S("boolean"));
		break;
	case FIELD_MOMENT:
		json_str(o, "type", S("string"));
		json_str(o, "format", S("date-time"));
		break;
	case FIELD_CHOICE:
		json_begin(o, "enum", '[');
		for (const struct choice *c = f->choices; c->code; c++)
			json_str(o, NULL, str_of(c->code));
		json_end(o, ']');
		break;
	case FIELD_EVENT:
		json_str(o, "type", S("string"));
		json_str(o, "pattern", S("^[A-Za-z0-9._-]{1,64}$"));
		break;
	case FIELD_EMAIL:
		json_str(o, "type", S("string"));
		json_str(o, "format", S("email"));
		break;
	case FIELD_TEXT: case FIELD_LONG: case FIELD_SECRET: case FIELD_DAY: case FIELD_ID:
	case FIELD_PHONE: case FIELD_CARD: case FIELD_COLOUR: case FIELD_FILE:
		json_str(o, "type", S("string"));
		if (f->max)
			json_int(o, "maxLength", f->max);
		break;
	}
	json_end(o, '}');
}

static void body(struct json_out *o, const struct form *form)
{
	json_begin(o, "requestBody", '{');
	json_begin(o, "content", '{');
	json_begin(o, "application/json", '{');
	json_begin(o, "schema", '{');
	json_str(o, "type", S("object"));
	json_begin(o, "properties", '{');
	for (size_t i = 0; i < form->n; i++)
		field_schema(o, &form->fields[i]);
	json_end(o, '}');
	json_begin(o, "required", '[');
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].needed)
			json_str(o, NULL, str_of(form->fields[i].name));
	json_end(o, ']');
	for (int i = 0; i < 4; i++)
		json_end(o, '}');
}

static void parameters(struct json_out *o, const char *path)
{
	json_begin(o, "parameters", '[');
	for (const char *p = path; (p = strchr(p, '{')); p++) {
		const char *end = strchr(p, '}');
		json_begin(o, NULL, '{');
		json_str(o, "name", (str){ p + 1, (size_t)(end - p - 1) });
		json_str(o, "in", S("path"));
		json_bool(o, "required", true);
		json_begin(o, "schema", '{');
		json_str(o, "type", S("string"));
		json_end(o, '}');
		json_end(o, '}');
	}
	json_end(o, ']');
}

static void replies(struct arena *a, struct json_out *o, const struct route *r)
{
	json_begin(o, "responses", '{');
	json_begin(o, "2XX", '{');
	json_str(o, "description", S("done"));
	if (r->reply) {
		json_begin(o, "content", '{');
		json_begin(o, "application/json", '{');
		shape_schema(a, o, "schema", r->reply);
		json_end(o, '}');
		json_end(o, '}');
	}
	json_end(o, '}');
	json_begin(o, "default", '{');
	json_str(o, "description", S("refused (RFC 9457)"));
	json_end(o, '}');
	json_end(o, '}');
}

static void operation(struct arena *a, struct json_out *o, const struct route *r)
{
	json_begin(o, r->method == HTTP_GET ? "get" : "post", '{');
	json_str(o, "summary", str_of(r->say));
	parameters(o, r->path);
	if (r->form && r->method == HTTP_POST)
		body(o, r->form);
	if (!(r->may & MAY_PUBLIC)) {
		json_begin(o, "security", '[');
		json_begin(o, NULL, '{');
		json_begin(o, "bearer", '[');
		json_end(o, ']');
		json_end(o, '}');
		json_end(o, ']');
	}
	replies(a, o, r);
	json_end(o, '}');
}

static void head(struct json_out *o)
{
	json_str(o, "openapi", S("3.1.0"));
	json_begin(o, "info", '{');
	json_str(o, "title", S("Laris"));
	json_str(o, "version", S(LARIS_VERSION));
	json_end(o, '}');
	json_begin(o, "components", '{');
	json_begin(o, "securitySchemes", '{');
	json_begin(o, "bearer", '{');
	json_str(o, "type", S("http"));
	json_str(o, "scheme", S("bearer"));
	for (int i = 0; i < 3; i++)
		json_end(o, '}');
}

str openapi_make(struct arena *a, const struct router *router)
{
	struct json_out o = JSON_OUT(a, 1u << 20);
	const char *open = NULL;
	size_t n;
	const struct route *const *v = router_rows(router, &n);

	json_begin(&o, NULL, '{');
	head(&o);
	json_begin(&o, "paths", '{');
	for (size_t i = 0; i < n; i++) {
		if (!(v[i]->flags & ROUTE_API))
			continue;
		if (!open || strcmp(open, v[i]->path) != 0) {
			if (open)
				json_end(&o, '}');
			open = v[i]->path;
			json_begin(&o, open, '{');
		}
		operation(a, &o, v[i]);
	}
	if (open)
		json_end(&o, '}');
	json_end(&o, '}');
	json_end(&o, '}');
	return json_done(&o);
}

err openapi_json(struct req *r)
{
	r->bytes = openapi_make(r->a, r->site->router);
	r->bytes_type = "application/json";
	return NULL;
}
