#!/usr/bin/env python3
"""`laris export purchases` of a whole festival as XLSX: seconds and memory.

Against libxlsxwriter writing as many cells of the same kinds from memory
(bench/xlsx.c), on a tenth of the rows, so that it stays short.
"""
import argparse
import os
import subprocess
import time

from lib import (CITY, FESTIVAL, SERVER_CORE, City, Claims, machine, pinned, program, run_json, say)


def exported(city, path):
    """Seconds and peak MiB of the whole command."""
    since = time.monotonic()
    p = subprocess.Popen([program("laris"), "--db", city.db, "export", "purchases", CITY, FESTIVAL,
                          path], preexec_fn=pinned(SERVER_CORE),
                         env=dict(os.environ, TMPDIR=city.folder))
    _, status, used = os.wait4(p.pid, 0)
    if status:
        raise SystemExit(f"laris export: status {status}")
    return time.monotonic() - since, used.ru_maxrss / 1024


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--scale", default="festival")
    o = p.parse_args()
    about = machine()
    with City(o.scale) as city:
        path = os.path.join(city.folder, "belanja.xlsx")
        rows = city.count("purchase")
        seconds, peak = exported(city, path)
        size = os.path.getsize(path)
        os.unlink(path)
        some = max(10000, rows // 10)
        b = run_json([program("bench_xlsx"), "-n", str(some), path], core=SERVER_CORE)[-1]
    ratio = seconds / rows / (b["seconds"] / some)
    say(f"{rows:,} rows in {seconds:.1f} s, {size / 1e6:.0f} MB; libxlsxwriter alone {some:,} rows in "
        f"{b['seconds']:.1f} s")
    claims = Claims()
    claims.at_most(f"XLSX of {rows:,} purchases, seconds", 120, seconds)
    claims.at_most("its memory at most, MiB", 100, peak)
    claims.add("its time a row, of libxlsxwriter alone", "-", f"{ratio:.2f}", True)
    claims.done(about)


if __name__ == "__main__":
    main()
