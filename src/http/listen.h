/*
 * listen.h - addresses, listening sockets, and what a socket can tell.
 *
 * Layer 1, for src/http only.
 */
#ifndef LARIS_HTTP_LISTEN_H
#define LARIS_HTTP_LISTEN_H

#include "base/base.h"
#include <sys/socket.h>

struct address { struct sockaddr_storage sa; socklen_t n; };

/* "127.0.0.1:8080" or "[::1]:8080"; names are not looked up. */
err	address_parse(struct arena *, const char *, struct address *) MUST_USE;
int	address_port(const struct address *);
/*
 * Sockets that listen on one address together (SO_REUSEPORT).  Port 0
 * picks one, told in the address.  Nobody else may listen there.
 */
err	listen_open(struct arena *, struct address *, int *fd, int n) MUST_USE;
/* Bytes the other side has acknowledged since the connection began. */
uint64_t socket_acked(int fd);
/* When it is closed, what was not sent goes too: the kernel keeps nothing. */
void	socket_abandon(int fd);
/* So many descriptors may be open, or as many as the system lets us. */
void	descriptors_allow(size_t n);

#endif
