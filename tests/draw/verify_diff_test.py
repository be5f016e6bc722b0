"""`laris verify` and verify.py, which lies in each bundle, on the same folders,
whole and spoilt: never a different verdict.  LARIS_DRAW_CASES says how many,
./dev faults makes it 100,000."""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, p) for p in ("tests/tools", "tests/draw", "src/mod/draw")]
sys.dont_write_bytecode = True
import verify as checker                                    # noqa: E402
from bundles_ import hexsum, make, put_all, spoil_bytes     # noqa: E402
from tap import done, ok                                    # noqa: E402

BUILD = os.environ.get("LARIS_BUILD") or os.path.join(ROOT, "build")
LARIS = os.environ.get("LARIS") or os.path.join(BUILD, "laris")
CASES = int(os.environ.get("LARIS_DRAW_CASES", "250"))
BROWSER = CASES <= 1000             # a pairing there is not kept
GOLDEN = os.path.join(ROOT, "tests/golden/laris-draw")


# ---- spoiling ---------------------------------------------------------------


def spoil(r, files):
    name = r.choice(sorted(files))
    if r.random() < 0.1:
        del files[name]
    elif r.random() < 0.05:
        files[r.choice(("rules.txt", "stranger.txt", "winners.tsv", "sample.tsv", "after/x",
                        "after/001-redraw.txt", "after/002-beacon.txt", "after/9"))] = b"x\n"
    elif r.random() < 0.05:
        other = r.choice(sorted(files))
        files[name], files[other] = files[other], files[name]
    else:
        files[name] = spoil_bytes(r, files[name])


def add_sums(r, files):
    if r.random() < 0.5:
        files["SHA256SUMS"] = b"".join(
            b"%s  %s\n" % (hexsum(d), n.encode()) for n, d in sorted(files.items()))


WORKER = os.path.join(BUILD, "verify_worker")
worker = subprocess.Popen([WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True) if os.path.exists(WORKER) else None


def judge(folder, own=None, log=None):
    """(exit, reasons of what failed), or (exit, None) where it did not begin."""
    if worker:
        worker.stdin.write(f"{folder}\t{own or '-'}\t{log or '-'}\n")
        worker.stdin.flush()
        code, text = worker.stdout.readline().split(" ", 1)
    else:
        p = subprocess.run([LARIS, "verify", folder, "--json"] + (["--policy", own] if own else [])
                           + (["--log", log] if log else []), capture_output=True, timeout=60)
        code, text = p.returncode, p.stdout
    try:
        said = json.loads(text)
    except ValueError:
        return int(code), None
    return int(code), [x["reason"] for x in said["promises"] if x["result"] == "failed"]


def compare_with(folder, own, log):
    """The same policy as that of whoever asks; a bad one is wrong use for both."""
    code, reasons = judge(folder, own, log)
    policy_ = None
    if own:
        try:
            with open(own, "rb") as f:
                policy_ = checker.Policy(f.read())
        except checker.Wrong:
            return None if code == 2 and reasons is None else f"policy: {reasons}", 2
    ours = checker.check(folder, policy=policy_, log=log)
    same = code == checker.verdict(ours)
    return None if same else f"verify.py: {ours}; laris: {code} {reasons}", code


browser = subprocess.Popen(["node", os.path.join(ROOT, "tests/worker/browser_worker.mjs")],
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def compare_browser(folder, own, log):
    """Broken for all, or for none; and of the log the same is said."""
    browser.stdin.write(f"{folder}\t{own or '-'}\t{log or '-'}\n")
    browser.stdin.flush()
    said, why = browser.stdout.readline().split(" ", 1)
    policy_ = None
    if own:
        try:
            with open(own, "rb") as f:
                policy_ = checker.Policy(f.read())
        except checker.Wrong:
            return None if said == "failed" else f"browser: {said} {why}"
    ours = checker.check(folder, policy=policy_, log=log)
    same = (said == "failed") == (checker.verdict(ours) == 1) and said in ("failed", "unchecked")
    if log and ours["a"][1] != "no-list":
        marks = {checker.BAD: "failed", checker.OPEN: "unchecked", checker.GOOD: "valid"}
        of_log = [x["mark"] for x in json.loads(why)["c"] if not x["why"].startswith("list-fits")]
        same = same and (marks[ours["c log"][0]] in of_log or ours["c"][0] == checker.BAD)
    return None if same else f"verify.py: {ours}; browser: {said} {why}"


def compare(folder, log=None):
    """(None or what the two say differently, the verdict): with and without a policy."""
    why, code = compare_with(folder, None, log)
    own = os.path.join(folder, "policy.txt")
    if not why and os.path.exists(own):
        why, code = compare_with(folder, own, log)
    if not why and BROWSER:
        why = compare_browser(folder, None, log)
        if not why and os.path.exists(own):
            why = compare_browser(folder, own, log)
    return why, code


def known():
    for name in sorted(os.listdir(GOLDEN)):
        if os.path.isdir(os.path.join(GOLDEN, name)):
            why, _ = compare(os.path.join(GOLDEN, name))
            ok(not why, f"{name}: both say the same", why)


def case(seed, folder):
    r = random.Random(seed)
    files, log = make(r)
    if r.random() < 0.4:
        add_sums(r, files)
    for _ in range(r.choice((0, 0, 1, 1, 2))):
        if files:
            spoil(r, files)
    if "SHA256SUMS" not in files:
        add_sums(r, files)
    bundle, copy = os.path.join(folder, "b"), os.path.join(folder, "log")
    put_all(bundle, files)
    put_all(copy, log)
    why, code = compare(bundle, copy if log else None)
    return why, code, "after" in {n.split("/")[0] for n in files}, bool(log), "annulment.txt" in files


# ---- verify.py alone ----------------------------------------------------------


def golden(name, folder):
    for f in os.listdir(os.path.join(GOLDEN, name)):
        shutil.copyfile(os.path.join(GOLDEN, name, f), os.path.join(folder, f))
    files = {f: open(os.path.join(folder, f), "rb").read() for f in sorted(os.listdir(folder))}
    files["SHA256SUMS"] = b"".join(b"%s  %s\n" % (hexsum(d), n.encode()) for n, d in files.items())
    return files


def put(folder, name, data):
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data)


def every_byte(folder):
    """Each byte of a bundle changed in turn."""
    files = golden("kat1-seven", folder)
    put(folder, "SHA256SUMS", files["SHA256SUMS"])
    ok(checker.verdict(checker.check(folder)) == 2, "a bundle that holds")
    r, n, missed = random.Random(4), 0, []
    for name, data in files.items():
        for i in range(len(data)):
            put(folder, name, data[:i] + bytes([data[i] ^ 1 << r.randrange(8)]) + data[i + 1:])
            n += 1
            if checker.verdict(checker.check(folder)) != 1:
                missed.append(f"{name}: byte {i}")
        put(folder, name, data)
    ok(not missed, f"each of its {n} bytes altered is found by verify.py", "\n".join(missed))


def reasons(folder):
    """The negative ones fail for what is wrong with them."""
    for name, part, code in (
            ("neg-gap", "c", "entries-gap"), ("neg-one-coupon-added", "c", "entries-sum"),
            ("neg-winner-changed", "d", "winners-differ"),
            ("neg-beacon-uppercase", "d", "beacon-format"),
            ("neg-beacon-forged-signature", "d drand", "beacon-signature")):
        said = checker.check(os.path.join(GOLDEN, name))
        ok(said[part][:2] == (checker.BAD, code), f"{name}: {code}", said)
    for name in ("kat1-seven", "kat2-one-holder"):
        said = checker.check(os.path.join(GOLDEN, name))
        ok(said["d drand"][0] == said["d"][0] == said["c"][0] == checker.GOOD, f"{name} holds",
           said)


def log_vectors(_):
    """Promise a's pieces on the vectors of the log."""
    where = os.path.join(ROOT, "tests/golden/laris-log")
    with open(os.path.join(where, "policy.txt"), "rb") as f:
        mine = checker.Policy(f.read())
    with open(os.path.join(where, "entries.txt"), "rb") as f:
        entries = f.read().split(b"\n")
    good = 0
    for at, size in ((0, 1), (0, 700), (255, 257), (256, 257), (699, 700)):
        with open(os.path.join(where, f"inclusion-{at}-of-{size}.tlog-proof"), "rb") as f:
            index, path, checkpoint = checker.read_proof(f.read())
        note = checker.Note(checkpoint)
        good += note.quorum_at(mine)[0] == 2 and index == at and checker.is_in(
            entries[at], index, path, note.size, note.root)
        good -= checker.is_in(entries[at] + b"x", index, path, note.size, note.root)
    ok(good == 5, "the proofs of laris-log hold for verify.py", good)


def alone():
    for work in (every_byte, reasons, log_vectors):
        folder = tempfile.mkdtemp()
        try:
            work(folder)
        finally:
            shutil.rmtree(folder)
    said = subprocess.run([sys.executable, checker.__file__, "--en",
                           os.path.join(GOLDEN, "kat1-seven")], capture_output=True, text=True)
    ok(said.returncode == 2 and "drand quicknet's signature of round 1000" in said.stdout,
       "it runs by itself", said)
    said = subprocess.run([sys.executable, checker.__file__, "--card", "1"], capture_output=True)
    ok(said.returncode == 2 and not said.stdout, "a card without its secret is wrong use")


def main():
    known()
    alone()
    differ, whole, after, logs, annulled = [], 0, 0, 0, 0
    start = int(os.environ.get("LARIS_DRAW_SEED", "1"))
    shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    for seed in range(start, start + CASES):
        folder = tempfile.mkdtemp(dir=shm)
        try:
            why, code, *has = case(seed, folder)
        finally:
            shutil.rmtree(folder)
        whole += code != 1
        after += has[0] and code != 1
        logs += has[1] and code != 1
        annulled += has[2] and code != 1
        if why:
            differ.append(f"seed {seed}: {why}")
            print(f"# {differ[-1]}", file=sys.stderr)
    ok(not differ, f"{CASES} folders made and spoilt: never a different verdict",
       "\n".join(differ[:20]))
    ok(CASES // 10 < whole < CASES - CASES // 10, f"{whole} of them had nothing wrong")
    ok(after > CASES // 50 and logs > CASES // 50,
       f"of those {after} with happenings after the draw, {logs} with a log")
    ok(annulled > CASES // 100, f"and {annulled} annulled")
    return done()


if __name__ == "__main__":
    sys.exit(main())
