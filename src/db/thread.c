#include "db/thread.h"

#include <signal.h>

bool thread_start(pthread_t *t, const char *name, void *(*fn)(void *),
    void *ctx)
{
	sigset_t all, was;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &was);
	bool good = pthread_create(t, NULL, fn, ctx) == 0;
	pthread_sigmask(SIG_SETMASK, &was, NULL);
	if (good)
		pthread_setname_np(*t, name);
	return good;
}
