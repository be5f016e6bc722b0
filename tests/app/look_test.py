"""Two cities on one server: one sets its colours and emblem, the other keeps the
look of the house; what cannot be read or is no picture leaves nothing; all
comes along when a city moves, and goes by one button."""
import os
import re
import struct
import sys
import zlib

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

LOOK = re.compile(r'(/surakarta/look/[0-9a-f]{10}\.(?:css|png))"')


def chunk(name, data):
    return (struct.pack(">I", len(data)) + name + data +
            struct.pack(">I", zlib.crc32(name + data)))


def png(w, h, more=b""):
    """Red and white, with a word beside the pixels."""
    rows = b"".join(b"\0" + (b"\xff\0\0\xff" if y < h // 2 else b"\xff" * 4) * w
                    for y in range(h))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 6, 0, 0, 0)) +
            chunk(b"tEXt", b"Author\0Sri Wahyuni") + more +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def colours(me):
    a = me.form("/admin/look", {"brand": "#ffcc00", "accent": "#E0B020"})
    near = re.search(r"Pakai (#[0-9a-f]{6}) dan (#[0-9a-f]{6})", a.text)
    ok(a.status == 422 and near and 'value="#ffcc00"' in a.text and 'value="#e0b020"' in a.text,
       "too light: refused, what was chosen still stands there", (a.status, a.text[:900]))
    ok("kontrasnya 1,2" in a.text and "4,50 : 1" in a.text and "3,00 : 1" in a.text
       and near.group(1) in a.text and near.group(2) in a.text,
       "both at once, with the ratio reached, the one needed and the nearest shade",
       re.findall(r'class="error"[^<]*<?', a.text))
    a = me.form("/admin/look", {"brand": "merah", "accent": "#007a33"})
    ok(a.status == 422 and 'value="merah"' in a.text and 'type="text" class="short" value="merah"'
       in a.text, "no colour at all: what was typed is shown as text", a.status)
    ok("/look/" not in me.get("/surakarta").text, "nothing was stored")
    a = me.form("/admin/look", {"brand": "#ffcc00", "accent": "#E0B020", "nearest": "1"})
    ok(a.status == 303, "the nearest shades are one button away", a.status)
    page = me.get("/admin/look").text
    ok(near.group(1) in page and near.group(2) in page, "and are what is set", near.groups())
    a = me.form("/admin/look", {"brand": "#8A0F1B", "accent": "007a33"})
    ok(a.status == 303, "a dark red and a green are taken", a.status)


def emblem(me):
    def send(content, alt="Keris dan padi", name="lambang.png"):
        return me.upload("/admin/look/emblem", {"alt": alt}, ("emblem", name, content))

    def says():
        page = me.get("/admin/look").text
        field = re.search(r'<input[^>]*name="emblem"[^>]*>', page).group(0)
        return " required" in field, "Kosongkan kalau gambarnya tetap" in page, page.count("boleh kosong")

    ok(says() == (True, False, 1), "the first picture is needed, and said to be", says())
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    good = png(200, 100)
    for what, content, status, word in [
            ("an SVG called .png", svg, 422, "bukan PNG"),
            ("a picture cut off", good[:-40], 422, "rusak atau terpotong"),
            ("100 KB", good + b"\0" * 100000, 422, "paling besar 64 KB"),
            ("20,000 pixels wide", png(20000, 1), 422, "20000 x 1 titik"),
            ("10 MB", b"\x89PNG\r\n\x1a\n" + b"\0" * (10 << 20), 413, "lebih besar dari 1 MB"),
            ("no file", b"", 422, "")]:
        a = send(content)
        ok(a.status == status and word in a.text, f"{what}: {status}, \"{word}\"",
           (a.status, re.findall(r'class="error"[^<]*<', a.text), a.text[:300]))
        ok(status == 413 or 'value="Keris dan padi"' in a.text, f"{what}: its words are not lost")
    ok(".png" not in "".join(LOOK.findall(me.get("/surakarta").text)), "none of these is shown")
    ok(send(good).status == 303, "a picture is taken")
    ok(says() == (False, True, 2), "now the field may be empty, and says what that means", says())
    return good


def worn(site, sent):
    shopper = site.asker()
    page = shopper.get("/surakarta")
    urls = LOOK.findall(page.text)
    css, pic = (shopper.get(u) for u in (urls + ["/", "/"])[:2])
    ok(len(urls) == 2 and 'alt="Keris dan padi"' in page.text and 'content="#8a0f1b"' in page.text,
       "every page of the city wears both", urls)
    ok("--nila:#8a0f1b" in css.text and css.head["content-type"].startswith("text/css")
       and "immutable" in css.head["cache-control"], "the sheet is kept for ever", css.head)
    ok(pic.body.startswith(b"\x89PNG") and pic.head["content-type"] == "image/png"
       and "immutable" in pic.head["cache-control"] and len(pic.body) <= 10240
       and pic.head["x-content-type-options"] == "nosniff", "and so is the picture", pic.head)
    ok(b"Sri Wahyuni" in sent and b"Sri Wahyuni" not in pic.body, "with its pixels and no more")
    ok("default-src 'self'" in page.head["content-security-policy"]
       and "style=" not in page.text, "under the policy of every page")
    ok(len(page.body) + len(css.body) + len(pic.body) < 30 * 1024, "within 30 KB",
       (len(page.body), len(css.body), len(pic.body)))
    old = shopper.get(urls[0].replace(urls[0][-9:], "00000.css"))
    ok(old.status == 303 and old.head["location"] == urls[0], "an old name leads to the new",
       (old.status, old.head))
    ok(shopper.get(urls[1].replace("surakarta", "kediri")).status == 404
       and shopper.get("/surakarta/look/x.svg").status == 404, "only in the city itself")
    for path in ("/kediri", "/", "/kediri/nothing-here"):
        ok("/look/" not in shopper.get(path).text, f"{path} keeps the look of the house")
    return urls


def who(site):
    for name, city in (("petugas", "surakarta"), ("pedagang", "surakarta"),
                       ("pengawas", "surakarta")):
        other = site.asker(name).sign_in(city, name)
        ok(other.form("/admin/look", {"brand": "#000", "accent": "#000"}).status == 403
           and other.form("/admin/look/reset", {}).status == 403, f"{name} may not")
    mine = site.asker("ketua").sign_in("kediri", "ketua", "kata-sandi-9")
    a = mine.form("/admin/look", {"brand": "#004d40", "accent": "#8a0f1b"})
    shopper = site.asker()
    ok(a.status == 303 and "/kediri/look/" in shopper.get("/kediri").text
       and "#8a0f1b" in shopper.get("/surakarta").text,
       "another city's organiser changes that city alone", a.status)


def papers(site, me):
    board = me.get("/surakarta/sgs-2021/report.pdf")
    ok(board.status == 200 and b"/Subtype /Image" in board.body, "the fact sheet has the emblem",
       (board.status, len(board.body)))


def main():
    with Site() as site:
        site.run("demo", "--scale", "tiny")
        site.run("city", "add", "35.71")
        site.run("person", "add", "kediri", "ketua", "--role", "organiser", given="kata-sandi-9\n")
        site.serve()
        me = site.asker().sign_in("surakarta", "panitia")
        shopper = site.asker()
        ok("/look/" not in shopper.get("/surakarta").text, "at first: the look of the house")
        plain = me.get("/surakarta/sgs-2021/report.pdf").body
        ok(b"/Subtype /Image" not in plain, "no emblem on paper either")
        ok(me.get("/admin/look").status == 200, "the page is there")
        colours(me)
        sent = emblem(me)
        urls = worn(site, sent)
        who(site)
        papers(site, me)
        a = me.form("/admin/look/emblem", {"alt": ""})
        ok(a.status == 303 and 'alt="Lambang Kota Surakarta"' in shopper.get("/surakarta").text
           and 'alt="Emblem of Kota Surakarta"' in shopper.get("/surakarta?lang=en").text,
           "without words of its own it is named after the city", a.status)
        said = me.get("/admin/audit").text
        ok("Warna kota diubah" in said and "Lambang kota diubah" in said and "#8a0f1b" in said,
           "the record of changes says it")
        file = os.path.join(site.dir, "kota.laris")
        site.run("city", "export", "surakarta", file)
        with Site() as there:
            there.run("init")
            there.run("city", "import", file)
            there.serve()
            moved = there.asker().get("/surakarta").text
            ok(LOOK.findall(moved) == urls, "a city that moves takes its look along",
               LOOK.findall(moved))
        a = me.form("/admin/look/reset", {})
        ok(a.status == 303 and "/look/" not in shopper.get("/surakarta").text,
           "one button: the look of the house again", a.status)
        ok(shopper.get(urls[1]).status == 404 and "/look/" in shopper.get("/kediri").text,
           "and nothing is left of it; the other city keeps its own")
        ok(" broken" not in site.run("check"), "laris check is clean")
    return done()


sys.exit(main())
