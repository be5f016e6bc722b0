#include "mod/template/shipped.h"

const char shipping_key[] = "";

bool shipped_at(size_t i, str *bytes)
{
	(void)i;
	(void)bytes;
	return false;
}
