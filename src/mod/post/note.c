#include "mod/post/post.h"
#include "post_read.h"
#include "post_write.h"

/* ---- twins ---------------------------------------------------------------- */

/* The next sign that counts, in lower case; -1 at the end. */
static int sign(str *s)
{
	while (s->n) {
		unsigned char c = (unsigned char)*s->p;
		s->p++;
		s->n--;
		if (c >= 'A' && c <= 'Z')
			return c + 32;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 128)
			return c;
	}
	return -1;
}

/* A zero before which no digit stands says nothing: 0012 is 12. */
static int counting(str *s, int before)
{
	int c = sign(s);

	while (c == '0' && !(before >= '0' && before <= '9') && s->n) {
		str rest = *s;
		int next = sign(&rest);
		if (next < '0' || next > '9')
			break;
		*s = rest;
		c = next;
	}
	return c;
}

bool note_same(str a, str b)
{
	int x = -1, y = -1;

	do {
		x = counting(&a, x);
		y = counting(&b, y);
	} while (x == y && x >= 0);
	return x == y;
}

static err twin_of(struct db *db, const struct festival *f, const struct post_twins *t,
    struct twin *out)
{
	struct post_person_login who;
	bool found;

	*out = (struct twin){ .id = t->id, .number = t->number, .at = t->at,
	    .received = t->received, .note = t->note };
	TRY(card_number_of(db, f->city, t->card, &out->card));
	TRY(post_q_person_login(db, f->city, t->person, &who, &found));
	if (found)
		out->by = who.login;
	return NULL;
}

err note_twin_find(struct db *db, const struct festival *f, const struct purchase_in *in,
    struct twin *out, bool *found)
{
	struct post_twins *v;
	size_t n;

	*found = false;
	if (!in->note.n)
		return NULL;
	TRY(post_q_twins(db, f->city, f->id, in->merchant, in->amount, &v, &n));
	for (size_t i = 0; i < n && !*found; i++)
		if (note_same(v[i].note, in->note)) {
			*found = true;
			TRY(twin_of(db, f, &v[i], out));
		}
	return NULL;
}

static err judge(struct tx *tx, const struct twin *t, enum twin_answer answer, str reason)
{
	struct arena *a = db_arena(tx->db);

	if (answer == TWIN_ASK)
		return ERR(a, ERR_CONFLICT, "note-twin", .arg = { t->note });
	if (answer == TWIN_OTHER && (reason.n < 3 || reason.n > 200))
		return ERR(a, ERR_INVALID, "note-reason", .field = "reason");
	return NULL;
}

err note_record(struct tx *tx, struct change *c, const struct city *city,
    const struct festival *f, const struct purchase_in *in, enum twin_answer answer, str reason,
    int64_t now, struct note_out *out)
{
	struct post_event_there old;
	bool sent;

	*out = (struct note_out){ 0 };
	TRY(post_q_event_there(tx->db, f->city, f->id, in->event, &old, &sent));
	if (!sent)
		TRY(note_twin_find(tx->db, f, in, &out->twin, &out->asked));
	if (out->asked)
		TRY(judge(tx, &out->twin, answer, reason));
	out->same = out->asked && answer == TWIN_SAME;
	if (out->same)
		return NULL;
	TRY(purchase_record(tx, c, city, f, in, now, &out->p));
	if (!out->asked)
		return NULL;
	return post_q_twin_add(tx, f->city, out->p.id, out->twin.id, reason, in->person, now, NULL);
}

/* ---- corrections ------------------------------------------------------------- */

err note_fix(struct tx *tx, struct change *c, const struct city *city, const struct festival *f,
    purchase_id old, const struct purchase_in *in, enum twin_answer answer, str other_reason,
    str reason, int64_t now, struct note_out *out)
{
	struct void_in gone = { .reason = reason, .person = in->person, .token = in->token };
	bool again;

	gone.event = arena_printf(db_arena(tx->db), "%.*s-v", SV(in->event));
	TRY(purchase_void(tx, c, city, f, old, &gone, now, &again));
	TRY(note_record(tx, c, city, f, in, answer, other_reason, now, out));
	if (out->same)
		return NULL;
	return post_q_fix_add(tx, f->city, old, out->p.id, now, NULL);
}
