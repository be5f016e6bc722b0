/*
 * page_cache.h - pages of anonymous visitors, as bytes.
 *
 * Layer 2.  One an event loop, so there is no lock.  A page is kept by
 * URL, language and encoding, with the keys (writer.h) it depends on; it
 * is served until one is touched.  Soft keys are looked at only when the
 * page is over a second old: figures that move all day.
 */
#ifndef LARIS_CORE_PAGE_CACHE_H
#define LARIS_CORE_PAGE_CACHE_H

#include "core/pipeline.h"

struct page_cache;

struct page_cache *page_cache_new(void);
void	page_cache_free(struct page_cache **);
/* May this request be answered from the cache at all? */
bool	page_cache_fits(const struct http_request *);
/* Answers it and gives true, or false. */
bool	page_cache_answer(struct page_cache *, const struct http_request *, struct http_x *);
/*
 * Keep a reply for the request's URL.  "now" is stamp_now() from before
 * the page was made: what was touched since makes it stale at once.
 */
void	page_cache_keep(struct page_cache *, const struct req *, const struct http_reply *,
	    uint64_t now);

#endif
