#!/usr/bin/env python3
"""The catalogue of 20,000 promotions: a search with filters, no page kept.

The promotions are made by the program's own rules (bench/fill.c).  Every
page asked for differs (word, sector, open now), so that nothing is served
twice from anywhere; the server has one core.  The other side is plain
SQLite with an FTS5 index over the same rows, without HTTP or a page.
"""
import argparse
import os
import shutil

from lib import (CITY, FESTIVAL, LOAD_CORE, SERVER_CORE, City, Claims, Laris, fetch, machine, median,
                 program, run_json, say, spread, wrk)

WORDS = ("batik", "kopi", "beras", "lurik", "diskon", "wayang", "serabi", "kulit", "hemat", "sprei")
SECTORS = ("fashion", "food", "craft", "grocery", "service")


def paths():
    base = f"/{CITY}/{FESTIVAL}/promo?q="
    return ([f"{base}{w}&sector={s}&open=1" for w in WORDS for s in SECTORS] +
            [f"{base}{w}+motif&open=1" for w in WORDS])


def lua(folder):
    """wrk asks one after the other."""
    name = os.path.join(folder, "paths.lua")
    with open(name, "w") as f:
        f.write("local at, paths = 0, {\n")
        f.writelines(f'  "{p}",\n' for p in paths())
        f.write("}\nrequest = function()\n  at = at % #paths + 1\n"
                "  return wrk.format('GET', paths[at])\nend\n")
    return name


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--seconds", type=int, default=4)
    p.add_argument("--promotions", type=int, default=20000)
    p.add_argument("--connections", type=int, default=16)
    o = p.parse_args()
    about = machine()
    found, plain = [], []
    with City() as city:
        city.fill(o.promotions)
        copy = os.path.join(city.folder, "plain.db")
        shutil.copy(city.db, copy)
        with Laris(city.db, more=["--no-page-cache"]) as server:
            status, page, _ = fetch(server.url(paths()[0]))
            if status != 200 or b"batik" not in page.lower():
                raise SystemExit(f"{paths()[0]} says {status}")
            script = lua(city.folder)
            for n in range(max(1, o.rounds)):
                r = wrk(server.url("/"), o.connections, o.seconds, script)
                found.append(r)
                plain.append(run_json([program("bench_plain_find"), "-s", "2", copy],
                                      core=SERVER_CORE)[-1])
                say(f"round {n + 1}: {r['per_second']:.0f} pages/s, p99 {r['p99_ms']:.1f} ms; "
                    f"plain FTS5 {plain[-1]['per_second']:.0f}/s")
    claims = Claims()
    v = [r["per_second"] for r in found]
    claims.at_least(f"catalogue of {o.promotions:,}, search and filters, no page kept, pages/s on "
                    "one core", 2000, median(v), spread(v))
    v = [r["p99_ms"] for r in found]
    claims.at_most(f"the same, p99 in ms at {o.connections} connections", 20, median(v), spread(v))
    v = [a["per_second"] / b["per_second"] for a, b in zip(found, plain)]
    claims.add("the same, of plain SQLite FTS5 without HTTP and page", "-",
               f"{median(v):.2f}{spread(v)}", True)
    claims.done(about + f"; first page {len(page)} bytes; load on core {LOAD_CORE}")


if __name__ == "__main__":
    main()
