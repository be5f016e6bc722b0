/* module.c - the posts' rows. */
#include "mod/post/module.h"
#include "mod/post/web.h"
#include "post_read.h"

#define POST_MAY (MAY_ORGANISER | MAY_OFFICER | MAY_ADMIN)
#define WRITERS	(MAY_ORGANISER | MAY_ADMIN)
#define BOARD	(WRITERS | MAY_AUDITOR)
#define A	"/admin/festival/{festival}/posts"
#define S_	"/{city}/{festival}/post/{post}"

static const struct route routes[] = {
	GET("/post", POST_MAY, post_page, "The officer's post: record notes."),
	POST("/post", POST_MAY, post_note, "Record a note; one like an earlier one is asked about.",
	    .form = &note_form, .again = post_page, .flags = ROUTE_REPEAT),
	GET("/post/at", POST_MAY, at_page, "Where the officer sits."),
	POST("/post/at", POST_MAY, at_do, "Sit at a post.", .form = &at_form, .again = at_page),
	GET("/post/batch", POST_MAY, batch_page, "Many notes of one shopper."),
	POST("/post/batch", POST_MAY, batch_do, "Record up to ten, each judged alone.",
	    .form = &batch_form, .again = batch_page, .flags = ROUTE_REPEAT),
	GET("/post/today", POST_MAY, shift_page, "What I entered, by the hour."),
	GET("/post/fix/{purchase}", POST_MAY, fix_page, "A note to put right."),
	POST("/post/fix/{purchase}", POST_MAY, fix_do,
	    "Strike it out with a reason and record it anew.", .form = &fix_form,
	    .again = fix_page, .flags = ROUTE_REPEAT),

	GET("/post/card", POST_MAY, desk_page, "A shopper's card at the post."),
	GET("/post/card/{number}", POST_MAY, desk_page, "The same card, by its address."),
	POST("/post/card/{number}/pin", POST_MAY, desk_pin,
	    "A new PIN, after looking at the card.", .form = &desk_pin_form,
	    .prepare = desk_pin_prepare, .again = desk_page),
	POST("/post/card/{number}/lost", POST_MAY, desk_lost,
	    "Block it, and move its coupons to a new card.", .form = &lost_form,
	    .again = desk_page),
	POST("/post/card/{number}/join", POST_MAY, desk_join,
	    "Join it to another card of the same person.", .form = &together_form,
	    .again = desk_page),
	POST("/post/card/{number}/phone", POST_MAY, desk_phone,
	    "Its phone number, or none.", .form = &phone_form, .again = desk_page),

	GET("/post/queue", POST_MAY, queue_page, "Who waits at my post."),
	POST("/post/queue/take", POST_MAY, queue_take_do, "Give the next number.",
	    .form = &ticket_form, .again = queue_page, .flags = ROUTE_REPEAT),
	POST("/post/queue/next", POST_MAY, queue_next_do, "Serve the next number.",
	    .form = &next_form, .again = queue_page),
	POST("/post/queue/again", POST_MAY, queue_again_do, "Call it again.",
	    .form = &again_form, .again = queue_page),
	GET(S_, MAY_PUBLIC, screen_page, "The number served now, for those who wait."),
	GET(S_ "/live", MAY_PUBLIC, screen_live, "It as server-sent events.",
	    .flags = ROUTE_STREAM),

	GET(A, BOARD, posts_page, "Posts, and the cards each holds."),
	POST(A, WRITERS, posts_add, "Add a post.", .form = &post_form, .again = posts_page),
	POST(A "/hand", WRITERS, hand_do, "Hand a range of cards to a post.",
	    .form = &hand_form, .again = posts_page, .flags = ROUTE_REPEAT),
	POST(A "/back/{hand}", WRITERS, hand_back, "Take it back."),
};

/* ---- what must be true ----------------------------------------------------- */

static err hands(struct db *db, struct buf *b)
{
	struct post_check_hands *v;
	size_t n;

	TRY(post_q_check_hands(db, &v, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "cards %09lld to %09lld are at two posts\n", (long long)v[i].first,
		    (long long)v[i].last);
	return NULL;
}

static err notes(struct db *db, struct buf *b)
{
	struct post_check_fixes *f;
	struct post_check_twins *t;
	size_t n;

	TRY(post_q_check_fixes(db, &f, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "purchase %.*s was corrected and still counts\n",
		    SV(id_text(b->a, f[i].old)));
	TRY(post_q_check_twins(db, &t, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "purchase %.*s is said to be like another, and is not\n",
		    SV(id_text(b->a, t[i].purchase)));
	return NULL;
}

static err queues(struct db *db, struct buf *b)
{
	struct post_check_queues *v;
	size_t n;

	TRY(post_q_check_queues(db, &v, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "the queue of post %.*s has not the tickets it gave\n",
		    SV(id_text(b->a, v[i].post)));
	return NULL;
}

static const struct check checks[] = {
	{ "post-cards", "A card is at one post at a time.", hands },
	{ "post-notes", "A corrected note counts no more; twins are alike.", notes },
	{ "post-queues", "A queue gave each number once.", queues },
};

const struct module post_module = {
	.name = "post",
	.routes = routes, .n_routes = countof(routes),
	.checks = checks, .n_checks = countof(checks),
};
