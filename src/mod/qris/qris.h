/*
 * qris.h - a merchant's QRIS: what the sticker on the counter says.
 *
 * Layer 3, pure: no database, no web.  QRIS is Indonesia's form of the
 * EMVCo QR Code Specification for Payment Systems, merchant-presented mode:
 * a row of fields, each two digits of tag, two digits of length, value;
 * the last is a CRC over all before it.  A struct qris borrows from the
 * payload it was read from.
 *
 * Laris moves no money: it reads what the bank gave the merchant, and
 * writes the same again with an amount in it.
 */
#ifndef LARIS_QRIS_QRIS_H
#define LARIS_QRIS_QRIS_H

#include "base/base.h"

#define QRIS_MAX	512	/* characters, EMVCo MPM 3.2		*/
#define QRIS_FIELDS	100	/* tags 00..99, each once		*/
#define QRIS_AMOUNT_MAX	INT64_C(9999999999999)	/* tag 54: 13 characters */

struct qris_field { int tag; str value; };

struct qris {
	struct qris_field field[QRIS_FIELDS];	/* in their order, 63 last */
	size_t n;
	str name, city;		/* 59, 60				*/
	str postcode;		/* 61, or empty				*/
	str mcc;		/* 52: kind of business, 4 digits	*/
	str nmid;		/* national merchant id "ID" + 13 digits, or empty */
	str criteria;		/* UMI UKE UME UBE URE, or empty	*/
	bool once;		/* 01 is "12": made for one payment	*/
	int64_t amount;		/* 54; 0: the payer types it		*/
};

/*
 * Read and judge a payload; white space around it is free.  ERR_INVALID:
 * "qris-other" (no QRIS at all), "qris-long", "qris-character" {position},
 * "qris-tag" {position}, "qris-length" {tag, said, left}, "qris-double" {tag},
 * "qris-crc-missing", "qris-crc-place", "qris-crc-form", "qris-crc" {written,
 * computed}; then by field "qris-version", "qris-initiation", "qris-account",
 * "qris-account-form" {tag}, "qris-nmid", "qris-criteria", "qris-mcc",
 * "qris-currency", "qris-amount", "qris-tip", "qris-country", "qris-name",
 * "qris-city", "qris-postcode", "qris-additional".
 */
err	qris_read(struct arena *, str payload, struct qris *) MUST_USE;

/*
 * The same for one payment: 01 is 12, 54 is the amount, 63 is new, all else
 * stays in its order, unknown tags too.  ERR_INVALID "qris-amount-range",
 * "qris-long".
 */
err	qris_for(struct arena *, const struct qris *, int64_t amount, str *payload) MUST_USE;

/* CRC-16 with polynomial 1021, first FFFF, not reflected: "123456789" gives
 * 29B1 (EMVCo MPM 4.7.3, ISO/IEC 13239 without its last step). */
unsigned qris_crc(str);

/*
 * Could this be the same business?  Names on a QRIS are short and in capitals,
 * so words are compared, without titles and kinds ("warung", "pak"); true
 * also when nothing is left to compare.
 */
bool	qris_name_like(str on_qris, str name);

#endif
