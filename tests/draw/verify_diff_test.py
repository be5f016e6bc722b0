"""`laris verify` and the Python verifier on the same folders, whole and
spoilt: never a different verdict.  LARIS_DRAW_CASES says how many."""
import hashlib
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests/tools"), os.path.dirname(os.path.abspath(__file__))]
import verify_ref                                           # noqa: E402
from tap import done, ok                                    # noqa: E402

BUILD = os.environ.get("LARIS_BUILD") or os.path.join(ROOT, "build")
LARIS = os.environ.get("LARIS") or os.path.join(BUILD, "laris")
CASES = int(os.environ.get("LARIS_DRAW_CASES", "400"))
GOLDEN = os.path.join(ROOT, "tests/golden/laris-draw")
CHAIN = b"52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


def hexsum(data):
    return hashlib.sha256(data).hexdigest().encode()


# ---- bundles out of nothing, whole or built wrong before the freeze ---------


def records(r):
    cids = sorted(r.randbytes(32) for _ in range(r.choice((1, 2, 3, 8, 30))))
    counts = [r.choice((1, 1, 2, 5, 300)) for _ in cids]
    return [[c, 0, n] for c, n in zip(cids, counts)]


def number(rows):
    first = 0
    for row in rows:
        row[1] = first
        first += row[2]


def misnumber(r, rows):
    """What a dishonest or careless city might freeze."""
    row = r.choice(rows)
    kind = r.randrange(7)
    if kind == 0:
        r.shuffle(rows)
        number(rows)
    elif kind == 1:
        rows.insert(rows.index(row), list(row))
        number(rows)
    elif kind == 2:
        row[1] += r.choice((1, 2))
    elif kind == 3:
        row[2] += 1
    elif kind == 4:
        row[2] = 0
        number(rows)
    elif kind == 5:
        row[1] = row[2] = (1 << 64) - 1
    return rows


def prizes(r):
    codes = r.sample(("RUMAH", "MOBIL", "MOTOR", "EMAS", "a.b", "A,1"), r.randint(1, 4))
    out = b"".join(b"%s\t%s\t%d\tHadiah \xc3\xa9\n" % (
        c.encode(), r.choice((b"utama", b"hiburan")), r.choice((1, 2, 9))) for c in codes)
    if r.random() < 0.1:
        out = r.choice((b"", out + out, out[:-1], out.replace(b"\t1\t", b"\t01\t"),
                        out.replace(b"\n", b"\r\n"), out.replace(b"Hadiah", b"\xff"),
                        out.replace(b"\t2\t", b"\t0\t"), out + b"X\ty\t1\n"))
    return out


def write_draw(files, r):
    """beacon, winners and transcript as the rule gives them, where it does."""
    folder = tempfile.mkdtemp()
    try:
        for name, data in files.items():
            with open(os.path.join(folder, name), "wb") as f:
                f.write(data)
        b = verify_ref.Bundle(folder)
        b.head()
        b.list()
        beacon = b"laris-beacon/v1\ndraw %s\ndrand %s %s %s\n" % (
            b.f["draw"], b.f["drand"], b.f["round"], r.randbytes(48).hex().encode())
        files["beacon.txt"] = beacon
        files["winners.tsv"], files["transcript.tsv"] = b.walk(beacon)
    except verify_ref.Wrong:
        pass
    finally:
        shutil.rmtree(folder)


def make(r):
    rows = records(r)
    number(rows)
    if r.random() < 0.15:
        rows = misnumber(r, rows)
    data = b"".join(struct.pack(">32sQQ", *row) for row in rows)
    barred = [c.hex().encode() for c, _, _ in rows if r.random() < 0.2]
    barred += [r.randbytes(32).hex().encode()] * r.choice((0, 0, 1, 2))
    files = {"entries.bin": data, "prizes.tsv": prizes(r),
             "ineligible.txt": b"".join(b + b"\n" for b in barred)}
    rules = b""
    if r.random() < 0.5:
        files["rules.txt"] = b"Aturan.\n"
        rules = b"rules %s\n" % hexsum(files["rules.txt"])
    leaves = [data[i:i + 48] for i in range(0, len(data), 48)]
    files["freeze.txt"] = (
        b"laris-undian/v1\ndraw T-1\nentries %d\ncoupons %d\nroot %s\nprizes %s\n"
        b"ineligible %s\n%sdrand %s\nround %d\n" % (
            len(rows), sum(n for _, _, n in rows) % (1 << 64),
            verify_ref.root(leaves).hex().encode(), hexsum(files["prizes.tsv"]),
            hexsum(files["ineligible.txt"]), rules, CHAIN, r.choice((1, 1000, 10 ** 12))))
    if r.random() < 0.9:
        write_draw(files, r)
    return files


# ---- spoiling ---------------------------------------------------------------


def spoil_bytes(r, data):
    kind, at = r.randrange(6), r.randrange(len(data) + 1)
    if kind == 0 and data:
        at = min(at, len(data) - 1)
        return data[:at] + bytes([data[at] ^ 1 << r.randrange(8)]) + data[at + 1:]
    if kind == 1:
        return data[:at]
    if kind == 2:
        return data[:at] + r.choice((b"\n", b"0", b"\r", b"\t", b"\0", b" ")) + data[at:]
    if kind == 3:
        return data[:at] + data[at + 1:]
    parts = data.split(b"\n")
    at = r.randrange(len(parts))
    if kind == 4:
        return b"\n".join(parts[:at + 1] + parts[at:])
    return b"\n".join(parts[:at] + parts[at + 1:])


def spoil(r, files):
    name = r.choice(sorted(files))
    if r.random() < 0.1:
        del files[name]
    elif r.random() < 0.05:
        files[r.choice(("rules.txt", "stranger.txt", "winners.tsv"))] = b"x\n"
    else:
        files[name] = spoil_bytes(r, files[name])


def add_sums(r, files):
    if r.random() < 0.5:
        files["SHA256SUMS"] = b"".join(
            b"%s  %s\n" % (hexsum(d), n.encode()) for n, d in sorted(files.items()))


def judge(folder):
    p = subprocess.run([LARIS, "verify", folder, "--json"], capture_output=True, timeout=60)
    try:
        said = json.loads(p.stdout)
    except ValueError:
        return p.returncode, p.stdout + p.stderr
    # The Python one does not know BLS12-381 yet: made-up signatures are good enough here.
    failed = [x["reason"] for x in said["promises"] if x["result"] == "failed"]
    return (2 if failed == ["beacon-signature"] else p.returncode), failed


def compare(folder):
    """None, or what the two say differently."""
    ours = verify_ref.verify(folder)
    code, reasons = judge(folder)
    return None if code == (1 if ours else 2) else f"python: {ours}; laris: {code} {reasons}"


def known():
    for name in sorted(os.listdir(GOLDEN)):
        if os.path.isdir(os.path.join(GOLDEN, name)):
            why = compare(os.path.join(GOLDEN, name))
            ok(not why, f"{name}: both say the same", why)


def case(seed, folder):
    r = random.Random(seed)
    files = make(r)
    if r.random() < 0.4:
        add_sums(r, files)
    for _ in range(r.choice((0, 1, 1, 1, 2))):
        if files:
            spoil(r, files)
    if "SHA256SUMS" not in files:
        add_sums(r, files)
    for name, data in files.items():
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)
    return compare(folder), verify_ref.verify(folder)


def main():
    known()
    differ, whole = [], 0
    start = int(os.environ.get("LARIS_DRAW_SEED", "1"))
    for seed in range(start, start + CASES):
        folder = tempfile.mkdtemp()
        try:
            why, reason = case(seed, folder)
        finally:
            shutil.rmtree(folder)
        whole += reason is None
        if why:
            differ.append(f"seed {seed}: {why}")
    ok(not differ, f"{CASES} folders made and spoilt: never a different verdict",
       "\n".join(differ[:20]))
    ok(CASES // 10 < whole < CASES - CASES // 10, f"{whole} of them had nothing wrong")
    return done()


if __name__ == "__main__":
    sys.exit(main())
