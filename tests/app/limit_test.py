"""One city over its limits is told so, with when to try again, while another on
the same server is served; who may change them, and where they are seen."""
import os
import re
import sys
import threading

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

LIVE = "/surakarta/sgs-2021/live"


def burst(site, ketua):
    """One change a second, five at once: of twelve some are too many."""
    me = site.asker().sign_in("surakarta", "panitia")
    got = [me.form("/admin/venues", {"name": f"Pasar Uji {i}", "kind": "market"})
           for i in range(12)]
    bad = [a for a in got if a.status == 429]
    ok(5 <= sum(a.status == 303 for a in got) < 12 and bad, "a burst: some pass, the rest is 429",
       [a.status for a in got])
    a = bad[-1]
    ok(1 <= int(a.head.get("retry-after", 0)) <= 2, "it says when to try again", a.head)
    ok("lebih dari 1 perubahan per detik" in a.text and "pengelola server" in a.text
       and 'value="Pasar Uji 11"' in a.text, "which limit, who can change it; nothing typed is lost",
       a.text[-1500:])
    ok(ketua.form("/admin/venues", {"name": "Pasar Pahing", "kind": "market"}).status == 303,
       "another city is served meanwhile")
    ok(me.get("/admin").status == 200 and site.asker().get("/surakarta").status == 200,
       "and whoever reads is not held up")
    till = site.asker(token=site.token("surakarta", "officer"))
    path = "/api/v1/cities/surakarta/festivals/sgs-2021/purchases/batch"
    got = [till.send(path, []) for _ in range(12)]
    bad = [a for a in got if a.status == 429]
    ok(bad and bad[-1].json()["rule"] == "limit-changes" and bad[-1].json()["status"] == 429
       and bad[-1].head["content-type"] == "application/problem+json"
       and "retry-after" in bad[-1].head, "a till is told in JSON", [a.status for a in got])


def streams(site):
    held = []
    for _ in range(2):
        viewer = site.asker()
        viewer.close = lambda: None                 # keep it open
        held.append((viewer, viewer.ask("GET", LIVE, stream=True)))
    ok(all(a.status == 200 for _, a in held), "two screens watch", [a.status for _, a in held])
    a = site.asker().get(LIVE)
    ok(a.status == 429 and "Sudah 2 layar" in a.text and a.head["retry-after"] == "30",
       "the third is told so", (a.status, a.text[:300]))
    for viewer, _ in held:
        viewer.conn.close()
    gone = threading.Event()
    for _ in range(300):
        a = site.asker().ask("GET", LIVE, stream=True)
        if a.status == 200:
            break
        gone.wait(0.05)
    ok(a.status == 200, "once they are gone there is room again", a.status)


def main():
    with Site() as site:
        site.run("demo", "--scale", "tiny")
        site.run("city", "add", "35.71")
        site.run("person", "add", "kediri", "ketua", "--role", "organiser", given="kata-sandi-9\n")
        ok("limit-changes" in site.run("limit", "kediri") and " 1000 " in site.run("limit", "kediri"),
           "what a city may is listed")
        site.run("limit", "server", "limit-changes", "2000")
        site.run("limit", "surakarta", "limit-changes", "1")
        site.run("limit", "surakarta", "limit-streams", "2")
        ok(" 2000 " in site.run("limit", "kediri") and "    1  " in site.run("limit", "surakarta"),
           "the server's holds where a city has none of its own", site.run("limit", "surakarta"))
        site.run("limit", "surakarta", "limit-changes", "0", status=1)
        site.run("limit", "surakarta", "limit-nothing", "7", status=1)
        site.serve()
        ketua = site.asker().sign_in("kediri", "ketua", "kata-sandi-9")
        page = ketua.get("/admin/settings").text
        ok("Batas kota ini" in page and "2.000" in page and "settings/limit-" not in page,
           "the city sees its limits and has no form for them")
        a = ketua.form("/admin/settings/limit-changes", {"value": "9"})
        ok(a.status == 404 and " 2000 " in site.run("limit", "kediri"), "and cannot change them",
           a.status)
        burst(site, ketua)
        streams(site)
        said = site.asker().get("/metrics").text
        count = dict(re.findall(r'laris_limit_refused_total{limit="([a-z-]+)"} (\d+)', said))
        ok(len(count) == 2 and all(int(n) > 0 for n in count.values()), "refusals are counted",
           count)
        site.run("limit", "kediri", "limit-tokens", "1")
        a = ketua.form("/admin/tokens", {"label": "Kasir 1", "role": "officer"})
        b = ketua.form("/admin/tokens", {"label": "Kasir 2", "role": "officer"})
        ok(a.status == 200 and b.status == 409 and "1 token yang berlaku" in b.text
           and 'value="Kasir 2"' in b.text, "one token and no more", (a.status, b.status))
    return done()


sys.exit(main())
