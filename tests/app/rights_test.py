"""The rights table, proven through the socket: every row of `laris routes`
asked by every role of the city, by nobody, and by people and tokens of
another city."""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import BUILD, Site                               # noqa: E402
from tap import done, ok                                    # noqa: E402

HERE, AWAY, SALE = "surakarta", "kediri", "sgs-2021"
F = f"/{HERE}/{SALE}"
API = f"/api/v1/cities/{HERE}/festivals/{SALE}"
DEMO = {"organiser": "panitia", "officer": "petugas", "merchant": "pedagang",
        "auditor": "pengawas"}
ROLES = ["organiser", "officer", "merchant", "curator", "mentor", "centre", "auditor", "admin"]
SERVER = ["server", "inside"]       # one admin for all cities: outside, and entered
TOWN = "blitar"                     # the city that admin does things to
DENIED = (401, 403, 404)
# a page about the city asked for, of nobody
OF_A_CITY = ("/{city}", "/log/{city}", "/{city}/practice")
OF_ALL = ("/{city}/compare", "/{city}/compare.csv")     # what is public, of every city
NO_ID = "00000000000ZZ"
# words that only pages about the city itself hold
OURS = ("Solo Great Sale 2021", "Petugas Pasar Gede", "Panitia Solo", "Rahasia Latihan",
        "Rahasia Panitia")
# the practice that ships with the program bears the name of our sale
SHIPPED = "/admin/practice"
# registering signs the new owner in, in place of whoever asked
ENDS_SESSION = ("/sign-out", "/me/sign-out-everywhere", "/{city}/{festival}/join")
# the same for whoever is inside a city
ENDS_VISIT = ENDS_SESSION + ("/server/leave", "/server/city/{town}/enter")
EVENTS = iter(range(1, 10 ** 6))


def event():
    return f"rights-{next(EVENTS):06d}"


def people(site):
    """name -> (role, Asker by cookie, Asker by token)"""
    out = {}
    for role in ROLES:
        login = DEMO.get(role, role)
        token = site.token(HERE, role, *(["--merchant", site.shop] if role == "merchant" else []))
        out[role] = (site.asker(role).sign_in(HERE, login), site.asker(role, token))
    return out


def admin(asker, inside=None):
    """The server's admin signs in, and enters that city."""
    asker.sign_in("server", "pengelola")
    if inside:
        a = asker.form(f"/server/city/{inside}/enter", {"why": "uji hak", "minutes": "60"})
        if a.status != 303:
            raise RuntimeError(f"the admin does not enter {inside}: {a.status}")
    return asker


def back_in(asker, role):
    """Signed in again, after a row that ended it."""
    if role in SERVER:
        admin(asker, HERE if role == "inside" else None)
    else:
        asker.sign_in(HERE, login_of(role))


def login_of(role):
    return DEMO.get(role, role)


def things(site, who):
    """Real ids for the braces of a path, from the pages themselves."""
    t = {"city": HERE, "festival": SALE, "name": "README.txt", "file": "venues.csv", "prize": NO_ID,
         "adopted": NO_ID, "practice": NO_ID, "kind": "festival", "card": NO_ID,
         "town": TOWN, "id": NO_ID, "slug": site.merchants[0]["slug"]}
    tellers = who["merchant"][0]
    page = tellers.get("/m").text
    sent = tellers.form("/m/sale", {"event": event(), "amount": "125000", "method": "cash",
                                    "day": "31/10/2021"})
    if sent.status != 303 or "amount" not in page:
        raise RuntimeError(f"the stall sells nothing: {sent.status} {sent.text[:2000]}")
    t["purchase"] = sent.head["location"].rsplit("/", 1)[1]
    sale = tellers.get(sent.head["location"]).text
    t["code"] = re.search(r"/claim/([0-9A-Z]+)", sale).group(1) if "/claim/" in sale else \
        re.search(r'alt="?QR ([0-9A-Z]+)|QR ([0-9A-Z]{8})', sale).group(0)[-8:]
    taken = site.asker().form(f"{F}/claim/{t['code']}/take", {})
    t["number"], t["s"] = re.search(r"/card/(\d+)\?s=(\w+)", taken.head["location"]).groups()
    board = who["organiser"][0]
    made = board.form("/admin/draw", {"name": "Rahasia Latihan", "slug": "latihan",
                                      "rehearsal": "1"})
    t["draw_id"] = made.head["location"].rsplit("/", 1)[1]
    t["draw"] = "latihan"
    made = board.form(f"/admin/festival/{SALE}/message/new", {
        "whom": "admitted", "subject": "Rahasia Panitia", "body": "Halo",
        "reply_to": "panitia@contoh.id"})
    t["message"] = made.head["location"].rsplit("/", 1)[1]
    sent = board.upload("/admin/festival/sgs-2021/import", {"kind": "merchants"},
                        ("file", "rahasia.csv", "nama usaha\nRahasia Latihan\n"))
    t["import"] = sent.head["location"].rsplit("/", 1)[1]
    return t


def path_of(row, t, city=HERE):
    """A row's path with real things in its braces, a card with its secret."""
    t = dict(t, city=city)
    if row["path"].startswith("/admin/draw"):
        t["draw"] = t["draw_id"]
    if row["path"].startswith("/admin/settings"):
        t["name"] = "session-days"
    path = re.sub(r"\{(\w+)\}", lambda m: t.get(m.group(1), NO_ID), row["path"])
    return path + (f"?s={t['s']}" if "{number}" in row["path"] else short(row))


def short(row):
    """Hundreds of cards are drawn for seconds: three show who may as well."""
    return "?count=3" if row["path"].endswith("/cards/print.pdf") else ""


def fields_of(row, t):
    known = {"event": event(), "merchant": t["shop"], "card": t["number"], "amount": "50000",
             "method": "cash", "at": "2021-10-20T10:00:00+07:00", "day": "20/10/2021",
             "outcome": "will",
             "reason": "salah ketik", "value": "14", "minutes": "60", "pin": "482913",
             "name": "Usaha Uji", "title": "Sepeda", "code": "SEPEDA", "cls": "UTAMA",
             "number": "1", "pasted": "ab" * 48, "target": "1000000",
             "first_day": "2021-10-01", "last_day": "2021-10-31", "admission": "approval",
             "unit": "50000", "counting": "person", "count": "1", "state": "admitted",
             "kind": "market", "login": event(), "password": "kata-sandi-9",
             "whom": "admitted", "subject": "Jam pos", "body": "Halo",
             "reply_to": "panitia@contoh.id", "done": "yes",
             "sector": "food", "size": "micro", "percent": "10", "place": "-7.5, 110.8"}
    known.update(host="blitar.example", new_password="kata-sandi-9")
    known.update(edits="1", path="rules/unit", version="1", who="Semua pasar rakyat")
    if "factor" in row["fields"]:
        known["kind"] = "sector"
    known.update(first=t["number"], last=t["number"], taker="Bu Sri", post=NO_ID, seen="1",
                 main=t["number"], phone="08123456789", why="salah ketik", receiver="Bu Sri",
                 relation="committee", words="Nota belum masuk.", notary="Sri Rahayu", deed="14",
                 decision="upheld", answer="Sudah dicatat.", verdict="clean")
    if "percent" in row["fields"]:
        known["kind"] = "percent"
    if "/setup" in row["path"]:
        known.update(days="9", side="before", base="first")
    if row["path"].endswith("/quota"):
        known.update(quota="9")
    if row["path"].endswith("/strike"):
        known.update(reason="absent", words="Tidak datang.", then="redraw")
    return {f: known[f] for f in row["fields"] if f in known}


def ask(asker, row, t, city=HERE):
    path, fields = path_of(row, t, city), fields_of(row, t)
    if row["method"] == "GET":
        return asker.get(path, stream=row["path"].endswith("/live"))
    if row["api"]:
        body = [] if path.endswith("/batch") else fields
        if "amount" in fields:
            fields["amount"] = int(fields["amount"])
        return asker.send(path, body)
    if "file" in row["fields"]:
        return asker.upload(path, {"kind": "merchants"}, ("file", "uji.csv", "nama usaha\nUji\n"))
    return asker.form(path, fields)


def may(row, role):
    bits = row["may"].split(",")
    return row["may"] == "public" or role in bits or (role == "inside" and "server" in bits)


def told(row):
    return f"{row['method']} {row['path']}"


def test_same_city(site, rows, who, t):
    for role in ["nobody"] + ROLES + SERVER:
        bad, asked = [], 0
        if role in SERVER:      # one person: signed out everywhere, they all are
            back_in(who[role][0], role)
        for row in rows:
            ends = row["path"] in (ENDS_VISIT if role == "inside" else ENDS_SESSION)
            for by, asker in enumerate(who[role]):
                if by == 0 and row["api"] and row["method"] == "POST" and role != "nobody":
                    continue    # a cookie's POST needs a form's token: tested below
                a = ask(asker, row, t)
                asked += 1
                if may(row, role) == (a.status in (401, 403)) or \
                   (not may(row, role) and a.status not in DENIED) or a.status >= 500:
                    bad.append(f"{told(row)} by {('cookie', 'token')[by]}: {a.status} "
                               f"{a.text[-300:] if row['api'] else ''}")
                if ends and role == "nobody":
                    asker.cookies = {}
                elif ends and by == 0:
                    back_in(asker, role)
        ok(not bad, f"{role}: may what its {asked} rows say and nothing else", "\n".join(bad))


def test_other_city(site, rows, t):
    """A stranger with a role: its own city is its only city."""
    token = site.token(AWAY, "organiser")
    by_cookie = site.asker().sign_in(AWAY, "ketua")
    for how, asker in (("organiser", by_cookie), ("token", site.asker("token", token))):
        bad, leaks, away = [], [], []
        for row in rows:
            named = "{city}" in row["path"]
            a = ask(asker, row, t)
            if named and row["may"] != "public" and a.status not in DENIED:
                bad.append(f"{told(row)}: {a.status}")
            if not named and "{" in row["path"] and row["path"] != "/admin/settings/{name}" \
               and a.status not in DENIED:
                bad.append(f"{told(row)}: {a.status}")
            if not named and row["path"] != "/" and any(w in a.text for w in OURS) and \
               not (row["path"].startswith(SHIPPED) and not any(w in a.text for w in OURS[1:])):
                leaks.append(f"{told(row)}: {a.status}")
            if row["path"] in ENDS_SESSION and how == "organiser":
                asker.sign_in(AWAY, "ketua")
            if not named or row["path"] in OF_ALL:
                continue
            a = ask(asker, row, t, AWAY)
            if any(w in a.text for w in OURS) or \
               (row["path"] not in OF_A_CITY and a.status not in DENIED):
                away.append(f"{told(row)} in {AWAY}: {a.status}")
        ok(not bad, f"the other city's {how} reaches no row of ours", "\n".join(bad))
        ok(not leaks, f"the other city's {how} reads nothing of ours", "\n".join(leaks))
        ok(not away, f"our ids under the other city's name lead nowhere ({how})",
           "\n".join(away))


def test_ids_of_ours(site, who):
    """What a stranger asks to be switched off stays on."""
    board = who["organiser"][0]
    persons = re.findall(r"/admin/people/(\w+)/off", board.get("/admin/people").text)
    tokens = re.findall(r"/admin/tokens/(\w+)/revoke", board.get("/admin/tokens").text)
    ok(len(persons) >= 7 and len(tokens) >= 8, "people and tokens have ids to try",
       f"{persons} {tokens}")
    away = site.asker().sign_in(AWAY, "ketua")
    got = [away.form(f"/admin/people/{p}/off", {}).status for p in persons]
    got += [away.form(f"/admin/tokens/{p}/revoke", {}).status for p in tokens]
    ok(set(got) == {404}, "the other city's organiser switches none of ours off", got)
    ok(all(who[r][1].get("/me").status == 200 for r in ROLES), "our tokens still work")
    ok(site.asker().sign_in(HERE, "petugas").csrf, "our officer still signs in")


def test_other_merchant(site, who, t):
    """A merchant is not another merchant."""
    other = site.merchants[1]["id"]
    till = site.asker("other", site.token(HERE, "merchant", "--merchant", other))
    body = {"event": event(), "merchant": site.shop, "card": t["number"], "amount": 70000,
            "method": "cash", "at": "2021-10-20T10:00:00+07:00"}
    a = till.send(f"{API}/purchases", body)
    ok(a.status == 403 and a.json()["rule"] == "merchant-other",
       "a merchant's till records for no other", a.text)
    a = till.send(f"{API}/purchases/{t['purchase']}/void",
                  {"event": event(), "reason": "bukan punyaku"})
    ok(a.status == 404, "and strikes out no other's purchase", a.text)
    got = [till.get(f"/m/sale/{t['purchase']}").status,
           till.form(f"/m/sale/{t['purchase']}/void",
                     {"event": event(), "reason": "bukan punyaku"}).status,
           till.form(f"/m/sale/{t['purchase']}/card", {"card": t["number"]}).status]
    ok(got == [404, 404, 404], "and sees none, by the pages", got)
    a = who["merchant"][0].get(f"/m/sale/{t['purchase']}")
    ok(a.status == 200 and "125.000" in a.text, "its own merchant sees it unchanged")


def test_forgery(site, rows, who):
    """What a cookie can do needs the form's own token and our own page."""
    posts = [r for r in rows if r["method"] == "POST"]
    t = dict(site.things)
    bare, wrong, cross, origin = [], [], [], []
    for row in posts:
        role = row["may"] if row["may"] in ("merchant", "server") else "organiser"
        asker = who[role][0]
        csrf = asker.csrf
        asker.csrf = ""
        a = ask(asker, row, t)
        if a.status != 403:
            bare.append(f"{told(row)}: {a.status}")
        asker.csrf = "A" * len(csrf)
        a = ask(asker, row, t)
        if a.status != 403:
            wrong.append(f"{told(row)}: {a.status}")
        asker.csrf = csrf
        if row["api"]:
            continue
        for head, bad in (({"Sec-Fetch-Site": "cross-site"}, cross),
                          ({"Origin": "https://jahat.example"}, origin),
                          ({"Origin": "null"}, origin)):
            a = asker.form(path_of(row, t), fields_of(row, t), head)
            if a.status != 403:
                bad.append(f"{told(row)} {head}: {a.status}")
    ok(not bare, f"{len(posts)} POSTs by cookie without the form's token: 403", "\n".join(bare))
    ok(not wrong, f"{len(posts)} POSTs by cookie with a wrong token: 403", "\n".join(wrong))
    ok(not cross, "POSTs a browser calls cross-site: 403", "\n".join(cross))
    ok(not origin, "POSTs with the Origin of another site: 403", "\n".join(origin))
    asker = who["organiser"][0]
    a = asker.form("/admin/settings/session-days", {"value": "14"},
                   {"Origin": f"http://127.0.0.1:{site.port}"})
    ok(a.status == 303, "our own Origin passes", a.status)


def test_methods(site, rows, who):
    t, nobody, bad, heads = site.things, site.asker(), [], []
    paths, asked = {}, set()
    for row in rows:
        paths.setdefault(row["path"], set()).add(row["method"])
    for row in rows:
        methods = paths[row["path"]]
        want = {"GET", "HEAD"} if "GET" in methods else set()
        want |= {"POST"} if "POST" in methods else set()
        for method in ("DELETE", "PUT", "OPTIONS") if row["path"] not in asked else ():
            a = nobody.ask(method, path_of(row, t))
            allow = set(re.split(r", *", a.head.get("allow", "")))
            if a.status != 405 or not want <= allow:
                bad.append(f"{method} {row['path']}: {a.status} Allow: {a.head.get('allow')}")
        asked.add(row["path"])
        if row["method"] != "GET":
            continue
        asker = who[row["may"] if row["may"] in ("merchant", "server") else "organiser"][0]
        a = asker.ask("HEAD", path_of(row, t))
        if a.body or a.status not in (200, 303, 404) or \
           (a.status == 404) != (asker.get(path_of(row, t), stream="/live" in row["path"])
                                 .status == 404):
            heads.append(f"{row['path']}: {a.status} {a.body[:80]}")
    ok(not bad, f"unknown methods on {len(paths)} paths: 405 that names the known ones",
       "\n".join(bad))
    ok(not heads, "HEAD answers like GET, without a body", "\n".join(heads))


def test_golden():
    p = subprocess.run(["sh", "tools/fresh.sh", ROOT, BUILD], cwd=ROOT, text=True,
                       capture_output=True, check=False)
    ok(p.returncode == 0, "docs/made is what the program says of itself",
       p.stdout + p.stderr)


def main():
    with Site() as site:
        site.run("demo")
        site.run("city", "add", "35.71")
        site.run("city", "add", "35.72")
        site.run("person", "add", AWAY, "ketua", "--role", "organiser", given="laris-demo\n")
        for role in ROLES:
            if role not in DEMO:
                site.run("person", "add", HERE, role, "--role", role, given="laris-demo\n")
        rows = [json.loads(x) for x in site.run("routes", "--json").splitlines()]
        site.serve()
        site.merchants = site.asker().get(f"{API}/merchants").json()["merchants"]
        site.shop = site.merchants[0]["id"]
        who = people(site)
        who["nobody"] = (site.asker(),)
        who["server"] = (admin(site.asker()),)
        who["inside"] = (admin(site.asker(), HERE),)
        t = site.things = things(site, who)
        t["shop"] = site.shop
        ok(len(rows) > 40 and all(r["may"] and r["say"] for r in rows),
           f"{len(rows)} rows, each with who may and what for")
        test_other_city(site, rows, t)
        test_ids_of_ours(site, who)
        test_other_merchant(site, who, t)
        test_forgery(site, rows, who)
        test_methods(site, rows, who)
        test_same_city(site, rows, who, t)
    test_golden()
    return done()


if __name__ == "__main__":
    sys.exit(main())
