#include "core/router.h"
#include <stdlib.h>
#include <string.h>

#define SEGMENTS	12

struct pattern {
	const struct route *route;
	str seg[SEGMENTS];
	size_t n;
};

struct router {
	struct pattern *bucket[SEGMENTS + 1];	/* by number of segments */
	size_t n[SEGMENTS + 1];
	const struct route **rows;
	size_t n_rows;
};

static bool is_param(str seg)
{
	return seg.n > 2 && seg.p[0] == '{';
}

/* "{path*}", last: all that is left, at least one piece. */
static bool is_rest(str seg)
{
	return is_param(seg) && seg.p[seg.n - 2] == '*';
}

/* Literal pieces first, earliest difference decides; then by text. */
static int pattern_cmp(const void *va, const void *vb)
{
	const struct pattern *a = va, *b = vb;

	for (size_t i = 0; i < a->n && i < b->n; i++) {
		int pa = is_param(a->seg[i]), pb = is_param(b->seg[i]);
		if (pa != pb)
			return pa - pb;
		int c = str_cmp(a->seg[i], b->seg[i]);
		if (c && !pa)
			return c;
	}
	return (int)a->route->method - (int)b->route->method;
}

static int row_cmp(const void *va, const void *vb)
{
	const struct route *a = *(const struct route *const *)va;
	const struct route *b = *(const struct route *const *)vb;
	int c = strcmp(a->path, b->path);

	return c ? c : (int)a->method - (int)b->method;
}

static size_t split(str path, str seg[SEGMENTS])
{
	size_t n = 0;
	str piece;

	path = str_sub(path, 1, path.n);
	while (n <= SEGMENTS && str_take(&path, '/', &piece)) {
		if (n == SEGMENTS)
			return SEGMENTS + 1;
		seg[n++] = piece;
	}
	return n;
}

static void row_check(const struct route *r)
{
	if (!r->path || r->path[0] != '/' || !r->may || !r->say || !r->run)
		panic("route %s: needs path, may, say and run", r->path ? r->path : "?");
	if (r->method != HTTP_GET && r->method != HTTP_POST)
		panic("route %s: only GET and POST", r->path);
}

static void add(struct router *t, const struct route *r)
{
	struct pattern p = { .route = r };

	row_check(r);
	p.n = split(str_of(r->path), p.seg);
	CHECK(p.n <= SEGMENTS);
	size_t most = p.n && is_rest(p.seg[p.n - 1]) ? SEGMENTS : p.n;	/* "/": none */
	for (size_t n = p.n; n <= most; n++)
		t->bucket[n][t->n[n]++] = p;
	t->rows[t->n_rows++] = r;
}

static void sort(struct router *t)
{
	for (size_t n = 0; n <= SEGMENTS; n++) {
		if (t->n[n])
			qsort(t->bucket[n], t->n[n], sizeof *t->bucket[n], pattern_cmp);
		for (size_t i = 1; i < t->n[n]; i++)
			if (!pattern_cmp(&t->bucket[n][i - 1], &t->bucket[n][i]))
				panic("two rows for %s", t->bucket[n][i].route->path);
	}
	qsort(t->rows, t->n_rows, sizeof *t->rows, row_cmp);
}

struct router *router_new(struct arena *a, const struct app *app)
{
	struct router *t = NEW(a, struct router);
	size_t all = 0;

	for (size_t m = 0; m < app->n_modules; m++)
		all += app->modules[m]->n_routes;
	for (size_t n = 0; n <= SEGMENTS; n++)
		t->bucket[n] = NEWN(a, struct pattern, all);
	t->rows = NEWN(a, const struct route *, all);
	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t i = 0; i < app->modules[m]->n_routes; i++)
			add(t, &app->modules[m]->routes[i]);
	sort(t);
	return t;
}

static bool fits(const struct pattern *p, const str *seg)
{
	for (size_t i = 0; i < p->n; i++)
		if (is_param(p->seg[i]) ? !seg[i].n : !str_eq(p->seg[i], seg[i]))
			return false;
	return true;
}

/* The path from a piece on, slashes and all; plain ones only, nothing escaped. */
static bool take_rest(str path, str from, str *out)
{
	*out = str_sub(path, (size_t)(from.p - path.p), path.n);
	return !memchr(out->p, '%', out->n) && str_utf8(*out);
}

/* Fill the params; false when one is not decodable. */
static bool take_params(struct arena *a, const struct pattern *p, const str *seg, str path,
    struct match *m)
{
	size_t k = 0;

	for (size_t i = 0; i < p->n; i++)
		if (is_param(p->seg[i])) {
			CHECK(k < REQ_PARAMS);
			if (is_rest(p->seg[i]) ? !take_rest(path, seg[i], &m->param[k++])
			                       : !percent_decode(a, seg[i], &m->param[k++]))
				return false;
		}
	return true;
}

void router_find(const struct router *t, struct arena *a, enum http_method method, str path,
    struct match *m)
{
	str seg[SEGMENTS];
	size_t n = split(path, seg);

	*m = (struct match){ 0 };
	if (n > SEGMENTS)
		return;
	if (method == HTTP_HEAD)
		method = HTTP_GET;
	for (size_t i = 0; i < t->n[n]; i++) {
		const struct pattern *p = &t->bucket[n][i];
		if (!fits(p, seg))
			continue;
		if (p->route->method != method) {
			m->allowed |= 1u << p->route->method;
			continue;
		}
		if (!take_params(a, p, seg, path, m))
			return;
		m->route = p->route;
		return;
	}
}

const struct route *const *router_rows(const struct router *t, size_t *n)
{
	*n = t->n_rows;
	return t->rows;
}
