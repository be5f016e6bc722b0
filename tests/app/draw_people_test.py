"""A draw seen from a phone: the own coupons on the provisional list, an
objection and its answer; the hand-over with a photograph."""
import html
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from site_ import Site                                      # noqa: E402
from tap import done, ok                                    # noqa: E402

F = "/surakarta/sgs-2021"
JPEG = b"\xff\xd8\xff\xe0" + bytes(2_000_000)


def card_of(site, board):
    """A shopper's phone that has opened its card."""
    stall = site.asker().sign_in("surakarta", "pedagang")
    stall.get("/m")
    sold = stall.form("/m/sale", {"event": "people-1", "amount": "225000", "method": "cash",
                                  "day": "31/10/2021"})
    code = re.search(r"/claim/([0-9A-Z]+)", stall.get(sold.head["location"]).text) or \
        re.search(r"QR ([0-9A-Z]{8})", stall.get(sold.head["location"]).text)
    phone = site.asker()
    taken = phone.form(f"{F}/claim/{code.group(1)[-8:]}/take", {})
    phone.get(taken.head["location"])
    return phone


def rehearsal(board):
    made = board.form("/admin/draw", {"name": "Latihan orang", "slug": "orang", "rehearsal": "1"})
    draw = made.head["location"]
    board.form(f"{draw}/prize", {"title": "Kulkas", "code": "KULKAS", "cls": "A", "number": "2",
                                 "value": "5000000"})
    return draw


def objection(board, phone, draw):
    public = f"{F}/draw/orang/list"
    ok(phone.form(public, {"words": "x"}).status == 409, "no objection before the list is public")
    board.form(f"{draw}/list", {})
    a = phone.get(public)
    ok(a.status == 200 and "<b>4</b>" in a.text, "a phone sees its card's four coupons",
       a.text[-1500:])
    ok(phone.form(public, {"words": ""}).status == 422, "an objection has words")
    a = phone.form(public, {"words": "Nota Bu Rini <b>Rp 50.000</b> belum masuk."})
    ok(a.status == 303, "it is sent", a.text[:500])
    a = phone.get(public)
    ok("belum dijawab" in a.text and "&lt;b&gt;" in a.text and "1 masuk, 0 sudah" in a.text,
       "and stands on the page, as text")
    for _ in range(2):
        phone.form(public, {"words": "Lagi."})
    ok(phone.form(public, {"words": "Lagi."}).status == 409, "at most three from one card")
    away = re.search(r'href="(/admin/draw/\w+/objection/\w+)"',
                     board.get(f"{draw}/list").text).group(1)
    ok("Nota Bu Rini" in board.get(away).text, "the organiser reads it")
    ok(board.form(away, {"decision": "upheld", "answer": ""}).status == 422,
       "an answer has a reason")
    ok(board.form(away, {"decision": "upheld", "answer": "Nota dicatat."}).status == 303,
       "it is answered")
    ok(board.form(away, {"decision": "refused", "answer": "Tidak."}).status == 409, "once")
    a = phone.get(public)
    ok("Nota dicatat." in a.text and "3 masuk, 1 sudah" in a.text, "the phone reads the answer")


def hand_over(board, draw):
    board.form(f"{draw}/freeze", {"minutes": "60"})
    a = board.get(draw).text
    pasted = re.search(r"<textarea[^>]*>(.*?)</textarea>", a, re.S).group(1)
    board.form(f"{draw}/beacon", {"pasted": html.unescape(pasted)})
    board.form(f"{draw}/run", {})
    win = re.search(r'href="(/admin/draw/\w+/winner/\w+/1)"',
                    board.get(f"{draw}/winners").text).group(1)
    board.form(f"{win}/called", {})
    board.form(f"{win}/verified", {})
    a = board.upload(f"{win}/give", {"receiver": "Bu Sri"}, ("photo", "a.jpg", b"GIF89a"))
    ok(a.status == 422 and "JPG" in a.text, "only a picture", a.text[:300])
    a = board.upload(f"{win}/give", {"receiver": "Bu Sri"}, ("photo", "a.jpg", JPEG))
    ok(a.status == 303, "handed over with a photograph of 2 MB", a.text[:300])
    a = board.get(f"{win}/paper/photo")
    ok(a.status == 200 and a.head.get("content-type") == "image/jpeg", "which the staff sees")
    ok(board.get(f"{win}/paper/signed").status == 404, "no receipt was signed")


def main():
    with Site() as site:
        site.run("demo")
        site.serve()
        board = site.asker().sign_in("surakarta", "panitia")
        phone = card_of(site, board)
        draw = rehearsal(board)
        objection(board, phone, draw)
        hand_over(board, draw)
    return done()


sys.exit(main())
