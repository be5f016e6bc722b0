#include "core/mime.h"
#include "base/base64.h"
#include "core/form.h"

#define MAIL_MAX	(256 * 1024)
#define LINE		76	/* of a body or an encoded word (RFC 2045 6.7, 2047 2) */
#define WORD		39	/* bytes: 52 letters of base64, 12 around, 9 before them */

static bool controls(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return true;
	return false;
}

static bool ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* ---- headers ----------------------------------------------------------------- */

/* As words of at most 75 characters, each of whole letters, folded. */
static void put_words(struct buf *b, str s)
{
	bool first = true;

	while (s.n) {
		size_t n = s.n < WORD ? s.n : WORD;
		while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
		buf_str(b, first ? S("=?UTF-8?B?") : S("\r\n =?UTF-8?B?"));
		base64_put(b, s.p, n);
		buf_str(b, S("?="));
		s = str_sub(s, n, s.n);
		first = false;
	}
}

/* What looks like an encoded word is encoded too, so that it is read as typed. */
static bool plain(str s, size_t max)
{
	return s.n <= max && ascii(s) && str_find(s, S("=?")) == SIZE_MAX;
}

static void put_subject(struct buf *b, str s)
{
	buf_str(b, S("Subject: "));
	if (plain(s, LINE - 9))
		buf_str(b, s);
	else
		put_words(b, s);
	buf_str(b, S("\r\n"));
}

static void put_from(struct buf *b, str name, str address)
{
	buf_str(b, S("From: "));
	if (name.n && plain(name, 60)) {
		buf_char(b, '"');
		for (size_t i = 0; i < name.n; i++) {
			if (name.p[i] == '"' || name.p[i] == '\\')
				buf_char(b, '\\');
			buf_char(b, name.p[i]);
		}
		buf_str(b, S("\"\r\n "));
	} else if (name.n) {
		put_words(b, name);
		buf_str(b, S("\r\n "));
	}
	buf_printf(b, "<%.*s>\r\n", SV(address));
}

static void put_date(struct buf *b, int64_t at, enum zone zone)
{
	static const char days[] = "ThuFriSatSunMonTueWed";	/* day 0 was a Thursday */
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c = time_civil(at, zone);
	int64_t day = time_day(at, zone) % 7;

	buf_printf(b, "Date: %.3s, %d %.3s %04d %02d:%02d:%02d +%02d00\r\n", days + 3 * day, c.day,
	    months + 3 * (c.month - 1), c.year, c.hour, c.minute, c.second, (int)zone);
}

/* ---- the text ------------------------------------------------------------------ */

static bool bare(str s, size_t i, size_t column)
{
	unsigned char c = (unsigned char)s.p[i];
	bool last = i + 1 == s.n || s.p[i + 1] == '\n';

	if (c == '.' && column == 0)	/* so that no relay has to double it */
		return false;
	if (c == ' ' || c == '\t')
		return !last;
	return c > ' ' && c < 0x7f && c != '=';
}

static void put_body(struct buf *b, str s)
{
	size_t column = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n') {
			buf_str(b, S("\r\n"));
			column = 0;
			continue;
		}
		bool as_is = bare(s, i, column);
		size_t n = as_is ? 1 : 3;
		if (column + n > LINE - 1) {
			buf_str(b, S("=\r\n"));
			column = 0;
			as_is = as_is && s.p[i] != '.';
			n = as_is ? 1 : 3;
		}
		if (as_is)
			buf_char(b, s.p[i]);
		else
			buf_printf(b, "=%02X", (unsigned)(unsigned char)s.p[i]);
		column += n;
	}
	buf_str(b, S("\r\n"));
}

/* ---- the whole ------------------------------------------------------------------- */

static err look(struct arena *a, const struct mail *m)
{
	const struct { const char *field; str s; } parts[] = {
		{ "from", m->from }, { "to", m->to }, { "reply_to", m->reply_to },
		{ "from_name", m->from_name }, { "subject", m->subject }, { "id", m->id },
	};
	str s;

	for (size_t i = 0; i < countof(parts); i++)
		if (controls(parts[i].s) || !str_utf8(parts[i].s))
			return ERR(a, ERR_INVALID, "mail-header", .field = parts[i].field);
	if (!email_parse(a, m->from, &s) || !email_parse(a, m->to, &s) ||
	    (m->reply_to.n && !email_parse(a, m->reply_to, &s)))
		return ERR(a, ERR_INVALID, "mail-header", .field = "to");
	return NULL;
}

err mime_write(struct arena *a, const struct mail *m, str *out)
{
	struct buf b = BUF(a, MAIL_MAX);
	str host = str_sub(m->from, str_find(m->from, S("@")) + 1, m->from.n);

	TRY(look(a, m));
	put_date(&b, m->at, m->zone);
	put_from(&b, m->from_name, m->from);
	buf_printf(&b, "To: <%.*s>\r\n", SV(m->to));
	if (m->reply_to.n)
		buf_printf(&b, "Reply-To: <%.*s>\r\n", SV(m->reply_to));
	put_subject(&b, m->subject);
	buf_printf(&b, "Message-ID: <%.*s@%.*s>\r\n", SV(m->id), SV(host));
	buf_str(&b, S("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"));
	put_body(&b, m->body);
	if (b.full)
		return ERR(a, ERR_INVALID, "mail-header", .field = "body");
	*out = buf_done(&b);
	return NULL;
}

bool mail_from_parse(struct arena *a, str s, str *name, str *email)
{
	size_t at = str_find(s, S("<"));

	*name = (str){ 0 };
	if (controls(s) || !str_utf8(s))
		return false;
	if (at == SIZE_MAX)
		return email_parse(a, str_trim(s), email);
	*name = str_trim(str_sub(s, 0, at));
	s = str_trim(str_sub(s, at + 1, s.n));
	return str_ends(s, S(">")) && name->n <= 100 &&
	    email_parse(a, str_sub(s, 0, s.n - 1), email);
}
