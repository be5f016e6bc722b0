"""Bundles of draws out of nothing, for verify_diff_test.py: with samples, happenings after
the draw, proofs, and the log itself; whole, or built wrong from the beginning."""
import binascii
import datetime
import hashlib
import hmac
import os
import re
import shutil
import struct
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "src/mod/draw")]
import verify as checker                                    # noqa: E402

QUICKNET, REHEARSAL = checker.QUICKNET.encode(), checker.REHEARSAL.encode()
SIGNED = {
    (QUICKNET, 123): "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486"
                     "d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
    (QUICKNET, 1000): "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b1957"
                      "6350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    (QUICKNET, 657413): "b713718a38ae728dfd477991af2822e08d2f305e47718cef"
                        "9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
    (REHEARSAL, 1): "953c4b474649caf51ec3e21e8e6e49d2aa0ae848bae532ee"
                    "5d266c6a632a58142f3e6fd9a6c7e5a2a2916c97cf3ba4fe",
}




def keygen(seed):
    """KeyGen of draft-irtf-cfrg-bls-signature-04: the secret of the chain of rehearsals."""
    salt = hashlib.sha256(b"BLS-SIG-KEYGEN-SALT-").digest()
    prk = hmac.new(salt, seed + b"\0", "sha256").digest()
    a = hmac.new(prk, b"\0\x30\1", "sha256").digest()
    b = hmac.new(prk, a + b"\0\x30\2", "sha256").digest()
    return int.from_bytes((a + b)[:48], "big") % checker.R


def rehearse(round_):
    x, y = checker.times(keygen(bytes.fromhex(checker.REHEARSAL)),
                         checker.hash_to_g1(checker.sha(struct.pack(">Q", round_))))
    sign = 0xa0 if y > checker.P - y else 0x80
    return (x | sign << 376).to_bytes(48, "big").hex()


SIGNED.update({(REHEARSAL, n): rehearse(n) for n in range(2, 9)})


def hexsum(data):
    return hashlib.sha256(data).hexdigest().encode()


# ---- bundles out of nothing, whole or built wrong before the freeze ---------


def records(r):
    cids = sorted(r.randbytes(32) for _ in range(r.choice((1, 2, 3, 8, 30))))
    counts = [r.choice((1, 1, 2, 5, 300)) for _ in cids]
    return [[c, 0, n] for c, n in zip(cids, counts)]


def number(rows):
    first = 0
    for row in rows:
        row[1] = first
        first += row[2]


def misnumber(r, rows):
    """What a dishonest or careless city might freeze."""
    row = r.choice(rows)
    kind = r.randrange(7)
    if kind == 0:
        r.shuffle(rows)
        number(rows)
    elif kind == 1:
        rows.insert(rows.index(row), list(row))
        number(rows)
    elif kind == 2:
        row[1] += r.choice((1, 2))
    elif kind == 3:
        row[2] += 1
    elif kind == 4:
        row[2] = 0
        number(rows)
    elif kind == 5:
        row[1] = row[2] = (1 << 64) - 1
    return rows


def prizes(r):
    codes = r.sample(("RUMAH", "MOBIL", "MOTOR", "EMAS", "a.b", "A,1"), r.randint(1, 4))
    out = b"".join(b"%s\t%s\t%d\tHadiah \xc3\xa9\n" % (
        c.encode(), r.choice((b"utama", b"hiburan")), r.choice((1, 2, 9))) for c in codes)
    if r.random() < 0.1:
        out = r.choice((b"", out + out, out[:-1], out.replace(b"\t1\t", b"\t01\t"),
                        out.replace(b"\n", b"\r\n"), out.replace(b"Hadiah", b"\xff"),
                        out.replace(b"\t2\t", b"\t0\t"), out + b"X\ty\t1\n"))
    return out


def signature(r, chain, round_):
    """Mostly the true one, where there is one that we know."""
    true = SIGNED.get((chain, round_))
    if true and r.random() < 0.93:
        return true.encode()
    forged = [s for s in SIGNED.values() if s != true]      # of another round
    forged += [r.randbytes(48).hex(), "c0" + "00" * 47,     # infinity
               "80" + "00" * 46 + "04",                     # outside of the group
               "%02x" % r.choice((0x80, 0x9f, 0xa0)) + r.randbytes(47).hex()]
    if true:
        forged.append("%02x" % (int(true[:2], 16) ^ 0x20) + true[2:])
    return r.choice(forged).encode()


def put_all(folder, files):
    for name, data in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)


def light(r, b, round_):
    return b"laris-beacon/v1\ndraw %s\ndrand %s %d %s\n" % (
        b.f["draw"], b.f["drand"], round_, signature(r, b.f["drand"], round_))


def write_draw(files, r):
    """beacon, winners and transcript as the rule gives them, where it does; then a
    sample, and what happened later."""
    folder = tempfile.mkdtemp()
    try:
        put_all(folder, files)
        b = checker.Bundle(folder)
        b.head()
        b.list()
        if r.random() < 0.3:
            add_sample(r, files, b)
        b.beacon = files["beacon.txt"] = light(r, b, b.round)
        drawn = list(b.walk())
        for name in ("winners.tsv", "transcript.tsv"):
            files[name] = b"".join(text + b"\n" for of, text in drawn if of == name)
        if r.random() < 0.6:
            wins = [text.split(b"\t") for of, text in drawn if of == "winners.tsv"]
            add_after(r, files, b, [[w[0], int(w[1]), bytes.fromhex(w[4].decode())] for w in wins])
    except checker.Wrong:
        pass
    finally:
        shutil.rmtree(folder)


def add_sample(r, files, b):
    """Mostly by a round that comes before the draw's."""
    chain, count = b.f["drand"], min(b.coupons, r.choice((1, 2, 7, 30)))
    rounds = sorted(n for c, n in SIGNED if c == chain) or [3]
    round_ = rounds[0] if r.random() < 0.9 else r.choice(rounds)
    text = b"laris-sample/v1\ndraw %s\ncount %d\ndrand %s\nround %d\n" % (
        b.f["draw"], count + (r.random() < 0.03), chain, round_)
    files["sample.txt"] = text
    if r.random() < 0.1:
        return
    files["sample-beacon.txt"] = light(r, b, round_)
    taken, out = set(), b""
    for k, coupon in b.coupons_of(text, files["sample-beacon.txt"], b"SAMPLE"):
        if coupon not in taken:
            taken.add(coupon)
            out += b"%d\t%d\t%d\t%s\n" % (len(taken), k, coupon,
                                           b.search(1, coupon)[0].hex().encode())
        if len(taken) == count:
            break
    files["sample.tsv"] = out


REASONS = (b"absent", b"unclaimed", b"refused", b"identity", b"ineligible", b"purchase",
           b"same-person")


def add_after(r, files, b, standing):
    """Happenings in order, told as `laris draw` does; now and then against the rules."""
    kinds = {prize: kind for prize, kind, _ in b.prizes}
    struck, given, rounds, waits = set(), [], [b.round], False
    for n in range(1, r.choice((1, 2, 3, 5)) + 1):
        free = [w for w in standing if w not in given or r.random() < 0.03]
        if not free:
            return
        w = r.choice(free)
        kind = r.choice(("redraw", "redraw", "redraw", "returned", "handover"))
        name = "after/%03d-%s" % (n, kind)
        text = b"laris-%s/v1\ndraw %s\nprize %s\nplace %d\n" % (
            kind.encode(), b.f["draw"], w[0], w[1])
        if kind == "handover":
            files[name + ".txt"] = text + b"day 2021-11-%02d\n" % n
            given.append(w)
            continue
        text += b"reason %s\n" % r.choice(REASONS if r.random() < 0.97 else (b"x", b""))
        standing.remove(w)
        struck.add(w[2])
        if kind == "redraw":
            later = sorted(m for c, m in SIGNED if c == b.f["drand"] and m > rounds[-1])
            rounds.append(later[0] if later and r.random() < 0.97 else rounds[-1] + r.randint(0, 1))
            text += b"drand %s\nround %d\n" % (b.f["drand"], rounds[-1])
        files[name + ".txt"] = text
        if kind == "returned" or r.random() < 0.15:
            waits = waits or kind == "redraw"
            continue
        if waits and r.random() < 0.8:
            continue
        part, barred = name[:-6], b.barred | struck
        files[part + "beacon.txt"] = beacon = light(r, b, rounds[-1])
        mine = {c for p, _, c in standing if kinds[p] == kinds[w[0]]}
        drawn = list(b.turn(text, beacon, w[0], (w[1],), mine, barred,
                            b.n - b.listed_of(barred) - len(mine - barred)))
        for of, end in (("winners.tsv", "winner.tsv"), ("transcript.tsv", "transcript.tsv")):
            rows = [row for what, row in drawn if what == of]
            files[part + end] = b"".join(row + b"\n" for row in rows)
            if of == "winners.tsv" and rows:
                cell = rows[0].split(b"\t")
                standing.append([cell[0], int(cell[1]), bytes.fromhex(cell[4].decode())])


def moment(r, round_):
    """When it was annulled: mostly 72 hours after the round was due, and in the right form."""
    at = min(checker.GENESIS + 3 * (round_ - 1), 4 * 10 ** 9) + checker.LATE
    at += r.choice((0, 1, 5, 99, 99, 99, 99, -1, -checker.LATE))
    text = datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if r.random() < 0.1:
        text = r.choice((text[:-1], text.lower(), text[:5] + "13" + text[7:], text[:17] + "60Z",
                         text[:11] + "24:00:00Z", text[:8] + "31" + text[10:], "1" + text[1:],
                         text[:8] + "30" + text[10:], text[:-1] + ".0Z"))
    return text.encode()


def add_annulment(r, files, chain, round_):
    """A notary's word; now and then beside what was drawn all the same."""
    files["annulment.txt"] = (
        b"laris-annulment/v1\ndraw T-1\ndrand %s\nround %d\nreason beacon-late\nat %s\n"
        b"notary %s\ndeed %s\n" % (
            chain, round_ + (r.random() < 0.03), moment(r, round_),
            r.choice(("Sri Rahayu, S.H.", "N", "\u00e9", "a\x7f", "")).encode(),
            r.choice((b"14, 2026", b"1", b"\xff", b" x "))))
    if r.random() < 0.1:
        files[r.choice(("beacon.txt", "winners.tsv", "transcript.tsv", "after/x"))] = b"x\n"


def spoil_bytes(r, data):
    kind, at = r.randrange(6), r.randrange(len(data) + 1)
    if kind == 0 and data:
        at = min(at, len(data) - 1)
        return data[:at] + bytes([data[at] ^ 1 << r.randrange(8)]) + data[at + 1:]
    if kind == 1:
        return data[:at]
    if kind == 2:
        return data[:at] + r.choice((b"\n", b"0", b"\r", b"\t", b"\0", b" ")) + data[at:]
    if kind == 3:
        return data[:at] + data[at + 1:]
    parts = data.split(b"\n")
    at = r.randrange(len(parts))
    if kind == 4:
        return b"\n".join(parts[:at + 1] + parts[at:])
    return b"\n".join(parts[:at] + parts[at + 1:])


# ---- a public log, its witnesses and their policies ----------------------------


def encode(point):
    z = pow(point[2], -1, checker.Q)
    x, y = point[0] * z % checker.Q, point[1] * z % checker.Q
    return (y | x % 2 << 255).to_bytes(32, "little")


BASE = checker.ed_read((4 * pow(5, -1, checker.Q) % checker.Q).to_bytes(32, "little"))


class Signer:
    def __init__(self, name, kind, seed):
        h = hashlib.sha512(bytes([seed]) * 32).digest()
        self.a = int.from_bytes(h[:32], "little") & ~7 & (1 << 254) - 1 | 1 << 254
        self.prefix, self.name, self.kind = h[32:], name, kind
        self.key = encode(checker.ed_times(self.a, BASE))
        self.id = hashlib.sha256(name + b"\n" + bytes([kind]) + self.key).digest()[:4]

    def vkey(self):
        return b"%s+%s+%s" % (self.name, self.id.hex().encode(),
                              binascii.b2a_base64(bytes([self.kind]) + self.key, newline=False))

    def line(self, text, at):
        before = b""
        if self.kind == 4:
            text, before = b"cosignature/v1\ntime %d\n" % at + text, at.to_bytes(8, "big")
        r = int.from_bytes(hashlib.sha512(self.prefix + text).digest(), "little") % checker.ORDER
        point = encode(checker.ed_times(r, BASE))
        h = hashlib.sha512(point + self.key + text).digest()
        s = (r + int.from_bytes(h, "little") * self.a) % checker.ORDER
        made = self.id + before + point + s.to_bytes(32, "little")
        return "\u2014 ".encode() + self.name + b" " + binascii.b2a_base64(made)


LOGS = [Signer(b"laris.example/log", 1, 1), Signer(b"laris.example/lain", 1, 2)]
WITNESSES = [Signer(b"saksi.example/%d" % i, 4, 10 + i) for i in range(3)]


def inclusion(leaves, at):
    """(root, path) by the definition of RFC 6962."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest(), []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    left, p = inclusion(leaves[:k], min(at, k - 1))
    right, q = inclusion(leaves[k:], max(at - k, 0))
    root = hashlib.sha256(b"\1" + left + right).digest()
    return root, p + [right] if at < k else q + [left]


def policy(r, log):
    names = r.sample(range(3), r.randint(1, 3))
    rows = [b"log %s" % log.vkey()] * (r.random() < 0.95)
    rows += [b"witness w%d %s" % (i, WITNESSES[i].vkey()) for i in names]
    rows.append(b"group g %s %s" % (r.choice((b"any", b"all", b"%d" % r.randint(0, 3))),
                                    b" ".join(b"w%d" % i for i in names)))
    rows.append(r.choice((b"quorum g", b"quorum g", b"quorum w0", b"quorum none")))
    if r.random() < 0.1:
        r.shuffle(rows)
    return b"".join(row + r.choice((b"\n", b" \n", b"\n# x\n")) for row in rows)


def tell(files):
    """Files that are entries of the log, in the order in which they were said."""
    names = [n for n in sorted(files) if n.startswith("after/") and n.endswith(".txt")
             and not n.endswith("-beacon.txt")]
    return ["freeze.txt"] + [n for n in ("sample.txt", "annulment.txt") if n in files] + names


def round_of(data, chain):
    m = re.search(rb"\nround ([0-9]{1,18})\n", data)
    return int(m[1]) if m and chain == QUICKNET else 0


def add_proof(r, files, name, leaves, at, log, chain):
    root, path = inclusion(leaves, at)
    text = b"%s\n%d\n%s" % (log.name, len(leaves), binascii.b2a_base64(root))
    note = text + b"\n" + log.line(text, 0) * (r.random() < 0.97)
    round_ = round_of(files[name], chain)
    late = name == "annulment.txt" and round_ < 10 ** 9
    due = checker.GENESIS + 3 * (round_ - 1) + checker.LATE + 1000 if late else checker.GENESIS + 3 * (round_ - 1) if round_ else 1700000000
    for w in r.sample(WITNESSES, r.choice((0, 1, 2, 2, 3, 3))):
        note += w.line(text, due + r.choice((-1000,) * 8 + (-1, 0, 1)))
    files[name[:-4] + ".tlog-proof"] = b"c2sp.org/tlog-proof@v1\n%sindex %d\n%s\n%s" % (
        r.choice((b"", b"", b"extra AAEC\n")), at,
        b"".join(binascii.b2a_base64(h) for h in path), note)


def add_log(r, files, chain):
    """Proofs, mostly good; a policy of the bundle; and the log itself, from which this
    or that may be missing, or which may know of an earlier freeze."""
    log = LOGS[0] if r.random() < 0.95 else LOGS[1]
    leaves, where = [b"entry %d" % i for i in range(r.choice((0, 1, 2, 5, 300)))], {}
    head = b"laris-undian/v1\ndraw T-1\n"
    for name in tell(files):
        if r.random() < 0.03:
            leaves.append(r.choice((head + b"x\n", b"laris-redraw/v1\ndraw T-1\n",
                                    b"laris-sample/v1\ndraw T-1\nx", head[:-2], b"",
                                    b"laris-annulment/v1\ndraw T-1\n")))
        where[name] = len(leaves)
        leaves.append(files[name] if r.random() < 0.98 else b"another")
        if r.random() < 0.3:
            leaves.append(b"laris-purchase/v1\n")
        if r.random() < 0.95:
            add_proof(r, files, name, list(leaves), where[name], log, chain)
    if r.random() < 0.95:
        files["policy.txt"] = policy(r, LOGS[0])
    if r.random() < 0.1 and leaves:
        leaves = leaves[:-1]
    return mirror(r, leaves, log) if leaves else {}


def mirror(r, leaves, log):
    """c2sp.org/tlog-tiles: what a reader of the whole log needs of it."""
    root, _ = inclusion(leaves, 0)
    text = b"%s\n%d\n%s" % (log.name, len(leaves), binascii.b2a_base64(root))
    note = text + b"\n" + log.line(text, 0)
    for w in r.sample(WITNESSES, r.choice((1, 2, 3, 3, 3))):
        note += w.line(text, 1800000000)
    out = {"checkpoint": note}
    for i in range(0, len(leaves), 256):
        some, width = leaves[i:i + 256], min(256, len(leaves) - i)
        if width < 256 and r.random() < 0.2:
            some += [b"later"] * r.randint(1, 256 - width)
        name = "tile/entries/%03d" % (i // 256) + (".p/%d" % len(some)) * (len(some) < 256)
        out[name] = b"".join(struct.pack(">H", len(e)) + e for e in some)
    if r.random() < 0.15:
        name = r.choice(sorted(out))
        out[name] = spoil_bytes(r, out[name])
    if r.random() < 0.03:
        del out[r.choice(sorted(out))]
    return out


def make(r):
    rows = records(r)
    number(rows)
    if r.random() < 0.15:
        rows = misnumber(r, rows)
    data = b"".join(struct.pack(">32sQQ", *row) for row in rows)
    barred = [c.hex().encode() for c, _, _ in rows if r.random() < 0.2]
    barred += [r.randbytes(32).hex().encode()] * r.choice((0, 0, 1, 2))
    files = {"entries.bin": data, "prizes.tsv": prizes(r),
             "ineligible.txt": b"".join(b + b"\n" for b in barred)}
    rules = b""
    if r.random() < 0.5:
        files["rules.txt"] = b"Aturan.\n"
        rules = b"rules %s\n" % hexsum(files["rules.txt"])
    tree = checker.Tree()
    for i in range(0, len(data), 48):
        tree.leaf(data[i:i + 48])
    chain, round_ = r.choice((*SIGNED, *SIGNED, (QUICKNET, 10 ** 12), (b"ab" * 32, 5)))
    files["freeze.txt"] = (
        b"laris-undian/v1\ndraw T-1\nentries %d\ncoupons %d\nroot %s\nprizes %s\n"
        b"ineligible %s\n%sdrand %s\nround %d\n" % (
            len(rows), sum(n for _, _, n in rows) % (1 << 64),
            tree.root().hex().encode(), hexsum(files["prizes.tsv"]),
            hexsum(files["ineligible.txt"]), rules, chain, round_))
    if r.random() < 0.12:
        add_annulment(r, files, chain, round_)
    if "annulment.txt" not in files and r.random() < 0.9 or r.random() < 0.01:
        write_draw(files, r)
    return files, add_log(r, files, chain) if r.random() < 0.25 else {}
