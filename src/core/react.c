#include "core/react.h"

err react_purchase_gone(struct tx *tx, const struct purchase_gone *g)
{
	for (const struct module *const *m = laris_modules; m && *m; m++)
		if ((*m)->purchase_gone)
			TRY((*m)->purchase_gone(tx, g));
	return NULL;
}

err react_card_gone(struct tx *tx, city_id city, int64_t card, int64_t now)
{
	for (const struct module *const *m = laris_modules; m && *m; m++)
		if ((*m)->card_gone)
			TRY((*m)->card_gone(tx, city, card, now));
	return NULL;
}
