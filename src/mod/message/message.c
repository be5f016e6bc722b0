/* message.c - drafts, whom they are for, sending off, who was contacted. */
#include "mod/message/message.h"
#include "core/later.h"
#include "message_read.h"
#include "message_write.h"

const struct choice whom_choices[] = {
	{ "admitted", WHOM_ADMITTED, TEXT_message_whom_admitted },
	{ "silent-1", WHOM_SILENT_1, TEXT_message_whom_silent_1 },
	{ "silent-3", WHOM_SILENT_3, TEXT_message_whom_silent_3 },
	{ "never", WHOM_NEVER, TEXT_message_whom_never },
	{ "waiting", WHOM_WAITING, TEXT_message_whom_waiting },
	{ 0 }
};

err message_get(struct db *db, const struct festival *f, message_id id, struct message *m)
{
	struct message_get r;
	bool found;

	TRY(message_q_get(db, f->city, id, &r, &found));
	if (!found || r.festival.v != f->id.v)
		return ERR(db_arena(db), ERR_MISSING, "no-such-page");
	*m = (struct message){ .city = f->city, .id = r.id, .festival = r.festival,
	    .whom = (enum message_whom)r.whom, .venue = r.venue, .sector = r.sector,
	    .subject = r.subject, .body = r.body, .reply_to = r.reply_to, .created = r.created,
	    .created_by = r.created_by, .sent = r.sent, .sent_by = r.sent_by };
	return NULL;
}

/* Nothing came in from then on; a sale that is over is looked at as of its end. */
static int64_t silent_before(const struct city *city, const struct festival *f,
    enum message_whom whom, int64_t now)
{
	int64_t end = time_of_day(f->last_day + 1, city->zone) - 1;

	now = now < end ? now : end;
	switch (whom) {
	case WHOM_SILENT_1:
		return now - DAY;
	case WHOM_SILENT_3:
		return now - 3 * DAY;
	case WHOM_NEVER:
		return 1;
	case WHOM_ADMITTED: case WHOM_WAITING: case WHOMS:
		break;
	}
	return 0;
}

err message_audience(struct db *db, const struct city *city, const struct festival *f,
    const struct message *m, int64_t now, struct audience *out)
{
	struct message_audience *v;

	*out = (struct audience){ 0 };
	TRY(message_q_audience(db, f->city, f->id, m->whom == WHOM_WAITING ?
	    PARTICIPATION_WAITING : PARTICIPATION_ADMITTED,
	    silent_before(city, f, m->whom, now), m->venue, m->sector, &v, &out->n));
	out->v = NEWN(db_arena(db), struct someone, out->n);
	for (size_t i = 0; i < out->n; i++) {
		out->v[i] = (struct someone){ v[i].id, v[i].name, v[i].phone, v[i].email };
		out->mails += v[i].email.n > 0;
		out->phones += !v[i].email.n && v[i].phone.n;
	}
	return NULL;
}

/* ---- a draft -------------------------------------------------------------- */

static err judge(struct tx *tx, const struct message *m)
{
	struct arena *a = db_arena(tx->db);
	str link;

	TRY(message_holes(a, "subject", m->subject));
	TRY(message_holes(a, "body", m->body));
	return message_links(m->body) || message_links(m->subject) ?
	    message_link(tx->db, m->city, &link) : NULL;
}

err message_add(struct tx *tx, struct message *m, int64_t now)
{
	TRY(judge(tx, m));
	m->id = (message_id){ id_new() };
	m->created = now;
	return message_q_add(tx, m->city, m->id, m->festival, (int64_t)m->whom, m->venue, m->sector,
	    m->subject, m->body, m->reply_to, now, m->created_by, NULL);
}

static err only_draft(struct tx *tx, int64_t changed)
{
	return changed ? NULL : ERR(db_arena(tx->db), ERR_CONFLICT, "message-sent");
}

err message_change(struct tx *tx, const struct message *m)
{
	int64_t changed;

	TRY(judge(tx, m));
	TRY(message_q_change(tx, m->city, m->id, (int64_t)m->whom, m->venue, m->sector, m->subject,
	    m->body, m->reply_to, &changed));
	return only_draft(tx, changed);
}

err message_drop(struct tx *tx, const struct message *m)
{
	int64_t changed;

	TRY(message_q_drop(tx, m->city, m->id, &changed));
	return only_draft(tx, changed);
}

/* ---- sent off ----------------------------------------------------------------- */

err message_send(struct tx *tx, struct change *c, const struct city *city,
    const struct festival *f, const struct message *m, str by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct mail_setup mail;
	struct audience to;
	int64_t changed;
	bool have;

	TRY(judge(tx, m));
	TRY(mail_setup_get(tx->db, m->city, &mail, &have));
	TRY(message_audience(tx->db, city, f, m, now, &to));
	if (!to.n)
		return ERR(a, ERR_CONFLICT, "message-nobody");
	TRY(message_q_mark_sent(tx, m->city, m->id, now, by, &changed));
	TRY(only_draft(tx, changed));
	for (size_t i = 0; i < to.n; i++)
		TRY(message_q_to_add(tx, m->city, m->id, to.v[i].id, to.v[i].email,
		    to.v[i].phone, have && to.v[i].email.n ? MAIL_WAITS : MAIL_NONE, now, NULL));
	return have && to.mails ? later_once(tx, c, m->city, MESSAGE_JOB, now) : NULL;
}

err message_again(struct tx *tx, struct change *c, const struct message *m, int64_t now)
{
	struct mail_setup mail;
	bool have;

	TRY(mail_setup_get(tx->db, m->city, &mail, &have));
	if (!have)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "mail-not-set");
	TRY(message_q_mail_again(tx, m->city, m->id, now, NULL));
	return later_once(tx, c, m->city, MESSAGE_JOB, now);
}

err message_contacted(struct tx *tx, const struct message *m, merchant_id id, int64_t at,
    str by)
{
	int64_t changed;

	TRY(message_q_contacted_set(tx, m->city, m->id, id, at, by, &changed));
	return changed ? NULL : ERR(db_arena(tx->db), ERR_MISSING, "no-such-page");
}
