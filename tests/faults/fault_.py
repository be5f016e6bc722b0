"""What the tests of faults share: a sale under load, and the truth of what
was recorded, read with another program's eyes (Python's own SQLite)."""
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import LARIS, Site                               # noqa: E402
from tap import done, ok                                    # noqa: E402

LONG = os.environ.get("LARIS_LONG") == "1" or os.environ.get("LARIS_FAULTS") == "long"
CITY, SALE = "surakarta", "sgs-2021"
API = f"/api/v1/cities/{CITY}/festivals/{SALE}"
__all__ = ["API", "CITY", "LARIS", "LONG", "SALE", "Load", "Sale", "done", "ok", "recorded"]


def recorded(path, prefix):
    """How often each event that begins so is in the table."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return dict(db.execute("SELECT event, count(*) FROM purchase WHERE event GLOB ? "
                               "GROUP BY event", (prefix + "*",)))
    finally:
        db.close()


class Sale(Site):
    """The demonstration city, a token for its tills."""

    def __init__(self, *more):
        super().__init__(*more)
        self.run("demo")
        self.till = self.token(CITY, "officer")
        db = sqlite3.connect(self.db)
        try:
            self.cards = [n for n, in db.execute("SELECT number FROM card LIMIT 200")]
        finally:
            db.close()
        self.serve()
        self.shops = [m["id"] for m in
                      self.asker().get(API + "/merchants").json()["merchants"]]

    def purchase(self, event):
        n = zlib.crc32(event.encode())
        p = {"event": event, "merchant": self.shops[n % len(self.shops)],
             "amount": 10000 + n % 90000, "method": "qris", "at": "2021-10-31T09:15:00+07:00"}
        if n % 3:
            p["card"] = f"{self.cards[n % len(self.cards)]:09d}"
        return p

    def kill(self):
        self.end(signal.SIGKILL)

    def end(self, how):
        """The code it ends with."""
        self.server.send_signal(how)
        code = self.server.wait(20)
        self.server = None
        return code

    def again(self):
        self.port = 0
        return self.serve()

    def clean(self, path=None):
        """"" or what `laris check` has to say."""
        p = subprocess.run([LARIS, "--db", path or self.db, "check"], text=True,
                           capture_output=True, check=False)
        return "" if p.returncode == 0 else f"{p.returncode}\n{p.stdout}{p.stderr}"

    def torn(self):
        """The public log, each entry and node computed anew: "" or the first difference."""
        p = subprocess.run([LARIS, "--db", self.db, "log", "fsck", CITY], text=True,
                           capture_output=True, check=False)
        return "" if p.returncode == 0 and "entries, root" in p.stdout else f"{p.returncode}\n{p.stdout}{p.stderr}"


class Load:
    """Tills that send one purchase after the other until told, or until the
    server is gone.  What was answered as recorded is in "acked"."""

    def __init__(self, sale, prefix, tills=8):
        self.sale, self.prefix = sale, prefix
        self.acked, self.sent, self.other = [], [], []
        self.ends, self.more = threading.Event(), threading.Condition()
        self.threads = [threading.Thread(target=self.till, args=(t,), daemon=True)
                        for t in range(tills)]
        for t in self.threads:
            t.start()

    def till(self, t):
        asker, n = self.sale.asker("till", self.sale.till), 0
        while not self.ends.is_set():
            n += 1
            event = f"{self.prefix}{t}-{n}"
            self.sent.append(event)
            try:
                a = asker.send(API + "/purchases", self.sale.purchase(event))
            except (OSError, ValueError, EOFError, ConnectionError):
                break
            except Exception as e:                      # http.client's: half a reply
                if type(e).__module__ != "http.client":
                    raise
                break
            with self.more:
                (self.acked if a.status in (200, 201) else self.other).append(
                    event if a.status in (200, 201) else a)
                self.more.notify_all()
        asker.close()

    def wait(self, n, seconds=30, what=lambda load: load.acked):
        """Until so many are there (a bound, so that a fault is a failure)."""
        until = time.monotonic() + seconds
        with self.more:
            return self.more.wait_for(lambda: len(what(self)) >= n,
                                      max(0, until - time.monotonic()))

    def stop(self):
        self.ends.set()
        for t in self.threads:
            t.join(40)

    def lost(self, path):
        """What was acknowledged and is not there exactly once; and doubles."""
        there = recorded(path, self.prefix)
        return [e for e in self.acked if there.get(e) != 1] + \
            [e for e, n in there.items() if n != 1]
