#include "mod/template/shipped.h"

const char shipping_key[] =
    "template/solo@laris+998d8c26+AdyYDYloKzXWEmGr+MNj/C9xhijORg0HDegLQUroJtQF";

#define FILE_(name)	extern const char name[], name##_end[]	/* by tools/incbin.py */
FILE_(great_sale_2018);
FILE_(great_sale_2021);
FILE_(great_sale_2022);

bool shipped_at(size_t i, str *bytes)
{
	const struct { const char *from, *to; } all[] = {
		{ great_sale_2018, great_sale_2018_end },
		{ great_sale_2021, great_sale_2021_end },
		{ great_sale_2022, great_sale_2022_end },
	};

	if (i >= countof(all))
		return false;
	*bytes = (str){ all[i].from, (size_t)(all[i].to - all[i].from) };
	return true;
}
