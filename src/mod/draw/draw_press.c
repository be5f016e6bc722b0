/* draw_press.c - the draw for those who doubt it: press sheet, and the check in one's browser. */
#include "core/setting.h"
#include "crypto/hash.h"
#include "inspect_tmpl.h"
#include "mod/draw/screen.h"
#include "mod/ledger/ledger.h"
#include "press_tmpl.h"

err screen_load(struct req *r, struct screen *s)
{
	TRY(festival_of(r, 1, &s->f));
	TRY(draw_find(r->db, s->f.city, s->f.id, r->param[2], &s->d));
	festival_public_bar(r, &s->f, true);
	s->base = req_path(r, "/%.*s/%.*s", SV(r->param[0]), SV(r->param[1]));
	s->here = req_path(r, "%.*s/draw/%.*s", SV(s->base), SV(s->d.slug));
	return draw_view_load(r, &s->d, s->base, &s->v);
}

/* ---- press -------------------------------------------------------------------- */

static enum text_id what_of(str name)
{
	static const struct { const char *name; enum text_id say; } what[] = {
		{ "README.txt", TEXT_press_readme }, { "beacon.txt", TEXT_press_beacon },
		{ "entries.bin", TEXT_press_entries }, { "freeze.txt", TEXT_press_freeze },
		{ "ineligible.txt", TEXT_press_ineligible }, { "prizes.tsv", TEXT_press_prizes },
		{ "rules.txt", TEXT_press_rules }, { "transcript.tsv", TEXT_press_transcript },
		{ "winners.tsv", TEXT_press_winners }, { "verify.py", TEXT_press_verify_py },
		{ "SHA256SUMS", TEXT_press_sums }, { "policy.txt", TEXT_press_policy_file },
		{ "berita-acara.pdf", TEXT_press_minutes },
	};

	for (size_t i = 0; i < countof(what); i++)
		if (str_eq(name, str_of(what[i].name)))
			return what[i].say;
	if (str_ends(name, S(".tlog-proof")))
		return TEXT_press_proof;
	if (str_eq(name, S("annulment.txt")))
		return TEXT_press_annulment;
	return str_starts(name, S("after/")) ? TEXT_press_later :
	    str_starts(name, S("sample")) ? TEXT_press_sample : TEXT_press_other;
}

static err files_of(struct req *r, const struct screen *s, struct press_view *v)
{
	struct press_file *rows = NEWN(r->a, struct press_file, s->v.n_files + 1);

	for (size_t i = 0; i < s->v.n_files; i++) {
		const struct file_row *f = &s->v.files[i];
		rows[i] = (struct press_file){ .href = f->href, .name = f->name,
		    .what = what_of(f->name) };
		TRY(draw_file_size(r->db, &s->d, f->name, &rows[i].size, &rows[i].kept));
	}
	v->files = rows;
	v->n_files = s->v.n_files;
	return NULL;
}

/* curl 'https://…/file/{a,b,after/c}', each under its own name: one line to copy. */
static err fetch_line(struct req *r, const struct screen *s, str *line)
{
	size_t room = 1024;
	str at;

	for (size_t i = 0; i < s->v.n_files; i++)
		room += s->v.files[i].name.n + 1;
	struct buf b = BUF(r->a, room);
	TRY(setting_url(r, s->here, &at));
	buf_printf(&b, "curl -f --create-dirs -o '#1' '%.*s/file/{", SV(at));
	for (size_t i = 0; i < s->v.n_files; i++)
		buf_printf(&b, "%s%.*s", i ? "," : "", SV(s->v.files[i].name));
	buf_str(&b, S("}'"));
	*line = buf_done(&b);
	return NULL;
}

/* The check against policy and log; both addresses in full. */
static err check_line(struct req *r, struct press_view *v)
{
	str log;

	v->log = req_path(r, "/log/%.*s", SV(r->city.slug));
	TRY(setting_url(r, v->log, &log));
	v->policy = req_path(r, "curl -f -o ../policy.txt %.*s/policy.txt", SV(log));
	v->check = req_path(r, "python3 verify.py --policy ../policy.txt --log %.*s", SV(log));
	return NULL;
}

/* The first winner, as anyone works it out with three small programs. */
static err by_hand(struct req *r, const struct screen *s, struct press_view *v)
{
	struct prize *p;
	struct winner *w;
	size_t n, n_w;
	struct hash h;
	str asked;

	TRY(prize_list(r->db, &s->d, &p, &n));
	/* The draw's own first one, whatever came after: k belongs to its seed. */
	TRY(draw_drawn(r->db, &s->d, &w, &n_w));
	for (size_t i = 0; i < n; i++) {
		v->places += p[i].number;
		v->value += p[i].number * p[i].value;
	}
	if (!n_w)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (p[i].id.v == w[0].prize.v)
			p[0] = p[i];
	asked = req_path(r, "%.*s,%.*s,%lld", SV(s->d.seed), SV(p[0].code), (long long)w[0].k);
	sha256(&h, asked.p, asked.n);
	v->seed_line = s->d.seed;
	v->pick_line = req_path(r, "printf '%.*s' | sha256sum", SV(asked));
	v->pick_out = hash_hex(r->a, &h);
	v->first_coupon = w[0].coupon;
	v->first_title = w[0].title;
	return NULL;
}

err draw_press_page(struct req *r)
{
	struct press_view v = { 0 };
	struct screen s;

	TRY(screen_load(r, &s));
	v.d = &s.v;
	v.here = s.here;
	v.festival = s.f.name;
	v.code = s.d.code;
	v.drawn = s.d.drawn;
	TRY(files_of(r, &s, &v));
	TRY(fetch_line(r, &s, &v.fetch));
	TRY(check_line(r, &v));
	TRY(by_hand(r, &s, &v));
	TRY(setting_text(r->db, r->city.id, "press-contact", &v.contact));
	TRY(setting_url(r, req_path(r, "%.*s/press", SV(s.here)), &v.url));
	r->title = s.d.name;
	page_press(&r->out, &v);
	return NULL;
}

/* ---- in one's own browser --------------------------------------------------------- */

/* In the words of the page; web/verify/check.mjs gives the codes. */
static const struct reason reasons[] = {
	{ "list-fits", TEXT_inspect_list_fits },
	{ "list-fits-no-sums", TEXT_inspect_list_fits_no_sums },
	{ "winners-follow", TEXT_inspect_winners_follow },
	{ "signature-valid", TEXT_inspect_signature_valid },
	{ "signature-wrong", TEXT_inspect_signature_wrong },
	{ "rehearsal", TEXT_inspect_rehearsal },
	{ "chain-unknown", TEXT_inspect_chain_unknown },
	{ "card-found", TEXT_inspect_card_found },
	{ "card-not-found", TEXT_inspect_card_not_found },
	{ "no-card", TEXT_inspect_no_card }, { "no-list", TEXT_inspect_no_list },
	{ "not-drawn", TEXT_inspect_not_drawn },
	{ "drawn-without-beacon", TEXT_inspect_drawn_without },
	{ "log-not-read", TEXT_inspect_log_not_read },
	{ "log-too-long", TEXT_inspect_log_too_long },
	{ "first-freeze", TEXT_inspect_first_freeze },
	{ "not-first", TEXT_inspect_not_first },
	{ "log-has-more", TEXT_inspect_log_has_more },
	{ "mirror-read", TEXT_inspect_mirror_read },
	{ "mirror-head", TEXT_inspect_mirror_head },
	{ "mirror-old", TEXT_inspect_mirror_old },
	{ "mirror-false", TEXT_inspect_mirror_false },
	{ "mirror-unproven", TEXT_inspect_mirror_unproven },
	{ "receipt-in", TEXT_inspect_receipt_in },
	{ "receipt-new", TEXT_inspect_receipt_new },
	{ "receipt-other", TEXT_inspect_receipt_other },
	{ "receipt-differs", TEXT_inspect_receipt_differs },
	{ "receipt-not-in", TEXT_inspect_receipt_not_in },
	{ "no-proof", TEXT_inspect_no_proof },
	{ "no-policy", TEXT_inspect_no_policy },
	{ "policy-format", TEXT_inspect_policy_format },
	{ "proof-format", TEXT_inspect_proof_format },
	{ "log-stranger", TEXT_inspect_log_stranger },
	{ "log-unsigned", TEXT_inspect_log_unsigned },
	{ "log-forged", TEXT_inspect_log_forged },
	{ "log-quorum", TEXT_inspect_log_quorum },
	{ "log-not-in", TEXT_inspect_log_not_in },
	{ "unwitnessed", TEXT_inspect_unwitnessed },
	{ "no-clock", TEXT_inspect_no_clock },
	{ "witnessed-late", TEXT_inspect_witnessed_late },
	{ "their-policy", TEXT_inspect_their_policy },
	{ "fixed-before", TEXT_inspect_fixed_before },
	{ "witnessed", TEXT_inspect_witnessed },
	{ "told-format", TEXT_inspect_told_format },
	{ "told-round", TEXT_inspect_told_round },
	{ "after-stranger", TEXT_inspect_after_stranger },
	{ "after-nobody", TEXT_inspect_after_nobody },
	{ "after-order", TEXT_inspect_after_order },
	{ "after-waits", TEXT_inspect_after_waits },
	{ "after-follows", TEXT_inspect_after_follows },
	{ "again-differs", TEXT_inspect_again_differs },
	{ "sample-waits", TEXT_inspect_sample_waits },
	{ "sample-follows", TEXT_inspect_sample_follows },
	{ "annulled", TEXT_inspect_annulled },
	{ "annulled-early", TEXT_inspect_annulled_early },
	{ "annulled-drawn", TEXT_inspect_annulled_drawn },
	{ "annulment", TEXT_inspect_annulment },
	{ "file-missing", TEXT_inspect_file_missing },
	{ "file-hash", TEXT_inspect_file_hash },
	{ "freeze-format", TEXT_inspect_freeze_format },
	{ "prizes-format", TEXT_inspect_prizes_format },
	{ "ineligible-format", TEXT_inspect_ineligible_format },
	{ "rules-not-fixed", TEXT_inspect_rules_extra },
	{ "entries-size", TEXT_inspect_entries_size },
	{ "entries-order", TEXT_inspect_entries_order },
	{ "entries-gap", TEXT_inspect_entries_gap },
	{ "entries-empty", TEXT_inspect_entries_empty },
	{ "entries-sum", TEXT_inspect_entries_sum },
	{ "entries-root", TEXT_inspect_entries_root },
	{ "beacon-format", TEXT_inspect_beacon_format },
	{ "winners-differ", TEXT_inspect_winners_differ },
	{ "transcript-differs", TEXT_inspect_transcript_differ },
	{ "sums-format", TEXT_inspect_sums_format },
	{ "sums-differ", TEXT_inspect_sums_differ },
	{ "sums-lacks", TEXT_inspect_sums_lacks },
	/* of the page itself */
	{ "fetch", TEXT_inspect_step_fetch }, { "list", TEXT_inspect_step_list },
	{ "sums", TEXT_inspect_step_sums }, { "beacon", TEXT_inspect_step_beacon },
	{ "winners", TEXT_inspect_step_winners }, { "log", TEXT_inspect_step_log },
	{ "network", TEXT_inspect_network }, { "too-large", TEXT_inspect_too_large },
	{ "no-worker", TEXT_inspect_no_worker }, { "no-files", TEXT_inspect_no_files },
	{ "card-form", TEXT_inspect_card_form }, { "receipt-form", TEXT_inspect_receipt_form },
};

#define LOG_ENTRY	120		/* bytes of a purchase in the log, about */

err draw_verify_page(struct req *r)
{
	struct screen s;
	int64_t size;
	bool there;

	TRY(screen_load(r, &s));
	struct inspect_view v = { .base = s.here, .name = s.d.name, .code = s.d.code,
	    .script = screen_asset("inspect.js"),
	    .worker = req_path(r, "/asset/%.*s", SV(screen_asset("verify.js"))),
	    .folder = req_path(r, "%.*s/file", SV(s.here)),
	    .log = req_path(r, "/log/%.*s", SV(r->city.slug)),
	    .rehearsal = s.d.rehearsal, .frozen = s.d.state != DRAW_DRAFT,
	    .files = s.v.files, .n_files = s.v.n_files,
	    .reasons = reasons, .n_reasons = countof(reasons) };
	for (size_t i = 0; i < s.v.n_files; i++) {
		TRY(draw_file_size(r->db, &s.d, s.v.files[i].name, &size, &there));
		v.size += size;
	}
	TRY(ledger_size(r->db, s.d.city, &v.log_size));
	v.log_kb = v.log_size * LOG_ENTRY / 1024 + 1;
	r->title = s.d.name;
	page_inspect(&r->out, &v);
	return NULL;
}
