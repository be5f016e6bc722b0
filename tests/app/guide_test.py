"""The guide's pictures: each that a document names is there, at the size of
a phone or a desk, each that is there is named, and all of them are small.
The journey and the adaptation are told in both languages with the same pictures."""
import glob
import os
import re
import struct
import sys

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from tap import done, ok                                    # noqa: E402

MOST = int(2.5 * (1 << 20))
SIZES = {(360, 740), (1280, 800)}
SHOTS = os.path.join(ROOT, "docs/guide/shots")


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def links(path):
    """Pictures and documents of this working copy that it leads to."""
    found = re.findall(r"\]\(([^)#\s]+)", read(path))
    return [os.path.normpath(os.path.join(os.path.dirname(path), x))
            for x in found if not re.match(r"[a-z]+:", x)]


def size(path):
    with open(path, "rb") as f:
        head = f.read(24)
    return struct.unpack(">II", head[16:24]) if head[:8] == b"\x89PNG\r\n\x1a\n" else None


def pictures(path):
    return re.findall(r"!\[[^\]]{5,}\]\((\S+)\)", read(path))


def main():
    docs = [os.path.join(ROOT, "README.md")] + \
        sorted(glob.glob(os.path.join(ROOT, "docs/**/*.md"), recursive=True))
    dead = [f"{os.path.relpath(d, ROOT)}: {os.path.relpath(x, ROOT)}"
            for d in docs for x in links(d) if not os.path.exists(x)]
    ok(not dead, f"{len(docs)} documents lead to pictures and documents that exist",
       "\n".join(dead))
    there = set(glob.glob(os.path.join(SHOTS, "*.png")))
    named = {x for d in docs for x in links(d) if x.endswith(".png")}
    ok(there and there <= named, "each picture of the guide is named by a document",
       "\n".join(sorted(there - named)))
    odd = [f"{os.path.basename(x)}: {size(x)}" for x in sorted(there) if size(x) not in SIZES]
    ok(not odd, "each is what a phone (360x740) or a desk (1280x800) shows", "\n".join(odd))
    total = sum(os.path.getsize(x) for x in there)
    ok(total <= MOST, f"together {total >> 10} KiB, at most {MOST >> 10}")
    guide = os.path.join(ROOT, "docs/guide")
    for what, pair in (("journey", ("perjalanan.md", "journey.md")),
                       ("adaptation", ("kediri.md", "adapting.md"))):
        ours = [pictures(os.path.join(guide, x)) for x in pair]
        ok(len(ours[0]) > 10 and ours[0] == ours[1], f"the {what} has the same pictures, with "
           "words for those who do not see, in both languages", ours)
    return done()


sys.exit(main())
