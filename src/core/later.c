#include "core/later.h"
#include "core_read.h"
#include "core_write.h"

uint64_t later_key(city_id city)
{
	return stamp_key("later", city.v, 0);
}

static void wake(struct change *c, city_id city)
{
	if (!c)
		return;
	tx_touch(c, later_key(city));
	tx_touch(c, later_key((city_id){ 0 }));
}

err later_add(struct tx *tx, struct change *c, city_id city, const char *kind, int64_t due)
{
	wake(c, city);
	return core_q_job_add(tx, city, id_new(), str_of(kind), (str){ 0 }, due, NULL);
}

err later_once(struct tx *tx, struct change *c, city_id city, const char *kind, int64_t due)
{
	int64_t waiting;

	wake(c, city);
	TRY(core_q_job_forward(tx, city, str_of(kind), due, &waiting));
	return waiting ? NULL : later_add(tx, c, city, kind, due);
}
