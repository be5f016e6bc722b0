/*
 * common.h - what the load programs share: a clock, a histogram, random
 * numbers, event ids, lists of names.  Header only: a bench program is one file.
 *
 * The histogram has 64 buckets an octave of nanoseconds, so a percentile
 * is at most 1.6 % above the truth; it costs one increment a value.
 */
#ifndef LARIS_BENCH_COMMON_H
#define LARIS_BENCH_COMMON_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { HIST_SUB = 64, HIST_BUCKETS = 40 * HIST_SUB };

struct hist {
	uint64_t n, max;
	uint64_t bucket[HIST_BUCKETS];
};

static inline uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline size_t hist_index(uint64_t ns)
{
	if (ns < HIST_SUB)
		return (size_t)ns;
	unsigned octave = 63u - (unsigned)__builtin_clzll(ns);
	size_t i = (octave - 5) * HIST_SUB + ((ns >> (octave - 6)) & (HIST_SUB - 1));
	return i < HIST_BUCKETS ? i : HIST_BUCKETS - 1;
}

static inline void hist_add(struct hist *h, uint64_t ns)
{
	h->bucket[hist_index(ns)]++;
	h->n++;
	if (ns > h->max)
		h->max = ns;
}

/* The upper end of the bucket where share "q" of all values lie below. */
static inline double hist_us(const struct hist *h, double q)
{
	uint64_t want = (uint64_t)(q * (double)h->n), seen = 0;

	for (size_t i = 0; i < HIST_BUCKETS; i++) {
		seen += h->bucket[i];
		if (seen <= want)
			continue;
		if (i < HIST_SUB)
			return (double)i / 1e3;
		uint64_t low = HIST_SUB + i % HIST_SUB + 1;
		uint64_t top = low << (i / HIST_SUB - 1);
		return (double)(top < h->max ? top : h->max) / 1e3;
	}
	return (double)h->max / 1e3;
}

static inline void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
static inline void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

/* splitmix64: any seed, good enough to choose a shop. */
static inline uint64_t next_random(uint64_t *s)
{
	uint64_t z = *s += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static inline uint64_t random_below(uint64_t *s, uint64_t n)
{
	return (uint64_t)(((unsigned __int128)next_random(s) * n) >> 64);
}

/* UUIDv7 (RFC 9562 5.7): milliseconds, a counter of 12 bits, 62 random
 * bits.  Ascending as long as one makes under 4,096 a millisecond; over
 * that the clock part runs ahead. */
struct uuid7 { uint64_t ms; unsigned seq; uint64_t seed; };

static inline void uuid7_put(char out[36], struct uuid7 *u)
{
	static const char hex[] = "0123456789abcdef";
	struct timespec t;
	uint64_t ms, hi, lo;

	clock_gettime(CLOCK_REALTIME_COARSE, &t);
	ms = (uint64_t)t.tv_sec * 1000u + (uint64_t)t.tv_nsec / 1000000u;
	if (ms > u->ms)
		u->ms = ms, u->seq = 0;
	else if (++u->seq == 4096)
		u->ms++, u->seq = 0;
	hi = u->ms << 16 | 0x7000u | u->seq;
	lo = UINT64_C(1) << 63 | next_random(&u->seed) >> 2;
	for (int i = 0, at = 0; i < 32; i++, at++) {
		if (i == 8 || i == 12 || i == 16 || i == 20)
			out[at++] = '-';
		out[at] = hex[(i < 16 ? hi >> (60 - 4 * i) : lo >> (124 - 4 * i)) & 15];
	}
}

/* User and system time of this process so far. */
static inline double cpu_us(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6
	    + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

/* The first word of each line; words are shorter than WIDTH. */
enum { WIDTH = 32 };
struct list { char (*v)[WIDTH]; size_t n, width; };

static inline void read_list(struct list *l, const char *path)
{
	FILE *f = fopen(path, "r");
	char row[256];
	size_t cap = 0;

	if (!f)
		die("cannot read %s", path);
	while (fgets(row, sizeof row, f)) {
		size_t n = strcspn(row, " \t\r\n,");
		if (n == 0 || n >= WIDTH)
			continue;
		if (l->n == cap) {
			cap = cap ? 2 * cap : 1024;
			l->v = realloc(l->v, cap * sizeof *l->v);
			if (!l->v)
				die("no memory");
		}
		memset(l->v[l->n], 0, WIDTH);
		memcpy(l->v[l->n++], row, n);
		if (n > l->width)
			l->width = n;
	}
	fclose(f);
	if (l->n == 0)
		die("%s is empty", path);
}

#endif
