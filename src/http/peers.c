#include "http/peers.h"
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>

#define BUCKETS		1024
#define SPARE		32	/* over the limit, to be told so	*/
#define LOOPBACK_MOST	10500
#define ADDRESS_MOST	200

struct peer {
	struct peer *next;
	uint64_t key[2];
	int n;
};

struct peers {
	pthread_mutex_t lock;
	struct arena *a;
	struct peer *bucket[BUCKETS], *unused;
	int n, most, per_address;
};

struct peers *peers_new(struct arena *a, int most, int per_address)
{
	struct peers *all = NEW(a, struct peers);

	pthread_mutex_init(&all->lock, NULL);
	all->a = a;
	all->most = most;
	all->per_address = per_address;
	return all;
}

void peers_free(struct peers *all)
{
	pthread_mutex_destroy(&all->lock);
}

int peers_most(int most)
{
	return most + SPARE;
}

/* IPv4 as the IPv6 address it is mapped to; IPv6 cut to its /64. */
static void key_of(const struct sockaddr *sa, uint64_t key[2])
{
	key[0] = key[1] = 0;
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in v4;

		memcpy(&v4, sa, sizeof v4);
		key[1] = UINT64_C(0xffff) << 32 | ntohl(v4.sin_addr.s_addr);
	} else if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;

		memcpy(&v6, sa, sizeof v6);
		memcpy(key, &v6.sin6_addr, sizeof(uint64_t));
		if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
			uint32_t v4;

			memcpy(&v4, &v6.sin6_addr.s6_addr[12], sizeof v4);
			key[1] = UINT64_C(0xffff) << 32 | ntohl(v4);
		} else if (IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr)) {
			key[1] = 1;
		}
	}
}

static bool loopback(const uint64_t key[2])
{
	return key[0] == 0 && (key[1] == 1 || key[1] >> 24 == 0xffff7f);
}

static struct peer **place(struct peers *all, const uint64_t key[2])
{
	uint64_t h = (key[0] ^ key[1] * UINT64_C(0x9e3779b97f4a7c15)) *
	    UINT64_C(0xbf58476d1ce4e5b9);
	struct peer **at = &all->bucket[h >> 54];

	while (*at && ((*at)->key[0] != key[0] || (*at)->key[1] != key[1]))
		at = &(*at)->next;
	return at;
}

static int most_of(const struct peers *all, const uint64_t key[2])
{
	if (all->per_address)
		return all->per_address;
	return loopback(key) ? LOOPBACK_MOST : ADDRESS_MOST;
}

bool peers_room(struct peers *all, const struct sockaddr *sa)
{
	uint64_t key[2];

	key_of(sa, key);
	pthread_mutex_lock(&all->lock);
	struct peer *p = *place(all, key);
	bool room = all->n < all->most + SPARE &&
	    (!p || p->n < most_of(all, key) + SPARE);
	pthread_mutex_unlock(&all->lock);
	return room;
}

bool peers_enter(struct peers *all, const struct sockaddr *sa, struct peer **out)
{
	uint64_t key[2];

	key_of(sa, key);
	pthread_mutex_lock(&all->lock);
	struct peer **at = place(all, key), *p = *at;
	if (!p) {
		p = all->unused;
		if (p)
			all->unused = p->next;
		else
			p = NEW(all->a, struct peer);
		*p = (struct peer){ .key = { key[0], key[1] } };
		*at = p;
	}
	p->n++;
	all->n++;
	bool within = all->n <= all->most && p->n <= most_of(all, key);
	pthread_mutex_unlock(&all->lock);
	*out = p;
	return within;
}

void peers_leave(struct peers *all, struct peer *p)
{
	pthread_mutex_lock(&all->lock);
	all->n--;
	if (--p->n == 0) {
		struct peer **at = place(all, p->key);

		CHECK(*at == p);
		*at = p->next;
		p->next = all->unused;
		all->unused = p;
	}
	pthread_mutex_unlock(&all->lock);
}

int peers_count(struct peers *all)
{
	pthread_mutex_lock(&all->lock);
	int n = all->n;
	pthread_mutex_unlock(&all->lock);
	return n;
}
