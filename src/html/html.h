/*
 * html.h - write HTML that cannot be injected into.
 *
 * Layer 1.  Only code made by tools/htmlc.py calls these.  What is
 * escaped is decided by the place in the HTML and the C type, so
 * forgetting is not possible: struct markup is the one type written as
 * it is, and only page_markup() makes one, from a page.
 */
#ifndef LARIS_HTML_HTML_H
#define LARIS_HTML_HTML_H

#include "base/base.h"

struct out {			/* a page being written			*/
	struct buf b;
	enum lang lang;
	enum zone zone;
};
struct markup { str s; };	/* already HTML				*/

/* What pages wrote, as it stands, to be put into another page.  Borrowed
 * from "w"; look at w->b.full before trusting it. */
struct markup page_markup(const struct out *w);

/* Values shown in the form people here know; {{ RP(v->total) }}. */
struct show_rp { int64_t v; };		/* Rp 1.161.765.651.336		*/
struct show_short { int64_t v; };	/* Rp 1,16 triliun		*/
struct show_num { int64_t v; };		/* 1.161.765			*/
struct show_words { int64_t v; };	/* terbilang, in rupiah		*/
struct show_day { int64_t v; };		/* 31 Oktober 2021		*/
struct show_isoday { int64_t v; };	/* 2021-10-31, for value="" and datetime="" */
struct show_moment { int64_t v; };	/* 31 Okt 2021 14.05 WIB	*/
struct show_clock { int64_t v; };	/* 14.05 WIB			*/
struct show_id { int64_t v; };		/* 13 digits of base32		*/
struct show_card { int64_t v; };	/* 4821 0093 7			*/
#define RP(x)		((struct show_rp){ (x) })
#define RPSHORT(x)	((struct show_short){ (x) })
#define NUM(x)		((struct show_num){ (int64_t)(x) })
#define WORDS(x)	((struct show_words){ (x) })
#define DAYS(x)		((struct show_day){ (x) })
#define ISODAY(x)	((struct show_isoday){ (x) })
#define MOMENT(x)	((struct show_moment){ (x) })
#define CLOCK(x)	((struct show_clock){ (x) })
#define ID(x)		((struct show_id){ (x).v })
#define CARD(x)		((struct show_card){ (x) })

void	out_raw(struct out *, const char *, size_t);	/* made by htmlc only */
void	out_text(struct out *, str);
void	out_cstr(struct out *, const char *);
void	out_int(struct out *, int64_t);
void	out_size(struct out *, size_t);
void	out_bool(struct out *, bool);			/* 1 or 0	*/
void	out_markup(struct out *, struct markup);
/*
 * A whole URL: https://, http://, mailto:, tel:, or within this site
 * (/path, ?query, #fragment); "#" for any other.
 */
void	out_url(struct out *, str);
void	out_url_cstr(struct out *, const char *);
/* As out_url, for one that "/…" follows: without its last slash, lest "/"
 * become "//host". */
void	out_base(struct out *, str);
void	out_base_cstr(struct out *, const char *);
/* A piece of a URL, %-encoded but for A-Z a-z 0-9 - . _ ~ (RFC 3986). */
void	out_query(struct out *, str);
void	out_query_cstr(struct out *, const char *);
void	out_query_int(struct out *, int64_t);
void	out_query_size(struct out *, size_t);
/*
 * The same as a whole piece of the path between two slashes: "-" for an
 * empty one, "." and "..", which would lead to another page or host.
 */
void	out_segment(struct out *, str);
void	out_segment_cstr(struct out *, const char *);
void	out_rp(struct out *, struct show_rp);
void	out_short(struct out *, struct show_short);
void	out_num(struct out *, struct show_num);
void	out_words(struct out *, struct show_words);
void	out_day(struct out *, struct show_day);
void	out_isoday(struct out *, struct show_isoday);
void	out_moment(struct out *, struct show_moment);
void	out_clock(struct out *, struct show_clock);
void	out_id(struct out *, struct show_id);
void	out_card(struct out *, struct show_card);

#define out_put(w, x) _Generic((x),					\
	str: out_text, struct markup: out_markup,			\
	const char *: out_cstr, char *: out_cstr, bool: out_bool,	\
	int: out_int, int64_t: out_int, size_t: out_size,		\
	struct show_rp: out_rp, struct show_short: out_short,		\
	struct show_num: out_num, struct show_words: out_words,		\
	struct show_day: out_day, struct show_isoday: out_isoday,	\
	struct show_moment: out_moment, struct show_clock: out_clock,	\
	struct show_id: out_id, struct show_card: out_card)((w), (x))
/* In an attribute: as out_put, but struct markup does not compile. */
#define out_put_attr(w, x) _Generic((x),				\
	str: out_text, const char *: out_cstr, char *: out_cstr,	\
	int: out_int, int64_t: out_int, size_t: out_size,		\
	bool: out_bool,							\
	struct show_rp: out_rp, struct show_short: out_short,		\
	struct show_num: out_num, struct show_words: out_words,		\
	struct show_day: out_day, struct show_isoday: out_isoday,	\
	struct show_moment: out_moment, struct show_clock: out_clock,	\
	struct show_id: out_id, struct show_card: out_card)((w), (x))
#define out_put_url(w, x) _Generic((x), str: out_url,			\
	const char *: out_url_cstr, char *: out_url_cstr)((w), (x))
#define out_put_base(w, x) _Generic((x), str: out_base,			\
	const char *: out_base_cstr, char *: out_base_cstr)((w), (x))
#define out_put_query(w, x) _Generic((x),				\
	str: out_query, const char *: out_query_cstr,			\
	char *: out_query_cstr, int: out_query_int,			\
	int64_t: out_query_int, size_t: out_query_size,			\
	struct show_isoday: out_isoday,					\
	struct show_id: out_id)((w), (x))
#define out_put_segment(w, x) _Generic((x),				\
	str: out_segment, const char *: out_segment_cstr,		\
	char *: out_segment_cstr, int: out_query_int,			\
	int64_t: out_query_int, size_t: out_query_size,			\
	struct show_isoday: out_isoday,					\
	struct show_id: out_id)((w), (x))

#endif
