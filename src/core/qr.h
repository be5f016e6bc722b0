/*
 * qr.h - QR codes (ISO/IEC 18004), made by libqrencode.
 *
 * Layer 2.  Error correction M: a folded, dirty card is still read.
 */
#ifndef LARIS_CORE_QR_H
#define LARIS_CORE_QR_H

#include "base/base.h"

#define QR_TEXT_MAX	1200	/* bytes; what fits version 27 at M	*/
#define QR_QUIET	4	/* light modules needed around the code	*/

struct qr_code {
	int side;			/* modules a side, 21..177	*/
	const unsigned char *dark;	/* side * side, row by row: 1 is dark */
};

/* False when "text" is empty, holds a NUL or is too long. */
bool	qr_make(struct arena *, str text, struct qr_code *) MUST_USE;
/*
 * The dark modules as the "d" of an SVG path to be stroked one wide, in a
 * square of side + 2 * QR_QUIET.
 */
str	qr_path(struct arena *, const struct qr_code *);

#endif
