/*
 * screen_pages.h - what the draw's public screens show: stage, press, and
 * "check it yourself" (stage.tmpl, press.tmpl, inspect.tmpl).  Layer 3, inner.
 */
#ifndef LARIS_DRAW_SCREEN_PAGES_H
#define LARIS_DRAW_SCREEN_PAGES_H

#include "mod/draw/draw_pages.h"

struct stage_view {
	const struct draw_view *d;
	str city, festival;
	str css, script;	/* hashed names of files of web/	*/
	str result, transcript;	/* URLs the screen asks			*/
	str proof;		/* where the QR leads, in full		*/
	str left;		/* milliseconds to the round; empty: not to be counted */
	size_t shown;		/* winners without script		*/
};

/* Not kept: made when asked for, of no size yet. */
struct press_file { str href, name; int64_t size; enum text_id what; bool kept; };
struct press_view {
	const struct draw_view *d;
	str here, festival, code;
	int64_t drawn;
	int64_t places, value;	/* of all prizes			*/
	str fetch, policy, check, seed_line;	/* commands		*/
	str log;		/* path of the log's page		*/
	str pick_line, pick_out, first_title;	/* the first winner by hand; empty: none */
	int64_t first_coupon;
	str contact;		/* empty: nobody set it			*/
	str url;		/* of this page, in full		*/
	const struct press_file *files;
	size_t n_files;
};

#define INSPECT_LOG_MOST 250000	/* entries a browser reads: LOG_ASKED of web/verify/worker.mjs */

struct reason { const char *code; enum text_id say; };
struct inspect_view {
	str base, name, code, script, worker, folder, log;
	bool rehearsal, frozen;
	int64_t log_size, log_kb;	/* entries; about so much to download */
	int64_t size;		/* bytes to download			*/
	const struct file_row *files;
	size_t n_files;
	const struct reason *reasons;
	size_t n_reasons;
};

#endif
