#!/usr/bin/env python3
"""A draw whose round does not come: annulled by a notary after 72 hours, by two people,
in the log for ever; and the draw in its place.  The city's records are set back, so
that the round it waits for is one of years ago."""
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import LARIS, Site                               # noqa: E402
from tap import done, ok                                    # noqa: E402

SALE = "/surakarta/sgs-2021/draw/"
CODE = "sgs-2021-utama"
NOTARY = {"notary": "Sri Rahayu, S.H., M.Kn.", "deed": "14, 27 November 2026"}
SIGNED = ("b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
          "e342b73a8dd2bacbe47e4b6b63ed5e39")               # quicknet's round 1000


def frozen(board, slug, name):
    to = board.form("/admin/draw", {"name": name, "slug": slug}).head["location"]
    board.form(to + "/prize", {"title": "Rumah", "code": "RUMAH", "cls": "UTAMA", "number": "1", "value": "900000"})
    board.form(to + "/prize", {"title": "Motor", "code": "MOTOR", "cls": "HIBURAN", "number": "3", "value": "1"})
    board.form(to + "/none", {})
    board.form(to + "/list", {})
    a = board.form(to + "/freeze", {"minutes": "60", "override": "Izin memberi satu hari saja."})
    if a.status != 303:
        raise RuntimeError(f"no freeze: {a.status} {a.text[:2000]}")
    return to


def set_round(site, code, round_):
    """As if it had been frozen for that round: its row, its file, and what the log has of it."""
    site.stop()
    db = sqlite3.connect(site.db)
    draw, = db.execute("SELECT id FROM draw WHERE code = ?", (code,)).fetchone()
    text, = db.execute("SELECT bytes FROM draw_file WHERE draw = ? AND name = 'freeze.txt'", (draw,)).fetchone()
    new = re.sub(rb"\nround [0-9]+\n", b"\nround %d\n" % round_, bytes(text))
    sums, = db.execute("SELECT bytes FROM draw_file WHERE draw = ? AND name = 'SHA256SUMS'", (draw,)).fetchone()
    sums = bytes(sums).replace(*(hashlib.sha256(x).hexdigest().encode() for x in (bytes(text), new)))
    for name, data in (("freeze.txt", new), ("SHA256SUMS", sums)):
        db.execute("UPDATE draw_file SET bytes = ? WHERE draw = ? AND name = ?", (data, draw, name))
    db.execute("UPDATE ledger_entry SET data = ? WHERE data = ?", (new, bytes(text)))
    db.execute("UPDATE draw SET round = ? WHERE id = ?", (round_, draw))
    db.commit()
    db.close()
    site.serve()
    for one in site.people:
        one.close()
        one.port = site.port


def round_of_hours_ago(hours):
    return int((time.time() - hours * 3600 - 1692803367) / 3) + 1


def confirm(asker, site, to):
    """As from a page that shows the newest proposal."""
    db = sqlite3.connect(site.db, timeout=20)
    row = db.execute("SELECT max(proposed) FROM draw_annulment").fetchone()
    db.close()
    return asker.form(f"{to}/annul/confirm?seen={row[0]}", {})


def refused(a, *words):
    return a.status in (409, 422) and all(w in a.text for w in words)


def test_when(site, board, to):
    """Not before 72 hours, nor before a relay was asked since."""
    a = board.form(to + "/annul", NOTARY)
    ok(refused(a, "72 jam terlambat"), "a round that is to come: not annulled", a.status)
    set_round(site, CODE, round_of_hours_ago(71))
    a = board.form(to + "/annul", NOTARY)
    ok(refused(a, "72 jam terlambat, yaitu sesudah"), "71 hours late: until when to wait is said", a.text[:2000])
    ok("Pembatalan oleh notaris" not in board.get(to).text, "and nothing on the page asks for it")
    p = subprocess.run([LARIS, "--db", site.db, "draw", "annul", "surakarta", CODE, "--notary", "N", "--deed", "1"],
                       capture_output=True, text=True, check=False)
    ok(p.returncode != 0 and "72" in p.stderr, "the command line says so too", p.stderr)
    set_round(site, CODE, 1000)
    a = board.form(to + "/annul", NOTARY)
    ok(refused(a, "belum ada relay drand yang ditanya") and NOTARY["deed"] in a.text,
       "nobody was asked since: refused, what was typed stays", a.text[-3000:])
    board.form("/admin/settings/draw-relays", {"value": "http://127.0.0.1:9"})
    board.form(to + "/ask/0", {})
    end = time.monotonic() + 30
    while "tidak menjawab" not in board.get(to).text and time.monotonic() < end:
        time.sleep(0.1)
    text = board.get(to).text
    ok("Pembatalan oleh notaris" in text and "Sudah lewat 72 jam" in text, "now the page offers it", text[-3000:])


def test_two(site, board, second, officer, to):
    """One proposes, another confirms; and every wrong way."""
    a = board.form(to + "/annul", {"notary": "", "deed": "14"})
    ok(a.status == 422 and 'value="14"' in a.text.replace("value=14", 'value="14"'), "without a notary: refused, the deed stays", a.text[-2000:])
    ok(board.form(to + "/annul/confirm", {}).status == 409, "nothing to confirm yet")
    ok(board.form(to + "/annul/withdraw", {}).status == 409, "nothing to take back")
    ok(second.form(to + "/annul", NOTARY).status == 403, "an auditor does not propose")
    ok(officer.form(to + "/annul", NOTARY).status == 403 and officer.form(to + "/annul/confirm", {}).status == 403,
       "an officer does neither")
    ok(board.form(to + "/annul", NOTARY).status == 303, "the organiser proposes")
    text = board.get(to).text
    ok("Sri Rahayu" in text and "Sahkan pembatalan" not in text, "who proposed it is not offered to confirm", text[-2000:])
    a = confirm(board, site, to)
    ok(refused(a, "tidak boleh mengesahkan"), "nor may", a.text[-2000:])
    ok(board.form(to + "/annul/withdraw", {}).status == 303, "it may be taken back")
    ok(second.form(to + "/annul/confirm", {}).status == 409, "and is not confirmed then")
    board.form(to + "/annul", {**NOTARY, "deed": "13"})
    stale = re.search('action="([^"]*/annul/confirm[^"]*)"', second.get(to).text).group(1)
    ok(board.form(to + "/annul", NOTARY).status == 303, "proposed anew: the newer words count")
    text = second.get(to).text
    ok("Sahkan pembatalan" in text, "a second person is offered it")
    ok(refused(second.form(stale, {}), "baru saja"), "what was seen before that is not confirmed")
    now = re.search('action="([^"]*/annul/confirm[^"]*)"', text).group(1)
    ok(re.findall('action="(/admin[^"]*)"', text) == [now], "an auditor is offered nothing else", text[-3000:])
    ok("dibatalkan" not in board.get(SALE + "utama").text, "the public sees nothing of a proposal")
    a = second.form(now, {})
    ok(a.status == 303, "and confirms", a.text[:3000])
    ok(second.form(to + "/annul/confirm", {}).status == 409, "once")
    for what, fields in (("/beacon", {"pasted": SIGNED}), ("/run", {}), ("/annul", NOTARY), ("/sample", {"count": "5", "minutes": "10"})):
        ok(board.form(to + what, fields).status == 409, f"{what}: too late")


def test_seen(site, board, to):
    """What everybody sees of it."""
    shopper = site.asker()
    for page, words in (
            ("utama", ("Notaris Sri Rahayu", "14, 27 November 2026", "Undian penggantinya belum dibuat",
                       "https://api.drand.sh/", "tidak menjawab", "annulment.txt", "annulment.tlog-proof")),
            ("utama/press", ("Notaris Sri Rahayu", "annulment.txt", "berita-acara.pdf")),
            ("utama/stage", ("Dibatalkan", "tidak ada pemenang")), ("utama/check?coupon=3", ("Tidak ada kupon yang menang",))):
        text = shopper.get(SALE + page).text
        ok(all(w in text for w in words), f"{page} says it", [w for w in words if w not in text])
    state = shopper.get(SALE + "utama/stage/result").json()
    ok(state["state"] == "annulled" and not state["drawn"] and not state["left"], "the screen is told", state)
    ok("dibatalkan" in shopper.get(SALE.rstrip("/")).text, "and the list of draws")
    text = shopper.get(SALE + "utama/file/annulment.txt").text
    ok(text.startswith(f"laris-annulment/v1\ndraw {CODE}\ndrand ") and "\nround 1000\nreason beacon-late\n" in text
       and text.endswith(f"notary {NOTARY['notary']}\ndeed {NOTARY['deed']}\n"), "annulment.txt", text)
    ok("Undian dibatalkan" in shopper.get("/log/surakarta").text, "the page of the log names it")
    ok("Undian dibatalkan" in board.get("/admin/audit").text, "and the record of changes")


def test_proven(site):
    """The bundle and the log, by the two programs."""
    out, log = os.path.join(site.dir, "bundle"), f"http://127.0.0.1:{site.port}/log/surakarta"
    site.run("draw", "report", "surakarta", CODE, out)
    for how in ([LARIS, "verify", out], [sys.executable, os.path.join(out, "verify.py"), out]):
        p = subprocess.run(how + ["--log", log, "--policy", os.path.join(out, "policy.txt")], capture_output=True,
                           text=True, check=False, env={**os.environ, "LANG": "C"})
        ok(p.returncode == 2 and "GAGAL" not in p.stdout and "ibatalkan notaris Sri Rahayu" in p.stdout,
           f"{os.path.basename(how[-2])}: nothing failed, annulled, and never called valid", p.stdout + p.stderr)
    sums = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=out, capture_output=True, text=True, check=False)
    with open(os.path.join(out, "SHA256SUMS"), encoding="utf-8") as f:
        names = f.read()
    ok(sums.returncode == 0 and "  annulment.txt\n" in names, "its sums hold and name it", sums.stderr)
    text = subprocess.run(["pdftotext", "-layout", os.path.join(out, "berita-acara.pdf"), "-"], check=True,
                          capture_output=True, text=True).stdout
    ok("Berita acara pembatalan undian" in text and "Sri Rahayu" in text and "Tidak ada pemenang" in text
       and "winners.tsv" not in text, "minutes of the annulment", text)
    site.run("check")
    ok(True, "laris check agrees")
    site.run("log", "fsck", "surakarta")
    ok(True, "and laris log fsck")
    db = sqlite3.connect(site.db)
    db.execute("UPDATE draw_annulment SET notary = 'Orang lain'")
    db.commit()
    p = subprocess.run([LARIS, "--db", site.db, "check"], capture_output=True, text=True, check=False)
    ok(p.returncode != 0 and CODE in p.stdout + p.stderr, "a row that says another notary is found", p.stdout)
    db.execute("UPDATE draw_annulment SET notary = ?", (NOTARY["notary"],))
    db.commit()
    db.close()


def test_instead(site, board, second, to):
    """The draw in its place."""
    ok(second.form(to + "/replace", {}).status == 403, "an auditor makes no draw")
    a = board.form(to + "/replace", {})
    ok(a.status == 303, "the organiser makes the draw in its place", a.text[:2000])
    new = a.head["location"]
    text = board.get(new).text
    ok("Motor" in text and "Rumah" in text and "dibatalkan" in text, "with its prizes, and it says whose place it takes",
       text[-3000:])
    ok(refused(board.form(to + "/replace", {}), "sudah dibuat"), "once only")
    ok("Undian utama (2)" in site.asker().get(SALE + "utama").text, "the annulled one leads there")
    ok("Undian utama" in site.asker().get(SALE + "utama-2").text, "and back")
    a = board.form(new + "/freeze", {"minutes": "60"})
    ok(refused(a, "belum"), "its list is published and frozen as any", a.status)
    board.form(new + "/none", {})
    board.form(new + "/list", {})
    a = board.form(new + "/freeze", {"minutes": "60", "override": "Undian pengganti."})
    ok(a.status == 303 and "sgs-2021-utama-2 frozen" in site.run("draw", "list", "surakarta"), "then it is frozen",
       a.text[:2000])


def test_came(site, board, to):
    """Once its number is there a draw is run, however late."""
    set_round(site, "sgs-2021-kedua", 1000)
    board.form(to + "/ask/0", {})
    end = time.monotonic() + 30
    while "tidak menjawab" not in board.get(to).text and time.monotonic() < end:
        time.sleep(0.1)
    ok(board.form(to + "/annul", NOTARY).status == 303, "proposed")
    ok(board.form(to + "/beacon", {"pasted": SIGNED}).status == 303, "then the number comes")
    admin = site.asker().sign_in("surakarta", "pengawas")
    ok(refused(confirm(admin, site, to), "sudah ada"), "it cannot be confirmed any more")
    ok(refused(board.form(to + "/annul", NOTARY), "sudah ada"), "nor proposed")
    ok("Sahkan" not in admin.get(to).text, "nor is it offered")
    board.form(to + "/run", {})
    ok("sgs-2021-kedua drawn" in site.run("draw", "list", "surakarta"), "the draw is run")
    ok(board.form(to + "/annul", NOTARY).status == 409 and board.form(to + "/replace", {}).status == 409,
       "and stands")


def test_rehearsal(board):
    to = board.form("/admin/draw", {"name": "Gladi", "slug": "gladi", "rehearsal": "1"}).head["location"]
    board.form(to + "/prize", {"title": "Rumah", "code": "RUMAH", "cls": "UTAMA", "number": "1", "value": "1"})
    ok(board.form(to + "/freeze", {"minutes": "60"}).status == 303, "a rehearsal")
    ok(refused(board.form(to + "/annul", NOTARY), "Gladi tidak perlu"), "is made anew, not annulled")


def main():
    with Site() as site:
        site.run("demo")
        site.serve()
        board = site.asker().sign_in("surakarta", "panitia")
        second = site.asker().sign_in("surakarta", "pengawas")
        officer = site.asker().sign_in("surakarta", "petugas")
        site.people = [board, second, officer]
        site.run("festival", "close", "surakarta", "sgs-2021")
        to = frozen(board, "utama", "Undian utama")
        other = frozen(board, "kedua", "Undian kedua")
        test_when(site, board, to)
        test_two(site, board, second, officer, to)
        test_seen(site, board, to)
        test_proven(site)
        test_instead(site, board, second, to)
        test_came(site, board, other)
        test_rehearsal(board)
        site.run("check")
    done()


main()
