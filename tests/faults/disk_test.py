"""The disk is full: 507, nothing that was acknowledged is lost, pages are
still read, and when there is room again it goes on by itself.  On a small
tmpfs of its own, which only root may mount; else the test is skipped."""
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fault_ import API, CITY, SALE, Load, Sale, done, ok    # noqa: E402

SIZE = 48 << 20
LEAVE = 1 << 20


def mounted(folder):
    return os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder],
        capture_output=True, check=False).returncode == 0


def fill(path, leave):
    room = os.statvfs(os.path.dirname(path))
    with open(path, "wb") as f:
        left = room.f_bavail * room.f_frsize - leave
        while left > 0:
            left -= f.write(b"\0" * min(left, 1 << 20))


def test_full(sale):
    filler = os.path.join(sale.dir, "filler")
    fill(filler, LEAVE)
    load = Load(sale, "full-")
    refused = load.wait(1, 60, lambda x: x.other)
    load.stop()
    ok(refused and load.acked, "some purchases, and then no room",
       f"{len(load.acked)} {len(load.other)}")
    ok(load.other and {a.status for a in load.other} == {507} and
       all(a.json()["rule"] == "disk-full" for a in load.other),
       "each is refused with 507 and says why", [(a.status, a.text[:200]) for a in load.other[:3]])
    ok(not load.lost(sale.db), "what was acknowledged is there once", load.lost(sale.db)[:10])
    a = sale.asker().get(f"/{CITY}/{SALE}/totals")
    ok(a.status == 200, "pages are read as ever", a.status)
    ok(sale.server.poll() is None, "the server is alive")
    os.unlink(filler)
    a = sale.asker("till", sale.till)
    got = [a.send(API + "/purchases", sale.purchase(e)).status for e in load.sent]
    ok(set(got) <= {200, 201}, "with room again every purchase is taken, without a restart",
       sorted(set(got)))
    load.acked = load.sent
    ok(not load.lost(sale.db), "and each is there once", load.lost(sale.db)[:10])
    broken = sale.clean()
    ok(not broken, "laris check is clean", broken)


def main():
    folder = tempfile.mkdtemp(prefix="laris-full-")
    if not mounted(folder):
        os.rmdir(folder)
        print("1..0 # SKIP only root can mount a small tmpfs")
        return 0
    tempfile.tempdir = folder
    try:
        with Sale() as sale:
            test_full(sale)
    finally:
        tempfile.tempdir = None
        subprocess.run(["umount", folder], check=False)
        shutil.rmtree(folder, ignore_errors=True)
    return done()


sys.exit(main())
