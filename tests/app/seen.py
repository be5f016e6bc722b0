"""The last of all tests, by ./dev test alone: what the others together made
the program answer (LARIS_SEEN, docs/decisions/014).  Every JSON reply had the
shape its row promises; every row was answered with success by some test."""
import json
import os
import re
import subprocess
import sys

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import LARIS                                     # noqa: E402
from tap import done, ok                                    # noqa: E402


def allowed():
    """Rows that no test answers, each with its reason."""
    out = {}
    with open(os.path.join(ROOT, "tests/app/seen.allow"), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                row, _, why = line.partition("#")
                out[" ".join(row.split())] = why.strip()
    return out


def main():
    path = os.environ.get("LARIS_SEEN", "")
    if not os.path.exists(path):
        print("1..0 # SKIP no notes: this is the last test of a whole ./dev test")
        return 0
    answered, bad, lines, json_rows = set(), {}, 0, set()
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            lines += 1
            m = re.match(r"(\S+ \S+) (\d+) (ok|BAD.*)$", line)
            if not m:
                bad["a line that is none"] = line
            elif m[3] != "ok":
                bad[f"{m[1]} {m[2]}"] = m[3]
            elif int(m[2]) < 400:
                answered.add(m[1])
                json_rows.add(m[1])
    table = [json.loads(x) for x in subprocess.run(
        [LARIS, "routes", "--json"], text=True, capture_output=True,
        check=True).stdout.splitlines()]
    rows = {f"{r['method']} {r['path']}" for r in table}
    ok(lines > 1000, f"{lines} answers were noted", lines)
    ok(not bad, "every JSON reply has the shape its row promises",
       "\n".join(f"{k}: {v}" for k, v in sorted(bad.items())))
    reasons = allowed()
    never = sorted(rows - answered - set(reasons))
    ok(not never, f"each of {len(rows)} routes was answered with success by some test",
       "\n".join(never))
    ok(all(len(w) > 10 for w in reasons.values()), "each exception has a reason")
    stale = sorted(set(reasons) - (rows - answered))
    ok(not stale, "and is still one", "\n".join(stale))
    return done()


sys.exit(main())
