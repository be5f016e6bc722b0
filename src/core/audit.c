#include "core/audit.h"
#include "core/inside.h"
#include "core_write.h"

str audit_json(struct arena *a, const struct audit_pair *v, size_t n)
{
	struct json_out o = JSON_OUT(a, 8000);

	json_begin(&o, NULL, '{');
	for (size_t i = 0; i < n; i++)
		if (v[i].is_number)
			json_int(&o, v[i].name, v[i].number);
		else
			json_str(&o, v[i].name, v[i].text);
	json_end(&o, '}');
	return json_done(&o);
}

err audit(struct req *r, const char *action, int64_t subject, str before, str after)
{
	bool guest = r->who.inside.v && r->who.inside.v == r->city.id.v;
	person_id person = guest ? (person_id){ 0 } : r->who.person;

	return core_q_audit_add(r->tx, r->city.id, id_new(), r->now, person, r->who.token,
	    guest ? inside_name(r->a, &r->who) : r->who.login, str_of(action), subject, before,
	    after, NULL);
}

err audit_by(struct tx *tx, city_id city, const char *who, const char *action, int64_t subject,
    str before, str after, int64_t now)
{
	return core_q_audit_add(tx, city, id_new(), now, (person_id){ 0 }, (token_id){ 0 },
	    str_of(who), str_of(action), subject, before, after, NULL);
}
