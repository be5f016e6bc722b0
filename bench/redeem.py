#!/usr/bin/env python3
"""1,000 promotions redeemed at once over HTTP, each reply after its fsync.

First with room in every quota: uses a second, against plain SQLite writing the
same rows at the same mean batch.  Then 1,000 others with a quota of 5, asked
for many times more than there is: exactly 5 of each are given, and the
database proves it.
"""
import argparse
import os
import shutil
import sqlite3

from lib import (City, Claims, Laris, SERVER_CORE, laris, machine, median, program, run_json, say,
                 spread)

QUOTA = 5


def rush(city, server, token, promotions):
    """Uses given, of promotions with few, until well over all are asked for."""
    made = city.fill(promotions, QUOTA)
    r = city.load(server, token, 64, 20, warm=0,
                  more=["-R", made, "-n", str(promotions * QUOTA * 4)])
    db = sqlite3.connect(f"file:{city.db}?mode=ro", uri=True)
    over, rows, most = db.execute(
        "SELECT sum(t.used > p.quota), (SELECT count(*) FROM redemption r JOIN promotion q ON"
        " q.id = r.promotion WHERE q.quota = ?), max(t.used) FROM promotion p JOIN promotion_total t"
        " ON t.promotion = p.id WHERE p.quota = ? AND p.created_by = 'bench'",
        (QUOTA, QUOTA)).fetchone()
    db.close()
    say(f"{promotions} promotions of {QUOTA}: replies {r['status']}, rows {rows}, most of one {most}")
    return r, over, rows


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--seconds", type=float, default=4)
    p.add_argument("--promotions", type=int, default=1000)
    o = p.parse_args()
    about = machine()
    found, plain = [], []
    with City() as city:
        made = city.fill(o.promotions)
        copy = os.path.join(city.folder, "plain.db")
        shutil.copy(city.db, copy)
        token = city.token()
        with Laris(city.db) as server:
            for n in range(max(1, o.rounds)):
                r = city.load(server, token, 64, o.seconds, more=["-R", made])
                b = run_json([program("bench_plain_redeem"), "-n", str(o.promotions), "-b",
                              str(max(1, round(r["batch"]))), "-s", str(o.seconds), copy],
                             core=SERVER_CORE)[-1]
                found.append(r)
                plain.append(b)
                say(f"round {n + 1}: {r['per_second']:.0f}/s p99 {r['p99_us'] / 1e3:.1f} ms, batch "
                    f"{r['batch']:.1f}, replies {r['status']}; plain {b['per_second']:.0f}/s")
            r, over, rows = rush(city, server, token, o.promotions)
        laris(city.db, "check")
    claims = Claims()
    v = [r["status"].get("201", 0) / r["seconds"] for r in found]
    claims.at_least(f"{o.promotions:,} promotions redeemed in parallel, uses/s", 5000, median(v),
                    spread(v))
    claims.at_most("quotas broken", 0, over)
    given = r["status"].get("201", 0)
    claims.add(f"uses given of {o.promotions * QUOTA:,} while four times as many are asked for",
               f"{o.promotions * QUOTA} at most", f"{given}, rows {rows}",
               given == rows <= o.promotions * QUOTA)
    v = [a["per_second"] / b["per_second"] for a, b in zip(found, plain)]
    claims.add("redeeming, of plain SQLite writing the same rows at the same batch", "-",
               f"{median(v):.2f}{spread(v)}", True)
    claims.done(about + "; laris check afterwards: clean")


if __name__ == "__main__":
    main()
