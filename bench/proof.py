#!/usr/bin/env python3
"""The proof of one receipt out of a log of ten million entries.

The rows of the log are made here, of the size purchases have; then proofs
are asked for over HTTP, one after another, of entries all over the log.
Beside them, in turns, /healthz: what a request costs that reads nothing.
Then the log is computed anew (`laris log fsck`), which takes every row.
"""
import argparse
import hashlib
import http.client
import os
import random
import shutil
import sqlite3
import tempfile
import time

from lib import CITY, DATA, Claims, Laris, laris, machine, median, say

TILE = 256
HEAD = b"laris-purchase/v1\nhour 2021-10-05T14Z\ncommitment "


def sha(data):
    return hashlib.sha256(data).digest()


def root(hashes):
    """Of a full tile."""
    while len(hashes) > 1:
        hashes = [sha(b"\1" + hashes[i] + hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def fill(path, city, size):
    """Entries and nodes as ledger_append leaves them."""
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; BEGIN")
    pick, tiles = random.Random(10), [[] for _ in range(8)]
    for start in range(0, size, TILE):
        rows = []
        for n in range(start, min(start + TILE, size)):
            salt = pick.randbytes(32)
            data = HEAD + sha(salt).hex().encode() + b"\n"
            rows.append((city, n, 1, n, data, salt))
            tiles[0].append(sha(b"\0" + data))
        db.executemany("INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?)", rows)
        for level in range(1, 8):
            if len(tiles[level - 1]) < TILE:
                break
            tiles[level].append(root(tiles[level - 1]))
            tiles[level - 1] = []
            number = (start + TILE) // TILE ** level - 1
            db.execute("INSERT INTO ledger_node VALUES (?, ?, ?, ?)",
                       (city, level, number, tiles[level][-1]))
    db.execute("INSERT INTO ledger_head VALUES (?, ?, ?)", (city, size, f"laris/{CITY}@localhost"))
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def ask(conn, path):
    """Milliseconds to the last byte."""
    since = time.perf_counter()
    conn.request("GET", path)
    r = conn.getresponse()
    body = r.read()
    took = (time.perf_counter() - since) * 1e3
    if r.status != 200 or (path.startswith("/log") and not body.startswith(b"c2sp.org/tlog-proof@v1")):
        raise SystemExit(f"{path}: {r.status} {body[:80]!r}")
    return took


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--entries", type=int, default=10_000_000)
    p.add_argument("--asked", type=int, default=2000)
    o = p.parse_args()
    about, claims, pick = machine(), Claims(), random.Random(7)
    os.makedirs(DATA, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="proof.", dir=DATA)
    try:
        path = os.path.join(folder, "laris.db")
        laris(path, "init")
        laris(path, "city", "add", "33.72")
        db = sqlite3.connect(path)
        city = db.execute("SELECT id FROM city").fetchone()[0]
        db.close()
        since = time.monotonic()
        fill(path, city, o.entries)
        say(f"a log of {o.entries:,} entries in {time.monotonic() - since:.0f} s, "
            f"{os.path.getsize(path) / 1e6:.0f} MB")
        proof, plain = [], []
        with Laris(path) as server:
            conn = http.client.HTTPConnection("127.0.0.1", server.port)
            cpu = server.cpu_us()
            for _ in range(o.asked):
                proof.append(ask(conn, f"/log/{CITY}/proof/{pick.randrange(o.entries)}"))
                plain.append(ask(conn, "/healthz"))
            cpu = (server.cpu_us() - cpu) / o.asked / 1e3
        since = os.times()
        laris(path, "log", "fsck", CITY)
        until = os.times()
        fsck = (until.children_user - since.children_user
                + until.children_system - since.children_system)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    proof.sort()
    plain.sort()
    claims.at_most(f"proof of a receipt from {o.entries:,} entries, median ms", 2, median(proof),
                   f" (p99 {proof[len(proof) * 99 // 100]:.2f}; /healthz {median(plain):.2f}; "
                   f"CPU of both {cpu:.2f})")
    claims.add("the whole log computed anew, laris log fsck, CPU s", "-", f"{fsck:.1f}", True)
    claims.done(about)


if __name__ == "__main__":
    main()
