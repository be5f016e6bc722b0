#include "core/setting.h"
#include "core_read.h"

err setting_text(struct db *db, city_id city, const char *name, str *value)
{
	struct core_setting_get v;
	bool found;

	TRY(core_q_setting_get(db, city, str_of(name), &v, &found));
	*value = found ? v.value : (str){ 0 };
	return NULL;
}
