#include "mod/festival/bar.h"

struct sale_at festival_at(struct req *r, const struct festival *f)
{
	return (struct sale_at){ festival_base(r, f), r->city.slug, f->slug };
}

str festival_absolute(struct req *r, str path)
{
	return req_path(r, "%s://%.*s%.*s", r->http->tls ? "https" : "http",
	    SV(r->http->host), SV(path));
}

void festival_bar(struct req *r, const struct festival *f, enum bar_item current)
{
	static const struct { const char *path, *icon; enum text_id label; } items[] = {
		[BAR_FRONT] = { "", "home", TEXT_bar_front },
		[BAR_PROMO] = { "/promo", "tag", TEXT_bar_promo },
		[BAR_SHOPS] = { "/merchants", "shop", TEXT_bar_shops },
		[BAR_CARD] = { "/card", "coupon", TEXT_bar_card },
		[BAR_DRAW] = { "/draw", "draw", TEXT_bar_draw },
	};
	struct layout_nav *v = NEWN(r->a, struct layout_nav, countof(items));
	str base = festival_base(r, f);

	for (size_t i = 0; i < countof(items); i++)
		v[i] = (struct layout_nav){ req_path(r, "%.*s%s", SV(base), items[i].path),
		    items[i].icon, items[i].label, i == (size_t)current };
	r->bar = v;
	r->n_bar = countof(items);
}

void festival_public_bar(struct req *r, const struct festival *f, bool draw)
{
	festival_bar(r, f, draw ? BAR_DRAW : BAR_NONE);
}

void festival_promo_bar(struct req *r, const struct festival *f)
{
	festival_bar(r, f, BAR_PROMO);
}
