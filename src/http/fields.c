#include "http/fields.h"
#include <string.h>

bool field_token_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

bool field_token(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!field_token_char(s.p[i]))
			return false;
	return s.n > 0;
}

/* Behind the opening quote; false if it is never closed. */
static bool take_quoted(struct arena *a, str *s, str *value)
{
	char *p = arena_bytes(a, s->n + 1);
	size_t n = 0, i = 0;

	while (i < s->n && s->p[i] != '"') {
		if (s->p[i] == '\\' && i + 1 < s->n &&
		    (s->p[i + 1] == '"' || s->p[i + 1] == '\\'))
			i++;
		p[n++] = s->p[i++];
	}
	if (i == s->n)
		return false;
	p[n] = '\0';
	*value = (str){ p, n };
	*s = str_sub(*s, i + 1, SIZE_MAX);
	return true;
}

static size_t token_length(str s)
{
	size_t n = 0;

	while (n < s.n && field_token_char(s.p[n]))
		n++;
	return n;
}

static bool take_one(struct arena *a, str *s, str *name, str *value)
{
	*name = str_sub(*s, 0, token_length(*s));
	*s = str_sub(*s, name->n, SIZE_MAX);
	if (name->n == 0 || !str_starts(*s, S("=")))
		return false;
	*s = str_sub(*s, 1, SIZE_MAX);
	if (str_starts(*s, S("\""))) {
		*s = str_sub(*s, 1, SIZE_MAX);
		return take_quoted(a, s, value);
	}
	*value = str_sub(*s, 0, token_length(*s));
	*s = str_sub(*s, value->n, SIZE_MAX);
	return value->n > 0;
}

bool parameter_take(struct arena *a, str *s, str *name, str *value, bool *bad)
{
	*s = str_trim(*s);
	if (s->n == 0)
		return false;
	*bad = s->p[0] != ';';
	while (s->n && s->p[0] == ';')
		*s = str_trim(str_sub(*s, 1, SIZE_MAX));
	if (*bad || s->n == 0)
		return false;
	*bad = !take_one(a, s, name, value);
	return !*bad;
}
