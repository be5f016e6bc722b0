#include "mod/server/words.h"
#include "mod/festival/festival.h"

static const struct { enum text_id label, todo; const char *tag; } needs[NEEDS] = {
	[NEED_NOTHING] = { TEXT_none, TEXT_server_todo_nothing, "" },
	[NEED_CLOSED] = { TEXT_server_need_closed, TEXT_server_todo_closed, "" },
	[NEED_SALE] = { TEXT_server_need_sale, TEXT_server_todo_sale, "soon" },
	[NEED_OVER] = { TEXT_server_need_over, TEXT_server_todo_over, "soon" },
	[NEED_QUIET] = { TEXT_server_need_quiet, TEXT_server_todo_quiet, "soon" },
	[NEED_ORGANISER] = { TEXT_server_need_organiser, TEXT_server_todo_organiser, "soon" },
	[NEED_JOBS] = { TEXT_server_need_jobs, TEXT_server_todo_jobs, "no" },
	[NEED_WITNESS] = { TEXT_server_need_witness, TEXT_server_todo_witness, "no" },
	[NEED_FORK] = { TEXT_server_need_fork, TEXT_server_todo_fork, "no" },
};

enum text_id need_label(enum need n)
{
	return needs[n].label;
}

enum text_id need_todo(enum need n)
{
	return needs[n].todo;
}

const char *need_tag(enum need n)
{
	return needs[n].tag;
}

enum text_id sale_state_label(int64_t state)
{
	const struct choice *c = choice_by_value(festival_state_choices, state);

	return c ? c->label : TEXT_server_no_sale;
}

void server_bar(struct req *r, enum server_bar current)
{
	static const struct layout_nav items[] = {
		{ S_INIT("/server"), "home", TEXT_server_bar_cities, false },
		{ S_INIT("/server/city/new"), "plus", TEXT_server_bar_new, false },
		{ S_INIT("/server/audit"), "report", TEXT_server_bar_record, false },
	};
	struct layout_nav *v = NEWN(r->a, struct layout_nav, countof(items));

	for (size_t i = 0; i < countof(items); i++) {
		v[i] = items[i];
		v[i].current = i == (size_t)current;
	}
	r->bar = v;
	r->n_bar = countof(items);
}
