#include "core/audit.h"
#include "core/city.h"
#include "core/region.h"
#include "core_read.h"
#include "core_write.h"
#include <string.h>

/* First pieces of the program's own paths: no city may take one. */
static const char *const taken[] = {
	"admin", "api", "asset", "card", "compare", "en", "events", "healthz", "id", "lang",
	"help", "invite", "log", "m", "me", "metrics", "post", "practice", "server", "sign-in",
	"sign-out", "static", "style", "verify", "witness",
};

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_taken(str s)
{
	for (size_t i = 0; i < countof(taken); i++)
		if (str_eq(s, str_of(taken[i])))
			return true;
	return false;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool slug_ok(str s)
{
	if (s.n < 2 || s.n > 60 || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_word(s.p[i]) && (s.p[i] != '-' || s.p[i - 1] == '-'))
			return false;
	}
	return !is_taken(s);
}

str slug_make(struct arena *a, str name)
{
	struct buf b = BUF(a, 64);
	bool gap = false;

	for (size_t i = 0; i < name.n && b.n < 60; i++) {
		char c = lower(name.p[i]);
		if (is_word(c)) {
			if (gap && b.n)
				buf_char(&b, '-');
			buf_char(&b, c);
		}
		gap = !is_word(c);
	}
	while (b.n && b.p[b.n - 1] == '-')
		b.n--;
	return b.n < 2 ? arena_printf(a, "x-%.*s", SV(buf_done(&b))) : buf_done(&b);
}

/* The rows of the list of cities all have the same columns. */
#define FILL(out, c)	\
	(*(out) = (struct city){ .id = (c).id, .code = (c).code, .slug = (c).slug, \
	    .name = (c).name, .zone = (enum zone)(c).zone, .closed = (c).closed, \
	    .closed_why = (c).closed_why })

err city_get(struct db *db, city_id id, struct city *out)
{
	struct core_city_by_id c;
	bool found;

	TRY(core_q_city_by_id(db, id, &c, &found));
	if (!found)
		return ERR(db_arena(db), ERR_MISSING, "no-such-city");
	FILL(out, c);
	return NULL;
}

err city_scope(struct db *db, str which, struct city *out)
{
	if (!str_eq(which, S("server")))
		return city_find(db, which, out);
	*out = (struct city){ .id = { CITY_SERVER }, .zone = ZONE_WIB };
	return NULL;
}

err city_find(struct db *db, str which, struct city *out)
{
	struct core_city_by_slug s;
	struct core_city_by_code c;
	bool found;
	int64_t id;

	TRY(core_q_city_by_slug(db, which, &s, &found));
	if (found) {
		FILL(out, s);
		return NULL;
	}
	TRY(core_q_city_by_code(db, which, &c, &found));
	if (found) {
		FILL(out, c);
		return NULL;
	}
	if (which.n == ID_TEXT && id_parse(which, &id))
		return city_get(db, (city_id){ id }, out);
	return ERR(db_arena(db), ERR_MISSING, "no-such-city", .arg = { which });
}

/* "Kediri.Example:8080" -> "kediri.example"; empty when it is no name at all. */
static str host_name(struct arena *a, str host)
{
	size_t port = str_find(host, S(":"));

	host = str_sub(host, 0, port == SIZE_MAX ? host.n : port);
	char *p = arena_bytes(a, host.n);
	for (size_t i = 0; i < host.n; i++)
		p[i] = lower(host.p[i]);
	return host_ok((str){ p, host.n }) ? (str){ p, host.n } : (str){ 0 };
}

err city_of_host(struct db *db, str host, struct city *out)
{
	struct core_city_by_host c;
	bool found = false;

	*out = (struct city){ 0 };
	host = host_name(db_arena(db), host);
	if (host.n)
		TRY(core_q_city_by_host(db, host, &c, &found));
	if (found)
		FILL(out, c);
	return NULL;
}

struct told { const char *by, *did; int64_t now; };
static err host_told(struct tx *tx, const struct city *city, struct told t, str host)
{
	struct arena *a = db_arena(tx->db);

	return audit_by(tx, city->id, t.by, t.did, city->id.v, (str){ 0 },
	    audit_json(a, (struct audit_pair[]){ AUDIT_TEXT("host", host) }, 1), t.now);
}

err city_host_set(struct tx *tx, const struct city *city, str host, const char *by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	str name = host_name(a, host);
	struct city old;

	if (!name.n || str_find(host, S(":")) != SIZE_MAX)
		return ERR(a, ERR_INVALID, "host-form", .arg = { host });
	TRY(city_of_host(tx->db, name, &old));
	if (old.id.v == city->id.v)
		return NULL;
	if (old.id.v)
		return ERR(a, ERR_CONFLICT, "host-taken", .arg = { name, old.name });
	TRY(core_q_city_host_set(tx, name, city->id, NULL));
	return host_told(tx, city, (struct told){ by, "city.host", now }, name);
}

err city_host_drop(struct tx *tx, const struct city *city, str host, const char *by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	str name = host_name(a, host);
	int64_t changed;

	TRY(core_q_city_host_drop(tx, name, city->id, &changed));
	if (!changed)
		return ERR(a, ERR_MISSING, "host-unknown", .arg = { host });
	return host_told(tx, city, (struct told){ by, "city.host-drop", now }, name);
}

err city_add(struct tx *tx, str code, str slug, str name, int64_t now, struct city *out)
{
	struct arena *a = db_arena(tx->db);
	struct region region;
	struct core_city_by_code old;
	bool found;

	if (!region_by_code(code, &region))
		return ERR(a, ERR_MISSING, "no-such-region", .arg = { code });
	if (!name.n)
		name = region.name;
	if (!slug.n)
		slug = region_slug(a, region.name);
	if (!slug_ok(slug))
		return ERR(a, ERR_INVALID, "slug-form", .arg = { slug });
	TRY(core_q_city_by_code(tx->db, region.code, &old, &found));
	if (found)
		return ERR(a, ERR_CONFLICT, "city-there", .arg = { old.name, old.slug });
	city_id id = { id_new() };
	*out = (struct city){ .id = id, .code = region.code, .slug = slug, .name = name,
	    .zone = region.zone };
	TRY(core_q_city_add(tx, id, region.code, slug, name, (int64_t)region.zone, now, NULL));
	return audit_by(tx, id, "laris", "city.add", id.v, (str){ 0 },
	    audit_json(a,
	        (struct audit_pair[]){
	            AUDIT_TEXT("name", name), AUDIT_TEXT("code", region.code) },
	        2),
	    now);
}

uint64_t city_key(city_id city)
{
	return stamp_key("city", city.v, 0);
}

err city_close(struct tx *tx, const struct city *c, str why, const char *by, int64_t now)
{
	struct arena *a = db_arena(tx->db);
	int64_t changed;

	TRY(core_q_city_close(tx, c->id, now, why, &changed));
	if (!changed)
		return ERR(a, ERR_CONFLICT, "city-is-closed", .arg = { c->name });
	return audit_by(tx, c->id, by, "city.close", c->id.v, (str){ 0 },
	    audit_json(a, (struct audit_pair[]){ AUDIT_TEXT("reason", why) }, 1), now);
}

err city_open(struct tx *tx, const struct city *c, const char *by, int64_t now)
{
	int64_t changed;

	TRY(core_q_city_open(tx, c->id, &changed));
	if (!changed)
		return ERR(db_arena(tx->db), ERR_CONFLICT, "city-is-open", .arg = { c->name });
	return audit_by(tx, c->id, by, "city.open", c->id.v, (str){ 0 }, (str){ 0 }, now);
}
