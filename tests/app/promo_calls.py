"""The calls about promotions, asked by api_test.py: the catalogue, a hundred
uses at once through the server, sent again, taken back, and given back by
the void of a purchase."""
import concurrent.futures
import threading

from tap import ok

T = "/api/v1/cities/{city}/festivals/{festival}"


class Offers:
    def __init__(self, till, api, refused, number):
        self.till, self.api, self.refused, self.number = till, api, refused, number

    def all(self, query=""):
        a = self.till.site.asker().get(f"{self.api}/promotions{query}")
        return self.till.book.reply("get", T + "/promotions", a).json()

    def one(self, pid):
        return next(p for p in self.all()["promotions"] if p["id"] == pid)

    def use(self, offer, asker=None, **more):
        body = {"event": f"promo-{next(self.number)}", "merchant": offer["merchant"]}
        body.update(more)
        body = {k: v for k, v in body.items() if v is not None}
        a = (asker or self.till.asker).send(f"{self.api}/promotions/{offer['id']}/redeem", body)
        if a.status in (200, 201):
            self.till.book.reply("post", T + "/promotions/{promotion}/redeem", a)
        return a


def catalogue(x):
    first = x.all()
    every = first["promotions"]
    ok(len(every) > 25, f"the catalogue: {len(every)} promotions of the demonstration")
    ok(all(p["open"] for p in x.all("?open=1")["promotions"]), "open=1: only what runs now")
    got = x.all("?q=penjahit")["promotions"]
    ok(got and all("jahit" in (p["title"] + p["gives"] + p["terms"]).lower() for p in got),
       "?q=penjahit finds what says jahit or jahitan", [p["title"] for p in got])
    both = x.all("?q=diskon+membatik")["promotions"]
    ok(both and all("batik" in str(p).lower() for p in both), "two words: both are there")
    ok(not x.all("?q=zeppelin")["promotions"], "a word nobody used finds nothing")
    ok(not x.all("?q=%20%25%27%22")["promotions"], "signs find nothing")
    food = x.all("?sector=food")["promotions"]
    ok(food and {p["sector"] for p in food} == {"food"}, "?sector= is heeded")
    venue = next(p["venue_slug"] for p in every if p["venue_slug"])
    there = x.all(f"?venue={venue}")["promotions"]
    ok(there and {p["venue_slug"] for p in there} == {venue}, "?venue= is heeded", venue)
    near = x.all("?near=-7.5690,110.8320&km=1")["promotions"]
    ok(near and any(p["venue"] == "Pasar Gede" for p in near) and
       not any(p["venue"] == "Solo Square" for p in near), "?near= is a circle around one",
       {p["venue"] for p in near})
    half = x.all(f"?after={every[9]['id']}")["promotions"]
    ok([p["id"] for p in half] == [p["id"] for p in every[10:]], "?after= goes on behind it")
    nobody = x.till.site.asker()
    for query, rule in (("?after=kacau", "field-id"), ("?venue=atlantis", "promo-no-venue"),
                        ("?sector=naga", "field-choice"), ("?near=here", "promo-place")):
        x.refused(nobody.get(f"{x.api}/promotions{query}"), 422, rule, f"{query}: refused")
    return next(p for p in every if p["quota"] and p["merchant"] and not p["per_card"] and
                p["from"] is None and p["left"] == p["quota"])


def at_once(x, offer):
    tokens = threading.local()

    def go(_):
        if not hasattr(tokens, "asker"):
            tokens.asker = x.till.site.asker("till", x.till.asker.token)
        return x.use(offer, tokens.asker)

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        got = list(pool.map(go, range(100)))
    good = [a for a in got if a.status == 201]
    ok(len(good) == offer["quota"], f"100 uses at once, quota {offer['quota']}: {len(good)} are 201")
    rules = {a.json()["rule"] for a in got if a.status == 409}
    ok(len(good) + sum(a.status == 409 for a in got) == 100 and rules == {"quota-used"},
       "and the others 409 quota-used", rules)
    ok(sorted(a.json()["left"] for a in good) == list(range(offer["quota"])),
       "each was told how many were left")
    ok(x.one(offer["id"])["left"] == 0 and not x.one(offer["id"])["open"], "none is left")
    return good[0].json()


def again(x, offer):
    body = {"event": "promo-same", "card": x.till.card}
    a = x.use(offer, **body)
    b = x.use(offer, **body)
    ok(a.status == 201 and b.status == 200 and a.body == b.body,
       "sent again: 200 and the very same bytes", f"{a.text}\n{b.text}")
    x.refused(x.use(offer, event="promo-same"), 409, "event-reused", "without the card: 409",
              "event")
    x.refused(x.use(offer, x.till.site.asker("x", x.till.asker.token), event="promo-same",
                    card=x.till.card, merchant=x.till.site.merchants[1]["id"]), 409,
              "event-reused", "at another merchant: 409", "event")


def back(x, offer, use):
    body = {"event": "promo-back", "reason": "salah promo"}
    where = f"{x.api}/redemptions/{use['redemption']}/void"
    a, b = x.till.asker.send(where, body), x.till.asker.send(where, body)
    x.till.book.reply("post", T + "/redemptions/{redemption}/void", a)
    ok(a.status == 201 and b.status == 200 and a.body == b.body, "taken back: 201, again 200",
       f"{a.text}\n{b.text}")
    x.refused(x.till.asker.send(where, dict(body, event="promo-back-2")), 409,
              "promo-void-already", "by another event: 409")
    ok(x.one(offer["id"])["left"] == 1, "one is left again")


def with_purchase(x, offer):
    p = x.till.send(x.till.purchase(merchant=offer["merchant"], amount=300000)).json()
    a = x.use(offer, purchase=p["purchase"], card=x.till.card)
    ok(a.status == 201 and x.one(offer["id"])["left"] == 0, "the last one, with its purchase",
       a.text)
    x.refused(x.use(offer), 409, "quota-used", "and no more")
    gone = x.till.asker.send(f"{x.api}/purchases/{p['purchase']}/void",
                             {"event": "promo-strike", "reason": "salah ketik"})
    ok(gone.status == 201 and x.one(offer["id"])["left"] == 1,
       "its purchase is struck out: the quota comes back", gone.text)


def wrong(x, offer):
    other = next(m["id"] for m in x.till.site.merchants if m["id"] != offer["merchant"])
    x.refused(x.use(offer, merchant=other), 422, "promo-merchant", "another merchant's", "merchant")
    x.refused(x.use(offer, merchant="100000"), 422, "merchant-unknown", "no merchant", "merchant")
    x.refused(x.use(offer, card="000000000"), 422, "field-card", "no card", "card")
    x.refused(x.use(dict(offer, id="0" * 12 + "1")), 404, "promo-unknown", "no promotion")
    x.refused(x.use(offer, x.till.site.asker()), 401, "sign-in-first", "nobody's till")
    limited = next(p for p in x.all("?open=1")["promotions"] if p["per_card"] and p["merchant"])
    x.refused(x.use(limited), 422, "promo-card-needed", "a limit a card, no card", "card")
    for _ in range(limited["per_card"]):
        x.use(limited, card=x.till.card)
    x.refused(x.use(limited, card=x.till.card), 409, "limit-used", "the card's limit", "card")


def run(till, api, refused, number):
    x = Offers(till, api, refused, number)
    offer = catalogue(x)
    wrong(x, offer)
    use = at_once(x, offer)
    back(x, offer, use)
    with_purchase(x, offer)
    again(x, offer)
