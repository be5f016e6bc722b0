/*
 * city_file.h - a whole city as one file, between servers and engines.
 *
 * Layer 4.  Lines of text:
 *
 *	laris-city/v1
 *	schema HEX			of all migrations: another one is refused
 *	city ID ZONE CREATED CODE SLUG NAME	tabs between
 *	key HEX ORIGIN			the seed that signs its log; a log that began
 *	table NAME COLUMN:KIND …	kinds i, t, b
 *	+VALUE VALUE …			tabs between; int, text (\\ \t \n), hex; \N is null
 *	sha256 HEX			of every byte before this line
 *
 * Sessions and failed sign-ins stay where they were.  Whoever holds the file
 * holds the city's secrets and may sign in the name of its log: mode 600.
 */
#ifndef LARIS_APP_CITY_FILE_H
#define LARIS_APP_CITY_FILE_H

#include "core/cli.h"
#include "db/tables.h"

#define CITY_FILE_HEAD	"laris-city/v1\n"

str	city_file_schema(struct arena *, const struct app *);	/* hex		*/
bool	city_file_stays(str table);	/* not a city's to take along	*/
/* Columns as the file says them: "city:i id:i name:t". */
str	city_file_columns(struct arena *, const struct db_table *);

int	city_export_command(struct cli_args *);
int	city_import_command(struct cli_args *);

#endif
