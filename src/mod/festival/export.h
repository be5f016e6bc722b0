/*
 * export.h - all the organiser sees, as tables for an office.
 *
 * Layer 3, inner.  Rows are read a thousand at a time and written at once:
 * memory does not grow with them.  No secret, PIN or phone of a shopper
 * is in any of them.
 */
#ifndef LARIS_FESTIVAL_EXPORT_H
#define LARIS_FESTIVAL_EXPORT_H

#include "core/city.h"
#include "core/sheet.h"
#include "mod/festival/festival.h"

enum export_what {
	EXPORT_MERCHANTS, EXPORT_PURCHASES, EXPORT_CARDS, EXPORT_VENUES, EXPORT_TOTALS, EXPORTS
};
extern const char *const export_names[EXPORTS];		/* "merchants"	*/

/* "purchases.xlsx": false when it is none. */
bool	export_parse(str file, enum export_what *, enum sheet_kind *) MUST_USE;
err	export_write(struct db *, const struct city *, const struct festival *, enum lang,
	    int64_t now, enum export_what, enum sheet_kind, const char *path) MUST_USE;

#endif
