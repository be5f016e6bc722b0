/* pages.h - what core's pages show (pages.tmpl).  Layer 2, inner. */
#ifndef LARIS_CORE_PAGES_H
#define LARIS_CORE_PAGES_H

#include "core/city.h"
#include "core/inside.h"
#include "core/layout.h"
#include "core/limit.h"
#include "core/who.h"

struct invite_view { str name, login, city; struct form_page form; };

struct cities_view { const struct city *v; size_t n; };

struct sign_in_view {
	struct form_page form;
	const struct form_option *cities;
	size_t n;
	bool server;		/* for whoever looks after the server	*/
};

struct session_row { str id, device; int64_t created, ends; bool this_one; };
struct me_view {
	str name, login, csrf;
	const enum text_id *roles;
	size_t n_roles;
	const struct session_row *v;
	size_t n;
};

struct person_row { str id, name, login; enum text_id role; bool off, me; };
struct people_view {
	struct form_page form;
	const struct person_row *v;
	size_t n;
	str csrf;
};

struct token_row { str id, label; enum text_id role; int64_t created; bool revoked; };
struct tokens_view {
	struct form_page form;
	const struct token_row *v;
	size_t n;
	str csrf, made;		/* the text of a new one, shown once	*/
};

struct audit_fact { str name, before, after; };
struct audit_row { int64_t at; str who, did; const struct audit_fact *v; size_t n; };
struct audit_view {
	const struct audit_row *v;
	size_t n;
	struct pager pager;
	const struct inside *inside;	/* who of the server is in the city now */
	size_t n_inside;
	str csrf;		/* empty: may not show them out		*/
	bool server;		/* the server's own record		*/
};

struct setting_row { const char *name; str say, value; struct form_page form; };
struct limit_line { str say; int64_t most; };
struct settings_view { const struct setting_row *v; size_t n; struct limit_line limit[LIMITS]; };

struct job_row { str kind, said; int64_t due, ended, tries; int64_t state; };
struct jobs_view { const struct job_row *v; size_t n; };

#endif
