"""The style sheet against its promises: tokens readable in sunlight (WCAG
2.2, 1.4.3 and 1.4.6), small, nothing from elsewhere, and no class in a
page that it does not know."""
import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from tap import done, ok                                    # noqa: E402


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


CSS = read("web/laris.css")
TOKEN = re.compile(r"--([a-z0-9]+):(#[0-9A-Fa-f]{3,6})\b")


def tokens():
    light = dict(TOKEN.findall(CSS[:CSS.index("@media")]))
    dark = CSS[CSS.index("prefers-color-scheme:dark"):]
    return light, {**light, **dict(TOKEN.findall(dark[:dark.index("}}")]))}


def luminance(colour):
    h = colour[1:]
    if len(h) == 3:
        h = "".join(c * 2 for c in h)
    lin = []
    for i in (0, 2, 4):
        c = int(h[i:i + 2], 16) / 255
        lin.append(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]


def contrast(a, b):
    hi, lo = sorted((luminance(a), luminance(b)), reverse=True)
    return (hi + 0.05) / (lo + 0.05)


# text on ground, at least
PAIRS = [(t, g, 7) for t in ("ink", "quiet", "soga", "nila", "bata")
         for g in ("paper", "card")]
PAIRS += [("ink", g, 7) for g in ("wash", "good", "warm", "sore")]
PAIRS += [("nila", g, 7) for g in ("wash", "sore")]
PAIRS += [("on", "nila", 7), ("daun", "card", 7), ("daun", "good", 7),
          ("soga", "warm", 7), ("bata", "sore", 4.5),
          ("edge", "paper", 3), ("edge", "card", 3)]


def test_contrast():
    ok(abs(contrast("#000", "#FFFFFF") - 21) < 1e-9, "black on white is 21:1")
    for name, t in zip(("light", "dark"), tokens()):
        weak = [f"{a} on {b}: {contrast(t[a], t[b]):.2f} < {least}"
                for a, b, least in PAIRS if contrast(t[a], t[b]) < least]
        ok(not weak, f"{name}: {len(PAIRS)} pairs of tokens", "\n".join(weak))
    light, dark = tokens()
    ok(set(light) == {k for k, _ in TOKEN.findall(CSS)},
       "dark names only tokens that light has")


def test_sheet():
    size = len(CSS.encode())
    ok(size <= 14 * 1024, f"{size} bytes, 14 KiB at most")
    ok("@import" not in CSS and "http" not in CSS and "data:" not in CSS,
       "nothing from elsewhere (the policy is default-src 'self')")
    body = CSS[CSS.index("*{box-sizing"):]
    body = body[:body.index("@media print")]
    loose = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", body)) - STAGE
    ok(not loose, "colours outside the tokens only on the stage", "\n".join(loose))
    used = set(re.findall(r"var\(--([a-z0-9]+)\)", CSS))
    made = set(re.findall(r"--([a-z0-9]+):", CSS))
    ok(used == made, "each token is made and used", str(used ^ made))


# thirty metres away there is no choice of scheme; a QR code is on white
STAGE = {"#16263F", "#fff", "#D5E0F1", "#FFE3A3"}


def classes_of(tmpl):
    """Class names written out in a template (values are left out)."""
    for attr in re.findall(r'\bclass="((?:[^"{]|\{\{.*?\}\})*)"', tmpl):
        yield from re.sub(r"\{\{.*?\}\}", " ", attr).split()


# A page that loads a style sheet of its own may use that one's classes.
OWN_CSS = {"src/mod/draw/stage.tmpl": "web/stage.css"}


def classes_in(css):
    return set(re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"url\([^)]*\)", "", css)))


def test_city():
    """A city's own colours are judged on the grounds they will stand on."""
    src = read("src/core/look.c")
    light, dark = tokens()
    names = [("brand_light", light, "on paper card wash good warm sore"),
             ("brand_dark", dark, "on paper card wash good warm sore"),
             ("accent_light", light, "paper card"), ("accent_dark", dark, "paper card")]
    for name, t, grounds in names:
        body = re.search(name + r"\[\] = \{(.*?)\}", src, re.S).group(1)
        got = [int(c, 16) for c in re.findall(r"0x([0-9A-F]{6})", body)]
        want = [luminance(t[g]) for g in grounds.split()]
        ok([luminance(f"#{c:06x}") for c in got] == want, f"{name}: the tokens {grounds}", got)


def test_classes():
    for path in sorted(glob.glob(os.path.join(ROOT, "src/**/*.tmpl"), recursive=True)):
        rel = os.path.relpath(path, ROOT)
        known = classes_in(CSS + (read(OWN_CSS[rel]) if rel in OWN_CSS else ""))
        odd = sorted(set(classes_of(read(rel))) - known)
        ok(not odd, f"{rel}: every class is in laris.css", " ".join(odd))


test_contrast()
test_sheet()
test_city()
test_classes()
sys.exit(done())
