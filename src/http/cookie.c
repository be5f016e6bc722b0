#include "http/fields.h"
#include <string.h>

/* cookie-octet of RFC 6265 section 4.1.1, and what browsers do send. */
static bool octets(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x21 || c == 0x7f || c == '"' || c == ';' || c == '\\')
			return false;
	}
	return true;
}

/* "name=value", the value's quotes dropped; false on anything else. */
static bool read_pair(str pair, struct param *p)
{
	pair = str_trim(pair);
	if (!pair.n || !memchr(pair.p, '=', pair.n) || !str_take(&pair, '=', &p->name))
		return false;
	p->value = str_trim(pair);
	if (p->value.n >= 2 && str_starts(p->value, S("\"")) && str_ends(p->value, S("\"")))
		p->value = str_sub(p->value, 1, p->value.n - 2);
	return field_token(p->name) && octets(p->value);
}

void params_cookie(struct arena *a, str header, struct params *out)
{
	*out = (struct params){ 0 };
	for (str pair; str_take(&header, ';', &pair); ) {
		struct param p = { 0 };

		/* Too many, or not UTF-8: passed over like the malformed. */
		if (read_pair(pair, &p) && params_add(a, out, p))
			continue;
	}
}
