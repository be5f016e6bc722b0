"""laris template, from the outside: a practice leaves Solo, enters Kediri, is
adapted, lives, follows its base and goes on; nobody's data goes with it."""
import hashlib
import http.server
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LARIS = os.path.join(os.environ.get("LARIS_BUILD", os.path.join(ROOT, "build")), "laris")
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from tap import done, ok                                    # noqa: E402

work = tempfile.TemporaryDirectory()
DB = os.path.join(work.name, "a", "laris.db")
os.mkdir(os.path.dirname(DB))
ENV = {**os.environ, "LANG": "C.UTF-8"}
ENV.pop("LARIS_LOG_KEY", None)


def laris(*args, db=None, stdin=None):
    return subprocess.run([LARIS, "--db", db or DB, *args], text=True, capture_output=True,
                          check=False, env=ENV, input=stdin)


def path(name):
    return os.path.join(work.name, name)


def good(name, *args, db=None):
    r = laris(*args, db=db)
    ok(r.returncode == 0, name, r.stdout + r.stderr)
    return r.stdout.strip()


def refused(name, rule, *args, db=None):
    r = laris(*args, db=db)
    ok(r.returncode == 1 and f"[{rule}]" in r.stderr, f"{name}: {rule}", r.stdout + r.stderr)
    return r.stderr


def diff(slug, *more, city="kediri"):
    r = laris("template", "diff", city, slug, *more, "--json")
    return {v["path"]: v for v in json.loads(r.stdout or "[]")}


def request(city, login, *args):
    return laris("request", "--city", city, "--as", login, *args)


def read(name):
    with open(path(name), "rb") as f:
        return f.read()


def write(name, content):
    with open(path(name), "w", encoding="utf-8") as f:
        f.write(content)
    return path(name)


laris("init")
laris("demo", "--city", "33.72", "--scale", "small")
laris("city", "add", "35.71")
laris("person", "add", "kediri", "ketua", "--role", "organiser", stdin="kata-sandi-9")

# ---- shipped ------------------------------------------------------------------------
shipped = good("what comes with the program", "template", "list")
for year in (2018, 2021, 2022):
    ok(f"solo/festival/great-sale@{year}" in shipped, f"Solo's of {year}")
    f = os.path.join(ROOT, f"data/templates/great-sale-{year}.json")
    good(f"its file of {year} proves itself", "template", "check", f)
    with open(f, encoding="utf-8") as h:
        known = {o["indicator"]: o for o in json.load(h)["outcomes"]}
    ok(all(o["source"] for o in known.values()) and known["coupons"]["value"] is None,
       f"each figure of {year} has a source, and what is unknown is not 0", known)

# ---- there and back -------------------------------------------------------------------
good("exported", "template", "export", "surakarta", "festival", "sgs-2021", "--version", "1",
     path("a.json"))
doc = json.loads(read("a.json"))
ok(json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" ==
   read("a.json").decode(), "canonical, as another program writes it")
ok(good("checked", "template", "check", path("a.json")).startswith("surakarta/festival/sgs-2021@1"),
   "its name")
log = laris("log", "show", "surakarta").stdout
ok("laris-template/v1\ntemplate surakarta/festival/sgs-2021@1" in
   sqlite3.connect(DB).execute("SELECT group_concat(CAST(data AS TEXT)) FROM ledger_entry "
                               "WHERE kind = 9").fetchone()[0], "the release is in the log", log)
good("the same again", "template", "export", "surakarta", "festival", "sgs-2021", "--version", "1",
     path("again.json"))
ok(read("again.json") == read("a.json"), "is the same file")
good("dry run", "template", "adopt", "kediri", path("a.json"), "--dry-run")
ok(laris("festival", "list", "kediri").stdout == "", "a dry run makes nothing")
slug = good("adopted", "template", "adopt", "kediri", path("a.json"))
ok(slug == "sgs-2021", "its slug is printed", slug)
ok(diff(slug) == {}, "no deviation yet", diff(slug))
good("given on", "template", "export", "kediri", "festival", slug, "--version", "1", path("b.json"))
ok(read("a.json") == read("b.json"), "unchanged, under the same name: byte for byte")
ok("2021-10" not in json.dumps(doc["fields"]), "no date among the fields")

# ---- refusals ----------------------------------------------------------------------------
A = ("template", "adopt", "kediri", path("a.json"))
refused("a locked field", "template-locked", *A, "--set", "rules/counting=purchase", "--reason",
        "budget")
refused("beyond a limit", "practice-limit", *A, "--set", "rules/unit=5000", "--reason", "budget")
refused("without a reason", "template-reason", *A, "--set", "rules/unit=25000")
refused("a reason too short", "template-reason", *A, "--set", "rules/unit=25000", "--reason", "x")
refused("no such field", "template-path", *A, "--set", "rules/none=1", "--reason", "budget")
refused("not a number", "practice-value", *A, "--set", "rules/unit=banyak", "--reason", "budget")
refused("a needed part", "template-needed", *A, "--without", "rules", "--reason", "budget")
refused("a taken slug", "template-clash", *A, "--slug", "sgs-2021")
refused("a broken file", "template-signature", "template", "adopt", "kediri",
        write("broken.json", read("a.json").decode().replace("50000", "60000")))
ok(len(laris("festival", "list", "kediri").stdout.splitlines()) == 1, "nothing was made by those")

# ---- adapted --------------------------------------------------------------------------------
for city, n in (("surakarta", "522364"), ("kediri", "286796")):
    request(city, "panitia" if city == "surakarta" else "ketua", "POST",
            "/admin/settings/city-residents", f"value={n}")
r = request("surakarta", "panitia", "POST", "/admin/draw", "sale=sgs-2021", "slug=utama",
            "name=Undian utama")
for code in ("RUMAH", "MOBIL"):
    request("surakarta", "panitia", "POST", r.stderr.split("Location: ")[-1].strip() + "/prize",
            f"code={code}", "cls=UTAMA", "number=1", f"title={code.title()}", "value=100000000")
r = request("surakarta", "panitia", "POST", "/admin/festival/sgs-2021/promo/new", "kind=gift",
            "title=Tas belanja gratis", "gives=Satu tas kain", "terms=Selama ada",
            "first_day=2021-10-03", "last_day=2021-10-09", "quota=500")
ok(r.stderr.startswith("303"), "an offer of the organiser", r.stderr + r.stdout[-900:])
for name in ("Pasar terhias", "Pasar terhias"):
    request("surakarta", "panitia", "POST", "/admin/festival/sgs-2021/contest", f"name={name}",
            "who=Semua pasar rakyat", "judged=Kepala dinas menilai kekompakan", "prizes=")
r = request("surakarta", "panitia", "POST", "/admin/festival/sgs-2021/poster",
            "call=Belanja Murah Entuk Omah", "scan=", "part=")
ok(r.stderr.startswith("303"), "two contests, and a call of its own", r.stderr + r.stdout[-900:])
good("exported with its size", "template", "export", "surakarta", "festival", "sgs-2021",
     "--version", "2", "--name", "great-sale", path("c.json"))
plan = json.loads(laris("template", "adopt", "kediri", path("c.json"), "--dry-run", "--json",
                        "--year", "2022").stdout)
plan = {r["path"]: r for r in plan}
want = (20_000_000_000 * 286796 * 2 + 522364) // (522364 * 2)
ok(f"{want:,}".replace(",", ".") in plan["sale/target"]["why"] and
   plan["sale/target"]["new"] == 11_000_000_000 and
   plan["sale/target"]["ours"] == 20_000_000_000, "an amount suggested, with its arithmetic",
   plan["sale/target"])
ok(plan["sale/first-day"]["new"] == "2022-09-30", "the same week and weekday of 2022",
   plan["sale/first-day"])
holiday = json.loads(laris("template", "adopt", "kediri", "solo/festival/great-sale@2018", "--dry-run",
                           "--json", "--year", "2024").stdout)
why = [r["why"] for r in holiday if r["path"] == "sale/first-day"][0]
ok("2024" in why, "the day says why", why)
slug = good("adapted", "template", "adopt", "kediri", path("c.json"), "--set",
            "sale/first-day=2022-10-01", "--set", "sale/name=Kediri Great Sale", "--set",
            "rules/unit=Rp 25.000", "--reason", "size", "--set", "rules/factor/venue/market=2000",
            "--reason", "Pasar kami kecil-kecil", "--set",
            "venues/market=Pasar Setono Betek; Pasar Pahing", "--scale")
rows = diff(slug)
ok({r for r in rows if not r.startswith("offers/")} == {
    "rules/unit", "rules/factor/venue/market", "sale/target"} and
   rows["offers/tas-belanja-gratis/quota"]["ours"] == 280, "what deviates", rows)
ok(rows["rules/unit"]["base"] == 50000 and rows["rules/unit"]["ours"] == 25000 and
   rows["rules/unit"]["policy"] == "adjustable" and rows["rules/unit"]["breaks"] == ["coupons"] and
   rows["rules/unit"]["reason"], "one row of it", rows["rules/unit"])
ok(rows["rules/factor/venue/market"]["reason"] == "Pasar kami kecil-kecil", "in their words")
show = laris("festival", "show", "kediri", slug).stdout
ok("2022-10-01 2022-10-31" in show and "Kediri Great Sale" in show, "the sale is there", show)
ok({"Pasar Setono Betek", "Pasar Pahing"} == {r[0] for r in sqlite3.connect(DB).execute(
    "SELECT v.name FROM venue v JOIN city c ON c.id = v.city WHERE c.slug = 'kediri'")},
   "venues filled in")
offers = sqlite3.connect(DB).execute(
    "SELECT title, first_day - (SELECT first_day FROM festival f WHERE f.city = p.city AND "
    "f.id = p.festival), p.quota, p.state FROM promotion p JOIN city c ON c.id = p.city "
    "WHERE c.slug = 'kediri'").fetchall()
ok(("Tas belanja gratis", 2, 280, 0) in offers, "its offer is a draft on its third day, fewer of it",
   offers)
contests = sqlite3.connect(DB).execute(
    "SELECT x.slug, x.name, who, prizes FROM contest x JOIN city c ON c.id = x.city WHERE c.slug = 'kediri' "
    "ORDER BY x.slug").fetchall()
ok(contests == [("pasar-terhias", "Pasar terhias", "Semua pasar rakyat", ""),
                ("pasar-terhias-2", "Pasar terhias", "Semua pasar rakyat", "")], "its contests", contests)
ok(sqlite3.connect(DB).execute("SELECT t.code, say FROM poster_text t JOIN city c ON c.id = t.city WHERE "
   "c.slug = 'kediri'").fetchall() == [("call", "Belanja Murah Entuk Omah")], "and what its posters say")
prizes = sqlite3.connect(DB).execute(
    "SELECT count(*) FROM prize p JOIN city c ON c.id = p.city WHERE c.slug = 'kediri'").fetchone()[0]
ok(prizes == 2, "prizes are there", prizes)
good("offers, contests and posters, as they are", "template", "adopt", "kediri", path("c.json"), "--slug",
     "sama")
good("given on", "template", "export", "kediri", "festival", "sama", "--name", "great-sale", "--version", "2",
     path("same.json"))
ok(read("same.json") == read("c.json"), "export, adopt, export: byte for byte")
request("kediri", "ketua", "POST", "/admin/festival/sama/contest/pasar-terhias", "name=Pasar paling rapi",
        "who=Semua pasar rakyat", "judged=Kepala dinas menilai kekompakan", "prizes=")
request("kediri", "ketua", "POST", "/admin/festival/sama/poster", "call=Ayo belanja", "scan=", "part=")
rows = diff("sama")
ok(set(rows) == {"contests/pasar-terhias/name", "posters/call"} and rows["posters/call"]["ours"] == "Ayo belanja",
   "changed on their own pages they are deviations", rows)
good("put back", "template", "revert", "kediri", "sama", "contests/pasar-terhias/name")
good("and the poster", "template", "revert", "kediri", "sama", "posters/call")
ok(diff("sama") == {}, "as the base again", diff("sama"))
good("left out", *A[:3], path("c.json"), "--slug", "tanpa", "--without", "draws", "--reason",
     "budget")
rows = diff("tanpa")
ok(rows and all(r["path"].startswith("draws/") and r["ours"] is None and r["reason"]
                for r in rows.values()), "what was left out is said", rows)

# ---- lives ------------------------------------------------------------------------------------
r = request("kediri", "ketua", "POST", f"/admin/festival/{slug}", "name=Kediri Great Sale",
            "first_day=2022-10-01", "last_day=2022-10-20", "target=5000000000", "admission=open")
rows = diff(slug)
ok(rows["sale/days"]["ours"] == 20 and rows["sale/days"]["unexplained"] and
   not rows["sale/days"]["reason"] and len(rows["sale/days"]["breaks"]) > 3,
   "changed on its ordinary page: a deviation without a reason yet", [r.stderr, rows])
ok(rows["sale/target"]["unexplained"], "the old reason was for another value")
good("explained", "template", "set", "kediri", slug, "--set", "sale/days=20", "--reason",
     "calendar")
ok(not diff(slug)["sale/days"]["unexplained"], "now it has one")
good("put back", "template", "revert", "kediri", slug, "sale/target")
ok("sale/target" not in diff(slug), "is as the base again")
refused("a locked one later", "template-locked", "template", "set", "kediri", slug, "--set",
        "rules/counting=purchase", "--reason", "budget")
good("a child", "template", "export", "kediri", "festival", slug, "--version", "2022",
     path("child.json"))
child = json.loads(read("child.json"))
ok(child["ancestors"][0]["ref"] == "surakarta/festival/great-sale@2" and
   child["city"] == "kediri" and child["ancestors"][0]["city_name"] == "Kota Surakarta",
   "names whom it comes from", child["ancestors"])
ok("Setono" not in read("child.json").decode() and "2022-10" not in read("child.json").decode(),
   "no place and no date of Kediri's")
good("the family", "template", "family", "kediri", "surakarta/festival/great-sale@2")
ok("kediri/festival/great-sale@2022" in laris("template", "family", "kediri",
   "surakarta/festival/great-sale@2").stdout, "the child is in it")
refused("not adopted", "template-not-adopted", "template", "diff", "surakarta", "sgs-2021")

# ---- a newer base --------------------------------------------------------------------------------
slug = good("Solo's of 2018", "template", "adopt", "kediri", "solo/festival/great-sale@2018", "--slug",
            "kgs", "--set", "sale/first-day=2023-02-02", "--set", "sale/target=300000000000", "--reason",
            "budget", "--set", "rules/minimum=10000", "--reason", "custom")
N = ("template", "upgrade", "kediri", slug, "solo/festival/great-sale@2021")
said = refused("undecided", "template-undecided", *N)
ok("sale/target" in said and "sale/days" not in said, "it names what both changed", said)
before = diff(slug)
ok(before["sale/target"]["ours"] == 300000000000, "nothing was touched")
three = diff(slug, "solo/festival/great-sale@2021")
ok(three["sale/target"]["conflict"] and three["sale/target"]["new"] == 800000000000 and
   three["sale/target"]["base"] == 425000000000, "three sides of it", three["sale/target"])
ok(not three["sale/days"]["conflict"] and three["sale/days"]["new"] == 31, "what only they changed")
refused("another practice", "template-other", "template", "upgrade", "kediri", slug, path("c.json"))
stamp = laris("template", "diff", "kediri", slug).stdout.split("\t")[2].split("\n")[0]
refused("whoever saw something older", "template-raced", *N, "--keep", "sale/target", "--stamp",
        "0123456789abcdef")
good("decided", *N, "--keep", "sale/target", "--stamp", stamp)
after = diff(slug)
ok(after["sale/target"]["ours"] == 300000000000 and after["sale/target"]["base"] == 800000000000
   and after["sale/target"]["reason"], "ours stayed, against the newer base", after)
ok("sale/days" not in after and "rules/counting" not in after, "what we had not touched followed")
ok(after["rules/minimum"]["ours"] == 10000, "what they did not touch stayed")
good("taken", "template", "upgrade", "kediri", slug, "solo/festival/great-sale@2022", "--take",
     "sale/target")
ok(set(diff(slug)) == {"rules/minimum"}, "one deviation is left", diff(slug))
slug2 = good("mended", "template", "adopt", "kediri", "solo/festival/great-sale@2018", "--slug", "kgs2",
             "--set", "sale/target=300000000000", "--reason", "budget")
M = ("template", "upgrade", "kediri", slug2, "solo/festival/great-sale@2021", "--set",
     "sale/target=350000000000")
refused("mended without a reason", "template-reason", *M)
good("mended with one", *M, "--reason", "lesson")
ok(diff(slug2)["sale/target"]["ours"] == 350000000000, "another value for both")
ok(set(diff(slug2)) == {"sale/target"}, "and nothing else", diff(slug2))

# ---- killed in the middle ----------------------------------------------------------------------
slug3 = good("one more", "template", "adopt", "kediri", "solo/festival/great-sale@2018", "--slug", "kgs3")


def state():
    d = sqlite3.connect(DB)
    return [d.execute(q).fetchall() for q in (
        "SELECT ref FROM template_file ORDER BY id", "SELECT * FROM adoption ORDER BY subject",
        "SELECT * FROM festival ORDER BY id", "SELECT * FROM draw ORDER BY id",
        "SELECT * FROM prize ORDER BY id", "SELECT * FROM audit ORDER BY id")]


half, whole = 0, 0
was = state()
for n in range(1, 60):
    p = subprocess.Popen([LARIS, "--db", DB, "template", "upgrade", "kediri", slug3,
                          "solo/festival/great-sale@2021"], env=ENV, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    try:
        p.wait(n * 0.001)
    except subprocess.TimeoutExpired:
        p.send_signal(signal.SIGKILL)
        p.wait()
    if state() == was:
        continue
    left = diff(slug3, "solo/festival/great-sale@2021")
    half += bool(left)
    whole += not left
    break
if not whole:
    good("upgraded at last", "template", "upgrade", "kediri", slug3, "solo/festival/great-sale@2021")
ok(not half and diff(slug3) == {}, "killed: as before, or as a whole", diff(slug3))

# ---- two at once ----------------------------------------------------------------------------------
stamp = laris("template", "diff", "kediri", slug3).stdout.split("\t")[2].split("\n")[0]
two = [subprocess.Popen([LARIS, "--db", DB, "template", "set", "kediri", slug3, "--set",
                         f"rules/minimum={n}", "--reason", "custom", "--stamp", stamp], env=ENV,
                        stderr=subprocess.PIPE, text=True) for n in (10000, 20000)]
said = [(p.communicate()[1], p.returncode) for p in two]
ok(sorted(c for _, c in said) == [0, 1] and
   any("template-raced" in e or "busy" in e for e, _ in said), "the second is told", said)

# ---- from another server -----------------------------------------------------------------------------
OTHER = os.path.join(work.name, "b", "laris.db")
os.mkdir(os.path.dirname(OTHER))
laris("init", db=OTHER)
laris("city", "add", "35.71", db=OTHER)


class Files(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = read("a.json") if self.path == "/a.json" else b"none"
        self.send_response(200 if self.path == "/a.json" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Files)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/a.json"
said = refused("a key nobody accepted", "template-key-unknown", "template", "receive", "kediri", url,
               db=OTHER)
ok(doc["key"] in said, "the key is shown", said)
refused("nor is it adopted", "template-key-unknown", "template", "adopt", "kediri", path("a.json"),
        db=OTHER)
refused("not there", "template-fetch", "template", "receive", "kediri", url + "x", db=OTHER)
refused("no key", "template-key-form", "template", "trust", "kediri", "junk", db=OTHER)
good("accepted", "template", "trust", "kediri", doc["key"], db=OTHER)
good("then it comes in", "template", "receive", "kediri", url, db=OTHER)
ok("received" in laris("template", "list", "kediri", db=OTHER).stdout, "and is kept")
good("and is adopted by its name", "template", "adopt", "kediri", "surakarta/festival/sgs-2021@1",
     db=OTHER)
good("no more", "template", "distrust", "kediri", doc["key"], db=OTHER)
refused("is unknown again", "template-key-unknown", "template", "adopt", "kediri", path("a.json"),
        db=OTHER)
server.shutdown()

# ---- a second kind ---------------------------------------------------------------------------------------
r = request("surakarta", "panitia", "POST", "/admin/festival/sgs-2021/message/new", "whom=silent-3",
            "subject=Mari catat belanja", "reply_to=panitia@example.id",
            "body=Untuk {nama usaha}: catat hari ini.")
message = r.stderr.split("message/")[1].split()[0] if "message/" in r.stderr else ""
ok(message, "a message was written", r.stderr + r.stdout[-600:])
good("given", "template", "export", "surakarta", "message", message, "--version", "1", path("m.json"))
made = good("adopted by Kediri", "template", "adopt", "kediri", path("m.json"), "--set",
            "text/sale=kgs")
ok(diff(made) == {}, "as it was")
good("in other words", "template", "set", "kediri", made, "--set",
     "text/body=Untuk {nama usaha}: mari.", "--reason", "custom")
ok(set(diff(made)) == {"text/body"}, "its deviation")

# ---- the check ------------------------------------------------------------------------------------------------
r = laris("check")
ok(r.returncode == 0 and "template-files" in r.stdout, "laris check is clean", r.stdout[-1500:] + r.stderr)
e = sqlite3.connect(DB)
for say, change in (("damaged", "bytes = CAST(replace(CAST(bytes AS TEXT), '50000', '50001') AS BLOB)"),
                    ("another file", "sha256 = ref"), ("not in the log", "log = 0")):
    where = "WHERE ref = 'surakarta/festival/great-sale@2' AND source = 0"
    keep = e.execute(f"SELECT bytes, sha256, log FROM template_file {where}").fetchone()
    e.execute(f"UPDATE template_file SET {change} {where}")
    e.commit()
    r = laris("check")
    ok(r.returncode == 1 and say in r.stdout, f"it sees: {say}", r.stdout[-800:])
    page = request("surakarta", "panitia", "GET",
                   "/admin/practice/" + hashlib.sha256(read("a.json")).hexdigest()[:16])
    ok(page.stderr.startswith("200"), "the page of one practice reads no other's file", page.stderr)
    e.execute(f"UPDATE template_file SET bytes = ?, sha256 = ?, log = ? {where}", keep)
    e.commit()

# ---- a sheet of any length --------------------------------------------------------------------------------
(draw,) = e.execute("SELECT id FROM draw WHERE city = (SELECT id FROM city WHERE slug = 'surakarta') "
                    "AND slug = 'utama'").fetchone()
columns = [c[1] for c in e.execute("PRAGMA table_info(prize)")]
copy = ", ".join({"id": "id + n", "code": "'X' || n", "position": "n + 2"}.get(c, c) for c in columns)
e.execute(f"""WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 120)
    INSERT INTO prize ({", ".join(columns)}) SELECT {copy} FROM prize, many
    WHERE draw = {draw} AND code = 'RUMAH'""")
e.commit()
good("a practice of many fields", "template", "export", "surakarta", "festival", "sgs-2021", "--version",
     "3", "--name", "great-sale", path("long.json"))
fields = len(json.loads(read("long.json"))["fields"])
ok(fields > 600, "six hundred of them", fields)
here = request("kediri", "ketua", "GET", "/admin/practice/" +
               hashlib.sha256(read("long.json")).hexdigest()[:16] + "/try")
ok(here.stderr.startswith("200"), "its dry run", here.stderr + here.stdout[-300:])
P = "/admin/practice/" + hashlib.sha256(read("long.json")).hexdigest()[:16]
request("kediri", "ketua", "POST", P + "/try", "year=2024", "scale=1")
steps = re.findall(r'/adapt/(\d+)"><b>([^<]*)</b>', request("kediri", "ketua", "GET", P + "/adapt").stdout)
A, B = [int(n) for n, title in steps if title.startswith("Undian")][:2]
for step in ("", "/1", "/2", "/3", f"/{A}", f"/{B}", "/20"):
    page = request("kediri", "ketua", "GET", P + "/adapt" + step)
    inputs = len(re.findall("<(?:input|textarea|select|button)[^>]* name=", page.stdout))
    ok(page.stderr.startswith("200") and len(page.stdout.encode()) < 30 << 10 and inputs < 200,
       f"step {step or 'all'}: light, and few inputs", [len(page.stdout), inputs, page.stderr])
page = request("kediri", "ketua", "GET", P + f"/adapt/{B}").stdout
leave = re.search(r'name="(o\.draws/[^"]*)"', request("kediri", "ketua", "GET", P + f"/adapt/{A}").stdout)
leave = leave.group(1) if leave else "o.draws/none"
request("kediri", "ketua", "POST", P + f"/adapt/{A}", leave + "=1", "q" + leave[1:] + "=Sesuai anggaran")
after = request("kediri", "ketua", "GET", P + f"/adapt/{B}").stdout
ok("Bagian ini Anda tinggalkan" in after and "name=\"v." not in after, "left out is left out on each of its steps",
   after[-900:])
request("kediri", "ketua", "POST", P + f"/adapt/{A}", "q" + leave[1:] + "=")
ok(request("kediri", "ketua", "GET", P + f"/adapt/{B}").stdout == page, "taken back in, it is all there again")
request("kediri", "ketua", "POST", P + "/adapt/1", "v.sale/target=20.000.000.000")
ok("20.000.000.000\"" in request("kediri", "ketua", "GET", P + "/adapt/1").stdout,
   "the base's own amount stays, where another was suggested")
request("kediri", "ketua", "POST", P + "/adapt", "slug=panjang")
ok("sale/target" not in diff("panjang"), "in the draft, too", list(diff("panjang"))[:9])
ok(e.execute("SELECT count(*) FROM template_sheet_field").fetchone()[0] == 0, "a sheet that is used up is gone")

# ---- nobody's data ------------------------------------------------------------------------------------------
PLANT = "Siti Rahayu Wulandari 081234567890 3372014101900001 siti@example.co.id"
GIVEN = {("promotion", "title"), ("promotion", "gives"), ("promotion", "terms"), ("promotion", "slug"),
         ("contest", "slug"), ("contest", "name"), ("contest", "who"), ("contest", "judged"),
         ("contest", "prizes"), ("poster_text", "code"), ("poster_text", "say"), ("city", "name"),
         ("draw", "name"), ("draw", "slug"), ("prize", "title"),
         ("prize", "code"), ("prize", "class"), ("admission", "rule"), ("festival_step", "title"),
         ("festival_step", "code"), ("setting", "value"), ("setting", "name")}
KEEP = {("city", "slug"), ("city", "code"), ("festival", "slug")}
d = sqlite3.connect(DB)
planted = 0
for (table,) in d.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                          "'sqlite%' AND name NOT LIKE '%migration%'").fetchall():
    for _, column, kind, _, _, pk in d.execute(f"PRAGMA table_info({table})").fetchall():
        if kind != "TEXT" or (table, column) in GIVEN | KEEP or table.startswith(
                ("region", "permit_stage", "template_", "adoption", "ledger_")):
            continue
        try:
            d.execute(f"UPDATE {table} SET {column} = ? || ' ' || rowid", (PLANT,))
        except sqlite3.Error:
            try:
                d.execute(f"UPDATE {table} SET {column} = ?", (PLANT,))
            except sqlite3.Error:
                continue
        planted += 1
d.commit()
ok(planted > 60, f"planted in {planted} columns")
good("exported all the same", "template", "export", "surakarta", "festival", "sgs-2021", "--version",
     "9", path("clean.json"))
text = read("clean.json").decode()
ok(not re.search("siti rahayu|081234567890|3372014101900001", text, re.I), "none of it is in the file", text)
d.execute("INSERT INTO admission (city, festival, rule, changed) SELECT city, id, '', 0 FROM "
          "festival WHERE slug = 'sgs-2021' ON CONFLICT DO NOTHING")
d.execute("UPDATE person SET name = 'Siti Rahayu Wulandari'")
d.execute("UPDATE contest SET slug = 'lomba-siti-rahayu-wulandari' WHERE slug = 'pasar-terhias-2' AND city = "
          "(SELECT id FROM city WHERE slug = 'surakarta')")
d.commit()
refused("a name in what a contest is called", "template-name-inside", "template", "export", "surakarta",
        "festival", "sgs-2021", "--version", "10", path("never.json"))
d.execute("DELETE FROM contest WHERE slug = 'lomba-siti-rahayu-wulandari'")
d.commit()
for table, column in (("prize", "title"), ("promotion", "terms"), ("contest", "judged"), ("contest", "prizes"),
                      ("poster_text", "say"), ("draw", "name"), ("admission", "rule")):
    (old,) = d.execute(f"SELECT {column} FROM {table} LIMIT 1").fetchone()
    for plant, rule in (("Hubungi 0812-3456-7890", "template-personal"),
                        ("NIK 3372014101900001", "template-personal"),
                        ("tulis ke siti@example.co.id", "template-personal"),
                        ("Dari ibu siti rahayu wulandari", "template-name-inside")):
        d.execute(f"UPDATE {table} SET {column} = ?", (plant,))
        d.commit()
        refused(f"{table}.{column}: {plant[:12]}", rule, "template", "export", "surakarta", "festival",
                "sgs-2021", "--version", "10", path("never.json"))
    d.execute(f"UPDATE {table} SET {column} = ?", (old,))
    d.commit()
ok(not os.path.exists(path("never.json")), "no such file was written")
sys.exit(done())
