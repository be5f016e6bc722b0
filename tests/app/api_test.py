"""The calls of tills and apps, version 1, through real HTTP: sent twice,
sent a hundred times at once, sent wrong.  Every reply is held against its
shape in /api/v1/openapi.json."""
import concurrent.futures
import json
import os
import re
import sys
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402
import promo_calls                                          # noqa: E402

CITY, SALE = "surakarta", "sgs-2021"
API = f"/api/v1/cities/{CITY}/festivals/{SALE}"
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
KNOWN = {"type", "properties", "required", "additionalProperties", "items", "enum", "pattern",
         "format", "minimum", "maximum", "maxLength", "minLength", "anyOf", "oneOf", "description"}
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")


# ---- JSON Schema, as much of it as openapi.json uses ------------------------

def is_type(v, t):
    if t in ("integer", "number"):
        return isinstance(v, int if t == "integer" else (int, float)) and not isinstance(v, bool)
    return isinstance(v, TYPES[t])


def faults(schema, v, at="$"):
    if set(schema) - KNOWN:
        return [f"{at}: this checker does not know {sorted(set(schema) - KNOWN)}"]
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_type(v, t) for t in types):
        return [f"{at}: {v!r} is not {types}"]
    for k in ("anyOf", "oneOf"):
        if k in schema and all(faults(s, v, at) for s in schema[k]):
            return [f"{at}: {v!r} fits none of {k}"]
    out = []
    if "enum" in schema and v not in schema["enum"]:
        out.append(f"{at}: {v!r} is none of {schema['enum']}")
    if isinstance(v, str):
        if "pattern" in schema and not re.search(schema["pattern"], v):
            out.append(f"{at}: {v!r} is not {schema['pattern']}")
        if schema.get("format") == "date-time" and not MOMENT.match(v):
            out.append(f"{at}: {v!r} is no moment")
    elif isinstance(v, list) and "items" in schema:
        for i, x in enumerate(v):
            out += faults(schema["items"], x, f"{at}[{i}]")
    elif isinstance(v, dict):
        props = schema.get("properties", {})
        out += [f"{at}: {k} is missing" for k in schema.get("required", []) if k not in v]
        for k, x in v.items():
            if k in props:
                out += faults(props[k], x, f"{at}.{k}")
            elif schema.get("additionalProperties") is False:
                out.append(f"{at}: {k} is not described")
    return out


class Book:
    """What openapi.json says of each call; every reply passes here."""

    def __init__(self, doc):
        self.doc, self.seen, self.wrong = doc, set(), []

    def reply(self, method, template, a):
        op = self.doc["paths"][template][method]
        schema = op["responses"]["2XX"]["content"]["application/json"]["schema"]
        self.seen.add((method, template))
        if a.head.get("content-type") != "application/json":
            self.wrong.append(f"{method} {template}: {a.head.get('content-type')}")
        self.wrong += [f"{method} {template}: {f}" for f in faults(schema, a.json())]
        return a


T = "/api/v1/cities/{city}/festivals/{festival}"
numbers = iter(range(1, 10 ** 6))


class Till:
    def __init__(self, site, asker, book, shop, card):
        self.site, self.asker, self.book, self.shop, self.card = site, asker, book, shop, card

    def purchase(self, **more):
        p = {"event": f"api-{next(numbers):05d}", "merchant": self.shop, "card": self.card,
             "amount": 125000, "method": "qris", "at": "2021-10-31T09:15:00+07:00"}
        p.update(more)
        return {k: v for k, v in p.items() if v is not None}

    def send(self, body, where="/purchases", asker=None):
        a = (asker or self.asker).send(API + where, body)
        if 200 <= a.status < 300 and where == "/purchases":
            self.book.reply("post", T + "/purchases", a)
        return a

    def totals(self):
        a = self.site.asker().get(API + "/totals")
        return self.book.reply("get", T + "/totals", a).json()

    def rules(self):
        a = self.site.asker().get(API + "/rules")
        return self.book.reply("get", T + "/rules", a).json()


def refused(a, status, rule, name, field=None):
    """RFC 9457, every member of the contract."""
    why = f"{a.status} {a.head.get('content-type')} {a.text[:400]}"
    try:
        p = a.json()
        good = a.status == status and p["rule"] == rule and p["status"] == status and \
            a.head["content-type"] == "application/problem+json" and \
            p["type"].endswith("#" + rule) and p["title"] and len(p["detail"]) > 10 and \
            (field is None or p.get("field") == field)
    except (ValueError, KeyError):
        good = False
    return ok(good, name, why)


def test_once(till):
    before = till.totals()
    body = till.purchase()
    a = till.send(body)
    p = a.json()
    ok(a.status == 201 and p["amount"] == 125000 and p["card"] == till.card and
       p["coupons_total"] >= p["points"] >= 2, "a purchase: 201 with points and coupons", a.text)
    b = till.send(body)
    ok(b.status == 200 and b.body == a.body, "sent again: 200 and the very same bytes",
       f"{b.status}\n{a.text}\n{b.text}")
    c = till.send(json.dumps(body, indent=3, sort_keys=True))
    ok(c.status == 200 and c.body == a.body, "the same content written otherwise is the same",
       c.text)
    for field, value in (("amount", 125001), ("method", "cash"), ("card", None),
                         ("at", "2021-10-31T09:16:00+07:00"),
                         ("merchant", till.site.merchants[1]["id"])):
        other = {k: v for k, v in dict(body, **{field: value}).items() if v is not None}
        refused(till.send(other), 409, "event-reused", f"same event, other {field}: 409")
    after = till.totals()
    moved = [after[k] - before[k] for k in ("purchases", "rupiah", "coupons")]
    ok(moved == [1, 125000, p["points"]], "the totals moved by exactly one purchase", moved)
    return p


def test_at_once(till):
    before = till.totals()
    body = json.dumps(till.purchase(amount=55000))
    tokens = threading.local()

    def one(_):
        if not hasattr(tokens, "asker"):
            tokens.asker = till.site.asker("till", till.asker.token)
        return tokens.asker.send(API + "/purchases", body)

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        got = list(pool.map(one, range(100)))
    ok(sorted(a.status for a in got) == [200] * 99 + [201],
       "100 sends of one event at once: one 201, 99 times 200", [a.status for a in got])
    ok(len({a.body for a in got}) == 1, "and one answer, byte for byte")
    ok(till.totals()["purchases"] - before["purchases"] == 1, "and one purchase")


def test_batch(till):
    good, same = till.purchase(amount=60000), till.purchase(amount=70000)
    late = till.purchase(at="2021-11-02T09:00:00+07:00")
    lot = [good, {"event": "x"}, same, late, same, dict(same, amount=1), 7,
           till.purchase(card="000000000"), till.purchase(merchant="0" * 13),
           till.purchase(amount=80000)]
    before = till.totals()
    a = till.send(lot, "/purchases/batch")
    till.book.reply("post", T + "/purchases/batch", a)
    want = [201, 422, 201, 422, 200, 409, 422, 422, 422, 201]
    rows = a.json()
    ok(a.status == 200 and [r["status"] for r in rows] == want,
       "a batch: each judged alone, in order", a.text)
    ok(all("rule" in r and len(r["detail"]) > 10 for r in rows if r["status"] > 299) and
       rows[5]["rule"] == "event-reused" and rows[3]["rule"] == "outside-dates",
       "what is refused says the rule", a.text)
    ok(rows[4]["purchase"] == rows[2]["purchase"], "the event sent twice in it is one purchase")
    after = till.totals()
    moved = [after[k] - before[k] for k in ("purchases", "rupiah")]
    ok(moved == [3, 210000], "three of ten counted", moved)
    refused(till.send([till.purchase()] * 1001, "/purchases/batch"), 422, "batch-large",
            "1,001 in a batch: refused")
    refused(till.send({"a": 1}, "/purchases/batch"), 422, "json-array", "no list: refused")
    a = till.send([], "/purchases/batch")
    ok(a.status == 200 and a.json() == [], "an empty batch is an empty answer", a.text)


def test_void(till):
    before = till.totals()
    card = till.site.asker().get(f"{API}/cards/{till.card}?s={till.secret}").json()
    p = till.send(till.purchase(amount=500000)).json()
    body = {"event": f"void-{next(numbers)}", "reason": "salah ketik jumlah"}
    where = f"/purchases/{p['purchase']}/void"
    a = till.send(body, where)
    till.book.reply("post", T + "/purchases/{purchase}/void", a)
    ok(a.status == 201 and a.json() == {"purchase": p["purchase"], "reason": body["reason"]},
       "struck out: 201", a.text)
    b = till.send(body, where)
    ok(b.status == 200 and b.body == a.body, "again: 200 and the same", f"{b.status} {b.text}")
    refused(till.send(dict(body, event="void-other"), where), 409, "void-already",
            "by another event: 409")
    after = till.totals()
    ok(all(after[k] == before[k] for k in ("purchases", "rupiah", "coupons")),
       "the totals went back", f"{before}\n{after}")
    now = till.site.asker().get(f"{API}/cards/{till.card}?s={till.secret}").json()
    ok(now["coupons"] == card["coupons"] and now["purchases"][0]["void"] is True,
       "the card's coupons went back, and it says so", now)
    a = till.send(till.purchase(event=body["event"]))
    ok(a.status in (201, 409), "an event of a void is no purchase's", a.text)
    refused(till.send(dict(body, event="v1"), "/purchases/00000000000ZZ/void"), 404,
            "purchase-unknown", "an unknown purchase: 404")
    refused(till.send({"event": "v2", "reason": ""}, where), 422, "field-needed",
            "no reason: 422", "reason")


def test_card(till):
    nobody, where = till.site.asker(), f"{API}/cards/{till.card}"
    refused(nobody.get(where), 403, "card-secret", "a card without its secret: 403")
    refused(nobody.get(where + "?s=" + "A" * len(till.secret)), 403, "card-secret",
            "with a wrong one: 403")
    refused(nobody.get(f"{API}/cards/999999999?s=x"), 403, "card-secret",
            "an unknown card says no more than a wrong secret")
    a = nobody.get(f"{where}?s={till.secret}")
    till.book.reply("get", T + "/cards/{number}", a)
    c = a.json()
    ok(a.status == 200 and c["coupons"] > 0 and c["purchases"], "with its secret: its coupons",
       a.text)
    b = till.asker.get(where)
    ok(b.status == 200 and b.json() == c, "and to whoever has a role", b.text)
    plain = sum(p["counted"] for p in c["purchases"] if not p["void"])
    ok(c["coupons"] == plain // 50000, "coupons are whole 50,000s of what counted",
       f"{c['coupons']} of {plain}")


def test_merchants(till):
    nobody, after, seen, sizes = till.site.asker(), "", [], []
    while True:
        a = nobody.get(f"{API}/merchants" + (f"?after={after}" if after else ""))
        page = till.book.reply("get", T + "/merchants", a).json()
        seen += [m["id"] for m in page["merchants"]]
        sizes.append(len(page["merchants"]))
        after = page["next"]
        if not after:
            break
    shop = nobody.get(f"{API}/merchants").json()["merchants"][0]
    owner = till.site.asker("organiser").sign_in("surakarta", "panitia")
    a = owner.form(f"/admin/festival/sgs-2021/merchants/{shop['id']}", {
        "name": shop["name"], "sector": shop["sector"], "size": "micro", "about": "Sejak 1962",
        "nib": "1234567890123"})
    a = nobody.get(f"{API}/merchants", head={"Accept-Language": "id"})
    facts = till.book.reply("get", T + "/merchants", a).json()["merchants"][0]["facts"]
    ok({"fact": "about", "say": "Sejak 1962"} in facts and "1234567890123" not in a.text,
       "with what a merchant tells the public, and nothing else", a.text[:600])
    ok(len(seen) == len(set(seen)) == 300 and len(sizes) > 1,
       "merchants by pages: each once, none left out", sizes)
    refused(nobody.get(f"{API}/merchants?after=kacau"), 422, "field-id",
            "after, not an id: refused", "after")


def test_wrong(till):
    good = till.purchase()
    text = json.dumps(good)
    before = till.totals()
    for name, body in (
            ("bad UTF-8", text.encode().replace(b"qris", b"qr\xff\xfe")),
            ("a duplicate key", text[:-1] + ', "amount": 1}'),
            ("a float amount", text.replace("125000", "125000.0")),
            ("an exponent", text.replace("125000", "125e3")),
            ("a text amount", text.replace("125000", '"125000"')),
            ("a huge amount", text.replace("125000", "9" * 30)),
            ("a minus amount", text.replace("125000", "-125000")),
            ("nought", text.replace("125000", "0")),
            ("a list", "[" + text + "]"), ("nothing", ""), ("half of it", text[:40]),
            ("something behind it", text + "{}"), ("NaN", text.replace("125000", "NaN")),
            ("an unknown method", text.replace("qris", "barter")),
            ("an event of other characters", text.replace(good["event"], "a b")),
            ("an event too long", text.replace(good["event"], "e" * 65)),
            ("a day that is none", text.replace("10-31", "10-32")),
            ("no amount", text.replace('"amount"', '"banyak"')),
            ("deep nesting", "[" * 5000 + "]" * 5000)):
        a = till.send(body)
        ok(a.status in (400, 422) and a.head.get("content-type") == "application/problem+json" and
           a.json()["rule"] and len(a.json()["detail"]) > 10, f"{name}: refused with its rule",
           f"{a.status} {a.text[:300]}")
    ok(till.totals()["purchases"] == before["purchases"], "none of them was counted")
    refused(till.send(dict(good, amount=None)), 422, "field-needed",
            "null is as good as nothing: the field is named", "amount")
    for name, where in (("festival", API.replace(SALE, "sgs-1999")),
                        ("city", API.replace(CITY, "atlantis"))):
        a = till.asker.send(where + "/purchases", good)
        ok(a.status == 404 and a.head["content-type"] == "application/problem+json",
           f"an unknown {name}: 404", f"{a.status} {a.text}")
        ok(till.site.asker().get(where + "/totals").status == 404, f"its totals too: {name}")
    a = till.site.asker().send(API + "/purchases", good)
    refused(a, 401, "sign-in-first", "nobody's purchase: 401")
    ok(a.head.get("www-authenticate") == "Bearer", "and says how to sign in")
    a = till.site.asker("forger", till.asker.token[:-1] + "0").send(API + "/purchases", good)
    refused(a, 401, "token-unknown", "a token with one letter wrong: 401")


def test_limits(till):
    a = till.site.asker("big", till.asker.token)
    try:
        status = a.send(API + "/purchases", b" " * (2 << 20)).status
    except (BrokenPipeError, ConnectionResetError):
        status = "reset"
    ok(status == 413, "2 MiB: 413", status)
    text = json.dumps(till.purchase(amount=90000))
    a = till.send(text + " " * ((1 << 20) - len(text)))
    ok(a.status == 201, "1 MiB to the byte passes", f"{a.status} {a.text[:200]}")
    rows = [till.purchase(amount=1000, card=None) for _ in range(1000)]
    a = till.send(rows, "/purchases/batch")
    ok(a.status == 200 and {r["status"] for r in a.json()} == {201}, "1,000 in a batch pass",
       a.text[:300])


def test_board(till):
    a = till.site.asker().sign_in(CITY, "panitia").get(f"/admin/festival/{SALE}/board/figures")
    f = till.book.reply("get", "/admin/festival/{festival}/board/figures", a).json()
    ok(f["purchases"] == till.totals()["purchases"], "the board's figures are the sale's")
    ok(sum(r["purchases"] for r in f["hour"]) == f["purchases"], "hour by hour they add up")
    rules = till.rules()
    ok(rules["unit"] == 50000 and rules["counting"] == "person" and rules["amendments"] == [] and
       rules["in_force"][0].startswith("Satu kupon untuk setiap Rp 50.000"), "and its rules", rules)


def test_stage(till):
    """What the big screen of a draw asks for, before and after."""
    board, path = till.site.asker().sign_in(CITY, "panitia"), "/{city}/{festival}/draw/{draw}/stage/result"
    made = board.form("/admin/draw", {"name": "Gladi", "slug": "gladi", "rehearsal": "1"})
    at = made.head["location"]
    board.form(f"{at}/prize", {"title": "Motor", "code": "MOTOR", "cls": "UTAMA", "number": "2"})
    nobody = till.site.asker()
    url = f"/{CITY}/{SALE}/draw/gladi/stage/result"
    ok(nobody.get(url).status == 404, "nothing frozen: nothing for the stage")
    board.form(f"{at}/freeze", {"minutes": "60"})
    a = till.book.reply("get", path, nobody.get(url)).json()
    ok(a["state"] == "frozen" and not a["drawn"] and not a["prizes"][0]["winners"], "frozen: no winner is told", a)
    board.form(f"{at}/beacon", {"pasted": till.site.run(
        "draw", "rehearse-beacon", CITY, f"gladi-{SALE}-gladi").strip()})
    board.form(f"{at}/run", {})
    a = till.book.reply("get", path, nobody.get(url)).json()
    won = a["prizes"][0]["winners"]
    ok(len(won) == 2 and all(re.match(r"\d\d\*{5}\d\d$", w["card"]) for w in won),
       "drawn: winners, their cards masked", a)


def a_card(site):
    """A digital card, as a shopper gets it."""
    m = site.asker().sign_in(CITY, "pedagang")
    a = m.form("/m/sale", {"event": "api-first", "amount": "150000", "method": "cash",
                           "day": "31/10/2021"})
    page = m.get(a.head["location"]).text
    code = re.search(r"QR ([0-9A-Z]{8})", page).group(1)
    a = site.asker().form(f"/{CITY}/{SALE}/claim/{code}/take", {})
    return re.search(r"/card/(\d{9})\?s=(\w+)", a.head["location"]).groups()


def main():
    with Site() as site:
        site.run("demo")
        token = site.token(CITY, "officer")
        site.serve()
        doc = site.asker().get("/api/v1/openapi.json")
        ok(doc.status == 200 and doc.json()["openapi"].startswith("3.1"), "openapi.json is there")
        book = Book(doc.json())
        site.merchants = site.asker().get(API + "/merchants").json()["merchants"]
        number, secret = a_card(site)
        till = Till(site, site.asker("till", token), book, site.merchants[0]["id"], number)
        till.secret = secret
        test_once(till)
        test_at_once(till)
        test_batch(till)
        test_void(till)
        test_card(till)
        test_merchants(till)
        test_wrong(till)
        test_limits(till)
        test_board(till)
        test_stage(till)
        promo_calls.run(till, API, refused, numbers)
        ok(not book.wrong, f"replies of {len(book.seen)} calls have the shape openapi.json says",
           "\n".join(book.wrong[:20]))
        missed = {(m, p) for p, ops in book.doc["paths"].items() for m in ops} - book.seen - \
            {("get", "/api/v1/openapi.json")}
        ok(not missed, "no call of openapi.json went unasked", missed)
        try:
            site.run("check")
            broken = ""
        except RuntimeError as e:
            broken = str(e)
        ok(not broken, "laris check: every sum agrees with its rows", broken)
    return done()


sys.exit(main())
