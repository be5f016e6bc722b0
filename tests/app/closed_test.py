#!/usr/bin/env python3
"""A closed city's jobs wait until it opens; another city's run meanwhile, and so do
those that keep it in order."""
import os
import sqlite3
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

PAUSED, EVER = ("ledger-totals", "promo-end"), ("tidy", "log-witness")


def due(site):
    """{(city, kind)} whose time is long past."""
    db = sqlite3.connect(site.db, timeout=20)
    rows = db.execute("SELECT c.slug, j.kind FROM job j JOIN city c ON c.id = j.city WHERE j.due = 1").fetchall()
    db.close()
    return set(rows)


def pass_over(site):
    """All jobs of both cities are due; served until what may run did."""
    db = sqlite3.connect(site.db)
    db.execute("UPDATE job SET due = 1, state = 0")
    db.commit()
    db.close()
    before = due(site)
    site.serve()
    end = time.monotonic() + 40
    # cities are taken in the order of their slugs: then surakarta has had its turn
    while any(city == "tegal" for city, _ in due(site)) and time.monotonic() < end:
        time.sleep(0.1)
    site.stop()
    return before, due(site)


def main():
    with Site() as site:
        site.run("demo")
        site.run("city", "add", "33.76")
        site.serve()
        end = time.monotonic() + 40
        db = sqlite3.connect(site.db, timeout=20)
        while db.execute("SELECT count(*) FROM job").fetchone()[0] < 2 * 4 and time.monotonic() < end:
            time.sleep(0.2)
        kinds = {k for k, in db.execute("SELECT DISTINCT kind FROM job")}
        db.close()
        site.stop()
        ok(kinds >= {*PAUSED, *EVER}, "both cities have their jobs", kinds)
        site.run("city", "close", "surakarta", "--reason", "pindah server")
        before, after = pass_over(site)
        ok(before >= {("surakarta", k) for k in PAUSED} and after >= {("surakarta", k) for k in PAUSED},
           "a closed city sends nothing and enters nothing in its log", after)
        ok(not any(city == "tegal" for city, _ in after), "another city's jobs run", after)
        ok(not after & {("surakarta", k) for k in EVER}, "what keeps it in order runs", after)
        site.run("city", "open", "surakarta")
        _, after = pass_over(site)
        ok(not any(k in PAUSED for _, k in after), "opened again, its jobs run", after)
    done()


main()
