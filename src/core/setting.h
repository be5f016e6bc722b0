/*
 * setting.h - what a city has set, read by the modules that asked for it.
 *
 * Layer 2.  A module's settings[] says what there is; unset, the fallback
 * of its row holds.
 */
#ifndef LARIS_CORE_SETTING_H
#define LARIS_CORE_SETTING_H

#include "core/req.h"

/* What is stored, or the empty str. */
err	setting_text(struct db *, city_id, const char *name, str *value) MUST_USE;

/* What is the server's own: read as the settings of the city CITY_SERVER. */
err	server_set(struct tx *, const char *name, str value) MUST_USE;

/* A path of this server as people type it: with the setting "base-url", else the host asked. */
err	setting_url(struct req *, str path, str *url) MUST_USE;

#endif
