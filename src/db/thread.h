/* thread.h - start a thread that leaves signals to others.  For src/db only. */
#ifndef LARIS_DB_THREAD_H
#define LARIS_DB_THREAD_H

#include <pthread.h>
#include <stdbool.h>

bool	thread_start(pthread_t *, const char *name, void *(*)(void *), void *);

#endif
