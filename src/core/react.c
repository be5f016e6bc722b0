#include "core/react.h"

err react_purchase_gone(struct tx *tx, const struct purchase_gone *g)
{
	for (const struct module *const *m = laris_modules; m && *m; m++)
		if ((*m)->purchase_gone)
			TRY((*m)->purchase_gone(tx, g));
	return NULL;
}
