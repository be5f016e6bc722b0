/*
 * peers.h - how many connections there are, in all and of each address.
 *
 * Layer 1, for src/http only.  Shared by all loops, locked inside.  An
 * IPv6 client is its /64: one household or office gets no more.  A few
 * connections over a limit are let in, to be told 503; more are closed.
 */
#ifndef LARIS_HTTP_PEERS_H
#define LARIS_HTTP_PEERS_H

#include "base/base.h"
#include <sys/socket.h>

struct peers;
struct peer;			/* one address, while it is connected	*/

/* per_address 0: 10500 on loopback (a proxy of our own), 200 elsewhere. */
struct peers *peers_new(struct arena *, int most, int per_address);
void	peers_free(struct peers *);	/* the lock; memory is the arena's */
/* False: do not even accept. */
bool	peers_room(struct peers *, const struct sockaddr *);
/* Counts one in.  False: it is over a limit, refuse what it asks. */
bool	peers_enter(struct peers *, const struct sockaddr *, struct peer **);
void	peers_leave(struct peers *, struct peer *);
int	peers_count(struct peers *);
int	peers_most(int most);	/* with those let in to be told 503	*/

#endif
