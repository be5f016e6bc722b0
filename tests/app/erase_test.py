#!/usr/bin/env python3
"""A person is forgotten: nothing of the name or number is left in any byte of the
database's files; sums, lists and the public log stay whole."""
import glob
import os
import re
import sqlite3
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

PHONE, NAME = "+6281299988877", "Sumarni Kusumawardhani"
CARDS = """SELECT c.id, c.number, c.secret, c.pin FROM card c JOIN card_total t ON t.card = c.id
 WHERE c.main = 0 AND c.state = 0 AND t.coupons > 3 ORDER BY c.number"""


def sql(site, *statement):
    db = sqlite3.connect(site.db, isolation_level=None)
    try:
        return db.execute(*statement).fetchall()
    finally:
        db.close()


def bytes_of(site):
    """Database, write-ahead log and its index."""
    found = {}
    for path in glob.glob(site.db + "*"):
        with open(path, "rb") as f:
            found[os.path.basename(path)] = f.read()
    return found


def where(site, what):
    return [n for n, b in bytes_of(site).items() if what in b]


def rehearsal(site, board):
    to = board.form("/admin/draw", {"name": "Gladi", "slug": "satu", "rehearsal": "1"}).head["location"]
    board.form(to + "/prize", {"title": "Motor", "code": "MOTOR", "cls": "UTAMA", "number": "3", "value": "1"})
    board.form(to + "/freeze", {"minutes": "60"})
    code = "gladi-sgs-2021-satu"
    site.run("draw", "beacon", "surakarta", code, given=site.run("draw", "rehearse-beacon", "surakarta", code))
    site.run("draw", "run", "surakarta", code)
    return code


def erase(site, number, status=0, reason="Permintaan tertulis 3 November."):
    return site.run("card", "erase", "surakarta", "sgs-2021", f"{number:09d}", "--reason", reason, status=status)


def test_refused(site, draw):
    """A winner who has not got the prize; here the rehearsal is made to count."""
    held = sql(site, "SELECT c.number FROM winner w JOIN card c ON c.id = w.card LIMIT 1")[0][0]
    sql(site, "UPDATE draw SET rehearsal = 0 WHERE id = ?", (draw,))
    before = sql(site, "SELECT secret, pin, phone FROM card WHERE number = ?", (held,))
    erase(site, held, status=1)
    ok(sql(site, "SELECT secret, pin, phone FROM card WHERE number = ?", (held,)) == before,
       "a winner whose prize waits keeps everything")
    sql(site, "UPDATE draw SET rehearsal = 1 WHERE id = ?", (draw,))


def main():
    with Site() as site:
        site.run("demo")
        site.serve()
        board = site.asker().sign_in("surakarta", "panitia")
        code = rehearsal(site, board)
        draw = sql(site, "SELECT id FROM draw WHERE code = ?", (code,))[0][0]
        test_refused(site, draw)
        won = {r[0] for r in sql(site, "SELECT card FROM winner")}
        card, number, secret, _ = [r for r in sql(site, CARDS) if r[0] not in won][7]
        sql(site, "UPDATE card SET phone = ? WHERE id = ?", (PHONE, card))
        sql(site, "INSERT INTO draw_objection SELECT city, 99, ?, id, ?, 1, 0, '', '', 0 FROM card WHERE id = ?",
            (draw, f"Saya {NAME}, kupon saya kurang.", card))
        salts = [r[0] for r in sql(site, "SELECT e.salt FROM ledger_entry e JOIN purchase p ON p.id = e.subject"
                                   " WHERE p.card = ? AND e.kind IN (1, 2)", (card,))]
        ok(len(salts) > 0 and all(len(s) == 32 for s in salts), f"{len(salts)} openings of the card's purchases")
        for what in (PHONE.encode(), NAME.encode(), secret, salts[0]):
            if not where(site, what):
                raise RuntimeError("not planted")
        totals = board.get("/api/v1/cities/surakarta/festivals/sgs-2021/totals").json()
        head = site.run("log", "fsck", "surakarta")

        erase(site, number, status=1, reason="")
        out = erase(site, number)
        ok("erased: 1" in out, "one command, while the server runs", out)
        for name, what in (("phone", PHONE.encode()), ("name", NAME.encode()), ("secret", secret),
                           *((f"opening {i}", s) for i, s in enumerate(salts))):
            left = where(site, what)
            if left or not name.startswith("opening"):
                ok(not left, f"no byte of the {name} is left in any file", left)
        ok(not any(where(site, s) for s in salts), f"nor of its {len(salts)} openings")
        ok(site.run("log", "fsck", "surakarta") == head, "the log is whole, and the very same")
        site.run("check")
        now = board.get("/api/v1/cities/surakarta/festivals/sgs-2021/totals").json()
        ok({**now, "as_of": 0} == {**totals, "as_of": 0}, "sums stay", now)
        audit = board.get("/admin/audit").text
        ok("Data pemegang kartu dihapus" in audit and "Permintaan tertulis 3 November." in audit and PHONE[-9:] not in audit
           and str(number) not in audit, "the record says that it was done, and of whom nothing")
        erase(site, number)
        ok(True, "again it finds nothing, and says so quietly")
        ok(board.get("/healthz").status == 200 and re.search(r"Solo Great Sale", board.get("/admin").text),
           "the server goes on")
    done()


main()
