"""A city's people see nothing of another: two cities side by side that hold
the same kinds of things, in a sale of the same name.  Everybody of the one
asks every row of `laris routes` with the other's ids in the braces: all of
them, and each alone among ids of their own.  Nothing is shown, and no row
of the other city's tables has changed."""
import functools
import html
import json
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rights_test import (DENIED, ENDS_VISIT, NO_ID, ROLES, TOWN, admin, event,  # noqa: E402
                         fields_of, may, short, told)
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

HERE, AWAY, SALE = "surakarta", "kediri", "sgs-2021"
MARK = "Cempaka"                    # stands in every text of HERE, and nowhere else
LOGIN = {"organiser": "panitia", "officer": "petugas", "merchant": "pedagang",
         "auditor": "pengawas"}
TOKENS = ("organiser", "officer", "merchant", "admin")
# texts a page may show, marked before anybody asks
MARKED = {"merchant": ["name"], "venue": ["name"], "promotion": ["title", "gives", "terms"],
          "festival": ["name"], "person": ["name"], "post": ["name"], "token": ["label"],
          "purchase_void": ["reason"], "message": ["subject", "body"], "draw": ["name"],
          "prize": ["title"], "draw_objection": ["words"], "import": ["name"],
          "contest": ["name", "who", "judged", "prizes"], "poster_text": ["say"],
          "draw_exclusion": ["reason"], "rule_version": ["reason"]}
# what a server does by itself, and what a failed sign-in leaves
BY_ITSELF = {"job", "inside", "session", "throttle", "ledger_head", "ledger_node", "migration"}
# braces whose things differ between the cities; the others are words and numbers both have
THING = ("draw_id", "draw", "prize", "id", "merchant", "import", "message", "hand", "promotion",
         "redemption", "purchase", "venue", "post", "person", "code", "slug", "card")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def text_of(number):
    """An id as a path writes it: 13 digits of Crockford's base32."""
    return "".join(ALPHABET[number >> 5 * i & 31] for i in range(12, -1, -1))


def everything(db, city):
    """table -> its rows of that city"""
    out = {}
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})")]
        if "city" in columns and table not in BY_ITSELF:
            out[table] = db.execute(f"SELECT * FROM {table} WHERE city = ?", (city,)).fetchall()
    # that the server's admin entered is meant to stand there
    out["audit"] = [row for row in out["audit"] if "inside.enter" not in row]
    return out


def furnish(site, city):
    """One of each thing an organiser, a merchant and a shopper can make."""
    board = site.asker().sign_in(city, "panitia")
    stall = site.asker().sign_in(city, "pedagang")
    festival = f"/admin/festival/{SALE}"
    stall.get("/m")
    sold = stall.form("/m/sale", {"event": event(), "amount": "225000", "method": "cash",
                                  "day": "31/10/2021"})
    page = stall.get(sold.head["location"]).text
    code = re.search(r"/claim/([0-9A-Z]{8})|QR ([0-9A-Z]{8})", page)
    phone = site.asker()
    taken = phone.form(f"/{city}/{SALE}/claim/{code.group(1) or code.group(2)}/take", {})
    phone.get(taken.head["location"])
    stall.form("/m/team", {"name": "Mbak Tini", "login": "tini", "password": "kata-sandi-9"})
    board.form(f"{festival}/message/new", {"whom": "admitted", "subject": "Jam pos",
               "body": "Halo", "reply_to": "panitia@contoh.id"})
    board.form(f"{festival}/contest", {"name": "Pasar terhias", "who": "Semua pasar",
                                       "judged": "Juri menilai hiasan", "prizes": "Piala"})
    board.form(f"{festival}/poster", {"call": "Belanja murah", "scan": "", "part": ""})
    board.upload(f"{festival}/import", {"kind": "merchants"},
                 ("file", "daftar.csv", "nama usaha\nWarung Baru\n"))
    draw = board.form("/admin/draw", {"name": "Latihan", "slug": "latihan",
                                      "rehearsal": "1"}).head["location"]
    board.form(f"{draw}/prize", {"title": "Kulkas", "code": "KULKAS", "cls": "A", "number": "3",
                                 "value": "5000000"})
    board.form(f"{draw}/list", {})
    phone.form(f"/{city}/{SALE}/draw/latihan/list", {"words": "Nota belum masuk."})
    out = re.search(r"/card/(\d+)", taken.head["location"]).group(1)
    board.form(f"{draw}/exclude", {"card": out, "relation": "committee", "reason": ""})
    board.form(f"{draw}/freeze", {"minutes": "60"})
    slug = site.run("draw", "list", city).split()[0]
    site.run("draw", "sample", city, slug, "--count", "2")
    for step in ("/sample", ""):
        pasted = re.search(r"<textarea[^>]*>(.*?)</textarea>", board.get(draw + step).text, re.S)
        board.form(f"{draw}{step}/beacon", {"pasted": html.unescape(pasted.group(1))})
    board.form(f"{draw}/run", {})
    won = re.search(r'href="(/admin/draw/\w+/winner/\w+/1)"', board.get(f"{draw}/winners").text)
    board.form(f"{won.group(1)}/called", {})
    won = re.search(r'href="(/admin/draw/\w+/winner/\w+/2)"', board.get(f"{draw}/winners").text)
    board.form(f"{won.group(1)}/strike", {"reason": "absent", "words": "Tidak datang.",
                                          "then": "redraw", "minutes": "60"})


OF_ALL = "/{city}/compare"      # what is public, of every city


ONE_OF = {
    "draw_id": "SELECT id FROM draw WHERE city = ?",
    "prize": "SELECT prize FROM winner WHERE city = ? AND state > 0",
    "place": "SELECT place FROM winner WHERE city = ? AND state > 0",
    "objection": "SELECT id FROM draw_objection WHERE city = ?",
    "pos": "SELECT pos FROM draw_sampled WHERE city = ?",
    "n": "SELECT max(n) FROM draw_after WHERE city = ?",
    "contest": "SELECT slug FROM contest WHERE city = ?",
    "message": "SELECT id FROM message WHERE city = ?",
    "import": "SELECT id FROM import WHERE city = ?",
    "hand": "SELECT id FROM card_hand WHERE city = ?",
    "redemption": "SELECT id FROM redemption WHERE city = ? AND card > 0",
    "promotion": "SELECT promotion FROM redemption WHERE city = ? AND card > 0",
    "purchase": "SELECT max(id) FROM purchase WHERE city = ?",
    "merchant": "SELECT merchant FROM person_role WHERE city = ? AND merchant > 0",
    "venue": "SELECT id FROM venue WHERE city = ?",
    "post": "SELECT id FROM post WHERE city = ?",
    "person": "SELECT id FROM person WHERE city = ? AND login = 'tini'",
    "token": "SELECT id FROM token WHERE city = ?",
    "code": "SELECT code FROM claim WHERE city = ? ORDER BY purchase DESC",
    "slug": "SELECT slug FROM merchant WHERE city = ?",
    "number": "SELECT max(number) FROM card WHERE city = ?",
    "card": "SELECT card FROM draw_exclusion WHERE city = ?",
}
PLAIN = ("place", "pos", "n", "code", "slug", "number", "contest")     # shown as they are


def things(db, city, slug):
    t = {"city": slug, "festival": SALE, "town": TOWN, "draw": "latihan", "name": "entries.tsv", "s": "x",
         "file": "venues.csv", "page": "panitia", "to": NO_ID, "kind": "photo", "key": "food",
         "adopted": NO_ID, "practice": NO_ID, "step": "ugb-permit", "done": "done", "path*": "0/000"}
    for name, sql in ONE_OF.items():
        row = db.execute(sql, (city,)).fetchone()
        if not row or row[0] is None:
            raise RuntimeError(f"{slug} has no {name}")
        t[name] = str(row[0]) if name in PLAIN else text_of(row[0])
    t["shop"] = t["merchant"]
    return t


def brace(row, name):
    """Which thing a brace of that row means."""
    if name == "draw" and row["path"].startswith("/admin/draw"):
        return "draw_id"
    if name != "id":
        return name
    return "objection" if "/objection/" in row["path"] else \
        "token" if "/tokens/" in row["path"] else "person"


def braces(row):
    return [brace(row, b) for b in re.findall(r"\{([\w*]+)\}", row["path"])]


def path_of(row, t):
    path = re.sub(r"\{([\w*]+)\}", lambda m: t[brace(row, m.group(1))], row["path"])
    return path.replace("/admin/settings/entries.tsv", "/admin/settings/session-days") + short(row)


def ask(asker, row, t):
    path, fields = path_of(row, t), fields_of(row, t)
    if row["method"] == "GET":
        return path, asker.get(path, stream=row["path"].endswith("/live"))
    if row["api"]:
        if "amount" in fields:
            fields["amount"] = int(fields["amount"])
        return path, asker.send(path, [fields] if path.endswith("/batch") else fields)
    if "file" in row["fields"]:
        return path, asker.upload(path, {"kind": "merchants"},
                                  ("file", "uji.csv", "nama usaha\nUji\n"))
    return path, asker.form(path, fields)


def mixes(row, ours, own):
    """Braces with their ids: all of them, then each alone among own ones."""
    foreign = [b for b in braces(row) if b in THING or b in ("objection", "token")]
    foreign = [b for b in foreign if ours[b] != own[b]]
    if not foreign:
        return [dict(ours, city=own["city"])] if "{" in row["path"] else [own]
    sets = [foreign] + [[b] for b in foreign if len(foreign) > 1]
    return [{**ours, **own, **{b: ours[b] for b in s},
             **{k: ours[k] for k in ("number", "shop") if k not in braces(row)},
             "foreign": s} for s in sets]


def test_own(rows, t, board):
    """The ids are real: their own organiser reaches every page they name."""
    bad, marked = [], 0
    for row in rows:
        if row["method"] != "GET" or not may(row, "organiser") or \
           not set(braces(row)) & set(ONE_OF):
            continue
        if braces(row)[-1] in ("number", "kind", "file", "redemption", "slug", "code") or \
           row["path"].endswith(("/wa", "/receipt/{purchase}")):
            continue        # of a shopper or a stall; a paper nobody brought
        path, a = ask(board, row, t)
        marked += MARK in a.text
        if a.status not in (200, 303):
            bad.append(f"{told(row)} {path}: {a.status}")
    ok(not bad, f"the ids of {t['city']} are real ones", "\n".join(bad))
    return marked


def test_strangers(rows, ours, own, askers):
    asked = set()
    for name, (role, asker) in askers.items():
        reached, shown, n = [], [], 0
        for row in rows:
            for t in mixes(row, ours, own):
                path, a = ask(asker, row, t)
                n += 1
                asked.add(told(row))
                if t.get("foreign") and row["method"] == "GET" and a.status not in DENIED or \
                   t.get("foreign") and a.status < 400 or a.status >= 500:
                    reached.append(f"{told(row)} {path} ({t.get('foreign')}): {a.status}")
                if MARK in a.text and path != "/" and not row["path"].startswith(OF_ALL) and \
                   not (role == "server" and row["path"] == "/server"):     # its public name
                    shown.append(f"{told(row)} {path}: {a.status}")
                if row["path"] in ENDS_VISIT and not asker.token and role != "nobody":
                    asker.again()
        ok(not reached, f"{name}: no id of the other city leads anywhere ({n} asked)",
           "\n".join(reached))
        ok(not shown, f"{name}: nothing of the other city is shown", "\n".join(shown))
    ok(len(asked) == len(rows), f"each of the {len(rows)} rows was asked")


def of_server(site, db):
    """The admin of all cities: outside; inside the other city; and whose time in ours is over."""
    def over(asker):
        admin(asker, HERE)
        db.execute("UPDATE inside SET ends = begun WHERE ended = 0 AND city = "
                   "(SELECT id FROM city WHERE slug = ?)", (HERE,))
        return asker
    ways = {"server's admin": admin, "admin inside the other city": lambda a: admin(a, AWAY),
            "admin whose hour in ours is over": over}
    out = {}
    for name, way in ways.items():
        asker = site.asker()
        asker.again = functools.partial(way, asker)
        out[name] = ("server", asker.again())
    return out


def main():
    with Site() as site:
        site.run("demo")
        site.run("demo", "--city", "35.71", "--seed", "9000000")
        site.run("city", "add", "35.72")
        for role in ROLES:
            if role not in LOGIN:
                for city in (HERE, AWAY):
                    site.run("person", "add", city, role, "--role", role, given="laris-demo\n")
        rows = [json.loads(x) for x in site.run("routes", "--json").splitlines()]
        site.serve()
        for city in (HERE, AWAY):
            furnish(site, city)
        db = sqlite3.connect(site.db, isolation_level=None)
        ids = dict(db.execute("SELECT slug, id FROM city"))
        for table, columns in MARKED.items():
            for column in columns:
                db.execute(f"UPDATE {table} SET {column} = {column} || ' {MARK}' "
                           "WHERE city = ?", (ids[HERE],))
        site.token(HERE, "organiser")
        shop = text_of(db.execute(ONE_OF["merchant"], (ids[AWAY],)).fetchone()[0])
        askers = {"nobody": ("nobody", site.asker())}
        askers.update(of_server(site, db))
        for role in ROLES:
            more = ["--merchant", shop] if role == "merchant" else []
            asker = site.asker()
            asker.again = functools.partial(asker.sign_in, AWAY, LOGIN.get(role, role))
            askers[role] = (role, asker.again())
            if role in TOKENS:
                token = site.token(AWAY, role, *more)
                askers[role + "'s token"] = (role, site.asker(role, token))
        ours, own = things(db, ids[HERE], HERE), things(db, ids[AWAY], AWAY)
        seen = test_own(rows, ours, site.asker().sign_in(HERE, "panitia"))
        test_own(rows, own, askers["organiser"][1])
        ok(seen > 15, f"{seen} of our own pages show what would give a leak away")
        before = everything(db, ids[HERE])
        test_strangers(rows, ours, own, askers)
        after = everything(db, ids[HERE])
        moved = [t for t in before if before[t] != after[t]]
        ok(not moved and len(before) > 60, f"no row of {len(before)} tables has changed", moved)
        db.close()
    return done()


if __name__ == "__main__":
    sys.exit(main())
