/*
 * rules.h - what the rule files of the draw share.  Layer 3, private to
 * this folder.
 */
#ifndef LARIS_DRAW_RULES_H
#define LARIS_DRAW_RULES_H

#include "core/crypto.h"
#include "core/route.h"
#include "mod/draw/bundle.h"
#include "mod/draw/draw.h"
#include "mod/ledger/ledger.h"

/* The one file that is not published: card ids, 8 bytes a record. */
#define DRAW_HOLDERS	"holders"
#define DRAW_ENTRIES	"entries.bin"

void	draw_touch(struct change *, const struct draw *);
/* ERR_CONFLICT "draw-step"; "draw-raced": somebody else was quicker. */
err	draw_step(struct tx *, struct change *, struct draw *, enum draw_state to) MUST_USE;
err	draw_reload(struct db *, struct draw *) MUST_USE;
/* prizes.tsv; judges the whole table. */
err	draw_prizes_text(struct arena *, const struct prize *, size_t n, str *) MUST_USE;

/* Replace a stored file. */
err	draw_file_put(struct tx *, const struct draw *, str name, str bytes) MUST_USE;
/* The same, and an entry of the city's public log: name ends in ".txt". */
err	draw_file_enter(struct tx *, struct change *, const struct draw *, str name, str bytes,
	    enum ledger_kind) MUST_USE;
/* The entry's number; -1: none. */
err	draw_file_entry(struct db *, const struct draw *, str name, int64_t *number) MUST_USE;
str	draw_proof_name(struct arena *, str file);	/* "freeze.txt": "freeze.tlog-proof" */
/*
 * A file that the log makes when asked: "freeze.tlog-proof", "after/001-….tlog-proof",
 * "policy.txt"; else not *is.  ERR_MISSING "no-such-file", "ledger-key".
 */
err	draw_log_file(struct db *, const struct draw *, str name, const char *key_file,
	    str *bytes, bool *is) MUST_USE;
/* Any stored file, also one that is not public; ERR_MISSING "no-such-file". */
err	draw_file_load(struct db *, const struct draw *, str name, str *bytes) MUST_USE;
/*
 * SHA256SUMS anew, over what is public so far.  "entries" is that of
 * entries.bin at the freeze; NULL: the one noted then, for it never changes.
 */
err	draw_sums_put(struct tx *, const struct draw *, const struct hash *entries) MUST_USE;

/* The first round allowed, later than any the draw has: see draw_freeze. */
err	draw_choose_round(struct arena *, const struct draw *, struct draw_when,
	    int64_t *round) MUST_USE;
/* freeze, entries, prizes and ineligible as stored; and with the beacon. */
err	draw_frozen_load(struct db *, const struct draw *, struct bundle_input *) MUST_USE;
err	draw_input_load(struct db *, const struct draw *, struct bundle_input *) MUST_USE;
/* The card behind a record, from the file DRAW_HOLDERS. */
card_id	draw_card_of(str holders, size_t record);
str	draw_mask(struct arena *, int64_t card_number);
err	draw_winner_put(struct tx *, const struct draw *, const struct prize *, str holders,
	    const struct pick_list *, const struct bundle_winner *) MUST_USE;
/* A setting of this module as a number: what is stored, else "fallback". */
err	draw_setting(struct db *, city_id, const char *name, int64_t fallback, int64_t *v) MUST_USE;

#define DRAW_CHECKS	1
extern const struct check draw_checks[DRAW_CHECKS];

#endif
