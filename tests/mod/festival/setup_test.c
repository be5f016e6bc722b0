/* setup_test.c - when a step is due: working days, worked by hand with a calendar. */
#include "mod/festival/setup.h"
#include "tap.h"

int main(void)
{
	/* 1 October 2021, day 18901, was a Friday. */
	ok(setup_day(18901, 0, true) == 18901, "on the day");
	ok(setup_day(18901, -28, false) == 18873, "four weeks before");
	ok(setup_day(18901, -1, true) == 18900, "a working day before a Friday: Thursday");
	ok(setup_day(18904, -1, true) == 18901, "before a Monday: Friday");
	ok(setup_day(18903, -1, true) == 18901, "before a Sunday: Friday too");
	ok(setup_day(18901, -5, true) == 18894, "five before a Friday: the Friday before");
	ok(setup_day(18901, -14, true) == 18883, "fourteen before 1 October: Monday 13 September");
	ok(setup_day(18901, 1, true) == 18904, "one after a Friday: Monday");
	ok(setup_day(18931, 67, false) == 18998, "days after the last");
	return done();
}
