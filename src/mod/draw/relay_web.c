/* relay_web.c - the round that is waited for: when, from whom, what to do when it is late. */
#include "core/pipeline.h"
#include "mod/draw/relay_pages.h"

static const enum text_id states[RELAY_STATES] = {
	[RELAY_GOOD] = TEXT_relay_good, [RELAY_SILENT] = TEXT_relay_silent,
	[RELAY_INSIDE] = TEXT_relay_inside,
	[RELAY_LACKS] = TEXT_relay_lacks, [RELAY_WRONG] = TEXT_relay_wrong,
};

static str long_time(struct req *r, int64_t us)
{
	int64_t minutes = (us + MINUTE - 1) / MINUTE;
	bool hours = minutes > 120;
	const str v[1] = { arena_printf(r->a, "%lld", (long long)(hours ? us / HOUR : minutes)) };

	return text_fill(r->a, r->lang, hours ? TEXT_relay_hours : TEXT_relay_minutes, v, 1);
}

static str ask_path(struct req *r, const struct draw *d, int64_t part)
{
	return req_path(r, "/admin/draw/%.*s/ask/%lld", SV(id_text(r->a, d->id.v)),
	    (long long)part);
}

err relay_view_load(struct req *r, const struct draw *d, int64_t part, int64_t round, int64_t due,
    struct relay_view *v)
{
	*v = (struct relay_view){ .ask = ask_path(r, d, part) };
	TRY(relays_get(r->db, d, part, round, due, r->now, &v->r));
	struct relay_line *line = NEWN(r->a, struct relay_line, RELAY_MOST);
	for (size_t i = 0; i < v->r.n; i++) {
		const struct relay *x = &v->r.v[i];
		line[i] = (struct relay_line){ x->url, states[x->state], x->at, x->asked,
		    x->asked && x->state == RELAY_WRONG };
	}
	v->v = line;
	v->left = long_time(r, v->r.left);
	v->csrf = req_is(r, MAY_ORGANISER | MAY_ADMIN) ? r->csrf : S("");
	v->shown = v->r.n || !d->rehearsal;
	return NULL;
}

/* Back to the page it was pressed on. */
err admin_relays_ask(struct req *r)
{
	struct draw d;
	int64_t part;

	TRY(draw_find_code(r->db, r->city.id, r->param[0], &d));
	if (!str_int(r->param[1], PART_SAMPLE, 999, &part))
		return ERR(r->a, ERR_MISSING, "no-such-page");
	TRY(relays_wanted(r->tx, r->change, r->city.id, r->now));
	r->redirect = req_path(r, "/admin/draw/%.*s%s", SV(id_text(r->a, d.id.v)),
	    part == PART_SAMPLE ? "/sample" : part ? "/winners" : "");
	req_flash(r, TEXT_relay_asked);
	return NULL;
}
