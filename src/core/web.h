/* web.h - core's handlers and forms, named by the route rows.  Layer 2, inner. */
#ifndef LARIS_CORE_WEB_H
#define LARIS_CORE_WEB_H

#include "core/route.h"

handler web_cities, web_style, web_me, web_sign_in_page, web_sign_in_prepare, web_sign_in,
    web_sign_out, web_sign_out_everywhere;
extern const struct form sign_in_form;

handler admin_people, admin_person_add_prepare, admin_person_add, admin_person_on,
    admin_person_off, admin_tokens, admin_token_add, admin_token_revoke, admin_audit,
    admin_settings, admin_setting_set, admin_jobs, admin_inside_end;
extern const struct form person_form, token_form, setting_form;

/* The name of a role, by its bit of enum may. */
enum text_id role_label(int64_t bit);

handler web_invite, web_invite_prepare, web_invite_take;
extern const struct form invite_take_form;
handler admin_look, admin_look_set, admin_emblem_prepare, admin_emblem_set, admin_look_reset,
    look_file;
extern const struct form look_form, emblem_form;

handler openapi_json;

#endif
