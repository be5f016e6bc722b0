/* main.c - find the command, give it its words. */
#include "app/commands.h"
#include "app/modules.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "city add" is two words: the longest name that fits wins. */
static const struct command *find(const struct app *app, int argc, char **argv, int *used)
{
	const struct command *best = NULL;

	*used = 0;
	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t i = 0; i < app->modules[m]->n_commands; i++) {
			const struct command *c = &app->modules[m]->commands[i];
			int words = strchr(c->name, ' ') ? 2 : 1;
			char two[80];
			snprintf(two, sizeof two, "%.39s%s%.39s", argv[0], words == 2 ? " " : "",
			    words == 2 && argc > 1 ? argv[1] : "");
			if (!strcmp(two, c->name) && words > *used) {
				best = c;
				*used = words;
			}
		}
	return best;
}

static int help(const struct app *app, FILE *to, int code)
{
	fprintf(to, "usage: laris [--db PATH] COMMAND\n\n");
	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t i = 0; i < app->modules[m]->n_commands; i++) {
			const struct command *c = &app->modules[m]->commands[i];
			fprintf(to, "  %s %s\n      %s\n", c->name, c->usage, c->say);
		}
	return code;
}

int main(int argc, char **argv)
{
	const struct app *app = laris_app();
	struct cli_args x = { .a = arena_new(), .app = app, .argc = argc - 1, .argv = argv + 1,
	    .out = stdout, .now = time_now() };
	const char *env = getenv("LARIS_DB");
	int used, code;

	umask(077);	/* the database holds secrets */
	log_level_set(LOG_INFO);
	x.db_path = x.argc > 1 && !strcmp(x.argv[0], "--db") ? x.argv[1] : NULL;
	if (x.db_path) {
		x.argc -= 2;
		x.argv += 2;
	} else
		x.db_path = env && *env ? env : "laris.db";
	if (x.argc < 1)
		return help(app, stderr, CLI_USAGE);
	if (!strcmp(x.argv[0], "help") || !strcmp(x.argv[0], "--help"))
		return help(app, stdout, CLI_DONE);
	x.command = find(app, x.argc, x.argv, &used);
	if (!x.command)
		return help(app, stderr, CLI_USAGE);
	x.argc -= used;
	x.argv += used;
	code = x.command->run(&x);
	arena_free(&x.a);
	return code;
}
