/*
 * address.h - is a network address one of the public internet?
 *
 * Layer 2.  Whoever is not the operator may have us ask other servers, but
 * never what stands behind our own wall.
 */
#ifndef LARIS_CORE_ADDRESS_H
#define LARIS_CORE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/*
 * False for what RFC 6890 sets apart (this machine, private networks,
 * link-local, shared, benchmarks, multicast, reserved), also where an IPv6
 * address holds such an IPv4 one, and for every other family.
 */
bool	address_public(const struct sockaddr *);

#endif
