"""Many cities on one server, from the outside: a city's own host name."""
import os
import re
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


def main():
    with Site() as site:
        site.run("demo", "--cities", "2", "--scale", "tiny", "--city", "35.71")
        site.run("city", "add", "33.72")
        commands(site)
        site.serve()
        pages(site)
        signing_in(site)
    return done()


if __name__ == "__main__":
    sys.exit(main())
