"""A practice comes in as a file through its page: kept once, the same file
again is the same practice; an altered one and a huge one leave nothing."""
import os
import sys

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

PAGE = "/admin/practice"


def main():
    with open(os.path.join(ROOT, "data/templates/great-sale-2021.json"), "rb") as f:
        solo = f.read()
    with Site() as site:
        site.run("demo", "--scale", "tiny")
        site.serve()
        me = site.asker().sign_in("surakarta", "panitia")
        me.get(PAGE)

        def bring(content, name="solo.json"):
            return me.upload(PAGE, {}, ("file", name, content))

        def kept():
            return site.run("template", "list", "surakarta").count("\treceived\t")

        a = bring(solo.replace(b"Mobil", b"Motor"))
        ok(a.status == 422 and kept() == 0, "an altered file: refused, nothing is kept",
           (a.status, a.text[:300]))
        a = bring(solo[:-200])
        ok(a.status == 422 and kept() == 0, "half a file: refused", a.status)
        a = bring(b"x" * (10 << 20))
        ok(a.status == 413 and kept() == 0, "ten megabytes: refused", a.status)
        a = bring(solo)
        ok(a.status == 303 and kept() == 1, "the file itself is kept", (a.status, a.text[:600]))
        to = a.head.get("location", "")
        ok(to.startswith(PAGE + "/") and "Solo Great Sale 2021" in me.get(to).text,
           "and its page follows", to)
        a = bring(solo, "again.json")
        ok(a.status == 303 and kept() == 1, "sent again it is the same one", a.status)
        ok(" broken" not in site.run("check"), "laris check is clean")
    return done()


sys.exit(main())
