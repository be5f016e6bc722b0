/* send.c - the mails that wait, one by one, beside the writer. */
#include "core/fetch.h"
#include "core/later.h"
#include "core/mime.h"
#include "core/city.h"
#include "core/route.h"
#include "message_read.h"
#include "message_write.h"
#include "mod/message/message.h"

#define BATCH		50
#define PASS		(20 * SECOND)	/* then other jobs have their turn */
#define MAIL_SECONDS	30

struct pass {			/* one run of the job		*/
	struct outside *o;
	struct city city;
	struct mail_setup setup;
	struct mailer *mailer;
	struct message m;	/* of the last row, and what belongs to it */
	struct message_words words;
	bool down;
};

/* What became of one, as a change of its own. */
struct ended {
	struct change change;
	city_id city;
	struct message_mail_due row;
	struct mail_result result;
	int64_t now;
};

static int64_t wait_of(int64_t tries)
{
	return MINUTE << (tries < 8 ? tries - 1 : 7);
}

static err store(struct change *c, struct tx *tx)
{
	struct ended *e = (struct ended *)(void *)((char *)c - offsetof(struct ended, change));
	int64_t tries = e->row.tries + (e->result.end != MAIL_DOWN), due = e->now;
	enum message_state state = MAIL_WAITS;

	if (e->result.end == MAIL_SENT)
		state = MAIL_GONE;
	else if (e->result.end == MAIL_REFUSED)
		state = MAIL_NOT_TAKEN;
	else if (e->result.end == MAIL_LATER && tries >= MESSAGE_TRIES)
		state = MAIL_GIVEN_UP;
	else if (e->result.end == MAIL_LATER)
		due += wait_of(tries);
	return message_q_mail_end(tx, e->city, e->row.message, e->row.merchant, state, tries, due,
	    e->result.said, e->now, NULL);
}

/* Text and sale of a row's message, read again only when it is another one. */
static err load(struct pass *p, message_id id)
{
	struct db *db = p->o->db;
	struct message_get r;
	struct message_sale sale;
	bool found;

	if (p->m.id.v == id.v)
		return NULL;
	TRY(message_q_get(db, p->o->city, id, &r, &found));
	CHECK(found);
	TRY(message_q_sale(db, p->o->city, r.festival, &sale));
	p->m = (struct message){ .id = id, .subject = r.subject, .body = r.body,
	    .reply_to = r.reply_to };
	p->words = (struct message_words){ .sale = sale.name };
	return message_links(r.body) || message_links(r.subject) ?
	    message_link(db, p->o->city, &p->words.link) : NULL;
}

static err mail_text(struct pass *p, const struct message_mail_due *row, str *out)
{
	struct arena *a = p->o->a;
	struct mail mail = { .from = p->setup.from, .from_name = p->setup.from_name,
	    .to = row->email, .at = time_now(), .zone = p->city.zone };

	TRY(load(p, row->message));
	p->words.shop = row->name;
	mail.reply_to = p->m.reply_to;
	mail.subject = message_fill(a, p->m.subject, &p->words);
	mail.body = message_fill(a, p->m.body, &p->words);
	mail.id = arena_printf(a, "%.*s.%.*s", SV(id_text(a, row->message.v)),
	    SV(id_text(a, row->merchant.v)));
	return mime_write(a, &mail, out);
}

/* A text that cannot become a mail is refused like one the server refuses. */
static err one(struct pass *p, const struct message_mail_due *row)
{
	struct arena *a = p->o->a;
	struct ended e = { .change = { .run = store, .a = a }, .city = p->o->city, .row = *row };
	str bytes;
	err bad = mail_text(p, row, &bytes);

	if (bad)
		e.result = (struct mail_result){ MAIL_REFUSED, err_text(a, LANG_ID, bad) };
	else
		mailer_send(p->mailer, a, p->setup.from, row->email, bytes, &e.result);
	p->down = e.result.end == MAIL_DOWN;
	e.now = time_now();
	return writer_call(p->o->writer, &e.change);
}

static err all(struct pass *p, const struct message_mail_due *row, size_t n)
{
	int64_t start = time_mono();

	for (size_t i = 0; i < n && !p->down && time_mono() - start < PASS; i++)
		TRY(one(p, &row[i]));
	/* The job itself waits then, longer each time. */
	return p->down ? ERR(p->o->a, ERR_BUSY, "mail-down") : NULL;
}

err message_outside(struct outside *o)
{
	struct pass p = { .o = o };
	struct message_mail_due *row;
	bool have;
	size_t n;

	TRY(city_get(o->db, o->city, &p.city));
	TRY(mail_setup_get(o->db, o->city, &p.setup, &have));
	TRY(message_q_mail_due(o->db, o->city, time_now(), BATCH, &row, &n));
	if (!n)
		return NULL;
	if (!have)
		return ERR(o->a, ERR_BUSY, "mail-not-set");
	p.mailer = mailer_open(o->a, o->world, p.setup.url, MAIL_SECONDS);
	err e = all(&p, row, n);
	mailer_close(&p.mailer);
	return e;
}

/* In the change that ends this job: so nothing can come in between unseen. */
err message_next(struct change *c, struct tx *tx, city_id city, str payload, int64_t now)
{
	struct message_mail_next *due;
	size_t n;

	(void)payload;
	TRY(message_q_mail_next(tx->db, city, &due, &n));
	return n ? later_add(tx, c, city, MESSAGE_JOB, due->due > now ? due->due : now) : NULL;
}
