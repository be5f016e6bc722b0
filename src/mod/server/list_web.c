/* list_web.c - the page of all cities. */
#include "mod/server/pages.h"
#include "mod/server/web.h"
#include "mod/server/words.h"
#include "server_tmpl.h"

#define A_PAGE	25

struct search_in { str q; int64_t page; bool need; };
static const struct field search_fields[] = {
	FIELD(struct search_in, q, FIELD_TEXT, .max = 60, .label = TEXT_server_q),
	FIELD(struct search_in, page, FIELD_INT, .min = 0, .max = 1000, .label = TEXT_server_q),
	FIELD(struct search_in, need, FIELD_BOOL, .label = TEXT_server_need_only),
};
const struct form server_search_form = FORM(struct search_in, search_fields);

static str number(struct req *r, int64_t v)
{
	struct buf b = BUF(r->a, 40);

	number_put(&b, v);
	return buf_done(&b);
}

/* "3 minutes", "5 days": how old a signature is. */
static str age(struct req *r, int64_t us)
{
	enum text_id unit = us < HOUR ? TEXT_server_minutes :
	    us < 2 * DAY ? TEXT_server_hours : TEXT_server_days;
	str n = number(r, us / (us < HOUR ? MINUTE : us < 2 * DAY ? HOUR : DAY));

	return text_fill(r->a, r->lang, unit, &n, 1);
}

static str log_words(struct req *r, const struct town *t)
{
	str v[] = { number(r, t->log), age(r, r->now - t->signed_at) };

	if (!t->log)
		return (str){ 0 };
	return text_fill(r->a, r->lang, t->witness < 0 ? TEXT_server_log_alone :
	    t->signed_at ? TEXT_server_log_signed : TEXT_server_log_unsigned, v, 2);
}

static str says(struct req *r, const struct town *t)
{
	str name = t->sale.n ? t->sale : text(r->lang, TEXT_server_fact_sale);
	str v[] = { name, text(r->lang, sale_state_label(t->state)), number(r, t->today),
	    number(r, t->merchants) };
	str log = log_words(r, t);

	if (t->state < 0)
		return log;
	return req_path(r, "%.*s%s%.*s",
	    SV(text_fill(r->a, r->lang, TEXT_server_row, v, countof(v))), log.n ? " · " : "",
	    SV(log));
}

static struct town_row row(struct req *r, const struct town *t)
{
	return (struct town_row){ t->city.name,
		req_path(r, "/server/city/%.*s", SV(t->city.slug)), t->host,
		need_label(t->need), need_tag(t->need), says(r, t) };
}

static str page_href(struct req *r, const struct search_in *in, int64_t page)
{
	struct buf b = BUF(r->a, 400);

	buf_printf(&b, "/server?page=%lld%s&q=", (long long)page, in->need ? "&need=1" : "");
	percent_encode(&b, in->q);
	return buf_done(&b);
}

static void rows(struct req *r, const struct search_in *in, struct server_view *v)
{
	struct town_row *rows = NEWN(r->a, struct town_row, A_PAGE);
	int64_t from = in->page * A_PAGE;

	for (size_t i = 0; i < v->all.n; i++) {
		const struct town *t = &v->all.v[i];
		if ((in->need && t->need <= NEED_CLOSED) || !town_fits(t, str_trim(in->q)))
			continue;
		if (v->found >= from && v->n < A_PAGE)
			rows[v->n++] = row(r, t);
		v->found++;
	}
	v->v = rows;
	if (in->page > 0)
		v->pager.prev = page_href(r, in, in->page - 1);
	if (v->found > from + A_PAGE)
		v->pager.next = page_href(r, in, in->page + 1);
}

err server_list(struct req *r)
{
	const struct search_in *in = r->form;
	struct server_view v = { .now = r->now, .searched = in->q.n || in->page,
	    .needing_only = in->need };

	TRY(towns_load(r->db, r->now, &v.all));
	TRY(server_backup(r->db, &v.backup));
	rows(r, in, &v);
	v.search = FORM_PAGE(r, &server_search_form, in, S("/server"));
	v.search.get = true;
	r->title = text(r->lang, TEXT_server_title);
	server_bar(r, BAR_CITIES);
	page_server(&r->out, &v);
	return NULL;
}
