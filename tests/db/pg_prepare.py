#!/usr/bin/env python3
"""Prepare every statement on a real PostgreSQL, and print TAP.

    pg_prepare.py FILE.pg.sql ...

The server is that of PGHOST, PGPORT, PGUSER …, or of LARIS_PG (a URL).
Each file (made by tools/sqlc.py) runs in a schema of its own, dropped
afterwards: its migrations, then PREPARE of each statement, then the types
of each result.
"""
import os
import re
import subprocess
import sys

MAY_BE = {"int": {"bigint", "integer", "smallint", "numeric"},
          "text": {"text", "character varying"}, "bytes": {"bytea"}}
MARK = re.compile(r"^-- @(migration|statement|describe) (.*?)(?: \((.*)\))?$",
                  re.M)


def psql(script):
    """(stdout, stderr) of one session."""
    args = ["psql", "-X", "-q", "-A", "-t", "-v", "VERBOSITY=terse"]
    if os.environ.get("LARIS_PG"):
        args += ["-d", os.environ["LARIS_PG"]]
    p = subprocess.run(args, input=script, capture_output=True, text=True,
                       check=False)
    if p.returncode:
        sys.exit(f"Bail out! psql: {p.stderr.strip()}")
    return p.stdout, p.stderr


def by_mark(text):
    """What was printed between our marks."""
    out, cur = {}, None
    for line in text.splitlines():
        if line.startswith("@@"):
            cur = out.setdefault(int(line[2:]), [])
        elif cur is not None:
            cur.append(line)
    return out


def judge(kind, outs, said, errors):
    """None, or what is wrong with one chunk."""
    if errors:
        return errors[0]
    if kind != "describe":
        return None
    got = [ln.rsplit("|", 1) for ln in said]
    want = outs.split(",")
    if len(got) != len(want):
        return f"{len(got)} columns, {len(want)} declared"
    for (name, pg), w in zip(got, want):
        if pg not in MAY_BE[w]:
            return f"{name} is {pg}, declared {w}"
    return None


def check(text):
    """[(name, fault or None)] of one file's text."""
    schema = f"laris_prepare_{os.getpid()}"
    marks = list(MARK.finditer(text))
    script = [f"DROP SCHEMA IF EXISTS {schema} CASCADE;",
              f"CREATE SCHEMA {schema};", f"SET search_path = {schema};"]
    for i, m in enumerate(marks):
        end = marks[i + 1].start() if i + 1 < len(marks) else len(text)
        script += [f"\\echo @@{i}", f"\\warn @@{i}", text[m.end():end]]
    script += [f"\\warn @@{len(marks)}",
               f"SET client_min_messages = error; DROP SCHEMA {schema} CASCADE;"]
    out, errors = (by_mark(t) for t in psql("\n".join(script) + "\n"))
    return [(f"{m[1]} {m[2]}", judge(m[1], m[3] or "", out.get(i, []),
                                     errors.get(i, [])))
            for i, m in enumerate(marks)]


def main(paths):
    n = bad = 0
    for path in paths:
        with open(path, encoding="utf-8") as f:
            text = f.read()
        for name, fault in check(text):
            n += 1
            bad += fault is not None
            print(f"{'not ' if fault else ''}ok {n} - {name}")
            if fault:
                print(f"# {path}: {fault}")
    print(f"1..{n}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
