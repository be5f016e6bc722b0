"""The arithmetic of verify.py on the vectors of others: drand's rounds, and
Wycheproof's Ed25519."""
import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests/tools"), os.path.join(ROOT, "src/mod/draw")]
sys.dont_write_bytecode = True
import verify as checker                                    # noqa: E402
from tap import done, ok                                    # noqa: E402

VECTORS = os.environ.get("LARIS_VECTORS") or os.path.join(ROOT, "../shared/vectors")


def vectors(name):
    with open(os.path.join(VECTORS, name), encoding="utf-8") as f:
        return json.load(f)


def drand():
    doc = vectors("drand/quicknet.json")
    ok(checker.KEYS[doc["chain_hash"]] == doc["public_key"], "the key of quicknet")
    ok((doc["genesis_time"], doc["period"]) == (checker.GENESIS, checker.PERIOD), "its clock")
    for r in doc["rounds"]:
        ok(checker.signed(doc["public_key"], r["round"], r["signature"]) == r["valid"],
           f"round {r['round']}: {r.get('why', 'good')}")
    other = doc["rfc9380_scheme_other_key"]
    good = [checker.signed(other["public_key"], r["round"], r["signature"])
            for r in other["rounds"]]
    ok(all(good) and len(good) == 3, "three rounds of another chain of the scheme")
    ok(not checker.signed(doc["public_key"], 3, other["rounds"][0]["signature"]),
       "which are not quicknet's")


def wycheproof():
    doc = vectors("ed25519/ed25519_test.json")
    wrong = n = 0
    for group in doc["testGroups"]:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for t in group["tests"]:
            sig = bytes.fromhex(t["sig"])
            good = len(sig) == 64 and checker.ed_ok(key, sig, bytes.fromhex(t["msg"]))
            wrong += good != (t["result"] == "valid")
            n += 1
    ok(n == 151 and not wrong, f"Wycheproof's Ed25519: {n} vectors, {wrong} wrong")


if __name__ == "__main__":
    if not os.path.isdir(VECTORS):
        print("1..0 # SKIP no vectors; say where in LARIS_VECTORS")
        sys.exit(0)
    drand()
    wycheproof()
    sys.exit(done())
