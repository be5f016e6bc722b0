#!/usr/bin/env python3
"""htmlc: pages made by chance, the same each time.  Prints TAP.

Thousands of templates with values in all kinds of places, right and
wrong.  Whatever htmlc accepts is compiled and run with values meant to
break out, and then read by a parser that is not ours (html.parser):
tags and names of attributes must be those of the page with plain values,
and each URL must stay in its place.
"""
import html.parser
import os
import random
import re
import subprocess
import sys
import tempfile
from urllib.parse import urljoin, urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tools"), HERE]
sys.dont_write_bytecode = True

import htmlc                                                # noqa: E402
from tap import done, ok                                    # noqa: E402

SEED, TRIES, KEEP = 20211213, 16000, 500
CC = os.environ.get("CC", "gcc").split()
# Two values of a page are neighbours here: the first, s, and c.
EVIL = ["a", "", "evil.example/", '"><script>alert(1)</script>', "' onx='1", "javascript:alert(1)",
        "//evil.example/x", "/", "/\\evil.example", "../..", "..", "", " x=y ",
        "</title></textarea></script>--><b>", "&quot;><b>", "&lt;b&gt;",
        "https://a.example/?a=b&c=d#e", "a\nb\tc", "`{{}}", "%2e%2e", "/a/b",
        "?x#y", "\x01\x7f\ufffe", "data:text/html,<b>", "\x0bjavascript:x"]
VALUES = ["{{ v->s }}", "{{ v->c }}", "{{ v->n }}"]
PARTS = ["", "/", "//", "/a", "a", "?q=", "#", "&b=", ".", "..", "https://",
         "https://a.id/", "mailto:", "java", "script:", "data:", " ", "\\", ":",
         "&amp;", "x&", "\"", "'", "<", ">", "="] + ["/"] * 12
TAGS = ["p", "div", "b", "a", "ul", "li", "table", "tr", "td", "span", "form",
        "label", "title", "textarea", "option", "select", "svg", "path", "h1",
        "img", "br", "input", "button", "script", "style", "pre", "q"]
ATTRS = ["class", "title", "href", "src", "id", "action", "cite", "value",
         "onclick", "style", "data-x", "alt", "aria-label", "type", "rel",
         "target", "checked", "method", "name", "srcdoc", "d", "placeholder"]


class Chance(random.Random):
    def one(self, *ways):
        return self.choice(ways)

    def often(self, p=0.93):
        return self.random() < p

    def mixed(self):
        """What may stand in quotes."""
        if not self.often(0.9):
            return "/".join([self.choice(["", "", "{{ v->s }}"])] +
                            [self.choice(VALUES) for _ in range(3)])
        n = self.choice([0, 1, 1, 2, 3, 4])
        s = "".join(self.choice(VALUES) if self.often(0.5) else
                    self.choice(PARTS) for _ in range(n))
        return self.branch(s) if n > 1 and not self.often(0.8) else s

    def branch(self, s, other=None):
        cut = self.randrange(len(s) + 1)
        if "{{" in s or self.often():
            cut = 0
        way = self.choice(["{{ if v->b }}%s{{ end }}",
                           "{{ if v->b }}%s{{ else }}" + (other or s) + "{{ end }}",
                           "{{ each str s in v->list, v->n_list }}%s{{ s }}{{ end }}"])
        return s[:cut] + way % s[cut:]

    def attribute(self, tag):
        name = self.choice(ATTRS)
        if self.often(0.5):     # one that may stand here
            name = {"a": "href", "form": "action", "img": "src", "q": "cite",
                    "script": "src", "path": "d"}.get(tag, name)
        if not self.often(0.9):
            return " " + name
        s = ' %s="%s"' % (name, self.mixed()) if self.often(0.97) else \
            " %s=%s" % (name, self.mixed())
        return self.branch(s) if not self.often(0.9) else s

    def element(self, depth):
        tag = self.choice(TAGS)
        fixed = {"img": ' alt=""', "button": ' type="button"', "svg":
                 ' aria-hidden="true"', "input": ' id="i"', "textarea":
                 ' id="t"', "select": ' id="s"', "script": ' src="/a"'}.get(tag, "")
        s = "<" + tag + fixed
        s += "".join(self.attribute(tag) for _ in range(self.randrange(3)))
        if tag in ("img", "br", "input"):
            return s + ">"
        inside = "" if tag == "script" else self.content(depth - 1)
        end = "</" + tag + ">" if self.often(0.98) else ""
        return s + ">" + inside + end

    def content(self, depth):
        s = ""
        for _ in range(self.randrange(3)):
            s += self.one(self.choice(VALUES), self.choice(PARTS + ["x"] * 30),
                          self.element(depth) if depth > 0 else "x",
                          "<!-- " + self.mixed() + " -->" if not self.often(0.9) else "")
        return self.branch(s) if not self.often(0.9) else s


class Shape(html.parser.HTMLParser):
    """Tags, names of attributes, and the URLs."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.urls = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(n for n, v in attrs)))
        self.urls += [(tag, n, v) for n, v in attrs
                      if n in ("href", "src", "action", "cite")]

    def handle_endtag(self, tag):
        self.tags.append("/" + tag)

    def handle_comment(self, data):
        self.tags.append("comment")

    def handle_decl(self, decl):
        self.tags.append("declaration")


def url_wrong(url):
    """As a browser: controls and spaces fall away, \\ is /."""
    seen = "".join(c for c in url if ord(c) > 32).replace("\\", "/")
    full = urlsplit(urljoin("https://laris.invalid/here/x", seen))
    if full.scheme not in ("https", "http", "mailto", "tel"):
        return f"scheme {full.scheme}"
    if full.scheme.startswith("http") and full.hostname not in (
            "laris.invalid", "a.id", "a.example"):
        return f"host {full.hostname}"
    return None


def accepted():
    chance, seen = Chance(SEED), {}
    for _ in range(TRIES):
        body = chance.element(4)
        comp = htmlc.Compiler("t.tmpl")
        try:
            comp.compile("{{ page p(const struct t *v) }}" + body + "{{ end }}")
        except htmlc.Refused:
            continue
        # A number as a whole URL is refused by the C compiler.
        if "v->" in body and not re.search(r"out_put_(url|base)\(w, v->n\)",
                                           "".join(comp.body)):
            seen[body] = True
    return sorted(seen, key=len)[-KEEP:]


def program(folder, bodies):
    head = """{!
#include "html/html.h"
struct t { str s; const char *c; int n; bool b; const str *list; size_t n_list; };
!}
"""
    pages = "".join(f"{{{{ page p{i}(const struct t *v) }}}}{b}{{{{ end }}}}\n"
                    for i, b in enumerate(bodies))
    path = os.path.join(folder, "p.tmpl")
    with open(path, "w", encoding="utf-8") as f:
        f.write(head + pages)
    subprocess.run([sys.executable, os.path.join(ROOT, "tools", "htmlc.py"),
                    "p.tmpl", "p.c", "--h", "p.h"], cwd=folder, check=True)
    rows = "".join("{ " + ",".join(str(b) for b in e.encode() + b"\0") + " },\n"
                   for e in EVIL)
    calls = "".join(f"\t\tput(p{i}, &v);\n" for i in range(len(bodies)))
    with open(os.path.join(folder, "m.c"), "w", encoding="utf-8") as f:
        f.write(f"""#include "p.h"
#include <stdio.h>
#include <string.h>
static const char evil[][256] = {{ {rows} }};
static void put(void (*page)(struct out *, const struct t *), const struct t *v)
{{
	struct arena *a = arena_new();
	struct out w = {{ .b = BUF(a, 1 << 20) }};
	page(&w, v);
	fwrite(w.b.p, 1, w.b.n, stdout);
	putchar(0);
	arena_free(&a);
}}
int main(void)
{{
	for (size_t i = 0; i < countof(evil) * 2; i++) {{
		const char *s = evil[i / 2], *c = evil[(i / 2 + 1) % countof(evil)];
		str list[] = {{ str_of(s), str_of(c) }};
		struct t v = {{ list[0], c, 3, i % 2, list, 2 }};
{calls}	}}
}}
""")


def run(folder):
    base, h = os.path.join(ROOT, "src", "base"), os.path.join(ROOT, "src", "html")
    r = subprocess.run(
        CC + ["-std=gnu17", "-D_GNU_SOURCE", "-w", "-I" + os.path.join(ROOT, "src"),
         "-I.", "m.c", "p.c", os.path.join(h, "html.c")] +
        [os.path.join(base, f) for f in sorted(os.listdir(base))
         if f.endswith(".c")] + ["-lm"], cwd=folder, capture_output=True, text=True)
    if r.returncode:
        return r.stderr, []
    r = subprocess.run(["./a.out"], cwd=folder, capture_output=True)
    return "", r.stdout.decode("utf-8").split("\0")


def main():
    bodies = accepted()
    ok(len(bodies) == KEEP, f"{KEEP} of {TRIES} pages made by chance are accepted",
       len(bodies))
    with tempfile.TemporaryDirectory() as folder:
        program(folder, bodies)
        bad, out = run(folder)
    ok(not bad, "they compile", bad[:2000])
    wrong = []
    for k in range(2, len(EVIL) * 2 * bool(out)):
        for i, body in enumerate(bodies):
            plain = Shape(out[k % 2 * len(bodies) + i])
            evil = Shape(out[k * len(bodies) + i])
            if plain.tags != evil.tags:
                wrong.append((body, EVIL[k // 2], "other tags"))
            wrong += [(body, EVIL[k // 2], url_wrong(u)) for t, n, u in evil.urls
                      if url_wrong(u)]
    ok(not wrong, f"no value of {len(EVIL)} breaks out of its place",
       "\n".join(map(str, wrong[:10])))
    sys.exit(done())


main()
