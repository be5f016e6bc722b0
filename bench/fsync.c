/*
 * fsync.c - what one durable write costs here: fdatasync(2) of a 4 KiB
 * overwrite in a file that is already allocated, as a WAL frame is.
 *
 *	fsync [-n TIMES] FILE		one line of JSON
 */
#include "common.h"
#include <fcntl.h>
#include <unistd.h>

enum { BLOCK = 4096, BLOCKS = 1024 };

static void write_block(int fd, const char *block, off_t i)
{
	if (pwrite(fd, block, BLOCK, i * BLOCK) != BLOCK)
		die("fsync: cannot write");
}

static void measure(int fd, long times, struct hist *h)
{
	char block[BLOCK];

	memset(block, 7, sizeof block);
	for (off_t i = 0; i < BLOCKS; i++)
		write_block(fd, block, i);
	fsync(fd);
	for (long i = 0; i < times; i++) {
		memcpy(block, &i, sizeof i);
		uint64_t start = now_ns();
		write_block(fd, block, i % BLOCKS);
		if (fdatasync(fd) != 0)
			die("fsync: cannot fdatasync");
		hist_add(h, now_ns() - start);
	}
}

int main(int argc, char **argv)
{
	static struct hist h;
	long times = 2000;
	int opt;

	while ((opt = getopt(argc, argv, "n:")) != -1) {
		if (opt != 'n')
			return 2;
		times = atol(optarg);
	}
	if (optind + 1 != argc || times < 1)
		die("use: fsync [-n TIMES] FILE");
	int fd = open(argv[optind], O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		die("fsync: cannot open %s", argv[optind]);
	measure(fd, times, &h);
	close(fd);
	unlink(argv[optind]);
	printf("{\"times\": %ld, \"p50_us\": %.1f, \"p90_us\": %.1f, \"p99_us\": %.1f, "
	    "\"max_us\": %.1f}\n", times, hist_us(&h, 0.5), hist_us(&h, 0.9), hist_us(&h, 0.99),
	    (double)h.max / 1e3);
	return 0;
}
