"""What is printed, read back as people and phones do: text by pdftotext,
QR by zbar, spreadsheets by their own XML."""
import csv
import io
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import LARIS, Site                               # noqa: E402
from tap import done, ok                                    # noqa: E402

URL = "https://laris.surakarta.go.id"
SALE = ("surakarta", "sgs-2021")


def pdf_text(path, *more):
    return subprocess.run(["pdftotext", "-layout", *more, path, "-"], check=True,
                          capture_output=True, text=True).stdout


def pages(path):
    info = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"Pages: +(\d+)", info).group(1)), info


def codes(path, page, dpi=200):
    """What a phone reads on that page."""
    try:
        import zbar
    except ImportError:
        return None
    pgm = subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "-f", str(page), "-l", str(page),
                          path], check=True, capture_output=True).stdout
    w, h, start = re.match(rb"P5\s(\d+) (\d+)\s255\s()", pgm).group(1, 2, 3)
    image = zbar.Image(int(w), int(h), "Y800", pgm[len(pgm) - int(w) * int(h):])
    zbar.ImageScanner().scan(image)
    del start
    found = {s.data for s in image}
    # As a phone moves nearer: at one size zbar now and then misses a code.
    return sorted(found | set(codes(path, page, 300) if dpi == 200 else []))


def refused(site, *args):
    p = subprocess.run([LARIS, "--db", site.db, *args], capture_output=True, text=True,
                       check=False)
    return p.returncode, p.stderr


def test_cards(site):
    out = os.path.join(site.dir, "kartu.pdf")
    before = len(site.run("card", "list", *SALE, "--limit", "100000").splitlines())
    code, say = refused(site, "card", "print", *SALE, "--count", "23", out)
    after = site.run("card", "list", *SALE, "--limit", "100000").splitlines()
    ok(code == 1 and "base-url" in say and len(after) == before and not os.path.exists(out),
       "without an address nothing is printed and no number is spent", say)
    code, say = refused(site, "card", "print", *SALE, "--count", "3", "--url", URL,
                        os.path.join(site.dir, "no/such/folder.pdf"))
    ok(code == 1 and "folder.pdf" in say and
       len(site.run("card", "list", *SALE, "--limit", "100000").splitlines()) == before,
       "nor where the file cannot be written", say)
    site.run("card", "print", *SALE, "--count", "23", "--url", URL + "/", out)
    rows = [r.split("\t") for r in
            site.run("card", "list", *SALE, "--limit", "100000").splitlines()]
    ok(len(rows) == before + 23, "23 cards were issued", len(rows))
    told = json.loads(site.run("card", "list", *SALE, "--limit", "100000", "--json"))
    ok([c["number"] for c in told] == [r[0] for r in rows] and "secret" not in told[0],
       "the list as JSON has the same cards")
    numbers = [r[0] for r in rows if r[1] == "printed"][-23:]
    text = pdf_text(out)
    shown = re.findall(r"\d{4} \d{4} \d\b", text)
    want = [f"{n[:4]} {n[4:8]} {n[8]}" for n in numbers]
    ok(pages(out)[0] == 3 and set(want) <= set(shown),
       "ten a sheet, each with its number in groups", f"{pages(out)} {shown}")
    ok("Solo Great Sale 2021" in text and "Rp 50.000" in text and "PIN" in text,
       "name, rule and PIN in words")
    return out, numbers


def test_card_codes(site, out, numbers):
    got = codes(out, 1)
    if got is None:
        ok(True, "QR of the cards # SKIP python3-zbar is not installed")
        return
    want = [f"{URL}/surakarta/sgs-2021/card/{n}?s=" for n in numbers[:10]]
    ok(len(got) == 10 and all(g.startswith(w) for g, w in zip(got, want)),
       "a phone reads ten codes that lead to the ten cards", got)
    opened = [site.asker().get(g[len(URL):]) for g in got[:2]]
    ok(all(a.status == 200 and f"{n[:4]} {n[4:8]} {n[8]}" in a.text and "Nomor dan PIN" not in
           a.text for a, n in zip(opened, numbers)), "and the code opens its card",
       [a.status for a in opened])


def test_cards_again(site, out, numbers):
    again = os.path.join(site.dir, "lagi.pdf")
    site.run("card", "print", *SALE, "--count", "23", "--from", numbers[0], "--url", URL, again)
    with open(out, "rb") as a, open(again, "rb") as b:
        ok(a.read() == b.read(), "printed again from its first number: the same bytes")
    code, say = refused(site, "card", "print", *SALE, "--count", "5", "--url", "surakarta.go.id",
                        again)
    ok(code == 1 and "base-url-form" in say, "an address without https:// is refused", say)


def test_cards_page(site, numbers):
    board = site.asker().sign_in("surakarta", "panitia")
    base = "/admin/festival/sgs-2021/cards"
    ok(f"{base}/print.pdf?after=0" in board.get(base).text, "the cards' page offers the PDF")
    a = board.get(f"{base}/print.pdf?after={int(numbers[0]) - 1}")
    path = os.path.join(site.dir, "web.pdf")
    with open(path, "wb") as f:
        f.write(a.body)
    ok(a.status == 200 and a.head["content-type"] == "application/pdf" and
       pages(path)[0] == 3, "the batch as PDF from the page", a.status)
    got = codes(path, 1)
    ok(got is None or all(c.startswith(f"http://127.0.0.1:{site.port}/surakarta") for c in got),
       "unset, the QR lead to where the page was asked", got)
    board.form("/admin/settings/base-url", {"value": URL})
    with open(path, "wb") as f:
        f.write(board.get(f"{base}/print.pdf?after={int(numbers[0]) - 1}&count=3").body)
    got = codes(path, 1)
    ok(got is None or (len(got) == 3 and all(c.startswith(URL) for c in got)),
       "set by base-url, to the city's address", got)
    a = board.get(f"{base}/print.pdf?after=999999998")
    ok(a.status == 404 and "Tidak ada kartu" in a.text, "beyond the last: said in words", a.status)


def xlsx(path):
    """name -> rows of cells: strings, or numbers as Excel would show them."""
    ns = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    out = {}
    with zipfile.ZipFile(path) as z:
        book = ElementTree.fromstring(z.read("xl/workbook.xml"))
        shared = []
        if "xl/sharedStrings.xml" in z.namelist():
            shared = ["".join(t.itertext()) for t in
                      ElementTree.fromstring(z.read("xl/sharedStrings.xml"))]
        for i, tab in enumerate(book.find("m:sheets", ns), 1):
            rows = []
            sheet = ElementTree.fromstring(z.read(f"xl/worksheets/sheet{i}.xml"))
            for row in sheet.iter(f"{{{ns['m']}}}row"):
                cells = []
                for c in row:
                    inside = {e.tag: e for e in c}
                    kind, v = c.get("t"), inside.get(f"{{{ns['m']}}}v")
                    if kind == "inlineStr":
                        cells.append("".join(c.itertext()))
                    elif kind == "s":
                        cells.append(shared[int(v.text)])
                    elif v is not None:
                        n = float(v.text)
                        cells.append(int(n) if n == int(n) else n)
                    if f"{{{ns['m']}}}f" in inside:
                        cells.append("FORMULA")
                rows.append(cells)
            out[tab.get("name")] = rows
    return out


def number(n):
    return f"{n:,}".replace(",", ".")


UNKNOWN = ("merchants_silent", "merchants_waiting", "purchases_unclaimed", "purchases_void")
KNOWN = ("rupiah", "target", "target_percent", "purchases", "coupons", "merchants",
         "merchants_reporting") + UNKNOWN
PARTS = {"by_sector": "Menurut jenis usaha", "by_venue": "Menurut lokasi",
         "by_method": "Menurut cara bayar", "by_day": "Menurut hari"}


def report(site, kind, end=None, *more):
    path = os.path.join(site.dir, "lembar." + (end or kind))
    site.run("report", *SALE, "--format", kind, *more, path)
    return path


def test_report_sums(j):
    ok(all(sum(r["rupiah"] for r in j[p]) == j["rupiah"] and
           sum(r["purchases"] for r in j[p]) == j["purchases"] for p in PARTS),
       "each part adds up to the whole")
    ok(all(sum(r["merchants"] for r in j[p]) == j["merchants"] and
           sum(r["merchants_reporting"] for r in j[p]) == j["merchants_reporting"]
           for p in ("by_sector", "by_venue")), "merchants by sector and venue too")


def test_report_text(site, j):
    """Every figure of the JSON stands in the text and in the PDF."""
    pdf = re.sub(r"\s+", " ", pdf_text(report(site, "pdf")))
    with open(report(site, "text"), encoding="utf-8") as f:
        plain = re.sub(r"\s+", " ", f.read())
    for name, text in (("PDF", pdf), ("text", plain)):
        lack = [k for k in KNOWN if number(j[k]) not in text]
        for part in PARTS:
            for r in j[part]:
                find = rf"{re.escape(r['name'])}:? .{{0,3}}"
                row = re.search(find + (rf"{number(r['purchases'])} Rp {number(r['rupiah'])}"
                                        if name == "PDF" else
                                        rf"Rp {number(r['rupiah'])}, {number(r['purchases'])} "),
                                text)
                if not row:
                    lack.append(f"{part} {r}")
        ok(not lack, f"{name}: every figure as the JSON has it", lack[:5])
        ok(j["rupiah_in_words"] in text, f"{name}: the sum in words")


def test_report_xlsx(site, j):
    book = xlsx(report(site, "xlsx"))
    facts = {r[2]: r[1] for r in book["Lembar fakta"] if len(r) == 3}
    ok(all(facts.get(k) == j[k] for k in KNOWN), "XLSX: each figure is a number cell, as the JSON",
       facts)
    ok(any(j["rupiah_in_words"] in r for r in book["Lembar fakta"]), "XLSX: the sum in words")
    for part, tab in PARTS.items():
        keys = ("key", "name", "purchases", "rupiah", "merchants", "merchants_reporting")
        want = [[r[k] for k in keys if r.get(k, "") != ""] for r in j[part]]
        got = book[tab][1:]
        ok(got == want, f"XLSX: {tab} is {part}", f"{got[:2]} {want[:2]}")


def test_press(site):
    for more, size in (((), (1200, 630)), (("--square",), (1080, 1080))):
        with open(report(site, "png", "png", *more), "rb") as f:
            head = f.read(24)
        ok(head[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", head[16:24]) == size,
           f"the press picture is {size[0]} by {size[1]}", head)


def test_report_closed(site):
    """Once closed the sheet is dated by its data, public, and the same bytes each time."""
    who = site.asker()
    files = ("report", "report.pdf", "report.xlsx", "report.png", "report-square.png")
    base = "/surakarta/sgs-2021/"
    got = [who.get(base + f).status for f in files]
    ok(got == [404] * 5, "while it runs, no form of the sheet is public", got)
    site.run("festival", "close", *SALE)
    first = [who.get(base + f) for f in files]
    ok([a.status for a in first] == [200] * 5, "closed: every form is", [a.status for a in first])
    ok([a.head["content-type"].split(";")[0] for a in first] == [
        "text/html", "application/pdf",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "image/png",
        "image/png"], "each says what it is")
    again = [who.get(base + f).body for f in files]
    ok([a.body for a in first][1:] == again[1:], "and is the same bytes the next time")
    by_hand = [open(report(site, k, e, *m), "rb").read() for k, e, m in (
        ("pdf", "pdf", ()), ("xlsx", "xlsx", ()), ("png", "png", ()),
        ("png", "png", ("--square",)))]
    ok(by_hand == again[1:], "also from the command line")
    ok("report.pdf" in first[0].text, "the page offers them")


EVIL = "=HYPERLINK(\"http://jahat.example\");'x"


def export(site, what, kind):
    path = os.path.join(site.dir, f"{what}.{kind}")
    site.run("export", what, *SALE, path)
    if kind == "xlsx":
        return list(xlsx(path).values())
    with open(path, "rb") as f:
        raw = f.read()
    return raw, list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def column(rows, name):
    at = rows[0].index(name)
    return [r[at] for r in rows[1:] if len(r) > at]


def test_export_guard(site, board):
    a = board.form("/admin/festival/sgs-2021/merchants", {
        "name": EVIL, "sector": "food", "size": "micro", "stall": "@SUM(1)",
        "phone": "0812 3456 7890"})
    ok(a.status == 303, "a merchant with a formula for a name", a.text[-500:])
    raw, rows = export(site, "merchants", "csv")
    ok(raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw and b";" in raw.split(b"\r\n")[0],
       "CSV: byte order mark, semicolons, CRLF")
    names, stalls, phones = (column(rows, c) for c in ("nama usaha", "no kios", "no hp"))
    ok("'" + EVIL in names and "'@SUM(1)" in stalls,
       "CSV: what would be run as a formula begins with an apostrophe", names[-1])
    evil = phones[names.index("'" + EVIL)]
    ok(re.fullmatch(r"'(0812|\+62812)\d+", evil), "CSV: a phone number stays text", evil)
    ok(not any(c[:1] in "=+@\t" for r in rows for c in r if c), "no other cell could be run")
    tab = export(site, "merchants", "xlsx")[0]
    flat = [c for r in tab for c in r]
    ok(EVIL in flat and "FORMULA" not in flat and "@SUM(1)" in flat,
       "XLSX: the same texts are texts, unchanged, no formula")
    ok(not any("npwp" in str(c).lower() for c in tab[0]), "what is the owner's alone is not in it",
       tab[0])


def test_export_rows(site, j):
    raw, rows = export(site, "purchases", "csv")
    sums = [int(a) for a, s in zip(column(rows, "jumlah"), column(rows, "keadaan")) if s == "sah"]
    ok(len(sums) == j["purchases"] and sum(sums) == j["rupiah"],
       "purchases: every row, and they add up to the fact sheet", f"{len(sums)} {sum(sums)}")
    ok(len(rows) - 1 == j["purchases"] + j["purchases_void"] and
       all(column(rows, "alasan")[i] for i, s in enumerate(column(rows, "keadaan"))
           if s == "batal"), "also those struck out, with the reason")
    days = set(column(rows, "tanggal"))
    ok(all(re.fullmatch(r"2021-10-\d\d", d) for d in days), "days are dates", sorted(days)[:3])
    tab = export(site, "purchases", "xlsx")[0]
    at = tab[0].index("tanggal")
    ok(len(tab) == len(rows) and isinstance(tab[1][at], int) and 44469 < tab[1][at] < 44501 and
       isinstance(tab[1][tab[0].index("jumlah")], int), "XLSX: dates and sums are numbers", tab[1])
    cards = export(site, "cards", "csv")
    ok(len(cards[1]) - 1 == len(site.run("card", "list", *SALE, "--limit", "999999").splitlines())
       and not any(w in cards[0].decode().lower() for w in ("secret", "rahasia", "pin;")),
       "cards: each once, no secret")
    venues = export(site, "venues", "csv")[1]
    ok(sum(int(v) for v in column(venues, "rupiah")) ==
       sum(r["rupiah"] for r in j["by_venue"] if r["key"]), "venues: as on the fact sheet")
    tabs = export(site, "totals", "xlsx")
    ok(len(tabs) == 4 and all(sum(r[3] for r in t[1:]) == j["rupiah"] for t in tabs),
       "totals: four tabs, each the whole sum")


def rss(site, what, kind):
    """The most memory laris took, in KiB."""
    out = os.path.join(site.dir, f"rss.{kind}")
    code = ("import resource,subprocess,sys;"
            "subprocess.run(sys.argv[1:], check=True);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    return int(subprocess.run([sys.executable, "-c", code, LARIS, "--db", site.db, "export", what,
                               *SALE, out], check=True, capture_output=True, text=True).stdout)


def test_export_memory(site):
    for kind in ("csv", "xlsx"):
        few, many = rss(site, "merchants", kind), rss(site, "purchases", kind)
        ok(many < few + 8192, f"{kind}: 40,000 rows take no more memory than 300",
           f"{few} KiB, {many} KiB")


def test_export_page(site, board):
    base = "/admin/festival/sgs-2021/export"
    page = board.get(base)
    files = re.findall(r'href="?([^" >]+/export/[a-z]+\.(?:csv|xlsx))', page.text)
    ok(len(files) == 10, "the page offers five tables in two forms", files)
    got = [board.get(f) for f in files]
    ok([a.status for a in got] == [200] * 10 and all(
        a.head["content-disposition"].startswith('attachment; filename="sgs-2021-') and
        int(a.head["content-length"]) == len(a.body) > 100 for a in got),
       "each comes as a file of its length", [(a.status, len(a.body)) for a in got])
    by_name = {f.rsplit("/", 1)[1]: a.body for f, a in zip(files, got)}
    with open(os.path.join(site.dir, "purchases.csv"), "rb") as f:
        ok(by_name["purchases.csv"] == f.read(), "the same bytes as laris export")
    ok(board.ask("HEAD", files[0]).head["content-length"] == str(len(got[0].body)),
       "HEAD says its length")
    board.get(base)             # the reply before is over now
    fds = [os.readlink(f"/proc/{site.server.pid}/fd/{n}")
           for n in os.listdir(f"/proc/{site.server.pid}/fd")]
    ok(not [n for n in fds if "(deleted)" in n], "and no file of a moment stays open",
       [n for n in fds if "(deleted)" in n])
    refusals = [board.get(f"{base}/{f}").status for f in ("secrets.csv", "cards.ods", "cards")]
    ok(refusals == [404] * 3, "what is no table is not there", refusals)


def test_posters(site):
    """The merchant's own, and the same from the organiser: QR, name, code, size."""
    mine = site.asker().sign_in("surakarta", "pedagang")
    board = site.asker().sign_in("surakarta", "panitia")
    ok('href="/m/paper"' in mine.get("/m").text, "the stall's page leads to its posters")
    files = re.findall(r'href="(/m/paper/[^"]+)"', mine.get("/m/paper").text)
    ok(len(files) == 3, "three of them", files)
    sizes = {"poster-a4.pdf": "595.276 x 841.89", "poster-a6.pdf": "297.638 x 419.528",
             "sign.pdf": "841.89 x 595.276"}
    code = re.search(r"Kode usaha (\d+)", mine.get("/m").text)
    for f in files:
        path = os.path.join(site.dir, f.rsplit("/", 1)[1])
        with open(path, "wb") as out:
            out.write(mine.get(f).body)
        text, (n, info) = pdf_text(path), pages(path)
        ok(n == 1 and sizes[os.path.basename(path)] in info and "Solo Great Sale 2021" in text and
           "Rp 50.000" in text and (not code or code.group(1) in text),
           f"{os.path.basename(path)}: one page of its size with sale, rule and code", info + text)
        got = codes(path, 1, 150)
        ok(got is None or (len(got) == 1 and got[0].startswith(
            URL + "/surakarta/sgs-2021/merchant/") and
            site.asker().get(got[0][len(URL):]).status == 200),
           "its QR leads to the merchant's page", got)
    one = re.search(r'href="(/admin/festival/sgs-2021/merchants/\w+/paper)"',
                    board.get("/admin/festival/sgs-2021/merchants").text)
    ok(one and board.get(one.group(1)).text.count(".pdf") == 3,
       "the organiser has them for each merchant in the sale", one)
    a = board.get(one.group(1) + "/sign.pdf")
    ok(a.status == 200 and a.body[:5] == b"%PDF-", "and prints it for those without a printer",
       a.status)
    got = [mine.get("/m/paper/sgs-2021/poster-a3.pdf").status,
           mine.get("/m/paper/sgs-1900/sign.pdf").status,
           board.get("/admin/festival/sgs-2021/merchants/00000000000ZZ/paper/sign.pdf").status]
    ok(all(s in (404, 422) for s in got), "what is not there is said to be not there", got)


def main():
    with Site() as site:
        site.run("demo")
        site.serve()
        out, numbers = test_cards(site)
        test_card_codes(site, out, numbers)
        test_cards_again(site, out, numbers)
        test_cards_page(site, numbers)
        with open(report(site, "json"), encoding="utf-8") as f:
            j = json.load(f)
        test_report_sums(j)
        test_report_text(site, j)
        test_report_xlsx(site, j)
        test_press(site)
        test_export_rows(site, j)
        test_export_memory(site)
        board = site.asker().sign_in("surakarta", "panitia")
        test_export_page(site, board)
        test_export_guard(site, board)
        test_posters(site)
        test_report_closed(site)
    return done()


sys.exit(main())
