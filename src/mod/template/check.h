/* check.h - the invariants of templates.  Layer 3, inner. */
#ifndef LARIS_TEMPLATE_CHECK_H
#define LARIS_TEMPLATE_CHECK_H

#include "mod/template/template.h"

/* Each kept file proves itself, and a release stands in the log. */
err	template_check(struct db *, struct buf *broken) MUST_USE;

#endif
