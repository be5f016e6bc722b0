#!/usr/bin/env python3
"""Bytes of a first visit to the front page of a sale, without pictures.

As a browser that knows brotli and gzip: the page and all that it names of the
same server (styles, scripts, fonts), heads of the replies included.
"""
import re
import socket

from lib import CITY, FESTIVAL, City, Claims, Laris, machine, say

PICTURES = ("image/",)


def raw(server, path):
    """All bytes of one reply, and its head."""
    with socket.create_connection(("127.0.0.1", server.port), 10) as s:
        s.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
                  "Accept-Encoding: gzip, deflate, br\r\nConnection: close\r\n\r\n".encode())
        got = b""
        while piece := s.recv(65536):
            got += piece
    head = got.split(b"\r\n\r\n", 1)[0].decode("latin-1")
    if " 200 " not in head.split("\r\n")[0]:
        raise SystemExit(f"{path} says {head.splitlines()[0]}")
    return len(got), head


def named(page):
    """What the page lets a browser fetch at once."""
    links = re.findall(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"', page)
    return list(dict.fromkeys(x for x in links if x.startswith("/asset/")))


def main():
    about = machine()
    with City() as city, Laris(city.db) as server:
        page = f"/{CITY}/{FESTIVAL}"
        total, _ = raw(server, page)
        say(f"{total:7} {page}")
        with socket.create_connection(("127.0.0.1", server.port), 10) as s:
            s.sendall(f"GET {page} HTTP/1.0\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            text = b"".join(iter(lambda: s.recv(65536), b"")).decode()
        for path in named(text):
            n, head = raw(server, path)
            kind = re.search(r"(?im)^content-type:\s*(\S+)", head)[1]
            if kind.startswith(PICTURES):
                say(f"{n:7} {path} (a picture: not counted)")
                continue
            say(f"{n:7} {path}")
            total += n
    claims = Claims()
    claims.at_most("first visit to the front page of a sale without pictures, KiB", 30, total / 1024)
    claims.done(about)


if __name__ == "__main__":
    main()
