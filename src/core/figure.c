#include "core/figure.h"

#include <string.h>

err figure_get(const struct app *app, struct db *db, const char *name, city_id city,
    int64_t subject, int64_t *n)
{
	*n = 0;
	for (size_t m = 0; m < app->n_modules; m++)
		for (size_t i = 0; i < app->modules[m]->n_figures; i++) {
			const struct figure *f = &app->modules[m]->figures[i];
			int64_t one;
			if (strcmp(f->name, name) != 0)
				continue;
			TRY(f->count(db, city, subject, &one));
			*n += one;
		}
	return NULL;
}
