#!/usr/bin/env python3
"""The front page of a sale against nginx serving the same bytes as a file.

Server on core 0, wrk on core 1, in turns.  CPU a page is read from
/proc/PID/stat and compared with a raw epoll loop that sends the same bytes.
"""
import argparse
import contextlib
import os

from lib import (BUILD, CITY, FESTIVAL, City, Claims, Laris, Process, fetch, free_port, machine, median,
                 program, say, spread, wrk)

NGINX = """worker_processes 1; daemon off; master_process off; pid {d}/nginx.pid;
error_log stderr; events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000000; etag off;
  default_type "text/html; charset=utf-8";
  client_body_temp_path {d}/t1; proxy_temp_path {d}/t2; fastcgi_temp_path {d}/t3;
  uwsgi_temp_path {d}/t4; scgi_temp_path {d}/t5;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {d}; open_file_cache max=16; }} }}
"""


def nginx(folder):
    port = free_port()
    conf = os.path.join(folder, "nginx.conf")
    with open(conf, "w") as f:
        f.write(NGINX.format(d=folder, port=port))
    return Process(["nginx", "-p", folder, "-c", conf], port=port, ready="/page")


def raw_epoll(folder):
    """bench_raw_epoll PORT FILE: every request gets the file."""
    if not os.path.exists(os.path.join(BUILD, "bench_raw_epoll")):
        return contextlib.nullcontext()
    port = free_port()
    return Process([program("bench_raw_epoll"), str(port), os.path.join(folder, "page")],
                   port=port, ready="/page")


def sample(server, path, seconds):
    cpu = server.cpu_us()
    r = wrk(server.url(path), 64, seconds)
    r["cpu_us"] = (server.cpu_us() - cpu) / max(1, r["requests"])
    return r


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--seconds", type=int, default=4)
    o = p.parse_args()
    about = machine()
    path = f"/{CITY}/{FESTIVAL}"
    found = {}
    with City() as city:
        with Laris(city.db) as cached, Laris(city.db, more=["--no-page-cache"]) as fresh:
            status, page, _ = fetch(cached.url(path))
            if status != 200:
                raise SystemExit(f"{path} says {status}")
            with open(os.path.join(city.folder, "page"), "wb") as f:
                f.write(page)
            with nginx(city.folder) as files, raw_epoll(city.folder) as raw:
                sides = {"cached": (cached, path), "nginx": (files, "/page"),
                         "raw": (raw, "/page"), "fresh": (fresh, path)}
                sides = {k: v for k, v in sides.items() if v[0]}
                for n in range(max(1, o.rounds)):
                    for name, (server, at) in sides.items():
                        r = sample(server, at, o.seconds)
                        found.setdefault(name, []).append(r)
                        say(f"round {n + 1}: {name}: {r['per_second']:.0f}/s, "
                            f"{r['cpu_us']:.1f} us CPU a page")
    claims = Claims()

    def ratio(what, a, b):
        return [x[what] / y[what] for x, y in zip(found[a], found[b])]

    v = ratio("per_second", "cached", "nginx")
    claims.at_least("front page, anonymous, of nginx serving the same bytes", 1.0, median(v),
                    spread(v))
    if "raw" in found:
        v = ratio("cpu_us", "cached", "raw")
        claims.at_most("CPU a front page, of a raw epoll loop", 1.4, median(v), spread(v))
    v = ratio("per_second", "fresh", "nginx")
    claims.at_least("front page not cached, of nginx", 0.5, median(v), spread(v))
    claims.done(about + f"; page of {len(page)} bytes")


if __name__ == "__main__":
    main()
