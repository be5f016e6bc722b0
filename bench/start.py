#!/usr/bin/env python3
"""From exec to the first page, with a festival-size database."""
import argparse
import os

from lib import CITY, DATA, FESTIVAL, ROOT, Claims, Laris, demo, machine, median, say, spread


def database():
    """The one ./dev run festival made, if it is there; else our own."""
    kept = os.path.join(ROOT, ".data", "festival")
    if os.path.exists(os.path.join(kept, "ready")):
        return os.path.join(kept, "laris.db")
    return os.path.join(demo("festival"), "laris.db")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--db", help="another database")
    o = p.parse_args()
    about = machine()
    os.makedirs(DATA, exist_ok=True)
    db = o.db or database()
    found = []
    for _ in range(max(1, o.rounds)):
        with Laris(db, core=None, loops=0, ready=f"/{CITY}/{FESTIVAL}") as server:
            found.append(server.first)
            say(f"first page after {server.first * 1e3:.0f} ms")
    claims = Claims()
    claims.at_most("first page after start, festival-size database, seconds", 0.5, median(found),
                   spread(found))
    claims.done(about + f"; database {os.path.getsize(db) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
