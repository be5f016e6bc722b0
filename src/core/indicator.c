#include "core/indicator.h"
#include "core/setting.h"

int64_t mul_div(int64_t a, int64_t b, int64_t c)
{
	CHECK(a >= 0 && b >= 0 && c > 0);
	unsigned __int128 x = (unsigned __int128)(uint64_t)a * (uint64_t)b + (uint64_t)c / 2;
	x /= (uint64_t)c;
	return x > INT64_MAX ? INT64_MAX : (int64_t)x;
}

static void parts_put(struct buf *b, int64_t v, int decimals, enum lang lang)
{
	int64_t one = decimals == 2 ? 100 : decimals == 1 ? 10 : 1;

	if (v < 0)
		buf_char(b, '-');
	v = v < 0 ? -v : v;
	number_put(b, v / one);
	if (decimals)
		buf_printf(b, "%c%0*d", lang == LANG_ID ? ',' : '.', decimals, (int)(v % one));
}

void indicator_put(struct buf *b, const struct indicator_value *x, enum lang lang)
{
	if (!x->known) {
		buf_str(b, S("–"));
		return;
	}
	if (x->of->form == INDICATOR_RUPIAH)
		rupiah_put(b, x->v);
	else
		parts_put(b, x->v, x->of->decimals, lang);
	if (x->of->form == INDICATOR_PERCENT)
		buf_str(b, S(" %"));
}

const struct indicator_value *indicator_find(const struct indicator_values *x, str code)
{
	for (size_t i = 0; i < x->n; i++)
		if (str_eq(str_of(x->v[i].of->code), code))
			return &x->v[i];
	return NULL;
}

static err number(struct db *db, city_id city, const char *name, int64_t *n)
{
	str s;

	*n = 0;
	TRY(setting_text(db, city, name, &s));
	if (!str_int(s, 0, INT64_MAX, n))
		*n = 0;
	return NULL;
}

err city_size(struct db *db, city_id city, struct city_size *x)
{
	*x = (struct city_size){ 0 };
	TRY(number(db, city, "city-residents", &x->residents));
	TRY(number(db, city, "city-umkm", &x->umkm));
	TRY(setting_text(db, city, "city-residents-source", &x->residents_source));
	return setting_text(db, city, "city-umkm-source", &x->umkm_source);
}
