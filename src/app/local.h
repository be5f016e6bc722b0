/* local.h - a request without a socket: `laris request`, tests, the demo.  Layer 4. */
#ifndef LARIS_APP_LOCAL_H
#define LARIS_APP_LOCAL_H

#include "core/cli.h"
#include "core/pipeline.h"

struct local_ask {
	enum http_method method;
	const char *path;	/* with its ?query			*/
	str city, login;	/* empty: nobody signed in		*/
	str body, type;
};
/* The reply is filled whenever the request reached the pipeline. */
err	local_request(struct cli_args *, const struct local_ask *, struct http_reply *) MUST_USE;

#endif
