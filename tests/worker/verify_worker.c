/*
 * verify_worker.c - `laris verify` on many folders in one process, for
 * verify_diff_test.py: a line "FOLDER[\tPOLICY[\tLOG]]" in ("-": none), a
 * line "EXIT JSON" out.
 */
#include "mod/draw/verify/verify.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
	char line[4096];

	while (fgets(line, sizeof line, stdin)) {
		char verify[] = "verify", json[] = "--json", p[] = "--policy", l[] = "--log";
		char *rest = line, *argv[8] = { verify, json }, *text = NULL;
		const char *folder = strsep(&rest, "\t\n"), *policy, *log;
		size_t n = 0;
		int argc = 2;
		FILE *out = open_memstream(&text, &n);

		policy = strsep(&rest, "\t\n");
		log = strsep(&rest, "\t\n");
		argv[argc++] = strdup(folder);
		if (policy && *policy && strcmp(policy, "-") != 0) {
			argv[argc++] = p;
			argv[argc++] = strdup(policy);
		}
		if (log && *log && strcmp(log, "-") != 0) {
			argv[argc++] = l;
			argv[argc++] = strdup(log);
		}
		int code = verify_main(argc, argv, out);
		fclose(out);
		printf("%d %s%s", code, text, n ? "" : "\n");
		fflush(stdout);
		free(text);
		for (int i = 2; i < argc; i++)
			if (argv[i] != p && argv[i] != l)
				free(argv[i]);
	}
	return 0;
}
