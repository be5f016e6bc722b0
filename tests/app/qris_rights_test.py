"""Whose QRIS it is concerns the merchant and the organiser: what officers,
auditors and the public see of it, and who may say "paid in cash"."""
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

HERE, F = "surakarta", "/surakarta/sgs-2021"
NMID = "ID1021123456789"
STICKER = ("00020101021126660014COM.CONTOH.WWW011893600999000000123402150000001234567890303UMI"
           f"51440014ID.CO.QRIS.WWW0215{NMID}0303UMI5204581253033605802ID"
           "5918TAHU TAKWA BU RINI6006KEDIRI61056412362070703A0163045D83")


def codes(text):
    return text.count('class="qr"')


def main():
    with Site() as site:
        site.run("demo")
        site.serve()
        merchants = site.asker().get(
            f"/api/v1/cities/{HERE}/festivals/sgs-2021/merchants").json()["merchants"]
        shop_id = merchants[0]["id"]
        who = {role: site.asker().sign_in(HERE, login) for role, login in (
            ("merchant", "pedagang"), ("officer", "petugas"), ("organiser", "panitia"),
            ("auditor", "pengawas"))}
        shop = who["merchant"]
        a = shop.form("/m/qris", {"payload": STICKER})
        ok(a.status == 303, "a merchant's QRIS is read", a.text[-500:])
        sale = shop.form("/m/sale", {"event": "qris-rights-1", "amount": "80000",
                                     "method": "qris", "day": "31/10/2021"}).head["location"]
        ok(codes(shop.get(sale).text) == 1, "before the yes no sale shows it")
        a = shop.form("/m/qris/yes", {"seen": STICKER})
        ok(a.status == 303, "and used after the yes", a.text[-500:])
        ok(codes(shop.get(sale).text) == 2, "the merchant's sale has two codes")
        ok(codes(who["organiser"].get(sale).text) == 2, "the organiser sees both")
        ok(codes(who["officer"].get(sale).text) == 1, "an officer the one for coupons only")
        a = who["organiser"].get(f"/admin/merchant/{shop_id}/qris")
        ok(a.status == 200 and NMID in a.text, "the organiser's page names the account")
        for role in ("officer", "auditor", "merchant"):
            a = who[role].get(f"/admin/merchant/{shop_id}/qris")
            ok(a.status in (403, 404) and NMID not in a.text, f"no {role} sees that page")
        seen = [role for role in ("officer", "auditor") for path in
                ("/admin/audit", sale, "/post", "/m/qris") if NMID in who[role].get(path).text]
        ok(not seen and NMID not in who["organiser"].get("/admin/audit").text,
           "nor does it stand in the audit or elsewhere", str(seen))
        audit = who["organiser"].get("/admin/audit").text
        ok("qris.set" in audit and "TAHU TAKWA BU RINI" in audit,
           "the audit says that it was set, and the name")
        slug = merchants[0]["slug"]
        ok(NMID not in site.asker().get(f"{F}/merchant/{slug}").text, "nor on the public page")
        a = who["officer"].form(f"{sale}/cash", {})
        ok(a.status == 303 and "Tunai" in who["officer"].get(sale).text,
           "an officer may correct it to cash too")
        a = who["organiser"].form(f"/admin/merchant/{shop_id}/qris/drop", {})
        ok(a.status == 303 and NMID not in shop.get("/m/qris").text,
           "the organiser may take a QRIS away")
        ok("camera=(self)" in a.head.get("permissions-policy", ""),
           "pages may use the camera, others' frames may not")


main()
sys.exit(done())
