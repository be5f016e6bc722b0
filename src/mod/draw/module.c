/* module.c - the draw's rows. */
#include "mod/draw/module.h"

const struct module draw_module = { .name = "draw" };
