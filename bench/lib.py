#!/usr/bin/env python3
"""What the measuring scripts share: the server, the load programs, claims.

Run by `./dev bench NAME`.  Standard library only, loopback only, bounded in
time.  Each script prints "claim | target | measured | ok?" and exits 0 with
its figures even where a target is missed: it reports, it does not judge.
Both sides of a ratio are taken in one run, in turns.
"""
import datetime
import glob
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(
    os.path.dirname(os.path.abspath(__file__)))
BUILD = os.environ.get("LARIS_BUILD") or os.path.join(ROOT, "build")
DATA = os.environ.get("LARIS_BENCH_DATA") or os.path.join(ROOT, ".data", "bench")
CITY, FESTIVAL = "surakarta", "sgs-2021"
TICK = os.sysconf("SC_CLK_TCK")
SERVER_CORE, LOAD_CORE = 0, 1
# What bare.c makes its tables of.
SCHEMAS = ["-S", os.path.join(ROOT, "src/mod/festival/migrate/0001-start.sql"),
           "-S", os.path.join(ROOT, "src/mod/ledger/migrate/0001-start.sql")]


def program(name):
    path = os.path.join(BUILD, name)
    if not os.path.exists(path):
        sys.exit(f"{path} is not there: ./dev bench builds it")
    return path


def say(*words):
    print(*words, flush=True)


def machine():
    model = "?"
    with open("/proc/cpuinfo") as f:
        for line in f:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    u = os.uname()
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    load = os.getloadavg()[0]
    return (f"{now}; {os.cpu_count()} x {model}; {u.sysname} {u.release}; "
            f"load before {load:.1f}")


# ---- figures ----

class Claims:
    """What a script has to say, in lines a person and a script can read."""

    def __init__(self):
        self.rows = []

    def add(self, claim, target, measured, ok):
        self.rows.append((claim, target, measured, "yes" if ok else "NO"))

    def at_least(self, claim, target, value, more=""):
        self.add(claim, f">= {target:g}", f"{value:.2f}{more}", value >= target)

    def at_most(self, claim, target, value, more=""):
        self.add(claim, f"<= {target:g}", f"{value:.2f}{more}", value <= target)

    def done(self, about):
        say()
        say(f"# {about}")
        say("claim | target | measured | ok?")
        for row in self.rows:
            say(" | ".join(row))


def median(values):
    return statistics.median(values)


def spread(values):
    """" (min-max, n)" behind a median."""
    return f" ({min(values):.2f}-{max(values):.2f}, n {len(values)})"


# ---- programs ----

def pinned(core):
    if core is None or core >= (os.cpu_count() or 1):
        return None
    return lambda: os.sched_setaffinity(0, {core})


def run_json(argv, core=None, timeout=120):
    """Every JSON line a program prints; its complaints go to our stderr."""
    done = subprocess.run(argv, stdout=subprocess.PIPE, timeout=timeout, text=True,
                          preexec_fn=pinned(core))
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not rows:
        sys.exit(f"{argv[0]} said nothing; exit {done.returncode}")
    return rows


def bare(folder, batch, seconds, cards=100000, merchants=2000):
    """Plain SQLite writing the same rows, on the server's core."""
    return run_json([program("bench_bare"), "-b", str(max(1, round(batch))), "-s", str(seconds),
                     "-c", str(cards), "-m", str(merchants),
                     *SCHEMAS,
                     os.path.join(folder, "bare.db")], core=SERVER_CORE)[-1]


def fdatasync_us(folder):
    return run_json([program("bench_fsync"), "-n", "1000", os.path.join(folder, "fsync.dat")],
                    core=SERVER_CORE)[-1]["p50_us"]


UNIT_MS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


def wrk(url, connections, seconds, script=None):
    """Requests a second by wrk on the load's core; it may fail once to print."""
    more = ["-s", script] if script else []
    for _ in range(3):
        out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", *more,
                              url],
                             stdout=subprocess.PIPE, text=True, timeout=seconds + 60,
                             preexec_fn=pinned(LOAD_CORE)).stdout
        total = re.search(r"(\d+) requests in ([0-9.]+)(s|m)", out)
        rate = re.search(r"Requests/sec:\s*([0-9.]+)", out)
        if re.search(r"Non-2xx|Socket errors", out):
            say("  wrk complains:", " ".join(re.findall(r"(?:Non-2xx|Socket errors).*", out)))
        late = re.search(r"99%\s+([0-9.]+)(us|ms|s)\b", out)
        if total and rate and late:
            return {"requests": int(total[1]), "per_second": float(rate[1]),
                    "p99_ms": float(late[1]) * UNIT_MS[late[2]]}
    sys.exit("wrk printed nothing that can be read")


# ---- the server ----

def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fetch(url, headers=None):
    """Status and body; a refusal is an answer too."""
    req = urllib.request.Request(url, headers=headers or {})
    try:
        with urllib.request.urlopen(req, timeout=30) as r:
            return r.status, r.read(), dict(r.headers)
    except urllib.error.HTTPError as e:
        return e.code, e.read(), dict(e.headers)


class Process:
    """A server in its own process group, on one core, ended with the block."""

    def __init__(self, argv, core=SERVER_CORE, port=None, ready="/healthz", env=None):
        self.port = port
        pin = pinned(core)
        self.log = tempfile.TemporaryFile()
        self.started = time.monotonic()
        self.p = subprocess.Popen(argv, stdout=self.log, stderr=self.log, preexec_fn=pin,
                                  start_new_session=True, env=env)
        self._wait(ready)

    def _wait(self, ready):
        while time.monotonic() - self.started < 60:
            if self.p.poll() is not None:
                break
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as s:
                    s.sendall(f"GET {ready} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
                              "Connection: close\r\n\r\n".encode())
                    if s.recv(12)[9:12] == b"200":
                        self.first = time.monotonic() - self.started
                        return
            except OSError:
                pass
            time.sleep(0.002)
        self.stop()
        self.log.seek(0)
        sys.exit("the server did not come up:\n" + self.log.read().decode(errors="replace"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.p.poll() is None:
            os.killpg(self.p.pid, signal.SIGTERM)
            try:
                self.p.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.p.pid, signal.SIGKILL)
                self.p.wait()

    def pids(self):
        """The process and its children (nginx has a worker)."""
        with open(f"/proc/{self.p.pid}/task/{self.p.pid}/children") as f:
            return [self.p.pid] + [int(w) for w in f.read().split()]

    def cpu_us(self):
        total = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/stat") as f:
                rest = f.read().rsplit(")", 1)[1].split()
            total += int(rest[11]) + int(rest[12])
        return total * 1e6 / TICK

    def memory_mib(self, what="VmRSS"):
        with open(f"/proc/{self.p.pid}/status") as f:
            for line in f:
                if line.startswith(what + ":"):
                    return int(line.split()[1]) / 1024
        return 0.0

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"


class Laris(Process):
    def __init__(self, db, core=SERVER_CORE, loops=1, more=(), ready="/healthz"):
        self.db = db
        port = free_port()
        argv = [program("laris"), "--db", db, "serve", "--listen", f"127.0.0.1:{port}"]
        # what is measured is the server, not what one city is allowed of it
        laris(db, "limit", "server", "limit-changes", "1000000")
        if loops:
            argv += ["--loops", str(loops)]
        super().__init__(argv + list(more), core, port, ready)

    def metrics(self):
        text = fetch(self.url("/metrics"))[1].decode()
        return {m[1]: float(m[2]) for m in re.finditer(r"^(\w+) (-?[0-9.]+)$", text, re.M)}


# ---- a city to measure with ----

def laris(db, *words, text_in=None):
    done = subprocess.run([program("laris"), "--db", db, *words], input=text_in, text=True,
                          stdout=subprocess.PIPE, timeout=3600)
    if done.returncode:
        sys.exit(f"laris {' '.join(words)}: exit {done.returncode}")
    return done.stdout


def made_of():
    """A mark of what makes the demonstration city: its tables, its rules, its makers."""
    h = hashlib.sha256()
    for name in sorted(glob.glob(f"{ROOT}/src/**/migrate/*.sql", recursive=True)
                       + glob.glob(f"{ROOT}/src/app/demo*") + glob.glob(f"{ROOT}/src/mod/*/*.sql")
                       + [f"{ROOT}/src/mod/festival/purchase.c"]):
        with open(name, "rb") as f:
            h.update(f.read())
    return h.hexdigest()[:12]


def demo(scale="small"):
    """The demonstration city; made once for each state of what makes it."""
    kept = os.path.join(DATA, f"{scale}-{made_of()}")
    if not os.path.exists(os.path.join(kept, "ready")):
        shutil.rmtree(kept, ignore_errors=True)
        for old in os.listdir(DATA) if os.path.isdir(DATA) else []:
            if old.startswith(scale + "-"):
                shutil.rmtree(os.path.join(DATA, old), ignore_errors=True)
        os.makedirs(kept)
        db = os.path.join(kept, "laris.db")
        say(f"making the demonstration city, scale {scale} (once)")
        laris(db, "init")
        laris(db, "demo", "--scale", scale)
        open(os.path.join(kept, "ready"), "w").close()
    return kept


def base32(v):
    """An id as it stands in URLs: 13 digits of Crockford's base32."""
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[v >> 5 * i & 31] for i in range(12, -1, -1))


class City:
    """A folder of its own with a copy of the demonstration city, a token,
    and the lists of merchants and cards that the load programs read."""

    def __init__(self, scale="small"):
        kept = demo(scale)
        self.folder = tempfile.mkdtemp(prefix="laris-bench.", dir=DATA)
        self.db = os.path.join(self.folder, "laris.db")
        for tail in ("", "-wal"):
            if os.path.exists(os.path.join(kept, "laris.db" + tail)):
                shutil.copy(os.path.join(kept, "laris.db" + tail), self.db + tail)
        self.merchants = os.path.join(self.folder, "merchants.txt")
        self.cards = os.path.join(self.folder, "cards.txt")
        self.lists()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def token(self):
        out = laris(self.db, "token", "add", CITY, "--role", "officer", "--label", "bench")
        return out.split()[-1]

    def lists(self):
        """Admitted merchants and usable cards, as the load programs want them."""
        db = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        where = "(SELECT id FROM festival WHERE slug = ?)"
        merchants = db.execute("SELECT merchant FROM participation WHERE state = 1 AND festival"
                               f" = {where} ORDER BY 1", (FESTIVAL,)).fetchall()
        cards = db.execute(f"SELECT number FROM card WHERE state = 0 AND festival = {where}"
                           " ORDER BY 1", (FESTIVAL,)).fetchall()
        db.close()
        with open(self.merchants, "w") as f:
            f.writelines(base32(m) + "\n" for m, in merchants)
        with open(self.cards, "w") as f:
            f.writelines(f"{n:09d}\n" for n, in cards)
        self.n_merchants, self.n_cards = len(merchants), len(cards)
        if not merchants or not cards:
            sys.exit("the demonstration city has no merchants or no cards")

    def count(self, table):
        db = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        n = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        db.close()
        return n

    def fill(self, promotions, quota=0):
        """Published promotions (bench/fill.c); the list of them."""
        made = os.path.join(self.folder, f"promotions-{promotions}-{quota}.txt")
        run_json([program("bench_fill"), "-T", f"{CITY}/{FESTIVAL}", "-m", self.merchants, "-n",
                  str(promotions), "-q", str(quota), "-o", made, self.db])
        return made

    def load(self, server, token, connections, seconds, warm=1.0, core=LOAD_CORE, more=()):
        """Purchases over HTTP (or uses of promotions, with -R); with the mean
        batch of the time measured."""
        before = server.metrics()
        row = run_json([program("bench_load"), "-p", str(server.port), "-k", str(core),
                        "-T", f"{CITY}/{FESTIVAL}", "-t", token, "-m", self.merchants,
                        "-C", self.cards, "-c", str(connections), "-d", str(seconds),
                        "-w", str(warm), *more], timeout=seconds + warm + 60)[-1]
        after = server.metrics()
        batches = after["laris_writer_batches_total"] - before["laris_writer_batches_total"]
        changes = after["laris_writer_changes_total"] - before["laris_writer_changes_total"]
        row["batch"] = changes / batches if batches else 0.0
        if set(row["status"]) - {"201", "200"} and not more:
            say("  other replies:", row["status"])
        return row


if __name__ == "__main__":
    say(machine())
