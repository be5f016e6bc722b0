"""The folder of others' vectors holds what the tests that read it believe: as many
cases as it is published with, each read by the test named beside it.  And what
the tests keep of it themselves is the same."""
import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests/tools"), os.path.join(ROOT, "src/mod/draw")]
sys.dont_write_bytecode = True
import verify as checker                                    # noqa: E402
from tap import done, ok                                    # noqa: E402

VECTORS = os.environ.get("LARIS_VECTORS") or os.path.join(ROOT, "../shared/vectors")


def load(name):
    with open(os.path.join(VECTORS, name), encoding="utf-8") as f:
        return json.load(f)


def tree(folder):
    """Path within it -> bytes."""
    out = {}
    for at, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(at, name), "rb") as f:
                out[os.path.relpath(os.path.join(at, name), folder)] = f.read()
    return out


def under(name):
    return tree(os.path.join(VECTORS, name))


def counts():
    wycheproof = [len(g["tests"]) for g in load("ed25519/ed25519_test.json")["testGroups"]]
    hmac = [len(g["tests"]) for g in load("hmac/hmac_sha256_test.json")["testGroups"]]
    tiles = under("tlog-tiles/testdata/log")
    cases = [
        ("merkle, inclusion", 98, len(under("merkle/testdata/inclusion")), "log/merkle_test.c"),
        ("merkle, consistency", 98, len(under("merkle/testdata/consistency")), "log/merkle_test.c"),
        ("tlog-tiles, checkpoints", 17, sum(n.startswith("checkpoint") for n in tiles),
         "log/tile_test.c"),
        ("tlog-tiles, tiles", 30, sum(n.startswith("tile/") for n in tiles), "log/tile_test.c"),
        ("signed-note", 8, sum(n.endswith(".note") for n in under("signed-note")),
         "log/note_test.c"),
        ("ed25519, Wycheproof", 151, sum(wycheproof), "log/sign_test.c"),
        ("ed25519, CCTV", 914, len(load("ed25519/cctv_ed25519vectors.json")), "log/sign_test.c"),
        ("hmac", 174, sum(hmac), "core/crypto_test.c"),
        ("drand, quicknet", 5, len(load("drand/quicknet.json")["rounds"]), "crypto/bls_test.c"),
        ("drand, another chain", 3,
         len(load("drand/quicknet.json")["rfc9380_scheme_other_key"]["rounds"]),
         "crypto/bls_test.c"),
        ("laris-draw, bundles", 7, len({n.split("/")[0] for n in under("laris-draw") if "/" in n}),
         "draw/verify_test.c"),
        ("laris-draw, bounded.json", 105, len(load("laris-draw/bounded.json")["vectors"]),
         "draw/pick_test.c"),
        ("rivest-sampler", 10, len(load("rivest-sampler/tests.json")["tests"]),
         "draw/ancestors_test.py"),
    ]
    for what, want, there, test in cases:
        ok(there == want and os.path.exists(os.path.join(ROOT, "tests", test)),
           f"{what}: {want} cases, read by {test}", there)


def kept():
    """What is ours lies here too; drand's rounds stand in bls_test.c."""
    for name in ("laris-log", "laris-draw"):
        mine, theirs = tree(os.path.join(ROOT, "tests/golden", name)), under(name)
        ok(mine == theirs, f"{name}: {len(theirs)} files, as they lie in tests/golden",
           {n for n in mine.keys() | theirs.keys() if mine.get(n) != theirs.get(n)})
    with open(os.path.join(ROOT, "tests/crypto/bls_test.c"), encoding="utf-8") as f:
        text = "".join(f.read().replace("\\", "").split()).replace('""', "")
    doc = load("drand/quicknet.json")
    other = doc["rfc9380_scheme_other_key"]
    rows = [("QUICKNET", r, r["valid"]) for r in doc["rounds"]]
    rows += [("OTHER", r, True) for r in other["rounds"]]
    lost = [r["round"] for key, r, good in rows if "{%s,%d,\"%s\",%s}" % (
        key, r["round"], r["signature"], "true" if good else "false") not in text]
    ok(doc["public_key"] in text and other["public_key"] in text and not lost,
       f"drand: {len(rows)} rounds, as they stand in bls_test.c", lost)


def cctv():
    """Signatures on the edges, where libraries differ.  libsodium takes none with a
    point of small order, none written in another way than the one: verify.py too."""
    strict = {"low_order_A", "low_order_R", "low_order_residue", "non_canonical_A",
              "non_canonical_R"}
    cases = load("ed25519/cctv_ed25519vectors.json")
    wrong = [v["number"] for v in cases if strict.isdisjoint(v["flags"] or []) != checker.ed_ok(
        bytes.fromhex(v["key"]), bytes.fromhex(v["sig"]), v["msg"].encode())]
    ok(len(cases) == 914 and not wrong, "verify.py judges CCTV's 914 Ed25519 signatures "
       "as the program does", wrong)


if __name__ == "__main__":
    if not os.path.isdir(VECTORS):
        print("1..0 # SKIP no vectors; say where in LARIS_VECTORS")
        sys.exit(0)
    counts()
    kept()
    cctv()
    sys.exit(done())
