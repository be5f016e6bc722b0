/* asset.c - finds a file of web/ and the variant a client can read. */
#include "core/asset.h"

#include <string.h>

const struct asset *asset_find(const char *name)
{
	for (size_t i = 0; i < asset_count; i++)
		if (!strcmp(asset_table[i].name, name))
			return &asset_table[i];
	return NULL;
}

const struct asset *asset_by_hashed(str hashed)
{
	for (size_t i = 0; i < asset_count; i++)
		if (str_eq(str_of(asset_table[i].hashed), hashed))
			return &asset_table[i];
	return NULL;
}

/* q of "q=0", "q=0.000": the client does not want it. */
static bool refused(str params)
{
	str piece, value;

	while (str_take(&params, ';', &piece)) {
		piece = str_trim(piece);
		if (!str_starts(piece, S("q=")) && !str_starts(piece, S("Q=")))
			continue;
		value = str_sub(piece, 2, SIZE_MAX);
		for (size_t i = 0; i < value.n; i++)
			if (value.p[i] != '0' && value.p[i] != '.')
				return false;
		return value.n > 0;
	}
	return false;
}

static bool accepts(str header, str coding)
{
	str item, name;

	while (str_take(&header, ',', &item)) {
		if (!str_take(&item, ';', &name))
			continue;
		if (str_eq_nocase(str_trim(name), coding))
			return !refused(item);
	}
	return false;
}

str asset_pick(const struct asset *x, str accept_encoding, const char **encoding)
{
	if (x->br && accepts(accept_encoding, S("br"))) {
		*encoding = "br";
		return (str){ (const char *)x->br, x->n_br };
	}
	if (x->gz && accepts(accept_encoding, S("gzip"))) {
		*encoding = "gzip";
		return (str){ (const char *)x->gz, x->n_gz };
	}
	*encoding = NULL;
	return (str){ (const char *)x->raw, x->n };
}
