/* report_web.c - the fact sheet as a page, and as files. */
#include "mod/festival/bar.h"
#include "mod/festival/organiser.h"
#include "mod/festival/organiser_pages.h"
#include "organiser_tmpl.h"

static err file(struct req *r, const struct report *rep, str format)
{
	struct buf b = BUF(r->a, 1u << 20);

	if (str_eq(format, S("json"))) {
		r->bytes_type = "application/json";
		r->bytes = festival_report_json(r->a, rep);
		return NULL;
	}
	if (!str_eq(format, S("text")))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	festival_report_text(&b, rep);
	r->bytes_type = "text/plain; charset=utf-8";
	r->bytes = buf_done(&b);
	return NULL;
}

err web_report(struct req *r)
{
	struct report *rep = NEW(r->a, struct report);
	struct festival f;
	str format = req_query(r, "format");

	TRY(festival_of(r, 1, &f));
	if (f.state < FESTIVAL_CLOSED && !req_is(r, MAY_STAFF))
		return ERR(r->a, ERR_MISSING, "report-later", .arg = { f.name });
	TRY(festival_report_make(r->db, &r->city, &f, r->lang, r->now, rep));
	if (format.n)
		return file(r, rep, format);
	str base = festival_base(r, &f);
	r->title = text(r->lang, TEXT_rep_title);
	if (!req_is(r, MAY_STAFF))
		festival_bar(r, &f, BAR_NONE);
	page_sale_report(&r->out, &(struct report_view){ rep, base,
	    req_path(r, "%.*s/report?format=text", SV(base)),
	    req_path(r, "%.*s/report?format=json", SV(base)), req_is(r, MAY_STAFF) });
	return NULL;
}
