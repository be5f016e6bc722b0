#include "core/form.h"
#include "core/colour.h"
#include <string.h>

/* What came in for one field, from whichever kind of body. */
struct raw {
	enum { RAW_NONE, RAW_TEXT, RAW_INT, RAW_BOOL, RAW_OTHER } kind;
	bool json;
	str text;
	int64_t i;
	bool yes;
	const struct param *param;	/* of a form, else NULL */
};

#define REFUSE(r, ...)	ERR(a, ERR_INVALID, r, .field = f->name, __VA_ARGS__)

/* ---- limits -------------------------------------------------------- */

static str limit_text(struct arena *a, const struct field *f, int64_t limit)
{
	struct buf b = BUF(a, 64);

	switch (f->type) {
	case FIELD_RUPIAH:
		rupiah_put(&b, limit);
		break;
	case FIELD_DAY:
		time_put_iso_day(&b, limit);
		break;
	case FIELD_MOMENT:
		time_put_rfc3339(&b, limit, ZONE_WIB);
		break;
	case FIELD_TEXT: case FIELD_LONG: case FIELD_SECRET: case FIELD_INT: case FIELD_CHOICE:
	case FIELD_BOOL: case FIELD_ID: case FIELD_PHONE: case FIELD_EMAIL:
	case FIELD_EVENT: case FIELD_CARD: case FIELD_COLOUR: case FIELD_FILE:
		number_put(&b, limit);
	}
	return buf_done(&b);
}

/* 0,0 is no limit at all; a lowest alone has no highest. */
static err range(struct arena *a, const struct field *f, int64_t v)
{
	int64_t most = f->type == FIELD_RUPIAH ? RUPIAH_MAX : INT64_MAX;
	int64_t max = f->max == 0 && f->min > 0 ? most : f->max;

	if ((f->min == 0 && f->max == 0) || (v >= f->min && v <= max))
		return NULL;
	return REFUSE("field-range", .arg = { limit_text(a, f, f->min), limit_text(a, f, max) });
}

static err length(struct arena *a, const struct field *f, size_t n)
{
	int64_t max = f->max ? f->max : FIELD_TEXT_MAX;

	if ((int64_t)n < f->min)
		return REFUSE("field-short", .arg = { limit_text(a, f, f->min) });
	if ((int64_t)n > max)
		return REFUSE("field-long", .arg = { limit_text(a, f, max) });
	return NULL;
}

/* ---- texts --------------------------------------------------------- */

static bool control(str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < ' ' && !(lines && (c == '\n' || c == '\t'))) || c == 0x7f)
			return true;
	}
	return false;
}

static err read_text(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (raw->kind != RAW_TEXT || control(raw->text, false))
		return REFUSE("field-text");
	TRY(length(a, f, raw->text.n));
	*(str *)to = arena_str(a, raw->text);
	return NULL;
}

static str unix_lines(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool crlf = s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';
		if (!crlf)
			p[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
	}
	return (str){ p, n };
}

static err read_long(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (raw->kind != RAW_TEXT)
		return REFUSE("field-text");
	str s = unix_lines(a, raw->text);
	if (control(s, true))
		return REFUSE("field-text");
	TRY(length(a, f, s.n));
	*(str *)to = s;
	return NULL;
}

static err read_secret(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (raw->kind != RAW_TEXT)
		return REFUSE("field-text");
	TRY(length(a, f, raw->text.n));
	*(str *)to = arena_str(a, raw->text);
	return NULL;
}

static bool event_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    c == '.' || c == '_' || c == '-';
}

static err read_event(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (raw->kind != RAW_TEXT || raw->text.n > 64)
		return REFUSE("field-event");
	for (size_t i = 0; i < raw->text.n; i++)
		if (!event_char(raw->text.p[i]))
			return REFUSE("field-event");
	*(str *)to = arena_str(a, raw->text);
	return NULL;
}

/* The digits of a number as people part them; false on anything else. */
static bool bare_digits(str s, const char *parts, char *out, size_t max, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c && strchr(parts, c))
			continue;
		if (c < '0' || c > '9' || *n == max)
			return false;
		out[(*n)++] = c;
	}
	return true;
}

/*
 * What follows "+62" (E.164 leaves at most 13 digits): an area code or,
 * with 8, a mobile number, which has at least 9.
 */
static bool national_ok(str s)
{
	return s.n >= 8 && s.n <= 12 && s.p[0] >= '2' && s.p[0] <= '9' &&
	    (s.p[0] != '8' || s.n >= 9);
}

bool phone_parse(struct arena *a, str s, str *e164)
{
	char digits[16];
	size_t n;

	bool plus = str_starts(s, S("+"));
	if (plus)
		s = str_sub(s, 1, s.n);
	if (!bare_digits(s, " -.()", digits, sizeof digits, &n))
		return false;
	s = (str){ digits, n };
	if (str_starts(s, S("62")))
		s = str_sub(s, 2, n);
	else if (!plus && str_starts(s, S("0")))
		s = str_sub(s, 1, n);
	else
		return false;
	if (!national_ok(s))
		return false;
	*e164 = arena_printf(a, "+62%.*s", SV(s));
	return true;
}

static err read_phone(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (raw->kind != RAW_TEXT || !phone_parse(a, raw->text, to))
		return REFUSE("field-phone");
	return NULL;
}

/* One character of what may stand before the @ without quotes (RFC 5322 atext). */
static bool mail_char(char c)
{
	return event_char(c) || (c && strchr("!#$%&'*+/=?^`{|}~", c));
}

/* 1 to 63 letters, digits and inner hyphens (RFC 1123). */
static bool label_ok(str part)
{
	for (size_t i = 0; i < part.n; i++)
		if (!event_char(part.p[i]) || part.p[i] == '_')
			return false;
	return part.n >= 1 && part.n <= 63 && part.p[0] != '-' && part.p[part.n - 1] != '-';
}

bool host_ok(str host)
{
	size_t parts = 0, last = 0;
	str part;

	if (host.n > 253 || str_ends(host, S(".")))
		return false;
	while (str_take(&host, '.', &part)) {
		if (!label_ok(part))
			return false;
		parts++;
		last = part.n;
	}
	return parts > 1 && last > 1;
}

static bool box_ok(str box)
{
	for (size_t i = 0; i < box.n; i++)
		if (!mail_char(box.p[i]))
			return false;
	return box.n >= 1 && box.n <= 64 && box.p[0] != '.' && box.p[box.n - 1] != '.' &&
	    str_find(box, S("..")) == SIZE_MAX;
}

/* What people have: no quotes, no comments, no letters beyond ASCII. */
bool email_parse(struct arena *a, str s, str *email)
{
	size_t at = str_find(s, S("@"));

	if (at == SIZE_MAX || s.n > 254 || !box_ok(str_sub(s, 0, at)) ||
	    !host_ok(str_sub(s, at + 1, s.n)))
		return false;
	char *p = arena_bytes(a, s.n);
	for (size_t i = 0; i < s.n; i++)
		p[i] = i > at && s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 32) : s.p[i];
	*email = (str){ p, s.n };
	return true;
}

static err read_email(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (raw->kind != RAW_TEXT || !email_parse(a, raw->text, to))
		return REFUSE("field-email");
	return NULL;
}

/* ---- numbers ------------------------------------------------------- */

/* A number in JSON is a number; in a form it is text read by "parse". */
static bool number(const struct raw *raw, bool (*parse)(str, int64_t *), int64_t *v)
{
	*v = raw->i;
	return raw->json ? raw->kind == RAW_INT : parse(raw->text, v);
}

static bool parse_int(str s, int64_t *v)
{
	return str_int(s, INT64_MIN, INT64_MAX, v);
}

static err read_int(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (!number(raw, parse_int, to))
		return REFUSE("field-number");
	return range(a, f, *(int64_t *)to);
}

static err read_rupiah(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	int64_t v;

	if (!number(raw, rupiah_parse, &v) || v < 0 || v > RUPIAH_MAX)
		return REFUSE("field-rupiah");
	*(int64_t *)to = v;
	return range(a, f, v);
}

static err read_day(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (raw->kind != RAW_TEXT || !time_parse_day(raw->text, to))
		return REFUSE("field-day");
	return range(a, f, *(int64_t *)to);
}

static err read_moment(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (raw->kind != RAW_TEXT || !time_parse_rfc3339(raw->text, to))
		return REFUSE("field-moment");
	return range(a, f, *(int64_t *)to);
}

static err read_id(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (raw->kind != RAW_TEXT || !id_parse(raw->text, to))
		return REFUSE("field-id");
	return NULL;
}

static err read_card(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	bool fine = raw->kind == RAW_INT ? card_number_ok(raw->i) :
	    raw->kind == RAW_TEXT && card_number_parse(raw->text, to);

	if (!fine)
		return REFUSE("field-card");
	if (raw->kind == RAW_INT)
		*(int64_t *)to = raw->i;
	return NULL;
}

static err read_choice(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	const struct choice *c = NULL;

	if (raw->kind == RAW_TEXT)
		c = choice_by_code(f->choices, raw->text);
	if (!c)
		return REFUSE("field-choice");
	*(int64_t *)to = c->value;
	return NULL;
}

/* "on" is what browsers send for a ticked box without a value. */
static err read_bool(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	static const struct { str word; bool yes; } words[] = {
		{ S_INIT("on"), true }, { S_INIT("1"), true }, { S_INIT("true"), true },
		{ S_INIT("off"), false }, { S_INIT("0"), false }, { S_INIT("false"), false },
	};

	if (raw->kind == RAW_BOOL) {
		*(bool *)to = raw->yes;
		return NULL;
	}
	for (size_t i = 0; !raw->json && i < countof(words); i++)
		if (str_eq(raw->text, words[i].word)) {
			*(bool *)to = words[i].yes;
			return NULL;
		}
	return REFUSE("field-choice");
}

static err read_colour(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	unsigned rgb;

	if (raw->kind != RAW_TEXT || !colour_parse(raw->text, &rgb))
		return REFUSE("field-colour");
	*(int64_t *)to = rgb;
	return NULL;
}

static err read_file(struct arena *a, const struct field *f, const struct raw *raw, void *to)
{
	if (!raw->param)
		return REFUSE("field-text");
	if (f->max && raw->param->value.n > (uint64_t)f->max)
		return REFUSE("field-long", .arg = { limit_text(a, f, f->max) });
	*(struct param *)to = *raw->param;
	return NULL;
}

/* ---- forms --------------------------------------------------------- */

typedef err reader(struct arena *, const struct field *, const struct raw *, void *to);

static reader *const readers[] = {
	[FIELD_TEXT] = read_text,	[FIELD_LONG] = read_long,
	[FIELD_SECRET] = read_secret,	[FIELD_INT] = read_int,
	[FIELD_RUPIAH] = read_rupiah,	[FIELD_DAY] = read_day,
	[FIELD_MOMENT] = read_moment,	[FIELD_CHOICE] = read_choice,
	[FIELD_BOOL] = read_bool,	[FIELD_ID] = read_id,
	[FIELD_PHONE] = read_phone,	[FIELD_EVENT] = read_event,
	[FIELD_EMAIL] = read_email,	[FIELD_CARD] = read_card,
	[FIELD_COLOUR] = read_colour,	[FIELD_FILE] = read_file,
};

/* How large a member of that type is: what a refused one is cleared of. */
static size_t size_of(enum field_type t)
{
	switch (t) {
	case FIELD_TEXT: case FIELD_LONG: case FIELD_SECRET: case FIELD_PHONE: case FIELD_EMAIL:
	case FIELD_EVENT:
		return sizeof(str);
	case FIELD_BOOL:
		return sizeof(bool);
	case FIELD_FILE:
		return sizeof(struct param);
	case FIELD_INT: case FIELD_RUPIAH: case FIELD_DAY: case FIELD_MOMENT: case FIELD_CHOICE:
	case FIELD_ID: case FIELD_CARD: case FIELD_COLOUR:
		break;
	}
	return sizeof(int64_t);
}

static bool absent(const struct field *f, const struct raw *raw)
{
	if (f->type == FIELD_FILE && raw->param)
		return raw->param->value.n == 0;
	return raw->kind == RAW_NONE || (raw->kind == RAW_TEXT && raw->text.n == 0);
}

static err judge(struct arena *a, const struct field *f, struct raw raw, void *to)
{
	if (f->type != FIELD_SECRET)
		raw.text = str_trim(raw.text);
	if (absent(f, &raw))
		return f->needed ? REFUSE("field-needed") : NULL;
	err e = readers[f->type](a, f, &raw, to);
	if (e)
		memset(to, 0, size_of(f->type));
	else if (f->type == FIELD_BOOL && f->needed && !*(bool *)to)
		return REFUSE("field-needed");
	return e;
}

static struct raw raw_of_params(const struct params *params, const struct field *f)
{
	const struct param *p = params_get(params, str_of(f->name));

	if (!p)
		return (struct raw){ .kind = RAW_NONE };
	return (struct raw){ .kind = RAW_TEXT, .text = p->value, .param = p };
}

static struct raw raw_of_json(const struct json_value *object, const struct field *f)
{
	const struct json_value *v = json_get(object, f->name);
	struct raw r = { .kind = RAW_OTHER, .json = true };

	if (!v || json_is_null(v))
		r.kind = RAW_NONE;
	else if (json_get_str(v, &r.text))
		r.kind = RAW_TEXT;
	else if (json_get_int(v, &r.i))
		r.kind = RAW_INT;
	else if (json_get_bool(v, &r.yes))
		r.kind = RAW_BOOL;
	return r;
}

static void start(struct arena *a, const struct form *form, struct form_state *st, void *into)
{
	*st = (struct form_state){ .form = form, .errors = NEWN(a, err, form->n) };
	memset(into, 0, form->size);
}

static err first(const struct form_state *st)
{
	for (size_t i = 0; i < st->form->n; i++)
		if (st->errors[i])
			return st->errors[i];
	return NULL;
}

err form_read(struct arena *a, const struct form *form, const struct params *params,
    struct form_state *st, void *into)
{
	start(a, form, st, into);
	st->typed = params;
	for (size_t i = 0; i < form->n; i++) {
		const struct field *f = &form->fields[i];
		st->errors[i] = judge(a, f, raw_of_params(params, f), (char *)into + f->at);
	}
	return first(st);
}

err form_read_json(struct arena *a, const struct form *form, const struct json_value *object,
    struct form_state *st, void *into)
{
	start(a, form, st, into);
	for (size_t i = 0; i < form->n; i++) {
		const struct field *f = &form->fields[i];
		st->errors[i] = judge(a, f, raw_of_json(object, f), (char *)into + f->at);
	}
	return first(st);
}

const struct choice *choice_by_value(const struct choice *c, int64_t value)
{
	for (; c->code; c++)
		if (c->value == value)
			return c;
	return NULL;
}

const struct choice *choice_by_code(const struct choice *c, str code)
{
	for (; c->code; c++)
		if (str_eq(str_of(c->code), code))
			return c;
	return NULL;
}

/* ---- card numbers (ISO/IEC 7064, MOD 11,10) ------------------------- */

/* The product after the first eight of nine digits. */
static int product(int64_t serial)
{
	int p = 10;

	for (int64_t unit = 10000000; unit; unit /= 10) {
		int s = (p + (int)(serial / unit % 10)) % 10;
		p = (s ? s : 10) * 2 % 11;
	}
	return p;
}

int64_t check_digit(int64_t serial)
{
	return (11 - product(serial)) % 10;
}

bool card_number_ok(int64_t number)
{
	return number >= 0 && number <= 999999999 &&
	    (product(number / 10) + number % 10) % 10 == 1;
}

int64_t card_number_make(int64_t serial)
{
	CHECK(serial >= 0 && serial <= 99999999);
	return serial * 10 + check_digit(serial);
}

bool card_number_parse(str s, int64_t *number)
{
	char digits[9];
	size_t n;
	int64_t v;

	if (!bare_digits(s, " -", digits, sizeof digits, &n) || n != sizeof digits ||
	    !str_int((str){ digits, n }, 0, 999999999, &v) || !card_number_ok(v))
		return false;
	*number = v;
	return true;
}
