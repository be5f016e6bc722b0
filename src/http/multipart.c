#include "http/fields.h"
#include <string.h>

#define BOUNDARY_MOST	70	/* RFC 2046 section 5.1.1		*/
#define HEADS_MOST	4096	/* bytes of one part's header fields	*/
#define FILENAME_MOST	200

/* The delimiter: "\r\n--" and the boundary. */
static bool find_boundary(struct arena *a, str content_type, str *delimiter)
{
	str kind, name, value, rest = content_type;
	bool bad = false;

	(void)str_take(&rest, ';', &kind);
	rest = str_sub(content_type, kind.n, SIZE_MAX);
	while (parameter_take(a, &rest, &name, &value, &bad)) {
		if (!str_eq_nocase(name, S("boundary")))
			continue;
		if (value.n == 0 || value.n > BOUNDARY_MOST || memchr(value.p, '\r', value.n))
			return false;
		*delimiter = arena_printf(a, "\r\n--%.*s", SV(value));
		return delimiter->n == value.n + 4;
	}
	return false;
}

static int hex_of(char c)
{
	const char *digits = "0123456789ABCDEF", *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Browsers escape just these three in names (WHATWG HTML, multipart/form-data). */
static str unescape(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%' && i + 2 < s.n && hex_of(s.p[i + 1]) >= 0) {
			int code = hex_of(s.p[i + 1]) * 16 + hex_of(s.p[i + 2]);

			if (hex_of(s.p[i + 2]) >= 0 &&
			    (code == '"' || code == '\r' || code == '\n')) {
				c = (char)code;
				i += 2;
			}
		}
		p[n++] = c;
	}
	return (str){ p, n };
}

/* At most so many bytes, no letter cut in two. */
static str shorten(str s, size_t most)
{
	if (s.n <= most)
		return s;
	while (most && (s.p[most] & 0xc0) == 0x80)
		most--;
	return str_sub(s, 0, most);
}

/* Only the last piece of a path, nothing a file system or a page minds. */
static str clean_filename(struct arena *a, str s)
{
	size_t from = s.n;

	while (from > 0 && s.p[from - 1] != '/' && s.p[from - 1] != '\\')
		from--;
	s = shorten(str_sub(s, from, SIZE_MAX), FILENAME_MOST);
	char *p = arena_bytes(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f ? '_' : s.p[i];
	s = str_trim((str){ p, s.n });
	return str_eq(s, S(".")) || str_eq(s, S("..")) ? S("file") : s;
}

struct part {
	struct param p;
	bool named, file;
};

static bool read_disposition(struct arena *a, str value, struct part *part)
{
	str kind, name, v, rest = value;
	bool bad = false;

	(void)str_take(&rest, ';', &kind);
	rest = str_sub(value, kind.n, SIZE_MAX);
	if (!str_eq_nocase(str_trim(kind), S("form-data")))
		return false;
	while (parameter_take(a, &rest, &name, &v, &bad)) {
		if (str_eq_nocase(name, S("name"))) {
			part->p.name = unescape(a, v);
			part->named = true;
		} else if (str_eq_nocase(name, S("filename"))) {
			part->p.filename = unescape(a, v);
			part->file = true;
		}
	}
	return !bad && part->named;
}

static bool read_head_line(struct arena *a, str line, struct part *part)
{
	str name, value = line;

	if (!memchr(line.p, ':', line.n) || !str_take(&value, ':', &name) || !field_token(name))
		return false;
	value = str_trim(value);
	if (str_eq_nocase(name, S("Content-Disposition")))
		return !part->named && read_disposition(a, value, part);
	if (str_eq_nocase(name, S("Content-Type")))
		part->p.type = value;
	else if (str_eq_nocase(name, S("Content-Transfer-Encoding")))
		return str_eq_nocase(value, S("7bit")) || str_eq_nocase(value, S("8bit")) ||
		    str_eq_nocase(value, S("binary"));
	return true;
}

/* Header fields up to the empty line; *s then begins with the content. */
static bool read_head(struct arena *a, str *s, struct part *part)
{
	str most = str_sub(*s, 0, HEADS_MOST);

	for (;;) {
		size_t n = str_find(most, S("\r\n"));

		if (n == SIZE_MAX)
			return false;
		str line = str_sub(most, 0, n);
		most = str_sub(most, n + 2, SIZE_MAX);
		*s = str_sub(*s, n + 2, SIZE_MAX);
		if (n == 0)
			return part->named;
		if (!read_head_line(a, line, part))
			return false;
	}
}

/* Behind a delimiter: white space and a line break, or "--" at the end. */
static bool after_delimiter(str *s, bool *last)
{
	*last = str_starts(*s, S("--"));
	if (*last)
		return true;
	while (s->n && (s->p[0] == ' ' || s->p[0] == '\t'))
		*s = str_sub(*s, 1, SIZE_MAX);
	if (!str_starts(*s, S("\r\n")))
		return false;
	*s = str_sub(*s, 2, SIZE_MAX);
	return true;
}

static err finish(struct arena *a, struct part *part, struct params *out)
{
	struct param *p = &part->p;

	if (!part->file) {
		p->type = (str){ 0 };
	} else {
		if (!str_utf8(p->filename) || !str_utf8(p->type))
			return ERR(a, ERR_INVALID, "bad-encoding");
		p->filename = clean_filename(a, p->filename);
		if (p->type.n == 0)
			p->type = S("application/octet-stream");
	}
	/* A file field left empty is a field without a value. */
	if (part->file && p->filename.n == 0 && p->value.n == 0)
		p->type = (str){ 0 };
	return params_add(a, out, *p);
}

/* One part; *s begins behind a delimiter, and then behind the next one. */
static err read_part(struct arena *a, str *s, str delimiter, struct params *out)
{
	struct part part = { 0 };

	if (!read_head(a, s, &part))
		return ERR(a, ERR_INVALID, "bad-multipart");
	/* An empty part's delimiter shares the head's last line break. */
	str from = { s->p - 2, s->n + 2 };
	size_t at = str_find(from, delimiter);
	if (at == SIZE_MAX)
		return ERR(a, ERR_INVALID, "bad-multipart");
	part.p.value = at < 2 ? S("") : str_sub(from, 2, at - 2);
	*s = str_sub(from, at + delimiter.n, SIZE_MAX);
	return finish(a, &part, out);
}

/* What comes before the first delimiter is nobody's (RFC 2046). */
static bool skip_preamble(str *s, str delimiter)
{
	/* At the very start the delimiter lacks its line break. */
	str first = str_sub(delimiter, 2, SIZE_MAX);
	size_t at = str_find(*s, delimiter);

	if (str_starts(*s, first))
		*s = str_sub(*s, first.n, SIZE_MAX);
	else if (at != SIZE_MAX)
		*s = str_sub(*s, at + delimiter.n, SIZE_MAX);
	else
		return false;
	return true;
}

err params_multipart(struct arena *a, str content_type, str body, struct params *out)
{
	str delimiter, s = body;
	bool last = false;

	*out = (struct params){ 0 };
	if (!find_boundary(a, content_type, &delimiter) || !skip_preamble(&s, delimiter))
		return ERR(a, ERR_INVALID, "bad-multipart");
	for (;;) {
		if (!after_delimiter(&s, &last))
			return ERR(a, ERR_INVALID, "bad-multipart");
		if (last)
			return NULL;
		TRY(read_part(a, &s, delimiter, out));
	}
}
