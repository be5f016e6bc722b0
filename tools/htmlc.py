#!/usr/bin/env python3
"""Compile a .tmpl into typed C.  The language: docs/templates.md.

    htmlc.py IN.tmpl OUT.c [--h OUT.h]

Follows the HTML just closely enough to choose the escaping from the
place a value stands in, and refuses the places where no escaping is
safe.  What it knows of elements and attributes is in html_rules.py.
"""
import copy
import html as htmllib
import os
import re
import sys

import html_rules as rules

STRING = r'"(?:\\.|[^"\\\n])*"'
TOKEN = re.compile(r'(\{\{(?:' + STRING + r'|(?!\}\}|\{\{)[^"])*?\}\}|\{!.*?!\})', re.S)
BLOCKS = ("page", "if", "else", "each", "end")
NOT_OURS = rules.words("""endif endeach endfor fi elif elsif elseif for while
    foreach include block define render done default return goto break
    continue switch do macro set raw unsafe import extends""")
KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


class Refused(Exception):
    pass


def die(msg):
    raise Refused(msg)


def spaces(text):
    """Runs of white space become one space, or one newline."""
    return re.sub(r"\s+", lambda m: "\n" if "\n" in m[0] else " ", text)


def ampersands(chunk, ends):
    """Each & begins a known character name, or stands before a space (or
    at the end, if nothing can follow)."""
    for m in re.finditer(r"&(#[0-9]+;|#x[0-9a-fA-F]+;|\s|$)?(\w+;)?", chunk):
        if m[1] == "" and not ends or m[1] is None and \
                m[2] not in htmllib.entities.html5:
            die("write &amp; for a & that begins no character name")


class Html:
    """Where in the document the next byte goes."""

    def __init__(self):
        self.mode = "text"      # text, tag, value
        self.open = []          # elements not yet closed
        self.floor = 0          # those the current block may not close
        self.tag, self.attrs = "", {}
        self.attr, self.url = "", None
        self.fresh = False      # just behind <pre> or <textarea>
        self.out = ""           # static markup not yet taken
        self.line = 1

    # What must agree where branches meet.
    def key(self):
        return self.mode, tuple(self.open), self.tag, self.attr

    def where(self):
        if self.mode == "value":
            return f"in {self.attr}="
        if self.mode == "tag":
            return f"in the tag <{self.tag}>"
        return f"in <{self.open[-1]}>" if self.open else "outside of tags"

    def feed(self, text, line):
        pos = 0
        while pos < len(text):
            self.line = line + text.count("\n", 0, pos)
            pos = getattr(self, "in_" + self.mode)(text, pos)

    # ---- text ----
    def in_text(self, text, pos):
        lt = text.find("<", pos)
        if lt != pos:
            self.words(text[pos:lt] if lt > 0 else text[pos:])
            return lt if lt > 0 else len(text)
        if text.startswith("<!--", pos):
            end = text.find("-->", pos + 4)
            if end < 0:
                die("a comment may not hold {{ }}, and ends with -->")
            return end + 3
        m = re.compile(r"<!doctype html>", re.I).match(text, pos)
        if m:
            self.out += "<!doctype html>"
            return m.end()
        m = re.compile(r"</([A-Za-z][^\s>/]*)\s*>").match(text, pos)
        if m:
            self.close(m[1])
            return m.end()
        m = re.compile(r"<([A-Za-z][^\s>/\"'=<]*)(?=[\s>/]|$)").match(text, pos)
        if not m:
            die("write &lt; for a < that begins no tag")
        self.start(m[1])
        return m.end()

    def words(self, chunk):
        up = self.open[-1] if self.open else ""
        if chunk.strip():
            self.may_hold_words(up)
        ampersands(chunk, False)
        if not any(e in rules.KEEP_SPACE for e in self.open):
            chunk = spaces(chunk)
            if chunk[:1].isspace() and self.out[-1:].isspace():
                chunk = chunk[1:]
        elif self.fresh and chunk.startswith("\n"):
            chunk = chunk[1:]   # <pre> drops it; one is written already
        self.fresh = False
        self.out += chunk

    def may_hold_words(self, up):
        if up == "script":
            die("a <script> is empty: scripts belong in web/*.js")
        if up in rules.ONLY:
            die(f"<{up}> may not hold words directly")
        if up in rules.SVG and up not in ("text", "tspan", "title", "desc"):
            die(f"<{up}> may not hold words")

    def start(self, tag):
        bad = rules.element(tag, self.open)
        if bad:
            die(bad)
        self.fresh = False
        self.mode, self.tag, self.attrs = "tag", tag, {}
        self.out += "<" + tag

    def close(self, tag):
        if tag in rules.VOID:
            die(f"</{tag}>: <{tag}> has no end tag")
        if not self.open:
            die(f"</{tag}> closes nothing")
        if self.open[-1] != tag:
            die(f"</{tag}> closes <{self.open[-1]}>")
        if len(self.open) <= self.floor:
            die(f"</{tag}> closes an element from outside of this block")
        self.open.pop()
        self.fresh = False
        self.out += f"</{tag}>"

    # ---- inside a tag ----
    def in_tag(self, text, pos):
        m = re.compile(r"\s+").match(text, pos)
        if m:
            return m.end()
        m = re.compile(r"/?>").match(text, pos)
        if m:
            self.tag_end(m[0] == "/>")
            return m.end()
        m = re.compile(r"([^\s\"'<>/={}]+)(\s*=\s*)?").match(text, pos)
        if not m:
            die(f"{text[pos]!r} may not stand here, {self.where()}")
        self.attribute(m[1])
        if not m[2]:
            if m[1] not in rules.BARE and not m[1].startswith("data-"):
                die(f"{m[1]} needs a value")
            self.out += f" {m[1]}"
            return m.end()
        if text[m.end():m.end() + 1] != '"':
            die(f'{m[1]}=: write the value in double quotes')
        self.out += f' {m[1]}="'
        self.mode, self.attr = "value", m[1]
        self.url = {("start", "")} if m[1] in rules.URL else None
        return m.end() + 1

    def attribute(self, name):
        bad = rules.attribute(name, self.tag, self.open)
        if bad:
            die(bad)
        if name in self.attrs:
            die(f"{name}= is there twice")
        self.attrs[name] = rules.Attr("")

    def tag_end(self, slash):
        tag, svg = self.tag, "svg" in self.open or self.tag == "svg"
        bad = rules.tag_done(tag, self.attrs, self.open)
        if bad:
            die(bad)
        self.mode, self.tag, self.attrs = "text", "", {}
        if tag in rules.VOID:
            self.out += ">"
        elif slash and not svg:
            die(f"<{tag}/> does not close: write </{tag}>")
        elif slash:
            self.out += "/>"
        else:
            self.out += ">"
            self.open.append(tag)
            if tag in rules.KEEP_SPACE:
                self.out += "\n"    # a parser drops the first newline
                self.fresh = True

    def in_value(self, text, pos):
        end = text.find('"', pos)
        chunk = text[pos:end] if end >= 0 else text[pos:]
        if self.url is not None:
            self.url_words(chunk)
        else:
            if self.attr != "value":
                chunk = re.sub(r"\s*\n\s*", " ", chunk)
            ampersands(chunk, end >= 0)
            self.out += chunk
        attr = self.attrs[self.attr]
        if attr.lit is not None:
            attr.lit += htmllib.unescape(chunk)
        if end < 0:
            return len(text)
        bad = self.url is not None and rules.url_done(self.url)
        if bad:
            die(f"{self.attr}=: {bad}")
        self.out += '"'
        self.mode, self.attr, self.url = "tag", "", None
        return end + 1

    def url_words(self, chunk):
        chunk = chunk.replace("&amp;", "&")
        if "&" in chunk and re.search(r"&#|&\w+;", chunk):
            die(f"{self.attr}=: write the character itself, %-encoded")
        url = rules.url_feed(self.url, chunk)
        if isinstance(url, str):
            die(f"{self.attr}=: {url}")
        self.url = url
        self.out += chunk.replace("&", "&amp;")

    # ---- a value comes: which function writes it? ----
    def value(self):
        self.fresh = False
        if self.mode == "tag":
            die(f"no value may go here, {self.where()}; a conditional "
                "attribute is {{ if x }} name{{ end }}")
        if self.mode == "text":
            up = self.open[-1] if self.open else ""
            self.may_hold_words(up)
            return "out_put_attr" if up in rules.PLAIN or up in rules.SVG \
                else "out_put"
        attr = self.attrs[self.attr]
        self.literal_only()
        if self.attr in rules.BOOL:
            die(f"{self.attr}= is there or not: "
                "write {{ if x }} " + self.attr + "{{ end }}")
        attr.lit = None
        if self.url is None:
            return "out_put_attr"
        put = rules.url_value(self.url)
        if isinstance(put, str):
            die(f"{self.attr}=: {put}")
        attr.whole = attr.whole or put[0] == "out_put_url"
        self.url = put[1]
        return put[0]

    def literal_only(self):
        if self.attr in rules.LITERAL or (self.attr == "type" and
                                          self.tag != "input"):
            die(f"no value may go into {self.attr}= of <{self.tag}>")

    def call(self):
        self.fresh = False
        up = self.open[-1] if self.open else ""
        if self.mode != "text" or up in rules.PLAIN or up == "script" or \
                up in rules.SVG:
            die(f"a page may not be called {self.where()}")

    def branch(self, word):
        """A block word stands here."""
        self.fresh = False
        if self.mode == "value":
            self.literal_only()
            self.attrs[self.attr].lit = None
        if self.mode == "tag" and word == "each":
            die(f"each may not stand {self.where()}")
        if self.mode == "text" and self.open[-1:] == ["script"]:
            die("a <script> is empty: scripts belong in web/*.js")


def join_attrs(ways):
    """The attributes of a tag where branches meet."""
    joined = {}
    for name in {n for w in ways for n in w}:
        some = [w[name] for w in ways if name in w]
        lit = some[0].lit if all(a.lit == some[0].lit for a in some) else None
        joined[name] = rules.Attr(lit)
        joined[name].whole = any(a.whole for a in some)
        joined[name].maybe = len(some) < len(ways) or any(
            a.maybe for a in some)
    return joined


class Block:
    """An if or each being read: what was there when it began, and the
    ends of its branches."""

    def __init__(self, word, h):
        self.word, self.line, self.key = word, h.line, h.key()
        self.attrs, self.url = copy.deepcopy(h.attrs), h.url
        self.floor, self.ends, self.last = h.floor, [], False

    def branch_end(self, h):
        if h.key() != self.key:
            die(f"this branch of the {self.word} of line {self.line} ends in "
                "another place of the HTML than it began")
        self.ends.append((h.attrs, h.url))
        h.attrs, h.url = copy.deepcopy(self.attrs), self.url

    def end(self, h):
        self.branch_end(h)
        if self.word == "each" and self.ends[0][1] != self.url:
            die("an each may not stand in the first part of a URL")
        if not self.last:
            self.ends.append((self.attrs, self.url))    # none taken
        h.attrs = join_attrs([a for a, u in self.ends])
        if h.url is not None:
            h.url = set().union(*(u for a, u in self.ends))
        h.floor = self.floor


# ---- C ----

def bare(c):
    """C without what its strings say."""
    return re.sub(STRING + r"|'(?:\\.|[^'\\\n])+'", '""', c)


def expr(c, what="value"):
    """A C expression, and nothing but one."""
    c = " ".join(c.split())
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
                self.word(" ".join(tok[2:-2].split()))
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
            tok = re.sub(r"^[ \t]*\n", "", tok)
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
        if len(self.body) == self.mark:
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
        m = re.fullmatch(r"((?:[A-Za-z_]\w* )+\**)([A-Za-z_]\w*)"
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
        put = self.h.value()
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
        put = self.h.value()
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
