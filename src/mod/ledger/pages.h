/* pages.h - what the log's pages show (ledger.tmpl).  Layer 3, inner. */
#ifndef LARIS_LEDGER_PAGES_H
#define LARIS_LEDGER_PAGES_H

#include "core/layout.h"
#include "mod/ledger/cosign.h"

struct ledger_line { int64_t number; enum text_id kind; str href; };
struct ledger_witness_line { str name; struct cosigner_state s; };
struct ledger_view {
	str base, url, origin, key, root;	/* url: with its host */
	int64_t size;
	const struct ledger_line *v;
	size_t n;
	struct pager pager;
	const struct ledger_witness_line *witnesses;
	size_t n_witnesses;
	int64_t quorum;
	bool other;		/* one of them signed another log than this */
};
struct ledger_one { str base, data, leaf, proof; int64_t number; enum text_id kind, say; };

#endif
