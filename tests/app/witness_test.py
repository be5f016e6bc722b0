#!/usr/bin/env python3
"""Witnesses of the public log: what one signs and refuses, through its call; then
two cities' servers that witness each other, a draw whose freeze was witnessed
before its round, and a log put back to an older copy, which is found out."""
import base64
import concurrent.futures
import datetime
import functools
import hashlib
import http.server
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import LARIS, Site                               # noqa: E402
from tap import done, ok                                    # noqa: E402

PASS = "kata-sandi-9"
CALL = "/witness/add-checkpoint"
EVENTS = iter(range(1, 10 ** 6))


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# ---- RFC 6962, 2.1: as it is written there ----------------------------------------

def split(n):
    return 1 << (n - 1).bit_length() - 1


def root_of(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha(b"\x01", root_of(leaves[:k]), root_of(leaves[k:]))


def consistency(m, leaves, whole=True):
    n = len(leaves)
    if m == n:
        return [] if whole else [root_of(leaves)]
    k = split(n)
    if m <= k:
        return consistency(m, leaves[:k], whole) + [root_of(leaves[k:])]
    return consistency(m - k, leaves[k:], False) + [root_of(leaves[:k])]


# ---- a city with a log ---------------------------------------------------------------

def city(site, code, slug):
    site.run("city", "add", code)
    site.run("person", "add", slug, "ketua", "--role", "organiser", given=PASS + "\n")
    site.slug = slug
    site.serve()
    site.board = site.asker().sign_in(slug, "ketua", PASS)
    today = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=7)).date().isoformat()
    sale = site.board.form("/admin/festival/new", {
        "name": "Pasar Raya", "slug": "pasar-raya", "first_day": today, "last_day": today,
        "target": "1000000000", "admission": "open", "unit": "50000", "counting": "person"}).head["location"]
    site.sale = sale
    site.board.form("/admin/venues", {"name": "Pasar Besar", "kind": "market"})
    site.board.form(sale + "/state/inviting", {})
    site.asker().form(f"/{slug}/pasar-raya/join", {"name": "Tahu Takwa Bu Rini", "sector": "food", "stall": "B-12",
                                                 "login": "rini", "password": PASS})
    site.draw = draw(site, "Undian utama", "utama")
    a = site.board.form(sale + "/state/open", {})
    site.rini = site.asker().sign_in(slug, "rini", PASS)
    if a.status != 303:
        raise RuntimeError(f"{slug} does not open: {a.status} {a.text[:2000]}")
    return site


def draw(site, name, slug, **more):
    to = site.board.form("/admin/draw", dict(name=name, slug=slug, **more)).head["location"]
    site.board.form(to + "/prize", {"title": "Rumah", "code": "RUMAH", "cls": "UTAMA", "number": "1",
                                    "value": "300000000"})
    return to


def sell(site, amount=100000):
    a = site.rini.form("/m/sale", {"event": f"w-{next(EVENTS)}", "amount": str(amount), "method": "cash"})
    page = site.rini.get(a.head["location"]).text
    code = re.search(r"QR ([0-9A-Z]{8})", page)[1]
    site.asker().form(f"/{site.slug}/pasar-raya/claim/{code}/take", {})


def rehearse(site, slug):
    """A rehearsal's freeze: one entry, and the witnesses are asked at once."""
    to = draw(site, "Gladi " + slug, slug, rehearsal="1")
    a = site.board.form(to + "/freeze", {"minutes": "60"})
    if a.status != 303:
        raise RuntimeError(f"no freeze: {a.status} {a.text[:3000]}")


def head(site):
    """The head now, its size, and the leaves under it."""
    note = site.asker().get(f"/log/{site.slug}/checkpoint").text
    size = int(note.split("\n")[1])
    return note, size, leaves_of(site, size)


def leaves_of(site, size):
    body = site.asker().get(f"/log/{site.slug}/tile/entries/000.p/{size}").body
    v, at = [], 0
    while at < len(body):
        long = int.from_bytes(body[at:at + 2], "big")
        v.append(sha(b"\x00", body[at + 2:at + 2 + long]))
        at += 2 + long
    if len(v) != size:
        raise RuntimeError(f"{len(v)} entries of {size}")
    return v


def twin(site):
    """The same server from a copy of its database made now."""
    t = Site()
    for f in os.listdir(t.dir):
        os.unlink(os.path.join(t.dir, f))
    src, dst = sqlite3.connect(site.db), sqlite3.connect(t.db)
    src.backup(dst)
    src.close()
    dst.close()
    shutil.copy2(os.path.join(site.dir, "laris-log.key"), t.dir)
    t.slug, t.sale = site.slug, site.sale
    return t


def begin(t):
    t.serve()
    t.board = t.asker().sign_in(t.slug, "ketua", PASS)
    t.rini = t.asker().sign_in(t.slug, "rini", PASS)
    return t


def log_key(site):
    return site.run("log", "show", site.slug).split()[1]


def rows(site, sql):
    db = sqlite3.connect(site.db, isolation_level=None)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def waited(what, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        got = what()
        if got:
            return got
        time.sleep(0.1)
    return None


# ---- the call ------------------------------------------------------------------------

def question(old, path, note):
    return f"old {old}\n" + "".join(base64.b64encode(h).decode() + "\n" for h in path) + "\n" + note


def post(witness, body):
    return witness.asker().ask("POST", CALL, body, "text/plain")


def rss(site):
    with open(f"/proc/{site.server.pid}/status", encoding="utf-8") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read())[1]) >> 10


def test_refusals(c, note, size):
    a = post(c, question(0, [], note))
    ok(a.status == 404 and a.json()["rule"] == "witness-stranger", "a log it does not know: 404", a.text)
    c.run("witness", "add", c.of, "--name", "c.example/witness")
    c.run("witness", "add", c.of, status=1)
    c.run("witness", "key", "--name", "d.example/witness", status=1)
    c.run("witness", "add", "kacau", status=1)
    lines = note.split("\n")
    lines[2] = base64.b64encode(sha(b"other")).decode()
    a = post(c, question(0, [], "\n".join(lines)))
    ok(a.status == 403 and a.json()["rule"] == "witness-unsigned", "a head its log did not sign: 403", a.text)
    a = post(c, question(size + 1, [], note))
    ok(a.status == 400, "an old size over the new one: 400", a.status)
    a = post(c, question(0, [sha(b"x")], note))
    ok(a.status == 422, "a proof where none can be: 422", a.status)
    a = post(c, question(1, [], note))
    ok(a.status == 409 and a.body == b"0\n" and a.head["content-type"] == "text/x.tlog.size",
       "another old size than it knows: 409 with the one it knows", f"{a.status} {a.text}")


def test_junk(c, note):
    bodies = [b"", b"x", b"old\n\n", b"old 01\n\n" + note.encode(), b"old -1\n\n" + note.encode(),
              b"old 0\n\n", b"old 0\n" + note.encode(), b"old 0\nAAAA\n\n" + note.encode(),
              b"old 0\n" + (base64.b64encode(sha(b"")) + b"\n") * 64 + b"\n" + note.encode(),
              b"old 0\n\n" + note.encode()[:-1], b"old 0\r\n\r\n" + note.encode(),
              question(0, [], note).encode() + b"\xff", b"\x00" * 4096,
              b"old 0\n\n" + b"a\n" * 130000]
    got = [post(c, b).status for b in bodies]
    ok(set(got) == {400}, f"{len(bodies)} bodies that are no question: 400", got)
    a = c.asker().form(CALL, {"old": "0"})
    ok(a.status == 400, "a form is none either", a.status)
    post(c, b"old 0\n\n" + b"a\n" * 500000)
    before = rss(c)
    big = [post(c, b"old 0\n\n" + bytes([97 + i % 26, 10]) * 500000).status for i in range(40)]
    ok(set(big) == {413} and rss(c) - before < 40, "forty of a megabyte each: 413, and no memory kept",
       f"{set(big)} {before} -> {rss(c)} MiB")


def test_signs(a_, c, note, size, leaves):
    a = post(c, question(0, [], note))
    m = re.fullmatch(r"— c\.example/witness ([A-Za-z0-9+/=]+)\n", a.text)
    ok(a.status == 200 and m, "the first head: a signature line", f"{a.status} {a.text}")
    raw = base64.b64decode(m[1])
    at = int.from_bytes(raw[4:12], "big")
    ok(len(raw) == 76 and abs(at - time.time()) < 60, "key id, time, Ed25519", at)
    ok(post(c, question(size, [], note)).status == 200, "the same head again is signed again")
    sell(a_)
    note2, size2, leaves2 = head(a_)
    ok(leaves2[:size] == leaves and size2 > size, "the log grows")
    ok(post(c, question(size, [], note2)).status == 422, "without its proof: 422")
    wrong = consistency(size, leaves2)
    wrong[0] = sha(b"no")
    ok(post(c, question(size, wrong, note2)).status == 422, "with a wrong one: 422")
    ok(post(c, question(size, consistency(size, leaves2), note2)).status == 200, "with its proof: signed")
    a = post(c, question(0, [], note))
    ok(a.status == 409 and a.body == b"%d\n" % size2, "an older head is not signed any more", a.text)
    return note2, size2


def test_race(a_, c, size):
    """Two heads at once on the same old size: one of them is told the other's size."""
    twice = []
    for _ in range(5):
        sell(a_)
        n1, s1, l1 = head(a_)
        sell(a_)
        n2, s2, l2 = head(a_)
        asks = [question(size, consistency(size, l1), n1), question(size, consistency(size, l2), n2)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            got = list(pool.map(lambda q: post(c, q), asks))
        won = [s for s, g in zip((s1, s2), got) if g.status == 200]
        lost = [g for g in got if g.status == 409]
        twice.append(len(won) == 1 and len(lost) == 1 and lost[0].body == b"%d\n" % won[0])
        size = won[0] if won else size
    ok(all(twice), "two heads at once: one is signed, the other is told so", twice)
    return size


def test_restart(c, size):
    """A kill, no farewell: what was signed is remembered."""
    c.server.kill()
    c.server.wait()
    c.serve()
    ok(c.run("witness", "list").split()[0] == str(size), "after a kill it knows what it signed", size)
    page = c.asker().get("/witness").text
    ok("c.example/witness" in page and "laris/kediri@localhost" in page, "and its page says whom it looks at")


def test_fork(a_, old, c, size):
    """A copy from before, grown differently and signed with the same key."""
    with old:
        begin(old)
        while head(old)[1] < size:
            sell(old, 777000)
        note, same, _ = head(old)
        sell(old, 777000)
        note2, longer, leaves2 = head(old)
        if same == size:
            a = post(c, question(size, [], note))
            ok(a.status == 409 and "witness" not in a.text, "another history of the same size: not signed", a.status)
        a = post(c, question(size, consistency(size, leaves2), note2))
        ok(longer > size and a.status == 422, "a longer one: its proof does not fit", a.status)
    ok(c.run("witness", "list").split()[0] == str(size), "and nothing it remembers has moved")
    note, n, leaves = head(a_)
    path = consistency(size, leaves) if n > size else []
    ok(post(c, question(size, path, note)).status == 200, "the true log is signed as before")


# ---- the server collects ------------------------------------------------------------------

def set_up(site, key, port, quorum="1"):
    got = [site.board.form("/admin/settings/log-witnesses", {"value": f"{key} http://127.0.0.1:{port}/witness/"}).status,
           site.board.form("/admin/settings/log-quorum", {"value": quorum}).status]
    if got != [303, 303]:
        raise RuntimeError(f"settings: {got}")


def state(site):
    return rows(site, "SELECT state, size FROM ledger_witness")


def freeze_for_real(site):
    site.board.form(site.sale + "/state/closed", {})
    site.board.form(site.draw + "/none", {})
    site.board.form(site.draw + "/list", {})
    a = site.board.form(site.draw + "/freeze", {"minutes": "60", "override": "Izin memberi satu hari saja."})
    if a.status != 303:
        raise RuntimeError(f"no freeze: {a.status} {a.text[:3000]}")


def bundle(site, folder):
    for name in ("freeze.txt", "freeze.tlog-proof", "policy.txt", "entries.bin", "prizes.tsv", "ineligible.txt",
                 "rules.txt"):
        a = site.asker().get(f"/{site.slug}/pasar-raya/draw/utama/file/{name}")
        with open(os.path.join(folder, name), "wb") as f:
            f.write(a.body)
        if a.status != 200:
            raise RuntimeError(f"{name}: {a.status}")


def verify(folder, *more):
    p = subprocess.run([LARIS, "verify", folder, "--json", *more], capture_output=True, text=True, check=False)
    return {m[1]: (m[2], m[3]) for m in re.finditer(
        r'"promise":"(\w)","part":"","result":"(\w+)","reason":"([\w-]+)"', p.stdout)}


def logged(folder, log, *more):
    """What the program says of the log."""
    own = ("--policy", os.path.join(folder, "policy.txt"), "--log", log, *more)
    p = subprocess.run([LARIS, "verify", folder, "--json", *own], capture_output=True, text=True, check=False)
    m = re.search(r'"promise":"c","part":"log","result":"(\w+)","reason":"([\w-]+)"', p.stdout)
    return m and (m[1], m[2])


def test_mirror(a_, folder):
    """The log is copied by whoever wants to, and says that this freeze is the first."""
    url = f"http://127.0.0.1:{a_.port}/log/kediri"
    with tempfile.TemporaryDirectory() as top:
        copy = os.path.join(top, "kediri", "log")
        said = a_.run("log", "mirror", url, copy)
        ok("entries" in said and logged(folder, copy) == ("valid", "first-freeze"),
           "laris log mirror, and laris verify --log with the copy: the first freeze", said)
        ok(logged(folder, url) == ("valid", "first-freeze"), "or with the log's own address")
        for log in (copy, url):
            p = subprocess.run([sys.executable, os.path.join(ROOT, "src/mod/draw/verify.py"), folder, "--en", "--policy",
                                os.path.join(folder, "policy.txt"), "--log", log], capture_output=True, text=True, check=False)
            ok("the first freeze, nothing is missing" in p.stdout, f"verify.py reads {log}", p.stdout)
        again = a_.run("log", "mirror", url, copy)
        ok(" 0 new files" in again, "what is there is not asked for again", again)
        tile = next(os.path.join(d, f) for d, _, fs in os.walk(os.path.join(copy, "tile/entries")) for f in fs)
        with open(tile, "r+b") as f:
            f.seek(10)
            was = f.read(1)
            f.seek(10)
            f.write(bytes([was[0] ^ 1]))
        ok(logged(folder, copy) == ("failed", "mirror-false"), "a copy that was changed is found out")
        a_.run("log", "mirror", url, copy, status=1)
        ok(logged(folder, url + "x") == ("unchecked", "mirror-read"), "an address that is none")
        a_.run("log", "mirror", url + "x", os.path.join(top, "x"), status=1)
        ok(not os.path.exists(os.path.join(top, "x")), "of which nothing is kept")
        a_.run("log", "mirror", f"http://127.0.0.1:{a_.port}/log", os.path.join(top, "x"), status=1)


def certificate(folder):
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    return cert, key


def test_tls(a_, folder):
    """The log's address behind a certificate of one's own; a long one; tiles from a copy."""
    with twin(a_) as t, tempfile.TemporaryDirectory() as top:
        cert, key = certificate(top)
        t.serve("--tls-cert", cert, "--tls-key", key)
        url, copy = f"https://localhost:{t.port}/log/kediri", os.path.join(top, "copy")
        ok(logged(folder, url) == ("unchecked", "mirror-read"), "a certificate nobody vouches for: not read")
        ok(logged(folder, url, "--ca", cert) == ("valid", "first-freeze"), "--ca: who vouches for it; the first freeze")
        ok(logged(folder, url, "--ca", cert, "--log-most", "1") == ("unchecked", "log-too-long"), "longer than --log-most: not checked")
        t.run("log", "mirror", url, copy, status=1)
        ok("entries" in t.run("log", "mirror", url, copy, "--ca", cert), "laris log mirror takes --ca as well")
        p = subprocess.run([LARIS, "verify", folder, "--policy", os.path.join(folder, "policy.txt"), "--log", url, "--ca", cert],
                           capture_output=True, text=True, check=False)
        ok(re.search(r"localhost.*: (\d+) / \1\n", p.stderr), "how far it is, on standard error", p.stderr)
        tile = next(os.path.join(d, f) for d, _, fs in os.walk(os.path.join(copy, "tile/entries")) for f in fs)
        with open(tile, "r+b") as f:
            f.write(b"\xff")
        ok(logged(folder, url, "--ca", cert, "--copy", copy) == ("valid", "first-freeze"), "a torn copy: asked for anew")
        t.run("log", "mirror", url, os.path.join(top, "bare"), "--ca", cert)
        shutil.move(os.path.join(top, "bare/tile"), os.path.join(top, "kept/tile"))
        kind = functools.partial(http.server.SimpleHTTPRequestHandler, directory=os.path.join(top, "bare"))
        kind.func.log_message = lambda *_: None
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind) as s:
            threading.Thread(target=s.serve_forever, daemon=True).start()
            bare = f"http://127.0.0.1:{s.server_port}"
            ok(logged(folder, bare) == ("unchecked", "mirror-read"), "a server without tiles")
            ok(logged(folder, bare, "--copy", os.path.join(top, "kept")) == ("valid", "first-freeze"),
               "tiles of a copy are not asked for again")
            s.shutdown()


def test_draw(a_, b):
    sell(a_)
    with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
        freeze_for_real(a_)
        got = waited(lambda: state(a_))
        ok(got and got[0][0] == 0, "the freeze sends the log to its witness at once", got)
        note = a_.asker().get("/log/kediri/checkpoint").text
        ok(note.count("\n— ") == 2 and "— b.example/witness " in note, "the head is served with its signature", note)
        sell_size = int(note.split("\n")[1])
        ok(rows(b, "SELECT size FROM witness_log") == [(sell_size,)], "which the witness remembers")
        bundle(a_, after)
        with open(os.path.join(after, "policy.txt"), encoding="utf-8") as f:
            policy = f.read()
        ok("\nwitness w1 b.example/witness+" in policy and policy.endswith("group saksi 1 w1\nquorum saksi\n"),
           "the policy names witness and quorum", policy)
        v = verify(after, "--policy", os.path.join(after, "policy.txt"))
        ok(v.get("a") == ("valid", "fixed-before") and v.get("e") == ("valid", "witnessed"),
           "laris verify with that policy: fixed before its round", v)
        ok(verify(after).get("a") == ("unchecked", "their-policy"), "without one: not mine to believe")
        test_mirror(a_, after)
        test_tls(a_, after)
        # as if the witness had been found only after the round
        late = rows(a_, "SELECT at, line FROM ledger_cosignature")
        rows(a_, "UPDATE ledger_cosignature SET at = at + 86400")
        bundle(a_, before)
        v = verify(before)
        ok(v.get("a") == ("unchecked", "unwitnessed"),
           "one that signed after the round is not shown as a proof", f"{late} {v}")
        rows(a_, "UPDATE ledger_cosignature SET at = at - 86400")
    shown = a_.run("log", "show", "kediri")
    ok(f"witness {b.witness} signed {sell_size}" in shown, "laris log show says who signed how much", shown)


def test_page(a_):
    page = a_.asker().get("/log/kediri").text
    ok("b.example/witness" in page and "Saksi" in page and "catatan yang lain" not in page,
       "the log's page names the witness, and nothing is wrong", page[:200])


def test_back(b, older, shorter):
    """Put back to an older copy: grown differently, and only shorter."""
    with older:
        begin(older)
        size = rows(b, "SELECT size FROM witness_log")[0][0]
        while head(older)[1] <= size:
            sell(older, 777000)
        set_up(older, b.witness, b.port)
        rehearse(older, "lain")
        got = waited(lambda: [s for s in state(older) if s[0] == 4])
        ok(got, "a log grown differently from an older copy is refused by the witness", state(older))
        page = older.asker().get("/log/kediri").text
        ok("menandatangani catatan yang lain" in page, "its page says so to everybody")
        shown = older.run("log", "show", "kediri")
        ok(" FORK 0 " in shown, "and laris log show", shown)
        ok(older.asker().get("/log/kediri/checkpoint").text.count("\n— ") == 1, "no signature stands under its head")
    with shorter:
        rows(shorter, "UPDATE job SET due = 0 WHERE kind = 'log-witness'")
        rows(shorter, "INSERT OR REPLACE INTO setting SELECT city, 'log-witnesses', "
                      f"'{b.witness} http://127.0.0.1:{b.port}/witness' FROM ledger_head")
        shorter.inside = ""
        shorter.serve()
        got = waited(lambda: [s for s in state(shorter) if s[0] == 5])
        ok(got and "laris serve --inside" in shorter.asker().get("/log/kediri").text,
           "a witness inside the network that no operator named: not asked, and the page says so", state(shorter))
        shorter.stop()
        shorter.inside = f"127.0.0.1:{b.port}"
        rows(shorter, "UPDATE job SET due = 0 WHERE kind = 'log-witness'")
        shorter.serve()
        got = waited(lambda: [s for s in state(shorter) if s[0] == 3])
        ok(got, "a log that is only shorter is found out too", state(shorter))


def test_fsck(a_):
    ok("entries, root" in a_.run("log", "fsck", "kediri"), "laris log fsck: what was signed is what the rows say")
    size, keep = rows(a_, "SELECT size, hex(root) FROM ledger_cosignature ORDER BY size DESC LIMIT 1")[0]
    rows(a_, f"UPDATE ledger_cosignature SET root = zeroblob(32) WHERE size = {size}")
    out = a_.run("log", "fsck", "kediri", status=1)
    ok(": witness" in out, "a head that witnesses signed and the rows do not give is named", out)
    rows(a_, f"UPDATE ledger_cosignature SET root = x'{keep}' WHERE size = {size}")


def test_settings(a_):
    bad = ["kacau", a_.key + " http://127.0.0.1/witness", a_.wit, a_.wit + " ftp://127.0.0.1/x",
           f"{a_.wit} http://127.0.0.1/x {a_.wit} http://127.0.0.1/y"]
    got = [a_.board.form("/admin/settings/log-witnesses", {"value": v}).status for v in bad]
    ok(set(got) == {422}, "what is no witness and address is refused", got)


def main():
    with Site() as a_, Site() as b, Site() as c:
        city(a_, "35.71", "kediri")
        c.serve()
        c.of = a_.key = log_key(a_)
        ok("laris witness add" in c.asker().get("/witness").text, "a server that is no witness says how to begin")
        sell(a_)
        sell(a_)
        note, size, leaves = head(a_)
        test_refusals(c, note, size)
        test_junk(c, note)
        old = twin(a_)
        note, size = test_signs(a_, c, note, size, leaves)
        size = test_race(a_, c, size)
        test_restart(c, size)
        test_fork(a_, old, c, size)
        city(b, "33.72", "surakarta")
        sell(b)
        a_.wit = a_.run("witness", "key", "--name", "a.example/witness").strip()
        b.witness = b.run("witness", "key", "--name", "b.example/witness").strip()
        a_.run("witness", "add", log_key(b))
        b.run("witness", "add", a_.key)
        test_settings(a_)
        older, shorter = twin(a_), twin(a_)
        set_up(a_, b.witness, b.port)
        set_up(b, a_.wit, a_.port)
        test_draw(a_, b)
        rehearse(b, "gladi")
        got = waited(lambda: state(b))
        ok(got and got[0][0] == 0 and "— a.example/witness " in b.asker().get("/log/surakarta/checkpoint").text,
           "each is the other's witness", got)
        test_page(a_)
        test_back(b, older, shorter)
        test_fsck(a_)
        a_.run("check")
    return done()


sys.exit(main())
