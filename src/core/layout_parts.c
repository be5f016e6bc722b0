#include "core/layout_view.h"
#include "core/qr.h"

#include <string.h>

void layout_progress(struct out *w, int64_t value, int64_t max, str sentence)
{
	if (max < 1)
		max = 1;
	if (value < 0)
		value = 0;
	if (value > max)
		value = max;
	layout_draw_progress(w, &(struct progress_view){ value, max, sentence });
}

void layout_empty(struct out *w, enum text_id title, enum text_id todo, str href,
    enum text_id button)
{
	layout_draw_empty(w, &(struct empty_view){
	    .title = text(w->lang, title), .todo = text(w->lang, todo), .href = href,
	    .button = href.n ? text(w->lang, button) : S("") });
}

void layout_steps(struct out *w, const struct step *steps, size_t n)
{
	static const char *const class[] = {
		[STEP_DONE] = "done", [STEP_NOW] = "now", [STEP_LATER] = "later",
	};
	static const enum text_id said[] = {
		[STEP_DONE] = TEXT_step_done, [STEP_NOW] = TEXT_step_now,
		[STEP_LATER] = TEXT_step_later,
	};
	struct step_view *v = NEWN(w->b.a, struct step_view, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct step_view){ &steps[i], class[steps[i].state],
		    text(w->lang, said[steps[i].state]) };
	layout_draw_steps(w, &(struct steps_view){ v, n });
}

void layout_code(struct out *w, str code, size_t group)
{
	if (group == 0)
		group = code.n;
	size_t n = code.n ? (code.n + group - 1) / group : 0;
	str *groups = NEWN(w->b.a, str, n);
	for (size_t i = 0; i < n; i++)
		groups[i] = str_sub(code, i * group, group);
	layout_draw_code(w, &(struct code_view){ groups, n });
}

void qr(struct out *w, str content, str alt)
{
	struct qr_code code;
	if (!qr_make(w->b.a, content, &code))
		return;
	layout_draw_qr(w, &(struct qr_view){
	    .alt = alt, .d = qr_path(w->b.a, &code),
	    .side = code.side + 2 * QR_QUIET });
}

/* Drawn for a square of 24, stroked two wide. */
static const struct icon { const char *name, *d; } icons[] = {
	{ "home", "M3 11l9-8 9 8M5 9.5V21h5v-6h4v6h5V9.5" },
	{ "tag", "M12 3H4a1 1 0 0 0-1 1v8l9 9 9-9zM7.5 7.5h.01" },
	{ "coupon", "M3 6h18v4a2 2 0 0 0 0 4v4H3v-4a2 2 0 0 0 0-4zM14 6v2m0 3v2m0 3v2" },
	{ "draw", "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12"
	    " 17.2 6.4 20.3 7.6 14 3 9.6l6.3-.8z" },
	{ "sell", "M4 4h16v16H4zM8 8h8M8 12h.01M12 12h.01M16 12h.01M8 16h.01M12 16h4" },
	{ "shop", "M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0"
	    " 3 3 0 0 1-6 0 3 3 0 0 1-6 0zM10 20v-5h4v5" },
	{ "people", "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21v-2a5 5 0 0 1 5-5h4a5"
	    " 5 0 0 1 5 5v2M16 3.5a4 4 0 0 1 0 7M22 21v-2a5 5 0 0 0-3-4.6" },
	{ "check", "M4 12.5l5.5 5.5L20 6.5" },
	{ "report", "M4 20h16M7 16v-5M12 16V5M17 16v-8" },
	{ "more", "M4 6h16M4 12h16M4 18h16" },
	{ "search", "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21" },
	{ "plus", "M12 4v16M4 12h16" },
	{ "print", "M7 9V3h10v6M7 17H3V9h18v8h-4M7 14h10v7H7z" },
	{ "card", "M3 5h18v14H3zM3 10h18M7 15h4" },
	{ "clock", "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2" },
	{ "warn", "M12 3L2 20h20zM12 10v4M12 17h.01" },
	{ "qr", "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v2M14 20h2M18 18h2v2" },
	{ "lock", "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4" },
};

void layout_icon(struct out *w, const char *name)
{
	for (size_t i = 0; i < countof(icons); i++)
		if (strcmp(icons[i].name, name) == 0) {
			layout_draw_icon(w, icons[i].d);
			return;
		}
	panic("no icon \"%s\"", name);
}
