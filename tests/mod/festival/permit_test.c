/* permit_test.c - permit numbers: explained, warned about, never refused; a NIK always. */
#include "mod/festival/merchant_permit.h"
#include "tap.h"
#include <string.h>

static struct arena *a;

static struct remarks look(looker *f, const char *s, int64_t year)
{
	struct remarks r = { .a = a };

	f(str_of(s), year, &r);
	return r;
}

static size_t warnings(const struct remarks *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->v[i].warn;
	return n;
}

static bool says(const struct remarks *r, enum text_id t, const char *arg)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].say == t && (!arg || str_eq(r->v[i].arg[0], str_of(arg)) ||
		    str_eq(r->v[i].arg[1], str_of(arg))))
			return true;
	return false;
}

static void test_pirt(void)
{
	/* The worked example: 3 carton, 06 food, 3306 Purworejo, 01, 0072, until 2019. */
	struct remarks r = look(pirt_look, "P-IRT No. 3063306010072-19", 2018);

	ok(warnings(&r) == 0, "the worked P-IRT number has nothing to warn about in 2018");
	ok(says(&r, TEXT_pack_carton, "3"), "digit 1: carton");
	ok(says(&r, TEXT_permit_pirt_kind, "06"), "digits 2-3: kind of food");
	ok(says(&r, TEXT_permit_pirt_place, "3306") &&
	    says(&r, TEXT_permit_pirt_place, "Kabupaten Purworejo"), "digits 4-7: where");
	ok(says(&r, TEXT_permit_pirt_product, "01"), "digits 8-9: product");
	ok(says(&r, TEXT_permit_pirt_maker, "0072"), "digits 10-13: maker");
	ok(says(&r, TEXT_permit_pirt_until, "2019"), "digits 14-15: until 2019");
	r = look(pirt_look, "3063306010072-19", 2021);
	ok(warnings(&r) == 1 && says(&r, TEXT_permit_pirt_over, "2019"), "over in 2021");
	r = look(pirt_look, "306330601007229", 2021);
	ok(warnings(&r) == 1 && says(&r, TEXT_permit_pirt_far, "2029"), "eight years ahead");
	r = look(pirt_look, "9063306010072-24", 2021);
	ok(warnings(&r) == 1 && says(&r, TEXT_permit_pirt_no_pack, "9"), "no package 9");
	r = look(pirt_look, "306990601007224", 2021);
	ok(says(&r, TEXT_permit_pirt_no_place, "9906"), "no regency 9906");
	r = look(pirt_look, "30633060100721", 2021);
	ok(warnings(&r) == 1 && says(&r, TEXT_permit_count, "14"), "14 digits: one is missing");
	r = look(pirt_look, "P-IRT 30633O6010072-19", 2018);
	ok(warnings(&r) == 1 && says(&r, TEXT_permit_letters, "15"), "a letter O for a zero");
}

static void test_others(void)
{
	struct remarks r = look(bpom_look, "MD 235602169254", 2021);

	ok(warnings(&r) == 0 && says(&r, TEXT_permit_bpom_md, NULL) &&
	    says(&r, TEXT_permit_bpom_digits, "356"), "BPOM: MD 235602169254");
	r = look(bpom_look, "BPOM RI MD 235602169254", 2021);
	ok(warnings(&r) > 0, "other words before it are remarked");
	r = look(bpom_look, "ML 23560216925", 2021);
	ok(warnings(&r) == 1 && says(&r, TEXT_permit_bpom_ml, NULL), "eleven digits");
	r = look(bpom_look, "235602169254", 2021);
	ok(warnings(&r) == 1 && says(&r, TEXT_permit_bpom_letters, NULL), "without letters");
	r = look(halal_look, "ID00110000123450120", 2021);
	ok(warnings(&r) == 0 && says(&r, TEXT_permit_halal_fine, NULL), "halal: ID and 17");
	r = look(halal_look, "ID8111000", 2021);
	ok(warnings(&r) == 1, "too short a halal number is kept, with a warning");
	r = look(halal_look, "", 2021);
	ok(r.n > 0, "an empty one breaks nothing");
	r = look(nib_look, "9120001234567", 2021);
	ok(warnings(&r) == 0 && r.n == 1, "NIB: 13 digits");
	r = look(nib_look, "912000123456", 2021);
	ok(warnings(&r) == 1 && says(&r, TEXT_permit_count, "12"), "NIB of 12 digits");
	r = look(npwp_look, "01.234.567.8-901.000", 2021);
	ok(warnings(&r) == 0 && says(&r, TEXT_permit_npwp_old, NULL), "NPWP: 15 digits");
	r = look(npwp_look, "0012345678901000", 2021);
	ok(warnings(&r) == 0 && says(&r, TEXT_permit_npwp_firm, NULL), "NPWP of a firm: 16");
	r = look(npwp_look, "12345", 2021);
	ok(warnings(&r) == 1, "NPWP of five digits");
}

static void test_nik(void)
{
	static const char *const niks[] = { "3372010101900001", "33 72 01 41 01 90 0001",
	    "3372.0145.0290.0001", "Warung Bu Sri 3506-0171-1299-0003", "9471011508850002" };
	static const char *const others[] = { "", "337201010190001", "33720101019000011",
	    "33720101x01900001", "3372013201900001", "3372010113900001", "0012345678901000",
	    "1072010101900001", "3372000101900001", "01.234.567.8-901.000", "3063306010072-19",
	    "10.00-17.00 10.00-15.00", "3372010101 / 900001" };

	for (size_t i = 0; i < countof(niks); i++)
		ok(nik_in(str_of(niks[i])), "a NIK is found: case %zu", i + 1);
	for (size_t i = 0; i < countof(others); i++)
		ok(!nik_in(str_of(others[i])), "not a NIK: \"%s\"", others[i]);
	err e = nik_refuse(a, "name", S("Bu Sri 3372014101900001"));
	ok(e && e->kind == ERR_INVALID && str_eq(str_of(e->rule), S("nik-refused")),
	    "it is refused");
	bool told = false;
	for (size_t i = 0; e && i < countof(e->arg); i++)
		told |= str_find(e->arg[i], S("3372014101900001")) != SIZE_MAX;
	ok(e && !told && str_find(e->log, S("3372014101900001")) == SIZE_MAX,
	    "and the refusal does not repeat it");
	ok(npwp_refuse(a, "npwp", S("9912345678901234")) != NULL,
	    "a 16-digit NPWP without a 0 in front is somebody's NIK, even an odd one");
	ok(!npwp_refuse(a, "npwp", S("0912345678901234")) &&
	    !npwp_refuse(a, "npwp", S("01.234.567.8-901.000")), "that of a firm is not");
}

int main(void)
{
	a = arena_new();
	test_pirt();
	test_others();
	test_nik();
	arena_free(&a);
	return done();
}
