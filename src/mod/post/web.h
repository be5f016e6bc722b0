/* web.h - the posts' handlers and forms, named by the route rows.  Layer 3, inner. */
#ifndef LARIS_POST_WEB_H
#define LARIS_POST_WEB_H

#include "core/layout.h"
#include "core/route.h"
#include "mod/post/post.h"

/* note_web.c: one note; shift_web.c: what I entered, corrections */
handler post_page, post_note, shift_page, fix_page, fix_do;
extern const struct form note_form, fix_form;
/* batch_web.c: a shopper with many notes */
handler batch_page, batch_do;
extern const struct form batch_form;
/* desk_web.c: a shopper's card at the post */
handler desk_page, desk_pin_prepare, desk_pin, desk_lost, desk_join, desk_phone;
extern const struct form find_form, desk_pin_form, lost_form, together_form, phone_form;
/* stock_web.c: posts, and the cards they hold */
handler at_page, at_do, posts_page, posts_add, hand_do, hand_back;
extern const struct form at_form, post_form, hand_form;
/* queue_web.c: who waits */
handler queue_page, queue_take_do, queue_next_do, queue_again_do, screen_page, screen_live;
extern const struct form ticket_form, next_form, again_form;

/* ---- what they share (note_web.c) ---- */

struct note_in {
	str event, merchant, note, reason, twin, why;	/* why: of a correction */
	int64_t amount, day, card, method;
	bool keep_merchant, keep_day, keep_card;
};
/*
 * The sale of the post where this officer sits, else the one that runs;
 * ERR_CONFLICT "festival-not-open" when the city has none, "post-which" when
 * several are open.
 */
err	post_sale(struct req *, struct festival *) MUST_USE;
/* For a page: not found is no error, and of several it leads to the choice. */
err	post_now(struct req *, struct festival *, bool *found) MUST_USE;
/* Where this officer sits; found: has said so. */
err	post_mine(struct req *, const struct festival *, struct post *, bool *found) MUST_USE;
enum twin_answer twin_answer(str);
err	note_purchase(struct req *, const struct note_in *, enum channel, struct purchase_in *)
	    MUST_USE;
struct twin_view;
/* The earlier note, when the change was refused because of it. */
err	twin_show(struct req *, const struct festival *, const struct note_in *,
	    struct twin_view *) MUST_USE;
/* A question is not a fault: the form asks it itself, and nothing takes the focus. */
struct form_state twin_state(const struct req *, const struct twin_view *);
err	suggestions(struct req *, const struct festival *, const struct form_option **,
	    size_t *n) MUST_USE;
/* The foot bar of the post's pages. */
enum post_item { POST_NOTE, POST_BATCH, POST_CARD, POST_QUEUE, POST_TODAY };
void	post_bar(struct req *, enum post_item);

#endif
