#include "mod/draw/verify/verify.h"
#include "log/policy.h"
#include "mod/draw/verify/internal.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FREEZE_MAX	4096
#define PRIZES_MAX	(4 << 20)
#define BARRED_MAX	(80 << 20)
#define RULES_MAX	(4 << 20)
#define LOG_MOST	20000000	/* entries: two gigabytes and more	*/

void mark(struct check *c, enum part p, enum mark m, enum why w, str a0, str a1, str a2)
{
	if (c->part[p].mark != MARK_FAILED)
		c->part[p] = (struct finding){ m, w, { a0, a1, a2 } };
}

/* ---- freeze.txt and what it names ------------------------------------ */

static bool bound_file(struct check *c, str name, uint64_t max, const struct hash *want,
    str *bytes)
{
	enum file_state s = file_read(c->a, c->dir, name, max, bytes);
	struct hash h;

	if (s != FILE_OK) {
		mark_fail(c, PART_C_LIST, file_why(s), name);
		return false;
	}
	sha256(&h, bytes->p, bytes->n);
	if (memcmp(&h, want, sizeof h))
		mark_fail(c, PART_C_LIST, WHY_FILE_HASH, name);
	return !memcmp(&h, want, sizeof h);
}

static void check_rules(struct check *c)
{
	str rules;

	if (c->head.has_rules)
		bound_file(c, S("rules.txt"), RULES_MAX, &c->head.rules, &rules);
	else if (file_exists(c, S("rules.txt")))
		mark_fail(c, PART_C_LIST, WHY_RULES_EXTRA, S("rules.txt"));
}

bool check_head(struct check *c)
{
	enum file_state s = file_read(c->a, c->dir, S("freeze.txt"), FREEZE_MAX,
	    &c->freeze);
	str prizes = { NULL, 0 }, barred = { NULL, 0 };
	bool good;

	if (s != FILE_OK) {
		mark_fail(c, PART_C_LIST, file_why(s), S("freeze.txt"));
		return false;
	}
	c->parsed = parse_freeze(c->freeze, &c->head);
	if (!c->parsed) {
		mark_fail(c, PART_C_LIST, WHY_FREEZE_FORMAT, S("freeze.txt"));
		return false;
	}
	good = bound_file(c, S("prizes.tsv"), PRIZES_MAX, &c->head.prizes, &prizes);
	if (good && !parse_prizes(c->a, prizes, &c->gifts, &c->n_gifts)) {
		mark_fail(c, PART_C_LIST, WHY_PRIZES_FORMAT, S("prizes.tsv"));
		good = false;
	}
	if (!bound_file(c, S("ineligible.txt"), BARRED_MAX, &c->head.ineligible, &barred))
		good = false;
	else if (!parse_barred(c->a, barred, &c->barred, &c->n_barred)) {
		mark_fail(c, PART_C_LIST, WHY_INELIGIBLE_FORMAT, S("ineligible.txt"));
		good = false;
	}
	check_rules(c);
	return good;
}

/* ---- all of it --------------------------------------------------------- */

struct wish {
	const char *folder, *card, *secret, *phone, *policy, *log, *ca, *copy;
	uint64_t log_most;
	enum lang lang;
	bool json;
};

static str decimal(const struct check *c, uint64_t n)
{
	return arena_printf(c->a, "%llu", (unsigned long long)n);
}

static void conclude_card(struct check *c)
{
	if (!c->has_card)
		return;
	if (!c->list_good)
		mark(c, PART_B, MARK_UNCHECKED, WHY_NO_LIST, S(""), S(""), S(""));
	else if (!c->card_found)
		mark_fail(c, PART_B, WHY_CARD_NOT_FOUND, S(""));
	else
		mark(c, PART_B, MARK_VALID, WHY_CARD_FOUND,
		    decimal(c, c->card_count), decimal(c, c->card_first),
		    decimal(c, c->card_first + c->card_count - 1));
}

static void begin(struct check *c)
{
	static const enum why why[PARTS] = {
		[PART_A] = WHY_NO_LIST, [PART_B] = WHY_NO_CARD, [PART_C_LIST] = WHY_NO_LIST,
		[PART_C_LOG] = WHY_LOG, [PART_D_WINNERS] = WHY_NO_LIST,
		[PART_D_BEACON] = WHY_NO_LIST, [PART_E] = WHY_NO_LIST,
	};
	static const enum mark first[PARTS] = {
		[PART_A_AFTER] = MARK_ABSENT, [PART_D_SAMPLE] = MARK_ABSENT,
		[PART_D_AFTER] = MARK_ABSENT, [PART_D_ANNULLED] = MARK_ABSENT,
	};

	for (int p = 0; p < PARTS; p++)
		c->part[p] = (struct finding){ .mark = first[p], .why = why[p] };
	c->entries = -1;
}

static void run(struct check *c, const struct wish *w)
{
	begin(c);
	if (check_head(c)) {
		if (w->card)
			card_name(c, str_of(w->card), str_of(w->secret), str_of(w->phone));
		check_list(c);
		check_draw(c);
		check_sample(c);
		check_after(c);
		check_annulment(c);
	}
	if (c->parsed)
		check_log(c);
	if (c->parsed && c->log)
		check_mirror(c);
	check_folder(c);
	if (c->list_good)
		mark(c, PART_C_LIST, MARK_VALID,
		    c->has_sums ? WHY_LIST_FITS : WHY_LIST_FITS_NO_SUMS,
		    S(""), S(""), S(""));
	c->has_card = w->card != NULL;
	conclude_card(c);
	fd_close(&c->entries);
}

/* ---- the command line --------------------------------------------------- */

static int usage(void)
{
	fputs("usage: laris verify BUNDLE [--card N --secret S [--phone P]] [--policy F]\n"
	    "                    [--log FOLDER|URL [--ca F] [--copy FOLDER] [--log-most N]]\n"
	    "                    [--lang id|en] [--json]\n", stderr);
	return VERIFY_UNCHECKED;
}

/* "--name VALUE" or "--name=VALUE" at argv[*i]. */
static bool option(int argc, char **argv, int *i, const char *name, const char **value)
{
	size_t n = strlen(name);

	if (strncmp(argv[*i], name, n))
		return false;
	if (argv[*i][n] == '=') {
		*value = argv[*i] + n + 1;
		return true;
	}
	if (argv[*i][n] || *i + 1 >= argc)
		return false;
	*value = argv[++*i];
	return true;
}

static bool read_words(struct wish *w, const char *lang, const char *most)
{
	if (lang)
		w->lang = strcmp(lang, "en") ? LANG_ID : LANG_EN;
	return (!lang || w->lang == LANG_EN || !strcmp(lang, "id")) &&
	    (!most || parse_number(str_of(most), &w->log_most));
}

static bool read_argument(struct wish *w, int argc, char **argv, int *i)
{
	const char *lang = NULL, *most = NULL;
	const struct { const char *name, **value; } options[] = {
		{ "--card", &w->card }, { "--secret", &w->secret }, { "--phone", &w->phone },
		{ "--policy", &w->policy }, { "--log", &w->log }, { "--ca", &w->ca },
		{ "--copy", &w->copy }, { "--log-most", &most }, { "--lang", &lang },
	};

	if (!strcmp(argv[*i], "--json"))
		return w->json = true;
	for (size_t o = 0; o < countof(options); o++)
		if (option(argc, argv, i, options[o].name, options[o].value))
			return read_words(w, lang, most);
	if (argv[*i][0] == '-' || w->folder)
		return false;
	w->folder = argv[*i];
	return true;
}

/* What cannot be read is wrong use: it is no fault of the bundle. */
static bool read_policy(const struct wish *w, struct arena *a, const struct policy **out)
{
	CLEANUP(fd_close) int fd = open(w->policy, O_RDONLY | O_CLOEXEC);
	struct policy *p = NEW(a, struct policy);
	char *bytes = arena_bytes(a, POLICY_BYTES + 1);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, POLICY_BYTES + 1);
	size_t line = 0;

	if (n < 0)
		fprintf(stderr, "laris verify: %s: %m\n", w->policy);
	else if (!policy_parse(a, (str){ bytes, (size_t)n }, p, &line))
		fprintf(stderr, "laris verify: %s: line %zu: not a policy (c2sp.org/tlog-policy)\n",
		    w->policy, line);
	else
		*out = p;
	return *out != NULL;
}

static int verify_folder(const struct wish *w, struct arena *a, FILE *out)
{
	struct check *c = NEW(a, struct check);
	int code;

	c->a = a;
	c->log = w->log;
	c->ca = w->ca;
	c->copy = w->copy;
	c->log_most = w->log_most;
	if (w->policy && !read_policy(w, a, &c->policy))
		return VERIFY_UNCHECKED;
	c->dir = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (c->dir < 0) {
		fprintf(stderr, "laris verify: %s: %m\n", w->folder);
		return VERIFY_UNCHECKED;
	}
	run(c, w);
	(w->json ? report_json : report_text)(c, w->lang, out);
	code = verdict(c);
	fd_close(&c->dir);
	return code;
}

int verify_main(int argc, char **argv, FILE *out)
{
	const char *lang = getenv("LANG");
	struct wish w = { .log_most = LOG_MOST,
		.lang = lang && !strncmp(lang, "en", 2) ? LANG_EN : LANG_ID };
	CLEANUP(arena_free) struct arena *a = arena_new();

	for (int i = 1; i < argc; i++)
		if (!read_argument(&w, argc, argv, &i))
			return usage();
	if (!w.folder || !w.card != !w.secret || (w.phone && !w.card))
		return usage();
	return verify_folder(&w, a, out);
}
