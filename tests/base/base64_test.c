#include "base/base64.h"
#include "base/base.h"
#include "tap.h"
#include <string.h>

/* RFC 4648, section 10. */
static const struct { const char *plain, *text; } known[] = {
	{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
	{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" }, { "\xfb\xff\xfe", "+//+" },
};

static const char *const refused[] = {
	"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zh==", "Zm9=", "Zm=v", "Z===", "Zm9v\n", " Zm9v",
	"Zm9vZg==Zm9v", "Zm-_", "Zg=g", "Zm9v====",
};

int main(void)
{
	CLEANUP(arena_free) struct arena *a = arena_new();
	char bytes[64];
	int same = 0, taken = 0;
	size_t n;

	for (size_t i = 0; i < countof(known); i++) {
		str plain = str_of(known[i].plain), text = str_of(known[i].text);
		struct buf b = BUF(a, 64);
		base64_put(&b, plain.p, plain.n);
		same += str_eq(buf_done(&b), text) && base64_get(bytes, sizeof bytes, &n, text) &&
		    str_eq((str){ bytes, n }, plain);
	}
	ok(same == (int)countof(known), "RFC 4648, there and back");
	for (size_t i = 0; i < countof(refused); i++)
		taken += base64_get(bytes, sizeof bytes, &n, str_of(refused[i]));
	ok(!taken, "one spelling each");
	ok(base64_get(bytes, 3, &n, S("Zm9v")) && !base64_get(bytes, 2, &n, S("Zm9v")) &&
	    base64_get(bytes, 1, &n, S("Zg==")), "no more than there is room for");
	return done();
}
