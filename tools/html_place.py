"""Where in the HTML document the next byte goes, and what may go there.

Html reads the static parts of a page; Block is an if or each, whose
branches must all end in the same place.  Used by htmlc.py.
"""
import copy
import html as htmllib
import re

import html_rules as rules


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
    def value(self, behind=""):
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
        put = rules.url_value(self.url, behind)
        if isinstance(put, str):
            die(f"{self.attr}=: {put}")
        attr.whole = attr.whole or put[0] in ("out_put_url",
                                                   "out_put_base")
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
