#!/usr/bin/env python3
"""What sqlc.py makes of a small module, and everything it refuses.

    sqlc_test.py --accept      write tests/golden/sqlc anew
"""
import contextlib
import io
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.join(ROOT, "tools")]
import sqlc                                                 # noqa: E402
import tap                                                  # noqa: E402
from sqlc_cases import (GOOD_SCHEMAS, GOOD_STATEMENTS, SCHEMA, SCHEMAS,
                        STATEMENTS, USE)                    # noqa: E402

GOLDEN = os.path.join(ROOT, "tests", "golden", "sqlc")
MADE = ("shop_read.h", "shop_write.h", "shop_q.c", "shop.pg.sql",
        "migrations.c")


def run(*args):
    """(exit code, what it said)."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        try:
            code = sqlc.main(list(args))
        except SystemExit as e:
            code = e.code
    return code, said.getvalue()


def save(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def load(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def try_module(work, schema, sql):
    """Run sqlc.py on a module of these texts."""
    shutil.rmtree(work, ignore_errors=True)
    files = schema if isinstance(schema, dict) else {"0001-start.sql": schema}
    os.makedirs(os.path.join(work, "mod/t/migrate"))
    for name, text in files.items():
        save(os.path.join(work, "mod/t/migrate", name), text)
    save(os.path.join(work, "core/ids.h"), "ID_TYPE(city);\nID_TYPE(card);\n")
    save(os.path.join(work, "mod/t/ids.h"),
         '#include "core/ids.h"\nID_TYPE(thing);\n')
    save(os.path.join(work, "t.sql"), sql)
    return run("module", "--root", work, "--module", "t",
               "--sql", os.path.join(work, "t.sql"),
               "--migrations", os.path.join(work, "mod/t/migrate"),
               "--out-dir", os.path.join(work, "out"))


def refused(work, name, schema, sql, why):
    code, said = try_module(work, schema, sql)
    tap.ok(code == 1 and why in said, f"refused: {name}",
           f"exit {code}, wanted '{why}', said: {said}")
    tap.ok(not os.path.exists(os.path.join(work, "out")),
           f"refused: {name}: nothing is written")


def make_golden(out):
    code, said = run("module", "--root", os.path.join(ROOT, "src"),
                     "--module", "shop",
                     "--sql", os.path.join(GOLDEN, "shop.sql"),
                     "--migrations", os.path.join(GOLDEN, "migrate"),
                     "--out-dir", out)
    tap.ok(code == 0, "the golden module is made", said)
    code, said = run("migrations", "--out", os.path.join(out, "migrations.c"),
                     "shop=" + os.path.join(GOLDEN, "migrate"))
    tap.ok(code == 0, "and its migrations", said)


def diff(a, b):
    for n, (x, y) in enumerate(zip(a.splitlines(), b.splitlines()), 1):
        if x != y:
            return f"line {n}:\n  golden: {x}\n  made:   {y}"
    return "one is longer"


def test_golden(work):
    out = os.path.join(work, "golden")
    make_golden(out)
    for name in MADE:
        made, want = (load(os.path.join(d, name)) for d in (out, GOLDEN))
        tap.ok(made == want, f"{name} is as in tests/golden/sqlc",
               diff(want, made) + "\n(sqlc_test.py --accept)")


def test_migrations(work):
    bad = os.path.join(work, "bad")
    for name, args, why in (
            ("no such folder", ["x=" + bad], "No such file"),
            ("a folder without a name", [bad], "MODULE=DIR"),
            ("a module twice", ["s=" + os.path.join(GOLDEN, "migrate")] * 2,
             "twice")):
        code, said = run("migrations", "--out", os.path.join(work, "m.c"),
                         *args)
        tap.ok(code == 1 and why in said, f"refused: {name}", said)
    code, said = run("module", "--root", ROOT)
    tap.ok(code == 2, "wrong use is told apart", said)


def main():
    if "--accept" in sys.argv[1:]:
        make_golden(GOLDEN)
        return 0
    work = tempfile.mkdtemp(prefix="laris-sqlc-")
    try:
        for name, schema, why in SCHEMAS:
            refused(os.path.join(work, "w"), name, schema, USE, why)
        for name, sql, why in STATEMENTS:
            refused(os.path.join(work, "w"), name, SCHEMA, sql, why)
        for name, schema in GOOD_SCHEMAS:
            code, said = try_module(os.path.join(work, "w"), schema, USE)
            tap.ok(code == 0, f"accepted: {name}", said)
        for name, sql in GOOD_STATEMENTS:
            code, said = try_module(os.path.join(work, "w"), SCHEMA, USE + sql)
            tap.ok(code == 0, f"accepted: {name}", said)
        test_migrations(work)
        test_golden(work)
    finally:
        shutil.rmtree(work)
    return tap.done()


sys.exit(main())
