#!/usr/bin/env python3
"""Compile the words of the pages (.po) into C.  Rules: docs/templates.md.

    textc.py --out-h text_ids.h --out-c text_table.c --uses FILE... -- PO...

The PO files come in pairs, NAME.id.po beside NAME.en.po.  Every fault is
printed as file:line: what is wrong; then nothing is written.
"""
import os
import re
import sys

import htmlc

LANGS = ("id", "en")
HOLE = re.compile(r"\{([1-4])\}")
COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|//[^\n]*', re.S)
ARG = r"(?:[^(),;\"]|\((?:[^()]|\([^()]*\))*\))+"
ERR = re.compile(r"\bERR\(" + ARG + "," + ARG + r',\s*"([^"\n]+)"')
AUDIT = re.compile(r'\baudit(?:_by)?\((?:[^;"]|"laris")*?"([a-z]+\.[a-z-]+)"')
AUDIT_PAIR = re.compile(r'\bAUDIT_(?:TEXT|NUM)\("([a-z_]+)"')
RULE = re.compile(r'\.rule\s*=\s*"([^"\n]+)"')


class Faults:
    def __init__(self):
        self.all = []

    def add(self, path, line, msg):
        self.all.append((path, line, msg))

    def stop_if_any(self):
        for path, line, msg in sorted(set(self.all)):
            print(f"{path}:{line}: {msg}", file=sys.stderr)
        if self.all:
            sys.exit(1)


class Text:
    def __init__(self, key, path, line):
        self.key, self.path, self.line, self.s = key, path, line, ""


# ---- reading .po ----

ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def unquote(s, fault):
    m = re.fullmatch(r'"((?:\\.|[^"\\])*)"', s)
    if not m:
        fault("a string in double quotes should stand here")
        return ""
    def one(e):
        if e[1] not in ESCAPES:
            fault(f"unknown escape {e[0]}")
        return ESCAPES.get(e[1], "")
    return re.sub(r"\\(.)", one, m[1])


def read_lines(path, faults):
    with open(path, "rb") as f:
        data = f.read()
    try:
        return data.decode("utf-8").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as e:
        faults.add(path, data[:e.start].count(10) + 1, "not UTF-8")
        return []


def read_po(path, faults):
    """The Texts of a file, in its order, without the header."""
    texts, now, part = [], None, None
    for n, ln in enumerate(read_lines(path, faults), 1):
        def fault(msg):
            faults.add(path, n, msg)
        ln = ln.strip()
        if ln.startswith("#,") and "fuzzy" in ln:
            fault("fuzzy: nobody has checked this text")
        if not ln or ln.startswith("#"):
            continue
        m = re.match(r'(msgid|msgstr)\s*(?=")', ln)
        if m and m[1] == "msgid":
            if part == "msgid":
                fault("msgid without msgstr before this one")
            now, part = Text(unquote(ln[m.end():], fault), path, n), "msgid"
            texts.append(now)
        elif m:
            if part != "msgid":
                fault("msgstr without msgid")
                continue
            part = "msgstr"
            now.s = unquote(ln[m.end():], fault)
        elif ln.startswith('"') and now and part == "msgstr":
            now.s += unquote(ln, fault)
        elif ln.startswith('"') and now:
            now.key += unquote(ln, fault)
        else:
            fault(f"unknown line (only msgid and msgstr): {ln[:40]}")
    if part == "msgid":
        faults.add(path, now.line, "msgid without msgstr")
    return [t for t in texts if t.key]


def check(t, faults):
    def fault(msg):
        faults.add(t.path, t.line, f"{t.key}: {msg}")
    if not htmlc.KEY.fullmatch(t.key):
        fault("a key is a-z 0-9 with . or - between")
    if not t.s:
        fault("the text is empty")
    if re.search(r"[{}]", HOLE.sub("", t.s)):
        fault("{ and } stand only in {1} to {4}")
    if re.search(r"[\0-\x08\x0b-\x1f\x7f-\x9f]", t.s):
        fault("control character")
    holes = set(HOLE.findall(t.s))
    if holes and len(holes) != int(max(holes)):
        fault("{%d} is missing" % min(
            set(range(1, 5)) - {int(h) for h in holes}))


def read_all(paths, faults):
    """key -> {lang: Text}"""
    table = {}
    for path in paths:
        m = re.fullmatch(r"[a-z][a-z_]*\.(id|en)\.po", os.path.basename(path))
        if not m:
            faults.add(path, 1, "the name should be NAME.id.po or NAME.en.po")
            continue
        for t in read_po(path, faults):
            check(t, faults)
            had = table.setdefault(t.key, {}).get(m[1])
            if had:
                faults.add(path, t.line, f"{t.key}: is in "
                           f"{had.path}:{had.line} too")
            else:
                table[t.key][m[1]] = t
    return table


def agree(table, faults):
    idents = {}
    for key, t in sorted(table.items()):
        for lang in LANGS:
            if lang not in t:
                other = next(iter(t.values()))
                faults.add(other.path, other.line, f"{key}: is missing in "
                           f"{os.path.basename(other.path)[:-5]}{lang}.po")
        if len(t) == 2:
            if t["id"].path[:-5] != t["en"].path[:-5]:
                faults.add(t["en"].path, t["en"].line, f"{key}: its "
                           f"Indonesian is elsewhere, {t['id'].path}")
            a, b = (set(HOLE.findall(t[la].s)) for la in LANGS)
            if a != b:
                faults.add(t["en"].path, t["en"].line, f"{key}: the places "
                           "{1}... differ from the Indonesian text")
        had = idents.setdefault(ident(key), key)
        if had != key:
            t = next(iter(t.values()))
            faults.add(t.path, t.line, f"{key} and {had} are one name in C")


# ---- what the code uses ----

def ident(key):
    return "TEXT_" + re.sub(r"[.-]", "_", key)


def blank(m):
    """A comment becomes its line ends; a string stays."""
    return m[0] if m[0][0] in "\"'" else "\n" * m[0].count("\n")


def uses(path, faults):
    """(line, kind, name) of each use in one file; kind: c name, key, or
    maybe (a string that looks like a key)."""
    s = "\n".join(read_lines(path, faults))
    if not path.endswith(".tmpl"):
        s = COMMENT.sub(blank, s)
    found = [(m.start(), "c", m[0]) for m in re.finditer(r"\bTEXT_[a-z0-9]\w*", s)]
    for rx in (ERR, RULE):
        found += [(m.start(1), "key", "err." + m[1]) for m in rx.finditer(s)]
    found += [(m.start(1), "key", "did." + m[1]) for m in AUDIT.finditer(s)]
    found += [(m.start(1), "key", "did-field." + m[1].replace("_", "-"))
              for m in AUDIT_PAIR.finditer(s)]
    found += [(m.start(), "maybe", m[1])
              for m in re.finditer(r'"([a-z0-9]+(?:[.-][a-z0-9]+)+)"', s)]
    if path.endswith(".tmpl"):
        for m in htmlc.TOKEN.finditer(s):
            t = re.fullmatch(r'\{\{\s*t\s+"([^"]*)"(.*)\}\}', m[0], re.S)
            if t:
                n = len(htmlc.split_args(t[2].strip()))
                found.append((m.start(), "key", t[1], n))
    for at, *rest in found:
        yield s.count("\n", 0, at) + 1, *rest


def check_uses(paths, table, faults):
    by_ident = {ident(k): k for k in table}
    used = set()
    for path in paths:
        for line, kind, name, *n in uses(path, faults):
            key = by_ident.get(name) if kind == "c" else name
            for head in ("err.", "did."):   # a rule or a change given by a macro
                if kind == "maybe" and head + name in table:
                    used.add(head + name)
            if key in table:
                used.add(key)
                if n:
                    check_count(path, line, key, n[0], table, faults)
            elif kind != "maybe" and name != "TEXT_none":
                faults.add(path, line, f"{name}: no such text in any .po file")
    for key, t in table.items():
        if key not in used:
            for one in t.values():
                faults.add(one.path, one.line, f"{key}: is used nowhere")


def check_count(path, line, key, n, table, faults):
    one = next(iter(table[key].values()))
    need = len(set(HOLE.findall(one.s)))
    if n != need:
        faults.add(path, line, f"{key}: the text takes {need} values, "
                   f"this gives {n}")


# ---- writing C ----

def c_str(s):
    s = s.replace("\\", "\\\\").replace('"', '\\"')
    s = s.replace("\n", "\\n").replace("\t", "\\t").replace("??", '?""?')
    return f'"{s}"'


def pieces(s):
    """"a {1} b" -> [("a ", 1), (" b", 0)]"""
    parts = HOLE.split(s)
    out = [(lit, int(arg)) for lit, arg in zip(parts[::2], parts[1::2])]
    return out + [(parts[-1], 0)] if parts[-1] or not out else out


def header(keys):
    out = ["/* Made by tools/textc.py from the .po files. */",
           "#ifndef MADE_TEXT_IDS_H", "#define MADE_TEXT_IDS_H", "",
           "enum text_id {", "\tTEXT_none,"]
    out += [f"\t{ident(k)}," for k in keys]
    return "\n".join(out + ["\tTEXTS", "};", "", "#endif", ""])


def table_c(keys, table):
    out = ["/* Made by tools/textc.py from the .po files. */",
           '#include "html/text.h"', ""]
    rows = ['\t[TEXT_none] = { .key = "" },']
    for k in keys:
        row = []
        for lang in LANGS:
            s, name = table[k][lang].s, f"{ident(k)[5:]}_{lang}_"
            p = pieces(s)
            out.append(f"static const struct text_piece {name}[] = {{")
            out += [f"\t{{ S_INIT({c_str(lit)}), {arg} }}," for lit, arg in p]
            out.append("};")
            row.append(f"\t\t[LANG_{lang.upper()}] = {{ S_INIT({c_str(s)}),\n"
                       f"\t\t    {name}, countof({name}) }},")
        rows += [f"\t[{ident(k)}] = {{ {c_str(k)}, {{", *row, "\t} },"]
    out += ["", "const struct text_row text_table[] = {", *rows, "};",
            "const size_t text_table_n = countof(text_table);", ""]
    return "\n".join(out)


def arguments(argv):
    try:
        i = argv.index("--")
        if argv[0] != "--out-h" or argv[2] != "--out-c" or argv[4] != "--uses":
            raise ValueError
        return argv[1], argv[3], argv[5:i], argv[i + 1:]
    except (ValueError, IndexError):
        sys.exit("usage: textc.py --out-h H --out-c C --uses FILE... -- PO...")


def main(argv):
    h_path, c_path, use_paths, po_paths = arguments(argv[1:])
    faults = Faults()
    table = read_all(po_paths, faults)
    agree(table, faults)
    check_uses(use_paths, table, faults)
    faults.stop_if_any()
    keys = sorted(table)
    htmlc.write(h_path, header(keys))
    htmlc.write(c_path, table_c(keys, table))


if __name__ == "__main__":
    main(sys.argv)
