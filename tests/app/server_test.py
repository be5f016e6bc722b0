"""One admin for all cities of a server: what they see, what they do, and that
a city is entered only visibly (docs/decisions/040)."""
import os
import re
import sqlite3
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

WHY = "impor gagal, diminta lewat telepon"


def admin(site):
    return site.asker().sign_in("server", "pengelola")


def refuses(site, word, *args, given=""):
    try:
        site.run(*args, given=given)
        return False
    except RuntimeError as e:
        return ": 1\n" in str(e) and word in str(e)


def enter(asker, town, minutes="30"):
    return asker.form(f"/server/city/{town}/enter", {"why": WHY, "minutes": minutes})


def the_list(site, boss):
    page = boss.get("/server").text
    ok("Kota Surakarta" in page and "Kota Kediri" in page and "server/city/new" in page,
       "the admin's page names all cities")
    ok("Belum pernah ada cadangan" in page, "what the server lacks stands on top")
    site.run("backup", os.path.join(site.dir, "copy.db"))
    ok("Cadangan terakhir" in boss.get("/server").text, "a backup is noted")
    found = boss.get("/server?q=KEDIRI").text
    ok("Kota Kediri" in found and "Kota Surakarta" not in found, "a city is found by its name")
    ok("Kota Kediri" in boss.get("/server?q=35.7").text, "and by its code")
    none = boss.get("/server?q=xyz")
    ok(none.status == 200 and "Tampilkan semua" in none.text, "nothing found says what to do")
    one = boss.get("/server/city/surakarta")
    ok(one.status == 200 and "Solo Great Sale 2021" in one.text, "one city: its sale and its figures")
    ok(boss.get("/server/city/nowhere").status == 404, "a city that is not there: 404")


def new_city(site, boss):
    a = boss.get("/server/city/new?q=blitar").text
    ok("Kota Blitar" in a and "Kabupaten Blitar" in a, "a new one is found in the region data")
    a = boss.get("/server/city/new?code=35.72").text
    ok('value="Kota Blitar"' in a and 'value="blitar"' in a, "with its name and address filled in")
    a = boss.form("/server/city/new", {"code": "35.72", "name": "Blitar Raya", "slug": "admin"})
    ok(a.status == 422 and "Blitar Raya" in a.text, "a word of our own is no address; the rest stays",
       a.status)
    a = boss.form("/server/city/new", {"code": "35.72", "name": "", "slug": ""})
    ok(a.status == 303 and a.head["location"] == "/server/city/blitar", "it is added", a.head)
    a = boss.form("/server/city/new", {"code": "35.72", "name": "", "slug": ""})
    ok(a.status == 409 and "sudah ada" in a.text, "not twice", a.status)
    ok("belum ada panitia" in boss.get("/server?q=blitar").text, "and waits for its organiser")
    a = boss.form("/server/city/blitar/host", {"host": "http://blitar"})
    ok(a.status == 422 and "http://blitar" in a.text, "what is no host name stays to be mended")
    a = boss.form("/server/city/blitar/host", {"host": "Blitar.example"})
    ok(a.status == 303 and "blitar.example" in boss.get("/server/city/blitar").text,
       "it gets a host name")
    ok(site.run("city", "host", "blitar").strip() == "blitar.example", "as by the command")
    ok(boss.form("/server/city/blitar/host/drop", {"host": "blitar.example"}).status == 303 and
       site.run("city", "host", "blitar") == "", "and loses it")


def invited(site, boss):
    a = boss.form("/server/city/blitar/invite", {"name": "Bu Rini", "login": "Rini!"})
    ok(a.status == 422 and "Bu Rini" in a.text, "a log-in of odd letters is refused", a.status)
    a = boss.form("/server/city/blitar/invite", {"name": "Bu Rini", "login": "rini"})
    link = re.search(r"http://[^/<]+(/blitar/invite/[^<\s]+)", a.text)
    ok(a.status == 200 and link, "the first organiser is invited by a link", a.text[-1500:])
    path = link.group(1)
    ok(path not in boss.get("/server/city/blitar").text, "which is shown once")
    rini = site.asker()
    ok("Bu Rini" in rini.get(path).text and rini.get(path[:-1] + "x").status == 404 and
       rini.get(path.replace("/blitar/", "/kediri/")).status == 404,
       "it opens in that city, by its whole code")
    a = rini.form(path, {"new_password": "kurang"})
    ok(a.status == 422, "too short a password is refused", a.status)
    a = rini.form(path, {"new_password": "kata-sandi-rini"})
    ok(a.status == 303 and rini.get("/admin").status == 200, "she chooses it, and is in", a.status)
    ok(rini.get(path).status == 404 and rini.form(path, {"new_password": "lain-lagi-9"}).status
       in (403, 404), "it works once")
    a = boss.form("/server/city/blitar/invite", {"name": "Lain", "login": "lain"})
    ok(a.status == 409 and "/admin/people" in a.text, "a city with an organiser adds people itself",
       a.status)
    ok(refuses(site, "city-has-organiser", "city", "invite", "blitar", "lain", "--name", "Lain"),
       "the command says the same")
    ok("Orang diundang" in rini.get("/admin/audit").text, "the city's record tells of it")


def inside(site, boss):
    ok(boss.get("/admin").status == 403 and "/server" in boss.get("/admin").text,
       "from outside the admin sees no page of a city, and is told how")
    a = boss.form("/server/city/surakarta/enter", {"why": "x", "minutes": "30"})
    ok(a.status == 422, "a reason is needed", a.status)
    a = enter(boss, "surakarta", "600")
    ok(a.status == 422, "and an end", a.status)
    a = enter(boss, "surakarta")
    ok(a.status == 303 and a.head["location"] == "/admin", "the admin enters", a.head)
    page = boss.get("/admin")
    ok(page.status == 200 and "Solo Great Sale" in page.text, "and sees its board", page.status)
    for path in ("/admin", "/surakarta", "/kediri", "/server", "/", "/help", "/nowhere-at-all",
                 "/surakarta/sgs-2021/draw/x/stage"):
        ok(WHY in boss.get(path).text and "Keluar dari kota" in boss.get(path).text,
           f"each page shows it: {path}")
    ok(WHY not in site.asker().get("/surakarta").text, "to nobody else")
    for path in ("/admin/people", "/admin/tokens", "/admin/festival/sgs-2021/merchants",
                 "/admin/festival/sgs-2021/export", "/admin/search?q=a", "/m", "/post",
                 "/admin/festival/sgs-2021/cards"):
        ok(boss.get(path).status == 403, f"people and their doings stay shut: {path}")
    a = boss.form("/admin/settings/session-days", {"value": "9"})
    ok(a.status == 303, "a technical setting may be changed", a.status)
    a = boss.form("/admin/settings/log-quorum", {"value": "1"})
    ok(a.status == 403 and "panitia" in a.text, "one of the log or draws may not", a.status)
    own = site.asker().sign_in("surakarta", "panitia")
    record = own.get("/admin/audit").text
    ok(record.count(WHY) == 2 and "pengelola (server)" in record and "Akhiri sekarang" in record,
       "the city's record says who, why, and that they are inside")
    other = site.asker().sign_in("kediri", "panitia")
    ok(WHY not in other.get("/admin/audit").text, "another city's record does not")
    ok(WHY in boss.get("/server/audit").text, "the server's does")
    return own, other


def shown_out(site, boss, own, other):
    visit = re.search(r"/admin/inside/(\w+)/end", own.get("/admin/audit").text).group(1)
    ok(other.form(f"/admin/inside/{visit}/end", {}).status == 404 and
       boss.form(f"/admin/inside/{visit}/end", {}).status == 403,
       "another city's organiser ends no visit, nor does the admin by that page")
    ok(own.form(f"/admin/inside/{visit}/end", {}).status == 303 and
       boss.get("/admin").status == 403 and WHY not in boss.get("/server").text,
       "the city's organiser shows the admin out")
    ok(own.form(f"/admin/inside/{visit}/end", {}).status == 404, "once")


def ends(site, boss, own):
    twin = admin(site)
    enter(boss, "surakarta")
    ok(twin.get("/admin").status == 403, "another browser of the same admin is not inside")
    enter(boss, "kediri")
    db = sqlite3.connect(site.db, isolation_level=None)
    open_ = db.execute("SELECT count(*) FROM inside WHERE ended = 0").fetchone()[0]
    ok(open_ == 1, "entering another city leaves the first", open_)
    ok(boss.form("/server/leave", {}).status == 303 and boss.get("/admin").status == 403,
       "left by its button")
    enter(boss, "surakarta")
    db.execute("UPDATE inside SET ends = begun WHERE ended = 0")
    a = boss.get("/admin")
    ok(a.status == 403 and "habis" in a.text and WHY not in boss.get("/server").text,
       "when its time is over, it is over")
    enter(boss, "surakarta")
    kept = dict(boss.cookies)
    boss.form("/sign-out", {})
    boss.cookies = kept
    ok(boss.get("/admin").status == 401, "signing out ends it with the session")
    ok(db.execute("SELECT count(*) FROM inside WHERE ended = 0 AND ends > begun").fetchone()[0] == 0
       and own.get("/admin/audit").text.count("Pengelola server keluar") >= 2,
       "and the city's record says so")
    boss = admin(site)
    enter(boss, "surakarta")
    twin.form("/me/sign-out-everywhere", {})
    ok(boss.get("/server").status == 401 and
       db.execute("SELECT count(*) FROM inside WHERE ended = 0 AND ends > begun").fetchone()[0] == 0,
       "signing out everywhere ends all of them")
    db.close()


def closed(site):
    boss, shopper = admin(site), site.asker()
    front = "/surakarta/sgs-2021"
    own = site.asker().sign_in("surakarta", "panitia")
    till = site.asker("till", site.token("surakarta", "officer"))
    for _ in range(2):
        ok(shopper.get(front).status == 200, "the front page, kept by the server")
    a = boss.form("/server/city/surakarta/close", {"reason": "Server dipindahkan malam ini."})
    ok(a.status == 303, "the admin closes a city", a.status)
    a = shopper.get(front)
    ok(a.status == 503 and "Server dipindahkan" in a.text and "Sedang ramai" not in a.text and
       a.head["retry-after"] == "3600",
       "its pages say why, also those that were kept", a.status)
    a = till.get("/api/v1/cities/surakarta/festivals/sgs-2021/totals")
    ok(a.status == 503 and a.json()["rule"] == "city-closed", "tills are told to come back")
    ok(own.get("/admin").status == 503, "its organiser too")
    a = site.asker().form("/sign-in", {"city": "surakarta", "login": "panitia",
                                       "password": "laris-demo"})
    ok(a.status == 503 and "Server dipindahkan" in a.text, "nobody signs in to it", a.status)
    ok(shopper.get("/log/surakarta").status == 200 and
       shopper.get("/log/surakarta/checkpoint").status == 200, "its public log stays open")
    ok(own.get("/me").status == 200, "whoever is in may leave")
    ok("ditutup sementara" in shopper.get("/").text and shopper.get("/kediri").status == 200,
       "the list of cities says so; the others go on")
    enter(boss, "surakarta")
    ok(boss.get("/admin").status == 200, "the admin looks at it from inside")
    ok(boss.form("/server/city/surakarta/close", {"reason": "Sekali lagi."}).status == 409,
       "it is closed once")
    ok(boss.form("/server/city/surakarta/open", {}).status == 303 and
       shopper.get(front).status == 200 and own.get("/admin").status == 200, "and opened again")
    ok(boss.form("/server/city/surakarta/open", {}).status == 409, "once")
    record = own.get("/admin/audit").text
    ok("Kota ditutup sementara" in record and "Kota dibuka lagi" in record, "it is in the record")
    site.run("city", "close", "surakarta", "--reason", "Uji.")
    ok(refuses(site, "city-is-closed", "city", "close", "surakarta", "--reason", "Uji."),
       "the commands keep the same rules")
    site.run("city", "open", "surakarta")


def strangers(site):
    for login in ("panitia", "pengawas", "kepala"):
        a = site.asker().sign_in("surakarta", login)
        got = {a.get(p).status for p in ("/server", "/server/audit", "/server/city/new",
                                         "/server/city/surakarta")}
        got |= {a.form("/server/city/kediri/close", {"reason": "kami mau"}).status,
                enter(a, "kediri").status, a.form("/server/leave", {}).status}
        ok(got == {403}, f"{login} of a city has nothing to do with the server", got)
    db = sqlite3.connect(site.db, isolation_level=None)
    db.execute("INSERT INTO person_role SELECT p.city, p.id, 512, 0 FROM person p "
               "JOIN city c ON c.id = p.city WHERE c.slug = 'surakarta' AND p.login = 'panitia'")
    a = site.asker().sign_in("surakarta", "panitia")
    ok(a.get("/server").status == 403, "not even with the server's bit in the city's own table")
    db.execute("DELETE FROM person_role WHERE role = 512 AND city <> 1")
    db.close()
    ok(refuses(site, "server-role", "person", "add", "server", "x1", "--role", "organiser",
               given="kata-sandi-9\n"), "the server has no organiser")
    ok(refuses(site, "server-token", "token", "add", "server", "--role", "admin", "--label", "x"),
       "and no token")
    ok(site.asker().get("/server").status == 401 and site.asker().get("/server/x").status == 404,
       "nobody in particular is sent to sign in")


def fill(site):
    """Two furnished cities, and the demonstration's admin of the server."""
    site.run("demo", "--scale", "tiny")
    site.run("demo", "--scale", "tiny", "--city", "35.71", "--seed", "9000000")
    site.run("person", "add", "surakarta", "kepala", "--role", "admin", given="laris-demo\n")


def crowd(site):
    """514 cities, each with the demonstration's sale: rows as the program writes them."""
    db = sqlite3.connect(site.db, isolation_level=None)
    like, = db.execute("SELECT id FROM city WHERE slug = 'surakarta'").fetchone()
    db.execute("BEGIN")
    have = db.execute("SELECT count(*) FROM city").fetchone()[0]
    for i in range(514 - have):
        db.execute("INSERT INTO city (id, code, slug, name, zone, created) VALUES (?, ?, ?, ?, 7, 0)",
                   (10 ** 9 + i, f"98.{i:03d}", f"kab-nomor-{i}", f"Kabupaten Panjang Namanya {i}"))
        for table in ("festival", "festival_total", "festival_slice", "participation_count",
                      "ledger_head", "person", "person_role"):
            columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})")][1:]
            db.execute(f"INSERT INTO {table} (city, {', '.join(columns)}) "
                       f"SELECT ?, {', '.join(columns)} FROM {table} WHERE city = ?",
                       (10 ** 9 + i, like))
    db.execute("COMMIT")
    return db


def statement():
    with open(os.path.join(ROOT, "src/mod/server/server.sql"), encoding="utf-8") as f:
        text = f.read().split("-- name: towns")[1].split(";")[0]
    return "\n".join(x for x in text.splitlines()[1:] if not x.startswith("--"))


def many(site, boss):
    db = crowd(site)
    a = boss.get("/server", head={"Accept-Encoding": "identity"})
    ok(a.status == 200 and "514 kota" in a.text and len(a.body) < 30000,
       f"514 cities: the page weighs {len(a.body)} bytes", a.status)
    ok(a.text.count('href="/server/city/') == 26 and "page=1" in a.text,
       "25 of them, and a way to the next", a.text.count('href="/server/city/'))
    seen, page = set(), "/server"
    while page:
        text = boss.get(page).text
        seen |= set(re.findall(r'href="/server/city/([a-z0-9-]+)"', text)) - {"new"}
        on = re.findall(r'href="(/server\?page=\d+[^"]*)"', text)
        number = int(re.search(r"page=(\d+)", page).group(1)) if "page" in page else 0
        page = next((x.replace("&amp;", "&") for x in on if f"page={number + 1}&" in
                     x.replace("&amp;", "&")), None)
    ok(len(seen) == 514, "each city is on one page", len(seen))
    plan = [r[3] for r in db.execute("EXPLAIN QUERY PLAN " + statement(), {"now": 1, "lately": 0})]
    read = [p for p in plan if p.startswith("SCAN") and not p.startswith("SCAN c ")]
    ok(not read and any(p.startswith("SEARCH j USING COVERING INDEX job_due") for p in plan),
       "one statement; of each city some rows are found, nothing is read through", "\n".join(plan))
    db.close()


def urgent(site, boss):
    """What a city needs most stands first."""
    db = sqlite3.connect(site.db, isolation_level=None)
    kediri, = db.execute("SELECT id FROM city WHERE slug = 'kediri'").fetchone()
    db.execute("INSERT INTO ledger_witness VALUES (?, 'saksi', 5, 4, 5, 0)", (kediri,))
    page = boss.get("/server").text
    ok("saksi melihat log lain" in page and
       page.index("Kota Kediri") < page.index("Kota Surakarta"), "a forked log stands above all")
    ok("laris log fsck" in boss.get("/server/city/kediri").text, "its page says what to do")
    only = boss.get("/server?need=1").text
    ok("Kota Kediri" in only, "only those that need a look: it is among them")
    db.execute("DELETE FROM ledger_witness")
    db.execute("INSERT INTO job (city, id, kind, payload, due, state, tries, said, ended) VALUES "
               "(?, 5, 'x', '', ?, 2, 10, 'mail-refused', 0)",
               (kediri, int(time.time() * 10 ** 6)))
    page = boss.get("/server").text
    ok("pekerjaan gagal" in page and page.index("Kota Kediri") < page.index("Kota Surakarta"),
       "work that was given up too")
    db.execute("DELETE FROM job WHERE id = 5")
    db.close()


def empty():
    with Site() as site:
        site.run("person", "add", "server", "pengelola", "--role", "admin", given="laris-demo\n")
        site.serve()
        page = admin(site).get("/server").text
        ok("Belum ada kota" in page and 'href="/server/city/new"' in page,
           "a server without cities says how to begin")


def main():
    empty()
    with Site() as site:
        fill(site)
        site.serve()
        boss = admin(site)
        the_list(site, boss)
        new_city(site, boss)
        invited(site, boss)
        own, other = inside(site, boss)
        shown_out(site, boss, own, other)
        ends(site, boss, own)
        closed(site)
        strangers(site)
        urgent(site, admin(site))
        many(site, admin(site))
    return done()


if __name__ == "__main__":
    sys.exit(main())
