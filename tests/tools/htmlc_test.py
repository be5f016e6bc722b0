#!/usr/bin/env python3
"""htmlc: what it refuses, and what it writes.  Prints TAP.

The pages of WRITTEN become one program, so that what is compared is what
a reader of the page would get, through the real html.c.
"""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tools"), HERE]
sys.dont_write_bytecode = True

import htmlc                                                # noqa: E402
from htmlc_cases import REFUSED, REFUSED_FILES, TYPES, WRITTEN  # noqa: E402
from tap import done, ok                                    # noqa: E402

CC = os.environ.get("CC", "gcc").split()
FLAGS = """-std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wconversion
    -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef
    -Wcast-qual -Wswitch-enum -Werror""".split()
HEAD = """{!
#include "t.h"
!}
{{ page part(const struct t *v) }}
<li>{{ v->c }}</li>
{{ end }}
{{ page nothing() }}{{ end }}
"""
T_H = r"""
#include "html/text.h"
ID_TYPE(thing);
struct t {
	str s, url, js, none, dots, ctl, utf;
	const char *c, *null;
	int i, two;
	int64_t n, at;
	bool b;
	thing_id id;
	struct markup m;
	const str *list;
	size_t n_list;
	VEC(const str) vec;
	enum text_id label;
};
static inline const str *pick(const struct t *v, int i) { return v->list + i; }
static inline int pick_n(const struct t *v, int i) { return v->two + i; }
"""
MAIN = r"""
#include "pages.h"
#include <stdio.h>
#include <stdlib.h>
#define RUN(name) do { \
	struct out w = { .b = BUF(a, 1 << 20), .lang = LANG_ID, .zone = ZONE_WIB }; \
	name(&w, &v); \
	fwrite(w.b.p, 1, w.b.n, stdout); \
	putchar(0); \
} while (0)
int main(void)
{
	struct arena *a = arena_new();
	static const str list[] = { S_INIT("x"), S_INIT("&"), S_INIT("z") };
	struct t v = {
		.s = S("<a href=\"x\">&'"), .url = S("https://a.id/b?c=1&d=2"),
		.js = S("javascript:alert(1)"), .dots = S(".."),
		.ctl = S("a\0b\x01\x0b\x1f\x7f\tc\nd\xff" "e\xc2\x85\xef\xbf\xbf\xef\xb7\x90"),
		.utf = S("Laweyan \xea\xa6\xb1\xea\xa6\xad \xf0\x9f\x9b\x8d \xc3\xa9"),
		.c = "a<b", .i = -7, .two = 2, .n = 1161765651336,
		.at = 1635663900000000, .b = true, .id = { 32 },
		.m = { S("<i>m</i>") }, .list = list, .n_list = 3,
		.vec = { .v = list, .n = 2 }, .label = TEXT_plain,
	};
"""
PO = """
msgid "plain"
msgstr "Satu <dua> & \\"tiga\\"\\n'"
msgid "two.values"
msgstr "{2} dari {1}!"
msgid "twice"
msgstr "{1}, {1}"
"""


def compile_text(text, name="t.tmpl"):
    comp = htmlc.Compiler(name)
    comp.compile(text)
    return comp


def refuse(name, text, says, line=None):
    comp = htmlc.Compiler("t.tmpl")
    try:
        comp.compile(text)
        ok(False, f"refused: {name}")
    except htmlc.Refused as e:
        good = says in str(e) and (line is None or comp.line == line)
        ok(good, f"refused: {name}", f"line {comp.line}: {e}")


def in_page(body, name="p"):
    return f"{{{{ page {name}(const struct t *v) }}}}{body}{{{{ end }}}}\n"


def test_refused():
    for name, body, says in REFUSED:
        refuse(name, in_page(body), says)
    for name, text, line, says in REFUSED_FILES:
        if "\x01" not in text:
            refuse(name, text, says, line)


def put(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def tool(name, *args, cwd=None):
    return subprocess.run([sys.executable, os.path.join(ROOT, "tools", name),
                           *args], cwd=cwd, capture_output=True, text=True)


def texts(folder):
    for lang in ("id", "en"):
        put(folder, f"text.{lang}.po", PO)
    put(folder, "use.c", "TEXT_plain TEXT_two_values TEXT_twice")
    r = tool("textc.py", "--out-h", "text_ids.h", "--out-c", "text_table.c",
             "--uses", "use.c", "--", "text.id.po", "text.en.po", cwd=folder)
    ok(r.returncode == 0, "texts for the pages", r.stderr)


def test_written(folder):
    pages = HEAD
    for i, (name, body, expected) in enumerate(WRITTEN):
        quiet = "" if re.search(r"\bv\b", body) else "{{ if !v }}{{ end }}"
        pages += in_page(quiet + body, f"case_{i}")
    put(folder, "pages.tmpl", pages)
    put(folder, "t.h", T_H)
    r = tool("htmlc.py", "pages.tmpl", "pages.c", "--h", "pages.h", cwd=folder)
    ok(r.returncode == 0, "pages are accepted", r.stderr)
    put(folder, "main.c", MAIN + "".join(
        f"\tRUN(case_{i});\n" for i in range(len(WRITTEN))) +
        "\tarena_free(&a);\n\treturn 0;\n}\n")
    base = os.path.join(ROOT, "src", "base")
    r = subprocess.run(
        CC + FLAGS + ["-I" + os.path.join(ROOT, "src"), "-I.", "-o", "pages",
         "main.c", "pages.c", "text_table.c",
         os.path.join(ROOT, "src", "html", "html.c"),
         os.path.join(ROOT, "src", "html", "text.c")] +
        [os.path.join(base, f) for f in sorted(os.listdir(base))
         if f.endswith(".c")] + ["-lm"],
        cwd=folder, capture_output=True, text=True)
    ok(r.returncode == 0, "pages compile without a warning", r.stderr[:3000])
    if r.returncode:
        return
    got = subprocess.run(["./pages"], cwd=folder, capture_output=True)
    got = got.stdout.decode("utf-8").split("\0")
    for (name, body, expected), g in zip(WRITTEN, got):
        ok(g == expected, f"written: {name}", f"got {g!r}, expected {expected!r}")


def test_types(folder):
    """A wrong type stops the C compiler at the line of the template."""
    for name, body, says in TYPES:
        put(folder, "bad.tmpl", HEAD + "\n" + in_page("\n\n" + body))
        line = HEAD.count("\n") + 4
        r = tool("htmlc.py", "bad.tmpl", "bad.c", "--h", "bad.h", cwd=folder)
        if r.returncode:
            ok(False, f"does not compile: {name}", r.stderr)
            continue
        r = subprocess.run(CC + FLAGS + ["-fsyntax-only", "-I.", "-I" +
                           os.path.join(ROOT, "src"), "bad.c"], cwd=folder,
                           capture_output=True, text=True)
        ok(r.returncode != 0 and f"bad.tmpl:{line}:" in r.stderr and
           says in r.stderr, f"does not compile: {name}", r.stderr[:800])


def test_command(folder):
    """Exit codes and messages of the program itself."""
    put(folder, "x.tmpl", "{{ page p() }}\n<p>\n{{ end }}\n")
    r = tool("htmlc.py", "x.tmpl", "x.c", cwd=folder)
    ok(r.returncode == 1 and r.stderr == "x.tmpl:3: <p> is not closed\n" and
       not os.path.exists(os.path.join(folder, "x.c")),
       "a fault is said as file:line and nothing is written", r.stderr)
    for name, text, line, says in REFUSED_FILES:
        put(folder, "x.tmpl", text)
        r = tool("htmlc.py", "x.tmpl", "x.c", cwd=folder)
        ok(r.returncode == 1 and r.stderr.startswith(f"x.tmpl:{line}: ") and
           says in r.stderr, f"command: {name}", r.stderr)
    with open(os.path.join(folder, "x.tmpl"), "wb") as f:
        f.write(b"{{ page p() }}\n\xff{{ end }}")
    r = tool("htmlc.py", "x.tmpl", "x.c", cwd=folder)
    ok(r.returncode == 1 and r.stderr == "x.tmpl:2: not UTF-8\n",
       "bad UTF-8 is refused", r.stderr)
    ok(tool("htmlc.py").returncode == 1, "no arguments: usage")


def test_golden():
    """The C made of each golden page; a change of it is a visible diff."""
    folder = os.path.join(ROOT, "tests", "golden", "html")
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".tmpl"):
            continue
        stem = name[:-5]
        with tempfile.TemporaryDirectory() as tmp:
            r = tool("htmlc.py", name, os.path.join(tmp, stem + ".c"),
                     "--h", os.path.join(tmp, stem + ".h"), cwd=folder)
            got = r.stderr
            for end in (".h", ".c") if r.returncode == 0 else ():
                with open(os.path.join(tmp, stem + end), encoding="utf-8") as f:
                    got += f"==== {stem}{end}\n" + f.read()
        path = os.path.join(folder, stem + ".expected")
        if os.environ.get("GOLDEN") == "write":
            put(folder, stem + ".expected", got)
        with open(path, encoding="utf-8") as f:
            ok(got == f.read(), f"golden: {stem}", got[:2000])


def test_fresh():
    """The page of the fuzzer is what its template says."""
    folder = os.path.join(ROOT, "tests", "fuzz")
    with tempfile.TemporaryDirectory() as tmp:
        made = os.path.join(tmp, "html_page.inc")
        r = tool("htmlc.py", "html_page.tmpl", made, cwd=folder)
        text = open(made, encoding="utf-8").read() if not r.returncode else ""
    with open(os.path.join(folder, "html_page.inc"), encoding="utf-8") as f:
        ok(text == f.read(), "tests/fuzz/html_page.inc is fresh (htmlc.py "
           "html_page.tmpl html_page.inc there)", r.stderr)


def main():
    test_refused()
    with tempfile.TemporaryDirectory() as folder:
        texts(folder)
        test_written(folder)
        test_types(folder)
        test_command(folder)
    test_golden()
    test_fresh()
    sys.exit(done())


main()
