#include "core/layout_view.h"
#include "core/colour.h"
#include "core/qr.h"

#include <string.h>

/* ---- words ---- */

const char *layout_lang(const struct out *w)
{
	return w->lang == LANG_EN ? "en" : "id";
}

const char *layout_other_lang(const struct out *w)
{
	return w->lang == LANG_EN ? "id" : "en";
}

str layout_asset(str url)
{
	return str_starts(url, S("/asset/")) ? str_sub(url, 7, url.n) : url;
}

static str say(const struct out *w, enum text_id id)
{
	return text(w->lang, id);
}

/* ---- refused ---- */

static const enum text_id refused_title[ERR_KINDS] = {
	[ERR_INVALID] = TEXT_refused_invalid, [ERR_DENIED] = TEXT_refused_denied,
	[ERR_MISSING] = TEXT_refused_missing, [ERR_CONFLICT] = TEXT_refused_conflict,
	[ERR_BUSY] = TEXT_refused_busy, [ERR_FULL] = TEXT_refused_full,
	[ERR_INTERNAL] = TEXT_refused_internal,
};
static const enum text_id refused_todo[ERR_KINDS] = {
	[ERR_INVALID] = TEXT_refused_invalid_todo, [ERR_DENIED] = TEXT_refused_denied_todo,
	[ERR_MISSING] = TEXT_refused_missing_todo, [ERR_CONFLICT] = TEXT_refused_conflict_todo,
	[ERR_BUSY] = TEXT_refused_busy_todo, [ERR_FULL] = TEXT_refused_full_todo,
	[ERR_INTERNAL] = TEXT_refused_internal_todo,
};

void layout_refused(struct out *w, const struct refused *r)
{
	enum err_kind kind = r->e->kind;
	struct refused_view v = {
		.title = say(w, refused_title[kind]),
		.say = err_text(w->b.a, w->lang, r->e),
		.todo = say(w, refused_todo[kind]),
		.r = r,
	};
	if (kind == ERR_DENIED && r->signin.n)
		v.todo = say(w, TEXT_refused_signin_todo);
	if (!strcmp(r->e->rule, "city-closed")) {
		v.title = say(w, TEXT_refused_closed);
		v.todo = say(w, TEXT_refused_closed_todo);
	}
	layout_draw_refused(w, &v);
}

/* ---- what a form shows ---- */

struct form_page form_page(struct arena *a, const struct form_state *left,
    const struct form *form, const void *prefill, str action, str csrf)
{
	struct form_state *st = NEW(a, struct form_state);
	if (left && left->form == form)
		*st = *left;
	st->form = form;
	st->prefill = prefill;
	return (struct form_page){ .action = action, .csrf = csrf, .state = st };
}

static size_t field_index(const struct form *form, const struct field *f)
{
	return (size_t)(f - form->fields);
}

const struct field *form_find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return &form->fields[i];
	return NULL;
}

err form_error(const struct form_state *st, const struct field *f)
{
	return st->errors ? st->errors[field_index(st->form, f)] : NULL;
}

static const void *member(const struct form_state *st, const struct field *f)
{
	return (const char *)st->prefill + f->at;
}

/* Members are read by memcpy: the table knows offsets, not types. */
static int64_t
member_int(const struct form_state *st, const struct field *f)
{
	int64_t v;
	memcpy(&v, member(st, f), sizeof v);
	return v;
}

static str member_str(const struct form_state *st, const struct field *f)
{
	str s;
	memcpy(&s, member(st, f), sizeof s);
	return s;
}

static bool member_bool(const struct form_state *st, const struct field *f)
{
	bool on;
	memcpy(&on, member(st, f), sizeof on);
	return on;
}

/* +628123… as it is said here: 08123… */
static str shown_phone(struct arena *a, str e164)
{
	if (!str_starts(e164, S("+62")))
		return e164;
	return arena_printf(a, "0%.*s", SV(str_sub(e164, 3, e164.n)));
}

static void put_number(struct buf *b, const struct field *f, int64_t v)
{
	if (f->type == FIELD_RUPIAH)
		number_put(b, v);
	else if (f->type == FIELD_DAY)
		time_put_iso_day(b, v);
	else if (f->type == FIELD_MOMENT)
		time_put_rfc3339(b, v, ZONE_WIB);
	else if (f->type == FIELD_ID)
		id_put(b, v);
	else if (f->type == FIELD_CARD)
		buf_printf(b, "%09lld", (long long)v);
	else
		buf_int(b, v);
}

/* Zero is an answer only where an answer is needed and may be zero. */
static bool zero_is_answer(const struct field *f)
{
	if (!f->needed || (f->type != FIELD_INT && f->type != FIELD_RUPIAH))
		return false;
	return f->min <= 0;
}

static str shown_number(struct arena *a, const struct form_state *st, const struct field *f)
{
	int64_t v = member_int(st, f);
	if (v == 0 && !zero_is_answer(f))
		return S("");
	struct buf b = BUF(a, 64);
	put_number(&b, f, v);
	return buf_done(&b);
}

static str shown_prefill(struct arena *a, const struct form_state *st, const struct field *f)
{
	const struct choice *c;
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_EMAIL:
	case FIELD_EVENT:
		return member_str(st, f);
	case FIELD_PHONE:
		return shown_phone(a, member_str(st, f));
	case FIELD_CHOICE:
		c = choice_by_value(f->choices, member_int(st, f));
		return c ? str_of(c->code) : S("");
	case FIELD_BOOL:
		return member_bool(st, f) ? S("1") : S("");
	case FIELD_COLOUR:
		return colour_text(a, (unsigned)member_int(st, f));
	case FIELD_SECRET:
	case FIELD_FILE:
		return S("");
	case FIELD_INT:
	case FIELD_RUPIAH:
	case FIELD_DAY:
	case FIELD_MOMENT:
	case FIELD_ID:
	case FIELD_CARD:
		break;
	}
	return shown_number(a, st, f);
}

str form_shown(struct arena *a, const struct form_state *st, const struct field *f)
{
	if (f->type == FIELD_SECRET || f->type == FIELD_FILE)
		return S("");
	if (st->typed)
		return params_value(st->typed, str_of(f->name));
	return st->prefill ? shown_prefill(a, st, f) : S("");
}

/* ---- one field ---- */

/* What a type of field looks like to a browser. */
static const struct look {
	const char *type, *inputmode, *autocomplete, *class;
	bool limited;			/* the browser counts letters too */
} looks[] = {
	[FIELD_TEXT]	= { "text", NULL, NULL, NULL, true },
	[FIELD_LONG]	= { "text", NULL, NULL, NULL, true },
	[FIELD_SECRET]	= { "password", NULL, "off", NULL, false },
	[FIELD_INT]	= { "text", "numeric", "off", "short", false },
	[FIELD_RUPIAH]	= { "text", "numeric", "off", NULL, false },
	[FIELD_DAY]	= { "date", NULL, "off", "short", false },
	[FIELD_MOMENT]	= { "text", NULL, "off", NULL, false },
	[FIELD_CHOICE]	= { "text", NULL, NULL, NULL, false },
	[FIELD_BOOL]	= { "text", NULL, NULL, NULL, false },
	[FIELD_ID]	= { "text", NULL, "off", "short", false },
	[FIELD_PHONE]	= { "tel", NULL, "tel", NULL, false },
	[FIELD_EMAIL]	= { "email", "email", "email", NULL, false },
	[FIELD_EVENT]	= { "text", NULL, "off", NULL, false },
	[FIELD_CARD]	= { "text", "numeric", "off", "short", false },
	[FIELD_COLOUR]	= { "color", NULL, "off", "short", false },
	[FIELD_FILE]	= { "file", NULL, NULL, NULL, false },
};

/* What a browser may help with, by the name of the field (HTML 4.10.18.7). */
static const struct help { const char *name, *autocomplete, *inputmode; } helps[] = {
	{ "login", "username", NULL },
	{ "password", "current-password", NULL },
	{ "new_password", "new-password", NULL },
	{ "new_password2", "new-password", NULL },
	{ "pin", "off", "numeric" },
	{ "email", "email", "email" },
	{ "owner", "name", NULL },
};

static void help(const struct field *f, struct field_view *v)
{
	const struct look *l = &looks[f->type];
	v->type = l->type;
	v->inputmode = l->inputmode;
	v->autocomplete = l->autocomplete;
	v->class = l->class;
	v->maxlength = l->limited ? f->max : 0;
	for (size_t i = 0; i < countof(helps); i++) {
		if (strcmp(helps[i].name, f->name) != 0)
			continue;
		v->autocomplete = helps[i].autocomplete;
		if (helps[i].inputmode)
			v->inputmode = helps[i].inputmode;
	}
}

/* A date input drops what is not ISO; so a day that cannot be read is
 * shown as text, for the person to mend. */
static void show_day(struct arena *a, struct field_view *v)
{
	int64_t day;
	if (v->value.n == 0)
		return;
	if (!time_parse_day(v->value, &day)) {
		v->type = "text";
		return;
	}
	struct buf b = BUF(a, 16);
	time_put_iso_day(&b, day);
	v->value = buf_done(&b);
}

/* A picker shows black for what it cannot read, and knows six digits only. */
static void show_colour(struct arena *a, struct field_view *v)
{
	unsigned rgb;

	if (colour_parse(v->value, &rgb))
		v->value = colour_text(a, rgb);
	else
		v->type = "text";
}

static str field_id(struct arena *a, const struct form_page *p, const char *name)
{
	return arena_printf(a, "%s-%s", p->prefix ? p->prefix : "f", name);
}

static void told(struct arena *a, struct field_view *v)
{
	v->hint_id = arena_printf(a, "%.*s-hint", SV(v->id));
	v->error_id = arena_printf(a, "%.*s-error", SV(v->id));
	if (v->hint.n && v->error.n)
		v->told_by = arena_printf(a, "%.*s %.*s", SV(v->hint_id), SV(v->error_id));
	else if (v->error.n)
		v->told_by = v->error_id;
	else if (v->hint.n)
		v->told_by = v->hint_id;
}

static const struct field *must_find(const struct form_page *p, const char *name)
{
	const struct field *f = form_find(p->state->form, name);
	if (!f)
		panic("the form has no field \"%s\"", name);
	return f;
}

static struct field_view view(struct out *w, const struct form_page *p, const struct field *f)
{
	struct arena *a = w->b.a;
	struct field_view v = {
		.id = field_id(a, p, f->name), .name = str_of(f->name),
		.label = say(w, f->label), .needed = f->needed,
		.value = form_shown(a, p->state, f),
	};
	if (f->hint != TEXT_none)
		v.hint = say(w, f->hint);
	err e = form_error(p->state, f);
	if (e)
		v.error = err_text(a, w->lang, e);
	told(a, &v);
	v.on = f->type == FIELD_BOOL && v.value.n > 0;
	v.focus = p->focus && strcmp(p->focus, f->name) == 0;
	if (p->suggest && strcmp(p->suggest, f->name) == 0)
		v.list = arena_printf(a, "%s-list", f->name);
	help(f, &v);
	if (f->type == FIELD_DAY)
		show_day(a, &v);
	else if (f->type == FIELD_COLOUR)
		show_colour(a, &v);
	return v;
}

#define PICKS_MAX	6	/* more choices than this become a list	*/

/* JSON names and typed text are codes; a tick is on by being there. */
static void view_choices(struct out *w, struct field_view *v, const struct choice *c)
{
	size_t n = 0;
	while (c[n].code)
		n++;
	struct choice_view *all = NEWN(w->b.a, struct choice_view, n);
	for (size_t i = 0; i < n; i++) {
		str code = str_of(c[i].code);
		all[i] = (struct choice_view){
			.id = i ? arena_printf(w->b.a, "%.*s-%zu", SV(v->id), i) : v->id,
			.value = code, .label = say(w, c[i].label),
			.on = str_eq(code, v->value),
		};
	}
	v->choices = all;
	v->n = n;
}

static void draw_choice(struct out *w, const struct field *f, struct field_view *v)
{
	view_choices(w, v, f->choices);
	if (v->n <= PICKS_MAX)
		layout_draw_picks(w, v);
	else
		layout_draw_select(w, v);
}

void form_field(struct out *w, const struct form_page *p, const char *name)
{
	const struct field *f = must_find(p, name);
	struct field_view v = view(w, p, f);
	if (f->type == FIELD_LONG)
		layout_draw_long(w, &v);
	else if (f->type == FIELD_RUPIAH)
		layout_draw_money(w, &v);
	else if (f->type == FIELD_CHOICE)
		draw_choice(w, f, &v);
	else if (f->type == FIELD_BOOL)
		layout_draw_tick(w, &v);
	else if (f->type == FIELD_FILE)
		layout_draw_file(w, &v);
	else
		layout_draw_text(w, &v);
}

void form_select(struct out *w, const struct form_page *p, const char *name,
    const struct form_option *options, size_t n)
{
	struct field_view v = view(w, p, must_find(p, name));
	struct choice_view *all = NEWN(w->b.a, struct choice_view, n);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct choice_view){
			.value = options[i].value, .label = options[i].label,
			.on = str_eq(options[i].value, v.value),
		};
	v.choices = all;
	v.n = n;
	layout_draw_select(w, &v);
}

void form_hidden(struct out *w, const struct form_page *p, const char *name)
{
	struct field_view v = view(w, p, must_find(p, name));
	layout_draw_hidden(w, &v);
}

/* ---- the form around them ---- */

static size_t wrong_list(struct out *w, const struct form_page *p, struct wrong_view *list)
{
	const struct form_state *st = p->state;
	struct arena *a = w->b.a;
	size_t n = 0;
	if (st->whole)
		list[n++] = (struct wrong_view){ .say = err_text(a, w->lang, st->whole) };
	for (size_t i = 0; st->errors && i < st->form->n; i++) {
		if (!st->errors[i])
			continue;
		const struct field *f = &st->form->fields[i];
		str id = field_id(a, p, f->name);
		list[n++] = (struct wrong_view){
			.href = arena_printf(a, "#%.*s", SV(id)),
			.say = arena_printf(a, "%.*s: %.*s", SV(say(w, f->label)),
			    SV(err_text(a, w->lang, st->errors[i]))),
		};
	}
	return n;
}

/* A refused change has recorded nothing, so its event id is used again. */
static str event_of(const struct form_page *p)
{
	if (p->event.n == 0 || !p->state->typed)
		return p->event;
	str typed = params_value(p->state->typed, S("event"));
	return typed.n ? typed : p->event;
}

/*
 * A template writes whole elements only, so that none is forgotten.  The
 * form is the one that is open while other templates write into it: its
 * end tag is taken off here and put back by form_end().
 */
#define FORM_END	"</form>"

static void leave_open(struct out *w)
{
	str done = str_trim(buf_done(&w->b));
	CHECK(w->b.full || str_ends(done, S(FORM_END)));
	if (!w->b.full)
		w->b.n = (size_t)(done.p - w->b.p) + done.n - (sizeof FORM_END - 1);
}

void form_begin(struct out *w, const struct form_page *p)
{
	struct wrong_view *list = NEWN(w->b.a, struct wrong_view, p->state->form->n + 1);
	struct form_view v = {
		.f = p, .wrong = list, .n_wrong = wrong_list(w, p, list),
		.event = event_of(p),
	};
	if (p->get)
		layout_draw_get(w, &v);
	else
		layout_draw_post(w, &v);
	leave_open(w);
}

void form_end(struct out *w, const struct form_page *p, enum text_id button)
{
	form_end_as(w, p, button, "");
}

void form_close(struct out *w)
{
	out_raw(w, FORM_END, sizeof FORM_END - 1);
}

void form_end_as(struct out *w, const struct form_page *p, enum text_id button, const char *kind)
{
	(void)p;
	layout_draw_submit(w, say(w, button), kind);
	out_raw(w, FORM_END, sizeof FORM_END - 1);
}

void form_button(struct out *w, str action, str csrf, enum text_id id, const char *kind)
{
	layout_draw_button(w, &(struct button_view){
	    .action = action, .csrf = csrf, .text = say(w, id), .kind = kind });
}
