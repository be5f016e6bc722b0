"""Clients that are slow, broken or bad: refused, in bounded memory, while
others are served.  They come from 127.0.0.2, the honest ones from .1."""
import concurrent.futures
import os
import re
import socket
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fault_ import API, CITY, LONG, SALE, Sale, done, ok, recorded   # noqa: E402

MIB = 1 << 20


def dial(sale, source="127.0.0.2"):
    s = socket.create_connection(("127.0.0.1", sale.port), 10, (source, 0))
    s.settimeout(10)
    return s


def rss(sale, what="VmHWM"):
    with open(f"/proc/{sale.server.pid}/status") as f:
        return int(re.search(what + r":\s+(\d+)", f.read()).group(1)) * 1024


def raw(sale, pieces):
    """The status of the reply, or 0: closed without a word."""
    with dial(sale) as s:
        got = b""
        try:
            for p in pieces:
                s.sendall(p)
        except OSError:
            pass                        # closed on us: it may have said why
        try:
            while b"\r\n" not in got:
                more = s.recv(65536)
                if not more:
                    break
                got += more
        except TimeoutError:
            return -1
        except OSError:
            pass
    m = re.match(rb"HTTP/1\.1 (\d{3})", got)
    return int(m.group(1)) if m else 0


def serves(sale):
    a = sale.asker().get(f"/{CITY}/{SALE}")
    return a.status == 200


def test_slow(sale, n):
    halves = [b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX-A: ",
              b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n"
              b"Content-Type: application/x-www-form-urlencoded\r\n\r\ncity=sura"]
    before, held = rss(sale, "VmRSS"), []
    for i in range(n):
        try:
            s = dial(sale)
            s.sendall(halves[i % len(halves)])
            held.append(s)
        except OSError:
            pass                        # too many of one address: its right
    ok(all(serves(sale) for _ in range(20)), f"{n} half requests held open: others are served")
    grown = rss(sale, "VmRSS") - before
    ok(grown < 32 * MIB, "in less than 32 MiB", f"{grown / MIB:.1f} MiB")
    for s in held:
        s.close()
    ok(serves(sale), "and when they hang up")


def test_big(sale):
    post = f"POST {API}/purchases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    auth = f"Authorization: Bearer {sale.till}\r\n"
    block = b" " * MIB
    cases = {
        "10 MB body with its length":
            [(post + auth + f"Content-Length: {10 * MIB}\r\n\r\n").encode()] + [block] * 10,
        "10 MB body in chunks":
            [(post + auth + "Transfer-Encoding: chunked\r\n\r\n").encode()] +
            [b"100000\r\n" + block + b"\r\n"] * 10 + [b"0\r\n\r\n"],
        "10 MB form":
            [b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: "
             b"application/x-www-form-urlencoded\r\n" +
             f"Content-Length: {10 * MIB}\r\n\r\n".encode()] + [b"a" * MIB] * 10,
        "10 MB line": [b"GET /" + b"a" * MIB] + [b"a" * MIB] * 9 + [b" HTTP/1.1\r\n\r\n"],
        "10 MB head": [b"GET / HTTP/1.1\r\nHost: a\r\nX: "] + [b"a" * MIB] * 10 + [b"\r\n\r\n"],
        "100,000 head lines": [b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 100000 + b"\r\n"],
    }
    before = rss(sale)
    for name, pieces in cases.items():
        status = raw(sale, pieces)
        ok(status == 0 or 400 <= status < 500, f"{name}: refused", status)
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        got = list(pool.map(lambda _: raw(sale, cases["10 MB body with its length"]), range(64)))
    ok(all(s in (0, 413, 429, 503) for s in got), "64 of them at once: refused", sorted(set(got)))
    grown = rss(sale) - before
    ok(grown < 48 * MIB, "the peak of memory grew by less than 48 MiB", f"{grown / MIB:.1f} MiB")
    ok(serves(sale), "others are served")


def test_broken(sale):
    for name, head in (
            ("no host", b"GET / HTTP/1.1\r\n\r\n"),
            ("two lengths", b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                            b"Content-Length: 5\r\n\r\nabcde"),
            ("length and chunks", b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                                  b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            ("a minus length", b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"),
            ("a length that is none", b"POST /sign-in HTTP/1.1\r\nHost: a\r\n"
                                      b"Content-Length: 5x\r\n\r\nabcde"),
            ("noise", bytes(range(128, 256)) * 4 + b"\r\n\r\n"),
            ("TLS to a plain port", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 60 +
             b"\r\n\r\n")):
        status = raw(sale, [head])
        ok(status == 0 or 400 <= status < 502 and status != 500, f"{name}: refused", status)
    form = {"city": CITY, "login": "panitia", "password": "x"}
    a = sale.asker().ask("POST", "/sign-in", b"city=%ff%fe&login=panitia&password=x",
                         "application/x-www-form-urlencoded")
    ok(400 <= a.status < 500, "bad UTF-8 in a form: refused", a.status)
    a = sale.asker().ask("POST", "/sign-in", b"city=a%00b&login=panitia&password=x",
                         "application/x-www-form-urlencoded")
    ok(400 <= a.status < 500, "a NUL in a form: refused", a.status)
    a = sale.asker().form("/sign-in", dict(form, login="x" * 100000))
    ok(400 <= a.status < 500, "a login of 100,000 letters: refused", a.status)
    ok(serves(sale), "others are served")


def test_paths(sale):
    for path in ("/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd",
                 "/surakarta/%2e%2e/%2e%2e/etc/passwd", "/surakarta/sgs-2021/draw/x/file/../../l.db",
                 "/surakarta/sgs-2021/draw/x/file/..%2f..%2fl.db", "/%00", "/surakarta%00.css",
                 "/%", "/%zz", "/%ff%fe", "//", "//etc/passwd", "/surakarta//sgs-2021", "/\\..\\",
                 "/surakarta/sgs-2021/merchant/" + "a" * 5000,
                 "/?q=%ff", "*"):
        status = raw(sale, [f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .encode()])
        ok(status == 0 or 400 <= status < 500, f"path {path[:60]}: refused", status)


def test_same(sale):
    body, kept = sale.purchase("same-1"), threading.local()

    def one(_):
        if not hasattr(kept, "asker"):
            kept.asker = sale.asker("till", sale.till)
        return kept.asker.send(API + "/purchases", body)

    with concurrent.futures.ThreadPoolExecutor(100) as pool:
        got = list(pool.map(one, range(100)))
    ok(sorted(a.status for a in got) == [200] * 99 + [201],
       "100 sends of one event at once: one 201, the rest 200", sorted(a.status for a in got))
    ok(len({a.body for a in got}) == 1, "one answer, byte for byte")
    ok(recorded(sale.db, "same-") == {"same-1": 1}, "one purchase", recorded(sale.db, "same-"))


def main():
    with Sale() as sale:
        test_slow(sale, 2000 if LONG else 300)
        test_big(sale)
        test_broken(sale)
        test_paths(sale)
        test_same(sale)
        broken = sale.clean()
        ok(not broken, "laris check is clean", broken)
    return done()


sys.exit(main())
