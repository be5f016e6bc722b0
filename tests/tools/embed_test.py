#!/usr/bin/env python3
"""tools/embed.py and tools/regionc.py: names follow content, faults are named."""
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import done, ok                                    # noqa: E402

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(os.path.dirname(
    os.path.dirname(os.path.abspath(__file__))))
TOOLS = os.path.join(ROOT, "tools")
CSV = {
    "provinces.csv": "code,name\n11,Aceh\n12,Sumatera Utara\n",
    "regencies.csv": "code,province_code,name\n12.01,12,Kabupaten B\n11.71,11,Kota A\n",
    "districts.csv": "code,regency_code,name\n11.71.01,11.71,D\n",
    "villages.csv": 'code,district_code,name\n11.71.01.1001,11.71.01,"Soka""an, I"\n',
}


class Folder:
    def __init__(self):
        self.path = tempfile.mkdtemp()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def __truediv__(self, name):
        return os.path.join(self.path, name)

    def write(self, name, data):
        with open(self / name, "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return self / name

    def read(self, name):
        with open(self / name, "rb") as f:
            return f.read()

    def run(self, tool, *args):
        return subprocess.run([sys.executable, os.path.join(TOOLS, tool), *args,
                               "--out-s", self / "d.S", "--out-bin", self / "d.bin"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False)

    def embed(self, **files):
        paths = [self.write(n.replace("__", "."), d) for n, d in files.items()]
        return self.run("embed.py", *paths, "--out-c", self / "t.c")


def hashed(folder):
    return re.findall(r'"([a-z]+\.[0-9a-f]{10}\.[a-z0-9]+)"', folder.read("t.c").decode())


def embed():
    css = "body { color: #123456; }\n" * 50
    with Folder() as f:
        r = f.embed(a__css=css + "p { background: url(b.svg) }", b__svg="<svg/>" * 30)
        ok(r.returncode == 0, "two files", r.stdout)
        first = hashed(f)
        table, blob = f.read("t.c").decode(), f.read("d.bin")
        ok(len(first) == 2 and first[1].startswith("b."), "two hashed names", first)
        ok(f'url("{first[1]}")'.encode() in blob, "url() names the hashed file")
        m = re.search(r"asset_data \+ (\d+), asset_data \+ (\d+), asset_data \+ (\d+),\n\t\t"
                      r"(\d+), (\d+), (\d+)", table)
        raw, gz, br, n, n_gz, n_br = map(int, m.groups())
        ok(gzip.decompress(blob[gz:gz + n_gz]) == blob[raw:raw + n], "gzip unpacks to the file")
        back = subprocess.run(["brotli", "-d", "-c"], input=blob[br:br + n_br], check=True,
                              stdout=subprocess.PIPE).stdout
        ok(back == blob[raw:raw + n], "brotli too")
        ok(n_br < n_gz < n // 5, f"and they are smaller: {n} {n_gz} {n_br}")
        stamp = os.stat(f / "t.c").st_mtime_ns
        f.embed(a__css=css + "p { background: url(b.svg) }", b__svg="<svg/>" * 30)
        ok(os.stat(f / "t.c").st_mtime_ns == stamp, "the same again writes nothing")
        f.embed(a__css=css + "p { background: url(b.svg) }", b__svg="<svg />" * 30)
        second = hashed(f)
        ok(first[0] != second[0] and first[1] != second[1],
           "a changed picture renames itself and the style sheet that names it")
        f.embed(tiny__css="p{}")
        ok("NULL, NULL" in f.read("t.c").decode(), "what does not shrink has no variants")
        r = f.embed(a__css="p { background: url(c.svg) }")
        ok(r.returncode and "names no file" in r.stdout, "url() of a file that is not there")
        r = f.embed(a__exe="MZ")
        ok(r.returncode and "content type" in r.stdout, "a file of unknown type")
        r = f.run("embed.py", "--out-c", f / "t.c")
        ok(r.returncode == 0 and "asset_count = 0" in f.read("t.c").decode(), "no files at all")


def regions():
    def made(**changes):
        for name, text in {**CSV, **{k.replace("__", "."): v for k, v in changes.items()}}.items():
            f.write(name, text)
        return f.run("regionc.py", f.path)

    with Folder() as f:
        r = made()
        ok(r.returncode == 0, "a small country", r.stdout)
        ok(f.read("d.bin").endswith(
            b'11Aceh12Sumatera Utara11.71Kota A12.01Kabupaten B11.71.01D11.71.01.1001Soka"an, I'),
            "sorted by code, quotes undone")
        head = "code,district_code,name\n"
        for what, text, word in (
                ("a village without district", "11.71.02.1001,11.71.02,X\n", "nothing it belongs to"),
                ("a village in another district", "11.71.01.1001,11.71.02,X\n", "not inside"),
                ("a code twice", "11.71.01.1001,11.71.01,X\n" * 2, "twice"),
                ("a code of another shape", "11.71.01.101,11.71.01,X\n", "shape"),
                ("no name", "11.71.01.1001,11.71.01, \n", "no proper name")):
            r = made(villages__csv=head + text)
            ok(r.returncode and word in r.stdout, what + " is refused", r.stdout)


embed()
regions()
sys.exit(done())
