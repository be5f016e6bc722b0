#!/usr/bin/env python3
"""Freezing at the worst moment: the same draw twice at once, two draws of a sale at
once, and a round that comes (or a clock that leaps) while the change waits to be
written.  The clock is libfaketime's.  Prints TAP."""
import datetime
import glob
import itertools
import os
import re
import sqlite3
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

PASS = "pasar-raya-2021"
FAKE = sorted(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1"))
EVENTS = itertools.count(1)


def sale(site):
    """A closed sale with coupons."""
    site.run("city", "add", "35.71")
    site.run("person", "add", "kediri", "ketua", "--role", "organiser", given=PASS + "\n")
    site.serve()
    site.board = site.asker().sign_in("kediri", "ketua", PASS)
    today = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=7)).date().isoformat()
    site.sale = site.board.form("/admin/festival/new", {
        "name": "Pasar Raya", "slug": "pasar-raya", "first_day": today, "last_day": today,
        "target": "1000000000", "admission": "open", "unit": "50000", "counting": "person"}).head["location"]
    site.board.form("/admin/venues", {"name": "Pasar Besar", "kind": "market"})
    site.board.form(site.sale + "/state/inviting", {})
    site.asker().form("/kediri/pasar-raya/join", {"name": "Tahu Takwa", "sector": "food", "stall": "B-12",
                                                  "login": "rini", "password": PASS})
    draws = [draw(site, n) for n in ("satu", "dua", "tiga", "empat")]
    site.board.form(site.sale + "/state/open", {})
    rini = site.asker().sign_in("kediri", "rini", PASS)
    for _ in range(3):
        a = rini.form("/m/sale", {"event": f"r-{next(EVENTS)}", "amount": "100000", "method": "cash"})
        code = re.search(r"QR ([0-9A-Z]{8})", rini.get(a.head["location"]).text)[1]
        site.asker().form(f"/kediri/pasar-raya/claim/{code}/take", {})
    site.board.form(site.sale + "/state/closed", {})
    for d in draws:
        site.board.form(d + "/none", {})
        site.board.form(d + "/list", {})
    return draws


def draw(site, slug):
    to = site.board.form("/admin/draw", {"name": "Undian " + slug, "slug": slug}).head["location"]
    site.board.form(to + "/prize", {"title": "Rumah", "code": "RUMAH", "cls": "UTAMA", "number": "1",
                                    "value": "300000000"})
    return to


def rows(site, sql):
    db = sqlite3.connect(site.db, timeout=10)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def frozen(site):
    """Freezes in the log, and draws that are frozen."""
    entries = [bytes(d) if isinstance(d, bytes) else d.encode() for (d,) in rows(
        site, "SELECT data FROM ledger_entry WHERE kind = 6 ORDER BY number")]
    return ([re.search(rb"draw (\S+)", e)[1].decode() for e in entries],
            sorted(c for (c,) in rows(site, "SELECT code FROM draw WHERE state > 0")))


def freeze(site, to, minutes="60"):
    return site.asker().sign_in("kediri", "ketua", PASS).form(
        to + "/freeze", {"minutes": minutes, "override": "Izin memberi satu hari saja."})


def at_once(work):
    """The answers of all, begun in the same moment."""
    gate, got = threading.Barrier(len(work)), [None] * len(work)

    def one(i):
        gate.wait()
        got[i] = work[i]()

    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(work))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return got


def held(site, work, meanwhile):
    """The work, while somebody else writes; let go once it waits."""
    db, got = sqlite3.connect(site.db, timeout=10, isolation_level=None), []
    db.execute("BEGIN IMMEDIATE")
    t = threading.Thread(target=lambda: got.append(work()))
    t.start()
    time.sleep(1.5)
    meanwhile()
    db.execute("ROLLBACK")
    db.close()
    t.join()
    return got[0]


def leaps(site, clock, to):
    """The round comes between the question and the commit."""
    before = frozen(site)

    def leap():
        with open(clock + ".new", "w", encoding="ascii") as f:
            f.write("+6m\n")
        os.replace(clock + ".new", clock)

    me = site.asker().sign_in("kediri", "ketua", PASS)
    asked = {"minutes": "5", "override": "Izin memberi satu hari saja."}
    a = held(site, lambda: me.form(to + "/freeze", asked), leap)
    ok(a.status == 409 and "drand" in a.text and "Tidak ada yang berubah" in a.text,
       "a round that came while the freeze waited: refused, with what to do", (a.status, a.text[:3000]))
    ok(frozen(site) == before and 'value="5"' in a.text and "Izin memberi satu hari" in a.text,
       "nothing is frozen or logged, nothing typed is lost", frozen(site))
    a = me.form(to + "/freeze", asked)
    ok(a.status == 303 and len(frozen(site)[1]) == 4, "done again it freezes", (a.status, a.text[:2000]))


def main():
    if not FAKE:
        print("1..0 # SKIP no libfaketime")
        return 0
    with Site() as site:
        clock = os.path.join(site.dir, "clock")
        with open(clock, "w", encoding="ascii") as f:
            f.write("+0\n")
        site.env = {"LD_PRELOAD": FAKE[0], "FAKETIME_TIMESTAMP_FILE": clock, "FAKETIME_NO_CACHE": "1",
                    "DONT_FAKE_MONOTONIC": "1"}
        one, two, three, four = sale(site)
        got = [a.status for a in at_once([lambda: freeze(site, one)] * 4)]
        ok(sorted(got) == [303, 409, 409, 409], "the same draw frozen four times at once: one of them does", got)
        ok(frozen(site) == (["pasar-raya-satu"], ["pasar-raya-satu"]), "and it is in the log once", frozen(site))
        got = [a.status for a in at_once([lambda: freeze(site, two), lambda: freeze(site, three)])]
        ok(got == [303, 303] and len(frozen(site)[1]) == 3, "two draws of a sale at once: both are frozen", got)
        leaps(site, clock, four)
        logged, codes = frozen(site)
        ok(sorted(logged) == codes and len(set(logged)) == 4, "each id stands in the log once", logged)
        lists = rows(site, "SELECT COUNT(DISTINCT root), COUNT(*) FROM draw WHERE state > 0")
        ok(lists == [(4, 4)], "with a list of its own", lists)
        site.run("check")
        site.run("log", "fsck", "kediri")
    return done()


sys.exit(main())
