/* setup.c - the steps of a sale: when each is due, and whether it is done. */
#include "mod/festival/setup.h"
#include "festival_read.h"
#include "festival_write.h"

enum base { FIRST, LAST };	/* of the sale's days			*/
enum where { NOWHERE, SALE, ADMIN, DRAWS, PUBLIC };

/* ---- the plan ------------------------------------------------------------ */

typedef bool met(const struct festival *, const struct setup_facts *, int64_t today);

static bool is_made(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)x, (void)today;
	return f->id.v != 0;
}

static bool has_venues(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)f, (void)today;
	return x->venues > 0;
}

static bool has_prizes(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)f, (void)today;
	return x->prizes > 0;
}

static bool is_announced(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)x, (void)today;
	return f->state >= FESTIVAL_INVITING;
}

static bool all_answered(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)today;
	return f->state >= FESTIVAL_CLOSED || (x->admitted > 0 && x->waiting == 0);
}

static bool has_officers(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)f, (void)today;
	return x->officers > 0;
}

static bool has_cards(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)f, (void)today;
	return x->cards > 0;
}

static bool was_opened(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)x, (void)today;
	return f->state >= FESTIVAL_OPEN;
}

static bool is_over(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)x;
	return f->state >= FESTIVAL_CLOSED || (f->state == FESTIVAL_OPEN && today > f->last_day);
}

static bool is_closed(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)x, (void)today;
	return f->state >= FESTIVAL_CLOSED;
}

static bool is_drawn(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)f, (void)today;
	return x->drawn > 0;
}

static bool is_reported(const struct festival *f, const struct setup_facts *x, int64_t today)
{
	(void)x, (void)today;
	return f->state == FESTIVAL_DONE;
}

static const struct plan {
	const char *code;
	enum text_id title, note;
	met *met;		/* NULL: ticked by hand			*/
	enum base base;
	int64_t days;
	enum where where;
	const char *path;
	enum setup_phase phase;
} plan[] = {
	{ "sale", TEXT_setup_sale, TEXT_setup_sale_note, is_made, FIRST, -60, SALE, "",
	    SETUP_BEFORE },
	{ "rules", TEXT_setup_rules, TEXT_setup_rules_note, NULL, FIRST, -45, SALE, "/rules",
	    SETUP_BEFORE },
	{ "venues", TEXT_setup_venues, TEXT_setup_venues_note, has_venues, FIRST, -40, ADMIN,
	    "/venues", SETUP_BEFORE },
	{ "prizes", TEXT_setup_prizes, TEXT_setup_prizes_note, has_prizes, FIRST, -35, DRAWS,
	    "", SETUP_BEFORE },
	{ "in-hand", TEXT_setup_in_hand, TEXT_setup_in_hand_note, NULL, FIRST, -30, NOWHERE, "",
	    SETUP_BEFORE },
	{ "announce", TEXT_setup_announce, TEXT_setup_announce_note, is_announced, FIRST, -28,
	    SALE, "", SETUP_BEFORE },
	{ "merchants", TEXT_setup_merchants, TEXT_setup_merchants_note, all_answered, FIRST, -7,
	    SALE, "/merchants", SETUP_BEFORE },
	{ "posts", TEXT_setup_posts, TEXT_setup_posts_note, has_officers, FIRST, -7, ADMIN,
	    "/people", SETUP_BEFORE },
	{ "cards", TEXT_setup_cards, TEXT_setup_cards_note, has_cards, FIRST, -5, SALE, "/cards",
	    SETUP_BEFORE },
	{ "posters", TEXT_setup_posters, TEXT_setup_posters_note, NULL, FIRST, -2, PUBLIC, "",
	    SETUP_BEFORE },
	{ "open", TEXT_setup_open, TEXT_setup_open_note, was_opened, FIRST, 0, SALE, "",
	    SETUP_DURING },
	{ "run", TEXT_setup_run, TEXT_setup_run_note, is_over, LAST, 0, PUBLIC, "/totals",
	    SETUP_DURING },
	{ "close", TEXT_setup_close, TEXT_setup_close_note, is_closed, LAST, 1, SALE, "",
	    SETUP_DURING },
	{ "draw", TEXT_setup_draw, TEXT_setup_draw_note, is_drawn, LAST, 7, DRAWS, "",
	    SETUP_AFTER },
	{ "report", TEXT_setup_report, TEXT_setup_report_note, is_reported, LAST, 14, PUBLIC,
	    "/report", SETUP_AFTER },
	{ "handover", TEXT_setup_handover, TEXT_setup_handover_note, NULL, LAST, 37, NOWHERE, "",
	    SETUP_AFTER },
};

/* ---- days ------------------------------------------------------------------ */

static bool is_weekend(int64_t day)
{
	return (day + 3) % 7 >= 5;	/* day 0 was a Thursday		*/
}

int64_t setup_day(int64_t base, int64_t n, bool working)
{
	int64_t step = n < 0 ? -1 : 1;

	for (; n != 0; n -= step)
		do
			base += step;
		while (working && is_weekend(base));
	return base;
}

/* ---- what the rows tell ------------------------------------------------------ */

static err facts_load(const struct setup_ask *q, struct setup_facts *x)
{
	struct festival_participation_counts *c;
	struct festival_counter_get cards;
	struct festival_venue_list *venue;
	size_t n, venues;
	bool found;

	*x = (struct setup_facts){ 0 };
	TRY(festival_q_venue_list(q->db, q->f->city, &venue, &venues));
	TRY(festival_q_participation_counts(q->db, q->f->city, q->f->id, &c, &n));
	for (size_t i = 0; i < n; i++) {
		if (c[i].state == PARTICIPATION_ADMITTED)
			x->admitted = c[i].n;
		if (c[i].state == PARTICIPATION_ASKED)
			x->waiting = c[i].n;
	}
	TRY(festival_q_counter_get(q->db, q->f->city, S("card"), q->f->id.v, &cards, &found));
	x->venues = (int64_t)venues;
	x->cards = found ? cards.value : 0;
	TRY(figure_get(q->app, q->db, "festival.prizes", q->f->city, q->f->id.v, &x->prizes));
	TRY(figure_get(q->app, q->db, "festival.drawn", q->f->city, q->f->id.v, &x->drawn));
	return figure_get(q->app, q->db, "city.officers", q->f->city, 0, &x->officers);
}

static str number(struct arena *a, int64_t n)
{
	struct buf b = BUF(a, 40);

	number_put(&b, n);
	return buf_done(&b);
}

/* What {1} of a step's note is, if it has one. */
static int64_t note_number(const struct plan *p, const struct setup_facts *x)
{
	return p->met == has_venues ? x->venues : p->met == has_prizes ? x->prizes :
	    p->met == all_answered ? x->waiting : p->met == has_officers ? x->officers :
	    p->met == has_cards ? x->cards : -1;
}

static str href_of(const struct setup_ask *q, enum where where, const char *path)
{
	struct arena *a = db_arena(q->db);

	switch (where) {
	case NOWHERE:	return (str){ 0 };
	case SALE:	return arena_printf(a, "/admin/festival/%.*s%s", SV(q->f->slug), path);
	case ADMIN:	return arena_printf(a, "/admin%s", path);
	case DRAWS:	return arena_printf(a, "/admin/draw?sale=%.*s", SV(q->f->slug));
	case PUBLIC:	return arena_printf(a, "/%.*s/%.*s%s", SV(q->city->slug), SV(q->f->slug),
			    path);
	}
	panic("no place %d", (int)where);
}

static int64_t due_of(const struct festival *f, int64_t base, int64_t days, bool working)
{
	return setup_day(base == LAST ? f->last_day : f->first_day, days, working);
}

bool setup_planned(size_t i, struct setup_planned *p)
{
	if (i >= countof(plan))
		return false;
	*p = (struct setup_planned){ str_of(plan[i].code), plan[i].base == LAST, plan[i].days };
	return true;
}

/* This sale's own number of days, where it has one. */
static int64_t days_of(const struct plan *p, const struct festival_step_list *own, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(own[i].code, str_of(p->code)))
			return own[i].days;
	return p->days;
}

static void of_own(const struct setup_ask *q, const struct festival_step_list *own,
    struct setup_step *s)
{
	*s = (struct setup_step){ .code = own->code, .title = own->title,
	    .due = due_of(q->f, own->base, own->days, false), .by_hand = true,
	    .phase = own->base == LAST ? SETUP_AFTER : SETUP_BEFORE, .dated = true,
	    .own = true, .from_last = own->base == LAST, .days = own->days };
}

static void of_plan(const struct setup_ask *q, const struct plan *p, const struct setup_facts *x,
    int64_t days, struct setup_step *s)
{
	struct arena *a = db_arena(q->db);
	int64_t n = note_number(p, x);
	str arg = number(a, n);

	*s = (struct setup_step){ .code = str_of(p->code), .title = text(q->lang, p->title),
	    .note = text_fill(a, q->lang, p->note, &arg, n >= 0 ? 1 : 0),
	    .href = href_of(q, p->where, p->path), .due = due_of(q->f, p->base, days, false),
	    .phase = p->phase, .by_hand = !p->met, .dated = true,
	    .from_last = p->base == LAST, .days = days,
	    .done = p->met && p->met(q->f, x, time_day(q->now, q->city->zone)) };
}

static void of_law(const struct setup_ask *q, const struct festival_permit_stages *p,
    struct setup_step *s)
{
	bool id = q->lang == LANG_ID;

	*s = (struct setup_step){ .code = p->code, .title = id ? p->name_id : p->name_en,
	    .note = id ? p->note_id : p->note_en, .law = p->law,
	    .due = due_of(q->f, p->base, p->days, p->working), .by_hand = true,
	    .phase = p->base == LAST ? SETUP_AFTER : SETUP_BEFORE };
}

static void ticks(struct setup *u, const struct festival_setup_mark_list *m, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < u->n; k++)
			if (u->v[k].by_hand && str_eq(u->v[k].code, m[i].code)) {
				u->v[k].done = true;
				u->v[k].by = m[i].by;
				u->v[k].at = m[i].at;
				u->v[k].remark = m[i].remark;
			}
}

/* By phase, then by day; steps of one day in the order of the plan. */
static void sort(struct setup_step *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && (v[k].phase < v[k - 1].phase ||
		    (v[k].phase == v[k - 1].phase && v[k].due < v[k - 1].due)); k--) {
			struct setup_step t = v[k];
			v[k] = v[k - 1];
			v[k - 1] = t;
		}
}

/* Once the sale has opened, what was to be ticked before it is past. */
static bool is_past(const struct setup_step *s, const struct festival *f)
{
	return s->phase == SETUP_BEFORE && (f->state > FESTIVAL_OPEN ||
	    (f->state == FESTIVAL_OPEN && s->by_hand));
}

static void judge(struct setup *u, const struct festival *f, int64_t today)
{
	for (size_t i = 0; i < u->n; i++) {
		struct setup_step *s = &u->v[i];
		u->n_done += s->done;
		s->late = !s->done && s->due < today;
		if (!s->done && !u->next && !is_past(s, f))
			u->next = s;
	}
}

err setup_load(const struct setup_ask *q, struct setup *u)
{
	struct festival_permit_stages *law;
	struct festival_setup_mark_list *mark;
	struct festival_step_list *own;
	size_t n_law, n_mark, n_own;

	*u = (struct setup){ 0 };
	TRY(facts_load(q, &u->facts));
	TRY(festival_q_permit_stages(q->db, q->f->first_day, &law, &n_law));
	TRY(festival_q_setup_mark_list(q->db, q->f->city, q->f->id, &mark, &n_mark));
	TRY(festival_q_step_list(q->db, q->f->city, q->f->id, &own, &n_own));
	u->v = NEWN(db_arena(q->db), struct setup_step, countof(plan) + n_law + n_own);
	for (size_t i = 0; i < countof(plan); i++)
		of_plan(q, &plan[i], &u->facts, days_of(&plan[i], own, n_own), &u->v[u->n++]);
	for (size_t i = 0; i < n_own; i++)
		if (own[i].title.n)
			of_own(q, &own[i], &u->v[u->n++]);
	for (size_t i = 0; i < n_law; i++)
		of_law(q, &law[i], &u->v[u->n++]);
	ticks(u, mark, n_mark);
	sort(u->v, u->n);
	judge(u, q->f, time_day(q->now, q->city->zone));
	return NULL;
}

const struct setup_step *setup_find(const struct setup *u, str code)
{
	for (size_t i = 0; i < u->n; i++)
		if (str_eq(u->v[i].code, code))
			return &u->v[i];
	return NULL;
}

/* ---- ticking ------------------------------------------------------------------- */

err setup_mark(struct tx *tx, const struct festival *f, const struct setup_step *s, str remark,
    str by, int64_t now)
{
	if (!s->by_hand)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "setup-by-itself", .arg = { s->title });
	return festival_q_setup_mark_set(tx, f->city, f->id, s->code, now, by, remark, NULL);
}

err setup_unmark(struct tx *tx, const struct festival *f, const struct setup_step *s)
{
	if (!s->by_hand)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "setup-by-itself", .arg = { s->title });
	return festival_q_setup_mark_drop(tx, f->city, f->id, s->code, NULL);
}

/* ---- its own plan --------------------------------------------------------------- */

err setup_date(struct tx *tx, const struct festival *f, const struct setup_step *s, int64_t days)
{
	if (!s->dated)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "setup-by-law", .arg = { s->title });
	return festival_q_step_set(tx, f->city, f->id, s->code, s->from_last, days,
	    s->own ? s->title : (str){ 0 }, NULL);
}

err setup_add(struct tx *tx, const struct festival *f, const struct setup *u, struct setup_step *s)
{
	s->code = slug_make(db_arena(tx->db), s->title);
	if (!s->code.n || setup_find(u, s->code))
		return ERR(db_arena(tx->db), ERR_CONFLICT, "setup-there", .field = "title",
		    .arg = { s->title });
	return festival_q_step_set(tx, f->city, f->id, s->code, s->from_last, s->days, s->title,
	    NULL);
}

err setup_drop(struct tx *tx, const struct festival *f, const struct setup_step *s)
{
	if (!s->own)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "setup-of-plan", .arg = { s->title });
	TRY(festival_q_setup_mark_drop(tx, f->city, f->id, s->code, NULL));
	return festival_q_step_drop(tx, f->city, f->id, s->code, NULL);
}

/* ---- may it open? ---------------------------------------------------------------- */

err setup_lacks(const struct setup_ask *q, struct setup_lack v[SETUP_LACKS], size_t *n)
{
	struct setup_facts x;

	TRY(facts_load(q, &x));
	const struct { bool there; enum text_id what; enum where where; const char *path; } w[] = {
		{ q->f->last_day >= time_day(q->now, q->city->zone), TEXT_setup_lack_dates, SALE,
		    "" },
		{ x.venues > 0, TEXT_setup_lack_venue, ADMIN, "/venues" },
		{ x.admitted > 0, TEXT_setup_lack_merchant, SALE, "/merchants" },
		{ x.prizes > 0, TEXT_setup_lack_prize, DRAWS, "" },
	};
	_Static_assert(countof(w) == SETUP_LACKS, "room for each");
	*n = 0;
	for (size_t i = 0; i < countof(w) && !q->f->opened; i++)
		if (!w[i].there)
			v[(*n)++] = (struct setup_lack){ w[i].what,
			    href_of(q, w[i].where, w[i].path) };
	return NULL;
}

err setup_ready(const struct setup_ask *q)
{
	struct arena *a = db_arena(q->db);
	struct setup_lack v[SETUP_LACKS];
	struct buf b = BUF(a, 1000);
	size_t n;

	TRY(setup_lacks(q, v, &n));
	if (!n)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_str(&b, S(", "));
		buf_str(&b, text(q->lang, v[i].what));
	}
	return ERR(a, ERR_INVALID, "festival-not-ready", .arg = { buf_done(&b) });
}
