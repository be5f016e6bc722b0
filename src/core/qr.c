#include "core/qr.h"

#include <qrencode.h>
#include <string.h>

static void drop(QRcode **code)
{
	if (*code)
		QRcode_free(*code);
}

bool qr_make(struct arena *a, str text, struct qr_code *out)
{
	*out = (struct qr_code){ 0 };
	if (text.n == 0 || text.n > QR_TEXT_MAX || memchr(text.p, 0, text.n))
		return false;
	CLEANUP(drop) QRcode *code = QRcode_encodeString(arena_cstr(a, text), 0,
	    QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!code)
		return false;
	size_t n = (size_t)code->width * (size_t)code->width;
	unsigned char *dark = arena_alloc(a, n, 1);
	for (size_t i = 0; i < n; i++)
		dark[i] = code->data[i] & 1;	/* the other bits say what a module is for */
	*out = (struct qr_code){ code->width, dark };
	return true;
}

/* Runs of one row, each after a move from the end of the one before. */
static void put_row(struct buf *b, const unsigned char *row, int side)
{
	int from = 0;
	for (int x = 0; x < side; x++) {
		int begin = x;
		while (x < side && row[x])
			x++;
		if (x == begin)
			continue;
		if (begin > from)
			buf_printf(b, "m%d 0", begin - from);
		buf_printf(b, "h%d", x - begin);
		from = x;
	}
}

str qr_path(struct arena *a, const struct qr_code *code)
{
	struct buf b = BUF(a, 256 * 1024);
	for (int y = 0; y < code->side; y++) {
		buf_printf(&b, "M%d %d.5", QR_QUIET, QR_QUIET + y);
		put_row(&b, code->dark + (size_t)y * (size_t)code->side, code->side);
	}
	return buf_done(&b);
}
