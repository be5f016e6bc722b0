#include "core/address.h"
#include "base/base.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static const struct { uint32_t net; int bits; } apart[] = {
	{ 0x00000000, 8 }, { 0x0a000000, 8 }, { 0x64400000, 10 }, { 0x7f000000, 8 },
	{ 0xa9fe0000, 16 }, { 0xac100000, 12 }, { 0xc0000000, 24 }, { 0xc0000200, 24 },
	{ 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xc6336400, 24 }, { 0xcb007100, 24 },
	{ 0xe0000000, 3 },
};

static bool public4(uint32_t a)
{
	for (size_t i = 0; i < countof(apart); i++)
		if ((a ^ apart[i].net) >> (32 - apart[i].bits) == 0)
			return false;
	return true;
}

static uint32_t tail4(const unsigned char b[16])
{
	return (uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 | b[15];
}

/* Only 2000::/3 is given out; what is translated to IPv4 is judged as that. */
static bool public6(const unsigned char b[16])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const unsigned char nat64[12] = { 0x00, 0x64, 0xff, 0x9b };

	if (!memcmp(b, mapped, sizeof mapped) || !memcmp(b, nat64, sizeof nat64))
		return public4(tail4(b));
	if (b[0] == 0x20 && b[1] == 0x02)	/* 6to4 */
		return false;
	if (b[0] == 0x20 && b[1] == 0x01 && (b[2] < 0x02 || (b[2] == 0x0d && b[3] == 0xb8)))
		return false;
	return (b[0] & 0xe0) == 0x20;
}

bool address_public(const struct sockaddr *at)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (at->sa_family == AF_INET) {
		memcpy(&four, at, sizeof four);
		return public4(ntohl(four.sin_addr.s_addr));
	}
	if (at->sa_family != AF_INET6)
		return false;
	memcpy(&six, at, sizeof six);
	return public6(six.sin6_addr.s6_addr);
}
