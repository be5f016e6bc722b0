"""The clock is set back an hour, under the running server and across a
restart: sales are taken, ids go on upwards, sessions, tokens and pages work,
the sums hold.  The clock is libfaketime's (a preloaded library that reads a
file): the program knows nothing of it."""
import glob
import os
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fault_ import API, CITY, SALE, Sale, done, ok          # noqa: E402

FAKE = sorted(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1"))


class Clock:
    """What the server will read as the time, from its next look on."""

    def __init__(self, folder):
        self.file = os.path.join(folder, "clock")
        self.set("+0")
        self.env = {"LD_PRELOAD": FAKE[0], "FAKETIME_TIMESTAMP_FILE": self.file,
                    "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1"}

    def set(self, shift):
        with open(self.file + ".new", "w", encoding="ascii") as f:
            f.write(shift + "\n")
        os.replace(self.file + ".new", self.file)


def rows(sale, events):
    db = sqlite3.connect(f"file:{sale.db}?mode=ro", uri=True)
    try:
        got = {e: (i, n, r) for e, i, n, r in db.execute(
            "SELECT event, id, number, received FROM purchase WHERE event GLOB 'clock-*'")}
    finally:
        db.close()
    return [got.get(e) for e in events]


def rising(values):
    return all(a < b for a, b in zip(values, values[1:]))


def sell(sale, till, name, n):
    """The events of n purchases, and how they were answered."""
    events = [f"clock-{name}-{i}" for i in range(n)]
    return events, [till.send(API + "/purchases", sale.purchase(e)).status for e in events]


def test_totals(sale, nobody, before):
    """A page that was kept does not hide what came after the clock moved."""
    a = nobody.get(API + "/totals").json()
    ok(a["purchases"] == before + 5, "the totals moved by the sales made since",
       f"{before} -> {a['purchases']}")
    return a["purchases"]


def test_back(sale, clock):
    till, nobody = sale.asker("till", sale.till), sale.asker()
    board = sale.asker("panitia").sign_in(CITY, "panitia")
    events, got = sell(sale, till, "a", 5)
    seen = nobody.get(API + "/totals").json()["purchases"]
    nobody.get(f"/{CITY}/{SALE}")
    clock.set("-3600")
    more, got2 = sell(sale, till, "b", 5)
    ok(got + got2 == [201] * 10, "set back an hour: purchases are taken as before", got + got2)
    r = rows(sale, events + more)
    ok(all(r) and r[4][2] - r[5][2] > 3500 * 1000000,
       "the server's clock did go back (else this test tests nothing)", r)
    ok(all(r) and rising([x[0] for x in r]), "ids go on upwards", [x and x[0] for x in r])
    ok(all(r) and rising([x[1] for x in r]), "and so do the sale's numbers")
    again = [till.send(API + "/purchases", sale.purchase(e)).status for e in events + more]
    ok(again == [200] * 10, "sent again each is the same purchase", again)
    test_totals(sale, nobody, seen)
    test_people(sale, board, "after it was set back")
    return events + more


def test_people(sale, board, when):
    a = board.get("/admin")
    ok(a.status == 200, f"{when}: who was signed in still is", a.status)
    name = f"Pasar Jam {when[:6]}"
    a = board.form("/admin/venues", {"name": name, "kind": "market"})
    ok(a.status == 303, f"{when}: forms that were open are taken", f"{a.status} {a.text[:300]}")
    for login in ("petugas", "pedagang"):
        try:
            sale.asker().sign_in(CITY, login)
            why = ""
        except (RuntimeError, AttributeError) as e:
            why = str(e)
        ok(not why, f"{when}: {login} signs in", why)


def test_restart(sale, clock, events):
    """A server that starts while the clock is behind what is stored."""
    board = sale.asker("panitia").sign_in(CITY, "panitia")
    sale.stop()
    clock.set("-7200")
    sale.again()
    board.port = sale.port
    board.close()
    till = sale.asker("till", sale.till)
    more, got = sell(sale, till, "c", 5)
    ok(got == [201] * 5, "started two hours behind: purchases are taken", got)
    r = rows(sale, events + more)
    ok(all(r) and rising([x[0] for x in r]), "and have ids above all that is stored",
       [x and x[0] for x in r])
    test_people(sale, board, "started behind")
    clock.set("+0")
    more, got = sell(sale, till, "d", 3)
    ok(got == [201] * 3, "set right again: purchases are taken", got)
    broken = sale.clean()
    ok(not broken, "laris check is clean", broken)


def main():
    if not FAKE:
        print("1..0 # SKIP libfaketime is not installed")
        return 0
    with Sale() as sale:
        sale.stop()
        clock = Clock(sale.dir)
        sale.env = clock.env
        sale.again()
        test_restart(sale, clock, test_back(sale, clock))
    return done()


sys.exit(main())
