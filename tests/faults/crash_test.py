"""The server ends in the middle of the work: killed (kill -9), told to
(SIGTERM), copied (backup).  What was answered as recorded is there, once.

A killed process is not a power cut: that the bytes had been asked onto the
disk before the reply is what tests/db proves at the writer."""
import os
import random
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fault_ import API, LONG, Load, Sale, done, ok          # noqa: E402


def test_kill(sale, times):
    pick = random.Random(20211001)
    for i in range(times):
        load = Load(sale, f"kill{i}-")
        came = load.wait(pick.randrange(20, 250))
        sale.kill()
        load.stop()
        lost = load.lost(sale.db)
        ok(came and not lost, f"kill -9 {i + 1}: what was acknowledged is there once",
           f"{len(load.acked)} acknowledged, wrong: {lost[:10]} {load.other[:1]}")
        torn = sale.torn()
        ok(not torn, f"kill -9 {i + 1}: laris log fsck is clean", torn)
        if i % 10 == 0 or i + 1 == times:
            broken = sale.clean()
            ok(not broken, f"kill -9 {i + 1}: laris check is clean", broken)
        sale.again()
    a = sale.asker("till", sale.till)
    got = [a.send(API + "/purchases", sale.purchase(e)).status for e in load.sent]
    ok(set(got) <= {200, 201}, "sent again after the crash, every purchase gets its answer", got)
    load.acked = load.sent
    ok(not load.lost(sale.db), "and is there once", load.lost(sale.db)[:10])


def test_term(sale):
    load = Load(sale, "term-")
    came = load.wait(150)
    code = sale.end(signal.SIGTERM)
    load.stop()
    lost = load.lost(sale.db)
    ok(code == 0, "SIGTERM under load: it ends by itself, with 0", code)
    ok(came and not lost, "what was acknowledged is there once", lost[:10])
    broken = sale.clean()
    ok(not broken, "laris check is clean", broken)
    sale.again()


def test_backup(sale):
    load = Load(sale, "copy-")
    came = load.wait(50)
    before = list(load.acked)
    copy, other = os.path.join(sale.dir, "copy.db"), os.path.join(sale.dir, "other.db")
    sale.run("backup", copy)
    alive = load.wait(len(load.acked) + 20)
    load.stop()
    ok(came and alive, "sales go on while and after the backup is made")
    sale_db, sale.db = sale.db, other
    try:
        sale.run("restore", copy)
    finally:
        sale.db = sale_db
    load.acked, all_acked = before, load.acked
    lost = load.lost(other)
    ok(not lost, "restored elsewhere: all that was acknowledged before it began", lost[:10])
    load.acked = all_acked
    ok(not load.lost(sale.db), "the server's own file has all", load.lost(sale.db)[:10])
    for path, name in ((other, "the restored copy"), (sale.db, "the server's own")):
        broken = sale.clean(path)
        ok(not broken, f"laris check is clean: {name}", broken)


def main():
    with Sale() as sale:
        test_kill(sale, 50 if LONG else 3)
        test_term(sale)
        test_backup(sale)
    return done()


sys.exit(main())
