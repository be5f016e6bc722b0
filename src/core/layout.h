/*
 * layout.h - the frame of a page and the parts pages are made of.
 *
 * Layer 2.  Parts are called from templates: {{ call qr(v->url, "…") }}.
 * They write into the page (struct out) and know neither HTTP nor the
 * database; their memory is the arena of the page.  How they look and
 * which classes plain HTML may use: docs/widgets.md and the page /style.
 */
#ifndef LARIS_CORE_LAYOUT_H
#define LARIS_CORE_LAYOUT_H

#include "core/form.h"

/* ---- the frame ---- */

struct layout_nav {		/* an item of the bar: 3 to 5 of them	*/
	str href;
	const char *icon;	/* a name layout_icon() knows		*/
	enum text_id label;	/* one short word			*/
	bool current;
};

struct layout {
	str title;		/* of the page; the city's name is added */
	str city;		/* "Kota Surakarta"; empty: "Laris"	*/
	str home;		/* where that name leads: "/surakarta"	*/
	str lang_href;		/* this page in the other language; empty: no switch */
	str person;		/* who is signed in; empty: nobody	*/
	str account;		/* page of that person; empty: name only */
	str signin, signout;	/* URLs; signin is a link, signout a form */
	str csrf;
	const struct layout_nav *nav;
	size_t n_nav;
	str flash;		/* said once: "Tersimpan."		*/
	str css, js, favicon;	/* URLs; an empty js writes no <script>	*/
	str slug;		/* of the city				*/
	str look, theme;	/* its own sheet (look.h) and its colour; or empty */
	str emblem, emblem_alt;	/* its picture, or empty		*/
	int emblem_wide, emblem_high;
	struct markup content;
	bool refused;		/* puts "Belum berhasil" before the title */
	bool wide;		/* boards and tables: the whole screen	*/
	bool bare;		/* head and content only: stage, print	*/
	str inside, inside_why;	/* the city an admin of the server is in, and why; empty: none */
	int64_t inside_ends;
};
void	layout_page(struct out *, const struct layout *);

/* The page shown instead, when something was refused. */
struct refused {
	err e;
	str back;		/* where to go on; empty: only the home link */
	str home;
	str signin;		/* set when signing in could help	*/
	str request;		/* number for the operator; may be empty */
};
void	layout_refused(struct out *, const struct refused *);

/* ---- forms: drawn from the form table ---- */

struct form_page {
	str action, csrf;
	str event;		/* id for "send once"; empty: the form has none */
	const struct form_state *state;
	bool upload;		/* multipart				*/
	bool get;		/* a search: GET, no csrf		*/
	const char *prefix;	/* of ids, when a page holds two forms; else NULL */
	const char *focus;	/* the field to type in first; NULL: none */
	const char *suggest;	/* a text field with suggestions: <datalist id="NAME-list"> */
};
/*
 * FORM_PAGE(r, &merchant_form, S("/m/new")): the form a refused POST left
 * in r->state, else a fresh one, pre-filled from "prefill" (a filled
 * struct of the form, or NULL).
 */
struct form_page form_page(struct arena *, const struct form_state *left,
	    const struct form *, const void *prefill, str action, str csrf);
#define FORM_PAGE(r, form, prefill, action)				\
	form_page((r)->a, &(r)->state, (form), (prefill), (action), (r)->csrf)

struct form_option { str value, label; };

/* Opens the form: what is wrong on top, csrf and event inside. */
void	form_begin(struct out *, const struct form_page *);
/* One field by its type: label, hint, input, error.  Panics on a name
 * the form does not have. */
void	form_field(struct out *, const struct form_page *, const char *name);
/* A choice of rows from the database (FIELD_ID or FIELD_TEXT). */
void	form_select(struct out *, const struct form_page *, const char *name,
	    const struct form_option *, size_t n);
/* Not seen, but sent: an id taken from prefill or from what was typed. */
void	form_hidden(struct out *, const struct form_page *, const char *name);
void	form_end(struct out *, const struct form_page *, enum text_id button);
/* Where the page has written its own buttons. */
void	form_close(struct out *);
/* kind as form_button's: "bad" for what cannot be taken back. */
void	form_end_as(struct out *, const struct form_page *, enum text_id button,
	    const char *kind);
/* The button alone is the form: {{ call form_button(…) }}.  kind: "" the
 * main action, "plain", "bad" (takes something away), "small". */
void	form_button(struct out *, str action, str csrf, enum text_id, const char *kind);

/* What the input shows: typed text, else prefill in the form people
 * write, else empty.  Never a FIELD_SECRET or FIELD_FILE. */
str	form_shown(struct arena *, const struct form_state *, const struct field *);
const struct field *form_find(const struct form *, const char *name);
err	form_error(const struct form_state *, const struct field *);	/* or NULL */

/* ---- parts ---- */

/* 76 of 100, with the sentence beside it; clamped, max > 0. */
void	layout_progress(struct out *, int64_t value, int64_t max, str say);

/* Nothing here yet: what is missing, what to do, the button for it
 * (href empty: no button). */
void	layout_empty(struct out *, enum text_id title, enum text_id todo,
	    str href, enum text_id button);

struct pager { str prev, next; };	/* URLs, empty at the ends	*/
void	layout_pager(struct out *, const struct pager *);

enum step_state { STEP_DONE, STEP_NOW, STEP_LATER };
struct step {			/* "what to do next"			*/
	enum step_state state;
	str title, note;	/* note may be empty			*/
	str href;		/* empty: not a link			*/
};
void	layout_steps(struct out *, const struct step *, size_t n);

/* A short drawing beside a word, hidden from screen readers: home tag
 * coupon draw sell shop people check report more search plus print card
 * clock warn lock */
void	layout_icon(struct out *, const char *name);

/* A short code to read out, in groups of "group" characters. */
void	layout_code(struct out *, str code, size_t group);

/* QR as inline SVG (error correction M, quiet zone of 4) for "text"; "alt"
 * says what it holds.  Put the text itself or a short code beside it: a
 * code that cannot be drawn (text too long) draws nothing. */
void	qr(struct out *, str text, str alt);

#endif
