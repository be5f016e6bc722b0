/*
 * page_cache.h - pages of anonymous visitors, as bytes.
 *
 * Layer 2.  One an event loop, so there is no lock.  A page is kept by
 * URL, language and encoding, with the stamps (writer.h) it was made at;
 * it is served while all of them stand.  Soft stamps are looked at only
 * when the page is over a second old: figures that move all day.
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
bool	page_cache_answer(struct page_cache *, struct http_x *);
/*
 * The stamps are read before the page is made, so that a change in
 * between makes it stale, not wrong.  "before" is stamps_now() of then.
 */
void	page_cache_keep(struct page_cache *, const struct req *, const struct http_reply *,
	    const uint64_t before[10]);
/* Values of all of a request's stamps, hard ones first. */
void	page_cache_stamps(const struct req *, uint64_t out[10]);

#endif
