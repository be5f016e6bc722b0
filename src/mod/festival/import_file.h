/*
 * import_file.h - the bytes of a file that is being imported, and its
 * report, beside the database.
 *
 * Layer 3, inner.  Whole or not there: a file gets its name after fsync.
 * Which are needed the table "import" says; what it does not say is swept
 * away a day later.
 */
#ifndef LARIS_FESTIVAL_IMPORT_FILE_H
#define LARIS_FESTIVAL_IMPORT_FILE_H

#include "base/base.h"
#include "core/ids.h"

#define IMPORT_KEPT	DAY	/* of a file that nobody takes up	*/

struct import_place { struct arena *a; const char *data_dir; city_id city; int64_t id; };

/* "…/import/3.0M4….csv"; the report of it in a language. */
const char *import_file_path(const struct import_place *);
const char *import_report_path(const struct import_place *, enum lang);
/* ERR_INVALID "file-write". */
err	import_file_keep(const struct import_place *, str bytes) MUST_USE;
/* ERR_MISSING "import-file-gone". */
err	import_file_read(const struct import_place *, size_t max, str *bytes) MUST_USE;
/* Open for a reply. */
err	import_report_open(const struct import_place *, enum lang, int *fd, int64_t *n) MUST_USE;
void	import_file_drop(const struct import_place *);	/* and its reports */
/* Files older than IMPORT_KEPT of this city go, but for those "needed" knows. */
void	import_files_sweep(const struct import_place *, bool (*needed)(void *, int64_t id), void *,
	    int64_t now);

#endif
