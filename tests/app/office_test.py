"""What an organiser does beside the sale: accounts and tokens given and taken
away, a sale put right before it opens; and a trader's sale credited to the
card shown at the stall.  Each to its end, as the pages do it."""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

CITY, SALE = "surakarta", "sgs-2021"
F = f"/{CITY}/{SALE}"
API = f"/api/v1/cities/{CITY}/festivals/{SALE}"
PASSWORD = "kata-sandi-9"


def can_sign_in(site, login):
    try:
        return bool(site.asker().sign_in(CITY, login, PASSWORD).csrf)
    except (RuntimeError, AttributeError):
        return False


def test_people(site, board):
    person = {"name": "Sri Kurator", "login": "sri", "role": "curator", "password": PASSWORD}
    a = board.form("/admin/people", dict(person, password="pendek"))
    ok(a.status == 422 and "Sri Kurator" in a.text, "a short password: refused, the rest is kept",
       a.status)
    a = board.form("/admin/people", person)
    ok(a.status == 303, "an account is made", f"{a.status} {a.text[-300:]}")
    page = board.get("/admin/people").text
    ok("Sri Kurator" in page and can_sign_in(site, "sri"), "it is listed and can sign in")
    row = page[page.index("Sri Kurator"):]
    off = re.search(r"/admin/people/\w+/off", row).group(0)
    sri = site.asker().sign_in(CITY, "sri", PASSWORD)
    a = board.form(off, {})
    ok(a.status == 303, "switched off", a.status)
    ok(sri.get("/me").status == 401 and not can_sign_in(site, "sri"),
       "its session is over and it cannot sign in", sri.get("/me").status)
    a = board.form(off.replace("/off", "/on"), {})
    ok(a.status == 303 and can_sign_in(site, "sri"), "switched on again it can", a.status)


def test_tokens(site, board):
    a = board.form("/admin/tokens", {"label": "Kasir Toko Uji", "role": "officer"})
    made = re.search(r"lt\.[0-9A-Za-z.]+", a.text)
    ok(a.status in (200, 201) and made, "a token is made and shown", f"{a.status} {a.text[-500:]}")
    till = site.asker("till", made.group(0))
    body = {"event": "office-1", "merchant": site.shop, "amount": 60000, "method": "cash",
            "at": "2021-10-31T09:15:00+07:00"}
    a = till.send(API + "/purchases", body)
    ok(a.status == 201, "a till works with it", a.text)
    page = board.get("/admin/tokens").text
    ok("Kasir Toko Uji" in page and made.group(0) not in page, "it is shown once, never again")
    row = page[page.index("Kasir Toko Uji"):]
    a = board.form(re.search(r"/admin/tokens/\w+/revoke", row).group(0), {})
    ok(a.status == 303, "revoked", a.status)
    a = till.send(API + "/purchases", dict(body, event="office-2"))
    ok(a.status == 401 and a.json()["rule"] == "token-unknown", "the till is out", a.text)


def test_sale(board):
    sale = {"name": "Sale Uji", "slug": "sale-uji", "first_day": "2031-03-01",
            "last_day": "2031-03-31", "target": "1000000000", "admission": "approval",
            "unit": "50000", "counting": "person"}
    a = board.form("/admin/festival/new", sale)
    ok(a.status == 303, "a draft of a sale", f"{a.status} {a.text[-300:]}")
    where = a.head["location"]
    better = dict(sale, name="Sale Uji Betul")
    del better["slug"]
    a = board.form(where, dict(better, last_day="2031-02-01"))
    ok(a.status == 422 and "Sale Uji Betul" in a.text, "days the wrong way round: refused, kept",
       a.status)
    a = board.form(where, better)
    ok(a.status == 303, "put right before it opens", f"{a.status} {a.text[-300:]}")
    a = board.form(where + "/rules", {"unit": "75000", "counting": "person"})
    ok(a.status == 303, "its rules too", a.status)
    page = board.get(where).text
    ok("Sale Uji Betul" in page and "75.000" in page, "and so it stands there")


def sell(trader, event, amount):
    a = trader.form("/m/sale", {"event": event, "amount": amount, "method": "cash",
                                "day": "31/10/2021"})
    return a.head["location"]


def test_stall(site):
    trader = site.asker("pedagang").sign_in(CITY, "pedagang")
    first = trader.get(sell(trader, "office-3", "50000")).text
    code = re.search(r"/claim/([0-9A-Z]+)", first) or re.search(r"QR ([0-9A-Z]{8})", first)
    taken = site.asker().form(f"{F}/claim/{code.group(1)}/take", {})
    number, s = re.search(r"/card/(\d+)\?s=(\w+)", taken.head["location"]).groups()
    where = sell(trader, "office-4", "150000")
    a = trader.form(where + "/card", {"card": "111111111"})
    ok(a.status == 422 and "111111111" in a.text.replace(" ", ""),
       "a number that is no card: refused, still there", f"{a.status}")
    a = trader.form(where + "/card", {"card": number})
    ok(a.status == 303, "a sale shown as a code goes onto the card at the stall",
       f"{a.status} {a.text[-300:]}")
    card = site.asker().get(f"{API}/cards/{number}?s={s}").json()
    ok(card["coupons"] == 4, "the card has its coupons", card)
    b = trader.form(where + "/card", {"card": number})
    ok(b.status == 303 and
       site.asker().get(f"{API}/cards/{number}?s={s}").json()["coupons"] == 4,
       "pressed twice it counts once", b.status)


def main():
    with Site() as site:
        site.run("demo")
        site.serve()
        site.shop = site.asker().get(f"{API}/merchants").json()["merchants"][0]["id"]
        board = site.asker("panitia").sign_in(CITY, "panitia")
        test_people(site, board)
        test_tokens(site, board)
        test_sale(board)
        test_stall(site)
    return done()


sys.exit(main())
