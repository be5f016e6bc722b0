/*
 * audit.h - who changed what, when, from what to what.
 *
 * Layer 2.  One row a change, in the change's own transaction, so there
 * is no change without its row.  "before" and "after" are small JSON
 * objects without secrets.  Purchases are their own record (a row each,
 * with person, token and time) and get no second one.
 */
#ifndef LARIS_CORE_AUDIT_H
#define LARIS_CORE_AUDIT_H

#include "core/req.h"

/* "action" is "subject.verb": "merchant.approve". */
err	audit(struct req *, const char *action, int64_t subject, str before, str after) MUST_USE;
/* The same from the command line or a job: nobody signed in. */
err	audit_by(struct tx *, city_id, const char *who, const char *action, int64_t subject,
	    str before, str after, int64_t now) MUST_USE;
/* {"name":"…"} from pairs, for before and after; NULL name ends. */
struct audit_pair { const char *name; str text; int64_t number; bool is_number; };
str	audit_json(struct arena *, const struct audit_pair *, size_t n);
#define AUDIT_TEXT(n, v)	{ .name = (n), .text = (v) }
#define AUDIT_NUM(n, v)		{ .name = (n), .number = (v), .is_number = true }

#endif
