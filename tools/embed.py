#!/usr/bin/env python3
"""The files of web/ as tables inside the program (see src/core/asset.h).

    embed.py --out-c asset_table.c --out-s asset_data.S --out-bin asset_data.bin FILE...

Names are hashed by content; url(other-file) in a style sheet becomes the
hashed name of that file.  gzip by Python, brotli by Debian's brotli; a
variant that saves less than 5 % is left out.
"""
import argparse
import gzip
import hashlib
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import incbin                                               # noqa: E402

TYPES = {                       # suffix: Content-Type, worth compressing
    ".css": ("text/css; charset=utf-8", True),
    ".js": ("text/javascript; charset=utf-8", True),
    ".svg": ("image/svg+xml", True),
    ".txt": ("text/plain; charset=utf-8", True),
    ".webmanifest": ("application/manifest+json", True),
    ".ico": ("image/x-icon", True),
    ".png": ("image/png", False),
    ".webp": ("image/webp", False),
    ".woff2": ("font/woff2", False),
}
URL = re.compile(rb"""url\(\s*(["']?)([^"')]+)\1\s*\)""")


class Asset:
    def __init__(self, path, others):
        self.name = os.path.basename(path)
        stem, suffix = os.path.splitext(self.name)
        if suffix not in TYPES:
            sys.exit(f"{path}: no content type for {suffix}")
        self.type, compress = TYPES[suffix]
        with open(path, "rb") as f:
            self.raw = f.read()
        if suffix == ".css":
            self.raw = URL.sub(lambda m: self.rewrite(path, m, others), self.raw)
        self.hash = hashlib.sha256(self.raw).hexdigest()[:10]
        self.hashed = f"{stem}.{self.hash}{suffix}"
        self.gz = self.worth(gzip.compress(self.raw, 9, mtime=0)) if compress else b""
        self.br = self.worth(brotli(self.raw)) if compress else b""

    @staticmethod
    def rewrite(path, match, others):
        name = match.group(2).decode()
        if name.startswith(("data:", "#")):
            return match.group(0)
        other = others.get(os.path.basename(name))
        if not other:
            sys.exit(f"{path}: url({name}) names no file of web/")
        return f'url("{other.hashed}")'.encode()

    def worth(self, smaller):
        return smaller if len(smaller) < 0.95 * len(self.raw) else b""


def brotli(data):
    return subprocess.run(["brotli", "-q", "11", "-c"], input=data, check=True,
                          stdout=subprocess.PIPE).stdout


def read(paths):
    assets = {}
    for path in sorted(paths, key=lambda p: (p.endswith(".css"), p)):
        a = Asset(path, assets)
        if a.name in assets:
            sys.exit(f"{path}: two files are called {a.name}")
        assets[a.name] = a
    return [assets[name] for name in sorted(assets)]


def table(assets):
    blob, rows = b"", []

    def put(data):
        nonlocal blob
        if not data:
            return "NULL"
        at = len(blob)
        blob += data
        return f"asset_data + {at}"

    for a in assets:
        etag = f'"W/\\"{a.hash}\\""'
        rows.append(f'\t{{ "{a.name}", "{a.hashed}", "{a.type}", {etag},\n'
                    f"\t\t{put(a.raw)}, {put(a.gz)}, {put(a.br)},\n"
                    f"\t\t{len(a.raw)}, {len(a.gz)}, {len(a.br)} }},\n")
    version = hashlib.sha256("".join(a.hashed for a in assets).encode()).hexdigest()[:10]
    return blob, ('/* Made by tools/embed.py from web/. */\n#include "core/asset.h"\n\n'
                  "extern const unsigned char asset_data[];\n\n"
                  "const struct asset asset_table[] = {\n" + "".join(rows) +
                  "\t{ 0 }\n};\n"
                  f"const size_t asset_count = {len(assets)};\n"
                  f'const char asset_version[] = "{version}";\n')


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("--out-c", "--out-s", "--out-bin"):
        p.add_argument(name, required=True)
    p.add_argument("files", nargs="*")
    a = p.parse_args()
    blob, c = table(read(a.files))
    incbin.write(a.out_bin, blob)
    incbin.write(a.out_s, incbin.assembly("asset_data", a.out_bin))
    incbin.write(a.out_c, c)


if __name__ == "__main__":
    main()
