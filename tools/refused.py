#!/usr/bin/env python3
"""What does not belong into a .c or .h file of src/.

    refused.py [ROOT]

Calls of the functions in tools/banned; SQL in a string (it belongs into
a .sql file; the engines in src/db are excepted); HTML in a string (it
belongs into a .tmpl file; the escapes in src/html are excepted); lines
of over 100 columns (a tab is 8), there and in tests/ and bench/.
tools/refused.allow lists exceptions, one a line: FILE WHAT reason
(WHAT: the function's name, SQL or HTML); one that is not needed is a fault.
"""
import os
import re
import sys

TOKEN = re.compile(r"""
    /\*.*?\*/ | //[^\n]*            # comments
  | "(?:\\.|[^"\\\n])*"             # strings
  | '(?:\\.|[^'\\\n])*'             # characters
  | [A-Za-z_]\w*\s*(?=\()           # something called, or a macro
""", re.S | re.X)
SQL = re.compile(r"\b(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b"
                 r"|DELETE\s+FROM\b|CREATE\s+(TABLE|INDEX|UNIQUE)\b|ALTER\s+TABLE\b|DROP\s+TABLE\b)")
HTML = re.compile(r"</[a-z]|<!doctype|<[a-z][a-z0-9]*(\s+[a-z-]+=|\s*/?>)|&(lt|gt|amp|quot|nbsp|#\d+);",
                  re.I)
COLUMNS = 100


def table(path, least):
    """Lines of words, without comments."""
    rows = []
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                words = line.split()
                if words and not line.startswith("#"):
                    if len(words) < least:
                        sys.exit(f"{path}: no reason given: {line.strip()}")
                    rows.append(words)
    return rows


def faults(path, text, banned):
    """(line, what, sentence) of each fault in one file."""
    for m in TOKEN.finditer(text):
        piece, line = m.group(0), text.count("\n", 0, m.start()) + 1
        if piece.startswith('"'):
            if SQL.search(piece) and not path.startswith("src/db/"):
                yield line, "SQL", "SQL in a string: it belongs into a .sql file"
            if HTML.search(piece) and not path.startswith("src/html/"):
                yield line, "HTML", "HTML in a string: it belongs into a .tmpl file"
        elif piece[0].isalpha() or piece[0] == "_":
            name = piece.strip()
            before = text[:m.start()].rstrip()[-2:]
            if name in banned and not before.endswith(".") and before != "->":
                yield line, name, f"{name}() is not called here: {banned[name]}"


def wide(text):
    """Numbers and columns of lines that are too wide."""
    for number, line in enumerate(text.split("\n"), 1):
        columns = len(line.expandtabs(8))
        if columns > COLUMNS:
            yield number, columns


def files(root):
    for top in ("src", "tests", "bench"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                if name.endswith((".c", ".h")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(
        os.path.abspath(__file__)))
    here = os.path.dirname(os.path.abspath(__file__))
    banned = {w[0]: " ".join(w[1:]) for w in table(os.path.join(here, "banned"), 2)}
    allow = {(w[0], w[1]): False for w in table(os.path.join(root, "tools/refused.allow"), 3)}
    bad = 0
    for path in sorted(files(root)):
        with open(os.path.join(root, path), encoding="utf-8") as f:
            text = f.read()
        for line, columns in wide(text):
            print(f"{path}:{line}: {columns} columns ({COLUMNS})")
            bad = 1
        if not path.startswith("src/"):
            continue
        for line, what, say in faults(path, text, banned):
            if (path, what) in allow:
                allow[path, what] = True
                continue
            print(f"{path}:{line}: {say}")
            bad = 1
    for (path, what), used in sorted(allow.items()):
        if not used:
            print(f"tools/refused.allow: not needed (any more): {path} {what}")
            bad = 1
    sys.exit(bad)


if __name__ == "__main__":
    main()
