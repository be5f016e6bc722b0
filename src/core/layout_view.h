/*
 * layout_view.h - what layout.tmpl draws, made ready by layout.c.
 *
 * Layer 2, inner: only those two include it.  Every str here is plain
 * text; the templates escape it.
 */
#ifndef LARIS_CORE_LAYOUT_VIEW_H
#define LARIS_CORE_LAYOUT_VIEW_H

#include "core/layout.h"

struct choice_view {
	str id, value, label;
	bool on;
};

struct field_view {
	str id, name, label, hint, error, value;
	str hint_id, error_id;
	str told_by;		/* ids of hint and error, for aria-describedby */
	const char *type, *inputmode, *autocomplete, *class;
	int64_t maxlength;	/* 0: none				*/
	str list;		/* id of a <datalist>, or empty		*/
	bool needed, on, focus;
	const struct choice_view *choices;
	size_t n;
};

struct wrong_view { str href, say; };	/* href empty: of no field	*/

struct form_view {
	const struct form_page *f;
	const struct wrong_view *wrong;
	size_t n_wrong;
	str event;
};

struct button_view { str action, csrf, text; const char *kind; };
struct progress_view { int64_t value, max; str say; };
struct empty_view { str title, todo, href, button; };
struct step_view { const struct step *s; const char *class; str said; };
struct steps_view { const struct step_view *v; size_t n; };
struct code_view { const str *group; size_t n; };
struct qr_view { str alt, d; int side; };
struct refused_view {
	str title, say, todo;
	const struct refused *r;
};

const char *layout_lang(const struct out *);		/* "id"		*/
const char *layout_other_lang(const struct out *);	/* "en"		*/
str	layout_asset(str url);		/* the file name, without /asset/ */

void	layout_draw_head(struct out *, const struct layout *);
void	layout_draw_top(struct out *, const struct layout *);
void	layout_draw_refused(struct out *, const struct refused_view *);
void	layout_draw_post(struct out *, const struct form_view *);
void	layout_draw_get(struct out *, const struct form_view *);
void	layout_draw_wrong(struct out *, const struct form_view *);
void	layout_draw_said(struct out *, const struct field_view *);
void	layout_draw_button(struct out *, const struct button_view *);
void	layout_draw_submit(struct out *, str text, const char *kind);
void	layout_draw_hidden(struct out *, const struct field_view *);
void	layout_draw_label(struct out *, const struct field_view *);
void	layout_draw_text(struct out *, const struct field_view *);
void	layout_draw_long(struct out *, const struct field_view *);
void	layout_draw_money(struct out *, const struct field_view *);
void	layout_draw_tick(struct out *, const struct field_view *);
void	layout_draw_select(struct out *, const struct field_view *);
void	layout_draw_picks(struct out *, const struct field_view *);
void	layout_draw_file(struct out *, const struct field_view *);
void	layout_draw_progress(struct out *, const struct progress_view *);
void	layout_draw_empty(struct out *, const struct empty_view *);
void	layout_draw_steps(struct out *, const struct steps_view *);
void	layout_draw_code(struct out *, const struct code_view *);
void	layout_draw_qr(struct out *, const struct qr_view *);
void	layout_draw_icon(struct out *, const char *d);

#endif
