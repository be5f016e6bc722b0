/* setup.c - by which server a city sends its mail, and as whom. */
#include "core/fetch.h"
#include "core/mime.h"
#include "core/setting.h"
#include "mod/message/message.h"

err mail_setup_get(struct db *db, city_id city, struct mail_setup *s, bool *have)
{
	str from;

	*s = (struct mail_setup){ 0 };
	TRY(setting_text(db, city, "mail-url", &s->url));
	TRY(setting_text(db, city, "mail-from", &from));
	*have = s->url.n && mail_url_ok(s->url) && from.n &&
	    mail_from_parse(db_arena(db), from, &s->from_name, &s->from);
	return NULL;
}

err mail_url_check(struct arena *a, str value)
{
	return mail_url_ok(value) ? NULL :
	    ERR(a, ERR_INVALID, "mail-url", .field = "value", .arg = { value });
}

err mail_from_check(struct arena *a, str value)
{
	str name, email;

	return mail_from_parse(a, value, &name, &email) ? NULL :
	    ERR(a, ERR_INVALID, "mail-from", .field = "value", .arg = { value });
}
