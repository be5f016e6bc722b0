#!/usr/bin/env python3
"""Resident memory of the server: idle, with 10,000 idle connections, under load."""
import argparse
import subprocess
import threading
import time

from lib import (CITY, FESTIVAL, LOAD_CORE, City, Claims, Laris, fetch, machine, pinned, program,
                 say)


def peak_while(server, work):
    """The most the server held while "work" ran."""
    most, over = [0.0], threading.Event()

    def look():
        while not over.is_set():
            most[0] = max(most[0], server.memory_mib())
            time.sleep(0.05)

    t = threading.Thread(target=look)
    t.start()
    try:
        work()
    finally:
        over.set()
        t.join()
    return most[0]


def idle_connections(server, n, seconds):
    """MiB while n connections that asked once are held open; and how many."""
    p = subprocess.Popen([program("bench_load"), "-p", str(server.port), "-g",
                          f"/{CITY}/{FESTIVAL}", "-c", str(n), "-i", str(seconds)],
                         stdout=subprocess.PIPE, text=True, preexec_fn=pinned(LOAD_CORE))
    opened = p.stdout.readline().strip()
    mib = server.memory_mib()
    held = p.stdout.readline().strip()
    p.wait()
    say(f"  {opened} {held}")
    return mib


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--seconds", type=float, default=8)
    p.add_argument("--connections", type=int, default=10000)
    o = p.parse_args()
    about = machine()
    with City() as city:
        token = city.token()
        with Laris(city.db, loops=0, core=None) as server:
            fetch(server.url(f"/{CITY}/{FESTIVAL}"))
            idle = server.memory_mib()
            say(f"idle {idle:.1f} MiB, of which not backed by a file "
                f"{server.memory_mib('RssAnon'):.1f}")
            many = idle_connections(server, o.connections, 3)
        with Laris(city.db, loops=0, core=None) as server:
            busy = peak_while(server, lambda: city.load(server, token, 256, o.seconds))
    claims = Claims()
    claims.at_most("memory idle, MiB", 20, idle)
    claims.at_most(f"memory with {o.connections:,} idle connections, MiB", 120, many)
    claims.at_most("memory under purchase load (256 connections), MiB", 100, busy)
    claims.done(about)


if __name__ == "__main__":
    main()
