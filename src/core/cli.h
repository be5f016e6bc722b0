/*
 * cli.h - what a command gets.
 *
 * Layer 2.  Exit codes: 0 done, 1 refused or not valid, 2 wrong use.  A
 * command reads the database it opens here, and writes inside cli_change
 * only, in one transaction.
 */
#ifndef LARIS_CORE_CLI_H
#define LARIS_CORE_CLI_H

#include "core/city.h"
#include "core/route.h"
#include <stdio.h>

struct cli_args {
	struct arena *a;
	const struct app *app;
	const struct command *command;
	const char *db_path;
	int argc;		/* words behind the command's name	*/
	char **argv;
	FILE *out;
	int64_t now;
};

enum { CLI_DONE, CLI_REFUSED, CLI_USAGE };

/* What is written for people of the city: Indonesian unless LANG says English. */
enum lang cli_lang(void);
/* Print "laris COMMAND USAGE" to standard error; gives CLI_USAGE. */
int	cli_usage(const struct cli_args *);
/* Print the refusal in words; gives CLI_REFUSED, or CLI_DONE for NULL. */
int	cli_result(const struct cli_args *, err);
/* "--name value" or "--name=value" taken out of argv; NULL when absent. */
const char *cli_option(struct cli_args *, const char *name);
bool	cli_flag(struct cli_args *, const char *name);	/* "--json"	*/
/* Word i behind the options, or empty.  Call after the options. */
str	cli_word(const struct cli_args *, int i);
/* After all options are taken: is what is left as many as min..max words? */
bool	cli_words(const struct cli_args *, int min, int max);

/* Migrated database, or ERR_MISSING "db-missing" / ERR_CONFLICT "db-old". */
err	cli_read(struct cli_args *, struct db **) MUST_USE;
typedef err cli_fn(struct cli_args *, struct tx *, void *ctx);
err	cli_change(struct cli_args *, cli_fn *, void *ctx) MUST_USE;
/* Word i as a city (code, slug or id). */
err	cli_city(struct cli_args *, struct db *, int i, struct city *) MUST_USE;
/* All of standard input up to max bytes, without its last line end. */
err	cli_stdin(struct cli_args *, size_t max, str *) MUST_USE;
/* Write a whole file at once (a temporary beside it, renamed). */
err	cli_write_file(struct cli_args *, const char *path, str bytes) MUST_USE;
err	cli_read_file(struct cli_args *, const char *path, size_t max, str *) MUST_USE;

#endif
