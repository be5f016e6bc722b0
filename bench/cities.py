#!/usr/bin/env python3
"""Many cities on one server: 514 of them with 1,000 purchases each, beside
one of the same size.

Front pages: wrk asks every city's in turn; kept and made anew.  Memory: what
the server holds when every city's front page has been asked for, and under
purchases.  A noisy city: another's purchases one by one, while it records
as many as it can.
"""
import argparse
import os
import shutil
import sqlite3
import tempfile

from lib import (CITY, DATA, FESTIVAL, LOAD_CORE, Claims, Laris, base32, fetch, laris, machine,
                 made_of, median, program, run_json, say, spread, wrk)

OTHER = "kediri"
WALK = """local at = 0
local slugs = {{ {slugs} }}
function request()
	at = at % #slugs + 1
	return wrk.format("GET", "/" .. slugs[at] .. "/{festival}")
end
"""


class Country:
    """A database of so many cities, made once for each state of what makes it."""

    def __init__(self, cities):
        self.kept = os.path.join(DATA, f"cities-{cities}-{made_of()}")
        if not os.path.exists(os.path.join(self.kept, "ready")):
            for old in os.listdir(DATA) if os.path.isdir(DATA) else []:
                if old.startswith(f"cities-{cities}-"):
                    shutil.rmtree(os.path.join(DATA, old), ignore_errors=True)
            os.makedirs(self.kept)
            db = os.path.join(self.kept, "laris.db")
            say(f"making {cities} cities (once)")
            laris(db, "init")
            laris(db, "demo", "--scale", "tiny", "--cities", str(cities))
            open(os.path.join(self.kept, "ready"), "w").close()

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="laris-bench.", dir=DATA)
        self.db = os.path.join(self.folder, "laris.db")
        shutil.copy(os.path.join(self.kept, "laris.db"), self.db)
        db = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        self.slugs = [s for s, in db.execute("SELECT slug FROM city ORDER BY slug")]
        db.close()
        self.walk = os.path.join(self.folder, "walk.lua")
        with open(self.walk, "w") as f:
            f.write(WALK.format(slugs=", ".join(f'"{s}"' for s in self.slugs), festival=FESTIVAL))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def till(self, city):
        """What bench_load needs to record purchases of that city."""
        db = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        at = "city = (SELECT id FROM city WHERE slug = ?)"
        paths = []
        for name, sql, form in (
                ("merchants", f"SELECT merchant FROM participation WHERE state = 1 AND {at}", base32),
                ("cards", f"SELECT number FROM card WHERE state = 0 AND {at}", "{:09d}".format)):
            paths.append(os.path.join(self.folder, f"{name}-{city}.txt"))
            with open(paths[-1], "w") as f:
                f.writelines(form(v) + "\n" for v, in db.execute(sql, (city,)))
        db.close()
        token = laris(self.db, "token", "add", city, "--role", "officer", "--label", "bench")
        return ["-T", f"{city}/{FESTIVAL}", "-t", token.split()[-1], "-m", paths[0],
                "-C", paths[1]]


def load(server, till, connections, seconds, warm=1.0):
    return run_json([program("bench_load"), "-p", str(server.port), "-k", str(LOAD_CORE), *till,
                     "-c", str(connections), "-d", str(seconds), "-w", str(warm)],
                    timeout=seconds + warm + 60)[-1]


def fronts(sides, rounds, seconds):
    """name -> pages a second, in turns"""
    found = {}
    for n in range(rounds):
        for name, (server, country) in sides.items():
            r = wrk(server.url(f"/{CITY}/{FESTIVAL}"), 64, seconds, country.walk)
            found.setdefault(name, []).append(r["per_second"])
            say(f"round {n + 1}: front pages, {name}: {r['per_second']:.0f}/s")
    return found


def noise(server, many, rounds, seconds):
    """p99 of another city's purchases, in quiet and beside the noisy one; ms"""
    import threading
    noisy, other = many.till(CITY), many.till(OTHER)
    found = {"quiet": [], "noisy": []}
    for n in range(rounds):
        found["quiet"].append(load(server, other, 1, seconds)["p99_us"] / 1000)
        row = {}
        t = threading.Thread(target=lambda: row.update(load(server, noisy, 64, seconds + 2)))
        t.start()
        found["noisy"].append(load(server, other, 1, seconds, warm=2)["p99_us"] / 1000)
        t.join()
        say(f"round {n + 1}: p99 of the other city {found['quiet'][-1]:.2f} ms, beside "
            f"{row['per_second']:.0f} purchases/s {found['noisy'][-1]:.2f} ms")
    return found


def ratio(a, b):
    return [x / y for x, y in zip(a, b)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--seconds", type=int, default=4)
    p.add_argument("--cities", type=int, default=514)
    o = p.parse_args()
    about, claims = machine(), Claims()
    with Country(1) as one, Country(o.cities) as many:
        fresh = ["--no-page-cache"]
        with Laris(one.db) as a, Laris(many.db) as b, Laris(one.db, more=fresh) as c, \
             Laris(many.db, more=fresh) as d:
            idle = a.memory_mib(), b.memory_mib()
            found = fronts({"one city": (a, one), f"{o.cities} cities": (b, many),
                            "one city, made anew": (c, one),
                            f"{o.cities} cities, made anew": (d, many)}, o.rounds, o.seconds)
            if fetch(b.url(f"/{OTHER}/{FESTIVAL}"))[0] != 200:
                raise SystemExit("the other city has no front page")
            seen = a.memory_mib(), b.memory_mib()
        kept, anew = list(found.values())[:2], list(found.values())[2:]
        for what, sides in (("", kept), (", made anew each time", anew)):
            v = ratio(*sides)
            claims.at_most(f"front page of one city, of {o.cities} cities{what}", 1.2, median(v),
                           spread(v))
        claims.at_most(f"memory idle, {o.cities} cities of one", 1.5, idle[1] / idle[0],
                       f" ({idle[1]:.1f}, {idle[0]:.1f} MiB)")
        claims.at_most(f"memory when every front page was asked for, {o.cities} cities of one",
                       1.5, seen[1] / seen[0], f" ({seen[1]:.1f}, {seen[0]:.1f} MiB)")
        with Laris(one.db) as a, Laris(many.db) as b:
            load(a, one.till(CITY), 64, o.seconds)
            v = noise(b, many, o.rounds, o.seconds)
            busy = a.memory_mib(), b.memory_mib()
        v = ratio(v["noisy"], v["quiet"])
        claims.at_most("p99 of a city's purchases beside a noisy city, of its own in quiet", 3,
                       median(v), spread(v))
        claims.at_most(f"memory under purchases, {o.cities} cities of one", 1.5,
                       busy[1] / busy[0], f" ({busy[1]:.1f}, {busy[0]:.1f} MiB)")
    claims.done(about)


if __name__ == "__main__":
    main()
