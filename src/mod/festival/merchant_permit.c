#include "mod/festival/merchant_permit.h"
#include "core/region.h"
#include <string.h>

enum { NIB_DIGITS = 13, PIRT_DIGITS = 15, BPOM_DIGITS = 12, HALAL_DIGITS = 17,
    NPWP_OLD = 15, NIK_DIGITS = 16 };

static void remark(struct remarks *r, bool warn, enum text_id say, str a, str b)
{
	if (r->n < countof(r->v))
		r->v[r->n++] = (struct remark){ say, { a, b }, warn };
}

static str number(struct remarks *r, int64_t v)
{
	return arena_printf(r->a, "%lld", (long long)v);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits of a number as offices part them; false when anything else is there. */
static bool digits_of(struct remarks *r, str s, str *out)
{
	char *p = arena_bytes(r->a, s.n);
	size_t n = 0;
	bool fine = true;

	for (size_t i = 0; i < s.n; i++)
		if (is_digit(s.p[i]))
			p[n++] = s.p[i];
		else if (!strchr(" .-/", s.p[i]))
			fine = false;
	*out = (str){ p, n };
	return fine;
}

/* Says how many digits there should be; true when there are. */
static bool counted(struct remarks *r, bool clean, str d, int64_t want)
{
	if (!clean)
		remark(r, true, TEXT_permit_letters, number(r, want), (str){ 0 });
	else if ((int64_t)d.n != want)
		remark(r, true, TEXT_permit_count, number(r, want), number(r, (int64_t)d.n));
	return clean && (int64_t)d.n == want;
}

static int64_t value(str digits)
{
	int64_t v = 0;

	for (size_t i = 0; i < digits.n; i++)
		v = v * 10 + (digits.p[i] - '0');
	return v;
}

void nib_look(str s, int64_t year, struct remarks *r)
{
	str d;
	bool clean = digits_of(r, s, &d);

	(void)year;
	if (counted(r, clean, d, NIB_DIGITS))
		remark(r, false, TEXT_permit_nib_fine, (str){ 0 }, (str){ 0 });
}

/* ---- P-IRT ------------------------------------------------------------- */

static const enum text_id packaging[] = {
	[1] = TEXT_pack_glass, [2] = TEXT_pack_plastic, [3] = TEXT_pack_carton,
	[4] = TEXT_pack_can, [5] = TEXT_pack_foil, [6] = TEXT_pack_other,
	[7] = TEXT_pack_composite, [8] = TEXT_pack_double,
};

static str without_prefix(str s)
{
	static const str words[] = { S_INIT("p-irt"), S_INIT("pirt"), S_INIT("no."),
	    S_INIT("no"), S_INIT(":") };

	for (size_t i = 0; i < countof(words); i++) {
		s = str_trim(s);
		if (s.n >= words[i].n && str_eq_nocase(str_sub(s, 0, words[i].n), words[i]))
			s = str_sub(s, words[i].n, s.n);
	}
	return str_trim(s);
}

static void pirt_place(str d, struct remarks *r)
{
	struct region where;

	if (region_by_code(str_sub(d, 3, 4), &where))
		remark(r, false, TEXT_permit_pirt_place, str_sub(d, 3, 4), where.name);
	else
		remark(r, true, TEXT_permit_pirt_no_place, str_sub(d, 3, 4), (str){ 0 });
}

/* Valid for five years, so one that ends later than that is mistyped. */
static void pirt_year(str d, int64_t year, struct remarks *r)
{
	int64_t ends = 2000 + value(str_sub(d, 13, 2));

	if (ends < year)
		remark(r, true, TEXT_permit_pirt_over, number(r, ends), (str){ 0 });
	else if (ends > year + 5)
		remark(r, true, TEXT_permit_pirt_far, number(r, ends), (str){ 0 });
	else
		remark(r, false, TEXT_permit_pirt_until, number(r, ends), (str){ 0 });
}

void pirt_look(str s, int64_t year, struct remarks *r)
{
	str d;
	bool clean = digits_of(r, without_prefix(s), &d);

	if (!counted(r, clean, d, PIRT_DIGITS))
		return;
	int64_t pack = value(str_sub(d, 0, 1));
	if (pack >= 1 && pack < (int64_t)countof(packaging))
		remark(r, false, packaging[pack], number(r, pack), (str){ 0 });
	else
		remark(r, true, TEXT_permit_pirt_no_pack, number(r, pack), (str){ 0 });
	remark(r, false, TEXT_permit_pirt_kind, str_sub(d, 1, 2), (str){ 0 });
	pirt_place(d, r);
	remark(r, false, TEXT_permit_pirt_product, str_sub(d, 7, 2), (str){ 0 });
	remark(r, false, TEXT_permit_pirt_maker, str_sub(d, 9, 4), (str){ 0 });
	pirt_year(d, year, r);
}

/* ---- BPOM, halal, NPWP ----------------------------------------------------- */

static str letters(str *s)
{
	size_t n = 0;

	while (n < s->n && !is_digit(s->p[n]) && s->p[n] != ' ' && s->p[n] != '.')
		n++;
	str word = str_sub(*s, 0, n);
	*s = str_sub(*s, n, s->n);
	return word;
}

void bpom_look(str s, int64_t year, struct remarks *r)
{
	str d, word;

	(void)year;
	s = str_trim(s);
	if (s.n > 4 && str_eq_nocase(str_sub(s, 0, 4), S("BPOM")))
		s = str_trim(str_sub(s, 4, s.n));
	word = letters(&s);
	if (str_eq_nocase(word, S("MD")))
		remark(r, false, TEXT_permit_bpom_md, (str){ 0 }, (str){ 0 });
	else if (str_eq_nocase(word, S("ML")))
		remark(r, false, TEXT_permit_bpom_ml, (str){ 0 }, (str){ 0 });
	else
		remark(r, true, TEXT_permit_bpom_letters, (str){ 0 }, (str){ 0 });
	bool clean = digits_of(r, s, &d);
	if (counted(r, clean, d, BPOM_DIGITS))
		remark(r, false, TEXT_permit_bpom_digits, str_sub(d, 0, 1), str_sub(d, 1, 3));
}

void halal_look(str s, int64_t year, struct remarks *r)
{
	str d, word = letters(&s);

	(void)year;
	if (!str_eq_nocase(word, S("ID")))
		remark(r, true, TEXT_permit_halal_id, (str){ 0 }, (str){ 0 });
	bool clean = digits_of(r, s, &d);
	if (counted(r, clean, d, HALAL_DIGITS) && !r->v[0].warn)
		remark(r, false, TEXT_permit_halal_fine, (str){ 0 }, (str){ 0 });
}

void npwp_look(str s, int64_t year, struct remarks *r)
{
	str d;
	bool clean = digits_of(r, s, &d);

	(void)year;
	if (clean && d.n == NIK_DIGITS && d.p[0] == '0')
		remark(r, false, TEXT_permit_npwp_firm, (str){ 0 }, (str){ 0 });
	else if (counted(r, clean, d, NPWP_OLD))
		remark(r, false, TEXT_permit_npwp_old, (str){ 0 }, (str){ 0 });
}

/* ---- the number of a person ------------------------------------------------- */

static bool nik_like(const char *d)
{
	str s = { d, NIK_DIGITS };
	int64_t province = value(str_sub(s, 0, 2)), day = value(str_sub(s, 6, 2)) % 40;
	int64_t month = value(str_sub(s, 8, 2));

	return province >= 11 && province <= 97 && value(str_sub(s, 2, 2)) &&
	    value(str_sub(s, 4, 2)) && day >= 1 && day <= 31 &&
	    value(str_sub(s, 6, 2)) <= 71 && month >= 1 && month <= 12;
}

bool nik_in(str s)
{
	char run[NIK_DIGITS];
	size_t n = 0;

	for (size_t i = 0; i <= s.n; i++) {
		char c = i < s.n ? s.p[i] : '|';
		if (is_digit(c)) {
			if (n < sizeof run)
				run[n] = c;
			n++;
		} else if (c == 0 || !strchr(" .-", c)) {
			if (n == sizeof run && nik_like(run))
				return true;
			n = 0;
		}
	}
	return false;
}

err nik_refuse(struct arena *a, const char *field, str s)
{
	return nik_in(s) ? ERR(a, ERR_INVALID, "nik-refused", .field = field) : NULL;
}

err npwp_refuse(struct arena *a, const char *field, str s)
{
	struct remarks r = { .a = a };
	str d;

	digits_of(&r, s, &d);
	if (d.n == NIK_DIGITS && d.p[0] != '0')
		return ERR(a, ERR_INVALID, "nik-refused", .field = field);
	return nik_refuse(a, field, s);
}
