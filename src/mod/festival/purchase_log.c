#include "mod/festival/purchase_log.h"
#include "festival_read.h"
#include "mod/ledger/ledger.h"
#include <string.h>

enum { MOST_SAID = 20 };

/* A field ends with a tab: what is below a space becomes one. */
static void put_field(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
}

static void put_number(struct buf *b, int64_t v)
{
	buf_char(b, '\t');
	buf_int(b, v);
}

str purchase_line(struct arena *a, const struct festival *f, const struct purchase_said *p)
{
	struct buf b = BUF(a, 8192);

	buf_str(&b, S("laris-purchase-line/v1\t"));
	id_put(&b, p->id.v);
	buf_char(&b, '\t');
	buf_str(&b, f->slug);
	buf_char(&b, '\t');
	id_put(&b, p->merchant.v);
	buf_char(&b, '\t');
	if (p->card)
		buf_digits(&b, p->card, 9);
	else
		buf_char(&b, '-');
	put_number(&b, p->amount);
	buf_char(&b, '\t');
	buf_str(&b, str_of(choice_by_value(method_choices, (int64_t)p->method)->code));
	buf_char(&b, '\t');
	ledger_put_utc(&b, p->at);
	put_number(&b, p->counted);
	put_number(&b, p->points);
	buf_char(&b, '\t');
	put_field(&b, p->event);
	buf_char(&b, '\t');
	put_field(&b, p->note);
	return buf_done(&b);
}

static void put_commitment(struct buf *b, const struct hash *h)
{
	char hex[64];

	hex_put(hex, h->b, sizeof h->b);
	buf_str(b, S("commitment "));
	buf_put(b, hex, sizeof hex);
	buf_char(b, '\n');
}

static void put_index(struct buf *b, int64_t number)
{
	buf_str(b, S("index "));
	buf_int(b, number);
	buf_char(b, '\n');
}

err purchase_entry(struct tx *tx, struct change *change, const struct festival *f,
    const struct purchase_said *p, int64_t now, int64_t first, int64_t *number)
{
	struct arena *a = db_arena(tx->db);
	struct buf b = BUF(a, 256);
	struct ledger_secret secret;

	ledger_commit(&secret, purchase_line(a, f, p));
	buf_str(&b, first < 0 ? S("laris-purchase/v1\n") : S("laris-correction/v1\n"));
	if (first >= 0)
		put_index(&b, first);
	ledger_put_hour(&b, now);
	put_commitment(&b, &secret.commitment);
	struct ledger_new e = { first < 0 ? LEDGER_PURCHASE : LEDGER_CORRECTION, p->id.v,
	    buf_done(&b), { (const char *)secret.salt, sizeof secret.salt } };
	return ledger_append(tx, change, f->city, &e, number);
}

err purchase_entry_void(struct tx *tx, struct change *change, const struct festival *f,
    purchase_id id, int64_t now, int64_t first, int64_t *number)
{
	struct buf b = BUF(db_arena(tx->db), 256);

	buf_str(&b, S("laris-void/v1\n"));
	put_index(&b, first);
	ledger_put_hour(&b, now);
	struct ledger_new e = { LEDGER_VOID, id.v, buf_done(&b), { 0 } };
	return ledger_append(tx, change, f->city, &e, number);
}

/* ---- reading ------------------------------------------------------------ */

err card_number(struct db *db, city_id city, card_id card, int64_t *number)
{
	struct festival_card_by_id c;
	bool found;

	*number = 0;
	if (!card.v)
		return NULL;
	TRY(festival_q_card_by_id(db, city, card, &c, &found));
	CHECK(found);
	*number = c.number;
	return NULL;
}

err purchase_receipt(struct db *db, const struct festival *f, purchase_id id,
    struct purchase_receipt *r)
{
	struct arena *a = db_arena(db);
	struct festival_purchase_by_id p;
	struct ledger_entry e;
	struct hash h;
	int64_t card;
	bool found;

	TRY(festival_q_purchase_by_id(db, f->city, id, &p, &found));
	if (!found || p.festival.v != f->id.v || p.log_now < 0)
		return ERR(a, ERR_MISSING, "purchase-unknown");
	TRY(card_number(db, f->city, p.card, &card));
	TRY(ledger_get(db, f->city, p.log_now, &e));
	*r = (struct purchase_receipt){ .number = p.log_now, .erased = e.salt.n != 32 };
	if (r->erased)
		return NULL;
	r->line = purchase_line(a, f, &(struct purchase_said){ id, p.merchant, card, p.amount,
	    p.counted, p.points, p.at, (enum method)p.method, p.event, p.note });
	ledger_commitment(&h, r->line, e.salt);
	r->commitment = hash_hex(a, &h);
	char *hex = arena_bytes(a, 64);
	hex_put(hex, e.salt.p, 32);
	r->salt = (str){ hex, 64 };
	return NULL;
}

/* ---- the check ------------------------------------------------------------ */

struct checking { struct arena *a; struct buf *broken; int said; };

static void say(struct checking *c, const struct festival_check_log *p, const char *what)
{
	if (c->said++ < MOST_SAID)
		buf_printf(c->broken, "%.*s: purchase %.*s (entry %lld): %s\n", SV(p->slug),
		    SV(id_text(c->broken->a, p->id.v)), (long long)p->log_now, what);
}

/* Does the entry hold the purchase as its row is now? */
static bool opens(struct checking *c, const struct festival_check_log *p)
{
	struct festival f = { .slug = p->slug };
	str tail = str_sub(p->data, p->data.n < 65 ? p->data.n : p->data.n - 65, 64);
	struct hash is, said;

	str line = purchase_line(c->a, &f, &(struct purchase_said){ p->id, p->merchant, p->card,
	    p->amount, p->counted, p->points, p->at, (enum method)p->method, p->event, p->note });
	ledger_commitment(&is, line, p->salt);
	return hex_get(said.b, sizeof said.b, tail) && hash_same(&is, &said);
}

static err one(void *ctx, const struct festival_check_log *p)
{
	struct checking *c = ctx;

	arena_reset(c->a);
	if (!p->has_subject || p->subject != p->id.v)
		say(c, p, "has no entry in the public log");
	else if (p->kind != LEDGER_PURCHASE && p->kind != LEDGER_CORRECTION)
		say(c, p, "its entry is of another kind");
	else if (p->salt.n == 32 && !opens(c, p))
		say(c, p, "is not what its entry commits to");
	return NULL;
}

static err void_one(void *ctx, const struct festival_check_log_void *v)
{
	struct checking *c = ctx;

	if (c->said++ < MOST_SAID)
		buf_printf(c->broken, "void of purchase %.*s has no entry in the public log\n",
		    SV(id_text(c->broken->a, v->purchase.v)));
	return NULL;
}

err purchase_log_check(struct db *db, struct buf *broken)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	struct checking c = { a, broken, 0 };

	TRY(festival_q_check_log(db, one, &c));
	return festival_q_check_log_void(db, void_one, &c);
}
