/*
 * import.h - purchases and merchants from a file of an office.
 *
 * Layer 3, inner.  First the whole file is judged on a snapshot, and
 * nothing is written: every wrong cell is named.  Only a file without a
 * wrong line can be applied: all lines in one change (import_cli.c), or
 * piece by piece beside other people's changes (import_task.c).
 *
 * A purchase whose line names no event gets one made of what it says
 * (import_sale.c), a merchant is known again by name, place and stall: so
 * the same file, or one that holds it, counts once.
 */
#ifndef LARIS_FESTIVAL_IMPORT_H
#define LARIS_FESTIVAL_IMPORT_H

#include "core/csv.h"
#include "mod/festival/festival.h"

#define IMPORT_LINES	200000		/* of one file			*/
#define IMPORT_BYTES	(16 << 20)

enum import_kind { IMPORT_PURCHASES, IMPORT_MERCHANTS, IMPORT_KINDS };
extern const struct choice import_kinds[];	/* "purchases", "merchants" */

struct import_ask {
	const struct city *city;
	const struct festival *f;
	enum import_kind kind;
	str bytes, name;		/* of the file; both outlive the work */
	person_id person;
	str by;				/* login, for the record	*/
	int64_t id;			/* of its row, to which what it brings is tied */
	int64_t now;
};

enum import_state {
	IMPORT_CHECKING,		/* being judged			*/
	IMPORT_JUDGED,			/* waits for somebody's yes	*/
	IMPORT_REFUSED,			/* could not be read as a whole	*/
	IMPORT_RECORDING,
	IMPORT_DONE,
	IMPORT_UNDOING,			/* refused in the middle	*/
	IMPORT_UNDONE,
	IMPORT_STRIKING,		/* somebody takes it back	*/
	IMPORT_STRUCK,
	IMPORT_STATES
};
enum import_said { SAID_WRONG, SAID_ROW, SAID_UNKNOWN };	/* import_say.kind */
#define IMPORT_SHOWN	20		/* wrong cells on the page	*/
#define IMPORT_FIRST	5		/* rows shown as they were understood */
#define IMPORT_CELLS	8		/* of such a row, at most	*/

struct import_bad {			/* one wrong cell		*/
	int64_t line;
	str column;			/* as the file calls it; empty: the whole line */
	str typed;
	err e;
};

struct import_watch {			/* either may be NULL		*/
	void (*bad)(void *ctx, const struct import_bad *);	/* texts live for the call */
	void (*progress)(void *ctx, int64_t done, int64_t all);	/* lines, now and then */
	void *ctx;
};

struct import_sums {
	int64_t lines;			/* that hold something		*/
	int64_t good, again, bad;	/* to be recorded, there already, wrong */
	int64_t rupiah;			/* of the good			*/
	int64_t carded;			/* good ones with a card	*/
	int64_t undated;		/* without a date: "day" was taken */
	int64_t first_day, last_day, day;	/* of the good, when there are any */
};

struct import;				/* a file that was judged	*/

/*
 * Every line, with "bad" called for each wrong cell in order.  An error is
 * of the whole file: those of csv_open(), "import-lines" {1},
 * "festival-not-open" or, for merchants, "registration-over".  The
 * result lives in the arena.
 */
err	import_judge(struct arena *, struct db *, const struct import_ask *,
	    const struct import_watch *, struct import **) MUST_USE;
const struct import_sums *import_sums(const struct import *);
const struct csv_head *import_head(const struct import *);
str	import_sha256(const struct import *);	/* of the file, hex	*/

/* How the event of a purchase struck out with its whole import begins. */
#define IMPORT_VOID	"impvoid-"

struct import_done {
	int64_t recorded, again, rupiah;
	int64_t first, last;		/* ids of purchases, or 0	*/
	int64_t counter;		/* of merchant codes, after it	*/
};
/*
 * Records good lines number "from" and "n" behind it; none may be bad.
 * Whatever is refused now (somebody was faster) refuses the whole: the
 * purchase's own errors, or ERR_CONFLICT "import-raced".  The audit is the
 * caller's, who calls import_went() once that is committed.
 */
err	import_apply(struct tx *, struct change *, const struct import *, int64_t from, int64_t n,
	    const struct import_watch *, struct import_done *) MUST_USE;
void	import_went(struct import *, const struct import_done *);
/* Good line i as it was understood: texts of its cells, "n" of them. */
err	import_shown(struct arena *, struct db *, const struct import *, int64_t i, enum lang,
	    str cell[IMPORT_CELLS], size_t *n) MUST_USE;

/* For the audit: file, checksum, counts. */
str	import_record(struct arena *, const struct import *, const struct import_done *);

/* "line 7: jumlah: what is wrong: what to do" and a line end. */
void	import_say(struct buf *, enum lang, const struct import_bad *);
struct import_words { str column, wrong, todo; };
void	import_words(struct arena *, enum lang, const struct import_bad *, struct import_words *);
/* What a file may hold: a column's names parted by '|', what it is, an example. */
struct import_hint { enum text_id say; const char *example; };
struct import_column { const char *names; bool needed; struct import_hint hint; };
size_t	import_columns(enum import_kind, struct import_column[CSV_COLUMNS]);

/* import_cli.c */
struct cli_args;
int	import_command(struct cli_args *);

#endif
