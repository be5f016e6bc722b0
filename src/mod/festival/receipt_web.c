/* receipt_web.c - where a shopper's purchase stands in the public log. */
#include "festival_read.h"
#include "html/text.h"
#include "mod/festival/bar.h"
#include "mod/festival/purchase_log.h"
#include "mod/festival/web.h"
#include "mod/ledger/ledger.h"
#include "receipt_tmpl.h"

/* Is it on this card, or on the one it is joined to? */
static err of_card(struct req *r, const struct festival *f, const struct card *c, purchase_id id)
{
	struct festival_purchase_by_id p;
	bool found;

	TRY(festival_q_purchase_by_id(r->db, f->city, id, &p, &found));
	if (!found || p.festival.v != f->id.v || !p.card.v ||
	    (p.card.v != c->id.v && p.card.v != c->main.v))
		return ERR(r->a, ERR_MISSING, "purchase-unknown");
	return NULL;
}

/* Tab and line end as printf writes them, the rest as it is between quotes. */
static str command(struct req *r, const struct purchase_receipt *is)
{
	struct buf b = BUF(r->a, 20000);

	buf_str(&b, S("printf '%s\\n%s\\n%s\\n' laris-pc/v1 \"$(printf '"));
	for (size_t i = 0; i < is->line.n; i++) {
		char c = is->line.p[i];
		if (c == '\t')
			buf_str(&b, S("\\t"));
		else if (c == '\'')
			buf_str(&b, S("\\047"));
		else if (c == '%' || c == '\\')
			buf_printf(&b, "\\%03o", (unsigned)c);
		else
			buf_char(&b, c);
	}
	buf_printf(&b, "')\" %.*s | sha256sum", SV(is->salt));
	return buf_done(&b);
}

/* The number and the first 64 bits of the entry's hash, four digits at a time. */
static err line_of_proof(struct req *r, struct receipt_view *v)
{
	struct buf b = BUF(r->a, 200);
	struct ledger_entry e;
	struct hash leaf;

	TRY(ledger_get(r->db, r->city.id, v->number, &e));
	merkle_leaf(&leaf, e.data);
	buf_printf(&b, "%.*s %lld", SV(r->city.slug), (long long)v->number);
	for (int i = 0; i < 8; i += 2)
		buf_printf(&b, " %02x%02x", leaf.b[i], leaf.b[i + 1]);
	v->line_of_proof = buf_done(&b);
	return NULL;
}

err web_receipt(struct req *r)
{
	struct receipt_view v = { .log = req_path(r, "/log/%.*s", SV(r->city.slug)),
	    .opened_by = req_query(r, "s") };
	struct purchase_receipt is;
	struct ledger_tree log;
	struct festival f;
	struct card c;
	int64_t number, id;

	TRY(festival_of(r, 1, &f));
	TRY(req_id(r, 3, &id));
	/* A wrong number and a wrong secret look the same: nothing to guess by. */
	if (!card_number_parse(r->param[2], &number) || card_find(r->db, &f, number, &c) ||
	    !card_may_open(r, &f, &c) || c.blocked)
		return ERR(r->a, ERR_DENIED, "card-secret");
	TRY(of_card(r, &f, &c, (purchase_id){ id }));
	TRY(purchase_receipt(r->db, &f, (purchase_id){ id }, &is));
	v.card = req_path(r, "%.*s/card/%09lld", SV(festival_base(r, &f)), (long long)c.number);
	v.number = is.number;
	v.erased = is.erased;
	v.commitment = is.commitment;
	if (!is.erased)
		v.command = command(r, &is);
	TRY(ledger_tree(r->db, r->city.id, &log));
	v.origin = log.origin;
	TRY(line_of_proof(r, &v));
	r->title = text(r->lang, TEXT_receipt_title);
	page_receipt(&r->out, &v);
	return NULL;
}
