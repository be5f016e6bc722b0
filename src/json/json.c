#include "json/json.h"

/* ---- strings ------------------------------------------------------- */

static bool plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static void put_escape(struct buf *b, unsigned char c)
{
	static const char digit[] = "0123456789abcdef";
	char out[] = { '\\', 'u', '0', '0', digit[c >> 4], digit[c & 15] };
	size_t n = 2;

	switch (c) {
	case '"':
	case '\\': out[1] = (char)c; break;
	case '\b': out[1] = 'b'; break;
	case '\f': out[1] = 'f'; break;
	case '\n': out[1] = 'n'; break;
	case '\r': out[1] = 'r'; break;
	case '\t': out[1] = 't'; break;
	default:   n = sizeof out;
	}
	buf_put(b, out, n);
}

/* One character that is not ASCII; returns its length. */
static size_t put_wide(struct buf *b, str s)
{
	for (size_t n = 2; n <= 4 && n <= s.n; n++)
		if (str_utf8(str_sub(s, 0, n))) {
			buf_put(b, s.p, n);
			return n;
		}
	buf_str(b, S("\xef\xbf\xbd"));
	return 1;
}

void json_quote(struct buf *b, str s)
{
	buf_char(b, '"');
	while (s.n) {
		size_t n = 0;
		while (n < s.n && plain((unsigned char)s.p[n]))
			n++;
		buf_put(b, s.p, n);
		s = str_sub(s, n, s.n);
		if (!s.n)
			break;
		n = 1;
		if ((unsigned char)s.p[0] < 0x80)
			put_escape(b, (unsigned char)s.p[0]);
		else
			n = put_wide(b, s);
		s = str_sub(s, n, s.n);
	}
	buf_char(b, '"');
}

/* ---- values -------------------------------------------------------- */

static void lead(struct json_out *o, const char *key)
{
	if (!o->first)
		buf_char(&o->b, ',');
	o->first = false;
	if (key) {
		json_quote(&o->b, str_of(key));
		buf_char(&o->b, ':');
	}
}

void json_begin(struct json_out *o, const char *key, char open)
{
	CHECK(open == '{' || open == '[');
	lead(o, key);
	buf_char(&o->b, open);
	o->depth++;
	o->first = true;
}

void json_end(struct json_out *o, char close)
{
	CHECK(o->depth > 0 && (close == '}' || close == ']'));
	buf_char(&o->b, close);
	o->depth--;
	o->first = false;
}

void json_str(struct json_out *o, const char *key, str s)
{
	lead(o, key);
	json_quote(&o->b, s);
}

void json_int(struct json_out *o, const char *key, int64_t n)
{
	lead(o, key);
	buf_int(&o->b, n);
}

void json_bool(struct json_out *o, const char *key, bool yes)
{
	lead(o, key);
	buf_str(&o->b, yes ? S("true") : S("false"));
}

void json_none(struct json_out *o, const char *key)
{
	lead(o, key);
	buf_str(&o->b, S("null"));
}

void json_time(struct json_out *o, const char *key, int64_t at, enum zone z)
{
	lead(o, key);
	buf_char(&o->b, '"');
	time_put_rfc3339(&o->b, at, z);
	buf_char(&o->b, '"');
}

void json_id(struct json_out *o, const char *key, int64_t id)
{
	lead(o, key);
	buf_char(&o->b, '"');
	id_put(&o->b, id);
	buf_char(&o->b, '"');
}

str json_done(struct json_out *o)
{
	CHECK(o->depth == 0);
	return buf_done(&o->b);
}
