/*
 * who.h - who is asking: sessions, tokens, roles.
 *
 * Layer 2.  A session cookie is "laris=<city>.<session>.<secret>", base32;
 * the database holds only the secret's SHA-256.  Signing in always makes
 * a new session (rotation); signing out everywhere deletes all of a
 * person's.  A bearer token is "lt.<city>.<token>.<secret>".
 */
#ifndef LARIS_CORE_WHO_H
#define LARIS_CORE_WHO_H

#include "core/route.h"

#define SESSION_COOKIE	"laris"
#define SESSION_DAYS	14
#define SERVER_HOURS	12	/* of whoever may look after all cities */

/* Fill r->who from the cookie or the Authorization header, and r->csrf. */
err	who_find(struct req *) MUST_USE;
/* Load a person's roles as the command line's --as does. */
err	who_as(struct req *, str login) MUST_USE;
/*
 * A new session for the person; sets the cookie.  The caller has checked
 * the password.
 */
err	who_sign_in(struct req *, person_id) MUST_USE;
err	who_sign_out(struct req *, bool everywhere) MUST_USE;
/* The form's token for this visitor; proof against cross-site posts. */
bool	csrf_ok(const struct req *, str token);

/* ---- people (organiser's page and command line) --------------------- */

struct role { enum may bit; const char *code; enum text_id label; };
extern const struct role roles[];
extern const size_t n_roles;
/* Of those a city gives; 0 when there is no such role. */
unsigned role_by_code(str code);

/* ERR_CONFLICT "login-taken", ERR_INVALID "login-form". */
err	person_login_free(struct db *, city_id, str login) MUST_USE;
/*
 * "pass" is already a hash.  In the city CITY_SERVER the role "admin" is the
 * server's, and the only one.  ERR_CONFLICT "login-taken", ERR_INVALID
 * "login-form", "server-role".
 */
err	person_add(struct tx *, city_id, str login, str name, str pass, unsigned role,
	    int64_t merchant, int64_t now, person_id *) MUST_USE;
/* May not sign in any more, and is signed out everywhere. */
err	person_close(struct tx *, city_id, person_id) MUST_USE;
/* "pass" is already a hash. */
err	person_pass(struct tx *, city_id, person_id, str pass) MUST_USE;
/* Makes a token and gives its text, shown once.  ERR_INVALID "server-token". */
err	token_add(struct tx *, city_id, str label, unsigned role, int64_t merchant,
	    int64_t now, str *text, token_id *) MUST_USE;

#endif
