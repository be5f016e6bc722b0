/* witness_web.c - the page that says whom it looks at, and the call of the logs. */
#include "core/layout.h"
#include "core/pipeline.h"
#include "html/text.h"
#include "mod/ledger/key.h"
#include "mod/witness/pages.h"
#include "mod/witness/web.h"
#include "mod/witness/witness.h"
#include "witness_read.h"
#include "witness_tmpl.h"

enum { SHOWN = 200 };

err witness_page(struct req *r)
{
	struct witness_view v = { 0 };
	struct note_signer signer;
	struct witness_logs *row;

	TRY(witness_name(r->db, &v.name));
	if (v.name.n) {
		TRY(ledger_signer(r->a, r->site->key_file, v.name, KEY_WITNESS, &signer));
		sign_forget(&signer.secret);
		v.key = note_key_text(r->a, &signer.key);
	}
	TRY(witness_q_logs(r->db, S(""), SHOWN, &row, &v.n));
	struct witness_line *line = NEWN(r->a, struct witness_line, v.n);
	for (size_t i = 0; i < v.n; i++)
		line[i] = (struct witness_line){ row[i].origin, row[i].size, row[i].at };
	v.v = line;
	r->title = text(r->lang, TEXT_witness_title);
	page_witness(&r->out, &v);
	return NULL;
}

struct prepared { struct witness_ask ask; str line; };

/*
 * Beside the writer: form, signature, and our own signature, which nobody
 * sees unless the change that remembers this head is on the disk.
 */
err witness_add_prepare(struct req *r)
{
	struct prepared *p = NEW(r->a, struct prepared);
	struct buf b = BUF(r->a, 1 << 12);
	struct note_signer signer;
	str name;

	err e = witness_look(r->db, r->http->body, &p->ask);
	if (e && e->kind == ERR_INVALID)
		r->status = r->http->body.n > PROOF_BYTES ? 413 : 400;
	TRY(e);
	TRY(witness_name(r->db, &name));
	TRY(ledger_signer(r->a, r->site->key_file, name, KEY_WITNESS, &signer));
	note_sign(&b, p->ask.text, &signer, r->now / SECOND);
	sign_forget(&signer.secret);
	CHECK(!b.full);
	p->line = buf_done(&b);
	r->prepared = p;
	return NULL;
}

err witness_add_checkpoint(struct req *r)
{
	const struct prepared *p = r->prepared;
	enum witness_end end;
	int64_t size;

	TRY(witness_move(r->tx, &p->ask, r->now, &end, &size));
	if (end == WITNESS_SIGNED) {
		r->bytes = p->line;
		r->bytes_type = "text/plain; charset=utf-8";
		return NULL;
	}
	if (end == WITNESS_FORK)
		log_line(LOG_WARN, "a log showed another history", "log=%.*s size=%lld",
		    SV(p->ask.head.origin), (long long)size);
	r->status = 409;
	r->bytes = req_path(r, "%lld\n", (long long)size);
	r->bytes_type = "text/x.tlog.size";
	return NULL;
}
