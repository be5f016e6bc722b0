"""Files of offices on the organiser's page, through the socket: checked,
recorded as a whole or not at all (killed in the middle, too), beside other
people's sales, taken back as a whole."""
import os
import re
import signal
import socket
import sqlite3
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

SALE = "/admin/festival/sgs-2021"
IMPORT = SALE + "/import"
LINES = 100_000
HALF = 30_000


def bring(who, content, kind="purchases", name="kasir.csv"):
    """Sends it; where its page is, or the answer that refused it."""
    a = who.upload(IMPORT, {"kind": kind}, ("file", name, content))
    return a.head["location"] if a.status == 303 else a


def running(a):
    return "refresh" in a.head


def wait(who, where, until=lambda a: not running(a)):
    """The page, once it says what is waited for."""
    for _ in range(3000):
        a = who.get(where, head={"Accept-Language": "en"})
        if a.status != 200 or until(a):
            return a
        time.sleep(0.05)
    raise RuntimeError(f"{where} does not end")


def button(who, where, what, **fields):
    return who.form(f"{where}/{what}", fields, head={"Accept-Language": "en"})


def record(who, where):
    a = button(who, where, "record")
    return wait(who, where) if a.status == 303 else a


def totals(site):
    r = site.run("festival", "show", "surakarta", "sgs-2021")
    v = dict(x.split("\t", 1) for x in r.splitlines() if "\t" in x)
    return int(v["purchases"]), int(v["rupiah"])


def rows(site, sql, *args):
    with sqlite3.connect(f"file:{site.db}?mode=ro", uri=True) as db:
        return db.execute(sql, args).fetchall()


def state(site, where):
    """Of the newest import, and how many lines it has recorded."""
    return rows(site, "SELECT state, recorded FROM import ORDER BY id DESC LIMIT 1")[0]


def clean(site, name):
    r = site.run("check")
    ok("broken" not in r.lower(), f"laris check is clean: {name}", r[-1500:])


def kill(site):
    site.server.send_signal(signal.SIGKILL)
    site.server.wait()
    site.server, site.port = None, 0


def raw(port, who, length, send):
    """A POST that announces so many bytes and sends as many: status and what is said."""
    s = socket.create_connection(("127.0.0.1", port), 30)
    cookie = "; ".join(f"{k}={v}" for k, v in who.cookies.items())
    s.sendall((f"POST {IMPORT} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
               f"Content-Type: multipart/form-data; boundary=x\r\n"
               f"Content-Length: {length}\r\n\r\n").encode())
    heard = b""
    try:
        for _ in range(0, send, 1 << 16):
            s.sendall(b"x" * (1 << 16))
    except OSError:
        pass                            # it has answered already
    try:
        while True:
            more = s.recv(1 << 16)
            if not more:
                break
            heard += more
    except OSError:
        pass
    s.close()
    return int(heard.split(b" ")[1]) if heard else 0, heard.decode("utf-8", "replace")


def memory(site):
    with open(f"/proc/{site.server.pid}/status", encoding="ascii") as f:
        return int(re.search(r"VmHWM:\s+(\d+)", f.read())[1])


class Office:
    """Merchants and cards of the demo, and files made of them."""

    def __init__(self, site):
        self.codes = [f"{x[0]:06}" for x in rows(site, """SELECT m.code FROM merchant m
            JOIN participation p ON p.city = m.city AND p.merchant = m.id
            JOIN festival f ON f.city = p.city AND f.id = p.festival
            WHERE f.slug = 'sgs-2021' AND p.state = 1 ORDER BY m.id LIMIT 20""")]
        self.cards = [f"{x[0]:09}" for x in rows(site, """SELECT c.number FROM card c
            JOIN festival f ON f.city = c.city AND f.id = c.festival
            WHERE f.slug = 'sgs-2021' AND c.state = 0 AND c.main = 0 ORDER BY c.number LIMIT 20""")]

    def file(self, name, lines, note=""):
        out = ["\ufefftanggal;jam;kode usaha;no nota;jumlah;kartu;metode"]
        for i in range(lines):
            card = self.cards[i % len(self.cards)] if i % 2 else ""
            out.append(f"{i % 31 + 1:02}/10/2021;{i % 12 + 8}.{i % 60:02};"
                       f"{self.codes[i % len(self.codes)]};{name}{i}{note};"
                       f"\"Rp {i % 90 + 1}.000,-\";{card};{'tunai' if i % 3 else 'QRIS'}")
        return "\r\n".join(out) + "\r\n"

    @staticmethod
    def sum(lines):
        return sum((i % 90 + 1) * 1000 for i in range(lines))


def small(site, who, office):
    """What an office sends, from the page to the sums."""
    a = who.get(IMPORT)
    ok(a.status == 200 and 'enctype="multipart/form-data"' in a.text and "16 MB" in a.text,
       "the page takes a file and says how large it may be", a.status)
    a = who.get(IMPORT + "/example/purchases.csv")
    ok(a.status == 200 and "kode usaha" in a.text and a.head["content-type"].startswith("text/csv"),
       "a file of purchases to begin with", a.text)
    a = who.get(IMPORT + "/example/merchants.csv")
    ok(a.status == 200 and "nama usaha" in a.text, "and one of merchants", a.text)
    ok(wait(who, bring(who, a.text, "merchants", "contoh.csv")).text.count("Record 1 lines") == 1,
       "the example of merchants is right as it is")
    before = totals(site)
    text = office.file("s", 40)
    where = bring(who, text)
    a = wait(who, where)
    ok("Record 40 lines" in a.text and "Rp 5.000" in a.text and "kasir.csv" in a.text,
       "checked: how many, the first rows as they were understood, a button", a.text)
    ok(totals(site) == before, "nothing is recorded by that")
    a = record(who, where)
    ok(">recorded<" in a.text and totals(site) == (before[0] + 40, before[1] + office.sum(40)),
       "the button records all", a.text)
    a = button(who, where, "record")
    ok(a.status == 303 and totals(site)[0] == before[0] + 40, "pressed again: nothing happens", a.status)
    where = bring(who, text)
    a = wait(who, where)
    ok("All 40 lines of this file are recorded already" in a.text and
       "Exactly the same file was recorded by panitia" in a.text and "/record" not in a.text,
       "the same file again: said plainly, with no button", a.text)
    a = button(who, where, "record")
    ok(a.status == 409, "and no button is needed to be refused", a.status)
    a = button(who, where, "forget")
    ok(a.status == 303 and who.get(where).status == 404, "it may be thrown away", a.status)
    a = who.get(IMPORT, head={"Accept-Language": "en"})
    ok("kasir.csv" in a.text and "Rp " in a.text, "the list has what came in", a.text)
    return text


def wrong(site, who, office):
    before = totals(site)
    lines = ["kode usaha;jumlah;Catatan"] + [f"{office.codes[0]};x{i};" for i in range(120)]
    where = bring(who, "\n".join(lines) + f"\n{office.codes[0]};1000;baik\n")
    a = wait(who, where)
    ok("120 of 121 lines are wrong" in a.text and "Line 2" in a.text and "and 100 more" in a.text and
       "/record" not in a.text, "bad lines: each named, cut with how many more, no button", a.text)
    ok("Columns ignored: Catatan" in a.text, "unknown columns are named", a.text)
    ok(button(who, where, "record").status == 409 and totals(site) == before, "nothing is recorded")
    a = who.get(where + "/report.csv?lang=en")
    ok(a.status == 200 and a.text.count("\r\n") == 121 and "is no amount in rupiah" in a.text,
       "the whole report as CSV", a.text[:500])
    a = who.get(where + "/report.csv?lang=id")
    ok("bukan jumlah rupiah" in a.text, "in Indonesian too", a.text[:500])
    for content, say in ((b"PK\x03\x04....", "CSV UTF-8"), ("kode usaha;harga\n1;2\n", "jumlah"),
                         ("kode usaha;jumlah\n", "no line below")):
        a = wait(who, bring(who, content))
        ok(say in a.text and "/record" not in a.text, f"a file that cannot be: {say}", a.text)
    a = bring(who, b"")
    ok(a.status == 422 and 'type="file"' in a.text, "no file: the form again", a.status)
    a = bring(who, "x", "cards")
    ok(a.status == 422, "no such kind", a.status)


def sizes(site, who, stranger):
    status, heard = raw(site.port, who, 17 << 20, 17 << 20)
    ok(status == 413 and "16 MB" in heard, "17 MB: 413, and the page says the limit", heard[:300])
    status, heard = raw(site.port, stranger, 10 << 20, 1 << 20)
    ok(status == 401, "10 MB of a stranger is refused before it comes", heard[:300])
    a = who.ask("POST", "/admin/venues", b"x" * (2 << 20), "application/x-www-form-urlencoded")
    ok(a.status == 413, "elsewhere 2 MB are too much", a.status)
    who.close()


def beside(site, who, till, office):
    """10 MB and 100,000 lines, while a till sells."""
    before = totals(site)
    text = office.file("b", LINES, "x" * 50)
    size = len(text.encode())
    ok(10 << 20 <= size < 16 << 20, f"a file of {size >> 20} MB")
    where = bring(who, text, name="besar.csv")
    a = wait(who, where)
    ok("Record 100.000 lines" in a.text, "is checked", a.text[:3000])
    hits = [button(who, where, "record") for _ in range(2)]
    ok(all(h.status == 303 for h in hits), "the button, clicked twice", [h.status for h in hits])
    a = who.form(SALE + "/state/closed", {}, head={"Accept-Language": "en"})
    ok(a.status == 409 and "being recorded or struck out" in a.text,
       "meanwhile the sale is not closed", a.text[:2000])
    between, sold = set(), 0
    while running(a := who.get(where, head={"Accept-Language": "en"})):
        r = till.send("/api/v1/cities/surakarta/festivals/sgs-2021/purchases", {
            "event": f"beside-{sold}", "merchant": office.codes[0], "amount": 1000,
            "method": "cash", "at": "2021-10-20T10:00:00+07:00"})
        if r.status not in (200, 201):
            ok(False, "a till sells meanwhile", r.text)
            break
        sold += 1
        between.add(state(site, where)[1])
    middle = [x for x in between if 0 < x < LINES]
    ok(len(middle) > 10, f"{sold} sales of a till were recorded at {len(middle)} points in between",
       sorted(between))
    ok(">recorded<" in a.text and totals(site) ==
       (before[0] + LINES + sold, before[1] + office.sum(LINES) + 1000 * sold),
       "and the file counts once", (before, totals(site), sold))
    ok(memory(site) < 400 * 1024, f"{memory(site) // 1024} MiB at most", memory(site))
    return where


def killed(site, who, office):
    """kill -9 in the middle; then it goes on by itself."""
    before = totals(site)
    text = office.file("k", HALF)
    where = bring(who, text, name="mati.csv")
    kill(site)
    site.serve()
    who.port = site.port
    who.close()
    a = wait(who, where)
    ok("Record 30.000 lines" in a.text, "killed while it was checked: found again, and checked", a.text[:2000])
    button(who, where, "record")
    while state(site, where)[1] < HALF // 4:
        time.sleep(0.01)
    kill(site)
    half = state(site, where)[1]
    ok(HALF // 4 <= half < HALF, f"killed in the middle, at {half}")
    clean(site, "after the kill")
    r = site.run("festival", "close", "surakarta", "sgs-2021", status=1)
    site.serve()
    who.port = site.port
    who.close()
    a = wait(who, where)
    ok(">recorded<" in a.text and totals(site) == (before[0] + HALF, before[1] + office.sum(HALF)),
       "started again: it is whole, and counts once", (before, totals(site), r))
    ok(not os.listdir(site.db + "-files/import") or
       not [x for x in os.listdir(site.db + "-files/import") if where.rsplit("/", 1)[1] in x],
       "its bytes are gone from the disk")
    a = wait(who, bring(who, text, name="mati.csv"))
    ok("All 30.000 lines of this file are recorded already" in a.text, "a second try is recognised", a.text[:2000])


def turned(site, who, office):
    """A card is blocked while a file that names it is being recorded."""
    before = totals(site)
    text = office.file("t", 8_000)
    text += f"31/10/2021;9.00;{office.codes[0]};last;1000;{office.cards[19]};tunai\r\n"
    where = bring(who, text, name="berubah.csv")
    wait(who, where)
    button(who, where, "record")
    while state(site, where)[1] < 1000:
        time.sleep(0.005)
    kill(site)
    ok(state(site, where)[1] < 8_000, "killed in the middle")
    with sqlite3.connect(site.db) as db:
        db.execute("UPDATE card SET state = 1 WHERE number = ?", (int(office.cards[19]),))
    site.serve()
    who.port = site.port
    who.close()
    a = wait(who, where)
    ok("undone" in a.text and "is blocked" in a.text and totals(site) == before,
       "a line that turned wrong takes all of it back, and is named", (before, totals(site), a.text[:3000]))
    with sqlite3.connect(site.db) as db:
        db.execute("UPDATE card SET state = 0 WHERE number = ?", (int(office.cards[19]),))
    where = bring(who, text, name="berubah.csv")
    ok("Record 8.001 lines" in wait(who, where).text, "and may be brought again")
    return where


def lost(site, who, office):
    """A database that came back without its files."""
    before = totals(site)
    where = bring(who, office.file("l", 8_000), name="hilang.csv")
    wait(who, where)
    button(who, where, "record")
    while state(site, where)[1] < 1000:
        time.sleep(0.005)
    kill(site)
    for f in os.listdir(site.db + "-files/import"):
        os.unlink(os.path.join(site.db + "-files/import", f))
    site.serve()
    who.port = site.port
    who.close()
    a = wait(who, where)
    ok("undone" in a.text and "no longer kept" in a.text and totals(site) == before,
       "its bytes are lost in the middle: what it had brought is taken back", (before, totals(site), a.text[:3000]))


def strike(site, who, office, text):
    """All of a file is taken back, and may come again; what was struck out alone stays out."""
    whole = totals(site)
    where = bring(who, office.file("w", 450), name="salah.csv")
    wait(who, where)
    record(who, where)
    one = rows(site, "SELECT id, amount FROM purchase WHERE note = 'w7'")[0]
    token = site.token("surakarta", "organiser")
    a = site.asker("api", token).send(
        f"/api/v1/cities/surakarta/festivals/sgs-2021/purchases/{base32(one[0])}/void",
        {"event": "alone-1", "reason": "Salah ketik"})
    ok(a.status in (200, 201), "one of its purchases is struck out by itself", a.text)
    a = button(who, where, "strike", reason="")
    ok(a.status == 422 and "/strike" in a.text, "without a reason: not", a.status)
    a = button(who, where, "strike", reason="Berkas bulan lalu")
    b = button(who, where, "strike", reason="Berkas bulan lalu")
    ok(a.status == 303 and b.status == 303, "struck out as a whole, clicked twice", (a.status, b.status))
    a = wait(who, where)
    ok("struck out" in a.text and "Berkas bulan lalu" in a.text and ">450<" in a.text and
       totals(site) == whole, "all of it is gone from the sums", (whole, totals(site), a.text))
    log = rows(site, "SELECT who, action FROM audit WHERE action LIKE 'import.%' ORDER BY id")
    ok(("panitia", "import.record") in log and ("panitia", "import.strike") in log,
       "recorded and struck out: who, in the audit", log[-3:])
    clean(site, "after striking out")
    where = bring(who, office.file("w", 450), name="benar.csv")
    a = wait(who, where)
    ok("Record 449 lines" in a.text and "1</b> lines already there" in a.text,
       "brought again: it counts again, but for the one struck out alone", a.text)
    record(who, where)
    ok(totals(site) == (whole[0] + 449, whole[1] + office.sum(450) - one[1]), "its sums", totals(site))
    a = wait(who, bring(who, office.file("w", 450)))
    ok("All 450 lines" in a.text, "and a third time not at all", a.text)
    a = button(who, where, "forget")
    ok(a.status == 409, "what was recorded is not thrown away", a.status)


def base32(n):
    """An id as in URLs: 13 digits of Crockford's base32."""
    digits, out = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", ""
    for _ in range(13):
        out, n = digits[n & 31] + out, n >> 5
    return out


def merchants(site, who, office):
    text = "Nama Usaha;Sektor;No HP\r\n" + "".join(
        f"Warung Impor {i};kuliner;0812{i:07}\r\n" for i in range(450))
    where = bring(who, text, "merchants", "tenant.csv")
    a = wait(who, where)
    ok("Record 450 lines" in a.text and "Warung Impor 4" in a.text, "merchants are checked", a.text)
    a = record(who, where)
    ok(">recorded<" in a.text, "and let in", a.text)
    code = rows(site, "SELECT code FROM merchant WHERE name = 'Warung Impor 5'")[0][0]
    sale = bring(who, f"kode usaha;jumlah\n{code:06};5000\n", name="satu.csv")
    wait(who, sale)
    record(who, sale)
    button(who, where, "strike", reason="Daftar yang salah")
    a = wait(who, where)
    left = rows(site, """SELECT count(*) FROM participation p JOIN merchant m
        ON m.city = p.city AND m.id = p.merchant WHERE m.name LIKE 'Warung Impor %'""")[0][0]
    ok("1 merchants stay in" in a.text and left == 1,
       "taken back: all leave the sale but the one with a purchase", (left, a.text))
    clean(site, "after the merchants left")
    where = bring(who, text, "merchants", "tenant.csv")
    ok("Record 449 lines" in wait(who, where).text, "and may come again")


def together(site, who, other, office):
    """Two organisers bring the same lines at once, and both press the button."""
    before = totals(site)
    text = office.file("g", 3000)
    first, second = bring(who, text, name="a.csv"), bring(other, text, name="b.csv")
    wait(who, first)
    wait(other, second)
    threads = [threading.Thread(target=record, args=x) for x in ((who, first), (other, second))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    ok(totals(site) == (before[0] + 3000, before[1] + office.sum(3000)),
       "two organisers with the same lines: they count once", (before, totals(site)))
    a, b = wait(who, first), wait(other, second)
    ok(">recorded<" in a.text and ">recorded<" in b.text, "and both see how it ended")


def swept(site, who, office, where):
    """What nobody took up for a day is gone; found again until then."""
    folder = site.db + "-files/import"
    name = where.rsplit("/", 1)[1]
    site.stop()
    site.serve()
    who.port = site.port
    who.close()
    ok("/record" in wait(who, where).text, "after a restart it still waits for the button")
    site.stop()
    old = time.time() - 2 * 86400
    with sqlite3.connect(site.db) as db:
        db.execute("UPDATE import SET at = ? WHERE state = 1", (int(old * 1e6),))
    for f in os.listdir(folder):
        os.utime(os.path.join(folder, f), (old, old))
    stray = os.path.join(folder, "0000000000001-0000000000002.csv.part-9")
    ok(any(name in f for f in os.listdir(folder)), "its bytes lie there", os.listdir(folder))
    open(stray, "w", encoding="ascii").close()
    os.utime(stray, (old, old))
    site.serve()
    who.port = site.port
    who.close()
    for _ in range(400):
        if not [f for f in os.listdir(folder) if name in f]:
            break
        time.sleep(0.05)
    ok(who.get(where).status == 404 and not [f for f in os.listdir(folder) if name in f],
       "after a day it is gone, with its bytes", os.listdir(folder))


def readers(site, where):
    auditor = site.asker("auditor").sign_in("surakarta", "pengawas")
    a = auditor.get(where)
    ok(a.status == 200 and "/strike" not in a.text and "/record" not in a.text,
       "an auditor sees it, without buttons", a.status)
    ok(auditor.get(IMPORT).status == 200 and button(auditor, where, "record").status == 403,
       "and may not press them")
    live = auditor.get(where + "/live", stream=True)
    ok(live.status == 200 and live.head["content-type"].startswith("text/event-stream"),
       "how far it is, as events", live.status)


def broken(site):
    """laris check sees a row that does not tell the truth."""
    site.stop()
    with sqlite3.connect(site.db) as db:
        db.execute("UPDATE import SET recorded = recorded + 1 WHERE name = 'besar.csv'")
        db.execute("UPDATE purchase SET state = 0 WHERE id IN (SELECT r.subject FROM import_row r "
                   "JOIN import i ON i.id = r.import WHERE i.name = 'salah.csv')")
    said = site.run("check", status=1)
    ok("rows of import" in said and "valid purchases of the struck-out import" in said,
       "laris check names an import whose rows are not what it says", said[-1500:])


def main():
    with Site() as site:
        site.run("demo")
        token = site.token("surakarta", "organiser")
        office = Office(site)
        site.serve()
        who = site.asker("organiser").sign_in("surakarta", "panitia")
        other = site.asker("organiser").sign_in("surakarta", "panitia")
        text = small(site, who, office)
        wrong(site, who, office)
        sizes(site, who, site.asker("nobody"))
        strike(site, who, office, text)
        merchants(site, who, office)
        together(site, who, other, office)
        where = beside(site, who, site.asker("till", token), office)
        readers(site, where)
        killed(site, who, office)
        lost(site, who, office)
        swept(site, who, office, turned(site, who, office))
        clean(site, "at the end")
        broken(site)
    return done()


sys.exit(main())
