/*
 * standalone.c - replay a corpus without libFuzzer.
 *
 * Linked with one fuzz target; each argument is a file or a folder of
 * files.  The name of each file is printed before it runs, so that the
 * last one named is the one that crashed.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static int files, unread;

/* A block of exactly the input's size: reading past it is then seen. */
static void run(const uint8_t *p, size_t n)
{
	uint8_t *copy = malloc(n ? n : 1);

	if (!copy)
		abort();
	if (n)
		memcpy(copy, p, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

static void replay_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *p = NULL;
	size_t n = 0, cap = 0, got;

	if (!f) {
		printf("# %s: cannot be read\n", path);
		unread++;
		return;
	}
	do {
		p = realloc(p, cap = cap ? cap * 2 : 65536);
		if (!p)
			abort();
		got = fread(p + n, 1, cap - n, f);
		n += got;
	} while (n == cap);
	fclose(f);
	printf("# %s\n", path);
	fflush(stdout);
	run(p, n);
	free(p);
	files++;
}

static void replay(const char *path)
{
	struct dirent **names;
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
		replay_file(path);
		return;
	}
	int n = scandir(path, &names, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char inside[4096];
		snprintf(inside, sizeof inside, "%s/%s", path, names[i]->d_name);
		if (names[i]->d_name[0] != '.')
			replay(inside);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');

	run((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	int good = files > 0 && unread == 0;
	printf("%sok 1 - %s: %d files\n1..1\n", good ? "" : "not ", slash ? slash + 1 : argv[0],
	    files);
	return !good;
}
