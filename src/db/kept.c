#include "db/kept.h"

#include <string.h>

/* A place is taken over by whoever comes after. */
enum { TABLES = 1024, BYTES_PLACE = 256 };

struct db_kept {
	const struct db_query *q;	/* NULL: free			*/
	struct db_key key;
	uint64_t as_of;			/* writes there had been	*/
	void *rows;
	size_t n;
};

struct kept {
	struct arena *a;		/* keys and rows		*/
	struct db_kept *place;
	size_t places;
	uint64_t writes;		/* counted			*/
	uint64_t written[TABLES];	/* the last one of each table	*/
	uint64_t forgot;		/* what is older is nothing	*/
};

struct kept *kept_new(struct arena *own, size_t places)
{
	struct kept *k = NEW(own, struct kept);

	k->a = arena_new();
	k->places = places;
	k->place = NEWN(k->a, struct db_kept, places);
	return k;
}

void kept_free(struct kept *k)
{
	if (k)
		arena_free(&k->a);
}

void kept_wrote(struct kept *k, unsigned table)
{
	k->written[table % TABLES] = ++k->writes;
}

void kept_forget(struct kept *k)
{
	k->forgot = ++k->writes;
}

static size_t place_of(const struct kept *k, const struct db_query *q, const struct db_key *key)
{
	uint64_t h = (uint64_t)(uintptr_t)q;

	for (size_t i = 0; i < countof(key->num); i++)
		h = (h ^ (uint64_t)key->num[i]) * UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = 0; i < key->text.n; i++)
		h = (h ^ (unsigned char)key->text.p[i]) * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h >> 40) % k->places;
}

static bool fresh(const struct kept *k, const struct db_kept *p)
{
	if (p->as_of < k->forgot)
		return false;
	for (size_t i = 0; i < countof(p->q->reads) && p->q->reads[i]; i++)
		if (k->written[p->q->reads[i] % TABLES] > p->as_of)
			return false;
	return true;
}

bool kept_find(struct kept *k, const struct db_query *q, const struct db_key *key,
    struct db_kept **place)
{
	struct db_kept *p = *place = &k->place[place_of(k, q, key)];

	return p->q == q && !memcmp(p->key.num, key->num, sizeof key->num) &&
	    str_eq(p->key.text, key->text) && fresh(k, p);
}

void *kept_put(struct kept *k, struct db_kept *place, const struct db_query *q,
    const struct db_key *key, const void *rows, size_t n, size_t size)
{
	if (arena_used(k->a) > k->places * BYTES_PLACE) {
		size_t at = (size_t)(place - k->place);

		arena_reset(k->a);
		k->place = NEWN(k->a, struct db_kept, k->places);
		place = &k->place[at];
	}
	*place = (struct db_kept){ .q = q, .key = *key, .as_of = k->writes, .n = n,
	    .rows = arena_array(k->a, size, n, 16) };
	place->key.text = arena_str(k->a, key->text);
	if (n)
		memcpy(place->rows, rows, n * size);
	return place->rows;
}

struct arena *kept_arena(struct kept *k)
{
	return k->a;
}

const void *db_kept_rows(const struct db_kept *p, size_t *n)
{
	*n = p->n;
	return p->rows;
}
