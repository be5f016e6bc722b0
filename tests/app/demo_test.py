"""`laris demo` makes the same city for the same seed, byte for byte, but for
when the tables were made and the salted hashes of passwords."""
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from tap import done, ok                                    # noqa: E402

LARIS = os.path.join(ROOT, "build", "laris")


def city(folder, seed):
    db = os.path.join(folder, "laris.db")
    os.makedirs(folder)
    for words in (["init"], ["demo", "--seed", seed]):
        subprocess.run([LARIS, "--db", db, *words], check=True, stdout=subprocess.DEVNULL)
    con = sqlite3.connect(db)
    rows = [re.sub(r"\$argon2id\$[^']*", "hash", row) for row in con.iterdump()
            if not row.startswith('INSERT INTO "migration"')]
    secrets = {s for s, in con.execute("SELECT secret FROM card")}
    cards, = con.execute("SELECT count(*) FROM card").fetchone()
    key = open(os.path.join(folder, "laris-log.key"), "rb").read()
    return rows, secrets, cards, key


with tempfile.TemporaryDirectory() as work:
    a, b, c = (city(os.path.join(work, n), seed) for n, seed in
               (("a", "7"), ("b", "7"), ("c", "8")))
    odd = [(x, y) for x, y in zip(a[0], b[0]) if x != y]
    ok(len(a[0]) == len(b[0]) and not odd, "the same seed, the same rows", str(odd[:2]))
    ok(len(a[1]) == a[2] > 1000, "each card has a secret of its own")
    ok(not a[1] & c[1], "another seed, other secrets")
    ok(a[3] != b[3], "the key of the public log is never repeated")
done()
