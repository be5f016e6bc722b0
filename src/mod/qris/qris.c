/* qris.c - reading the fields of a QRIS, and writing one with an amount. */
#include "mod/qris/qris.h"
#include <string.h>

enum { TAG_VERSION = 0, TAG_INITIATION = 1, TAG_ACCOUNT = 26, TAG_ACCOUNT_LAST = 51, TAG_MCC = 52,
       TAG_CURRENCY = 53, TAG_AMOUNT = 54, TAG_TIP = 55, TAG_TIP_FIXED = 56, TAG_TIP_PART = 57,
       TAG_COUNTRY = 58, TAG_NAME = 59, TAG_CITY = 60, TAG_POSTCODE = 61, TAG_ADDITIONAL = 62,
       TAG_CRC = 63 };

unsigned qris_crc(str s)
{
	unsigned crc = 0xFFFF;

	for (size_t i = 0; i < s.n; i++) {
		crc ^= (unsigned)(unsigned char)s.p[i] << 8;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
	}
	return crc;
}

/* ---- fields --------------------------------------------------------------- */

static bool digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

static int two(const char *p)
{
	return (p[0] - '0') * 10 + p[1] - '0';
}

static str number(struct arena *a, size_t n)
{
	return arena_printf(a, "%zu", n);
}

static str tag_text(struct arena *a, int tag)
{
	return arena_printf(a, "%02d", tag);
}

/* The field at *at of s, and *at behind it. */
static err field_at(struct arena *a, str s, size_t *at, struct qris_field *f)
{
	str head = str_sub(s, *at, 4);
	size_t n;

	if (head.n < 4 || !digits(head))
		return ERR(a, ERR_INVALID, "qris-tag", .arg = { number(a, *at + 1) });
	f->tag = two(head.p);
	n = (size_t)two(head.p + 2);
	if (n > s.n - *at - 4)
		return ERR(a, ERR_INVALID, "qris-length", .arg = { tag_text(a, f->tag),
		    number(a, n), number(a, s.n - *at - 4) });
	f->value = str_sub(s, *at + 4, n);
	*at += 4 + n;
	return NULL;
}

/* One level of fields; a tag comes once, which also bounds their number. */
static err fields_read(struct arena *a, str s, struct qris_field *v, size_t *n)
{
	bool seen[QRIS_FIELDS] = { false };

	*n = 0;
	for (size_t at = 0; at < s.n;) {
		struct qris_field f;
		TRY(field_at(a, s, &at, &f));
		if (seen[f.tag])
			return ERR(a, ERR_INVALID, "qris-double", .arg = { tag_text(a, f.tag) });
		seen[f.tag] = true;
		v[(*n)++] = f;
	}
	return NULL;
}

static str field_of(const struct qris_field *v, size_t n, int tag)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].tag == tag)
			return v[i].value;
	return (str){ 0 };
}

static bool has(const struct qris *q, int tag)
{
	for (size_t i = 0; i < q->n; i++)
		if (q->field[i].tag == tag)
			return true;
	return false;
}

static str get(const struct qris *q, int tag)
{
	return field_of(q->field, q->n, tag);
}

/* ---- the whole ------------------------------------------------------------- */

static err characters(struct arena *a, str s)
{
	if (s.n < 4 || memcmp(s.p, "0002", 4) != 0)
		return ERR(a, ERR_INVALID, "qris-other");
	if (s.n > QRIS_MAX)
		return ERR(a, ERR_INVALID, "qris-long", .arg = { number(a, QRIS_MAX) });
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return ERR(a, ERR_INVALID, "qris-character", .arg = { number(a, i + 1) });
	return NULL;
}

/* Capitals only, as EMVCo MPM 4.7.3.2 writes it: one spelling, and no
 * letter of a payload can change unseen. */
static bool crc_form(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] < '0' || s.p[i] > '9') && (s.p[i] < 'A' || s.p[i] > 'F'))
			return false;
	return s.n == 4;
}

static err crc_judge(struct arena *a, str s, const struct qris *q)
{
	str said = get(q, TAG_CRC), is;

	if (!has(q, TAG_CRC))
		return ERR(a, ERR_INVALID, "qris-crc-missing");
	if (q->field[q->n - 1].tag != TAG_CRC)
		return ERR(a, ERR_INVALID, "qris-crc-place");
	if (!crc_form(said))
		return ERR(a, ERR_INVALID, "qris-crc-form");
	is = arena_printf(a, "%04X", qris_crc(str_sub(s, 0, s.n - 4)));
	if (!str_eq(said, is))
		return ERR(a, ERR_INVALID, "qris-crc", .arg = { said, is });
	return NULL;
}

/* ---- the merchant's account -------------------------------------------------- */

static bool nmid_ok(str s)
{
	return s.n == 15 && str_starts(s, S("ID")) && digits(str_sub(s, 2, 13));
}

static bool capitals(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return false;
	return true;
}

/* Size of the business as its bank told Bank Indonesia: micro, small, medium,
 * large; every other code is a regular merchant. */
static bool criteria_read(str s, str *out)
{
	static const char known[][4] = { "UMI", "UKE", "UME", "UBE" };

	if (s.n != 3 || !capitals(s))
		return false;
	*out = S("URE");
	for (size_t i = 0; i < countof(known); i++)
		if (str_eq(s, str_of(known[i])))
			*out = s;
	return true;
}

static err account_read(struct arena *a, const struct qris_field *f, struct qris *q)
{
	struct qris_field v[QRIS_FIELDS];
	str guid, id, size;
	size_t n;

	if (fields_read(a, f->value, v, &n) || !(guid = field_of(v, n, 0)).n)
		return ERR(a, ERR_INVALID, "qris-account-form", .arg = { tag_text(a, f->tag) });
	id = field_of(v, n, 2);
	size = field_of(v, n, 3);
	if (str_eq_nocase(guid, S("ID.CO.QRIS.WWW"))) {
		if (!nmid_ok(id))
			return ERR(a, ERR_INVALID, "qris-nmid", .arg = { id });
		q->nmid = id;
	}
	if (size.n && !criteria_read(size, &q->criteria))
		return ERR(a, ERR_INVALID, "qris-criteria", .arg = { size });
	return NULL;
}

static err accounts(struct arena *a, struct qris *q)
{
	bool any = false;

	for (size_t i = 0; i < q->n; i++) {
		int tag = q->field[i].tag;
		if (tag < TAG_ACCOUNT || tag > TAG_ACCOUNT_LAST)
			continue;
		any = true;
		TRY(account_read(a, &q->field[i], q));
	}
	return any ? NULL : ERR(a, ERR_INVALID, "qris-account");
}

/* ---- one by one ---------------------------------------------------------------- */

static err version_ok(struct arena *a, struct qris *q)
{
	return str_eq(q->field[0].value, S("01")) ? NULL
	    : ERR(a, ERR_INVALID, "qris-version", .arg = { q->field[0].value });
}

static err initiation_ok(struct arena *a, struct qris *q)
{
	str s = get(q, TAG_INITIATION);

	q->once = str_eq(s, S("12"));
	if (has(q, TAG_INITIATION) && !q->once && !str_eq(s, S("11")))
		return ERR(a, ERR_INVALID, "qris-initiation", .arg = { s });
	return NULL;
}

static err mcc_ok(struct arena *a, struct qris *q)
{
	q->mcc = get(q, TAG_MCC);
	return q->mcc.n == 4 && digits(q->mcc) ? NULL : ERR(a, ERR_INVALID, "qris-mcc");
}

static err currency_ok(struct arena *a, struct qris *q)
{
	str s = get(q, TAG_CURRENCY);

	return str_eq(s, S("360")) ? NULL
	    : ERR(a, ERR_INVALID, "qris-currency", .arg = { s });
}

static err amount_ok(struct arena *a, struct qris *q)
{
	str s = get(q, TAG_AMOUNT);

	if (has(q, TAG_AMOUNT) && !str_int(s, 1, QRIS_AMOUNT_MAX, &q->amount))
		return ERR(a, ERR_INVALID, "qris-amount", .arg = { s });
	return NULL;
}

/* What 55 asks for: 02 a fixed sum in 56, 03 percent in 57 (EMVCo MPM 4.7.8). */
static bool tip_sum_ok(const struct qris *q, bool wanted)
{
	int64_t v;

	return wanted ? str_int(get(q, TAG_TIP_FIXED), 1, QRIS_AMOUNT_MAX, &v)
	    : !has(q, TAG_TIP_FIXED);
}

static bool tip_part_ok(const struct qris *q, bool wanted)
{
	str s = get(q, TAG_TIP_PART);

	return wanted ? s.n <= 5 && digits(str_sub(s, 0, 1)) : !has(q, TAG_TIP_PART);
}

static err tip_ok(struct arena *a, struct qris *q)
{
	str kind = get(q, TAG_TIP);
	bool fixed = str_eq(kind, S("02")), percent = str_eq(kind, S("03"));
	bool known = fixed || percent || str_eq(kind, S("01")) || !has(q, TAG_TIP);

	return known && tip_sum_ok(q, fixed) && tip_part_ok(q, percent) ? NULL
	    : ERR(a, ERR_INVALID, "qris-tip");
}

static err country_ok(struct arena *a, struct qris *q)
{
	str s = get(q, TAG_COUNTRY);

	return str_eq(s, S("ID")) ? NULL : ERR(a, ERR_INVALID, "qris-country", .arg = { s });
}

static err place_ok(struct arena *a, struct qris *q)
{
	q->name = get(q, TAG_NAME);
	q->city = get(q, TAG_CITY);
	q->postcode = get(q, TAG_POSTCODE);
	if (!str_trim(q->name).n || q->name.n > 25)
		return ERR(a, ERR_INVALID, "qris-name");
	if (!str_trim(q->city).n || q->city.n > 15)
		return ERR(a, ERR_INVALID, "qris-city");
	if (has(q, TAG_POSTCODE) && (q->postcode.n != 5 || !digits(q->postcode)))
		return ERR(a, ERR_INVALID, "qris-postcode", .arg = { q->postcode });
	return NULL;
}

static err additional_ok(struct arena *a, struct qris *q)
{
	struct qris_field v[QRIS_FIELDS];
	size_t n;

	return fields_read(a, get(q, TAG_ADDITIONAL), v, &n) ?
	    ERR(a, ERR_INVALID, "qris-additional") : NULL;
}

err qris_read(struct arena *a, str payload, struct qris *q)
{
	static err (*const rule[])(struct arena *, struct qris *) = {
		version_ok, initiation_ok, accounts, mcc_ok, currency_ok, amount_ok, tip_ok,
		country_ok, place_ok, additional_ok,
	};
	str s = str_trim(payload);

	*q = (struct qris){ 0 };
	TRY(characters(a, s));
	TRY(fields_read(a, s, q->field, &q->n));
	TRY(crc_judge(a, s, q));
	for (size_t i = 0; i < countof(rule); i++)
		TRY(rule[i](a, q));
	return NULL;
}

/* ---- for one payment --------------------------------------------------------------- */

static void put(struct buf *b, int tag, str value)
{
	buf_printf(b, "%02d%02zu", tag, value.n);
	buf_str(b, value);
}

/* Field i as it goes into the one to pay, and behind it what is new. */
static void put_paid(struct buf *b, const struct qris *q, size_t i, str price)
{
	int tag = q->field[i].tag;
	str value = q->field[i].value;

	if (tag == TAG_INITIATION)
		value = S("12");
	else if (tag == TAG_AMOUNT)
		value = price;
	put(b, tag, value);
	if (tag == TAG_VERSION && !has(q, TAG_INITIATION))
		put(b, TAG_INITIATION, S("12"));
	if (tag == TAG_CURRENCY && !has(q, TAG_AMOUNT))
		put(b, TAG_AMOUNT, price);
}

err qris_for(struct arena *a, const struct qris *q, int64_t amount, str *payload)
{
	struct buf b = BUF(a, QRIS_MAX - 4);
	str price = arena_printf(a, "%lld", (long long)amount);

	if (amount < 1 || amount > QRIS_AMOUNT_MAX)
		return ERR(a, ERR_INVALID, "qris-amount-range", .field = "amount");
	for (size_t i = 0; i + 1 < q->n; i++)
		put_paid(&b, q, i, price);
	buf_str(&b, S("6304"));
	if (b.full)
		return ERR(a, ERR_INVALID, "qris-long", .arg = { number(a, QRIS_MAX) });
	*payload = arena_printf(a, "%.*s%04X", SV(buf_done(&b)), qris_crc(buf_done(&b)));
	return NULL;
}
