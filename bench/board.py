#!/usr/bin/env python3
"""The organiser's board over a festival of 3 million purchases: request to last byte.

The festival is `laris demo --scale festival`, made once by the program's own
rules (a minute or two).  One request at a time, server and asker on a core each.
"""
import argparse
import time

from lib import CITY, FESTIVAL, City, Claims, Laris, fetch, laris, machine, median, say, spread


def timed(server, path, head):
    """Milliseconds from the request to the whole page."""
    since = time.monotonic()
    status, page, _ = fetch(server.url(path), head)
    ms = (time.monotonic() - since) * 1e3
    if status != 200:
        raise SystemExit(f"{path} says {status}")
    return ms, len(page)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--scale", default="festival")
    p.add_argument("--requests", type=int, default=40)
    o = p.parse_args()
    about = machine()
    path = f"/admin/festival/{FESTIVAL}/board"
    with City(o.scale) as city:
        token = laris(city.db, "token", "add", CITY, "--role", "organiser", "--label",
                      "bench").split()[-1]
        head = {"Authorization": f"Bearer {token}"}
        with Laris(city.db) as server:
            first, size = timed(server, path, head)
            v = [timed(server, path, head)[0] for _ in range(max(3, o.requests))]
            sold = int(server_totals(server)["purchases"])
    say(f"the first after the start {first:.0f} ms, then {min(v):.1f} to {max(v):.1f} ms")
    claims = Claims()
    claims.at_most(f"board with {sold:,} purchases, p50 in ms", 50, median(v), spread(v))
    claims.at_most("the first one after the start, ms", 500, first)
    claims.done(about + f"; page of {size} bytes")


def server_totals(server):
    import json
    return json.loads(fetch(server.url(f"/api/v1/cities/{CITY}/festivals/{FESTIVAL}/totals"))[1])


if __name__ == "__main__":
    main()
