/*
 * form.h - declare what may come in; get a filled struct.
 *
 * Layer 2.  A form is a plain const table: the router reads it from a
 * urlencoded or multipart body, or from a JSON object with the same
 * names, before the handler runs.  A handler therefore never sees a
 * field that was not declared and checked.  The same table drives the
 * page's inputs (layout widgets), openapi.json and the error texts.
 *
 * On refusal the router shows the page again with what was typed.
 */
#ifndef LARIS_CORE_FORM_H
#define LARIS_CORE_FORM_H

#include "html/text.h"
#include "http/params.h"
#include "json/json.h"

enum field_type {
	FIELD_TEXT,		/* str; min..max bytes after trimming, one line */
	FIELD_LONG,		/* str; a textarea, line ends made LF, trimmed */
	FIELD_SECRET,		/* str; never shown again, not trimmed	*/
	FIELD_INT,		/* int64_t; min..max			*/
	FIELD_RUPIAH,		/* int64_t; as people write it (rupiah.h) */
	FIELD_DAY,		/* int64_t day; ISO or Indonesian order	*/
	FIELD_MOMENT,		/* int64_t us; RFC 3339 (JSON) 		*/
	FIELD_CHOICE,		/* int64_t; value of one of .choices	*/
	FIELD_BOOL,		/* bool; absent is false		*/
	FIELD_ID,		/* int64_t; base32			*/
	FIELD_PHONE,		/* str; E.164 "+62…" made from 08…, 62…, +62… */
	FIELD_EMAIL,		/* str; name@host.tld, the host in lower case */
	FIELD_EVENT,		/* str; 1-64 of [A-Za-z0-9._-]		*/
	FIELD_CARD,		/* int64_t; card number, check digit right; 0 when absent */
	FIELD_COLOUR,		/* int64_t 0xRRGGBB; "#23395B" or a browser's picker */
	FIELD_FILE,		/* struct param: bytes, name and type; max bytes */
};

struct choice { const char *code; int64_t value; enum text_id label; };

struct field {
	const char *name;	/* of the input and of the JSON member	*/
	enum field_type type;
	size_t at;		/* offset in the struct			*/
	int64_t min, max;	/* as the type says; max 0: none but FIELD_TEXT_MAX,
				 * unless min is below 0	*/
	bool needed;
	enum text_id label;	/* TEXT_none in an API-only form	*/
	enum text_id hint;
	const struct choice *choices;	/* ends with .code == NULL	*/
};
#define FIELD_TEXT_MAX	4000

struct form { const struct field *fields; size_t n, size; };

/* One row: FIELD(struct sale, amount, FIELD_RUPIAH, .needed = true, ...) */
#define FIELD(S_, m, t, ...)						\
	{ .name = #m, .type = (t), .at = offsetof(S_, m), __VA_ARGS__ }
#define FORM(S_, table)	{ (table), countof(table), sizeof(S_) }

/* What came in and what was wrong with it: kept for showing again. */
struct form_state {
	const struct form *form;
	const struct params *typed;	/* NULL on a fresh page		*/
	err *errors;			/* one a field, NULL where fine	*/
	err whole;			/* not of one field		*/
	const void *prefill;		/* a filled struct of the form to show first, or NULL */
};

/*
 * Fill "into" (zeroed first) from what came in.  Empty is absent.  All
 * fields are judged, so that a person sees every mistake at once; the
 * first error is returned.  ERR_INVALID: "field-needed", "field-text" (a
 * control character, or no string at all), "field-number", "field-rupiah",
 * "field-day", "field-moment", "field-choice", "field-id", "field-phone",
 * "field-email", "field-event", "field-card", "field-colour"; with the limit in
 * {1} "field-short" and "field-long" (bytes); with both limits in {1} and {2} "field-range".
 *
 * In JSON an amount or a count is an integer, not a string; a card's
 * number may be either; null is absent.  Texts are copied to the arena,
 * so the document may be freed.
 */
err	form_read(struct arena *, const struct form *, const struct params *,
	    struct form_state *, void *into) MUST_USE;
err	form_read_json(struct arena *, const struct form *, const struct json_value *,
	    struct form_state *, void *into) MUST_USE;
const struct choice *choice_by_value(const struct choice *, int64_t);
const struct choice *choice_by_code(const struct choice *, str);

/* Card numbers (8 digits and an ISO 7064 MOD 11,10 check digit) and short
 * codes are read here because forms check them. */
int64_t	check_digit(int64_t serial);	/* of 8 digits, 0..99999999 */
bool	card_number_ok(int64_t number);
int64_t	card_number_make(int64_t serial);	/* 0..99999999 -> 9 digits */
bool	phone_parse(struct arena *, str, str *e164) MUST_USE;	/* as FIELD_PHONE	*/
bool	host_ok(str);		/* a name with a dot, RFC 1123; no address of digits */
bool	email_parse(struct arena *, str, str *email) MUST_USE;	/* as FIELD_EMAIL	*/
bool	card_number_parse(str, int64_t *number) MUST_USE;	/* spaces and dashes are free */

#endif
