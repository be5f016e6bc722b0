#!/usr/bin/env python3
"""Durable purchases over HTTP against plain SQLite writing the same rows.

In turns, at least three rounds: 64 connections, SQLite at the mean batch
just measured, 256, SQLite again, 1,024, one, SQLite one row at a time.
"""
import argparse

from lib import (City, Claims, Laris, bare, fdatasync_us, machine, median, say, spread)


def one_round(city, server, token, seconds):
    limit = {"cards": city.n_cards, "merchants": city.n_merchants}
    r = {"fsync": fdatasync_us(city.folder)}
    for c in (64, 256):
        r[c] = city.load(server, token, c, seconds)
        r[f"bare {c}"] = bare(city.folder, r[c]["batch"], seconds, **limit)
    r[1024] = city.load(server, token, 1024, seconds)
    r[1] = city.load(server, token, 1, seconds)
    r["bare 1"] = bare(city.folder, 1, seconds, **limit)
    return r


def show(n, r):
    say(f"round {n}: fdatasync p50 {r['fsync']:.0f} us")
    for c in (64, 256, 1024, 1):
        x, b = r[c], r.get(f"bare {c}")
        line = (f"  c{c}: {x['per_second']:.0f}/s p50 {x['p50_us'] / 1e3:.2f} "
                f"p99 {x['p99_us'] / 1e3:.2f} ms, batch {x['batch']:.1f}")
        if b:
            line += (f"; bare at {b['batch']}: {b['per_second']:.0f}/s "
                     f"p50 {b['transaction_p50_us'] / 1e3:.2f} ms")
        say(line)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--seconds", type=float, default=4)
    o = p.parse_args()
    about = machine()
    rounds = []
    with City() as city:
        token = city.token()
        with Laris(city.db) as server:
            city.load(server, token, 64, 1)
            for n in range(max(1, o.rounds)):
                rounds.append(one_round(city, server, token, o.seconds))
                show(n + 1, rounds[-1])
    claims = Claims()
    for c, target in ((64, 0.6), (256, 0.5)):
        v = [r[c]["per_second"] / r[f"bare {c}"]["per_second"] for r in rounds]
        claims.at_least(f"durable purchases at {c} connections, of bare SQLite at the same batch",
                        target, median(v), spread(v))
    v = [r[64]["p99_us"] / r["fsync"] for r in rounds]
    claims.at_most("p99 at 64 connections, in fdatasyncs of 4 KiB", 40, median(v), spread(v))
    v = [r[1024]["per_second"] / r[64]["per_second"] for r in rounds]
    claims.at_least("1,024 connections against 64", 0.7, median(v), spread(v))
    v = [r[1]["p50_us"] / r["bare 1"]["transaction_p50_us"] for r in rounds]
    claims.at_most("one purchase at a time, p50 against a bare one-row commit", 1.3, median(v),
                   spread(v))
    claims.done(about)


if __name__ == "__main__":
    main()
