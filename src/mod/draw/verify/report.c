#include "mod/draw/verify/verify.h"
#include "mod/draw/verify/internal.h"
#include <string.h>

#define REPORT_MAX	(1 << 20)

static const struct { char letter; const char *part; } labels[PARTS] = {
	[PART_A] = { 'a', "" },
	[PART_A_AFTER] = { 'a', "after" }, [PART_B] = { 'b', "" }, [PART_C_LIST] = { 'c', "list" },
	[PART_C_LOG] = { 'c', "log" }, [PART_D_WINNERS] = { 'd', "winners" },
	[PART_D_BEACON] = { 'd', "signature" }, [PART_D_SAMPLE] = { 'd', "sample" },
	[PART_D_AFTER] = { 'd', "after" },
	[PART_D_ANNULLED] = { 'd', "annulled" }, [PART_E] = { 'e', "" },
};

int verdict(const struct check *c)
{
	bool all = true;

	for (int p = 0; p < PARTS; p++) {
		if (c->part[p].mark == MARK_FAILED)
			return VERIFY_INVALID;
		all = all && c->part[p].mark != MARK_UNCHECKED;
	}
	return all ? VERIFY_VALID : VERIFY_UNCHECKED;
}

/* Bytes of a stranger's file on a terminal: nothing but visible text. */
static void put_safe(struct buf *b, str s)
{
	bool utf8 = str_utf8(s);

	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		if (ch == '\t')
			buf_char(b, ' ');
		else if (ch < 0x20 || ch == 0x7f || (ch >= 0x80 && !utf8) ||
		    (ch == 0xc2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xa0))
			buf_char(b, '?');
		else
			buf_char(b, (char)ch);
	}
}

static str sentence(const struct check *c, const struct finding *f, enum lang lang)
{
	struct buf b = BUF(c->a, REPORT_MAX);

	for (const char *p = why_text(f->why, lang); *p; p++) {
		if (p[0] == '{' && p[1] >= '1' && p[1] <= '3' && p[2] == '}') {
			put_safe(&b, f->arg[p[1] - '1']);
			p += 2;
		} else {
			buf_char(&b, *p);
		}
	}
	return buf_done(&b);
}

static const char *conclusion(int code, enum lang lang)
{
	static const char *const text[3][LANGS] = {
		[VERIFY_VALID] = { "SAH: semua janji diperiksa dan benar.",
		    "VALID: every promise was checked and holds." },
		[VERIFY_INVALID] = { "TIDAK SAH: ada yang gagal, lihat di atas.",
		    "NOT VALID: something failed, see above." },
		[VERIFY_UNCHECKED] = {
		    "BELUM LENGKAP: yang diperiksa benar, tetapi tidak semua janji "
		    "dapat diperiksa.",
		    "NOT COMPLETE: what was checked holds, but not every promise "
		    "could be checked." },
	};

	return text[code][lang];
}

static void put_head(const struct check *c, enum lang lang, FILE *out)
{
	const struct head *h = &c->head;
	bool en = lang == LANG_EN;

	if (!c->parsed)
		return;
	fprintf(out, "%s %.*s: %llu %s, %llu %s, %s %llu\n\n", en ? "Draw" : "Undian",
	    SV(h->draw), (unsigned long long)h->entries, en ? "holders" : "pemegang",
	    (unsigned long long)h->coupons, en ? "coupons" : "kupon",
	    en ? "drand round" : "putaran drand", (unsigned long long)h->round);
}

void report_text(const struct check *c, enum lang lang, FILE *out)
{
	put_head(c, lang, out);
	for (int p = 0; p < PARTS; p++) {
		const struct finding *f = &c->part[p];
		str s = sentence(c, f, lang);
		if (f->mark == MARK_ABSENT)
			continue;
		fprintf(out, "%c  %-15s  %s\n   %-15s  %.*s\n", labels[p].letter,
		    mark_text(f->mark, lang), part_text((enum part)p, lang), "", SV(s));
	}
	for (size_t i = 0; i < c->extra.n; i++) {
		struct buf b = BUF(c->a, REPORT_MAX);
		put_safe(&b, c->extra.v[i]);
		fprintf(out, "%s%.*s\n", lang == LANG_EN ? "Not of this bundle, not checked: " :
		    "Bukan bagian bundel, tidak diperiksa: ", SV(buf_done(&b)));
	}
	fprintf(out, "\n%s\n", conclusion(verdict(c), lang));
}

/* ---- for programs ------------------------------------------------------ */

static void put_json(struct buf *b, str s)
{
	struct buf safe = BUF(b->a, REPORT_MAX);

	put_safe(&safe, s);
	buf_char(b, '"');
	for (size_t i = 0; i < safe.n; i++) {
		if (safe.p[i] == '"' || safe.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, safe.p[i]);
	}
	buf_char(b, '"');
}

static void put_promise(const struct check *c, enum part p, enum lang lang, struct buf *b)
{
	static const char *const marks[] = { [MARK_UNCHECKED] = "unchecked",
		[MARK_VALID] = "valid", [MARK_FAILED] = "failed" };
	const struct finding *f = &c->part[p];

	buf_printf(b, "%s{\"promise\":\"%c\",\"part\":\"%s\",\"result\":\"%s\",\"reason\":\"%s\","
	    "\"text\":", p ? "," : "", labels[p].letter, labels[p].part, marks[f->mark],
	    why_code(f->why));
	put_json(b, sentence(c, f, lang));
	buf_char(b, '}');
}

void report_json(const struct check *c, enum lang lang, FILE *out)
{
	static const char *const verdicts[] = { [VERIFY_VALID] = "valid",
		[VERIFY_INVALID] = "invalid", [VERIFY_UNCHECKED] = "unchecked" };
	struct buf b = BUF(c->a, REPORT_MAX);

	buf_printf(&b, "{\"verdict\":\"%s\",", verdicts[verdict(c)]);
	if (c->parsed) {
		buf_str(&b, S("\"draw\":"));
		put_json(&b, c->head.draw);
		buf_printf(&b, ",\"entries\":%llu,\"coupons\":%llu,\"round\":%llu,",
		    (unsigned long long)c->head.entries, (unsigned long long)c->head.coupons,
		    (unsigned long long)c->head.round);
	}
	if (c->part[PART_B].mark == MARK_VALID)
		buf_printf(&b, "\"card\":{\"first\":%llu,\"count\":%llu},",
		    (unsigned long long)c->card_first, (unsigned long long)c->card_count);
	buf_str(&b, S("\"promises\":["));
	for (int p = 0; p < PARTS; p++)
		if (c->part[p].mark != MARK_ABSENT)
			put_promise(c, (enum part)p, lang, &b);
	buf_str(&b, S("],\"extra\":["));
	for (size_t i = 0; i < c->extra.n; i++) {
		if (i)
			buf_char(&b, ',');
		put_json(&b, c->extra.v[i]);
	}
	buf_str(&b, S("]}\n"));
	fwrite(b.p, 1, b.n, out);
}
