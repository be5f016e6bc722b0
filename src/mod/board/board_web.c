/* board_web.c - the sale while it runs: figures, charts, the same as tables. */
#include "board_tmpl.h"
#include "core/asset.h"
#include "mod/board/board_pages.h"
#include "mod/board/board_web.h"

err board_sale(struct req *r, struct festival *f, str *href)
{
	TRY(festival_find(r->db, r->city.id, r->param[0], f));
	*href = req_path(r, "/admin/festival/%.*s", SV(f->slug));
	return NULL;
}

static const struct { enum board_part part; enum text_id title; } blocks[] = {
	{ BOARD_DAY, TEXT_totals_day }, { BOARD_HOUR, TEXT_board_hour },
	{ BOARD_VENUE, TEXT_totals_venue }, { BOARD_VILLAGE, TEXT_board_village },
	{ BOARD_SECTOR, TEXT_totals_sector }, { BOARD_METHOD, TEXT_totals_method },
};

/* The most rupiah of a row: the whole of its bar; at least 1. */
static int64_t most(const struct slice_rows *rows)
{
	int64_t n = 1;

	for (size_t i = 0; i < rows->n; i++)
		n = rows->v[i].rupiah > n ? rows->v[i].rupiah : n;
	return n;
}

err board_page(struct req *r)
{
	struct board_block *block = NEWN(r->a, struct board_block, countof(blocks));
	struct board *b = NEW(r->a, struct board);
	struct board_view v = { .b = b, .updated = r->now, .block = block,
	    .n_block = countof(blocks) };
	struct festival f;

	TRY(board_sale(r, &f, &v.href));
	TRY(board_load(r->db, &r->city, &f, r->lang, r->now, b));
	v.target_say = festival_target_say(r->a, r->lang, b->rupiah, f.target);
	v.over = b->now < r->now;
	v.css = asset_find("uPlot.min.css")->hashed;
	v.chart = asset_find("uPlot.iife.min.js")->hashed;
	v.script = asset_find("board.js")->hashed;
	v.live = req_path(r, "/%.*s/%.*s/live", SV(r->city.slug), SV(f.slug));
	for (size_t i = 0; i < countof(blocks); i++)
		block[i] = (struct board_block){ board_part_names[blocks[i].part],
		    blocks[i].title, &b->part[blocks[i].part], most(&b->part[blocks[i].part]) };
	r->title = text(r->lang, TEXT_board_title);
	r->wide = true;
	page_board(&r->out, &v);
	return NULL;
}

err board_figures(struct req *r)
{
	struct festival f;
	struct board b;
	str href;

	TRY(board_sale(r, &f, &href));
	TRY(board_load(r->db, &r->city, &f, r->lang, r->now, &b));
	board_json(&r->json, &b, r->city.zone);
	return NULL;
}
