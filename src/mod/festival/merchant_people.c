#include "mod/festival/merchant_people.h"
#include "core/who.h"
#include "festival_read.h"
#include "festival_write.h"
#include "mod/festival/merchant_permit.h"

err helper_add(struct tx *tx, city_id city, merchant_id merchant, str login, str name, str pass,
    int64_t now, person_id *id)
{
	TRY(nik_refuse(db_arena(tx->db), "login", login));
	TRY(nik_refuse(db_arena(tx->db), "name", name));
	TRY(person_add(tx, city, login, name, pass, MAY_MERCHANT, merchant.v, now, id));
	return festival_q_helper_add(tx, city, *id, merchant, now, NULL);
}

err helper_remove(struct tx *tx, city_id city, merchant_id merchant, person_id id, int64_t now)
{
	struct festival_helper_get h;
	bool found;

	TRY(festival_q_helper_get(tx->db, city, id, &h, &found));
	if (!found || h.merchant.v != merchant.v || h.removed)
		return ERR(db_arena(tx->db), ERR_MISSING, "no-such-person");
	TRY(festival_q_helper_remove(tx, city, id, now, NULL));
	return person_close(tx, city, id);
}

err helper_password(struct tx *tx, city_id city, person_id id, str pass)
{
	struct festival_helper_get h;
	bool found;

	TRY(festival_q_helper_get(tx->db, city, id, &h, &found));
	if (!found || h.removed)
		return ERR(db_arena(tx->db), ERR_MISSING, "no-such-page");
	TRY(person_pass(tx, city, id, pass));
	return festival_q_helper_own_password(tx, city, id, NULL);
}

err figures_look(struct tx *tx, const struct festival *f, merchant_id merchant,
    const struct who *who, str reason, int64_t now, int64_t *id)
{
	TRY(nik_refuse(db_arena(tx->db), "reason", reason));
	*id = id_new();
	return festival_q_figure_view_add(tx, f->city, *id, f->id, merchant, now, who->person,
	    who->login, reason, NULL);
}
