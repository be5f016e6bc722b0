#!/usr/bin/env python3
"""Purchases in process, through the writer, against plain SQLite."""
import argparse
import os

from lib import (CITY, FESTIVAL, SERVER_CORE, City, Claims, bare, machine, median, program,
                 run_json, say, spread)


def inprocess(city, batch, seconds, *more):
    return run_json([program("bench_inprocess"), "-T", f"{CITY}/{FESTIVAL}", "-m", city.merchants,
                     "-C", city.cards, "-b", str(batch), "-s", str(seconds), *more, city.db],
                    core=SERVER_CORE, timeout=seconds + 60)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--seconds", type=float, default=4)
    o = p.parse_args()
    about = machine()
    ratios = {b: [] for b in (1, 32, 64, 256)}
    with City() as city:
        for n in range(max(1, o.rounds)):
            for batch, found in ratios.items():
                ours = inprocess(city, batch, o.seconds)[-1]
                limit = bare(city.folder, batch, o.seconds, city.n_cards, city.n_merchants)
                found.append(ours["per_second"] / limit["per_second"])
                say(f"round {n + 1}: batch {batch}: {ours['per_second']:.0f}/s "
                    f"({ours['cpu_us_per_row']:.1f} us CPU), bare {limit['per_second']:.0f}/s "
                    f"({limit['cpu_us_per_row']:.1f} us CPU)")
        size = os.path.getsize(city.db) / 1e6
    claims = Claims()
    for batch, found in ratios.items():
        claims.at_least(f"in process, batches of {batch}, of bare SQLite", 0.8, median(found),
                        spread(found))
    claims.done(about + f"; database {size:.0f} MB at the end")


if __name__ == "__main__":
    main()
