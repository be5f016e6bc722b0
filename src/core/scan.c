#include "core/scan.h"
#include "core/asset.h"
#include "scan_tmpl.h"

static str url(struct out *w, const char *name)
{
	const struct asset *x = asset_find(name);

	CHECK(x);
	return arena_printf(w->b.a, "/asset/%s", x->hashed);
}

void scan_button(struct out *w, const char *field, enum scan_kind kind)
{
	static const struct { const char *name; enum text_id button, other; } kinds[] = {
		[SCAN_CARD] = { "card", TEXT_scan_card, TEXT_scan_not_card },
		[SCAN_QRIS] = { "qris", TEXT_scan_qris, TEXT_scan_not_qris },
	};

	scan_draw(w, &(struct scan_view){ .field = field, .kind = kinds[kind].name,
	    .reader = url(w, "scan.js"), .library = url(w, "jsQR.js"),
	    .button = text(w->lang, kinds[kind].button),
	    .other = text(w->lang, kinds[kind].other) });
}
