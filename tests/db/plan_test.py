"""How SQLite runs our statements: none reads a whole subquery again for each
row beside it.  (coalesce() has no type, so SQLite makes no index of it: 5,000
cards compared with 5,000 sums took 2 s, and a Great Sale has ten times both.)"""
import glob
import os
import re
import sqlite3
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402


def statements():
    """(where, its SELECT) of every .sql of a module"""
    for path in sorted(glob.glob(f"{ROOT}/src/core/*.sql") + glob.glob(f"{ROOT}/src/mod/*/*.sql")):
        with open(path, encoding="utf-8") as f:
            for part in f.read().split("-- name: ")[1:]:
                name, text = part.split(None, 1)
                text = re.sub(r"(?m)^--.*$|^:.*$", "", text).strip().rstrip(";")
                if text.startswith(("SELECT", "WITH")):
                    yield f"{os.path.relpath(path, ROOT)}: {name}", text


def main():
    with Site() as site:
        db = sqlite3.connect(site.db)
        bad, looked = [], 0
        for where, text in statements():
            plan = [r[3] for r in db.execute("EXPLAIN QUERY PLAN " + text,
                                             {k: 1 for k in re.findall(r":(\w+)", text)})]
            looked += 1
            if any(re.match(r"SCAN \S+ LEFT-JOIN", p) for p in plan):
                bad.append(f"{where}\n  " + "\n  ".join(plan))
        db.close()
    ok(looked > 300, f"{looked} statements that read")
    ok(not bad, "each row of a LEFT JOIN is found, none is searched for by reading all",
       "\n".join(bad))
    return done()


if __name__ == "__main__":
    sys.exit(main())
