#!/usr/bin/env python3
"""The checks of the code's shape: each is shown a sound tree and says
nothing, then a tree with one planted fault and names it."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(os.path.dirname(
    os.path.dirname(os.path.abspath(__file__))))
TOOLS = os.path.join(ROOT, "tools")
SOUND = {
    "src/base/a.h": "#ifndef A_H\n#define A_H\nint a_sum(int, int);\n#endif\n",
    "src/base/a.c": '#include "base/a.h"\n\nint a_sum(int x, int y)\n{\n\treturn x + y;\n}\n',
    "src/base/log.c": "static int level;\nint log_level(void);\n"
                      "int log_level(void)\n{\n\treturn level++;\n}\n",
    "src/db/db.h": '#ifndef DB_H\n#define DB_H\n#include "base/a.h"\nint db(void);\n#endif\n',
    "src/db/db_sqlite.c": '#include "db/db.h"\n#include <sqlite3.h>\n',
    "src/http/http.h": "#ifndef HTTP_H\n#define HTTP_H\nint http(void);\n#endif\n",
    "src/core/req.h": '#ifndef REQ_H\n#define REQ_H\n#include "http/http.h"\n'
                      "int req(void);\n#endif\n",
    "src/mod/festival/festival.h": '#ifndef F_H\n#define F_H\n#include "core/req.h"\n#endif\n',
    "src/mod/festival/sale.h": "#ifndef S_H\n#define S_H\n#endif\n",
    "src/mod/festival/festival.c": '#include "mod/festival/sale.h"\n'
                                   '#include "festival_write.h"\n',
    "src/mod/draw/draw.c": '#include "mod/festival/festival.h"\n#include "base/a.h"\n',
    "src/app/main.c": '#include "core/req.h"\n',
    "tools/budget.allow": "",
    "tests/base/a_test.c": '#include "base/a.h"\n',
}
FUNCTION = "int {name}(int x)\n{{\n{body}\treturn x;\n}}\n"
count = failed = 0


def ok(cond, what, output=""):
    global count, failed
    count += 1
    print(f"{'ok' if cond else 'not ok'} {count} - {what}")
    if not cond:
        failed += 1
        for line in output.splitlines():
            print("#", line)


class Tree:
    """A small source tree, sound but for the files given."""

    def __init__(self, **changes):
        self.root = tempfile.mkdtemp()
        for path, text in {**SOUND, **changes}.items():
            full = os.path.join(self.root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as f:
                f.write(text)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root)

    def run(self, *command):
        r = subprocess.run(command, cwd=self.root, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, text=True, check=False)
        return r.returncode, r.stdout

    def layers(self):
        files = sorted(os.path.relpath(os.path.join(d, n), self.root)
                       for d, _, names in os.walk(os.path.join(self.root, "src"))
                       for n in names)
        return self.run("awk", "-f", TOOLS + "/layers.awk", *files)

    def budget(self):
        return self.run("sh", TOOLS + "/budget.sh", self.root)

    def headers(self):
        return self.run("sh", TOOLS + "/headers.sh", self.root)

    def refused(self):
        return self.run(sys.executable, TOOLS + "/refused.py", self.root)

    def analyze(self):
        rows = [{"directory": self.root, "file": "src/base/b.c", "output": "b.o",
                 "command": "gcc -Isrc -O2 -Werror -MD -MF b.d -o b.o -c src/base/b.c"}]
        os.makedirs(os.path.join(self.root, "build"))
        with open(os.path.join(self.root, "build/compile_commands.json"), "w",
                  encoding="utf-8") as f:
            json.dump(rows, f)
        return self.run("env", "LARIS_ROOT=" + self.root, sys.executable,
                        TOOLS + "/analyze.py", os.path.join(self.root, "build"))

    def statics(self):
        """Compile all but what includes others, as the build would name it."""
        for path in ("src/base/a.c", "src/base/log.c", "src/base/b.c"):
            full = os.path.join(self.root, path)
            if os.path.exists(full):
                out = os.path.join(self.root, "build/libl_base.a.p",
                                   path.replace("/", "_") + ".o")
                os.makedirs(os.path.dirname(out), exist_ok=True)
                self.run("gcc", "-Isrc", "-fPIC", "-c", path, "-o", out)
                self.run("ar", "rcsT", os.path.join(self.root, "build/libl_base.a"), out)
        return self.run("sh", TOOLS + "/statics.sh", self.root)


def caught(check, what, changes, *words):
    with Tree(**changes) as t:
        rc, out = getattr(t, check)()
        ok(rc != 0 and all(w in out for w in words), f"{check}: {what}", out)


def quiet(check, what, changes=None):
    with Tree(**(changes or {})) as t:
        rc, out = getattr(t, check)()
        ok(rc == 0 and not out, f"{check}: silent on {what}", out)


def add(path, line):
    return {path: SOUND[path] + line + "\n"}


def layers():
    quiet("layers", "a sound tree")
    caught("layers", "base looks up", add("src/base/a.c", '#include "db/db.h"'),
           "src/base/a.c:7", "look up to db/db.h")
    caught("layers", "a written blank does not hide it",
           add("src/base/a.c", '# include  "core/req.h"'), "look up")
    caught("layers", "db looks sideways", add("src/db/db.h", '#include "http/http.h"'), "sideways")
    caught("layers", "core looks at a module",
           add("src/core/req.h", '#include "mod/festival/festival.h"'), "look up")
    caught("layers", "an unlisted pair", {"src/mod/trade/t.c":
           '#include "mod/festival/festival.h"\n'}, "no such pair")
    caught("layers", "the other way round of a pair",
           add("src/mod/festival/sale.h", '#include "mod/draw/draw.h"'), "no such pair")
    caught("layers", "inside of a listed module",
           add("src/mod/draw/draw.c", '#include "mod/festival/sale.h"'), "no such pair")
    caught("layers", "another's statements",
           add("src/mod/draw/draw.c", '#include "festival_write.h"'), "own folder")
    quiet("layers", "app/, which knows all",
          add("src/app/main.c", '#include "festival_read.h"\n#include "mod/draw/x.h"'))
    caught("layers", "who writes knows the web",
           add("src/mod/festival/festival.c", '#include "html/html.h"'), "divide it")
    caught("layers", "sqlite outside its file", add("src/db/db.h", "#include <sqlite3.h>"),
           "may not see <sqlite3.h>")
    caught("layers", "microhttpd outside its file",
           {"src/http/x.c": "#include <microhttpd.h>\n"}, "may not see")
    caught("layers", "jansson outside json", {"src/core/x.c": "#include <jansson.h>\n"},
           "may not see")
    caught("layers", "a generated header in base", add("src/base/a.c", '#include "text_ids.h"'),
           "look up")
    caught("layers", "a relative path", add("src/db/db.h", '#include "../http/http.h"'),
           "write it from src/")
    caught("layers", "a folder nobody placed", {"src/misc/x.c": "\n"}, "in no layer")


def budget():
    long = FUNCTION.format(name="longer", body="\tx++;\n" * 60)
    knot = FUNCTION.format(name="knot", body="\tif (x) x++;\n" * 11)
    edge = FUNCTION.format(name="edge", body="\tif (x) x++;\n" * 9)
    quiet("budget", "a sound tree")
    quiet("budget", "complexity of just 10", {"src/base/b.c": edge})
    caught("budget", "a function of over 50 lines", {"src/base/b.c": long}, "b.c:1: longer")
    caught("budget", "complexity over 10", {"src/base/b.c": knot}, "knot", "complexity 12")
    caught("budget", "a source of over 600 lines", {"src/base/b.c": "\n" * 601}, "601 lines")
    caught("budget", "a header of over 200 lines", {"src/base/b.h": "\n" * 201}, "201 lines")
    quiet("budget", "an exception with a reason", {
        "src/base/b.c": knot, "tools/budget.allow": "src/base/b.c knot one table of cases\n"})
    caught("budget", "an exception without a reason", {
        "src/base/b.c": knot, "tools/budget.allow": "src/base/b.c knot\n"}, "no reason")
    caught("budget", "an exception not needed", {
        "tools/budget.allow": "src/base/a.c a_sum was long once\n"}, "not needed")


def refused():
    def in_body(line):
        return {"src/base/b.c": FUNCTION.format(name="f", body="\t" + line + "\n")}

    quiet("refused", "a sound tree")
    quiet("refused", "words in comments, members, longer names", in_body(
        "/* strcpy(a, b); SELECT */ x.time(1); p->rand(2); my_atoi(x); // gets(x)"))
    quiet("refused", "a function named in a string", in_body('say("use gets() never");'))
    caught("refused", "strcpy", in_body("strcpy(a, b);"), "src/base/b.c:3", "strcpy")
    caught("refused", "localtime with a blank", in_body("x = localtime (&t);"), "localtime")
    caught("refused", "rand", in_body("x = rand();"), "rand_bytes")
    caught("refused", "SQL in a string", in_body('q("SELECT id FROM card");'), ".sql")
    caught("refused", "UPDATE in a string", in_body('q("UPDATE card SET x = 1");'), ".sql")
    caught("refused", "HTML in a string", in_body('w("<p>hello");'), ".tmpl")
    caught("refused", "an attribute in a string", in_body('w("<a href=");'), ".tmpl")
    caught("refused", "an entity in a string", in_body('w("a &amp; b");'), ".tmpl")
    caught("refused", "a line of 101 columns", in_body("x = 1;" + "\t" * 11 + "/* 3456 */;"),
           "columns")
    quiet("refused", "an exception with a reason", {
        **in_body("free(x);"), "tools/refused.allow": "src/base/b.c free the library's own\n"})
    caught("refused", "an exception not needed", {
        "tools/refused.allow": "src/base/a.c free the library's own\n"}, "not needed")


def headers():
    quiet("headers", "a sound tree")
    caught("headers", "a header that leans on another",
           {"src/base/b.h": "struct b { size_t n; };\n"}, "src/base/b.h:1", "alone")


def statics():
    quiet("statics", "a sound tree (base/log.c is allowed)")
    quiet("statics", "constant tables, also of pointers", {
        "src/base/b.c": 'const char *const t[] = { "a", "b" };\nstatic const int n = 3;\n'
                        "int f(int);\nint f(int x)\n{\n\treturn t[x][0] + n;\n}\n"})
    for what, line in (("a static", "static int n = 3;"), ("a zero static", "static int n;"),
                       ("a global", "int n;"), ("one a thread", "static __thread int n;"),
                       ("a pointer that can move", 'static const char *n = "abc";')):
        caught("statics", what, {"src/base/b.c": line + "\nint f(void);\n"
               "int f(void)\n{\n\treturn n++ != 0;\n}\n"}, "variable n can change")
    caught("statics", "a static in a function", {"src/base/b.c": "int f(void);\n"
           "int f(void)\n{\n\tstatic int calls;\n\treturn calls++;\n}\n"}, "variable calls")
    same = "int twice(void);\nint twice(void)\n{\n\treturn 1;\n}\n"
    caught("statics", "a name given twice", {"src/base/b.c": same, "src/base/log.c": same},
           "the name twice is given twice", "src_base_b.c.o", "src_base_log.c.o")


def analyze():
    twice = ("#include <stdlib.h>\nvoid f(char *);\nvoid f(char *p)\n{\n"
             "\tfree(p);\n\tif (p)\n\t\tfree(p);\n}\n")
    caught("analyze", "a double free", {"src/base/b.c": twice}, "not ok 1", "double-free")
    with Tree(**{"src/base/b.c": twice, "tools/analyze.allow":
                 "src/base/b.c double-free on purpose\n"}) as t:
        rc, out = t.analyze()
        ok(rc == 0 and out.startswith("1..1\nok 1"), "analyze: an exception with a reason", out)


layers()
budget()
refused()
headers()
statics()
analyze()
print(f"1..{count}")
sys.exit(failed != 0)
