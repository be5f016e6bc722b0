#!/usr/bin/env python3
"""A draw's round fetched by the running server from relays that are down, late,
lie, or are right; the page says which.  The chain is that of rehearsals."""
import http.server
import json
import os
import re
import sqlite3
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

CHAIN = "d916bd9a777e2fa4c8b015bdda411dd8fc10be3b6b3d9a37c7f77c454fe805e9"


class Relay:
    """Answers what "mode" says; "truth" is round -> JSON."""

    def __init__(self, mode):
        self.mode, self.truth, self.asked = mode, {}, []
        relay = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                relay.asked.append(self.path)
                body, status = relay.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path):
        m = re.fullmatch(rf"/{CHAIN}/public/(\d+)", path)
        if not m or self.mode == "late":
            return b"{}", 404
        if self.mode == "huge":
            return b"x" * 100000, 200
        if self.mode == "lies":     # a true signature, of another chain
            other = json.loads(self.truth["other"])
            return json.dumps({"round": int(m[1]), "signature": other["signature"]}).encode(), 200
        return self.truth[m[1]].encode(), 200

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def waited(what, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        got = what()
        if got:
            return got
        time.sleep(0.1)
    return None


def state(site, code):
    for line in site.run("draw", "list", "surakarta").splitlines():
        w = line.split()
        if w[0] == code:
            return w[1]
    return None


def rehearsal(board, slug):
    to = board.form("/admin/draw", {"name": "Gladi " + slug, "slug": slug, "rehearsal": "1"}).head["location"]
    board.form(to + "/prize", {"title": "Rumah", "code": "RUMAH", "cls": "UTAMA", "number": "2", "value": "1"})
    a = board.form(to + "/freeze", {"minutes": "60"})
    if a.status != 303:
        raise RuntimeError(f"no freeze: {a.status} {a.text[:2000]}")
    return to, "gladi-sgs-2021-" + slug


def tell(site, code, relays, *which):
    text = site.run("draw", "rehearse-beacon", "surakarta", code, *which).strip()
    for r in relays:
        r.truth[str(json.loads(text)["round"])] = text


def page_has(board, path, *words):
    def look():
        text = board.get(path).text
        return text if all(w in text for w in words) else None
    return look


def test_settings(board):
    for bad in ("ftp://a.example", "https://a.example/?x=1", " ".join(f"http://{i}.example" for i in range(9))):
        a = board.form("/admin/settings/draw-relays", {"value": bad})
        ok(a.status == 422 and "paling banyak 8" in a.text, f"no address: {bad[:24]}", a.status)
    a = board.get("/admin/settings")
    ok("https://api.drand.sh" in a.text, "a city that set nothing asks drand's own relays")


def test_draw(site, board, down, late, liar):
    """Nobody has it at first; then one does.  A lie is never stored."""
    a = board.form("/admin/settings/draw-rehearsal-relays", {"value": f"{down} {liar.url} {late.url}/"})
    ok(a.status == 303, "three relays are set", a.status)
    to, code = rehearsal(board, "satu")
    tell(site, code, [late, liar])
    page = waited(page_has(board, to, "tidak menjawab", "TANDA TANGAN YANG SALAH", "belum punya putaran"))
    ok(page, "one is down, one lies, one is late: the page names each", board.get(to).text[-3000:])
    row = re.search(r"<li><div><b>" + re.escape(liar.url) + r"</b>(.*?)</li>", page or "", re.S)
    ok(row and "SALAH" in row[1], "and the liar is the one that lied", row and row[1])
    ok(state(site, code) == "frozen", "nothing was stored", state(site, code))
    ok(any(b"did not sign" in line and liar.url.encode() in line for line in site.log),
       "the server's log names it too")
    late.mode = "right"
    a = board.form(to + "/ask/0", {})
    ok(a.status == 303 and a.head["location"].endswith(to), "asked again at once", a.status)
    ok(waited(lambda: state(site, code) == "beacon", 15), "it is fetched, checked and set", state(site, code))
    ok(waited(page_has(board, to, "sudah diambil dari " + late.url)), "and the page says from whom")
    n = len(late.asked)
    time.sleep(1)
    board.form(to + "/ask/0", {})
    time.sleep(1.5)
    ok(len(late.asked) == n, "nobody is asked for what is there", late.asked[n:])
    ok(board.form(to + "/run", {}).status == 303, "the draw runs on it")
    ok("relay" in board.get("/admin/audit").text, "the record of changes says who set it")
    return to, code


def test_redraw(site, board, to, code, late):
    winner = re.search(r'href="([^"]*/winner/[^"]+)"', board.get(to + "/winners").text)[1]
    a = board.form(winner + "/strike", {"reason": "absent", "words": "Tidak datang.", "then": "redraw", "minutes": "5"})
    ok(a.status == 303, "a winner is struck out", a.text[:300])
    late.mode = "late"
    tell(site, code, [late], "1")
    late.mode = "right"
    board.form(to + "/ask/1", {})
    page = waited(page_has(board, to + "/winners", "sudah diambil dari " + late.url))
    got = re.search(r"<textarea[^>]*>(.*?)</textarea>", page or "", re.S)
    ok(got and got[1].strip().startswith("laris-beacon/v1"), "a redraw's round is fetched and need not be pasted",
       page and page[-2000:])
    a = board.form(to + "/again/1", {"pasted": got[1].strip() if got else ""})
    ok(a.status == 303, "and it runs on what was fetched", a.text[:300])


def test_sample(site, board, late, huge):
    board.form("/admin/settings/draw-rehearsal-relays", {"value": f"{huge.url} {late.url}"})
    late.mode = "late"
    to, code = rehearsal(board, "dua")
    a = board.form(to + "/sample", {"count": "3", "minutes": "5"})
    ok(a.status == 303, "a sample's round is named", a.status)
    db = sqlite3.connect(site.db)
    number = db.execute("SELECT s.round FROM draw_sample s JOIN draw d ON d.id = s.draw WHERE d.code = ?",
                        (code,)).fetchone()[0]
    db.close()
    ok(waited(page_has(board, to + "/sample", "belum punya putaran", "SALAH")),
       "a relay that sends a flood is none", board.get(to + "/sample").text[-2000:])
    late.truth[str(number)] = late.truth.get(str(number)) or site.run("draw", "rehearse-beacon", "surakarta", code)
    late.mode = "right"
    board.form(to + "/ask/-1", {})
    ok(waited(page_has(board, to + "/sample", "sudah diambil dari " + late.url, "laris-beacon/v1")),
       "the sample's round is fetched", board.get(to + "/sample").text[-2000:])
    return to


def test_late(site, board):
    """How long it is late, and what may be done after 72 hours."""
    board.form("/admin/settings/draw-rehearsal-relays", {"value": "http://127.0.0.1:9"})
    to, code = rehearsal(board, "tiga")
    db = sqlite3.connect(site.db, isolation_level=None)
    for hours, words in ((5, ("sudah lewat 5 jam", "setelah 72 jam belum juga")),
                         (73, ("sudah lewat 73 jam", "Notaris boleh membatalkan"))):
        db.execute("UPDATE draw SET frozen = ? WHERE code = ?", (int((time.time() - hours * 3600) * 1e6), code))
        board.form(to + "/ask/0", {})
        ok(waited(page_has(board, to, *words)), f"{hours} hours late", board.get(to).text[-3000:])
    db.close()
    site.run("draw", "beacon", "surakarta", code, given=site.run("draw", "rehearse-beacon", "surakarta", code))
    ok(state(site, code) == "beacon", "pasting stays possible")
    to, code = rehearsal(board, "empat")
    path = os.path.join(site.dir, "putaran.json")
    with open(path, "w", encoding="utf-8") as f:
        f.write(site.run("draw", "rehearse-beacon", "surakarta", code))
    site.run("draw", "beacon", "surakarta", code, path)
    ok(state(site, code) == "beacon", "or a file")


def test_inside(site):
    """A relay of the own machine that no operator named: it is not asked, and the page says who can change that."""
    site.stop()
    site.inside = ""
    site.serve()
    board = site.asker().sign_in("surakarta", "panitia")
    to, code = rehearsal(board, "lima")
    db = sqlite3.connect(site.db, isolation_level=None)
    db.execute("UPDATE draw SET frozen = ? WHERE code = ?", (int((time.time() - 5 * 3600) * 1e6), code))
    db.close()
    board.form(to + "/ask/0", {})
    ok(waited(page_has(board, to, "tidak ditanya", "laris serve --inside")),
       "an organiser's address inside the network: not asked", board.get(to).text[-3000:])
    site.stop()
    site.inside = "127.0.0.1"
    site.serve()
    return site.asker().sign_in("surakarta", "panitia")


def test_real(site, board):
    """Not due: a real draw says when, and asks nobody."""
    board.form("/admin/settings/draw-relays", {"value": "http://127.0.0.1:9"})
    to = board.form("/admin/draw", {"name": "Undian utama", "slug": "utama"}).head["location"]
    board.form(to + "/prize", {"title": "Rumah", "code": "RUMAH", "cls": "UTAMA", "number": "1", "value": "1"})
    site.run("festival", "close", "surakarta", "sgs-2021")
    board.form(to + "/none", {})
    board.form(to + "/list", {})
    a = board.form(to + "/freeze", {"minutes": "60", "override": "Izin memberi satu hari saja."})
    ok(a.status == 303, "a real draw is frozen", a.text[:1500])
    ok(waited(page_has(board, to, "Laris mengambilnya sendiri", "belum ditanya", "60 menit lagi")),
       "it says when its round comes, and that nobody was asked", board.get(to).text[-3000:])


def main():
    late, liar, huge = Relay("late"), Relay("lies"), Relay("huge")
    down = Relay("right")
    down.stop()
    with Site() as site:
        site.run("demo")
        site.serve()
        board = site.asker().sign_in("surakarta", "panitia")
        liar.truth["other"] = json.dumps({"signature":
            "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92"})
        test_settings(board)
        to, code = test_draw(site, board, down.url, late, liar)
        test_redraw(site, board, to, code, late)
        test_sample(site, board, late, huge)
        test_late(site, board)
        board = test_inside(site)
        test_real(site, board)
        site.run("check")
    done()


main()
