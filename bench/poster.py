#!/usr/bin/env python3
"""A merchant's poster as PDF, over HTTP: request to last byte, one at a time."""
import argparse
import time

from lib import CITY, FESTIVAL, City, Claims, Laris, fetch, laris, machine, median, say, spread


def timed(server, path, head):
    since = time.monotonic()
    status, pdf, _ = fetch(server.url(path), head)
    ms = (time.monotonic() - since) * 1e3
    if status != 200 or not pdf.startswith(b"%PDF"):
        raise SystemExit(f"{path} says {status}")
    return ms, len(pdf)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--requests", type=int, default=30)
    o = p.parse_args()
    about = machine()
    claims = Claims()
    with City() as city:
        token = laris(city.db, "token", "add", CITY, "--role", "organiser", "--label",
                      "bench").split()[-1]
        head = {"Authorization": f"Bearer {token}"}
        with open(city.merchants) as f:
            ids = f.read().split()
        with Laris(city.db) as server:
            for name in ("poster-a4.pdf", "poster-a6.pdf", "sign.pdf"):
                paths = [f"/admin/festival/{FESTIVAL}/merchants/{m}/paper/{name}"
                         for m in ids[:max(3, o.requests)]]
                first, size = timed(server, paths[0], head)
                v = [timed(server, path, head)[0] for path in paths[1:]]
                say(f"{name}: the first {first:.0f} ms, {size} bytes")
                claims.at_most(f"{name}, each of another merchant, p50 in ms", 50, median(v),
                               spread(v))
    claims.done(about)


if __name__ == "__main__":
    main()
