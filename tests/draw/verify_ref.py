"""A second verifier of a draw's folder, in plain Python, written from the
format alone: the list's part of c, and the winners of d.  It answers with a
reason, or None where nothing is wrong; `laris verify` must agree.

    verify_ref.py FOLDER        exit 0: nothing wrong found, 1: invalid
"""
import hashlib
import os
import re
import stat
import struct
import sys

TOP = 1 << 64
HEX64 = rb"[0-9a-f]{64}"
NUMBER = rb"(?:0|[1-9][0-9]*)"
WORD = rb"[\x21-\x7e]{1,64}"
FREEZE = re.compile(
    rb"laris-undian/v1\ndraw (?P<draw>" + WORD + rb")\nentries (?P<entries>" + NUMBER
    + rb")\ncoupons (?P<coupons>" + NUMBER + rb")\nroot (?P<root>" + HEX64
    + rb")\nprizes (?P<prizes>" + HEX64 + rb")\nineligible (?P<ineligible>" + HEX64
    + rb")\n(?:rules (?P<rules>" + HEX64 + rb")\n)?drand (?P<drand>" + HEX64
    + rb")\nround (?P<round>" + NUMBER + rb")\n")
SUM = re.compile(rb"(" + HEX64 + rb")  ([^\x00-\x1f\x7f\\]{1,200})")
NAMES = ("freeze.txt", "freeze.tlog-proof", "entries.bin", "prizes.tsv", "ineligible.txt",
         "rules.txt", "beacon.txt", "winners.tsv", "transcript.tsv", "policy.txt",
         "verify.py", "README.txt", "berita-acara.pdf")


class Wrong(Exception):
    pass


def need(good, why):
    if not good:
        raise Wrong(why)


def sha(data):
    return hashlib.sha256(data).digest()


def root(leaves):
    """RFC 6962, as it is defined there."""
    if len(leaves) == 1:
        return sha(b"\0" + leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha(b"\1" + root(leaves[:k]) + root(leaves[k:]))


def lines(data, why):
    need(not data or data.endswith(b"\n"), why)
    return data.split(b"\n")[:-1]


def number(text, low, why):
    need(re.fullmatch(NUMBER, text), why)
    need(low <= int(text) < TOP, why)
    return int(text)


def plain(text):
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not re.search(rb"[\x00-\x1f\x7f]", text)


class Bundle:
    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def there(self, name):
        return os.path.lexists(self.path(name))

    def read(self, name):
        need(self.there(name), name + " is missing")
        need(stat.S_ISREG(os.lstat(self.path(name)).st_mode), name + " is not plain")
        with open(self.path(name), "rb") as f:
            return f.read()

    def bound(self, name, want):
        data = self.read(name)
        need(sha(data).hex().encode() == want, name + " was not frozen")
        return data

    # ---- c -------------------------------------------------------------

    def head(self):
        self.freeze = self.read("freeze.txt")
        m = FREEZE.fullmatch(self.freeze)
        need(m, "freeze.txt")
        self.f = m.groupdict()
        self.n = number(self.f["entries"], 1, "entries")
        self.coupons = number(self.f["coupons"], 1, "coupons")
        number(self.f["round"], 1, "round")
        self.prizes = []
        for line in lines(self.bound("prizes.tsv", self.f["prizes"]), "prizes.tsv"):
            cell = line.split(b"\t")
            need(len(cell) == 4 and re.fullmatch(WORD, cell[0]), "prizes.tsv")
            need(cell[1] and plain(cell[1]) and plain(cell[3]), "prizes.tsv")
            self.prizes.append((cell[0], cell[1], number(cell[2], 1, "prizes.tsv")))
        need(self.prizes and len({p[0] for p in self.prizes}) == len(self.prizes), "prizes.tsv")
        self.barred = set()
        for line in lines(self.bound("ineligible.txt", self.f["ineligible"]), "ineligible"):
            need(re.fullmatch(HEX64, line), "ineligible.txt")
            self.barred.add(line)
        if self.f["rules"]:
            self.bound("rules.txt", self.f["rules"])
        else:
            need(not self.there("rules.txt"), "rules.txt is not frozen")

    def list(self):
        data = self.read("entries.bin")
        need(len(data) == 48 * self.n, "size of entries.bin")
        leaves = [data[i:i + 48] for i in range(0, len(data), 48)]
        self.cid, self.first, total, before = [], [], 0, b""
        for leaf in leaves:
            cid, first, count = struct.unpack(">32sQQ", leaf)
            need(not before or before < cid, "order")
            need(first == total and count, "gap")
            before, total = cid, total + count
            self.cid.append(cid.hex().encode())
            self.first.append(first)
        need(total == self.coupons, "sum")
        need(root(leaves).hex().encode() == self.f["root"], "root")

    def sums(self):
        if not self.there("SHA256SUMS"):
            return
        seen = set()
        for line in lines(self.read("SHA256SUMS"), "SHA256SUMS"):
            m = SUM.fullmatch(line)
            need(m and plain(m[2]), "SHA256SUMS")
            name = m[2].decode()
            need(not {"", ".", ".."} & set(name.split("/")), "SHA256SUMS")
            need(name != "SHA256SUMS" and name not in seen, "SHA256SUMS")
            seen.add(name)
            need(sha(self.read(name)).hex().encode() == m[1], name + " differs")
        need(seen, "SHA256SUMS")
        for name in NAMES:
            need(not self.there(name) or name in seen, name + " is not listed")

    # ---- d -------------------------------------------------------------

    def holder(self, coupon):
        lo, hi = 0, self.n
        while hi - lo > 1:
            mid = (lo + hi) // 2
            lo, hi = (mid, hi) if self.first[mid] <= coupon else (lo, mid)
        return lo

    def walk(self, beacon):
        seed = sha(self.freeze + beacon).hex().encode()
        winners, steps, won = [], [], {}
        eligible = sum(c not in self.barred for c in self.cid)
        limit = (1 << 256) - (1 << 256) % self.coupons
        for prize, kind, places in self.prizes:
            mine = won.setdefault(kind, set())
            place = k = 0
            while place < places and len(mine) < eligible:
                x = int.from_bytes(sha(b"%s,%s,%d" % (seed, prize, k)), "big")
                if x < limit:
                    coupon = x % self.coupons
                    cid = self.cid[self.holder(coupon)]
                    what = b"skip-ineligible" if cid in self.barred else b"skip-already-won"
                    if cid not in self.barred and cid not in mine:
                        mine.add(cid)
                        place += 1
                        what = b"win-%d" % place
                        winners.append(b"%s\t%d\t%d\t%d\t%s\n" % (prize, place, k, coupon, cid))
                    steps.append(b"%s\t%d\t%d\t%s\t%s\n" % (prize, k, coupon, cid, what))
                k += 1
        return b"".join(winners), b"".join(steps)

    def draw(self):
        if not self.there("beacon.txt"):
            need(not self.there("winners.tsv") and not self.there("transcript.tsv"),
                 "drawn without a beacon")
            return
        beacon = self.read("beacon.txt")
        need(re.fullmatch(b"laris-beacon/v1\ndraw %s\ndrand %s %s [0-9a-f]{96}\n" % (
            re.escape(self.f["draw"]), self.f["drand"], self.f["round"]), beacon), "beacon.txt")
        winners, steps = self.walk(beacon)
        need(self.read("winners.tsv") == winners, "winners.tsv")
        need(self.read("transcript.tsv") == steps, "transcript.tsv")


def verify(folder):
    b = Bundle(folder)
    try:
        b.head()
        b.list()
        b.draw()
        b.sums()
    except Wrong as e:
        return str(e)
    return None


if __name__ == "__main__":
    reason = verify(sys.argv[1])
    print(reason or "nothing wrong found; the log and the signature were not checked")
    sys.exit(1 if reason else 0)
