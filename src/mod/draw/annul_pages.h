/* annul_pages.h - a draw that is annulled, or late enough (annul.tmpl).  Layer 3, inner. */
#ifndef LARIS_DRAW_ANNUL_PAGES_H
#define LARIS_DRAW_ANNUL_PAGES_H

#include "core/layout.h"
#include "mod/draw/annul.h"
#include "mod/draw/relay_pages.h"

struct annul_link { str href, name; };	/* href empty: none		*/
struct annul_view {
	struct annulment x;
	int64_t round, due;
	str drand;			/* where drand answers for the round */
	struct relay_view relays;	/* whom Laris asked, and when last */
	struct annul_link next, before;	/* stands in its place; it stands in for */
};
/* For the organiser: propose, confirm, and afterwards a draw in its place. */
struct annul_manage {
	bool shown, ready, mine;	/* mine: who looks proposed it	*/
	bool may_board;			/* may propose, take back, replace */
	const struct annul_view *v;
	struct form_page form;
	str confirm, withdraw, replace, csrf;
};

/* "base": path of the sale. */
err	annul_view_load(struct req *, const struct draw *, str base, struct annul_view *) MUST_USE;
err	annul_manage_load(struct req *, const struct draw *, const struct annul_view *,
	    struct annul_manage *) MUST_USE;
handler admin_annul, admin_annul_withdraw, admin_annul_confirm_prepare, admin_annul_confirm,
    admin_draw_replace;
extern const struct form annul_form;

/* annul_cli.c */
int	draw_annul_command(struct cli_args *);

#endif
