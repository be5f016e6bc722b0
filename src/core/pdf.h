/*
 * pdf.h - paper: pages with text, tables, QR and the kawung strip, as PDF;
 * and pictures (PNG) drawn by the same hand.
 *
 * Layer 2.  Cairo and Pango are visible in pdf.c only.  Lengths are
 * millimetres from the top left corner of a PDF page, pixels of a picture;
 * sizes of letters are points, or pixels.  A PDF leaves in pieces while it
 * is drawn, page by page, so a long one needs no more memory than a short.
 * What was drawn is the same bytes for the same input: no clock, no machine
 * settings; "made" is the document's date.
 */
#ifndef LARIS_CORE_PDF_H
#define LARIS_CORE_PDF_H

#include "base/base.h"

enum pdf_face { PDF_SANS, PDF_SERIF, PDF_FACES };	/* Noto: fonts-noto-core	*/
enum pdf_align { PDF_LEFT, PDF_CENTRE, PDF_RIGHT };

/* The colours of web/laris.css. */
#define PDF_PAPER	0xFBF6ECu
#define PDF_LINE	0xDCCBB0u
#define PDF_INK		0x2B2118u
#define PDF_QUIET	0x554636u
#define PDF_SOGA	0x6E4019u
#define PDF_NILA	0x23395Bu
#define PDF_KUNYIT	0xD99A1Cu
#define PDF_WHITE	0xFFFFFFu

#define PDF_A4_W	210.0
#define PDF_A4_H	297.0
#define PDF_A6_W	105.0
#define PDF_A6_H	148.0

struct pdf_pen {
	enum pdf_face face;
	double size;
	bool bold;
	unsigned ink;		/* 0xRRGGBB				*/
	enum pdf_align align;
};

/* Where the bytes go; false: it could not be written, drawing goes on in vain. */
struct pdf_sink {
	bool (*put)(void *ctx, str bytes);
	void *ctx;
};
struct pdf_sink pdf_sink_buf(struct buf *);

/* What a city's papers wear (look_dress); all zero: the house's. */
struct pdf_dress {
	bool coloured;
	unsigned brand;		/* of the strip				*/
	str emblem;		/* PNG of our own writing, or empty	*/
};

struct pdf_paper {
	double w, h;
	bool png;		/* one picture of w by h pixels		*/
	str title, author;
	int64_t made;		/* moment				*/
	struct pdf_dress dress;
};

struct pdf;
/* ERR_INTERNAL "font-missing" {1}: the family that is not installed. */
err	pdf_open(struct pdf **, struct arena *, const struct pdf_paper *, struct pdf_sink) MUST_USE;
/* Ends the document.  ERR_INTERNAL "paper-failed", also when the sink failed. */
err	pdf_done(struct pdf *) MUST_USE;
void	pdf_close(struct pdf **);	/* for CLEANUP; done or not	*/
void	pdf_page(struct pdf *);		/* the next one, as large as the first */
/* The families are installed, or ERR_INTERNAL "font-missing". */
err	pdf_fonts(struct arena *) MUST_USE;

/* ---- drawing ----------------------------------------------------------- */

/* Text in a column "w" wide; gives its height. */
double	pdf_text(struct pdf *, double x, double y, double w, const struct pdf_pen *, str);
double	pdf_height(struct pdf *, double w, const struct pdf_pen *, str);
/* Letters made smaller until it is no higher than h; stands in its middle. */
double	pdf_fit(struct pdf *, double x, double y, double w, double h, struct pdf_pen, str);
void	pdf_box(struct pdf *, double x, double y, double w, double h, double round, unsigned ink);
void	pdf_frame(struct pdf *, double x, double y, double w, double h, double round, double line,
	    unsigned ink);
void	pdf_line(struct pdf *, double x, double y, double to_x, double to_y, double line,
	    unsigned ink);
void	pdf_ring(struct pdf *, double x, double y, double r, double line, unsigned ink);
/* The modules only: leave four modules of light paper around it.  False: too long. */
bool	pdf_qr(struct pdf *, double x, double y, double side, str text) MUST_USE;
/* A strip of the city's kawung, tiles "h" high, cream on its colour. */
void	pdf_strip(struct pdf *, double x, double y, double w, double h);
/* The city's emblem in the middle of that box; the width it took, 0: the city has none. */
double	pdf_emblem(struct pdf *, double x, double y, double w, double h);

/* ---- text that runs over pages ------------------------------------------ */

struct pdf_column { str head; double w; enum pdf_align align; };

struct pdf_flow {
	struct pdf *pdf;
	double left, right, top, bottom;	/* edges of the text	*/
	double y;				/* where the next goes	*/
	int page;				/* from 1		*/
	void (*dress)(struct pdf_flow *);	/* head and foot of each page, or NULL */
	const void *ctx;
	const struct pdf_column *col;		/* of the table that is open */
	size_t n_col;
};

void	pdf_flow_begin(struct pdf_flow *);
/* A new page unless h fits on this one. */
void	pdf_flow_need(struct pdf_flow *, double h);
void	pdf_flow_text(struct pdf_flow *, const struct pdf_pen *, str);
void	pdf_flow_gap(struct pdf_flow *, double h);
/* The city's emblem on a line of its own, h high; nothing when there is none. */
void	pdf_flow_emblem(struct pdf_flow *, double h);
/* Rows go to the next page whole, under the head of the table again. */
void	pdf_table_begin(struct pdf_flow *, const struct pdf_column *, size_t n);
void	pdf_table_row(struct pdf_flow *, const str *cells, bool bold);
void	pdf_table_end(struct pdf_flow *);

#endif
