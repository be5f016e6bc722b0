#!/usr/bin/env python3
"""A draw of a whole country: ten million holders of a billion coupons.

The list, its tree and the draw as the freeze does them (bench/draw.c), then
`laris verify` on the bundle; and once more with a million holders, as a
city's reader would.  CPU seconds on one core, so that other work on the
machine says little.  The anchor is OpenSSL's SHA-256 of 64 bytes with its
context reused: a tree of n leaves takes 2 n - 1 hashes.
"""
import argparse
import json
import os
import shutil
import subprocess
import tempfile

from lib import DATA, SERVER_CORE, Claims, machine, pinned, program, run_json, say


def verify(folder):
    """CPU seconds and peak MiB of `laris verify`; what it said."""
    p = subprocess.Popen([program("laris"), "verify", folder, "--json"], text=True,
                         stdout=subprocess.PIPE, preexec_fn=pinned(SERVER_CORE))
    said = p.stdout.read()
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    marks = [r["result"] for r in json.loads(said)["promises"]]
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, p.returncode, marks


def drawn(holders, coupons, keep):
    """What bench_draw says of each part, and what verifying its bundle takes."""
    rows = run_json([program("bench_draw"), "-n", str(holders), "-c", str(coupons), keep],
                    core=SERVER_CORE, timeout=1200)
    parts = {r["part"]: r for r in rows}
    for name, r in parts.items():
        say(f"  {name}: {r['cpu_seconds']:.3f} s, {r['per_second']:,.0f}/s, peak {r['peak_mib']:.0f} MiB")
    seconds, peak, code, marks = verify(keep)
    say(f"  verify: {seconds:.3f} s, peak {peak:.0f} MiB, exit {code}")
    if code == 1 or marks.count("valid") < 2:
        raise SystemExit(f"laris verify does not call the bundle valid: {marks}")
    return parts, seconds, peak


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--holders", type=int, default=10_000_000)
    p.add_argument("--coupons", type=int, default=1_000_000_000)
    o = p.parse_args()
    about, claims = machine(), Claims()
    os.makedirs(DATA, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="draw.", dir=DATA)
    try:
        parts, seconds, peak = drawn(o.holders, o.coupons, os.path.join(folder, "undian"))
        small = drawn(o.holders // 10, o.coupons // 10, os.path.join(folder, "kota"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    took = sum(parts[n]["cpu_seconds"] for n in ("list", "tree", "draw"))
    claims.at_most(f"{o.holders:,} holders, {o.coupons:,} coupons: list, tree and draw, CPU s", 5,
                   took)
    claims.at_most("its memory at most, MiB", 1536, max(r["peak_mib"] for r in parts.values()))
    claims.add("the names on the list (HMAC and SHA-256 of each card), CPU s", "-",
               f"{parts['names']['cpu_seconds']:.2f}", True)
    claims.at_most("laris verify of it, CPU s", 5, seconds)
    claims.at_most("its memory at most, MiB", 1536, peak)
    claims.at_most(f"laris verify of {o.holders // 10:,} holders, CPU s", 1, small[1])
    rate = 2 * parts["tree"]["per_second"] / parts["hash"]["per_second"]
    claims.at_least("hashes a second in the tree, of OpenSSL's with its context reused", 1, rate)
    claims.done(about)


if __name__ == "__main__":
    main()
