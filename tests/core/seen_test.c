/*
 * seen_test.c - the notes of what was answered: a reply that is not what its
 * row promises is called so.
 */
#include "core/route.h"
#include "core/seen.h"
#include "tap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static err nothing(struct req *r) { (void)r; return NULL; }

static const struct route api = GET("/api/v1/x", MAY_PUBLIC, nothing, "x", .flags = ROUTE_API,
    .reply = "{sum:int name:str? list:[id]}");
static const struct route page = POST("/m/sale", MAY_PUBLIC, nothing, "x");

static const struct {
	const struct route *route;
	const char *type, *body;
	int status;
	const char *line;
} t[] = {
	{ &api, "application/json", "{\"sum\":1,\"name\":null,\"list\":[]}", 200,
	    "GET /api/v1/x 200 ok\n" },
	{ &api, "application/json", "{\"sum\":1,\"name\":\"a\",\"list\":[\"00000000000ZZ\"]}", 200,
	    "GET /api/v1/x 200 ok\n" },
	{ &api, "application/json", "{\"sum\":\"1\",\"name\":null,\"list\":[]}", 200,
	    "GET /api/v1/x 200 BAD sum: has another type\n" },
	{ &api, "application/json", "{\"sum\":1,\"list\":[]}", 200,
	    "GET /api/v1/x 200 BAD name: is missing\n" },
	{ &api, "application/json", "{\"sum\":1,\"name\":null,\"list\":[],\"more\":1}", 201,
	    "GET /api/v1/x 201 BAD reply: has members that are not described\n" },
	{ &api, "application/json", "{\"sum\":1,\"name\":null,\"list\":[\"kacau\"]}", 200,
	    "GET /api/v1/x 200 BAD list: has another type\n" },
	{ &api, "application/json", "{\"sum\":1", 200, "GET /api/v1/x 200 BAD is not JSON\n" },
	{ &api, "text/html", "<p>", 200, "GET /api/v1/x 200 BAD is not JSON and should be\n" },
	{ &api, "application/problem+json", "{\"type\":\"t\",\"title\":\"t\",\"status\":404,"
	    "\"detail\":\"d\",\"rule\":\"r\"}", 404, "GET /api/v1/x 404 ok\n" },
	{ &api, "application/problem+json", "{\"type\":\"t\",\"title\":\"t\",\"status\":404,"
	    "\"detail\":\"d\",\"rule\":\"r\",\"field\":\"f\"}", 404, "GET /api/v1/x 404 ok\n" },
	{ &api, "application/problem+json", "{\"rule\":\"r\"}", 404,
	    "GET /api/v1/x 404 BAD type: is missing\n" },
	{ &page, "text/plain; charset=utf-8", "", 303, "POST /m/sale 303 ok\n" },
	{ &page, "application/json", "{}", 200,
	    "POST /m/sale 200 BAD JSON from a row without a reply shape\n" },
	{ NULL, "text/html; charset=utf-8", "<p>", 404, "- - 404 ok\n" },
};

/* What the file holds after one note. */
static str noted(struct arena *a, const char *path, size_t i)
{
	struct seen *s = seen_open(a, path);
	const struct http_request h = { .method = HTTP_GET, .a = a };
	struct req r = { .a = a, .http = &h, .route = t[i].route };
	char line[300] = "";
	FILE *f;

	seen_note(s, &r, &(struct http_reply){ .status = t[i].status, .type = t[i].type,
	    .body = str_of(t[i].body) });
	seen_close(&s);
	f = fopen(path, "r");
	if (!f || !fgets(line, sizeof line, f))
		line[0] = 0;
	if (f)
		fclose(f);
	unlink(path);
	return arena_str(a, str_of(line));
}

int main(void)
{
	struct arena *a = arena_new();
	char path[] = "/tmp/laris-seen-XXXXXX";
	int fd = mkstemp(path);

	if (fd < 0)
		panic("no file to write to");
	close(fd);
	unlink(path);
	for (size_t i = 0; i < countof(t); i++) {
		str got = noted(a, path, i);
		bool same = str_eq(got, str_of(t[i].line));
		if (!same)
			printf("# %.*s", SV(got));
		ok(same, "%.*s", (int)strlen(t[i].line) - 1, t[i].line);
	}
	ok(!seen_open(a, NULL) && !seen_open(a, "") && !seen_open(a, "/nowhere/at/all"),
	    "nothing named, nothing noted");
	seen_note(NULL, NULL, NULL);
	arena_free(&a);
	return done();
}
