#!/usr/bin/env python3
"""Every statement of every module is understood by PostgreSQL."""
import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "tools"))
import pg_prepare                                           # noqa: E402
import tap                                                  # noqa: E402

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                      "..", "golden", "sqlc", "shop.pg.sql")
FAULTY = """-- @migration t 1 start
CREATE TABLE t (city bigint PRIMARY KEY, n bigint, name text);
-- @statement good (int)
PREPARE q(bigint) AS SELECT n FROM t WHERE city = $1::bigint;
DEALLOCATE q;
-- @describe good (int)
SELECT n FROM t WHERE city = NULL::bigint \\gdesc
-- @statement ambiguous ()
PREPARE q(bigint,bigint) AS INSERT INTO t (city, n) VALUES ($1, $2)
ON CONFLICT (city) DO UPDATE SET n = n + excluded.n;
DEALLOCATE q;
-- @describe truth (int)
SELECT n = 1 AS yes FROM t \\gdesc
-- @statement after ()
PREPARE q AS DELETE FROM t;
DEALLOCATE q;
"""


def main():
    if not any(os.environ.get(k) for k in ("LARIS_PG", "PGHOST", "PGPORT")):
        print("1..0 # SKIP no PostgreSQL server named (LARIS_PG)")
        return 0
    said = dict(pg_prepare.check(FAULTY))
    tap.ok(said["statement good"] is None and said["describe good"] is None,
           "a right statement passes", said)
    tap.ok("ambiguous" in (said["statement ambiguous"] or ""),
           "one that SQLite alone understands is caught", said)
    tap.ok("boolean" in (said["describe truth"] or ""),
           "a boolean where an int is declared is caught", said)
    tap.ok(said["statement after"] is None, "a fault spoils no other", said)
    build = os.environ.get("LARIS_BUILD", "build")
    files = sorted(glob.glob(os.path.join(build, "*.pg.sql"))
                   + glob.glob(os.path.join(build, "*", "*.pg.sql")))
    tap.ok(files, "modules have statements", f"nothing in {build}")
    for path in files + [GOLDEN]:
        with open(path, encoding="utf-8") as f:
            for name, fault in pg_prepare.check(f.read()):
                tap.ok(fault is None, name, fault)
    return tap.done()


sys.exit(main())
