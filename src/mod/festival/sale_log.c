#include "mod/festival/sale_log.h"
#include "crypto/hash.h"
#include "festival_read.h"
#include "mod/festival/rule_book.h"
#include "mod/ledger/ledger.h"

/* An entry has 65,535 bytes; of longer rules the hash is enough, draws publish the text. */
enum { TEXT_MOST = 60000 };

static void head(struct buf *b, const char *kind, const struct festival *f, int64_t now)
{
	buf_printf(b, "laris-%s/v1\nfestival %.*s\n", kind, SV(f->slug));
	ledger_put_hour(b, now);
}

err sale_log_rules(struct tx *tx, struct change *change, const struct festival *f, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	struct buf b = BUF(a, TEXT_MOST + 1000);
	struct festival is;
	struct hash h;
	int64_t number;
	str words;

	TRY(festival_find(tx->db, f->city, f->slug, &is));
	TRY(rules_history(tx->db, &is, LANG_ID, &words));
	sha256(&h, words.p, words.n);
	head(&b, "rules", f, now);
	buf_printf(&b, "sha256 %.*s\n", SV(hash_hex(a, &h)));
	if (words.n <= TEXT_MOST) {
		buf_char(&b, '\n');
		buf_str(&b, words);
	}
	return ledger_append(tx, change, f->city,
	    &(struct ledger_new){ LEDGER_RULES, f->id.v, buf_done(&b), { 0 } }, &number);
}

err sale_log_totals(struct tx *tx, struct change *change, const struct festival *f, int64_t now)
{
	struct buf b = BUF(db_arena(tx->db), 1000);
	struct festival_total_get t;
	int64_t number;

	TRY(festival_q_total_get(tx->db, f->city, f->id, &t));
	head(&b, "totals", f, now);
	buf_printf(&b, "purchases %lld\nrupiah %lld\ncoupons %lld\n", (long long)t.purchases,
	    (long long)t.rupiah, (long long)t.coupons);
	return ledger_append(tx, change, f->city,
	    &(struct ledger_new){ LEDGER_TOTALS, f->id.v, buf_done(&b), { 0 } }, &number);
}

err sale_log_hour(struct change *change, struct tx *tx, city_id city, str payload, int64_t now)
{
	struct festival_list *v;
	struct festival f;
	size_t n;

	(void)payload;
	TRY(festival_q_list(tx->db, city, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (v[i].state != FESTIVAL_OPEN)
			continue;
		TRY(festival_find(tx->db, city, v[i].slug, &f));
		TRY(sale_log_totals(tx, change, &f, now));
	}
	return NULL;
}
