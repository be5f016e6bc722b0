"""A message of the organiser to merchants, by mail and WhatsApp: whom it is for,
how it reads, what the mail server says of each, what a crash leaves behind."""
import base64
import email
import email.policy
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from smtp_ import Post                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

CITY, SALE = "kediri", "pasar-raya"
A = f"/admin/festival/{SALE}/message"
PASSWORD = "kata-sandi-9"
TEXT = "Halo {nama usaha},\n\nbelanja di {gelaran} dicatat di {tautan}.\n.\nSalam – panitia"


def until(fine, seconds=20):
    end = time.monotonic() + seconds
    while not fine() and time.monotonic() < end:
        time.sleep(0.05)
    return fine()


def make(site, mails):
    """A sale that invites, with merchants: name -> (phone, e-mail)."""
    site.run("city", "add", "35.71")
    for login, role in (("ketua", "organiser"), ("pak-min", "officer"), ("awas", "auditor")):
        site.run("person", "add", CITY, login, "--role", role, given=PASSWORD + "\n")

    def request(*args):
        return subprocess.run([os.path.join(os.environ.get("LARIS_BUILD", ROOT + "/build"), "laris"),
                               "--db", site.db, "request", "--city", CITY, *args],
                              text=True, capture_output=True, check=False)
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 7 * 3600))
    request("--as", "ketua", "POST", "/admin/festival/new", "name=Pasar Raya Kediri", f"slug={SALE}",
            f"first_day={today}", f"last_day={today}", "target=0", "admission=open", "unit=50000",
            "counting=person")
    request("--as", "ketua", "POST", "/admin/venues", "name=Pasar Setono Betek", "kind=market")
    page = request("--as", "ketua", "GET", f"/admin/festival/{SALE}/admission").stdout
    venue = re.search(r'value="([0-9A-Z]{13})"', page).group(1)
    request("--as", "ketua", "POST", f"/admin/festival/{SALE}/state/inviting")
    for i, (name, (phone, mail, where)) in enumerate(mails.items()):
        r = request("POST", f"/{CITY}/{SALE}/join", f"name={name}", "sector=food",
                    f"phone={phone}", f"email={mail}", f"login=usaha{i}", f"password={PASSWORD}",
                    *([f"venue={venue}"] if where else []))
        if "303" not in r.stderr:
            raise RuntimeError(r.stderr + r.stdout[-400:])
    return venue


def written(board, **more):
    """A draft's page."""
    fields = {"whom": "admitted", "subject": "Pasar Raya: catat penjualan – segera", "body": TEXT,
              "reply_to": "panitia@contoh.id", **more}
    a = board.form(A + "/new", fields)
    return a.head.get("location", ""), a


def figures(page):
    return [int(x.replace(".", "")) for x in re.findall(r"<b>([\d.]+)</b>", page)]


def test_form(board):
    a = board.get(A)
    ok(a.status == 200 and "Belum ada pesan" in a.text and "mail-url" in a.text,
       "no messages yet; what the admin must set is said", a.text[-900:])
    a = board.get(A + "/new")
    ok(a.status == 200 and "{nama usaha}" in a.text, "writing: the words in braces are shown")
    for field, value, says in (("body", "Halo {nama}", "tidak dikenal"), ("reply_to", "x", "e-mail"),
                               ("subject", "a\r\nBcc: x@contoh.id", "huruf"),
                               ("sector", "sihir", "pilih")):
        _, a = written(board, **{field: value})
        ok(a.status == 422 and "belanja di" in a.text or field == "body" and a.status == 422,
           f"{field} {value!r}: refused, the rest is kept", f"{a.status} {a.text[-300:]}")
    _, a = written(board)
    ok(a.status == 422 and "base-url" in a.text, "a link needs the city's address", a.status)
    board.form("/admin/settings/base-url", {"value": "https://laris.contoh.id/"})


def test_rights(site, href):
    officer, auditor = (site.asker().sign_in(CITY, x, PASSWORD) for x in ("pak-min", "awas"))
    ok(officer.get(A).status == 403 and auditor.get(A).status == 200 and
       auditor.get(href).status == 200 and auditor.get(href + "/wa").status == 403,
       "officers do not see messages, auditors see them but not the numbers to write to")
    ok(auditor.form(href + "/send", {}).status == 403, "nor can they send")


def test_whom(board, venue):
    href, _ = written(board)
    page = board.get(href).text
    ok(figures(page)[:4] == [6, 4, 1, 1], "whom: 6, of them 4 with e-mail, 1 with a phone only",
       figures(page))
    ok("Halo Bakso Lik &amp; Sons," in page and "https://laris.contoh.id/m" in page,
       "the preview, as the first reads it", page[-3000:])
    other = re.search(r'href="([^"]*\?at=\w+)"', page).group(1)
    ok("Halo Getuk Mbok Yah," in board.get(other).text, "and the next")
    a = board.form(href, {"whom": "admitted", "venue": venue, "subject": "Untuk pasar",
                          "body": "Halo", "reply_to": "panitia@contoh.id"})
    ok(a.status == 303 and figures(board.get(href).text)[:2] == [2, 1],
       "changed: only those at the market", board.get(href).text[-2000:])
    for whom, n in (("never", 6), ("silent-3", 6), ("waiting", 0)):
        at, _ = written(board, whom=whom)
        ok(figures(board.get(at).text)[0] == n, f"{whom}: {n}", figures(board.get(at).text))
    ok(board.form(at + "/send", {}).status == 409, "to nobody nothing is sent")
    at, _ = written(board, sector="craft")
    ok(figures(board.get(at).text)[0] == 0, "another sector: nobody")
    ok(board.form(at + "/drop", {}).status == 303 and board.get(at).status == 404,
       "a draft is thrown away")


def test_without_mail(board):
    href, _ = written(board, subject="Tanpa surat")
    ok(board.form(href + "/send", {}).status == 303, "without a mail server it is sent off")
    page = board.get(href).text
    ok(figures(page)[3] == 6 and "mail-url" in page, "as WhatsApp only", figures(page))
    wa = board.get(href + "/wa").text
    links = re.findall(r'href="https://wa\.me/(\d+)\?text=([^"]+)"', wa)
    ok(len(links) == 2 and links[0][0] == "6281234567890" and
       links[0][1].startswith("%2ATanpa%20surat%2A%0A%0AHalo%20Bakso%20Lik%20%26%20Sons"),
       "prepared: number and text", links)
    mark = re.search(r'action="([^"]*/wa/\w+/yes[^"]*)"', wa).group(1).replace("&amp;", "&")
    ok(board.form(mark, {}).status == 303, "marked as contacted")
    wa = board.get(href + "/wa").text
    ok("dihubungi ketua" in wa and "1 dari 2" in wa, "which is kept, with who and when")
    ok(board.form(mark.replace("/yes", "/no"), {}).status == 303 and
       "0 dari 2" in board.get(href + "/wa").text, "and can be taken back")
    ok(board.form(href, {"whom": "admitted", "subject": "Lain lagi", "body": "Lain",
                         "reply_to": "a@contoh.id"}).status == 409 and
       board.form(href + "/send", {}).status == 409 and
       board.form(href + "/drop", {}).status == 409, "sent off: it does not change any more")
    ok(board.form(href + "/again", {}).status == 409, "mail that is not set is not tried")
    return href


def test_settings(board, post):
    for name, value in (("mail-url", "http://contoh.id"), ("mail-url", "smtp://a:b@contoh.id"),
                        ("mail-url", "smtp://contoh.id/lain"), ("mail-url", "contoh"),
                        ("mail-from", "Panitia"), ("mail-from", "P <a@contoh.id> x")):
        a = board.form("/admin/settings/" + name, {"value": value})
        ok(a.status == 422 and "smtp://" in a.text or "panitia@contoh.id" in a.text,
           f"{name} {value}: refused with what to write", a.status)
    for name, value in (("mail-url", f"smtp://127.0.0.1:{post.port}"),
                        ("mail-from", "Panitia Pasar Raya – Kediri <panitia@contoh.id>")):
        a = board.form("/admin/settings/" + name, {"value": value})
        ok(a.status == 303, f"{name} {value}", a.text[-400:])


def rows(board, href, show):
    """(shop, what was said) of those in a state."""
    page = board.get(f"{href}?show={show}").text
    return dict(re.findall(r'<tr><td>([^<]*)</td>.*?<td data-th="[^"]*">([^<]*)</td></tr>',
                           page, re.S))


def counts(board, href):
    return figures(board.get(href).text)[:4]      # gone, waiting, refused, none


def test_send(board, post):
    post.say = {"getuk@contoh.id": ["550 5.1.1 tidak ada <b>kotak</b> \x07 surat itu"],
                "soto@contoh.id": ["450 4.7.1 coba nanti"]}
    href, _ = written(board)
    ok(board.form(href + "/send", {}).status == 303, "sent off")
    ok(until(lambda: counts(board, href) == [2, 1, 1, 2]),
       "two taken, one waits, one refused, two without e-mail", counts(board, href))
    ok(sorted(post.to()) == ["bakso@contoh.id", "tahu@contoh.id"], "what arrived", post.to())
    sender, to, raw = post.taken[0]
    m = email.message_from_bytes(raw, policy=email.policy.default)
    ok(sender.startswith("<panitia@contoh.id>") and to == ["bakso@contoh.id"] and
       m["From"] == "Panitia Pasar Raya – Kediri <panitia@contoh.id>" and
       m["To"] == "bakso@contoh.id" and m["Reply-To"] == "panitia@contoh.id" and
       m["Subject"] == "Pasar Raya: catat penjualan – segera" and m["Date"] and m["Message-ID"],
       "the headers, read back", raw.decode())
    ok(m.get_content().replace("\r\n", "\n") ==
       "Halo Bakso Lik & Sons,\n\nbelanja di Pasar Raya Kediri dicatat di "
       "https://laris.contoh.id/m.\n.\nSalam – panitia\n", "and the text", m.get_content())
    ok(max(map(len, raw.split(b"\r\n"))) <= 76 and b"\n" not in raw.replace(b"\r\n", b"") and
       raw.isascii(), "in short lines of ASCII")
    said = rows(board, href, "refused")
    ok("550 5.1.1 tidak ada &lt;b&gt;kotak&lt;/b&gt; ? surat itu" in said.get("Getuk Mbok Yah", ""),
       "the server's sentence is told, harmless", said)
    said = rows(board, href, "waits")
    ok("450 4.7.1" in said.get("Soto Pak Min", "") and "1 kali" in said["Soto Pak Min"],
       "and of the one that waits, when it is tried again", said)
    post.say = {"getuk@contoh.id": ["421 4.3.2 tutup sebentar"]}
    n = len(post.taken)
    ok(board.form(href + "/again", {}).status == 303, "tried again")
    ok(until(lambda: "421" in rows(board, href, "waits").get("Getuk Mbok Yah", "") or
             len(post.taken) > n), "the server stops in between: it waits", rows(board, href, "waits"))
    ok(board.form(href + "/again", {}).status == 303 and
       until(lambda: counts(board, href) == [4, 0, 0, 2]), "and again: all have it",
       counts(board, href))
    ok(len(post.to()) == len(set(post.to())) == 4, "nobody got it twice", post.to())
    return href


def test_down(board, post, href):
    old = counts(board, href)
    at, _ = written(board, subject="Server mati")
    post.greeting = "554 tidak melayani"
    board.form(at + "/send", {})
    ok(until(lambda: any("554" in x for x in rows(board, at, "waits").values())),
       "a server that takes nothing: they wait, and one says why", rows(board, at, "waits"))
    time.sleep(1.5)
    tried = [x for x in rows(board, at, "waits").values() if "554" in x]
    ok(len(tried) == 1 and counts(board, at)[1] == 4, "the others were not tried in vain", tried)
    ok("mail-down" in board.get("/admin/jobs").text, "the list of jobs says so")
    post.greeting = "220 uji"
    board.form(at + "/again", {})
    ok(until(lambda: counts(board, at)[0] == 4) and counts(board, href) == old,
       "back again: all of them", counts(board, at))


def test_injection(site, board, post):
    """Names of merchants are what people typed."""
    boss = site.asker().sign_in(CITY, "usaha0", PASSWORD)
    a = boss.form("/m/shop", {"name": "Bakso\r\nBcc: lain@contoh.id", "sector": "food"})
    ok(a.status == 422, "no line break in a name", a.status)
    a = boss.form("/m/shop", {"name": "Bakso =?UTF-8?Q?=0D=0ABcc:_x@contoh.id?=", "sector": "food",
                              "email": "bakso@contoh.id", "phone": "081234567890"})
    ok(a.status == 303, "an encoded one is only a funny name", a.text[-300:])
    n = len(post.taken)
    at, _ = written(board, subject="Untuk {nama usaha}", body="Bcc: lain@contoh.id\n\n.\nQUIT")
    board.form(at + "/send", {})
    ok(until(lambda: counts(board, at)[0] == 4), "sent", counts(board, at))
    mine = [raw for _, to, raw in post.taken[n:] if "bakso@contoh.id" in to]
    m = email.message_from_bytes(mine[0], policy=email.policy.compat32)
    ok(len(mine) == 1 and m["Bcc"] is None and m["Subject"].startswith("=?UTF-8?B?"),
       "and stays one in the header", mine[0].decode())
    ok(m.get_payload(decode=True).replace(b"\r\n", b"\n") == b"Bcc: lain@contoh.id\n\n.\nQUIT\n",
       "a text of commands is a text", m.get_payload(decode=True))


def certificate(folder):
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    return cert, key


def test_tls(site):
    """smtps:// with a login of the operator's; a certificate nobody vouches for."""
    cert, key = certificate(site.dir)
    post = Post(tls=(cert, key), login=base64.b64encode(b"\0surat\0rahasia").decode())
    logins = os.path.join(site.dir, "logins")
    with open(logins, "w", encoding="ascii") as f:
        f.write("machine localhost login surat password rahasia\n")
    os.chmod(logins, 0o644)
    site.stop()
    open_to_all = subprocess.run([os.path.join(os.environ.get("LARIS_BUILD", ROOT + "/build"), "laris"),
                                  "--db", site.db, "serve", "--listen", "127.0.0.1:0",
                                  "--mail-logins", logins], capture_output=True, text=True, check=False)
    ok(open_to_all.returncode == 1 and "chmod 600" in open_to_all.stderr,
       "passwords that others can read: it does not start", open_to_all.stderr)
    os.chmod(logins, 0o600)
    site.serve("--mail-logins", logins)
    board = site.asker().sign_in(CITY, "ketua", PASSWORD)
    board.form("/admin/settings/mail-url", {"value": f"smtps://localhost:{post.port}"})
    at, _ = written(board, subject="Lewat TLS")
    board.form(at + "/send", {})
    ok(until(lambda: any("certificate" in x for x in rows(board, at, "waits").values())) and
       not post.commands, "a certificate nobody vouches for: nothing is said there",
       rows(board, at, "waits"))
    site.stop()
    site.serve("--mail-logins", logins, "--ca", cert)
    board = site.asker().sign_in(CITY, "ketua", PASSWORD)
    board.form(at + "/again", {})
    ok(until(lambda: counts(board, at)[0] == 4), "with --ca it is trusted, and signed in to",
       f"{counts(board, at)} {rows(board, at, 'waits')}")
    ok(any(x.startswith("AUTH PLAIN") for x in post.commands), "by the login of that machine")
    post.login = "lain"
    at, _ = written(board, subject="Kata sandi salah")
    board.form(at + "/send", {})
    ok(until(lambda: any("535" in x for x in rows(board, at, "waits").values())),
       "a wrong password is not the merchants' fault: they wait", rows(board, at, "waits"))
    ok("rahasia" not in board.get(at).text and
       not any(b"rahasia" in x for x in site.log), "the password is told nowhere")
    post.close()
    return at


def test_inside(site, post, at):
    """A mail server of the own network that no operator named is not spoken to."""
    site.stop()
    site.inside = "127.0.0.2,localhost:25"
    site.serve()
    board = site.asker().sign_in(CITY, "ketua", PASSWORD)
    board.form("/admin/settings/mail-url", {"value": f"smtp://127.0.0.1:{post.port}"})
    before = len(post.taken)
    board.form(at + "/again", {})
    ok(until(lambda: any("serve --inside" in x for x in rows(board, at, "waits").values())) and len(post.taken) == before,
       "an organiser's mail server inside the network: not spoken to", rows(board, at, "waits"))


def test_kill():
    """kill -9 while mails go out: nobody is left out, and at most the one in flight is twice."""
    with Site() as site:
        post = Post(slow=0.02)
        make(site, {f"Kios {i}": ("", f"kios{i}@contoh.id", False) for i in range(40)})
        site.serve()
        board = site.asker().sign_in(CITY, "ketua", PASSWORD)
        board.form("/admin/settings/mail-url", {"value": f"smtp://127.0.0.1:{post.port}"})
        board.form("/admin/settings/mail-from", {"value": "panitia@contoh.id"})
        at, _ = written(board, body="Halo", subject="Sekali saja")
        board.form(at + "/send", {})
        ok(until(lambda: len(post.taken) >= 15), "on the way")
        site.server.kill()
        site.server.wait()
        site.server = None
        before = len(post.taken)
        site.serve()
        board = site.asker().sign_in(CITY, "ketua", PASSWORD)
        ok(until(lambda: counts(board, at)[0] == 40), "after kill -9 it goes on by itself",
           counts(board, at))
        twice = [x for x in set(post.to()) if post.to().count(x) > 1]
        ok(len(set(post.to())) == 40 and before < 40, f"killed after {before}: all 40 have it")
        ok(len(twice) <= 1 and len(post.taken) <= 41, "at most the one in flight twice", twice)
        for who in twice:
            ids = {email.message_from_bytes(raw)["Message-ID"] for _, to, raw in post.taken
                   if who in to}
            ok(len(ids) == 1, "and as the same mail", ids)
        post.close()


def main():
    with Site() as site:
        post = Post()
        venue = make(site, {
            "Bakso Lik & Sons": ("081234567890", "bakso@contoh.id", True),
            "Getuk Mbok Yah": ("", "getuk@contoh.id", False),
            "Soto Pak Min": ("", "soto@contoh.id", False),
            "Tahu Takwa Bu Rini": ("", "tahu@contoh.id", False),
            "Wedang Ronde": ("081298765432", "", True),
            "Lapak Tanpa Apa-apa": ("", "", False)})
        site.serve()
        board = site.asker().sign_in(CITY, "ketua", PASSWORD)
        test_form(board)
        test_whom(board, venue)
        href = test_without_mail(board)
        test_rights(site, href)
        test_settings(board, post)
        href = test_send(board, post)
        test_down(board, post, href)
        test_injection(site, board, post)
        test_inside(site, post, test_tls(site))
        ok(site.run("check") is not None, "laris check is clean")
        post.close()
    test_kill()
    return done()


sys.exit(main())
