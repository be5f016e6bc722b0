/* What differs from merchant to merchant, put into the text. */
#include "mod/message/message.h"
#include "tap.h"
#include <string.h>

static struct arena *a;

static void filled(const char *text, const char *want)
{
	struct message_words w = { S("Tahu {tautan} Rini"), S("SGS 2021"), S("https://x.id/m") };
	str got = message_fill(a, str_of(text), &w);

	ok(str_eq(got, str_of(want)), "%s", text);
	if (!str_eq(got, str_of(want)))
		printf("# %.*s\n", SV(got));
}

static const char *judged(const char *text)
{
	err e = message_holes(a, "body", str_of(text));

	return e ? e->rule : "";
}

int main(void)
{
	a = arena_new();
	filled("Halo {nama usaha}!", "Halo Tahu {tautan} Rini!");
	filled("{ Business Name } di {gelaran}: {link}",
	    "Tahu {tautan} Rini di SGS 2021: https://x.id/m");
	filled("tanpa", "tanpa");
	filled("", "");
	filled("{tautan}", "https://x.id/m");
	filled("} {", "} {");
	filled("{lain}", "{lain}");
	ok(!*judged("Halo {nama usaha}, {tautan}"), "known words are fine");
	ok(!strcmp(judged("Halo {nama}"), "message-hole"), "an unknown one is named");
	ok(!strcmp(judged("Halo {nama usaha"), "message-hole-open"), "an open one too");
	ok(!*judged("a } b"), "a lone closing brace is text");
	ok(message_links(S("x {Tautan}")) && !message_links(S("x {gelaran}")), "is there a link");
	arena_free(&a);
	return done();
}
