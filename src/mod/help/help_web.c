/* help_web.c - the pages, and the same as Markdown from the command line. */
#include "core/asset.h"
#include "help_tmpl.h"
#include "mod/help/help.h"
#include "mod/help/web.h"
#include <string.h>

#define MARKDOWN_MAX	(64 * 1024)

err help_index(struct req *r)
{
	r->title = text(r->lang, TEXT_help_title);
	page_help_index(&r->out);
	return NULL;
}

err help_show(struct req *r)
{
	struct help_view v = { .page = help_find(r->param[0]) };

	if (!v.page)
		return ERR(r->a, ERR_MISSING, "no-such-page");
	struct help_shot *shot = NEWN(r->a, struct help_shot, v.page->n_pictures);
	for (size_t i = 0; i < v.page->n_pictures; i++) {
		str name = req_path(r, "help-%s.webp", v.page->picture[i].name);
		const struct asset *x = asset_find(name.p);
		if (x)
			shot[v.n_shots++] = (struct help_shot){ x->hashed,
			    text(r->lang, v.page->picture[i].say) };
	}
	v.shot = shot;
	v.css = asset_find("help.css")->hashed;
	r->title = text(r->lang, v.page->title);
	page_help(&r->out, &v);
	return NULL;
}

int guide_command(struct cli_args *x)
{
	const char *lang = cli_option(x, "lang");
	enum lang l = !lang ? cli_lang() : !strcmp(lang, "en") ? LANG_EN : LANG_ID;
	struct buf b = BUF(x->a, MARKDOWN_MAX);

	if (!cli_words(x, 0, 1) || (lang && strcmp(lang, "en") != 0 && strcmp(lang, "id") != 0))
		return cli_usage(x);
	if (x->argc == 0) {
		for (size_t i = 0; i < help_n_pages; i++)
			fprintf(x->out, "%s\n", help_pages[i].slug);
		return CLI_DONE;
	}
	const struct help_page *p = help_find(cli_word(x, 0));
	if (!p)
		return cli_result(x, ERR(x->a, ERR_MISSING, "no-such-page"));
	help_markdown(&b, p, l);
	fwrite(b.p, 1, b.n, x->out);
	return CLI_DONE;
}
