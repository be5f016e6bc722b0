#include "mod/draw/verify/steps.h"
#include <string.h>

#define RESULT_MAX	(UINT64_C(1) << 34)

static bool fill(struct script *s)
{
	uint64_t left = s->size - s->at;
	size_t room;

	memmove(s->buf, s->buf + s->from, s->n);
	s->from = 0;
	room = sizeof s->buf - s->n;
	if (left < room)
		room = (size_t)left;
	if (!read_at(s->fd, s->buf + s->n, room, s->at))
		return false;
	s->at += room;
	s->n += room;
	return true;
}

static str rest_of_line(const struct script *s)
{
	const char *p = s->buf + s->from, *end = s->n ? memchr(p, '\n', s->n) : NULL;
	size_t n = end ? (size_t)(end - p) : s->n;

	return (str){ p, n < SCRIPT_LINE ? n : SCRIPT_LINE };
}

bool script_expect(struct check *c, struct script *s, str line)
{
	if (s->differs)
		return false;
	if (s->n < SCRIPT_LINE && !fill(s)) {
		s->differs = true;
		return false;
	}
	s->lines++;
	if (s->n >= line.n && !memcmp(s->buf + s->from, line.p, line.n)) {
		s->from += line.n;
		s->n -= line.n;
		return true;
	}
	s->differs = true;
	s->got = arena_str(c->a, rest_of_line(s));
	s->want = arena_str(c->a, str_sub(line, 0, line.n - 1));
	return false;
}

void script_end(struct check *c, struct script *s)
{
	if (!s->differs && !s->n && !fill(s))
		s->differs = true;
	if (s->differs || !s->n)
		return;
	s->lines++;
	s->differs = true;
	s->got = arena_str(c->a, rest_of_line(s));
}

bool script_open(struct check *c, struct script *s, str name, enum part part)
{
	enum file_state st = file_open(c->dir, name, RESULT_MAX, &s->fd, &s->size);

	s->name = name;
	if (st != FILE_OK)
		mark_fail(c, part, file_why(st), name);
	return st == FILE_OK;
}
