#!/usr/bin/env python3
"""What the public log costs a purchase: Laris's writer with the log and, the
same code otherwise, without it.  In turns, on the same database; each commit
is on the disk.  The tree and its checkpoints are made when asked for, beside
the writer, and are measured in bench/purchases.py with everything else."""
import argparse

from lib import CITY, FESTIVAL, SERVER_CORE, City, Claims, machine, median, program, run_json, say, spread


def rate(city, name, batch, seconds):
    return run_json([program(name), "-T", f"{CITY}/{FESTIVAL}", "-m", city.merchants, "-C", city.cards,
                     "-b", str(batch), "-s", str(seconds), city.db], core=SERVER_CORE,
                    timeout=seconds + 60)[-1]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--seconds", type=float, default=4)
    o = p.parse_args()
    about = machine()
    found = {b: [] for b in (1, 64)}
    with City() as city:
        for n in range(max(1, o.rounds)):
            for batch, ratios in found.items():
                names = ("bench_nolog", "bench_inprocess")
                got = {b: rate(city, b, batch, o.seconds) for b in names[::1 if n % 2 else -1]}
                bare, ours = (got[b] for b in names)
                ratios.append(ours["per_second"] / bare["per_second"])
                say(f"round {n + 1}: batch {batch}: {ours['per_second']:.0f}/s with the log "
                    f"({ours['cpu_us_per_row']:.1f} us CPU), {bare['per_second']:.0f}/s without "
                    f"({bare['cpu_us_per_row']:.1f} us CPU)")
    claims = Claims()
    for batch, ratios in found.items():
        claims.at_least(f"purchases with the public log, of those without, batches of {batch}", 0.9,
                        median(ratios), spread(ratios))
    claims.done(about)


if __name__ == "__main__":
    main()
