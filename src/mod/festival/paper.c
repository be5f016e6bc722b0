/* paper.c - what all that is printed shares: the address in its QR. */
#include "mod/festival/paper.h"
#include "core/setting.h"

static bool plain(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '?' || s.p[i] == '#')
			return false;
	return s.n > 0 && s.n < 200;
}

/* scheme://host/path, in plain characters. */
static bool url_ok(str s)
{
	if (str_starts(s, S("https://")))
		s = str_sub(s, 8, s.n);
	else if (str_starts(s, S("http://")))
		s = str_sub(s, 7, s.n);
	else
		return false;
	return plain(s) && s.p[0] != '/';
}

err paper_base(struct db *db, city_id city, str given, str *url)
{
	str set = { 0 };

	if (!given.n)
		TRY(setting_text(db, city, "base-url", &set));
	*url = str_trim(given.n ? given : set);
	while (str_ends(*url, S("/")))
		url->n--;
	if (!url->n)
		return ERR(db_arena(db), ERR_INVALID, "base-url-missing");
	if (!url_ok(*url))
		return ERR(db_arena(db), ERR_INVALID, "base-url-form", .arg = { *url });
	return NULL;
}

str paper_sale_url(struct arena *a, str base, const struct city *city, const struct festival *f)
{
	return arena_printf(a, "%.*s/%.*s/%.*s", SV(base), SV(city->slug), SV(f->slug));
}
