/* export_web.c - tables to take away, from the organiser's pages. */
#include "core/temp.h"
#include "export_tmpl.h"
#include "mod/festival/export.h"
#include "mod/festival/export_pages.h"
#include "mod/festival/organiser.h"

err org_exports(struct req *r)
{
	static const struct export_row rows[EXPORTS] = {
		{ "merchants", TEXT_export_merchants, TEXT_export_merchants_say },
		{ "purchases", TEXT_export_purchases, TEXT_export_purchases_say },
		{ "cards", TEXT_export_cards, TEXT_export_cards_say },
		{ "venues", TEXT_export_venues, TEXT_export_venues_say },
		{ "totals", TEXT_export_totals, TEXT_export_totals_say },
	};
	struct festival f;

	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	r->title = text(r->lang, TEXT_export_title);
	page_org_exports(&r->out, &(struct export_view){ f.name,
	    req_path(r, "/admin/festival/%.*s", SV(f.slug)), rows, EXPORTS });
	return NULL;
}

/* Written to a nameless file that the reply sends: no copy in memory. */
err org_export(struct req *r)
{
	CLEANUP(temp_close) struct temp t = { 0 };
	enum export_what what;
	enum sheet_kind kind;
	struct festival f;

	if (!export_parse(r->param[1], &what, &kind))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(festival_find(r->db, r->city.id, r->param[0], &f));
	TRY(temp_name(&t, r->a));
	TRY(export_write(r->db, &r->city, &f, r->lang, r->now, what, kind, t.path));
	TRY(temp_open(&t, r->a, &r->file, &r->file_n));
	r->bytes_type = kind == SHEET_CSV ? "text/csv; charset=utf-8; header=present" :
	    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	r->bytes_name = req_path(r, "%.*s-%.*s", SV(f.slug), SV(r->param[1]));
	return NULL;
}
