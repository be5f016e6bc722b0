#!/usr/bin/env python3
"""What one more purchase costs in a full house: at 10^7 rows against 10^5.

In process, through the writer, in large batches so that ten million rows
are done in minutes.  The median of five steps there, and of five around
10^5.  The same for plain SQLite, to tell ours from its.
"""
import argparse
import os

from lib import (SCHEMAS, CITY, FESTIVAL, ROOT, SERVER_CORE, City, Claims, machine, median, program,
                 run_json, say)



def parts(rows, first, last):
    """Microseconds a row, the median of the steps between two counts."""
    found = [r["us_per_row"] for r in rows if first < r["at"] <= last]
    return median(found) if found else 0.0


def compare(claims, name, rows, target):
    top = rows[-1]["at"]
    step = rows[0]["rows"]
    early = parts(rows, step, 5 * step)
    late = parts(rows, top - 5 * step, top)
    for mark in range(10):
        at = top * (mark + 1) // 10
        say(f"  {name} at {at}: {parts(rows, at - top // 10, at):.1f} us a row")
    text = f"one more purchase at {top:,} rows against {3 * step:,}, {name}"
    if target:
        claims.at_most(text, target, late / early, f" ({early:.1f} us, {late:.1f} us)")
    else:
        claims.add(text, "-", f"{late / early:.2f} ({early:.1f} us, {late:.1f} us)", True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rows", type=int, default=10_000_000)
    p.add_argument("--batch", type=int, default=256)
    p.add_argument("--seconds", type=int, default=900, help="at most, each side")
    p.add_argument("--bare", action="store_true", help="plain SQLite too")
    o = p.parse_args()
    about = machine()
    claims = Claims()
    step = max(2000, min(o.rows // 40, 35000))
    how = ["-b", str(o.batch), "-s", str(o.seconds), "-n", str(o.rows), "-r", str(step)]
    with City() as city:
        rows = run_json([program("bench_inprocess"), "-T", f"{CITY}/{FESTIVAL}", "-m",
                         city.merchants, "-C", city.cards, *how, city.db], core=SERVER_CORE,
                        timeout=o.seconds + 120)
        compare(claims, "Laris", rows, 1.3)
        os.unlink(city.db)
        if o.bare:
            rows = run_json([program("bench_bare"), *how, "-c", str(city.n_cards), "-m",
                             str(city.n_merchants), *SCHEMAS,
                             os.path.join(city.folder, "bare.db")], core=SERVER_CORE,
                            timeout=o.seconds + 120)
            compare(claims, "bare SQLite", rows, None)
    claims.done(about)


if __name__ == "__main__":
    main()
