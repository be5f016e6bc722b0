#include "core/openapi.h"
#include "core/route.h"
#include "core/seen.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct seen { int fd; };

#define PROBLEM		"{type:str title:str status:int detail:str rule:str}"
#define PROBLEM_FIELD	"{type:str title:str status:int detail:str rule:str field:str}"

struct seen *seen_open(struct arena *a, const char *path)
{
	int fd = path && *path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
	struct seen *s;

	if (fd < 0)
		return NULL;
	s = NEW(a, struct seen);
	s->fd = fd;
	return s;
}

void seen_close(struct seen **s)
{
	if (*s)
		close((*s)->fd);
	*s = NULL;
}

/* "" is good. */
static str json_fault(struct req *r, const struct http_reply *p)
{
	CLEANUP(json_free) struct json_in *doc = NULL;
	str why = { 0 }, more;

	if (json_parse(r->a, p->body, &doc))
		return S("is not JSON");
	const struct json_value *v = json_root(doc);
	if (p->status >= 400)
		return shape_fits(r->a, PROBLEM, v, &why) ||
		    shape_fits(r->a, PROBLEM_FIELD, v, &more) ? S("") : why;
	/* A file to keep has a form of its own, and a name. */
	if (!r->route || !r->route->reply)
		return r->bytes_name.n ? S("") : S("JSON from a row without a reply shape");
	return shape_fits(r->a, r->route->reply, v, &why) ? S("") : why;
}

static str fault(struct req *r, const struct http_reply *p)
{
	if (p->type && !strncmp(p->type, "application/", 12) && strstr(p->type, "json"))
		return json_fault(r, p);
	if (r->route && r->route->flags & ROUTE_API && r->http->method != HTTP_HEAD)
		return S("is not JSON and should be");
	return S("");
}

void seen_note(const struct seen *s, struct req *r, const struct http_reply *p)
{
	if (!s)
		return;
	struct buf b = BUF(r->a, 4000);
	str bad = fault(r, p);
	buf_printf(&b, "%s %s %d %s%.*s\n",
	    r->route && r->route->method == HTTP_POST ? "POST" : r->route ? "GET" : "-",
	    r->route ? r->route->path : "-", p->status, bad.n ? "BAD " : "ok", SV(bad));
	/* One write: lines of several programs do not mix. */
	str line = buf_done(&b);
	if (write(s->fd, line.p, line.n) < 0)
		log_line(LOG_WARN, "what was answered cannot be noted", "error=%m");
}
