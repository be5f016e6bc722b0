#!/usr/bin/env python3
"""The HTTP layer alone: a made page of 4 KiB, at 64, 256 and 1,024 connections.

http_hello, a raw epoll loop and nginx serving the same bytes from a file,
in turns, each on core 0 with wrk on core 1; and memory with 10,000 idle
connections that have each asked once.
"""
import argparse
import os
import resource
import socket
import tempfile

from lib import Claims, Process, free_port, machine, median, program, say, spread, wrk
from front import nginx, raw_epoll


def hello(folder, loops=1, core=0):
    port = free_port()
    return Process([program("bench_http_hello"), str(port), os.path.join(folder, "page"),
                    str(loops)], core=core, port=port, ready="/page")


def sample(server, connections, seconds):
    cpu = server.cpu_us()
    r = wrk(server.url("/page"), connections, seconds)
    r["cpu_us"] = (server.cpu_us() - cpu) / max(1, r["requests"])
    return r


def hold(port, n):
    """So many sockets, each with one request answered."""
    held = []
    for _ in range(n):
        s = socket.create_connection(("127.0.0.1", port), 10)
        s.sendall(b"GET /page HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: hold\r\n"
                  b"Accept: text/html\r\nAccept-Language: id\r\n\r\n")
        got = b""
        while b"\r\n\r\n" not in got or len(got) < 4096:
            got += s.recv(65536)
        held.append(s)
    return held


def memory(folder, n):
    with hello(folder, loops=2, core=None) as server:
        idle = server.memory_mib()
        held = hold(server.port, n)
        many = server.memory_mib()
        for s in held:
            s.close()
    return idle, many


def measure(folder, o):
    found = {}
    with hello(folder) as mine, nginx(folder) as files, raw_epoll(folder) as raw:
        for c in o.connections:
            for n in range(o.rounds):
                for name, server in (("laris", mine), ("nginx", files), ("raw", raw)):
                    r = sample(server, c, o.seconds)
                    found.setdefault((name, c), []).append(r)
                    say(f"c{c} round {n + 1}: {name}: {r['per_second']:.0f}/s, "
                        f"{r['cpu_us']:.1f} us CPU a page")
    return found


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--seconds", type=int, default=3)
    p.add_argument("--connections", type=int, nargs="*", default=[64, 256, 1024])
    p.add_argument("--idle", type=int, default=10000)
    o = p.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    about = machine()
    claims = Claims()
    with tempfile.TemporaryDirectory(prefix="laris-http.") as folder:
        os.chmod(folder, 0o755)
        with open(os.path.join(folder, "page"), "wb") as f:
            f.write(b"<p>laris</p>\n".ljust(4095, b".") + b"\n")
        found = measure(folder, o) if o.connections else {}
        idle, many = memory(folder, o.idle) if o.idle else (0, 0)

    def ratios(what, a, b, c):
        return [x[what] / y[what] for x, y in zip(found[a, c], found[b, c])]

    for c in o.connections:
        v = ratios("per_second", "laris", "nginx", c)
        claims.at_least(f"made page at {c}, of nginx serving the same bytes", 1.0, median(v),
                        spread(v))
        v = ratios("cpu_us", "laris", "raw", c)
        claims.at_most(f"CPU a made page at {c}, of a raw epoll loop", 1.4, median(v), spread(v))
    if 64 in o.connections and 1024 in o.connections:
        rate = {c: median([r["per_second"] for r in found["laris", c]]) for c in (64, 1024)}
        claims.at_least("pages a second at 1024 of those at 64", 0.7, rate[1024] / rate[64])
    if o.idle:
        claims.at_most("MiB idle, HTTP alone", 20, idle)
        claims.at_most(f"MiB with {o.idle} idle connections, HTTP alone", 120, many)
    claims.done(about)


if __name__ == "__main__":
    main()
