#!/usr/bin/env python3
"""`laris import purchases` of 100,000 lines: seconds and memory, against plain SQLite.

The file is as an office writes it: dates, codes of merchants, rupiah with
dots, one in three with a card.  Memory is the peak of the process, for this
file and for a fifth of it.  The other side writes the rows of as many purchases
in one transaction (bench/bare.c), from memory, judging nothing.
"""
import argparse
import os
import random
import sqlite3
import subprocess
import time

from lib import (SCHEMAS, CITY, FESTIVAL, SERVER_CORE, City, Claims, laris, machine, median, pinned, program,
                 ROOT, run_json, say, spread)


def office_file(city, lines):
    """The same for the same number of lines."""
    rng = random.Random(lines)
    db = sqlite3.connect(f"file:{city.db}?mode=ro", uri=True)
    codes = [c for c, in db.execute("SELECT m.code FROM merchant m JOIN participation p ON"
                                    " p.merchant = m.id WHERE p.state = 1 ORDER BY 1")]
    cards = [c for c, in db.execute("SELECT number FROM card WHERE state = 0 ORDER BY 1")]
    db.close()
    path = os.path.join(city.folder, f"nota-{lines}.csv")
    with open(path, "w") as f:
        f.write("tanggal;jam;kode usaha;no nota;jumlah;kartu;metode\n")
        for n in range(lines):
            card = f"{rng.choice(cards):09d}" if n % 3 == 0 else ""
            rupiah = f"{rng.randrange(5, 900) * 1000:,}".replace(",", ".")
            f.write(f"{rng.randrange(1, 32):02d}/10/2021;{rng.randrange(8, 21):02d}.{n % 60:02d};"
                    f"{rng.choice(codes)};N-{n};{rupiah};{card};{('tunai', 'qris')[n % 2]}\n")
    return path


def imported(city, path):
    """Seconds and peak MiB of the whole command."""
    since = time.monotonic()
    p = subprocess.Popen([program("laris"), "--db", city.db, "import", "purchases", CITY, FESTIVAL,
                          path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                         preexec_fn=pinned(SERVER_CORE))
    said = p.stdout.read()
    _, status, used = os.wait4(p.pid, 0)
    if status:
        raise SystemExit(f"laris import: status {status}\n{said[-2000:]}")
    return time.monotonic() - since, used.ru_maxrss / 1024


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--lines", type=int, default=100000)
    p.add_argument("--rounds", type=int, default=3)
    o = p.parse_args()
    about = machine()
    seconds, ratio, peak = [], [], []
    for n in range(max(1, o.rounds)):
        with City() as city:
            small = imported(city, office_file(city, o.lines // 5))
            r = imported(city, office_file(city, o.lines))
            b = run_json([program("bench_bare"), "-b", str(o.lines), "-n", str(o.lines), "-s", "60",
                          "-c", str(city.n_cards), "-m", str(city.n_merchants), *SCHEMAS,
                          os.path.join(city.folder, "bare.db")], core=SERVER_CORE)[-1]
            if n == 0:
                laris(city.db, "check")
        seconds.append(r[0])
        ratio.append(r[0] / b["seconds"])
        peak.append(r[1])
        say(f"round {n + 1}: {o.lines} lines in {r[0]:.2f} s, {r[1]:.0f} MiB; {o.lines // 5} lines "
            f"{small[0]:.2f} s, {small[1]:.0f} MiB; plain SQLite {b['seconds']:.2f} s")
    claims = Claims()
    claims.at_most(f"import of {o.lines:,} purchases, seconds", 5, median(seconds), spread(seconds))
    claims.at_most("its memory at most, MiB", 100, median(peak), spread(peak))
    claims.add("its time, of plain SQLite inserting the same rows", "-",
               f"{median(ratio):.2f}{spread(ratio)}", True)
    claims.done(about + "; laris check afterwards: clean")


if __name__ == "__main__":
    main()
