/* queue_web.c - numbers for people who wait, and the screen they look at. */
#include "core/live.h"
#include "desk_tmpl.h"
#include "mod/festival/bar.h"
#include "mod/festival/web.h"
#include "mod/post/post_pages.h"
#include "mod/post/web.h"
#include "post_read.h"

struct ticket_in { str event; };
static const struct field ticket_fields[] = {
	FIELD(struct ticket_in, event, FIELD_EVENT, .needed = true),
};
const struct form ticket_form = FORM(struct ticket_in, ticket_fields);

struct next_in { int64_t from; };
static const struct field next_fields[] = {
	FIELD(struct next_in, from, FIELD_INT, .max = 1000000, .label = TEXT_queue_now),
};
const struct form next_form = FORM(struct next_in, next_fields);

struct again_in { int64_t calls; };
static const struct field again_fields[] = {
	FIELD(struct again_in, calls, FIELD_INT, .max = 1000000, .label = TEXT_queue_now),
};
const struct form again_form = FORM(struct again_in, again_fields);

static int64_t today(const struct req *r)
{
	return time_day(r->now, r->city.zone);
}

/* The officer's own post; *found is false: has to choose one first. */
static err mine(struct req *r, struct festival *f, struct post *p, bool *found)
{
	TRY(post_sale(r, f));
	TRY(post_mine(r, f, p, found));
	if (!*found)
		r->redirect = S("/post/at");
	return NULL;
}

err queue_page(struct req *r)
{
	struct next_in *from = NEW(r->a, struct next_in);
	struct again_in *calls = NEW(r->a, struct again_in);
	struct queue_view v = { 0 };
	struct festival f;
	struct post p;
	bool found;

	TRY(mine(r, &f, &p, &found));
	if (!found)
		return NULL;
	TRY(queue_get(r->db, f.city, p.id, today(r), &v.q));
	if (req_query(r, "mine").n && !str_int(req_query(r, "mine"), 1, 1000000, &v.mine))
		v.mine = 0;
	from->from = v.q.now;
	calls->calls = v.q.calls;
	v.post = p.name;
	v.screen = req_path(r, "%.*s/post/%.*s", SV(festival_base(r, &f)),
	    SV(id_text(r->a, p.id.v)));
	v.take = FORM_PAGE(r, &ticket_form, NULL, S("/post/queue/take"));
	v.take.event = new_event(r->a);
	v.next = FORM_PAGE(r, &next_form, from, S("/post/queue/next"));
	v.again = FORM_PAGE(r, &again_form, calls, S("/post/queue/again"));
	v.next.prefix = "next";
	v.again.prefix = "again";
	r->title = text(r->lang, TEXT_queue_title);
	post_bar(r, POST_QUEUE);
	page_queue(&r->out, &v);
	return NULL;
}

err queue_take_do(struct req *r)
{
	const struct ticket_in *in = r->form;
	struct festival f;
	struct post p;
	int64_t number;
	bool found;

	TRY(mine(r, &f, &p, &found));
	if (!found)
		return NULL;
	TRY(queue_take(r->tx, r->change, f.city, p.id, in->event, today(r), r->now, &number));
	r->redirect = req_path(r, "/post/queue?mine=%lld", (long long)number);
	return NULL;
}

err queue_next_do(struct req *r)
{
	const struct next_in *in = r->form;
	struct festival f;
	struct post p;
	bool found;

	TRY(mine(r, &f, &p, &found));
	if (!found)
		return NULL;
	r->redirect = S("/post/queue");
	return queue_next(r->tx, r->change, f.city, p.id, today(r), in->from);
}

err queue_again_do(struct req *r)
{
	const struct again_in *in = r->form;
	struct festival f;
	struct post p;
	bool found;

	TRY(mine(r, &f, &p, &found));
	if (!found)
		return NULL;
	r->redirect = S("/post/queue");
	return queue_again(r->tx, r->change, f.city, p.id, today(r), in->calls);
}

/* ---- the screen ----------------------------------------------------------------------- */

static err screen_load(struct req *r, struct festival *f, struct post *p)
{
	int64_t id;

	TRY(festival_of(r, 1, f));
	TRY(req_id(r, 2, &id));
	return post_get(r->db, f, (post_id){ id }, p);
}

err screen_page(struct req *r)
{
	struct screen_view v = { 0 };
	struct festival f;
	struct post p;

	TRY(screen_load(r, &f, &p));
	TRY(queue_get(r->db, f.city, p.id, today(r), &v.q));
	v.post = p.name;
	v.live = req_path(r, "%.*s/post/%.*s/live", SV(festival_base(r, &f)),
	    SV(id_text(r->a, p.id.v)));
	r->title = p.name;
	r->bare = true;
	page_screen(&r->out, &v);
	return NULL;
}


static str figure(struct arena *a, int64_t n)
{
	return n ? arena_printf(a, "%lld", (long long)n) : S("–");
}

static err numbers(struct db *db, const struct live_of *of, struct json_out *o)
{
	struct queue q;

	TRY(queue_get(db, of->city, (post_id){ of->id }, time_day(time_now(), of->zone), &q));
	json_begin(o, NULL, '{');
	json_str(o, "now", figure(db_arena(db), q.now));
	json_str(o, "taken", figure(db_arena(db), q.taken));
	json_end(o, '}');
	return NULL;
}

err screen_live(struct req *r)
{
	struct festival f;
	struct post p;

	TRY(screen_load(r, &f, &p));
	live_open(r, queue_key(f.city, p.id), numbers,
	    &(struct live_of){ f.city, p.id.v, r->city.zone, r->lang });
	return NULL;
}
