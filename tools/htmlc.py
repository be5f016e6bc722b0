#!/usr/bin/env python3
"""Compile a .tmpl into typed C.  The language: docs/templates.md.

    htmlc.py IN.tmpl OUT.c [--h OUT.h]

Follows the HTML just closely enough to choose the escaping from the
place a value stands in, and refuses the places where no escaping is
safe.  Where that is: html_place.py; elements and attributes: html_rules.py.
"""
import os
import re
import sys

import html_rules as rules
from html_place import Block, Html, Refused, die

STRING = r'"(?:\\.|[^"\\\n])*"'
TOKEN = re.compile(r'(\{\{(?:' + STRING + r'|(?!\}\}|\{\{)[^"])*?\}\}|\{!.*?!\})', re.S)
BLOCKS = ("page", "if", "else", "each", "end")
NOT_OURS = rules.words("""endif endeach endfor fi elif elsif elseif for while
    foreach include block define render done default return goto break
    continue switch do macro set raw unsafe import extends""")
KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


# ---- C ----

def bare(c):
    """C without what its strings say."""
    return re.sub(STRING + r"|'(?:\\.|[^'\\\n])+'", '""', c)


def fold(c):
    """C on one line; strings stay as they are."""
    return re.sub(STRING + r"|\s+", lambda m: m[0] if m[0][0] == '"' else " ",
                  c).strip()


def expr(c, what="value"):
    """A C expression, and nothing but one."""
    c = fold(c)
    b = bare(c)
    if not b:
        die(f"{what} is missing")
    if re.search(r"[;{}#\\]|//|/\*|\+\+|--|<<=|>>=|(?<![=!<>])=(?!=)", b):
        die(f"{c}: only a C expression without effects may stand here")
    depth = 0
    for ch in b:
        depth += (ch in "([") - (ch in ")]")
        if depth < 0:
            break
    if len(split_args(c)) > 1:
        die(f"{c}: one value, please")
    if depth or re.search(r"[\"']", b.replace('""', "")):
        die(f"{c}: brackets or quotes do not match")
    return c


def split_args(c):
    """"a, f(b, c)" -> ["a", "f(b, c)"]"""
    parts, depth, part = [], 0, ""
    for piece in re.findall(STRING + r"|'(?:\\.|[^'\\])+'|.", c, re.S):
        if piece == "," and not depth:
            parts.append(part)
            part = ""
            continue
        depth += (piece in "([") - (piece in ")]")
        part += piece
    return [p.strip() for p in parts + [part]] if c.strip() else []


def c_string(text):
    """As adjacent C literals, a line of HTML each."""
    esc = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    esc = esc.replace("??", '?""?')
    lines = [f'"{ln}\\n"' for ln in esc.split("\n")]
    lines[-1] = lines[-1][:-3] + '"'
    if lines[-1] == '""' and len(lines) > 1:
        lines.pop()
    return lines


class Compiler:
    def __init__(self, src):
        self.src, self.line = src, 1
        self.head, self.body, self.pages = [], [], []
        self.h, self.blocks, self.names = None, [], set()
        self.texts, self.depth = False, 0
        self.behind = ""        # the character behind the current word

    # -- writing C --
    def emit(self, s, line=None):
        if line:
            self.body.append(f'#line {line} "{self.src}"')
        self.body.append("\t" * (1 + self.depth) + s)

    def flush(self):
        text, self.h.out = self.h.out, ""
        if not text:
            return
        lines = c_string(text)
        n = len(text.encode())
        if len(lines) == 1:
            self.emit(f"out_raw(w, {lines[0]}, {n});")
            return
        self.emit("out_raw(w,")
        for ln in lines[:-1]:
            self.emit("    " + ln)
        self.emit(f"    {lines[-1]}, {n});")

    # -- reading --
    def compile(self, text):
        toks = TOKEN.split(text)
        for i, tok in enumerate(toks):
            if i % 2 == 0:
                self.text(tok, self.alone(toks, i - 1))
            elif tok.startswith("{!"):
                self.declarations(tok[2:-2])
            else:
                self.behind = toks[i + 1][:1]
                self.word(fold(tok[2:-2]))
            self.line += tok.count("\n")
        if self.h:
            die("the file ends inside a page: {{ end }} is missing")
        if not self.pages:
            die("no page in this file")

    def alone(self, toks, i):
        """Is token i a block word that has its line to itself?"""
        if i < 0 or not toks[i].startswith("{{"):
            return False
        return toks[i][2:-2].split()[:1] and \
            toks[i][2:-2].split()[0] in BLOCKS and \
            (i == 1 and not toks[0].strip(" \t") or
             re.search(r"\n[ \t]*$", toks[i - 1])) and \
            re.match(r"[ \t]*\n", toks[i + 1])

    def text(self, tok, alone):
        for bad in ("{{", "}}", "{!", "!}"):
            if bad in tok:
                self.line += tok[:tok.find(bad)].count("\n")
                die(f"{bad} has no partner")
        if not self.h:
            if tok.strip():
                self.line += re.match(r"\s*", tok)[0].count("\n")
                die("text outside of a page")
            return
        line = self.line
        if alone and not any(e in rules.KEEP_SPACE for e in self.h.open):
            tok = re.sub(r"^[ \t]*\n[ \t]*", "", tok)
            line += 1
        try:
            self.h.feed(tok, line)
        except Refused:
            self.line = self.h.line
            raise

    def declarations(self, c):
        if self.h or self.pages:
            die("{! !} stands only at the top of the file")
        if re.search(r"\)\s*\{", bare(re.sub(r"/\*.*?\*/", "", c, flags=re.S))):
            die("{! !} holds includes and declarations, no functions")
        self.head.append((self.line, c))

    def word(self, s):
        w, _, rest = s.partition(" ")
        rest = rest.strip()
        known = {"page": self.page, "if": self.w_if, "else": self.w_else,
                 "each": self.each, "end": self.end, "call": self.call,
                 "t": self.t}
        if not self.h and w != "page":
            die("{{ " + w + " }} outside of a page")
        if self.h:
            self.h.line = self.line
        if w in known and (rest or w in ("else", "end", "page", "if", "each",
                                         "call")):
            known[w](rest)
        elif not s or w in NOT_OURS or re.match(r'[a-z]+ +[A-Za-z_"]', s) and \
                w != "sizeof":
            die(f"unknown word: {w or 'nothing'}")
        else:
            self.value(s)

    def page(self, rest):
        if self.h:
            die("a page inside of a page: {{ end }} is missing")
        m = re.fullmatch(r"([a-z]\w*) ?\((.*)\)", rest)
        if not m:
            die("write {{ page name(const struct x *v) }}")
        name, params = m[1], split_args(m[2])
        if params == ["void"]:
            params = []
        for p in params:
            if not re.fullmatch(r"[\w ]+[ *]+[A-Za-z_]\w*", p) or \
                    re.search(r"\bw$", p):
                die(f"{p}: not a parameter (and w is taken)")
        if name in self.names:
            die(f"{name}: there is such a page already")
        self.names.add(name)
        proto = f"void {name}({', '.join(['struct out *w'] + params)})"
        self.pages.append((self.line, proto))
        self.body += ["", f'#line {self.line} "{self.src}"', proto, "{"]
        self.h, self.mark = Html(), len(self.body)

    def end(self, rest):
        if rest:
            die("{{ end }} stands alone")
        self.flush()
        if self.blocks:
            self.blocks.pop().end(self.h)
            self.depth -= 1
            self.emit("}")
            return
        if self.h.mode != "text":
            die(f"the page ends {self.h.where()}")
        if self.h.open:
            die(f"<{self.h.open[-1]}> is not closed")
        if not any(re.search(r"\bw\b", bare(c)) for c in self.body[self.mark:]):
            self.emit("(void)w;")
        self.body.append("}")
        self.h = None

    def open_block(self, word):
        self.h.branch(word)
        self.flush()
        self.blocks.append(Block(word, self.h))
        self.h.floor = len(self.h.open)

    def w_if(self, rest):
        cond = expr(rest, "the condition")
        self.open_block("if")
        self.emit(f"if ({cond}) {{", self.line)
        self.depth += 1

    def w_else(self, rest):
        if not self.blocks or self.blocks[-1].word != "if":
            die("else without if")
        if self.blocks[-1].last:
            die("else behind the last else")
        self.flush()
        self.blocks[-1].branch_end(self.h)
        self.depth -= 1
        if not rest:
            self.blocks[-1].last = True
            self.emit("} else {")
        elif rest.startswith("if "):
            cond = expr(rest[3:], "the condition")
            self.emit(f"}} else if ({cond}) {{", self.line)
        else:
            die("write {{ else }} or {{ else if condition }}")
        self.depth += 1

    def each(self, rest):
        m = re.fullmatch(r"((?:[A-Za-z_]\w* )+?\**)([A-Za-z_]\w*)"
                         r"(?: at ([A-Za-z_]\w*))? in (.+)",
                         re.sub(r" ?(\*+) ?", r" \1", rest, count=1)
                         if "*" in rest.split(" in ")[0] else rest)
        if not m:
            die("write {{ each const struct x *s in array, count }}")
        typ, var, index, over = m.groups()
        args = split_args(over)
        if len(args) == 1:
            args = [f"({args[0]}).v", f"({args[0]}).n"]
        if len(args) != 2:
            die("write {{ each const struct x *s in array, count }}")
        arr, n = expr(args[0], "the array"), expr(args[1], "the count")
        self.open_block("each")
        i = index or f"i{len(self.blocks)}_"
        self.emit(f"for (size_t {i} = 0; {i} < (size_t)({n}); {i}++) {{",
                  self.line)
        self.depth += 1
        self.emit(f"{typ}{var} = {'&' if '*' in typ else ''}({arr})[{i}];",
                  self.line)

    def call(self, rest):
        m = re.fullmatch(r"([a-z]\w*) ?\((.*)\)", rest)
        if not m or m[1].startswith("out_"):
            die("write {{ call page(values) }}")
        args = [expr(a) for a in split_args(m[2])]
        self.h.call()
        self.flush()
        self.emit(f"{m[1]}({', '.join(['w'] + args)});", self.line)

    def t(self, rest):
        m = re.fullmatch(r'"([^"]*)" ?(.*)', rest)
        if not m or not KEY.fullmatch(m[1]):
            die('write {{ t "key" }} or {{ t "key" a, b }}')
        args = [expr(a) for a in split_args(m[2])]
        if len(args) > 4:
            die("a text takes up to four values")
        put = self.h.value(self.behind)
        if put not in ("out_put", "out_put_attr"):
            die("a text may not go into a URL")
        self.flush()
        self.texts = True
        ident = "TEXT_" + re.sub(r"[.-]", "_", m[1])
        if not args:
            self.emit(f"out_text(w, text(w->lang, {ident}));", self.line)
            return
        self.text_with(ident, put, args)

    def text_with(self, ident, put, args):
        self.emit("{")
        self.depth += 1
        self.emit("size_t n_;")
        self.emit(f"const struct text_piece *p_ = text_pieces(w->lang, "
                  f"{ident}, &n_);", self.line)
        self.emit("for (size_t j_ = 0; j_ < n_; j_++) {")
        self.depth += 1
        self.emit("out_text(w, p_[j_].lit);")
        for i, a in enumerate(args, 1):
            self.emit(f"if (p_[j_].arg == {i})")
            self.emit(f"\t{put}(w, {a});", self.line)
        for _ in range(2):
            self.depth -= 1
            self.emit("}")

    def value(self, s):
        c = expr(s)
        put = self.h.value(self.behind)
        self.flush()
        self.emit(f"{put}(w, {c});", self.line)


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def lines_of(comp, path, start):
    """The {! !} parts and the prototypes, with #line; "start" lines stand
    before them in the file at "path"."""
    out = []
    for line, c in comp.head:
        out.append(f'#line {line} "{comp.src}"')
        out += c.split("\n")
        out.append(f'#line {start + len(out) + 2} "{os.path.basename(path)}"')
    out.append("")
    for line, proto in comp.pages:
        out += [f'#line {line} "{comp.src}"', f"{proto};"]
    return out


def made(comp, c_path, h_path):
    note = f"/* Made by tools/htmlc.py from {os.path.basename(comp.src)}. */"
    inc = ['#include "html/html.h"']
    c = [note]
    if h_path:
        guard = "MADE_" + re.sub(r"\W", "_", os.path.basename(h_path)).upper()
        h = [note, f"#ifndef {guard}", f"#define {guard}", ""] + inc
        h += lines_of(comp, h_path, len(h)) + ["", "#endif", ""]
        write(h_path, "\n".join(h))
        rel = os.path.relpath(h_path, os.path.dirname(c_path) or ".")
        c.append(f'#include "{rel}"')
    else:
        c += inc
        c += lines_of(comp, c_path, len(c))
    if comp.texts:
        c.append('#include "html/text.h"')
    write(c_path, "\n".join(c + comp.body) + "\n")


def read(path):
    with open(path, "rb") as f:
        data = f.read()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        sys.exit(f"{path}:{data[:e.start].count(10) + 1}: not UTF-8")
    text = text.replace("\r\n", "\n")
    m = re.search(r"[\0-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]", text)
    if m:
        line = text.count("\n", 0, m.start()) + 1
        sys.exit(f"{path}:{line}: control character U+{ord(m[0]):04X}")
    return text


def main(argv):
    if len(argv) == 5 and argv[3] == "--h":
        src, c_path, h_path = argv[1], argv[2], argv[4]
    elif len(argv) == 3:
        src, c_path, h_path = argv[1], argv[2], None
    else:
        sys.exit("usage: htmlc.py IN.tmpl OUT.c [--h OUT.h]")
    comp = Compiler(src)
    try:
        comp.compile(read(src))
    except Refused as e:
        sys.exit(f"{src}:{comp.line}: {e}")
    made(comp, c_path, h_path)


if __name__ == "__main__":
    main(sys.argv)
