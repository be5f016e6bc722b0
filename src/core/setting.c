#include "core/setting.h"
#include "core/city.h"
#include "core_read.h"
#include "core_write.h"

err setting_text(struct db *db, city_id city, const char *name, str *value)
{
	struct core_setting_get v;
	bool found;

	TRY(core_q_setting_get(db, city, str_of(name), &v, &found));
	*value = found ? v.value : (str){ 0 };
	return NULL;
}

err server_set(struct tx *tx, const char *name, str value)
{
	return core_q_setting_set(tx, (city_id){ CITY_SERVER }, str_of(name), value, NULL);
}

err setting_url(struct req *r, str path, str *url)
{
	str base;

	TRY(setting_text(r->db, r->city.id, "base-url", &base));
	base = str_trim(base);
	while (str_ends(base, S("/")))
		base.n--;
	*url = base.n ? req_path(r, "%.*s%.*s", SV(base), SV(path)) :
	    req_path(r, "%s://%.*s%.*s", r->http->tls ? "https" : "http", SV(r->http->host),
		SV(path));
	return NULL;
}
