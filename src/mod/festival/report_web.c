/* report_web.c - the fact sheet as a page, and as files. */
#include "core/temp.h"
#include "mod/festival/bar.h"
#include "mod/festival/organiser.h"
#include "mod/festival/organiser_pages.h"
#include "mod/festival/paper.h"
#include "organiser_tmpl.h"

#define FILE_MAX	(16u << 20)

/* Public once the sale has closed; staff may look before. */
static err load(struct req *r, struct festival *f, struct report *rep)
{
	TRY(festival_of(r, 1, f));
	if (f->state < FESTIVAL_CLOSED && !req_is(r, MAY_STAFF))
		return ERR(r->a, ERR_MISSING, "report-later", .arg = { f->name });
	return festival_report_make(r->db, &r->city, f, r->lang, r->now, rep);
}

static str name_of(struct req *r, const struct festival *f, const char *end)
{
	return req_path(r, "lembar-fakta-%.*s%s", SV(f->slug), end);
}

err web_report_pdf(struct req *r)
{
	struct buf b = BUF(r->a, FILE_MAX);
	struct festival f;
	struct report rep;

	TRY(load(r, &f, &rep));
	TRY(festival_report_pdf(r->a, &rep, pdf_sink_buf(&b)));
	return paper_send(r, "application/pdf", &b, name_of(r, &f, ".pdf"));
}

err web_report_xlsx(struct req *r)
{
	CLEANUP(temp_close) struct temp t = { 0 };
	struct festival f;
	struct report rep;

	TRY(load(r, &f, &rep));
	TRY(temp_name(&t, r->a));
	TRY(festival_report_xlsx(r->a, &rep, t.path));
	r->bytes_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	r->bytes_name = name_of(r, &f, ".xlsx");
	return temp_read(&t, r->a, FILE_MAX, &r->bytes);
}

static err press(struct req *r, bool square)
{
	struct buf b = BUF(r->a, FILE_MAX);
	struct festival f;
	struct report rep;

	TRY(load(r, &f, &rep));
	TRY(festival_report_press(r->a, &rep, square, pdf_sink_buf(&b)));
	TRY(paper_send(r, "image/png", &b, (str){ 0 }));
	return NULL;
}

err web_report_press(struct req *r)
{
	return press(r, false);
}

err web_report_square(struct req *r)
{
	return press(r, true);
}

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
	struct report_view v = { .r = rep, .staff = req_is(r, MAY_STAFF) };
	struct festival f;
	str format = req_query(r, "format");

	TRY(load(r, &f, rep));
	if (format.n)
		return file(r, rep, format);
	v.base = festival_base(r, &f);
	festival_report_facts(rep, &v.facts);
	r->title = text(r->lang, TEXT_rep_title);
	if (!v.staff)
		festival_bar(r, &f, BAR_NONE);
	page_sale_report(&r->out, &v);
	return NULL;
}
