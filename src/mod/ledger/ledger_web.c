/* ledger_web.c - the log as files that stay, and as pages for people. */
#include "core/layout.h"
#include "core/pipeline.h"
#include "core/setting.h"
#include "html/text.h"
#include "ledger_read.h"
#include "ledger_tmpl.h"
#include "log/proof.h"
#include "log/tile.h"
#include "mod/ledger/key.h"
#include "mod/ledger/ledger.h"
#include "mod/ledger/pages.h"
#include "mod/ledger/web.h"

enum { NEWEST = 20 };

static uint64_t topic(const struct req *r)
{
	return ledger_key(r->city.id);
}

err ledger_checkpoint_file(struct req *r)
{
	struct ledger_tree t;

	TRY(ledger_tree(r->db, r->city.id, &t));
	TRY(ledger_public(&t, r->site->key_file, &r->bytes));
	r->bytes_type = "text/plain; charset=utf-8";
	return NULL;
}

/* What a journalist keeps: the witnesses are named whether or not they signed yet. */
err ledger_policy_file(struct req *r)
{
	struct ledger_tree t;

	TRY(ledger_tree(r->db, r->city.id, &t));
	if (!t.size)
		return ERR(r->a, ERR_MISSING, "ledger-none");
	TRY(ledger_policy(&t, r->site->key_file, LEDGER_POLICY_NOW, 0, &r->bytes));
	r->bytes_type = "text/plain; charset=utf-8";
	r->bytes_name = S("policy.txt");
	return NULL;
}

static err not_there(struct req *r)
{
	return ERR(r->a, ERR_MISSING, "no-such-page");
}

/* Only what the signed size holds, as wide as asked; then it never changes. */
err ledger_tile_file(struct req *r)
{
	struct ledger_tree t;
	struct tile tile;

	if (!tile_parse(req_path(r, "tile/%.*s", SV(r->param[1])), &tile))
		return not_there(r);
	TRY(ledger_tree(r->db, r->city.id, &t));
	if (tile_width(tile.level, tile.index, (uint64_t)t.size) < tile.width)
		return not_there(r);
	TRY(ledger_tile(&t, &tile, &r->bytes));
	r->bytes_type = "application/octet-stream";
	r->forever = true;
	return NULL;
}

static err number_of(struct req *r, int64_t *number)
{
	return str_int(r->param[1], 0, INT64_MAX - 1, number) ? NULL : not_there(r);
}

err ledger_proof_file(struct req *r)
{
	struct ledger_tree t;
	int64_t number;

	TRY(number_of(r, &number));
	TRY(ledger_tree(r->db, r->city.id, &t));
	TRY(ledger_proof(&t, r->site->key_file, number, 0, &r->bytes));
	r->bytes_type = "text/plain; charset=utf-8";
	r->bytes_name = req_path(r, "%.*s-%lld.tlog-proof", SV(r->city.slug), (long long)number);
	return NULL;
}

/* ---- for people --------------------------------------------------------------- */

static const struct kind { enum text_id name, say; } kinds[LEDGER_KINDS] = {
	{ TEXT_ledger_other, TEXT_ledger_say_other },
	[LEDGER_PURCHASE] = { TEXT_ledger_purchase, TEXT_ledger_say_purchase },
	[LEDGER_CORRECTION] = { TEXT_ledger_correction, TEXT_ledger_say_correction },
	[LEDGER_VOID] = { TEXT_ledger_void, TEXT_ledger_say_void },
	[LEDGER_RULES] = { TEXT_ledger_rules, TEXT_ledger_say_rules },
	[LEDGER_TOTALS] = { TEXT_ledger_totals, TEXT_ledger_say_totals },
	[LEDGER_FREEZE] = { TEXT_ledger_freeze, TEXT_ledger_say_freeze },
	[LEDGER_AFTER] = { TEXT_ledger_after, TEXT_ledger_say_after },
	[LEDGER_SAMPLE] = { TEXT_ledger_sample, TEXT_ledger_say_sample },
	[LEDGER_TEMPLATE] = { TEXT_ledger_template, TEXT_ledger_say_template },
	[LEDGER_ANNULMENT] = { TEXT_ledger_annulment, TEXT_ledger_say_annulment },
};

static struct kind kind_words(int64_t kind)
{
	return kinds[kind > 0 && kind < LEDGER_KINDS ? kind : 0];
}

static err rows(struct req *r, struct ledger_view *v, int64_t below)
{
	struct ledger_newest *e;

	TRY(ledger_q_newest(r->db, r->city.id, below, NEWEST, &e, &v->n));
	struct ledger_line *line = NEWN(r->a, struct ledger_line, v->n);
	for (size_t i = 0; i < v->n; i++)
		line[i] = (struct ledger_line){ e[i].number, kind_words(e[i].kind).name,
			req_path(r, "/log/%.*s/entry/%lld", SV(r->city.slug),
			    (long long)e[i].number) };
	v->v = line;
	if (v->n && e[v->n - 1].number)
		v->pager.next = req_path(r, "/log/%.*s?below=%lld", SV(r->city.slug),
		    (long long)e[v->n - 1].number);
	return NULL;
}

/* The key people write down, and the head it signed; none when the key is missing. */
static err signed_head(struct req *r, struct ledger_tree *t, struct ledger_view *v)
{
	struct note_signer signer;
	struct hash root;

	TRY(ledger_signer(r->a, r->site->key_file, t->origin, KEY_LOG, &signer));
	sign_forget(&signer.secret);
	TRY(ledger_root(t, &root));
	v->key = note_key_text(r->a, &signer.key);
	v->root = hash_hex(r->a, &root);
	return NULL;
}

static err witnesses(struct req *r, struct ledger_view *v)
{
	struct cosigners who;

	TRY(cosigners_get(r->db, r->city.id, &who));
	struct ledger_witness_line *line = NEWN(r->a, struct ledger_witness_line, who.n);
	for (size_t i = 0; i < who.n; i++) {
		line[i].name = who.v[i].key.name;
		TRY(cosigner_state(r->db, r->city.id, &who.v[i], &line[i].s));
		v->other |= line[i].s.state == COSIGN_AHEAD || line[i].s.state == COSIGN_FORK;
	}
	v->witnesses = line;
	v->n_witnesses = who.n;
	v->quorum = who.quorum;
	return NULL;
}

err ledger_page(struct req *r)
{
	struct ledger_view v = { .base = req_path(r, "/log/%.*s", SV(r->city.slug)) };
	int64_t below = INT64_MAX;
	struct ledger_tree t;

	if (req_query(r, "below").n && !str_int(req_query(r, "below"), 0, INT64_MAX, &below))
		return not_there(r);
	TRY(setting_url(r, v.base, &v.url));
	TRY(ledger_tree(r->db, r->city.id, &t));
	v.size = t.size;
	v.origin = t.origin;
	if (t.size) {
		TRY(signed_head(r, &t, &v));
		TRY(rows(r, &v, below));
		TRY(witnesses(r, &v));
	}
	if (below != INT64_MAX)
		v.pager.prev = v.base;
	req_stamp_soft(r, topic(r));
	r->title = text(r->lang, TEXT_ledger_title);
	page_ledger(&r->out, &v);
	return NULL;
}

err ledger_entry_page(struct req *r)
{
	struct ledger_one v = { .base = req_path(r, "/log/%.*s", SV(r->city.slug)) };
	struct ledger_entry e;
	struct hash leaf;

	TRY(number_of(r, &v.number));
	TRY(ledger_get(r->db, r->city.id, v.number, &e));
	merkle_leaf(&leaf, e.data);
	v.kind = kind_words((int64_t)e.kind).name;
	v.say = kind_words((int64_t)e.kind).say;
	v.data = e.data;
	v.leaf = hash_hex(r->a, &leaf);
	v.proof = req_path(r, "%.*s/proof/%lld", SV(v.base), (long long)v.number);
	r->title = text_fill(r->a, r->lang, TEXT_ledger_one_title,
	    (str[]){ req_path(r, "%lld", (long long)v.number) }, 1);
	page_ledger_entry(&r->out, &v);
	return NULL;
}
