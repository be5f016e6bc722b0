#include "mod/draw/verify/internal.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUMS_BYTES	(1 << 18)
#define EXTRA_MAX	100

static const str known[] = {
	S_INIT("freeze.txt"), S_INIT("freeze.tlog-proof"), S_INIT("entries.bin"),
	S_INIT("prizes.tsv"), S_INIT("ineligible.txt"), S_INIT("rules.txt"),
	S_INIT("beacon.txt"), S_INIT("winners.tsv"), S_INIT("transcript.tsv"),
	S_INIT("policy.txt"), S_INIT("verify.py"), S_INIT("README.txt"),
	S_INIT("berita-acara.pdf"), S_INIT("sample.txt"), S_INIT("sample.tlog-proof"),
	S_INIT("sample-beacon.txt"), S_INIT("sample.tsv"), S_INIT("annulment.txt"),
	S_INIT("annulment.tlog-proof"),
};

static bool is_known(str name)
{
	for (size_t i = 0; i < countof(known); i++)
		if (str_eq(known[i], name))
			return true;
	return str_eq(name, S("SHA256SUMS")) || str_eq(name, S("after"));
}

static int by_text(const void *x, const void *y)
{
	return str_cmp(*(const str *)x, *(const str *)y);
}

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
}

static void list_strangers(struct check *c)
{
	CLEANUP(close_dir) DIR *d = NULL;
	int fd = dup(c->dir);
	const struct dirent *e;

	if (fd < 0 || !(d = fdopendir(fd)))
		return;
	rewinddir(d);
	while ((e = readdir(d)) && c->extra.n < EXTRA_MAX) {
		str name = str_of(e->d_name);
		if (str_eq(name, S(".")) || str_eq(name, S("..")) || is_known(name))
			continue;
		*VEC_ADD(c->a, &c->extra) = arena_str(c->a, name);
	}
	if (c->extra.n)
		qsort(c->extra.v, c->extra.n, sizeof *c->extra.v, by_text);
}

static bool listed(const struct sum *s, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(s[i].name, name))
			return true;
	return false;
}

/* Made by the log as it is when somebody asks; a proof speaks for itself. */
bool of_the_log(str name)
{
	return str_ends(name, S(".tlog-proof")) || str_eq(name, S("policy.txt"));
}

static void compare(struct check *c, const struct sum *s)
{
	struct hash h;
	enum file_state st = file_hash(c, s->name, &h);

	if (st != FILE_OK)
		mark_fail(c, PART_C_LIST, file_why(st), s->name);
	else if (memcmp(&h, &s->hash, sizeof h))
		mark_fail(c, PART_C_LIST, WHY_SUMS_DIFFER, s->name);
}

static void must_list(struct check *c, const struct sum *sums, size_t n, const str *names,
    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (file_exists(c, names[i]) && !of_the_log(names[i]) &&
		    !listed(sums, n, names[i]))
			mark_fail(c, PART_C_LIST, WHY_SUMS_LACKS, names[i]);
}

static void check_sums(struct check *c)
{
	enum file_state st;
	struct sum *sums;
	str text;
	size_t n;

	st = file_read(c->a, c->dir, S("SHA256SUMS"), SUMS_BYTES, &text);
	if (st == FILE_MISSING)
		return;
	c->has_sums = true;
	if (st != FILE_OK) {
		mark_fail(c, PART_C_LIST, file_why(st), S("SHA256SUMS"));
		return;
	}
	if (!parse_sums(c->a, text, &sums, &n)) {
		mark_fail(c, PART_C_LIST, WHY_SUMS_FORMAT, S("SHA256SUMS"));
		return;
	}
	for (size_t i = 0; i < n; i++)
		compare(c, &sums[i]);
	must_list(c, sums, n, known, countof(known));
	must_list(c, sums, n, c->names.v, c->names.n);
}

void check_folder(struct check *c)
{
	list_strangers(c);
	check_sums(c);
}
