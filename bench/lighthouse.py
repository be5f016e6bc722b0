#!/usr/bin/env python3
"""Lighthouse over the five main pages, as a phone sees them.

The npm package is large, so it has its own lock in bench/lighthouse/ and is
installed under .data/bench only when this is run.  Chromium is Debian's.
"""
import argparse
import base64
import json
import os
import shutil
import sqlite3
import subprocess

from lib import CITY, DATA, FESTIVAL, ROOT, City, Claims, Laris, machine, say

ABOUT = ("performance", "accessibility", "best-practices", "seo")
CHROME = ("--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
          " --disable-background-networking --disable-component-update --disable-sync"
          " --disable-dev-shm-usage")


def installed():
    """The folder of the package, as its lock says."""
    at, mine = os.path.join(DATA, "lighthouse"), os.path.join(ROOT, "bench", "lighthouse")
    lock = os.path.join(at, "package-lock.json")
    done = os.path.join(at, "node_modules", ".done")
    with open(os.path.join(mine, "package-lock.json"), "rb") as f:
        want = f.read()
    if os.path.exists(done) and open(lock, "rb").read() == want:
        return at
    say("npm packages by bench/lighthouse/package-lock.json (about 180 MB, once)")
    os.makedirs(at, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(os.path.join(mine, name), at)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                    "--loglevel=error"], cwd=at, check=True, timeout=600)
    open(done, "w").close()
    return at


def pages(city):
    """Name and path of each."""
    base = f"/{CITY}/{FESTIVAL}"
    db = sqlite3.connect(f"file:{city.db}?mode=ro", uri=True)
    number, secret = db.execute("SELECT c.number, c.secret FROM card c JOIN card_total t ON"
                                " t.card = c.id ORDER BY t.purchases DESC LIMIT 1").fetchone()
    slug, = db.execute("SELECT m.slug FROM merchant m JOIN merchant_total t ON t.merchant = m.id"
                       " ORDER BY t.purchases DESC LIMIT 1").fetchone()
    db.close()
    return {"front page": base, "catalogue": f"{base}/promo", "merchant": f"{base}/merchant/{slug}",
            "card": f"{base}/card/{number:09d}?s={crockford(secret)}", "join": f"{base}/join"}


def crockford(data):
    text = base64.b32encode(data).decode().rstrip("=")
    return text.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
                                        "0123456789ABCDEFGHJKMNPQRSTVWXYZ"))


def judged(at, folder, url):
    """Points of each category, and what cost some."""
    out = os.path.join(folder, "lighthouse.json")
    run = subprocess.run(
        ["node", os.path.join(at, "node_modules", "lighthouse", "cli", "index.js"), url, "--quiet",
         "--output=json", f"--output-path={out}", f"--chrome-flags={CHROME}",
         "--only-categories=" + ",".join(ABOUT), "--no-enable-error-reporting"],
        env=dict(os.environ, CHROME_PATH=os.environ.get("CHROMIUM", "/usr/bin/chromium"), CI="1"),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=180)
    if run.returncode or not os.path.exists(out):
        raise SystemExit(f"lighthouse {url}: {run.returncode}\n{run.stdout[-2000:]}")
    with open(out) as f:
        r = json.load(f)
    os.unlink(out)
    if r.get("runtimeError"):
        raise SystemExit(f"lighthouse {url}: {r['runtimeError']}")
    points = {c: round(100 * (r["categories"][c]["score"] or 0)) for c in ABOUT}
    lost = [f"{c}: {r['audits'][a['id']]['title']}" for c in ABOUT
            for a in r["categories"][c]["auditRefs"]
            if a["weight"] and (r["audits"][a["id"]]["score"] or 0) < 0.9
            and r["audits"][a["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual")]
    return points, lost


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--page", help="only this one")
    o = p.parse_args()
    os.makedirs(DATA, exist_ok=True)
    at, about = installed(), machine()
    claims = Claims()
    with City() as city, Laris(city.db, loops=0, core=None) as server:
        for name, path in pages(city).items():
            if o.page and o.page != name:
                continue
            points, lost = judged(at, city.folder, server.url(path))
            for line in lost:
                say(f"  {name}: {line}")
            claims.add(f"Lighthouse, phone: {name}", ">= 95 in all four",
                       ", ".join(f"{c} {n}" for c, n in points.items()), min(points.values()) >= 95)
    claims.done(about)


if __name__ == "__main__":
    main()
