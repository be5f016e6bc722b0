/*
 * minutes.h - the official report of a draw (berita acara), two pages of A4.
 *
 * Layer 3.  Every figure of the draw is worked out again from the files of
 * the bundle; from the database come the masked cards, the value of the
 * prizes, the permit's stages and what was said before the freeze.  The
 * same draw and the same names give the same bytes.
 */
#ifndef LARIS_DRAW_MINUTES_H
#define LARIS_DRAW_MINUTES_H

#include "core/city.h"
#include "core/pdf.h"
#include "mod/draw/annul.h"
#include "mod/draw/before.h"
#include "mod/draw/winner.h"

struct minutes_names {		/* as typed; empty leaves a line to write on */
	str place, notary, deed, social, police, committee;
};
/* ERR_CONFLICT "draw-step" before it is drawn; as bundle_open when the files are not right. */
err	minutes_pdf(struct db *, const struct city *, const struct festival *, const struct draw *,
	    const struct minutes_names *, struct pdf_sink) MUST_USE;
/* The same of one that is annulled at x->at: its list, and why there are no winners. */
err	minutes_annulled_pdf(struct db *, const struct city *, const struct festival *,
	    const struct draw *, const struct annulment *x, struct pdf_sink) MUST_USE;
/* Into the bundle as berita-acara.pdf, and its sums. */
err	minutes_keep(struct tx *, const struct draw *, str pdf) MUST_USE;

#endif
