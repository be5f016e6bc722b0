/*
 * client.h - a client that says exactly what a test wants on the wire, and
 * a server in the same process to say it to.
 */
#ifndef LARIS_TESTS_HTTP_CLIENT_H
#define LARIS_TESTS_HTTP_CLIENT_H

#include "http/http.h"

#define PATIENCE	20000	/* ms until a test gives up		*/

struct heard {
	int status;		/* 0: nothing, or not HTTP		*/
	str head, body;		/* head without the empty line		*/
	bool closed;		/* the server closed behind it		*/
};

int	dial(int port);
int	dial_ms(int port, int ms);	/* -1 if it cannot		*/
bool	say(int fd, str);	/* false if the server has closed	*/
#define SAY(fd, text)	say((fd), S(text))
/* One reply: by Content-Length, chunks, or the end of the connection. */
struct heard hear(struct arena *, int fd);
struct heard hear_head(struct arena *, int fd);	/* HEAD: no body follows */
/* The server ends the connection within so long; what it says is dropped. */
bool	ends(int fd, int ms);
/* Bytes as they come, for so long or until there are "least". */
str	listen_for(struct arena *, int fd, size_t least, int ms);
/* Dial, say, hear, close. */
struct heard ask(struct arena *, int port, str);
str	head_field(const struct heard *, str name);
/* Kilobytes of memory this process holds. */
long	resident(void);

#endif
