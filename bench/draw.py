#!/usr/bin/env python3
"""A draw of a whole country: ten million holders of a billion coupons.

The holders' names, the list, its tree and the draw as the freeze does them
(bench/draw.c), then `laris verify` on the bundle; and once more with a
million holders, as a city's reader would.  CPU seconds on one core, so that other work on the
machine says less; not nothing (it takes of the caches and of the core's other
half), so a draw is made --rounds times and the best is taken, with the range
beside it.  The anchor is OpenSSL's SHA-256 of 64 bytes with its
context reused: a tree of n leaves takes 2 n - 1 hashes.
"""
import argparse
import json
import os
import shutil
import subprocess
import tempfile

from lib import DATA, SERVER_CORE, Claims, machine, pinned, program, run_json, say, spread


def verify(folder):
    """CPU seconds and peak MiB of `laris verify`; what it said."""
    p = subprocess.Popen([program("laris"), "verify", folder, "--json"], text=True,
                         stdout=subprocess.PIPE, preexec_fn=pinned(SERVER_CORE))
    said = p.stdout.read()
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    marks = [r["result"] for r in json.loads(said)["promises"]]
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, p.returncode, marks


WHOLE = ("names", "list", "tree", "draw")


def whole(parts):
    return sum(parts[n]["cpu_seconds"] for n in WHOLE)


def parts_of(holders, coupons, *keep):
    """What bench_draw says of each part."""
    rows = run_json([program("bench_draw"), "-n", str(holders), "-c", str(coupons), *keep],
                    core=SERVER_CORE, timeout=1200)
    parts = {r["part"]: r for r in rows}
    for name, r in parts.items():
        say(f"  {name}: {r['cpu_seconds']:.3f} s, {r['per_second']:,.0f}/s, peak {r['peak_mib']:.0f} MiB")
    say(f"  whole ({', '.join(WHOLE)}): {whole(parts):.3f} s")
    return parts


def drawn(holders, coupons, keep, rounds):
    """Each round's parts, and what verifying the bundle takes."""
    all_parts = [parts_of(holders, coupons, keep)]
    all_parts += [parts_of(holders, coupons) for _ in range(rounds - 1)]
    seconds, peak, code, marks = verify(keep)
    say(f"  verify: {seconds:.3f} s, peak {peak:.0f} MiB, exit {code}")
    if code == 1 or marks.count("valid") < 2:
        raise SystemExit(f"laris verify does not call the bundle valid: {marks}")
    return all_parts, seconds, peak


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--holders", type=int, default=10_000_000)
    p.add_argument("--coupons", type=int, default=1_000_000_000)
    p.add_argument("--rounds", type=int, default=3)
    o = p.parse_args()
    about, claims = machine(), Claims()
    os.makedirs(DATA, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="draw.", dir=DATA)
    try:
        rounds, seconds, peak = drawn(o.holders, o.coupons, os.path.join(folder, "undian"),
                                      o.rounds)
        small = drawn(o.holders // 10, o.coupons // 10, os.path.join(folder, "kota"), 1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    parts, took = min(rounds, key=whole), [whole(r) for r in rounds]
    claims.at_most(f"{o.holders:,} holders, {o.coupons:,} coupons: names, list, tree and draw, CPU s",
                   5, min(took), spread(took))
    for name in WHOLE[:3]:
        claims.add(f"of that the {name}", "-", f"{parts[name]['cpu_seconds']:.2f}", True)
    claims.at_most("its memory at most, MiB", 1536, max(r["peak_mib"] for r in parts.values()))
    claims.at_most("laris verify of it, CPU s", 5, seconds)
    claims.at_most("its memory at most, MiB", 1536, peak)
    claims.at_most(f"laris verify of {o.holders // 10:,} holders, CPU s", 1, small[1])
    rate = 2 * parts["tree"]["per_second"] / parts["hash"]["per_second"]
    claims.at_least("hashes a second in the tree, of OpenSSL's with its context reused", 1, rate)
    claims.done(about)


if __name__ == "__main__":
    main()
