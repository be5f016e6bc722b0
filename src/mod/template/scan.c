/* scan.c - text that looks like a person's number or address. */
#include "mod/template/template.h"
#include <string.h>

static bool digit(char c) { return c >= '0' && c <= '9'; }
static bool letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool between(char c) { return c && strchr(" .-()\t", c); }

struct run {			/* digits that belong together		*/
	char d[40];
	size_t n;
	size_t end;		/* behind the last			*/
	size_t groups, group;	/* how many, and the digits of the one at work */
	bool plus;		/* a + before it			*/
	bool odd;		/* not as an amount is written: 1.161.765 */
};

/* A new group begins behind "gap" characters, the last of them "c". */
static void group(struct run *r, size_t gap, char c)
{
	if (!gap)
		return;
	r->odd = r->odd || gap > 1 || c != '.' ||
	    (r->groups > 1 ? r->group != 3 : r->group > 3);
	r->groups++;
	r->group = 0;
}

/* Digits with at most two other characters between them: "0812-3456 789". */
static void take(str s, size_t from, struct run *r)
{
	size_t gap = 0;

	*r = (struct run){ .groups = 1, .plus = from > 0 && s.p[from - 1] == '+' };
	for (size_t i = from; i < s.n && r->n < sizeof r->d && gap < 3; i++) {
		if (between(s.p[i])) {
			gap++;
			continue;
		}
		if (!digit(s.p[i]))
			break;
		group(r, gap, gap ? s.p[i - 1] : 0);
		r->d[r->n++] = s.p[i];
		r->group++;
		r->end = i + 1;
		gap = 0;
	}
}

static bool is_amount(const struct run *r)
{
	return r->groups > 1 && !r->odd && r->group == 3 && r->d[0] != '0';
}

static int two(const char *d) { return (d[0] - '0') * 10 + d[1] - '0'; }

/* PPRRSS DDMMYY XXXX, a woman's day + 40. */
static bool is_nik(const struct run *r)
{
	if (r->n != 16)
		return false;
	int province = two(r->d), day = two(r->d + 6), month = two(r->d + 8);

	return province >= 11 && province <= 96 && month >= 1 && month <= 12 &&
	    ((day >= 1 && day <= 31) || (day >= 41 && day <= 71));
}

/* +62 8…, 628…, but not the amount 628.000.000.000. */
static bool is_abroad(const struct run *r)
{
	if (r->plus)
		return r->n >= 9 && r->n <= 15;
	return r->n >= 11 && r->n <= 14 && !is_amount(r) && !memcmp(r->d, "628", 3) &&
	    r->d[3] != '0';
}

/* Mobile 08…; a landline with its area code, 02… to 09…. */
static bool is_phone(const struct run *r)
{
	if (is_abroad(r))
		return true;
	if (r->d[0] != '0' || r->n < 9 || r->n > 14)
		return false;
	return r->d[1] == '8' ? r->d[2] != '0' : r->d[1] >= '2';
}

/* Where a number may begin: not inside a word or another number. */
static bool begins(str s, size_t i)
{
	return digit(s.p[i]) && (!i || (!digit(s.p[i - 1]) && !letter(s.p[i - 1])));
}

static bool numbers(str s, str *found, const char **what)
{
	struct run r;

	for (size_t i = 0; i < s.n; i++) {
		if (!begins(s, i))
			continue;
		take(s, i, &r);
		*what = is_nik(&r) ? "nik" : is_phone(&r) ? "phone" : NULL;
		if (*what) {
			*found = str_sub(s, i, r.end - i);
			return true;
		}
	}
	return false;
}

static bool mail_char(char c)
{
	return digit(c) || letter(c) || (c && strchr("._%+-", c));
}

static bool host_char(char c)
{
	return digit(c) || letter(c) || c == '-' || c == '.';
}

/* host.tld from "at" on: where it ends, or 0.  The last piece is letters. */
static size_t host(str s, size_t at)
{
	size_t to = at, dot = 0, letters = 0;

	for (; to < s.n && host_char(s.p[to]); to++) {
		letters = letter(s.p[to]) ? letters + 1 : 0;
		dot = s.p[to] == '.' ? to : dot;
	}
	return dot && (letters >= 2 || s.p[to - 1] == '.') ? to : 0;
}

/* name@host.tld */
static bool address(str s, str *found)
{
	for (size_t at = 1; at + 1 < s.n; at++) {
		if (s.p[at] != '@' || !mail_char(s.p[at - 1]))
			continue;
		size_t from = at, to = host(s, at + 1);
		while (from && mail_char(s.p[from - 1]))
			from--;
		if (to) {
			*found = str_sub(s, from, to - from);
			return true;
		}
	}
	return false;
}

bool template_personal(str text, str *found, const char **what)
{
	if (address(text, found)) {
		*what = "email";
		return true;
	}
	return numbers(text, found, what);
}
