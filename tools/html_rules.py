"""What htmlc.py knows of HTML: elements, attributes, who may stand in whom.

Everything not listed here is refused, so a slip of the finger is found
when building.  From the HTML Living Standard (html.spec.whatwg.org).
"""
import re


def words(s):
    return frozenset(s.split())


VOID = words("area br col hr img input link meta source track wbr")
SVG = words("""svg g path circle rect line polyline polygon ellipse text
    tspan title desc defs use symbol""")
# May not hold blocks, only words and small parts.
PHRASING = words("""p h1 h2 h3 h4 h5 h6 span b i em strong small s u q cite
    code kbd samp var sub sup mark abbr time data dfn bdi bdo label button
    output progress meter legend summary dt pre""")
BLOCK = words("""address article aside blockquote details dialog dd div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr
    li main menu nav ol p pre search section table ul tr td th thead tbody
    tfoot caption summary body html head""")
ELEMENTS = VOID | SVG | PHRASING | BLOCK | words("""html head title body
    script a textarea select option optgroup datalist colgroup picture audio
    video canvas noscript ins del map""")
REFUSED = {
    "style": "styles belong in web/*.css",
    "base": "it would bend every link of the page",
    "iframe": "the page may not hold another page",
    "frame": "the page may not hold another page",
    "frameset": "the page may not hold another page",
    "object": "the page may not hold foreign content",
    "embed": "the page may not hold foreign content",
    "applet": "the page may not hold foreign content",
    "portal": "the page may not hold another page",
}

IN = {                          # these stand only directly in those
    "li": "ul ol menu", "tr": "table thead tbody tfoot", "td": "tr",
    "th": "tr", "thead": "table", "tbody": "table", "tfoot": "table",
    "caption": "table", "colgroup": "table", "col": "colgroup",
    "option": "select optgroup datalist", "optgroup": "select",
    "dt": "dl div", "dd": "dl div", "legend": "fieldset",
    "summary": "details", "figcaption": "figure",
    "source": "picture video audio", "track": "video audio",
    "head": "html", "body": "html",
}
IN = {k: words(v) for k, v in IN.items()}
ONLY = {                        # these hold nothing but those, and no words
    "table": "caption colgroup thead tbody tfoot tr", "thead": "tr",
    "tbody": "tr", "tfoot": "tr", "tr": "td th", "colgroup": "col",
    "ul": "li", "ol": "li", "menu": "li", "dl": "dt dd div",
    "select": "option optgroup", "optgroup": "option",
    "picture": "source img", "html": "head body",
    "head": "title meta link script noscript",
}
ONLY = {k: words(v) for k, v in ONLY.items()}
PLAIN = words("title textarea option")      # words only, no elements
ACTIVE = words("a button input select textarea label details form")
KEEP_SPACE = words("pre textarea")

GLOBAL = words("""id class lang dir title hidden role tabindex accesskey
    translate inert spellcheck autocapitalize autofocus enterkeyhint inputmode
    itemscope itemprop itemtype popover""")
ATTRS = GLOBAL | words("""name value type for form method enctype placeholder
    required disabled checked selected readonly multiple min max step
    minlength maxlength pattern size rows cols wrap autocomplete list accept
    capture alt width height loading decoding fetchpriority rel target
    hreflang media crossorigin integrity async defer nomodule charset content
    property colspan rowspan scope headers span start reversed datetime open
    download href src action poster cite controls muted loop playsinline
    preload novalidate label kind srclang low high optimum sizes as color
    accept-charset popovertarget""")
SVG_ATTRS = words("""xmlns viewBox preserveAspectRatio d fill stroke
    stroke-width stroke-linecap stroke-linejoin stroke-dasharray
    stroke-dashoffset fill-rule opacity fill-opacity stroke-opacity transform
    x y x1 y1 x2 y2 cx cy r rx ry dx dy points text-anchor font-size
    font-weight dominant-baseline focusable pathLength""")
ARIA = words("""activedescendant atomic autocomplete busy checked colcount
    colindex colspan controls current describedby description details disabled
    errormessage expanded flowto haspopup hidden invalid keyshortcuts label
    labelledby level live modal multiline multiselectable orientation owns
    placeholder posinset pressed readonly relevant required roledescription
    rowcount rowindex rowspan selected setsize sort valuemax valuemin valuenow
    valuetext""")
ON = {                          # these belong to those elements only
    "href": "a area link use", "src": "img script source track video audio",
    "action": "form", "method": "form", "enctype": "form", "novalidate": "form",
    "cite": "q blockquote ins del", "poster": "video", "checked": "input",
    "selected": "option", "for": "label output", "scope": "th",
    "colspan": "td th", "rowspan": "td th", "headers": "td th",
    "maxlength": "input textarea", "minlength": "input textarea",
    "placeholder": "input textarea", "readonly": "input textarea",
    "required": "input select textarea", "pattern": "input",
    "multiple": "input select", "accept": "input", "capture": "input",
    "disabled": "button fieldset input optgroup option select textarea",
    "value": "button data input li meter option progress", "alt": "img area",
    "type": "a button input link ol script source",
    "datetime": "time ins del", "open": "details dialog",
    "target": "a area form", "download": "a area", "rel": "a area form link",
    "charset": "meta", "content": "meta", "property": "meta", "start": "ol",
    "reversed": "ol", "rows": "textarea", "cols": "textarea",
    "defer": "script", "async": "script", "list": "input", "step": "input",
}
ON = {k: words(v) for k, v in ON.items()}
URL = words("href src action poster cite")
BOOL = words("""required disabled checked selected readonly multiple hidden
    inert autofocus itemscope async defer nomodule reversed open controls
    muted loop playsinline novalidate""")
BARE = BOOL | words("download capture popover")
# What these say changes how the rest is understood: no value goes in.
LITERAL = words("""rel target method enctype charset integrity crossorigin
    xmlns accept-charset fill stroke media as itemtype property""")
ATTR_REFUSED = {
    "style": "styles belong in web/*.css: give it a class",
    "srcdoc": "the page may not hold another page",
    "http-equiv": "headers are set by the reply",
    "srcset": "use src with width and height",
    "ping": "nobody is followed here",
    "formaction": "give the button a name and a value",
    "xlink:href": "use href",
    "background": "styles belong in web/*.css",
}

LOCAL = "begins with /, ? or #, or is https://, mailto: or tel:"


def element(tag, stack):
    """Why <tag> may not stand inside the open elements, or None."""
    if tag in REFUSED:
        return f"<{tag}> is refused: {REFUSED[tag]}"
    if tag != tag.lower():
        return f"<{tag}>: write elements in lower case"
    if tag not in ELEMENTS:
        return f"<{tag}>: no such element"
    if not stack:
        return None
    up = stack[-1]
    if tag in SVG - {"title", "text"} and tag != "svg" and "svg" not in stack:
        return f"<{tag}> stands only inside <svg>"
    if "svg" in stack:
        return None if tag in SVG else f"<{tag}> may not stand inside <svg>"
    if up in PLAIN or up == "script":
        return f"<{up}> holds words only, not <{tag}>"
    if up in ONLY and tag not in ONLY[up]:
        return f"<{up}> may not hold <{tag}> directly"
    if tag in IN and up not in IN[tag]:
        return f"<{tag}> stands only in {' '.join(sorted(IN[tag]))}"
    return nesting(tag, stack)


def nesting(tag, stack):
    if tag in BLOCK:
        # A block would silently close a <p>; in the others it is wrong.
        for up in reversed(stack):
            if up in PHRASING:
                return f"<{tag}> may not stand inside <{up}>"
            if up in ("td", "th", "li", "dd", "div", "details"):
                break
    if tag in ACTIVE:
        for up in ("a", "button"):
            if up in stack:
                return f"<{tag}> may not stand inside <{up}>"
        if tag in ("label", "form") and tag in stack:
            return f"<{tag}> may not stand inside <{tag}>"
    return None


def attribute(name, tag, stack):
    """Why this attribute is refused, or None."""
    if name.lower() in ATTR_REFUSED:
        return f"{name}= is refused: {ATTR_REFUSED[name.lower()]}"
    if name.lower().startswith("on"):
        return f"{name}= is refused: scripts belong in web/*.js"
    if re.fullmatch(r"data-[a-z0-9-]*[a-z0-9]", name):
        return None
    if name.startswith("aria-") and name[5:] in ARIA:
        return None
    if name in ON and tag not in ON[name]:
        return f"{name}= does not belong to <{tag}>"
    svg = tag in SVG and (tag == "svg" or "svg" in stack)
    if name in ATTRS or svg and name in SVG_ATTRS:
        return None
    return f"{name}=: no such attribute"


class Attr:
    """An attribute of the tag being read.  lit: its words, None when a
    value is in them; whole: a value may be the whole of the URL; maybe:
    not always there."""
    def __init__(self, lit):
        self.lit, self.whole, self.maybe = lit, False, False

    def has(self, word):
        return self.lit is None or word in self.lit.lower().split()


def tag_done(tag, attrs, stack):
    """What is wrong with the finished start tag, or None.  stack: the
    elements around it."""
    always = {n: a for n, a in attrs.items() if not a.maybe}
    check = CHECKS.get(tag)
    return check(always, attrs, stack) if check else None


def check_script(always, attrs, stack):
    if "src" not in always:
        return "<script> needs src=: scripts belong in web/*.js"
    if attrs["src"].whole:
        return "<script src=> begins with /: no value decides the whole of it"
    return None


def check_a(always, attrs, stack):
    target = attrs.get("target")
    rel = always.get("rel")
    if target and target.has("_blank") and not (
            rel and rel.lit and rel.has("noopener")):
        return 'target="_blank" needs rel="noopener"'
    return None


def check_img(always, attrs, stack):
    return None if "alt" in always else "<img> needs alt="


def check_input(always, attrs, stack):
    kind = attrs.get("type")
    if kind and not kind.maybe and kind.lit in ("hidden", "submit", "reset",
            "button"):
        return None
    if kind and kind.lit == "image":
        return '<input type="image"> is refused: use <button>'
    return named("input", always, stack)


def named(tag, always, stack):
    if "label" in stack or always.keys() & {"id", "aria-label",
            "aria-labelledby"}:
        return None
    return f"<{tag}> needs a name: put it in a <label>, or give it an id " \
        "(for <label for>) or aria-label"


def check_button(always, attrs, stack):
    kind = always.get("type")
    if not kind or kind.lit not in ("submit", "button", "reset"):
        return '<button> needs type="submit" or type="button"'
    return None


def check_form(always, attrs, stack):
    method = attrs.get("method")
    if method and method.lit not in ("get", "post", "dialog"):
        return 'method is "get" or "post"'
    if method and method.lit == "post" and "action" not in always:
        return '<form method="post"> needs action='
    return None


def check_link(always, attrs, stack):
    rel = always.get("rel")
    if not rel or not rel.lit:
        return "<link> needs rel="
    href = attrs.get("href")
    if href and href.whole and any(rel.has(r) for r in ("stylesheet",
            "preload", "modulepreload", "manifest", "icon")):
        return "<link href=> begins with /: no value decides the whole of it"
    return None


def check_svg(always, attrs, stack):
    if always.keys() & {"aria-hidden", "aria-label", "aria-labelledby"}:
        return None
    return '<svg> needs aria-hidden="true", or role="img" and aria-label='


CHECKS = {
    "script": check_script, "a": check_a, "area": check_img,
    "img": check_img, "input": check_input, "button": check_button,
    "select": lambda a, m, s: named("select", a, s),
    "textarea": lambda a, m, s: named("textarea", a, s),
    "form": check_form, "link": check_link, "svg": check_svg,
    "html": lambda a, m, s: None if "lang" in a else "<html> needs lang=",
    "use": lambda a, m, s: "<use href=> begins with # or /"
    if "href" in m and m["href"].whole else None,
}


# ---- URLs ----
# A URL being written is a set of places it may be at, one for each way
# through the branches: ("start", so far) until the scheme is known,
# ("root", "") behind the first slash, ("path", piece since the last slash),
# ("tail", "") behind ? or #, ("plain", "") in mailto: and tel:, ("whole",
# "") behind a whole value, ("base", "") behind one that a / follows.

HOST = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?/")


def url_step(state, c):
    """The next place, or a str of what is wrong."""
    kind, seen = state
    if ord(c) <= 32 or c in "\\<>\"'`{}|^\x7f":
        return f"{c!r} may not stand in a URL"
    if kind == "tail":
        return state
    if c == "&":
        return "& in a URL stands only behind a ?"
    if kind == "start":
        return url_start(seen + c)
    if kind == "base":
        return ("root", "")
    if c in "?#":
        return ("tail", "")
    if kind == "whole":
        return "behind a whole URL only ?… or #… may follow"
    if kind == "path":
        return ("path", "" if c == "/" else (seen + c)[:3])
    return state


def url_start(seen):
    if seen in ("?", "#"):
        return ("tail", "")
    if seen == "/" or HOST.fullmatch(seen):
        return ("path", "") if seen != "/" else ("root", "")
    if seen in ("mailto:", "tel:"):
        return ("plain", "")
    known = ("http://", "https://", "mailto:", "tel:")
    if any(k.startswith(seen) for k in known) or re.fullmatch(
            r"https?://[a-z0-9.-]*(:[0-9]*)?", seen):
        return ("start", seen)
    return f"a URL {LOCAL}"


def url_feed(states, text):
    for c in text:
        after = set()
        for s in states:
            if s[0] == "root":      # just behind the first slash
                if c == "/":
                    return "a URL may not begin with //"
                s = ("path", "")
            s = url_step(s, c)
            if isinstance(s, str):
                return s
            after.add(s)
        states = after
    return states


def url_value(states, behind):
    """(function, places) for a value put here, with "behind" the next
    character; or a str."""
    kinds = {k for k, seen in states}
    if states == {("start", "")} and behind == "/":
        return "out_put_base", {("base", "")}
    if states == {("start", "")}:
        return "out_put_url", {("whole", "")}
    if "start" in kinds:
        return "a value may not be glued into the beginning of a URL"
    if "whole" in kinds:
        return "a value may not be glued behind a whole URL"
    if kinds <= {"path", "root"}:
        pieces = {seen for k, seen in states}
        if pieces == {""}:
            return "out_put_segment", {("path", "x")}
        if pieces & {"", ".", ".."}:
            return "a value may not be glued to this piece of a path"
        return "out_put_query", {("path", "x")}
    if len(kinds) > 1:
        return "the branches before leave open where in the URL this is"
    return "out_put_query", states


def url_done(states):
    if any(k == "start" and not HOST.fullmatch(seen + "/")
           for k, seen in states):
        return f"a URL {LOCAL}"
    return None
