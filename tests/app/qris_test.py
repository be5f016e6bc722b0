"""laris qris check, as a till or a bank's clerk runs it: JSON on standard
output, or exit 1 and the reason.  No database is needed."""
import binascii
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LARIS = os.path.join(os.environ.get("LARIS_BUILD", os.path.join(ROOT, "build")), "laris")
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from tap import done, ok                                    # noqa: E402


def field(tag, value):
    return f"{tag:02d}{len(value):02d}{value}"


def sealed(body):
    body += "6304"
    return f"{body}{binascii.crc_hqx(body.encode(), 0xFFFF):04X}"


def sticker(kind="11", amount="", currency="360", name="SATE KELINCI"):
    """An invented merchant's QRIS, made of the fields themselves."""
    return sealed(
        field(0, "01") + field(1, kind) +
        field(26, field(0, "COM.CONTOH.WWW") + field(1, "936009990000001234") +
              field(2, "123456789") + field(3, "UKE")) +
        field(51, field(0, "ID.CO.QRIS.WWW") + field(2, "ID1021987654321") + field(3, "UKE")) +
        field(52, "5814") + field(53, currency) + (field(54, amount) if amount else "") +
        field(58, "ID") + field(59, name) + field(60, "SURAKARTA"))


def laris(*args):
    return subprocess.run([LARIS, "--db", "/nonexistent/laris.db", *args], text=True,
                          capture_output=True, check=False)


r = laris("qris", "check", sticker())
ok(r.returncode == 0, "a merchant's QRIS: exit 0", r.stderr)
ok(json.loads(r.stdout) == {"name": "SATE KELINCI", "city": "SURAKARTA", "postcode": None,
                            "nmid": "ID1021987654321", "criteria": "UKE", "mcc": "5814",
                            "once": False}, "its fields as JSON", r.stdout)
r = laris("qris", "check", sticker(), "--amount", "87500")
ok(json.loads(r.stdout or "{}").get("dynamic") == sticker("12", "87500"),
   "with an amount: the QRIS to pay it", r.stdout + r.stderr)
r = laris("qris", "check", sticker("12", "87500"))
ok(json.loads(r.stdout or "{}").get("amount") == 87500, "which is valid itself", r.stdout)
for payload, rule in ((sticker()[:-1], "qris-length"), (sticker() + "0", "qris-tag"),
                      (sticker().replace("SATE", "SOTO"), "qris-crc"),
                      (sticker(currency="702"), "qris-currency"),
                      (sticker(name=""), "qris-name"), ("halo", "qris-other")):
    r = laris("qris", "check", payload)
    ok(r.returncode == 1 and not r.stdout and f"[{rule}]" in r.stderr,
       f"not valid: exit 1 and the reason ({rule})", r.stderr)
for amount in ("0", "-5", "99999999999999", "1.5", "x"):
    r = laris("qris", "check", sticker(), "--amount", amount)
    ok(r.returncode == 1 and "[qris-amount-range]" in r.stderr, f"no such amount: {amount}",
       r.stderr)
ok(laris("qris", "check").returncode == 2, "without a payload: wrong use")
sys.exit(done())
