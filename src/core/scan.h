/*
 * scan.h - a button that reads a QR code into a field of its form.
 *
 * Layer 2.  {{ call scan_button("card", SCAN_CARD) }} inside a form.  The
 * server sends it hidden; web/laris.js shows it where a browser can read
 * pictures, and only a press loads web/scan.js and the reader (jsQR).
 * Without script the field is typed or pasted into.
 */
#ifndef LARIS_CORE_SCAN_H
#define LARIS_CORE_SCAN_H

#include "core/layout.h"

enum scan_kind {
	SCAN_CARD,	/* a shopper's card: its number goes into the field */
	SCAN_QRIS,	/* the whole text, and the form is sent	*/
};

void	scan_button(struct out *, const char *field, enum scan_kind);

/* ---- for scan.tmpl ---- */
struct scan_view {
	const char *field, *kind;
	str reader, library;	/* URLs of the two scripts		*/
	str button, other;	/* texts: the button; "this is none"	*/
};

#endif
