/* address_test.c - what may be asked for somebody who is not the operator. */
#include "core/address.h"
#include "tap.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

static bool is_public(const char *text)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
		return address_public((const struct sockaddr *)&four);
	ok(inet_pton(AF_INET6, text, &six.sin6_addr) == 1, "%s is an address", text);
	return address_public((const struct sockaddr *)&six);
}

int main(void)
{
	static const char *const inside[] = { "0.0.0.0", "10.1.2.3", "100.64.0.1",
	    "100.127.255.255", "127.0.0.1", "127.255.0.9", "169.254.169.254", "172.16.0.1",
	    "172.31.255.255", "192.0.0.8", "192.168.1.1", "198.18.0.1", "224.0.0.1",
	    "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
	    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2001:db8::1",
	    "2002:7f00:1::", "2001::1" };
	static const char *const outside[] = { "1.1.1.1", "9.255.255.255", "11.0.0.0",
	    "100.63.0.1", "100.128.0.1", "126.0.0.1", "128.0.0.1", "172.15.0.1", "172.32.0.1",
	    "192.167.0.1", "192.169.0.1", "223.255.255.255", "2606:4700::1111", "2001:200::1",
	    "::ffff:1.1.1.1", "64:ff9b::101:101" };
	struct sockaddr_un local = { .sun_family = AF_UNIX };

	for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
		ok(!is_public(inside[i]), "%s is not", inside[i]);
	for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
		ok(is_public(outside[i]), "%s is", outside[i]);
	ok(!address_public((const struct sockaddr *)&local), "a socket of this machine is not");
	return done();
}
