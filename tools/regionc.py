#!/usr/bin/env python3
"""The regions of Indonesia as one sorted table, read in place by region.c.

    regionc.py FOLDER --out-s region_data.S --out-bin region_data.bin

FOLDER holds provinces.csv, regencies.csv, districts.csv and villages.csv
of the npm package idn-area-data (ODbL 1.0; see NOTICE).  The table, in the
byte order of this machine:

    u32 magic, rows of each of the 4 levels
    for each level but the last: (rows + 1) x { u32 text, u32 first child }
    for the last:                (rows + 1) x { u32 text }
    text: code and name of each row, one behind the other, no separator

Rows are sorted by code, so a row's children lie together; the row behind
the last one says where the others end.  Lengths of codes are fixed: 2, 5,
8, 13 ("33", "33.72", "33.72.01", "33.72.01.1001").
"""
import argparse
import csv
import os
import re
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import incbin                                               # noqa: E402

MAGIC = 0x4C524731                                          # "LRG1"
LEVELS = [
    ("provinces.csv", None, r"\d\d"),
    ("regencies.csv", "province_code", r"\d\d\.\d\d"),
    ("districts.csv", "regency_code", r"\d\d\.\d\d\.\d\d"),
    ("villages.csv", "district_code", r"\d\d\.\d\d\.\d\d\.\d\d\d\d"),
]


def read(folder, name, parent, shape):
    """Rows (code, name) of one level, sorted, each checked."""
    path = os.path.join(folder, name)
    rows = []
    with open(path, encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            code, title = row["code"], row["name"].strip()
            if not re.fullmatch(shape, code):
                sys.exit(f"{path}: code {code!r} has another shape")
            if parent and not code.startswith(row[parent] + "."):
                sys.exit(f"{path}: {code} is not inside {row[parent]}")
            if not title or any(ord(c) < 32 for c in title):
                sys.exit(f"{path}: {code} has no proper name")
            rows.append((code, title))
    rows.sort()
    for a, b in zip(rows, rows[1:]):
        if a[0] == b[0]:
            sys.exit(f"{path}: {a[0]} is there twice")
    return rows


def first_children(rows, below):
    """For each row (and one behind the last) where its children begin."""
    at, out = 0, []
    for code, _ in rows:
        out.append(at)
        while at < len(below) and below[at][0].startswith(code + "."):
            at += 1
    if at != len(below):
        sys.exit(f"{below[at][0]} {below[at][1]}: nothing it belongs to")
    return out + [at]


def table(levels):
    text, at, index = [], 0, b""
    for i, rows in enumerate(levels):
        starts = []
        for code, name in rows:
            entry = (code + name).encode()
            starts.append(at)
            at += len(entry)
            text.append(entry)
        starts.append(at)
        if i + 1 < len(levels):
            pairs = zip(starts, first_children(rows, levels[i + 1]))
            index += b"".join(struct.pack("=II", *p) for p in pairs)
        else:
            index += struct.pack(f"={len(starts)}I", *starts)
    head = struct.pack("=5I", MAGIC, *(len(rows) for rows in levels))
    return head + index + b"".join(text)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("folder")
    p.add_argument("--out-s", required=True)
    p.add_argument("--out-bin", required=True)
    a = p.parse_args()
    incbin.write(a.out_bin, table([read(a.folder, *level) for level in LEVELS]))
    incbin.write(a.out_s, incbin.assembly("region_data", a.out_bin))


if __name__ == "__main__":
    main()
