#!/usr/bin/env python3
"""A person is forgotten: asked for on the card's page, done on the organiser's while people
buy; nothing of name, number, secret or pictures is left in any byte of the files; sums, lists
and the public log stay whole.  The command does the same."""
import os
import re
import sqlite3
import sys
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

F, A = "/surakarta/sgs-2021", "/admin/festival/sgs-2021/forget"
API = "/api/v1/cities/surakarta/festivals/sgs-2021"
PHONE, NAME = "+6281299988877", "Sumarni Kusumawardhani"
PHOTO = b"\xff\xd8\xff\xe0" + os.urandom(1_500_000)
ANSWER = "Hadiah motor belum Anda ambil di Balai Kota."
SIGNED = b"\x89PNG\r\n\x1a\n" + os.urandom(3000)
CARDS = """SELECT c.id, c.number, c.secret, c.pin FROM card c JOIN card_total t ON t.card = c.id
 WHERE c.main = 0 AND c.state = 0 AND t.coupons > 3 ORDER BY c.number"""


def sql(site, *statement):
    db = sqlite3.connect(site.db, isolation_level=None)
    try:
        return db.execute(*statement).fetchall()
    finally:
        db.close()


def where(site, whats):
    """In which files below the site's folder: database, write-ahead log, backups."""
    found = {name: [] for name in whats}
    for folder, _, names in os.walk(site.dir):
        for file in names:
            with open(os.path.join(folder, file), "rb") as f:
                content = f.read()
            for name, what in whats.items():
                if what in content:
                    found[name].append(file)
    return found


def planted(site, whats):
    for name, files in where(site, whats).items():
        if not files:
            raise RuntimeError(f"{name} was not planted")


def nowhere(site, whats):
    found = where(site, whats)
    for name, files in found.items():
        if files or not name.startswith("opening"):
            ok(not files, f"no byte of the {name} is left in any file", files)
    n = sum(name.startswith("opening") for name in whats)
    ok(n > 0 and not any(found.values()), f"nor of {n} openings")


def openings(site, card):
    rows = sql(site, "SELECT e.salt FROM ledger_entry e JOIN purchase p ON p.id = e.subject"
                     " WHERE p.card = ? AND e.kind IN (1, 2)", (card,))
    return {f"opening {card}-{i}": r[0] for i, r in enumerate(rows)}


def own_card(site):
    """A phone, its card's number, and the address that opens it."""
    stall = site.asker().sign_in("surakarta", "pedagang")
    stall.get("/m")
    sold = stall.form("/m/sale", {"event": "erase-1", "amount": "225000", "method": "cash",
                                  "day": "31/10/2021"})
    code = re.search(r"QR ([0-9A-Z]{8})", stall.get(sold.head["location"]).text).group(1)
    phone = site.asker()
    to = phone.form(f"{F}/claim/{code}/take", {}).head["location"]
    return phone, int(re.search(r"card/(\d+)", to).group(1)), to


def rehearsal(site, board):
    to = board.form("/admin/draw", {"name": "Gladi", "slug": "satu", "rehearsal": "1"}).head["location"]
    board.form(to + "/prize", {"title": "Motor", "code": "MOTOR", "cls": "UTAMA", "number": "3", "value": "1"})
    board.form(to + "/freeze", {"minutes": "60"})
    code = "gladi-sgs-2021-satu"
    site.run("draw", "beacon", "surakarta", code, given=site.run("draw", "rehearse-beacon", "surakarta", code))
    site.run("draw", "run", "surakarta", code)
    return to, code


def hand_over(site, board, to):
    """A prize handed over, with name, photograph and signed receipt; who won it."""
    win = re.search(r'href="(/admin/draw/\w+/winner/\w+/1)"', board.get(f"{to}/winners").text).group(1)
    board.form(f"{win}/called", {})
    board.form(f"{win}/verified", {})
    ok(board.upload(f"{win}/give", {"receiver": NAME}, ("photo", "a.jpg", PHOTO)).status == 303,
       "a prize is handed over, with a photograph")
    sql(site, "INSERT INTO winner_paper SELECT city, draw, prize, place, 1, 'image/png', ?"
              " FROM winner WHERE words = ?", (SIGNED, NAME))
    return sql(site, "SELECT c.id, c.number, c.secret FROM winner w JOIN card c ON c.id = w.card"
                     " WHERE w.words = ?", (NAME,))[0]


def test_held(site, board):
    """A winner who has not got the prize; here the rehearsal is made to count."""
    held = sql(site, "SELECT c.number FROM winner w JOIN card c ON c.id = w.card WHERE w.state = 0")[0][0]
    sql(site, "UPDATE draw SET rehearsal = 0")
    before = sql(site, "SELECT secret, pin, phone FROM card WHERE number = ?", (held,))
    a = board.form(f"{A}/{held:09d}", {"reason": "Surat.", "sure": "1"})
    ok(a.status == 409 and "hadiah" in a.text and "Surat." in a.text, "a winner whose prize waits: refused, in words", a.text[:500])
    site.run("card", "erase", "surakarta", "sgs-2021", f"{held:09d}", "--reason", "Surat.", status=1)
    ok(sql(site, "SELECT secret, pin, phone FROM card WHERE number = ?", (held,)) == before, "and keeps everything")
    sql(site, "UPDATE draw SET rehearsal = 1")


def test_asking(site, board, phone, number, address):
    page = f"{F}/card/{number:09d}/forget"
    ok(site.asker().get(page).status == 403, "a number alone may ask for nothing")
    ok(f"{page}" in phone.get(address).text, "the card's page leads there")
    a = phone.get(page)
    ok(a.status == 200 and "Yang dihapus" in a.text and "Yang tetap" in a.text, "what goes, what stays", a.text[:800])
    ok(phone.form(page, {}).status == 303 and "Tarik permintaan" in phone.get(page).text, "asked for")
    phone.form(page, {})
    ok(len(sql(site, "SELECT 1 FROM card_forget")) == 1, "twice is once")
    shown = f"{number:09d}"
    shown = f"{shown[:4]} {shown[4:8]} {shown[8]}"
    ok(shown in board.get(A).text, "it stands on the organiser's list")
    desk = site.asker().sign_in("surakarta", "petugas")
    ok("meminta data dirinya dihapus" in desk.get(f"/post/card/{number:09d}").text, "and the desk sees it")
    ok(desk.get(A).status == 403 and desk.form(f"{A}/{number:09d}", {"reason": "x x", "sure": "1"}).status == 403,
       "which may not do it")
    ok(phone.form(f"{page}/undo", {}).status == 303 and shown not in board.get(A).text, "it may be taken back")
    phone.form(page, {})
    board.form(f"{A}/{number:09d}/refuse", {"answer": ANSWER})
    ok(ANSWER in phone.get(page).text, "it is turned down with an answer, which the phone shows")
    phone.form(page, {})
    a = board.get(f"{A}?card={number:09d}")
    ok(a.status == 303 and a.head["location"] == f"{A}/{number:09d}", "a card is found by its number", a.text[:300])
    ok(board.get(f"{A}?card=12").status == 422, "a number that is none is said to be none")


class Buying(threading.Thread):
    """A till that goes on and on, until told."""

    def __init__(self, site):
        super().__init__()
        self.till = site.asker(token=site.token("surakarta", "officer"))
        self.shop = self.till.get(f"{API}/merchants").json()["merchants"][0]["id"]
        self.card = f"{sql(site, CARDS)[11][1]:09d}"
        self.over, self.told = threading.Event(), []

    def run(self):
        while not self.over.is_set() or not self.told:
            a = self.till.send(f"{API}/purchases", {
                "event": f"busy-{len(self.told)}", "merchant": self.shop, "card": self.card,
                "amount": 50000, "method": "cash", "at": "2021-10-31T05:00:00Z"})
            self.told.append(a.status)

    def end(self):
        self.over.set()
        self.join()


def erase(site, board, number, members):
    a = board.get(f"{A}/{number:09d}")
    ok(a.status == 200 and "Diminta pemegangnya" in a.text and f"{members} kartu digabung" in a.text,
       "the page says that the holder asked, and what else is erased", a.text[-1500:])
    a = board.form(f"{A}/{number:09d}", {"reason": "Permintaan di halaman kartu."})
    ok(a.status == 422 and "Permintaan di halaman kartu." in a.text, "not without a tick; what was typed stays")
    for words in ("x", "", f"Kartu {number:09d}", "HP 0812 9998 8877"):
        ok(board.form(f"{A}/{number:09d}", {"reason": words, "sure": "1"}).status == 422, f"not with \"{words}\"")
    buying = Buying(site)
    buying.start()
    a = board.form(f"{A}/{number:09d}", {"reason": "Permintaan tertulis 3 November.", "sure": "1"})
    ok(a.status == 303, "erased, at once", a.text[:500])
    while "sedang dibersihkan" in board.get(A).text:
        pass
    buying.end()
    ok(set(buying.told) == {201}, f"{len(buying.told)} purchases meanwhile, none refused", set(buying.told))
    ok("tidak ada</span>" in board.get(A).text, "and the page says that no byte is left")


def test_record(site, board, number):
    audit = board.get("/admin/audit").text
    ok("Data pemegang kartu dihapus" in audit and "Permintaan tertulis 3 November." in audit and PHONE[-9:] not in audit
       and str(number) not in audit and "877" not in audit, "the record says that it was done, and of whom nothing")
    a = board.get(f"{A}/{number:09d}")
    ok("sudah dihapus" in a.text, "the card's page says that it is done")
    ok(board.form(f"{A}/{number:09d}", {"reason": "Lagi, tidak apa.", "sure": "1"}).status == 303, "again it finds nothing, quietly")


def test_command(site):
    card, number, secret, _ = sql(site, CARDS)[7]
    whats = {"secret": secret, **openings(site, card)}
    planted(site, whats)
    site.run("card", "erase", "surakarta", "sgs-2021", f"{number:09d}", "--reason", "", status=1)
    out = site.run("card", "erase", "surakarta", "sgs-2021", f"{number:09d}", "--reason", "Surat tertulis.")
    ok("erased: 1" in out, "one command does the same, while the server runs", out)
    nowhere(site, whats)


def main():
    with Site() as site:
        site.run("demo")
        site.serve()
        board = site.asker().sign_in("surakarta", "panitia")
        to, code = rehearsal(site, board)
        test_held(site, board)
        winner, wins, secret = hand_over(site, board, to)
        phone, number, address = own_card(site)
        test_asking(site, board, phone, number, address)
        board.get("/post")
        board.form(f"/post/card/{number:09d}/phone", {"phone": PHONE})
        a = board.form(f"/post/card/{number:09d}/join", {"main": f"{wins:09d}", "seen": "1"})
        ok(a.status == 303, "two cards of one person", a.text[:500])
        draw = sql(site, "SELECT id FROM draw")[0][0]
        sql(site, "INSERT INTO draw_objection SELECT city, 99, ?, id, ?, 1, 0, '', '', 0 FROM card WHERE id = ?",
            (draw, f"Saya {NAME}, kupon saya kurang.", winner))
        own = sql(site, "SELECT id, secret FROM card WHERE number = ?", (number,))[0]
        whats = {"phone": PHONE.encode(), "name": NAME.encode(), "winner's secret": secret, "other card's secret": own[1],
                 "photograph": PHOTO[700000:700064], "end of the photograph": PHOTO[-64:], "answer": ANSWER.encode(), "signed receipt": SIGNED[500:564],
                 **openings(site, winner), **openings(site, own[0])}
        planted(site, whats)
        site.run("draw", "report", "surakarta", code, os.path.join(site.dir, "bundle"))
        verdict = site.run("verify", os.path.join(site.dir, "bundle"), status=2)
        totals = board.get(f"{API}/totals").json()

        erase(site, board, number, 2)
        site.run("backup", os.path.join(site.dir, "after.db"))
        nowhere(site, whats)
        os.remove(os.path.join(site.dir, "after.db"))
        test_record(site, board, number)
        a = phone.get(address)
        ok(a.status == 200 and "kupon</h1>" not in a.text and "forget" not in a.text, "what opened the card opens it no more", a.text[:900])
        site.run("check")
        ok(True, "laris check finds nothing")
        site.run("log", "fsck", "surakarta")
        ok(True, "the log is whole")
        ok(site.run("verify", os.path.join(site.dir, "bundle"), status=2) == verdict, "an earlier bundle is as true as before")
        site.run("draw", "report", "surakarta", code, os.path.join(site.dir, "again"))
        with open(os.path.join(site.dir, "bundle/winners.tsv"), "rb") as f, open(os.path.join(site.dir, "again/winners.tsv"), "rb") as g:
            ok(f.read() == g.read(), "a later one has the same winners")
        now = board.get(f"{API}/totals").json()
        ok(now["rupiah"] == totals["rupiah"] + 50000 * (now["purchases"] - totals["purchases"]), "sums stay", now)
        test_command(site)
        ok(board.get("/healthz").status == 200, "the server goes on")
    done()


main()
