/* receipt_pages.h - what a shopper's proof shows (receipt.tmpl).  Layer 3, inner. */
#ifndef LARIS_FESTIVAL_RECEIPT_PAGES_H
#define LARIS_FESTIVAL_RECEIPT_PAGES_H

#include "core/layout.h"

struct receipt_view {
	str card, opened_by, log, origin;
	int64_t number;
	str line_of_proof;	/* short enough to be photographed	*/
	bool erased;
	str command, commitment;
};

#endif
