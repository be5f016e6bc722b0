"""Many cities on one server, from the outside: a city's own host name, and a
city that moves to another server."""
import hashlib
import os
import re
import sqlite3
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

HOST = {"Host": "Kediri.example:8080"}
FAIR = "/kediri/sgs-2021"


def refuses(site, *args):
    try:
        site.run(*args)
        return False
    except RuntimeError as e:
        return ": 1\n" in str(e)


def commands(site):
    ok("33.72\tsurakarta\tKota Surakarta\n" in site.run("city", "list") and
       '"slug":"kediri"' in site.run("city", "list", "--json"), "city list names them")
    site.run("city", "host", "kediri", "KEDIRI.example")
    site.run("city", "host", "35.71", "gelaran.kediri.example")
    ok(site.run("city", "host", "kediri").split() == ["gelaran.kediri.example", "kediri.example"],
       "a city has host names, in small letters")
    ok(refuses(site, "city", "host", "surakarta", "kediri.example"), "one is of one city")
    for bad in ("http://solo.example", "solo", "10.0.0.1", "solo.example:80", "solo_x.example"):
        ok(refuses(site, "city", "host", "surakarta", bad), f"{bad}: no host name")
    site.run("city", "host", "kediri", "gelaran.kediri.example", "--drop")
    ok(refuses(site, "city", "host", "kediri", "gelaran.kediri.example", "--drop"),
       "what was dropped is gone")


def pages(site):
    shopper = site.asker()
    ok("Kota Surakarta" in shopper.get("/").text, "by another name: the list of cities")
    for again in ("made", "kept"):
        a = shopper.get("/", head=HOST)
        ok(a.status == 200 and FAIR in a.text and "surakarta" not in a.text,
           f"/ on the city's host is the city's page ({again})", a.text[:400])
    ok(a.text == shopper.get("/kediri").text, "and nothing but it")
    ok("Kota Surakarta" in shopper.get("/").text, "the list of cities is still the list")
    a = shopper.get("/sgs-2021?lang=en", head=HOST)
    ok(a.status == 303 and a.head["location"] == FAIR + "?lang=en",
       "a path without the city is sent on, with what was asked", a.head)
    a = shopper.get("/sgs-2021/promo/map", head=HOST)
    ok(a.status == 303 and a.head["location"] == f"{FAIR}/promo/map", "a long one too", a.head)
    a = shopper.get("/tidak-ada", head=HOST)
    ok(a.status == 303 and shopper.get(a.head["location"], head=HOST).status == 404,
       "what is not there either is not found, after one step", a.status)
    ok(shopper.get("/sgs-2021").status == 404, "by another name it is not found at once")
    ok(shopper.get("/surakarta", head=HOST).status == 200,
       "the other paths work by every name")
    ok(shopper.ask("HEAD", "/", head=HOST).status == 200 and
       shopper.form("/", {}, HOST).status == 405, "HEAD as GET; nothing is sent to /")


def signing_in(site):
    a = site.asker().get("/sign-in", head=HOST)
    ok("Kota Kediri" in a.text and "Kota Surakarta" not in a.text,
       "signing in on the city's host asks for no other city")
    one = site.asker()
    a = one.form("/sign-in", {"city": "kediri", "login": "panitia", "password": "laris-demo"},
                 {**HOST, "Origin": "http://Kediri.example:8080"})
    ok(a.status == 303 and a.cookies and not any("domain" in c.lower() for c in a.cookies),
       "the session's cookie is of that host alone", a.cookies)
    one.csrf = re.search(r'name="?csrf"? value="([^"]+)"', one.get("/me", head=HOST).text).group(1)
    a = one.form("/admin/settings/session-days", {"value": "9"},
                 {**HOST, "Origin": "http://kediri.example.jahat"})
    ok(a.status == 403, "a page of another host changes nothing", a.status)


def rows_of(path, slug):
    db = sqlite3.connect(path)
    city, = db.execute("SELECT id FROM city WHERE slug = ?", (slug,)).fetchone()
    out = {}
    for table, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        if table not in ("session", "throttle", "audit", "job") and \
           db.execute(f"PRAGMA table_info({table})").fetchone()[1] == "city":
            out[table] = db.execute(f"SELECT * FROM {table} WHERE city = ?", (city,)).fetchall()
    db.close()
    return out


def refused_file(site, path, content, word):
    with open(path, "wb") as f:
        f.write(content)
    try:
        site.run("city", "import", path)
        return False
    except RuntimeError as e:
        return ": 1\n" in str(e) and word in str(e)


def summed(content):
    """With a last line that fits: what a hand would have to forge."""
    body = content[:content.rindex(b"sha256 ")]
    return body + b"sha256 " + hashlib.sha256(body).hexdigest().encode() + b"\n"


def moving(site):
    """Kediri goes to a server that has Surakarta, and a key of its own."""
    path = os.path.join(site.dir, "kediri.city")
    key = site.run("log", "show", "kediri")
    site.run("city", "export", "kediri", path)
    ok(os.stat(path).st_mode & 0o777 == 0o600 and not os.path.exists(path + ".part"),
       "the file is its owner's alone")
    whole = open(path, "rb").read()
    with Site() as new:
        new.run("demo", "--scale", "tiny", "--seed", "7000000")
        before = rows_of(new.db, "surakarta")
        bad = os.path.join(new.dir, "bad")
        ok(refused_file(new, bad, whole[:-90], "city-file-whole") and
           refused_file(new, bad, whole + b"x", "city-file-whole") and
           refused_file(new, bad, whole.replace(b"Kediri", b"KEDIRI"), "city-file-whole"),
           "a file that is not whole is refused")
        ok(refused_file(new, bad, summed(re.sub(rb"schema \w+", b"schema ab", whole)),
                        "city-file-schema"), "one of another version too")
        at = whole.index(b"\n+", whole.index(b"table merchant ")) + 2
        ok(refused_file(new, bad, summed(whole[:at] + b"1" + whole[at:]), "city-file-form"),
           "no row of another city comes in by it")
        ok("kediri" not in new.run("city", "list"), "and nothing of those stays")
        new.run("city", "import", path)
        ok(rows_of(new.db, "kediri") == rows_of(site.db, "kediri"), "every row came along")
        ok(rows_of(new.db, "surakarta") == before, "none of the other city has changed")
        ok("BROKEN" not in new.run("check"), "laris check is clean")
        new.run("log", "fsck", "kediri")
        ok(new.run("log", "show", "kediri") == key, "the log goes on under its own key")
        moved = os.path.join(new.dir, "laris-log.key-moved")
        ok(os.stat(moved).st_mode & 0o777 == 0o600, "which is its owner's alone")
        ok(refused_file(new, bad, whole, "city-there"), "a city that is there is refused")
        new.serve()
        a = new.asker().sign_in("kediri", "panitia").get("/admin")
        ok(a.status == 200, "its people sign in there", a.status)
        ok(new.asker().get(FAIR).status == 200, "and its sale is there")


def main():
    with Site() as site:
        site.run("demo", "--cities", "2", "--scale", "tiny", "--city", "35.71")
        site.run("city", "add", "33.72")
        commands(site)
        site.serve()
        pages(site)
        signing_in(site)
        site.stop()
        moving(site)
    return done()


if __name__ == "__main__":
    sys.exit(main())
