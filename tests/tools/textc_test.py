#!/usr/bin/env python3
"""textc: what it refuses, and what the table says.  Prints TAP."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE]
sys.dont_write_bytecode = True

from tap import done, ok                                    # noqa: E402

CC = os.environ.get("CC", "gcc").split()
FLAGS = """-std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wconversion
    -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef
    -Wcast-qual -Wswitch-enum -Werror -fsanitize=address,undefined""".split()


def po(**texts):
    return "".join(f'msgid "{k.replace("__", "-").replace("_", ".")}"\n'
                   f'msgstr "{v}"\n' for k, v in texts.items())


GOOD_ID = '''# Header
msgid ""
msgstr ""
"Language: id\\n"

#. Shown on a button.
#: somewhere.c:3
msgid "btn.save"
msgstr "Simpan"

msgid "err.too-much"
msgstr ""
"Paling banyak {2}, "
"bukan {1}."
msgid "odd"
msgstr "a \\"b\\" \\\\ \\n\\t ?? <&> {1}{1}"
msgid
"long.key"
msgstr "{1}"
#~ msgid "old"
#~ msgstr "lama"
'''
GOOD_EN = (GOOD_ID.replace("Simpan", "Save").replace("Paling banyak", "At most")
           .replace("bukan", "not").replace('msgid\n"long.key"', 'msgid "long" ".key"')
           .replace('msgid "long" ".key"', 'msgid ""\n"long.key"'))
GOOD_ID = GOOD_ID.replace('msgid\n"long.key"', 'msgid ""\n"long."\n"key"')
USE_C = '''/* TEXT_not_used ERR(a, ERR_BUSY, "not-used") */
text(lang, TEXT_btn_save); // TEXT_nor_this
return ERR(f(a, b), x ? ERR_BUSY : ERR_FULL,
    "too-much", .arg = { x });
FIELD_TEXT_MAX TEXT_none TEXT_MAX
#define REFUSE(r) (struct err){ .rule = "" r }
text_by_key(lang, "long.key", &s);
'''
USE_TMPL = '{{ page p() }}{{ t "odd" "a, b" }}{{ end }}'
BASE = {"a/text.id.po": GOOD_ID, "a/text.en.po": GOOD_EN,
        "use.c": USE_C, "use.tmpl": USE_TMPL}


def run(folder, files):
    for name, text in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
    users = sorted(f for f in files if not f.endswith(".po"))
    pos = sorted(f for f in files if f.endswith(".po"))
    return subprocess.run(
        [sys.executable, os.path.join(ROOT, "tools", "textc.py"), "--out-h",
         "text_ids.h", "--out-c", "text_table.c", "--uses", *users, "--", *pos],
        cwd=folder, capture_output=True, text=True)


def one(key, text, lang="id"):
    return f'msgid "{key}"\nmsgstr "{text}"\n'


def both(text_id, text_en, use):
    return {"text.id.po": text_id, "text.en.po": text_en, "u.c": use}


# (name, files over BASE, the line that must be said)
REFUSED = [
    ("missing in English", {"a/text.id.po": GOOD_ID + one("x", "y"), "u.c": "TEXT_x"},
     "a/text.id.po:{end}: x: is missing in text.en.po"),
    ("missing in Indonesian", {"a/text.en.po": GOOD_EN + one("x", "y"), "u.c": "TEXT_x"},
     "a/text.en.po:{end}: x: is missing in text.id.po"),
    ("places differ", both(one("x", "{1} {2}"), one("x", "{1}"), "TEXT_x"),
     "text.en.po:1: x: the places {1}... differ from the Indonesian text"),
    ("in two folders", {"b/text.id.po": one("odd", "y{1}"), "b/text.en.po": one("odd", "y{1}")},
     "b/text.id.po:1: odd: is in a/text.id.po:15 too"),
    ("twice in a file", both(one("x", "y") * 2, one("x", "y"), "TEXT_x"),
     "text.id.po:3: x: is in text.id.po:1 too"),
    ("languages in two folders", {"b/text.id.po": one("x", "y"), "c/text.en.po": one("x", "y"), "u.c": "TEXT_x"},
     "c/text.en.po:1: x: its Indonesian is elsewhere, b/text.id.po"),
    ("used in C, not there", {"u.c": "\n\nf(TEXT_no_such);"},
     "u.c:3: TEXT_no_such: no such text in any .po file"),
    ("used in a page, not there", {"u.tmpl": "\n{{ t \"no.such\" }}"},
     "u.tmpl:2: no.such: no such text in any .po file"),
    ("identifier in a page, not there", {"u.tmpl": "{{ text(w->lang, TEXT_no_such) }}"},
     "u.tmpl:1: TEXT_no_such: no such text in any .po file"),
    ("rule without its text", {"u.c": "\nreturn ERR(a,\n ERR_BUSY,\n\"no-text\");"},
     "u.c:4: err.no-text: no such text in any .po file"),
    ("rule given to err_at", {"u.c": "(struct err){ .kind = k, .rule = \"no-text\" }"},
     "u.c:1: err.no-text: no such text in any .po file"),
    ("rule of a field", {"u.c": "ERR(a, ERR_INVALID, \"no-text\", .field = \"odd\")"},
     "u.c:1: err.no-text: no such text in any .po file"),
    ("change without its words", {"u.c": "TRY(audit(r,\n\"odd.change\", 1, (str){ 0 }, x));"},
     "u.c:2: did.odd.change: no such text in any .po file"),
    ("change by nobody, without words", {"u.c": "audit_by(tx, c, \"laris\", \"odd.change\", 1)"},
     "u.c:1: did.odd.change: no such text in any .po file"),
    ("part of a change without its name", {"u.c": "AUDIT_NUM(\"cap_odd\", 1)"},
     "u.c:1: did-field.cap-odd: no such text in any .po file"),
    ("used nowhere", both(one("x", "y"), one("x", "y"), "/* TEXT_x */"),
     "text.id.po:1: x: is used nowhere"),
    ("too few values", {"u.tmpl": "{{ t \"err.too-much\" a }}"},
     "u.tmpl:1: err.too-much: the text takes 2 values, this gives 1"),
    ("too many values", {"u.tmpl": "{{ t \"btn.save\" f(a, b) }}"},
     "u.tmpl:1: btn.save: the text takes 0 values, this gives 1"),
    ("empty text", both(one("x", ""), one("x", "y"), "TEXT_x"), "text.id.po:1: x: the text is empty"),
    ("a hole is left out", both(one("x", "{2}"), one("x", "{2}"), "TEXT_x"), "text.id.po:1: x: {1} is missing"),
    ("a fifth place", both(one("x", "{5}"), one("x", "{5}"), "TEXT_x"), "text.id.po:1: x: { and } stand only in {1} to {4}"),
    ("stray brace", both(one("x", "{a}"), one("x", "{a}"), "TEXT_x"), "text.id.po:1: x: { and } stand only in {1} to {4}"),
    ("wrong key", both(one("X_y", "y"), one("X_y", "y"), ""), "text.id.po:1: X_y: a key is a-z 0-9 with . or - between"),
    ("two keys, one name in C", both(one("x-y", "y") + one("x.y", "y"), one("x-y", "y") + one("x.y", "y"), "TEXT_x_y"),
     "text.en.po:3: x.y and x-y are one name in C"),
    ("fuzzy", both("#, fuzzy\n" + one("x", "y"), one("x", "y"), "TEXT_x"), "text.id.po:1: fuzzy: nobody has checked this text"),
    ("no msgstr", both("msgid \"x\"\n", one("x", "y"), "TEXT_x"), "text.id.po:1: msgid without msgstr"),
    ("msgid twice", both("msgid \"w\"\n" + one("x", "y"), one("x", "y"), "TEXT_x"), "text.id.po:2: msgid without msgstr before this one"),
    ("no msgid", both("msgstr \"x\"\n", "", ""), "text.id.po:1: msgstr without msgid"),
    ("no quotes", both("msgid x\n", "", ""), "text.id.po:1: unknown line (only msgid and msgstr): msgid x"),
    ("quote not closed", both(one("x", "y")[:-2] + "\n", one("x", "y"), "TEXT_x"), "text.id.po:2: a string in double quotes should stand here"),
    ("unknown escape", both(one("x", "\\x41"), one("x", "y"), "TEXT_x"), "text.id.po:2: unknown escape \\x"),
    ("plural", both("msgid \"x\"\nmsgid_plural \"xs\"\nmsgstr \"y\"\n", one("x", "y"), "TEXT_x"),
     "text.id.po:2: unknown line (only msgid and msgstr): msgid_plural \"xs\""),
    ("context", both("msgctxt \"c\"\n" + one("x", "y"), one("x", "y"), "TEXT_x"), "text.id.po:1: unknown line (only msgid and msgstr): msgctxt \"c\""),
    ("not UTF-8", both(b"# \n# \xff\n", "", ""), "text.id.po:2: not UTF-8"),
    ("file of a wrong name", {"text.su.po": ""}, "text.su.po:1: the name should be NAME.id.po or NAME.en.po"),
]

MAIN = r'''
#include "html/text.h"
#include <stdio.h>
static void say(str s) { printf("%.*s|", SV(s)); }
int main(void)
{
	struct arena *a = arena_new();
	const str args[] = { S_INIT("<x>"), S_INIT("y") };
	size_t n;
	str s = S("no");
	say(text(LANG_ID, TEXT_btn_save));
	say(text(LANG_EN, TEXT_btn_save));
	say(text(LANG_ID, TEXT_odd));
	say(text_fill(a, LANG_ID, TEXT_err_too_much, args, 2));
	say(text_fill(a, LANG_EN, TEXT_err_too_much, args, 1));
	say(text_fill(a, LANG_EN, TEXT_err_too_much, NULL, 0));
	say(text_fill(a, LANG_ID, TEXT_odd, args, 2));
	say(err_text(a, LANG_ID, ERR(a, ERR_FULL, "too-much", .arg = { S("7"), S("5") })));
	if (text_by_key(LANG_EN, "btn.save", &s))
		say(s);
	printf("%d|", text_by_key(LANG_EN, "btn.sav", &s) || text_by_key(LANG_EN, "btn.savee", &s));
	text_pieces(LANG_ID, TEXT_err_too_much, &n);
	printf("%zu|", n);
	const struct text_piece *p = text_pieces(LANG_ID, TEXT_odd, &n);
	printf("%zu %d %zu|", n, p[n - 1].arg, p[n - 1].lit.n);
	printf("%d", TEXTS);
	arena_free(&a);
	return 0;
}
'''
SAID = ('Simpan|Save|a "b" \\ \n\t ?? <&> {1}{1}|Paling banyak y, bukan <x>.|'
        'At most , not <x>.|At most , not .|a "b" \\ \n\t ?? <&> <x><x>|'
        'Paling banyak 5, bukan 7.|Save|0|3|2 1 0|5')


def test_refused():
    for name, files, says in REFUSED:
        with tempfile.TemporaryDirectory() as folder:
            files = {**BASE, **files}
            first = next((f for f in files if says.startswith(f + ":")), "")
            at = files.get(first, "")
            at = at.count("\n") - 1 if isinstance(at, str) else 0
            r = run(folder, files)
            ok(r.returncode == 1 and
               says.replace("{end}", str(at)) in r.stderr.splitlines() and
               not os.path.exists(os.path.join(folder, "text_ids.h")),
               f"refused: {name}", r.stderr)


def test_written():
    with tempfile.TemporaryDirectory() as folder:
        r = run(folder, BASE)
        ok(r.returncode == 0, "accepted", r.stderr)
        with open(os.path.join(folder, "main.c"), "w", encoding="utf-8") as f:
            f.write(MAIN)
        src = os.path.join(ROOT, "src")
        base = os.path.join(src, "base")
        r = subprocess.run(
            CC + FLAGS + ["-I" + src, "-I.", "main.c", "text_table.c",
             os.path.join(src, "html", "text.c"),
             os.path.join(src, "html", "html.c")] +
            [os.path.join(base, f) for f in sorted(os.listdir(base))
             if f.endswith(".c")] + ["-lm"],
            cwd=folder, capture_output=True, text=True)
        ok(r.returncode == 0, "compiles without a warning", r.stderr[:2000])
        r = subprocess.run(["./a.out"], cwd=folder, capture_output=True, text=True)
        ok(r.stdout == SAID, "says what it should",
           f"got {r.stdout!r}\nexpected {SAID!r}\n{r.stderr[:500]}")


def test_nothing():
    with tempfile.TemporaryDirectory() as folder:
        r = run(folder, {"u.c": "TEXT_none"})
        with open(os.path.join(folder, "text_ids.h"), encoding="utf-8") as f:
            ok(r.returncode == 0 and "TEXT_none,\n\tTEXTS" in f.read(),
               "no .po files at all: TEXT_none", r.stderr)
        r = subprocess.run([sys.executable, os.path.join(ROOT, "tools", "textc.py"),
                            "x"], capture_output=True, text=True)
        ok(r.returncode == 1 and r.stderr.startswith("usage"), "usage")


def main():
    test_refused()
    test_written()
    test_nothing()
    sys.exit(done())


main()
