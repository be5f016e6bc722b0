#include "mod/draw/relay.h"
#include "core/audit.h"
#include "core/fetch.h"
#include "core/later.h"
#include "core/setting.h"
#include "draw_read.h"
#include "draw_write.h"
#include "mod/draw/annul.h"
#include "mod/draw/beacon.h"
#include "mod/draw/before.h"
#include "mod/draw/rules.h"
#include "mod/draw/winner.h"
#include <string.h>

#define SECONDS		6
#define REPLY_BYTES	(1 << 14)
#define PASS		(30 * SECOND)	/* then other jobs have their turn */
#define SOON		(20 * SECOND)	/* again, while a round is a little late */
#define LATER		(5 * MINUTE)

/* ---- whom to ask ---------------------------------------------------------- */

static bool url_ok(str url)
{
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || (unsigned char)url.p[i] >= 0x7f ||
		    url.p[i] == '?' || url.p[i] == '#')
			return false;
	return str_starts(url, S("https://")) || str_starts(url, S("http://"));
}

static bool parse(str value, str url[RELAY_MOST], size_t *n)
{
	str word, rest = str_trim(value);

	*n = 0;
	if (str_eq(rest, S("-")))
		return true;
	while (str_take(&rest, ' ', &word)) {
		if (!word.n)
			continue;
		if (*n == RELAY_MOST || !url_ok(word))
			return false;
		url[(*n)++] = str_ends(word, S("/")) ? str_sub(word, 0, word.n - 1) : word;
	}
	return true;
}

err relays_check(struct arena *a, str value)
{
	str url[RELAY_MOST];
	size_t n;

	return parse(value, url, &n) ? NULL :
	    ERR(a, ERR_INVALID, "draw-relays", .field = "value");
}

static err ask_whom(struct db *db, const struct draw *d, str url[RELAY_MOST], size_t *n)
{
	str value;

	TRY(setting_text(db, d->city, d->rehearsal ? "draw-rehearsal-relays" : "draw-relays",
	    &value));
	if (!value.n && !d->rehearsal)
		value = S(RELAYS_DRAND);
	if (!parse(value, url, n))
		*n = 0;
	return NULL;
}

/* ---- how it stands --------------------------------------------------------- */

static enum relay_stand stand(int64_t late)
{
	return late < 0 ? STAND_TO_COME : late < RELAY_LATE ? STAND_DUE :
	    late < ANNUL_AFTER ? STAND_LATE : STAND_NOTARY;
}

err relays_get(struct db *db, const struct draw *d, int64_t part, int64_t round, int64_t due,
    int64_t now, struct relays *r)
{
	struct draw_relay_list *v;
	str url[RELAY_MOST];
	size_t n;

	*r = (struct relays){ .stand = stand(now - due), .round = round, .due = due,
	    .left = now < due ? due - now : now - due };
	TRY(ask_whom(db, d, url, &r->n));
	TRY(draw_q_relay_list(db, d->city, d->id, part, &v, &n));
	for (size_t i = 0; i < r->n; i++)
		r->v[i].url = url[i];
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < r->n; k++)
			if (str_eq(v[i].relay, url[k]))
				r->v[k] = (struct relay){ v[i].relay, (enum relay_state)v[i].state,
				    v[i].said, v[i].at, true };
		if (!v[i].text.n)
			continue;
		r->stand = STAND_HERE;
		r->text = v[i].text;
		r->from = v[i].relay;
	}
	return NULL;
}

/* ---- what waits ------------------------------------------------------------- */

struct waits { struct draw d; int64_t part, round, due; };

/* The one part of this draw that waits next: its sample, itself, a redraw. */
static err redraw_of(struct db *db, struct waits *w, bool *any)
{
	struct after_row *v;
	size_t n;

	TRY(draw_afters(db, &w->d, &v, &n));
	for (size_t i = 0; i < n && !*any; i++)
		if (v[i].kind == AFTER_REDRAW && !v[i].ran) {
			w->part = v[i].n;
			w->round = v[i].round;
			w->due = w->d.rehearsal ? v[i].at : beacon_due(v[i].round);
			*any = true;
		}
	return NULL;
}

static err sample_of(struct db *db, struct waits *w, bool *any)
{
	struct sample s;

	TRY(sample_get(db, &w->d, &s));
	*any = s.there && !s.ran;
	if (!*any)
		return NULL;
	w->part = PART_SAMPLE;
	w->round = s.round;
	w->due = w->d.rehearsal ? s.said : beacon_due(s.round);
	return NULL;
}

struct all { struct waits *v; size_t n; };

static err add(struct db *db, struct all *all, struct waits w, bool any)
{
	struct relays r;

	if (!any)
		return NULL;
	TRY(relays_get(db, &w.d, w.part, w.round, w.due, w.due, &r));
	if (!r.text.n && r.n)
		all->v[all->n++] = w;
	return NULL;
}

static err find_all(struct db *db, city_id city, struct all *all)
{
	struct draw *d;
	size_t n;

	TRY(draw_list_of_city(db, city, &d, &n));
	*all = (struct all){ .v = NEWN(db_arena(db), struct waits, 2 * n + 1) };
	for (size_t i = 0; i < n; i++) {
		struct waits w = { d[i], PART_DRAW, d[i].round, draw_due(&d[i]) };
		struct waits s = { .d = d[i] };
		bool any = false;
		TRY(add(db, all, w, d[i].state == DRAW_FROZEN));
		if (d[i].state == DRAW_FROZEN)
			TRY(sample_of(db, &s, &any));
		else if (draw_was_run(&d[i]))
			TRY(redraw_of(db, &s, &any));
		TRY(add(db, all, s, any));
	}
	return NULL;
}

/* ---- asking --------------------------------------------------------------------- */

struct answer {
	struct change change;
	struct waits w;
	str url, text;		/* text: checked, else empty		*/
	enum relay_state state;
	int64_t said, at;
};

/* It may have been pasted while we asked: then ours is not needed. */
static err set_beacon(struct tx *tx, struct change *c, struct answer *x)
{
	struct draw *d = &x->w.d;

	TRY(draw_reload(tx->db, d));
	if (d->state != DRAW_FROZEN)
		return NULL;
	TRY(draw_beacon_set(tx, c, d, x->text, x->at));
	return audit_by(tx, d->city, "laris", "draw.beacon", d->id.v, (str){ 0 },
	    audit_json(db_arena(tx->db), (struct audit_pair[]){ AUDIT_TEXT("relay", x->url) }, 1),
	    x->at);
}

static err store(struct change *c, struct tx *tx)
{
	struct answer *x = (struct answer *)(void *)((char *)c - offsetof(struct answer, change));
	const struct draw *d = &x->w.d;

	TRY(draw_q_relay_set(tx, d->city, d->id, x->w.part, x->url, (int64_t)x->state, x->said,
	    x->at, x->text, NULL));
	draw_touch(c, d);
	return x->text.n && x->w.part == PART_DRAW ? set_beacon(tx, c, x) : NULL;
}

/* A relay that has not got the round yet says so by its status. */
static void judge(struct arena *a, struct answer *x, const struct fetched *reply)
{
	const struct draw *d = &x->w.d;

	x->said = reply->status;
	x->state = RELAY_LACKS;
	if (reply->status != 200)
		return;
	err e = beacon_text(a, d->code, d->chain, x->w.round, reply->body, &x->text);
	x->state = e ? RELAY_WRONG : RELAY_GOOD;
	if (!e)
		return;
	x->text = (str){ 0 };
	log_line(LOG_ERROR, "a drand relay sent what its chain did not sign",
	    "relay=%.*s round=%lld rule=%s", SV(x->url), (long long)x->w.round, e->rule);
}

static err ask(struct outside *o, const struct waits *w, str url, bool *have)
{
	struct answer x = { .change = { .run = store, .a = o->a }, .w = *w, .url = url };
	struct fetched reply;
	struct fetch f = { .url = arena_printf(o->a, "%.*s/%.*s/public/%lld", SV(url),
	    SV(w->d.chain), (long long)w->round).p, .max = REPLY_BYTES, .seconds = SECONDS };

	err e = fetch(o->a, o->world, &f, &reply);
	x.at = time_now();
	if (e)
		x.state = e->kind == ERR_BUSY ? RELAY_SILENT :
		    !strcmp(e->rule, "fetch-inside") ? RELAY_INSIDE : RELAY_WRONG;
	else
		judge(o->a, &x, &reply);
	*have = x.state == RELAY_GOOD;
	return writer_call(o->writer, &x.change);
}

err relays_collect(struct outside *o)
{
	int64_t start = time_mono(), now = time_now();
	str url[RELAY_MOST];
	struct all all;
	size_t n;

	TRY(find_all(o->db, o->city, &all));
	for (size_t i = 0; i < all.n; i++) {
		bool have = all.v[i].due > now;
		TRY(ask_whom(o->db, &all.v[i].d, url, &n));
		for (size_t k = 0; k < n && !have && time_mono() - start < PASS; k++)
			TRY(ask(o, &all.v[i], url[k], &have));
	}
	return NULL;
}

err relays_again(struct change *c, struct tx *tx, city_id city, str payload, int64_t now)
{
	int64_t next = INT64_MAX;
	struct all all;

	(void)payload;
	TRY(find_all(tx->db, city, &all));
	for (size_t i = 0; i < all.n; i++) {
		int64_t late = now - all.v[i].due;
		int64_t at = late < 0 ? all.v[i].due : now + (late < 10 * MINUTE ? SOON : LATER);
		next = at < next ? at : next;
	}
	return all.n ? later_add(tx, c, city, RELAY_JOB, next) : NULL;
}

err relays_wanted(struct tx *tx, struct change *c, city_id city, int64_t now)
{
	return later_once(tx, c, city, RELAY_JOB, now);
}
