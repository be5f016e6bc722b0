"""The two rules ours comes from, as those who use them published their draws:
Rivest's sampler (SHA-256 of "seed,k" modulo the total, from 1 on), which
verify.py must follow wherever both give a number, and RFC 3797, by which the
IETF draws its nominating committee."""
import hashlib
import itertools
import json
import os
import sys
from types import SimpleNamespace

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests/tools"), os.path.join(ROOT, "src/mod/draw")]
sys.dont_write_bytecode = True
import verify as checker                                    # noqa: E402
from tap import done, ok                                    # noqa: E402

VECTORS = os.environ.get("LARIS_VECTORS") or os.path.join(ROOT, "../shared/vectors")
GOLDEN = os.path.join(ROOT, "tests/golden/laris-draw")

# seed, total, what comes out: the published cases, one of them Rivest's own of 2011
RIVEST = [
    ("1", 1000, [97, 89, 163]), ("0", 2, [1, 1, 2]), ("0", 1000, [905, 573, 160]),
    ("0000000000", 1000, [978, 359, 132]),
    ("999999999999999999999999", 1000, [544, 800, 654]),
    ("3546311556112163624615351222", 876, [740, 180, 264, 789, 238]),
    ("abcde", 1000, [247, 427, 157]), ("abc123", 1000, [455, 764, 629]),
    ("snowman: \u2603", 1000, [634, 56, 46]),
    ("\U0001f600", 1000, [596, 415, 303, 11, 141]),
]


def rivest(seed, total, k):
    digest = hashlib.sha256(f"{seed},{k}".encode()).hexdigest()
    return int(digest, 16) % total + 1


def rivest_published():
    wrong = [seed for seed, total, want in RIVEST
             if [rivest(seed, total, k + 1) for k in range(len(want))] != want]
    ok(len(RIVEST) == 10 and not wrong, "Rivest's sampler: ten published cases", wrong)
    name = os.path.join(VECTORS, "rivest-sampler/tests.json")
    if not os.path.exists(name):
        return print("# the published file: skipped, no vectors; say where in LARIS_VECTORS")
    with open(name, encoding="utf-8") as f:
        file = [(t["data"]["seed"], t["data"]["total"], t["expected"]) for t in json.load(f)["tests"]]
    return ok(file == RIVEST, "which are those of the published file")


def ours_follows_rivest():
    """Ours is his with the seed "SEED,PRIZE", but that we begin at k = 0 and count coupons from 0."""
    said = SimpleNamespace(freeze=b"freeze\n")
    for said.coupons in (1, 2, 876, 1000, 2**32, 10**9 + 7):
        seed = hashlib.sha256(b"freeze\ntoldbeacon").hexdigest()
        mine = itertools.islice(checker.Bundle.coupons_of(said, b"told", b"beacon", b"RUMAH"), 1, 200)
        wrong = [k for k, c in mine if c + 1 != rivest(f"{seed},RUMAH", said.coupons, k)]
        ok(not wrong, f"verify.py of {said.coupons} coupons: what Rivest's sampler gives", wrong)


def known_answer_follows_rivest(name):
    def lines(file):
        with open(os.path.join(GOLDEN, name, file), "rb") as f:
            return f.read()
    freeze = dict(ln.split(" ", 1) for ln in lines("freeze.txt").decode().splitlines()[1:])
    seed = hashlib.sha256(lines("freeze.txt") + lines("beacon.txt")).hexdigest()
    steps = [ln.split("\t") for ln in lines("transcript.tsv").decode().splitlines()]
    wrong = [s for s in steps if int(s[2]) + 1 !=
             rivest(f"{seed},{s[0]}", int(freeze["coupons"]), int(s[1]))]
    ok(steps and not wrong, f"{name}: each of {len(steps)} steps is Rivest's", wrong)


def differs_where_it_must():
    """He takes every number; we leave those over the last whole multiple of the total."""
    total = 10**9 + 7
    limit = 2**256 - 2**256 % total
    first = [limit, 2**256 - 1, limit - 1]

    def counted(_, left=iter([b"seed"] + [x.to_bytes(32, "big") for x in first])):
        return next(left)
    real, checker.sha = checker.sha, counted
    try:
        said = SimpleNamespace(freeze=b"", coupons=total)
        got = next(checker.Bundle.coupons_of(said, b"", b"", b"X"))
    finally:
        checker.sha = real
    ok(got == (2, total - 1), "two numbers over the limit are passed over, the one below is taken")


# ---- RFC 3797 -------------------------------------------------------------------

# the reference run of the RFC's section 6; the IETF's own runs: sources, pool, who was drawn
IETF = {
    "RFC 3797, the reference run": (
        "9319 / 2 5 12 8 10 / 9 18 26 34 41 45", 25,
        [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4]),
    "the nominating committee of 2012": (
        "17 20 22 35 38 48 36 / 90193202 / 55598744 / 11 17 21 48 50 9 10", 134,
        [90, 25, 92, 126, 24, 31, 122, 96, 81, 132, 2, 41]),
    "of 2013": (
        "7 8 11 17 19 25 46 / 8285182 / 60115701 / 2 3 18 26 32 33 42", 154,
        [138, 151, 89, 112, 117, 145, 118, 143, 144, 122, 95, 139]),
    "of 2022": (
        "7 18 28 40 48 8 11 / 15 21 31 36 65 16 / 17 21 12 26 8 42 35 13 / "
        "1 10 13 14 16 25 27 5 21", 267,
        [171, 245, 68, 190, 70, 126, 110, 128, 138, 173]),
}


def rfc3797(sources, pool, n):
    """Section 4: numbers of each source sorted; MD5 between the two octets of the turn."""
    text = "".join(".".join(map(str, sorted(map(int, s.split())))) + "./" for s in sources.split("/"))
    left = list(range(1, pool + 1))
    for turn in range(n):
        octets = turn.to_bytes(2, "big")
        digest = hashlib.md5(octets + text.encode() + octets, usedforsecurity=False)
        number = int(digest.hexdigest(), 16)
        yield left.pop(number % len(left))


def main():
    rivest_published()
    ours_follows_rivest()
    for name in ("kat1-seven", "kat2-one-holder"):
        known_answer_follows_rivest(name)
    differs_where_it_must()
    for name, (sources, pool, want) in IETF.items():
        got = list(rfc3797(sources, pool, len(want)))
        ok(got == want, f"{name}: {len(want)} of {pool}", got)
    return done()


if __name__ == "__main__":
    sys.exit(main())
