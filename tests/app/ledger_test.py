#!/usr/bin/env python3
"""The public log from outside: tiles, head and proofs computed anew here by
RFC 6962, entries opened by whoever holds them, and every alteration of the
rows found by laris log fsck.  Prints TAP."""
import base64
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

LOG = "/log/surakarta"
API = "/api/v1/cities/surakarta/festivals/sgs-2021"
AT = "2021-10-05T10:00:00+07:00"


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaves):
    """RFC 6962, 2.1, as it is written there."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\x01", root_of(leaves[:k]), root_of(leaves[k:]))


def tile_name(n):
    parts = [f"{n % 1000:03d}"]
    while n >= 1000:
        n //= 1000
        parts.insert(0, f"x{n % 1000:03d}")
    return "/".join(parts)


def head(asker):
    a = asker.get(LOG + "/checkpoint")
    origin, size, root, rest = a.text.split("\n", 3)
    return a, origin, int(size), base64.b64decode(root), rest


def entries(asker, size):
    v = []
    for n in range((size + 255) // 256):
        width = min(256, size - n * 256)
        a = asker.get(f"{LOG}/tile/entries/{tile_name(n)}" + (f".p/{width}" if width < 256 else ""))
        assert a.status == 200, (n, a.status)
        at = 0
        while at < len(a.body):
            long = int.from_bytes(a.body[at:at + 2], "big")
            v.append(a.body[at + 2:at + 2 + long])
            at += 2 + long
    return v


def proof_root(text, leaf):
    lines = text.split("\n")
    at = lines.index("")
    index, path = int(lines[1].split()[1]), [base64.b64decode(x) for x in lines[2:at]]
    size = int(lines[at + 2])
    fn, sn, r = index, size - 1, leaf
    for p in path:                                          # RFC 9162, 2.1.3.2
        if fn & 1 or fn == sn:
            r = sha(b"\x01", p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha(b"\x01", r, p)
        fn, sn = fn >> 1, sn >> 1
    return r, base64.b64decode(lines[at + 3]), sn


def test_head(asker):
    a, origin, size, root, rest = head(asker)
    ok(a.status == 200 and origin == "laris/surakarta@localhost", "the log has a name", origin)
    ok(re.fullmatch(r"\n— laris/surakarta@localhost [A-Za-z0-9+/]+=*\n", rest), "it is signed", rest)
    v = entries(asker, size)
    ok(len(v) == size > 40000, "every entry can be fetched", len(v))
    leaves = [sha(b"\x00", e) for e in v]
    ok(root_of(leaves) == root, "the root signed is that of the entries")
    return v, leaves, root


def test_tiles(asker, leaves):
    size = len(leaves)
    ok(asker.get(LOG + "/tile/0/000").body == b"".join(leaves[:256]), "a tile of leaves")
    full = size // 256
    level1 = [root_of(leaves[i * 256:i * 256 + 256]) for i in range(full)]
    a = asker.get(f"{LOG}/tile/1/000.p/{full}")
    ok(a.body == b"".join(level1), "a tile of tiles, partial")
    ok("immutable" in a.head["cache-control"], "it may be kept for ever")
    last = size % 256
    ok(asker.get(f"{LOG}/tile/0/{tile_name(full)}.p/{last}").body ==
       b"".join(leaves[full * 256:]), "the last tile, partial")
    wrong = [f"/tile/1/000.p/{full + 1}", "/tile/0/" + tile_name(full), "/tile/8/000", "/tile/0/0",
             "/tile/0/x000/000", "/tile/0/000.p/0", "/tile/0/000.p/256", "/tile/0/000/", "/tile/-1/000",
             "/tile/0/%30%30%30", "/tile/0/..%2f000", "/tile/entries", "/proof/-1", "/proof/x",
             f"/entry/{size}", "/entry/1e3"]
    bad = [w for w in wrong if asker.get(LOG + w).status != 404]
    ok(not bad, "what is not there, or spelled another way, is not there", bad)
    ok("immutable" not in asker.get(LOG + "/tile/8/000").head.get("cache-control", ""),
       "a refusal is not kept for ever")


def test_proofs(asker, leaves):
    wrong = []
    for n in (0, 1, 255, 256, 40000, len(leaves) - 1):
        a = asker.get(f"{LOG}/proof/{n}")
        made, said, left = proof_root(a.text, leaves[n])
        if a.status != 200 or made != said or left:
            wrong.append(n)
    ok(not wrong, "each proof leads to the signed root", wrong)
    page = asker.get(LOG + "/entry/256").text
    ok(leaves[256].hex() in page and "commitment" in page, "an entry can be read as a page")
    ok("43." in asker.get(LOG).text, "the log's page says how many there are")
    ok(f'href="{LOG}"' in asker.get("/surakarta/sgs-2021/draw").text, "the draws' page leads to it")


def test_private(site, v):
    db = sqlite3.connect(site.db)
    numbers = [b"%09d" % r[0] for r in db.execute("SELECT number FROM card LIMIT 300")]
    words = [r[0].encode() for r in db.execute(
        "SELECT name FROM merchant UNION SELECT phone FROM merchant WHERE phone <> ''")]
    amounts = [str(r[0]).encode() for r in db.execute("SELECT DISTINCT amount FROM purchase LIMIT 300")]
    db.close()
    sale = [e for e in v if e.startswith((b"laris-purchase/", b"laris-correction/", b"laris-void/"))]
    shape = re.compile(rb"laris-(purchase|correction|void)/v1\n(index \d+\n)?hour \d{4}-\d\d-\d\dT\d\dZ\n"
                       rb"(commitment [0-9a-f]{64}\n)?")
    ok(all(shape.fullmatch(e) for e in sale), "an entry about a purchase says hour and commitment only")
    text = b"\n".join(re.sub(rb"index \d+|commitment \w+", b"", e) for e in sale)
    found = [w for w in numbers + words + amounts if w in text]
    ok(not found, "no card, name, phone or amount is in the log", found[:3])


def buy(till, event, **more):
    return till.send(API + "/purchases", dict(
        {"event": event, "merchant": till.merchant, "amount": 125000, "method": "cash", "at": AT}, **more))


def test_growing(site, asker, till, v, leaves, root):
    a = buy(till, "log-1").json()
    ok(a["log_index"] == len(v), "a purchase says its number in the log", a)
    ok(buy(till, "log-1").json() == a, "sent again: the same answer")
    b = buy(till, "log-2").json()
    till.send(f"{API}/purchases/{b['purchase']}/void", {"event": "log-3", "reason": "salah ketik"})
    refused = buy(till, "log-4", amount=-5)
    _, _, size, root2, _ = head(asker)
    ok(refused.status == 422 and size == len(v) + 3, "two purchases and a void: three entries", size)
    w = entries(asker, size)
    ok(w[:len(v)] == v and root_of(leaves) == root, "what was there is there, unchanged")
    ok(root_of([sha(b"\x00", e) for e in w]) == root2, "and the new root follows from all")
    ok(w[-1].startswith(b"laris-void/v1\nindex %d\n" % (len(v) + 1)), "a void names the entry", w[-1])


def waited(what):
    for _ in range(150):
        got = what()
        if got:
            return got
        time.sleep(0.1)
    return None


def rows(site, sql):
    db = sqlite3.connect(site.db, isolation_level=None)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def test_hour(site):
    """The hour's totals: its job made due, as if the hour were over."""
    site.serve()
    ok(waited(lambda: rows(site, "SELECT 1 FROM job WHERE kind = 'ledger-totals'")), "a job waits for the hour")
    site.stop()
    rows(site, "UPDATE job SET due = 0 WHERE kind = 'ledger-totals'")
    site.serve()
    e = waited(lambda: rows(site, "SELECT data FROM ledger_entry WHERE kind = 5"))
    t = site.asker().get(API + "/totals").json()
    ok(e and re.fullmatch(rb"laris-totals/v1\nfestival sgs-2021\nhour \S+\npurchases %d\nrupiah %d\ncoupons %d\n" %
                          (t["purchases"], t["rupiah"], t["coupons"]), e[0][0]), "the totals of the hour", e)


B32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def receipt_of(site, where):
    """(the card's page, its secret, the purchase) of one such purchase, and its entry."""
    number, secret, purchase, log = rows(
        site, "SELECT c.number, c.secret, p.id, p.log_now FROM purchase p JOIN card c ON c.city = p.city"
        f" AND c.id = p.card WHERE p.state = 0 AND {where} LIMIT 1")[0]
    bits = "".join(f"{x:08b}" for x in secret)
    bits += "0" * (-len(bits) % 5)
    s = "".join(B32[int(bits[i:i + 5], 2)] for i in range(0, len(bits), 5))
    word = "".join(B32[purchase >> 5 * i & 31] for i in range(12, -1, -1))
    return f"/surakarta/sgs-2021/card/{number:09d}", s, word, log


def test_receipt(site, v):
    asker = site.asker()
    card, s, word, _ = receipt_of(site, "p.log_now > p.log")
    a = asker.get(f"{card}?s={s}")
    ok(f"{card}/receipt/{word}?s={s}" in a.text, "the card's page leads to the proof of each purchase", s)
    a = asker.get(f"{card}/receipt/{word}?s={s}")
    m = re.search(r"<pre[^>]*>\s*(printf.*?)</pre>", a.text, re.S)
    command = m[1].replace("&#39;", "'").replace("&#34;", '"').replace("&quot;", '"') if m else "false"
    made = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False).stdout[:64]
    entry = re.search(r"/entry/(\d+)", a.text)
    at = int(entry[1]) if entry else 0
    ok(made and f"commitment {made}\n".encode() in v[at], "the command it shows gives the commitment of its entry",
       f"{command} {made} {v[at]}")
    ok(v[at].startswith(b"laris-correction/v1\nindex "), "of what was claimed: the correction")
    leaf = sha(b"\x00", v[at]).hex()
    short = " ".join(leaf[i:i + 4] for i in range(0, 16, 4))
    ok(f"surakarta {at} {short}" in a.text, "one line to photograph: number and first digits")
    shut = [asker.get(u).status for u in (f"{card}/receipt/{word}", f"{card}/receipt/{word}?s=AAAA")]
    other = rows(site, "SELECT id FROM purchase WHERE card <> 0 ORDER BY id DESC LIMIT 1")[0][0]
    word2 = "".join(B32[other >> 5 * i & 31] for i in range(12, -1, -1))
    shut.append(asker.get(f"{card}/receipt/{word2}?s={s}").status)
    ok(shut == [403, 403, 404], "not without the card's secret, and nobody else's purchase", shut)


def test_erased(site, asker):
    """Somebody was forgotten: the random bytes are gone, everything else holds."""
    card, s, word, log = receipt_of(site, "p.log_now > 900")
    rows(site, f"UPDATE ledger_entry SET salt = x'' WHERE number = {log}")
    a = asker.get(f"{card}/receipt/{word}?s={s}")
    ok("sudah dihapus atas permintaan" in a.text and "printf" not in a.text and f"/entry/{log}" in a.text,
       "its receipt says so, and opens nothing")
    _, _, size, root, _ = head(asker)
    ok(root_of([sha(b"\x00", e) for e in entries(asker, size)]) == root, "without its salt an entry stays")
    ok("entries, root" in fsck(site), "and the log is clean")


def test_closed(site, asker):
    site.run("festival", "close", "surakarta", "sgs-2021")
    _, _, size, _, _ = head(asker)
    last = entries(asker, size)[-1]
    ok(last.startswith(b"laris-totals/v1\nfestival sgs-2021\n"), "closing enters the last totals", last)


def fsck(site, want=0):
    return site.run("log", "fsck", "surakarta", status=want)


def altered(site, name, change, back, says):
    db = sqlite3.connect(site.db)
    keep = db.execute(*back[:1]).fetchall() if back else None
    db.execute(change)
    db.commit()
    try:
        text = fsck(site, 1)
        ok(says in text, name, text)
    except AssertionError as e:
        ok(False, name, str(e))
    if back:
        for row in keep:
            db.execute(back[1], row)
        db.commit()
    db.close()


def test_alterations(site):
    ok("entries, root" in fsck(site), "the log is clean")
    e = "SELECT city, number, kind, subject, data, salt FROM ledger_entry WHERE number = %d"
    put = "INSERT OR REPLACE INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?)"
    altered(site, "an entry changed: the first node over it differs",
            "UPDATE ledger_entry SET data = CAST(replace(data, '/v1', '/v2') AS BLOB) WHERE number = 300",
            (e % 300, put), "first difference at entry 511: node")
    altered(site, "an entry taken away: the gap is named",
            "DELETE FROM ledger_entry WHERE number = 777", (e % 777, put),
            "first difference at entry 777: gap")
    altered(site, "an entry added behind the head",
            "INSERT INTO ledger_entry SELECT city, number + 1, kind, subject, data, salt FROM ledger_entry"
            " ORDER BY number DESC LIMIT 1", None, ": size")
    db = sqlite3.connect(site.db)
    db.execute("DELETE FROM ledger_entry WHERE number = (SELECT max(number) FROM ledger_entry)")
    db.commit()
    db.close()
    altered(site, "a node changed", "UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 1 AND number = 9",
            ("SELECT city, level, number, hash FROM ledger_node WHERE level = 1 AND number = 9",
             "INSERT OR REPLACE INTO ledger_node VALUES (?, ?, ?, ?)"), "first difference at entry 2559: node")
    altered(site, "a purchase's amount changed: it is not what was committed to",
            "UPDATE purchase SET amount = amount + 1 WHERE number = 400",
            ("SELECT amount - 1 FROM purchase WHERE number = 400",
             "UPDATE purchase SET amount = ? + 1 WHERE number = 400"), "is not what its entry commits to")
    altered(site, "a purchase that the log does not know",
            "UPDATE purchase SET log_now = 999999999 WHERE number = 401",
            ("SELECT log FROM purchase WHERE number = 401",
             "UPDATE purchase SET log_now = ? WHERE number = 401"), "has no entry in the public log")
    ok("entries, root" in fsck(site), "put back, it is clean again")


def test_key(site, asker):
    key = os.path.join(os.path.dirname(site.db), "laris-log.key")
    ok(os.stat(key).st_mode & 0o777 == 0o600, "only its owner reads the key")
    site.run("log", "key", status=1)
    os.chmod(key, 0o644)
    ok("chmod 600" in asker.get(LOG + "/checkpoint").text, "a key that others may read is not used")
    os.rename(key, key + ".away")
    a = asker.get(LOG + "/checkpoint")
    ok(a.status == 404 and "laris log key" in a.text, "without the key it says what to do", a.status)
    os.rename(key + ".away", key)
    os.chmod(key, 0o600)
    ok(asker.get(LOG + "/checkpoint").status == 200, "and signs again when it is back")
    os.rename(key, key + ".away")
    site.run("init")
    ok(not os.path.exists(key), "a log that has begun gets no other key by itself")
    os.rename(key + ".away", key)
    shown = site.run("log", "show", "surakarta")
    ok(shown.split()[1] in asker.get(LOG).text, "the public key is the one the page shows", shown)
    db = open(site.db, "rb").read()
    ok(bytes.fromhex(open(key).read().split()[1]) not in db and open(key, "rb").read().split()[1] not in db,
       "the key is not in the database")


def test_policy(site, asker):
    a = asker.get(LOG + "/policy.txt")
    key = site.run("log", "show", "surakarta").split()[1]
    ok(a.status == 200 and a.text == f"log {key}\nquorum none\n" and "policy.txt" in a.head["content-disposition"],
       "the policy file names the log's key", a.text)
    page = asker.get(LOG).text
    ok(all(w in page for w in (f"http://127.0.0.1:{site.port}{LOG}/policy.txt", "/checkpoint", "--policy policy.txt")),
       "and the page says how to check in three commands")


def main():
    with Site() as site:
        site.run("demo")
        token = site.token("surakarta", "officer")
        test_hour(site)
        asker, till = site.asker(), site.asker(token=token)
        till.merchant = asker.get(API + "/merchants").json()["merchants"][0]["id"]
        v, leaves, root = test_head(asker)
        test_tiles(asker, leaves)
        test_policy(site, asker)
        test_proofs(asker, leaves)
        test_private(site, v)
        ok(v[0].startswith(b"laris-rules/v1\nfestival sgs-2021\n") and b"\nsha256 " in v[0] and
           b"Rp 50.000" in v[0], "the first entry are the rules, in words", v[0])
        test_receipt(site, v)
        test_growing(site, asker, till, v, leaves, root)
        a = site.run("log", "prove", "surakarta", "12")
        ok(a.startswith("c2sp.org/tlog-proof@v1\nindex 12\n"), "laris log prove gives the proof")
        test_key(site, asker)
        test_closed(site, asker)
        test_erased(site, asker)
        site.stop()
        test_alterations(site)
    done()


main()
