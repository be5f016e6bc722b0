#!/usr/bin/env python3
"""Periksa undian Laris sendiri - check a Laris draw yourself.

    python3 verify.py [FOLDER] [--policy FILE] [--log LOG] [--en]
                      [--card NUMBER --secret SECRET [--phone PHONE]]

FOLDER is the published bundle; without it, where this file lies.  FILE says
whom you believe: keys of logs and witnesses (c2sp.org/tlog-policy).  LOG is
the address of the city's log (c2sp.org/tlog-tiles), or a folder with a copy
of it, as `laris log mirror` makes it: all of it is read.  Needs Python 3.8 or
later and nothing else: no other module, and no network but for LOG.  It was
written from the format alone and shares no line with the program `laris`.
If you do not trust who gave you the bundle, take this file from elsewhere.

Exit: 0 every promise was checked and holds, 1 something failed, 2 nothing
failed but not every promise could be checked.
"""
import binascii
import datetime
import functools
import hashlib
import hmac
import itertools
import os
import re
import stat
import struct
import sys

# ---- BLS12-381: one signature, key in G2, signature in G1 (RFC 9380) --------


def field(text):
    return [int(word, 16) for word in text.split()]


# The field's prime; G2's generator as x of a compressed point, second part first.
P, G2_B, G2_A = field("""
    1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab
    93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e
    024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8
""")
R = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001     # order of the groups
X = 0xd201000000010000                                     # minus the curve's parameter
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
G2 = "%096x%096x" % (G2_B, G2_A)

# RFC 9380, 8.8.1 and appendix E.2: the curve that is 11-isogenous to G1's.
A, B = field("""
    00144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d
    12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0
""")
X_NUM = field("""
    11a05f2b1e833340b809101dd99815856b303e88a2d7005ff2627b56cdb4e2c85610c2d5f2e62d6eaeac1662734649b7
    17294ed3e943ab2f0588bab22147a81c7c17e75b2f6a8417f565e33c70d1e86b4838f2a6f318c356e834eef1b3cb83bb
    0d54005db97678ec1d1048c5d10a9a1bce032473295983e56878e501ec68e25c958c3e3d2a09729fe0179f9dac9edcb0
    1778e7166fcc6db74e0609d307e55412d7f5e4656a8dbf25f1b33289f1b330835336e25ce3107193c5b388641d9b6861
    0e99726a3199f4436642b4b3e4118e5499db995a1257fb3f086eeb65982fac18985a286f301e77c451154ce9ac8895d9
    1630c3250d7313ff01d1201bf7a74ab5db3cb17dd952799b9ed3ab9097e68f90a0870d2dcae73d19cd13c1c66f652983
    0d6ed6553fe44d296a3726c38ae652bfb11586264f0f8ce19008e218f9c86b2a8da25128c1052ecaddd7f225a139ed84
    17b81e7701abdbe2e8743884d1117e53356de5ab275b4db1a682c62ef0f2753339b7c8f8c8f475af9ccb5618e3f0c88e
    080d3cf1f9a78fc47b90b33563be990dc43b756ce79f5574a2c596c928c5d1de4fa295f296b74e956d71986a8497e317
    169b1f8e1bcfa7c42e0c37515d138f22dd2ecb803a0c5c99676314baf4bb1b7fa3190b2edc0327797f241067be390c9e
    10321da079ce07e272d8ec09d2565b0dfa7dccdde6787f96d50af36003b14866f69b771f8c285decca67df3f1605fb7b
    06e08c248e260e70bd1e962381edee3d31d79d7e22c837bc23c0bf1bc24c6b68c24b1b80b64d391fa9c8ba2e8ba2d229
""")
X_DEN = field("""
    08ca8d548cff19ae18b2e62f4bd3fa6f01d5ef4ba35b48ba9c9588617fc8ac62b558d681be343df8993cf9fa40d21b1c
    12561a5deb559c4348b4711298e536367041e8ca0cf0800c0126c2588c48bf5713daa8846cb026e9e5c8276ec82b3bff
    0b2962fe57a3225e8137e629bff2991f6f89416f5a718cd1fca64e00b11aceacd6a3d0967c94fedcfcc239ba5cb83e19
    03425581a58ae2fec83aafef7c40eb545b08243f16b1655154cca8abc28d6fd04976d5243eecf5c4130de8938dc62cd8
    13a8e162022914a80a6f1d5f43e7a07dffdfc759a12062bb8d6b44e833b306da9bd29ba81f35781d539d395b3532a21e
    0e7355f8e4e667b955390f7f0506c6e9395735e9ce9cad4d0a43bcef24b8982f7400d24bc4228f11c02df9a29f6304a5
    0772caacf16936190f3e0c63e0596721570f5799af53a1894e2e073062aede9cea73b3538f0de06cec2574496ee84a3a
    14a7ac2a9d64a8b230b3f5b074cf01996e7f63c21bca68a81996e1cdf9822c580fa5b9489d11e2d311f7d99bbdcc5a5e
    0a10ecf6ada54f825e920b3dafc7a3cce07f8d1d7161366b74100da67f39883503826692abba43704776ec3a79a1d641
    095fc13ab9e92ad4476d6e3eb3a56680f682b4ee96f7d03776df533978f31c1593174e4b4b7865002d6384d168ecdd0a
""")
Y_NUM = field("""
    090d97c81ba24ee0259d1f094980dcfa11ad138e48a869522b52af6c956543d3cd0c7aee9b3ba3c2be9845719707bb33
    134996a104ee5811d51036d776fb46831223e96c254f383d0f906343eb67ad34d6c56711962fa8bfe097e75a2e41c696
    00cc786baa966e66f4a384c86a3b49942552e2d658a31ce2c344be4b91400da7d26d521628b00523b8dfe240c72de1f6
    01f86376e8981c217898751ad8746757d42aa7b90eeb791c09e4a3ec03251cf9de405aba9ec61deca6355c77b0e5f4cb
    08cc03fdefe0ff135caf4fe2a21529c4195536fbe3ce50b879833fd221351adc2ee7f8dc099040a841b6daecf2e8fedb
    16603fca40634b6a2211e11db8f0a6a074a7d0d4afadb7bd76505c3d3ad5544e203f6326c95a807299b23ab13633a5f0
    04ab0b9bcfac1bbcb2c977d027796b3ce75bb8ca2be184cb5231413c4d634f3747a87ac2460f415ec961f8855fe9d6f2
    0987c8d5333ab86fde9926bd2ca6c674170a05bfe3bdd81ffd038da6c26c842642f64550fedfe935a15e4ca31870fb29
    09fc4018bd96684be88c9e221e4da1bb8f3abd16679dc26c1e8b6e6a1f20cabe69d65201c78607a360370e577bdba587
    0e1bba7a1186bdb5223abde7ada14a23c42a0ca7915af6fe06985e7ed1e4d43b9b3f7055dd4eba6f2bafaaebca731c30
    19713e47937cd1be0dfd0b8f1d43fb93cd2fcbcb6caf493fd1183e416389e61031bf3a5cce3fbafce813711ad011c132
    18b46a908f36f6deb918c143fed2edcc523559b8aaf0c2462e6bfe7f911f643249d9cdf41b44d606ce07c8a4d0074d8e
    0b182cac101b9399d155096004f53f447aa7b12a3426b08ec02710e807b4633f06c851c1919211f20d4c04f00b971ef8
    0245a394ad1eca9b72fc00ae7be315dc757b3b080d4c158013e6632d3c40659cc6cf90ad1c232a6442d9d3f5db980133
    05c129645e44cf1102a159f748c4a3fc5e673d81d7e86568d9ab0f5d396a7ce46ba1049b6579afb7866b1e715475224b
    15e6be4e990f03ce4ea50b3b42df2eb5cb181d8f84965a3957add4fa95af01b2b665027efec01c7704b456be69c8b604
""")
Y_DEN = field("""
    16112c4c3a9c98b252181140fad0eae9601a6de578980be6eec3232b5be72e7a07f3688ef60c206d01479253b03663c1
    1962d75c2381201e1a0cbd6c43c348b885c84ff731c4d59ca4a10356f453e01f78a4260763529e3532f6102c2e49a03d
    058df3306640da276faaae7d6e8eb15778c4855551ae7f310c35a5dd279cd2eca6757cd636f96f891e2538b53dbf67f2
    16b7d288798e5395f20d23bf89edb4d1d115c5dbddbcd30e123da489e726af41727364f2c28297ada8d26d98445f5416
    0be0e079545f43e4b00cc912f8228ddcc6d19c9f0f69bbb0542eda0fc9dec916a20b15dc0fd2ededda39142311a5001d
    08d9e5297186db2d9fb266eaac783182b70152c65550d881c5ecd87b6f0f5a6449f38db9dfa9cce202c6477faaf9b7ac
    166007c08a99db2fc3ba8734ace9824b5eecfdfa8d0cf8ef5dd365bc400a0051d5fa9c01a58b1fb93d1a1399126a775c
    16a3ef08be3ea7ea03bcddfabba6ff6ee5a4375efa1f4fd7feb34fd206357132b920f5b00801dee460ee415a15812ed9
    1866c8ed336c61231a1be54fd1d74cc4f9fb0ce4c6af5920abc5750c4bf39b4852cfe2f7bb9248836b233d9d55535d4a
    167a55cda70a6e1cea820597d94a84903216f763e13d87bb5308592e7ea7d4fbc7385ea3d529b35e346ef48bb8913f55
    04d2f259eea405bd48f010a01ad2911d9c6dd039bb61a6290e591b36e636a5c871a5c29f4f83060400f8b49cba8f6aa8
    0accbb67481d033ff5852c1e48c50c477f94ff8aefce42d28c0f9a88cea7913516f968986f7ebbea9684b529e2561092
    0ad6b9514c767fe3c3613144b45f1496543346d98adf02267d5ceef9a00d9b8693000763e3b90ac11e99b138573345cc
    02660400eb2e4f3b628bdd0d53cd76f2bf565b94e72927c1cb748df27942480e420517bd8714cc80d1fadc1326ed06f7
    0e0fa1d816ddc03e6b24255e0d7819c171c40f65e273b853324efcd6356caa205ca2f570f13497804415473a1d634b8f
""")


class Wrong(Exception):
    """What is not as it must be: the code of a reason, and what it speaks of."""


def need(good, code, *args):
    if not good:
        raise Wrong(code, *args)


def sha(data):
    return hashlib.sha256(data).digest()


def root_of(a):
    """A square root modulo P, or None (P is 3 modulo 4)."""
    r = pow(a, (P + 1) // 4, P)
    return r if r * r % P == a % P else None


# Fp2 is a pair (a, b) = a + b u with u*u = -1.
def mul2(a, b):
    x, y = a[0] * b[0], a[1] * b[1]
    return (x - y) % P, ((a[0] + a[1]) * (b[0] + b[1]) - x - y) % P


def sub2(a, b):
    return (a[0] - b[0]) % P, (a[1] - b[1]) % P


def inv2(a):
    n = pow(a[0] * a[0] + a[1] * a[1], -1, P)
    return a[0] * n % P, -a[1] * n % P


def root2(a):
    s = root_of(a[0] * a[0] + a[1] * a[1])
    for t in () if s is None else (s, -s):
        x = root_of((a[0] + t) * pow(2, -1, P) % P)
        if x:
            r = (x, a[1] * pow(2 * x, -1, P) % P)
            if mul2(r, r) == (a[0] % P, a[1] % P):
                return r
    return None


def read_x(data, n):
    """x of a compressed point and whether its y is the larger one."""
    need(data[0] & 0xc0 == 0x80, "beacon-signature")        # compressed, not infinity
    x = [int.from_bytes(data[i:i + 48], "big") for i in range(0, 48 * n, 48)]
    x[0] &= (1 << 381) - 1
    need(max(x) < P, "beacon-signature")
    return x, bool(data[0] & 0x20)


def read_g1(data):
    (x,), large = read_x(data, 1)
    y = root_of(x * x * x + 4)
    need(y is not None, "beacon-signature")
    point = (x, y if (y > P - y) == large else P - y)
    need(times(R, point) is None, "beacon-signature")       # in the group of order R
    return point


def read_g2(data):
    (b, a), large = read_x(data, 2)
    x = (a, b)
    y = root2(tuple((s + 4) % P for s in mul2(mul2(x, x), x)))
    is_large = y[1] > P - y[1] if y[1] else y[0] > P - y[0]
    return x, y if is_large == large else (-y[0] % P, -y[1] % P)


def add(p, q):
    """On y^2 = x^3 + 4 over Fp; None is infinity."""
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        m = 3 * p[0] * p[0] * pow(2 * p[1], -1, P)
    else:
        m = (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    x = (m * m - p[0] - q[0]) % P
    return x, (m * (p[0] - x) - p[1]) % P


def times(n, p):
    out = None
    for bit in bin(n)[2:]:
        out = add(out, out)
        if bit == "1":
            out = add(out, p)
    return out


def expand(message):
    """RFC 9380, 5.3.1: 128 bytes for two numbers of the field."""
    domain = DOMAIN + bytes([len(DOMAIN)])
    first = sha(b"\0" * 64 + message + b"\0\x80\0" + domain)
    out = [sha(first + b"\1" + domain)]
    for i in range(2, 5):
        out.append(sha(bytes(x ^ y for x, y in zip(first, out[-1])) + bytes([i]) + domain))
    data = b"".join(out)
    return int.from_bytes(data[:64], "big") % P, int.from_bytes(data[64:], "big") % P


def poly(k, x, monic=False):
    out = 1 if monic else 0
    for c in reversed(k):
        out = (out * x + c) % P
    return out


def to_curve(u):
    """RFC 9380, 6.6.2 with Z = 11, then the isogeny to G1's curve."""
    z = 11 * u * u % P
    t = (z * z + z) % P
    x = -B * pow(A, -1, P) * (1 + pow(t, -1, P)) % P if t else B * pow(11 * A, -1, P) % P
    y = root_of(x * x * x + A * x + B)
    if y is None:
        x = z * x % P
        y = root_of(x * x * x + A * x + B)
    if y % 2 != u % 2:
        y = P - y
    return (poly(X_NUM, x) * pow(poly(X_DEN, x, True), -1, P) % P,
            y * poly(Y_NUM, x) * pow(poly(Y_DEN, x, True), -1, P) % P)


def hash_to_g1(message):
    u, v = expand(message)
    return times(1 + X, add(to_curve(u), to_curve(v)))


# Fp12 is 12 numbers: powers of w, with w^12 = 2 w^6 - 2; so u = w^6 - 1.
def mul12(a, b):
    t = [0] * 23
    for i, x in enumerate(a):
        if x:
            for j, y in enumerate(b):
                t[i + j] += x * y
    for i in range(22, 11, -1):
        t[i - 6] += 2 * t[i]
        t[i - 12] -= 2 * t[i]
    return [x % P for x in t[:12]]


def line(t, m, p):
    """The line through t with slope m at p, times w^3, which the last power forgets."""
    out = [0] * 12
    const = sub2(mul2(m, t[0]), t[1])
    slope = (-m[0] * p[0] % P, -m[1] * p[0] % P)
    for at, v in ((0, const), (2, slope), (3, (p[1], 0))):
        out[at] += v[0] - v[1]
        out[at + 6] += v[1]
    return out


def step(t, q, p):
    """t + q on the twist, and the line through both at p."""
    if t == q:
        s = mul2(t[0], t[0])
        m = mul2((3 * s[0], 3 * s[1]), inv2((2 * t[1][0], 2 * t[1][1])))
    else:
        m = mul2(sub2(q[1], t[1]), inv2(sub2(q[0], t[0])))
    x = sub2(sub2(mul2(m, m), t[0]), q[0])
    return (x, sub2(mul2(m, sub2(t[0], x)), t[1])), line(t, m, p)


def pairs_to_one(pairs):
    """Is the product of the pairings of (p in G1, q in G2) one?"""
    f, ts = [1] + [0] * 11, [q for _, q in pairs]
    for bit in bin(X)[3:]:
        f = mul12(f, f)
        for i, (p, q) in enumerate(pairs):
            ts[i], value = step(ts[i], ts[i], p)
            f = mul12(f, value)
            if bit == "1":
                ts[i], value = step(ts[i], q, p)
                f = mul12(f, value)
    out = [1] + [0] * 11
    for bit in bin((P ** 12 - 1) // R)[2:]:
        out = mul12(out, out)
        if bit == "1":
            out = mul12(out, f)
    return out == [1] + [0] * 11


@functools.lru_cache(None)
def signed(key, round_, signature):
    """Did this key sign the round?  e(signature, generator) = e(hash, key)."""
    try:
        point = read_g1(bytes.fromhex(signature))
    except Wrong:
        return False
    x, y = read_g2(bytes.fromhex(G2))
    minus = (x, (-y[0] % P, -y[1] % P))
    return pairs_to_one([(point, minus), (hash_to_g1(sha(struct.pack(">Q", round_))),
                                          read_g2(bytes.fromhex(key)))])


# drand quicknet (https://api.drand.sh/<chain>/info), and the chain of rehearsals,
# whose secret everybody knows: its signature only shows that it is a rehearsal.
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
REHEARSAL = "d916bd9a777e2fa4c8b015bdda411dd8fc10be3b6b3d9a37c7f77c454fe805e9"
KEYS = {
    QUICKNET: "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
              "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
              "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    REHEARSAL: "98b7ca663a621c4360f4ee7e69ca5749579b549305f1583a9d4d21d601a84e30"
               "35cd708f1da472beca528d269aaeabcc033e18174cdb95b28ef8b7588866d849"
               "3c743a1fd9277f413bde53a251cdd6aa9adea5713f6f33d77a8c0598f31a0789",
}

# ---- the files ----------------------------------------------------------------

TOP = 1 << 64
HEX64 = rb"[0-9a-f]{64}"
NUMBER = rb"(?:0|[1-9][0-9]{0,19})"
WORD = rb"[\x21-\x7e]{1,64}"
FREEZE = re.compile(
    rb"laris-undian/v1\ndraw (?P<draw>" + WORD + rb")\nentries (?P<entries>" + NUMBER
    + rb")\ncoupons (?P<coupons>" + NUMBER + rb")\nroot (?P<root>" + HEX64
    + rb")\nprizes (?P<prizes>" + HEX64 + rb")\nineligible (?P<ineligible>" + HEX64
    + rb")\n(?:rules (?P<rules>" + HEX64 + rb")\n)?drand (?P<drand>" + HEX64
    + rb")\nround (?P<round>" + NUMBER + rb")\n")
SUM = re.compile(rb"(" + HEX64 + rb")  ([^\x00-\x1f\x7f\\]{1,200})")
# What is said of a draw later, as one entry of the log each.
ABOUT = rb"prize (?P<prize>" + WORD + rb")\nplace (?P<place>" + NUMBER + rb")\n"
REASON = (rb"reason (?:absent|unclaimed|refused|identity|ineligible|purchase|same-person)\n")
ROUND = rb"drand (?P<drand>" + HEX64 + rb")\nround (?P<round>" + NUMBER + rb")\n"
TOLD = {
    "redraw": ABOUT + REASON + ROUND,
    "returned": ABOUT + REASON,
    "handover": ABOUT + rb"day [0-9]{4}-[0-9]{2}-[0-9]{2}\n",
    "sample": rb"count (?P<count>" + NUMBER + rb")\n" + ROUND,
    "annulment": ROUND + rb"reason beacon-late\nat (?P<at>2[01][0-9]{2}-[0-9]{2}-[0-9]{2}"
                         rb"T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\nnotary (?P<notary>[^\n]+)\n"
                         rb"deed (?P<deed>[^\n]+)\n",
}
NAMES = ("freeze.txt", "freeze.tlog-proof", "entries.bin", "prizes.tsv", "ineligible.txt",
         "rules.txt", "beacon.txt", "winners.tsv", "transcript.tsv", "policy.txt",
         "verify.py", "README.txt", "berita-acara.pdf", "sample.txt", "sample.tlog-proof",
         "sample-beacon.txt", "sample.tsv", "annulment.txt", "annulment.tlog-proof")
LARGEST = {"freeze.txt": 4096, "beacon.txt": 1024, "prizes.tsv": 4 << 20, "rules.txt": 4 << 20,
           "ineligible.txt": 80 << 20, "SHA256SUMS": 1 << 18, "entries.bin": 48 * 10 ** 9,
           "policy.txt": 1 << 16}
MOST_TOLD, MOST_PROOF = 4096, 1 << 18
LATE = 72 * 3600                        # past due, before a notary may annul
GENESIS, PERIOD = 1692803367, 3         # quicknet: round R is due at GENESIS + 3 (R - 1)


def lines(data, code, name):
    need(not data or data.endswith(b"\n"), code, name)
    return data.split(b"\n")[:-1]


def number(text, low, code, name):
    need(re.fullmatch(NUMBER, text) and low <= int(text) < TOP, code, name)
    return int(text)


def of_the_log(name):
    """Made by the log as it is when somebody asks; a proof speaks for itself."""
    return name.endswith(".tlog-proof") or name == "policy.txt"


def utf8(text):
    try:
        return text.decode("utf-8") is not None
    except UnicodeDecodeError:
        return False


def plain(text):
    return utf8(text) and not re.search(rb"[\x00-\x1f\x7f]", text)


# ---- the public log: is freeze.txt in it, and who saw that when? (C2SP, RFC 6962) ----

Q = 2 ** 255 - 19                                           # Ed25519, RFC 8032
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, Q) % Q
SPACES = {chr(c) for c in (0x85, 0xa0, 0x1680, *range(0x2000, 0x200b), 0x2028, 0x2029, 0x202f,
                           0x205f, 0x3000)}


# A point is (X, Y, Z, T): x = X/Z, y = Y/Z, x y = T/Z (RFC 8032, 5.1.4).
def ed_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % Q, (p[1] + p[0]) * (q[1] + q[0]) % Q
    c, d = 2 * D * p[3] * q[3] % Q, 2 * p[2] * q[2] % Q
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % Q, g * h % Q, f * g % Q, e * h % Q


def ed_same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % Q == (p[1] * q[2] - q[1] * p[2]) % Q == 0


def ed_times(n, p):
    out = (0, 1, 1, 0)
    for bit in bin(n)[2:]:
        out = ed_add(out, out)
        if bit == "1":
            out = ed_add(out, p)
    return out


@functools.lru_cache(None)
def ed_read(data):
    """A point, or None: not written as it must be, or of small order."""
    y, odd = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    if y >= Q:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(square, (Q + 3) // 8, Q)
    if (x * x - square) % Q:
        x = x * pow(2, (Q - 1) // 4, Q) % Q
    if (x * x - square) % Q:
        return None
    x = Q - x if x % 2 != odd else x
    point = (x, y, 1, x * y % Q)
    return None if ed_same(ed_times(8, point), (0, 1, 1, 0)) else point


@functools.lru_cache(None)
def ed_ok(key, signature, text):
    a, r = ed_read(key), ed_read(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if not a or not r or s >= ORDER:
        return False
    h = hashlib.sha512(signature[:32] + key + text).digest()
    base = ed_read((4 * pow(5, -1, Q) % Q).to_bytes(32, "little"))
    return ed_same(ed_times(s, base), ed_add(r, ed_times(int.from_bytes(h, "little") % ORDER, a)))


def base64(text, size=None):
    """Bytes of the only spelling, or None."""
    try:
        data = binascii.a2b_base64(text)
    except ValueError:
        return None
    good = binascii.b2a_base64(data, newline=False) == text
    return data if good and size in (None, len(data)) else None


def name_ok(name):
    return 0 < len(name) <= 1024 and utf8(name) and not any(
        c <= " " or c == "+" or c in SPACES for c in name.decode())


def read_key(text, kind):
    """(name, id, key) of "name+id+base64"; kind 1 signs logs, 4 is a witness."""
    m = re.fullmatch(rb"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text)
    data = m and base64(m[3], 33)
    need(data and name_ok(m[1]) and data[0] == kind, "policy-format")
    need(sha(m[1] + b"\n" + data)[:4].hex().encode() == m[2], "policy-format")
    return m[1], bytes.fromhex(m[2].decode()), data[1:]


class Policy:
    """Whom to believe (c2sp.org/tlog-policy)."""

    def __init__(self, text):
        bad = "policy-format"
        self.logs, self.names, self.quorum, taken = [], {}, None, set()
        need(len(text) <= 1 << 16 and text.endswith(b"\n"), bad)
        need(not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", text), bad)
        for row in text.split(b"\n")[:-1]:
            word = re.findall(rb"[^ \t]+", row)
            if not word or word[0].startswith(b"#"):
                continue
            need(len(word) <= 67, bad)
            what, n = word[0], len(word)
            if what == b"log":
                need(2 <= n <= 3 and len(self.logs) < 64, bad)
                key = read_key(word[1], 1)
                need(key[2] not in [k[2] for k in self.logs], bad)
                self.logs.append(key)
                continue
            if what == b"quorum":
                need(n == 2 and self.quorum is None, bad)
                need(word[1] == b"none" or word[1] in self.names, bad)
                self.quorum = word[1]
                continue
            need(what in (b"witness", b"group") and n >= 3 and len(self.names) < 64, bad)
            need(word[1] not in self.names and word[1] != b"none", bad)
            if what == b"witness":
                key = read_key(word[2], 4)
                need(n <= 4 and key[2] not in [w[2] for w in self.names.values()], bad)
                self.names[word[1]] = key
            else:
                need(n >= 4 and len(set(word[3:])) == n - 3, bad)
                need(all(w in self.names and w not in taken for w in word[3:]), bad)
                taken.update(word[3:])
                k = {b"any": 1, b"all": n - 3}.get(word[2])
                if k is None:
                    need(re.fullmatch(rb"[1-9][0-9]{0,2}", word[2]), bad)
                    k = int(word[2])
                need(k <= n - 3, bad)
                self.names[word[1]] = (k, word[3:], None)
        need(self.quorum is not None, bad)


class Note:
    """A signed text (c2sp.org/signed-note) that is a checkpoint."""

    def __init__(self, data):
        bad, cut = "proof-format", data.rfind(b"\n\n")
        need(len(data) <= 1 << 17 and cut >= 0 and data.endswith(b"\n"), bad)
        need(utf8(data) and not re.search(rb"[\x00-\x09\x0b-\x1f]", data), bad)
        self.text, self.signatures = data[:cut + 1], []
        for row in data[cut + 2:].split(b"\n")[:-1]:
            m = re.fullmatch("\u2014 ([^ ]+) ([A-Za-z0-9+/=]{1,8192})".encode(), row)
            made = m and base64(m[2])
            need(made and len(made) > 4 and name_ok(m[1]), bad)
            self.signatures.append((m[1], made[:4], made[4:]))
        need(0 < len(self.signatures) <= 64, bad)
        m = re.fullmatch(rb"([^\n]+)\n(" + NUMBER + rb")\n([^\n]+)\n((?:[^\n]+\n)*)", self.text)
        need(m and int(m[2]) < 1 << 63 and base64(m[3], 32), bad)
        self.origin, self.size, self.root = m[1], int(m[2]), base64(m[3], 32)

    def signed_at(self, key, witness):
        """None: not signed by this key; else when, or 0 for a log."""
        times_ = []
        for name, id_, signature in self.signatures:
            if (name, id_) != key[:2]:
                continue
            text, at = self.text, 0
            if witness:
                need(len(signature) == 72, "log-forged", self.origin.decode())
                at, signature = int.from_bytes(signature[:8], "big"), signature[8:]
                text = b"cosignature/v1\ntime %d\n" % at + text
            need(at < 1 << 63 and len(signature) == 64 and ed_ok(key[2], signature, text),
                 "log-forged", self.origin.decode())
            times_.append(at)
        return min(times_, default=None)

    def quorum_at(self, policy):
        """How many witnesses, and when the last one that is needed had signed."""
        origin = self.origin.decode()
        logs = [k for k in policy.logs if k[0] == self.origin]
        need(logs, "log-stranger", origin)
        need([k for k in logs if self.signed_at(k, False) is not None], "log-unsigned", origin)
        at, count, never = {}, 0, 1 << 64
        for name, (x, members, key) in policy.names.items():
            if key is None:
                at[name] = sorted(at[m] for m in members)[x - 1]
                continue
            t = self.signed_at((x, members, key), True)
            count += t is not None
            at[name] = never if t is None else t
        when = 0 if policy.quorum == b"none" else at[policy.quorum]
        # A time no clock shows is none: who signs with it says nothing.
        need(when < (1 << 63) - 1, "log-quorum")
        return count, when


def read_proof(data):
    """(index, hashes, the checkpoint) of a .tlog-proof."""
    bad = "proof-format"
    m = re.match(rb"c2sp\.org/tlog-proof@v1\n(?:extra ([^\n]*)\n)?index (" + NUMBER
                 + rb")\n((?:[^\n]+\n){0,64})\n", data)
    need(m and len(data) <= 1 << 18 and m.end() < len(data), bad)
    need(m[1] is None or base64(m[1]) is not None, bad)
    need(int(m[2]) < 1 << 63, bad)
    hashes = [base64(row, 32) for row in m[3].split(b"\n")[:-1]]
    need(None not in hashes, bad)
    return int(m[2]), hashes, data[m.end():]


def is_in(entry, index, hashes, size, root):
    """RFC 9162, 2.1.3.2."""
    f, s, h = index, size - 1, sha(b"\0" + entry)
    if index >= size:
        return False
    for x in hashes:
        if s == 0:
            return False
        if f & 1 or f == s:
            h = sha(b"\1" + x + h)
            while f and not f & 1:
                f, s = f >> 1, s >> 1
        else:
            h = sha(b"\1" + h + x)
        f, s = f >> 1, s >> 1
    return s == 0 and h == root


# ---- the bundle ----------------------------------------------------------------


class Tree:
    """RFC 6962: the root of leaves that come one by one."""

    def __init__(self):
        self.full = []                  # (size, hash), sizes fall

    def leaf(self, data):
        self.full.append((1, sha(b"\0" + data)))
        while len(self.full) > 1 and self.full[-2][0] == self.full[-1][0]:
            self.join()

    def join(self):
        (n, right), (m, left) = self.full.pop(), self.full.pop()
        self.full.append((n + m, sha(b"\1" + left + right)))

    def root(self):
        """As it is now; more leaves may come."""
        out = self.full[-1][1]
        for _, left in reversed(self.full[:-1]):
            out = sha(b"\1" + left + out)
        return out


class Bundle:
    def __init__(self, folder):
        self.folder = folder
        self.f = None
        self.listed = False
        self.won = None                 # [prize, place, cid], once winners.tsv follows
        self.said = []                  # (name, bytes, round) of what was said later
        self.names = []                 # files of after/ that belong there
        self.since = 0                  # before this second it may not be annulled
        self.annulled = False
        self.heads = {}                 # size -> roots that were signed
        self.at = self.origin = None    # where freeze.txt is, in which log

    def path(self, name):
        return os.path.join(self.folder, name)

    def there(self, name):
        return os.path.lexists(self.path(name))

    def read(self, name, most=None):
        """A plain file; no piece of the way to it is a link."""
        most = most or LARGEST.get(name, TOP)
        at, pieces = self.folder, name.split("/")
        for i, piece in enumerate(pieces):
            at = os.path.join(at, piece)
            need(os.path.lexists(at), "file-missing", name)
            kind = stat.S_ISREG if i == len(pieces) - 1 else stat.S_ISDIR
            need(kind(os.lstat(at).st_mode), "file-not-plain", name)
        need(os.lstat(at).st_size <= most, "file-too-large", name)
        try:
            with open(at, "rb") as f:
                return f.read()
        except OSError:
            raise Wrong("file-unreadable", name) from None

    def bound(self, name, want):
        data = self.read(name)
        need(sha(data).hex().encode() == want, "file-hash", name)
        return data

    # ---- c: the list is the one that was fixed ----

    def head(self):
        self.freeze = self.read("freeze.txt")
        m = FREEZE.fullmatch(self.freeze)
        need(m, "freeze-format", "freeze.txt")
        f = m.groupdict()
        self.n = number(f["entries"], 1, "freeze-format", "freeze.txt")
        self.coupons = number(f["coupons"], 1, "freeze-format", "freeze.txt")
        self.round = number(f["round"], 1, "freeze-format", "freeze.txt")
        self.f = f
        self.read_prizes(self.bound("prizes.tsv", f["prizes"]))
        data = self.bound("ineligible.txt", f["ineligible"])
        need(len(data) // 65 <= 10 ** 6, "ineligible-format", "ineligible.txt")
        self.barred = lines(data, "ineligible-format", "ineligible.txt")
        need(all(re.fullmatch(HEX64, x) for x in self.barred), "ineligible-format",
             "ineligible.txt")
        self.barred = {bytes.fromhex(x.decode()) for x in self.barred}
        if f["rules"]:
            self.bound("rules.txt", f["rules"])
        else:
            need(not self.there("rules.txt"), "rules-not-fixed", "rules.txt")

    def read_prizes(self, data):
        code, name = "prizes-format", "prizes.tsv"
        self.prizes = []
        for text in lines(data, code, name):
            cell = text.split(b"\t")
            need(len(cell) == 4 and re.fullmatch(WORD, cell[0]), code, name)
            need(cell[1] and plain(cell[1]) and plain(cell[3]), code, name)
            self.prizes.append((cell[0], cell[1], number(cell[2], 1, code, name)))
        need(0 < len({p[0] for p in self.prizes}) == len(self.prizes) <= 10000, code, name)

    def list(self):
        self.data = self.read("entries.bin")
        need(len(self.data) == 48 * self.n, "entries-size", "entries.bin")
        tree, total, before = Tree(), 0, b""
        for i, (cid, first, count) in enumerate(struct.iter_unpack(">32sQQ", self.data)):
            need(not before or before < cid, "entries-order", i + 1)
            need(first == total, "entries-gap", i + 1)
            need(count, "entries-empty", i + 1)
            before, total = cid, total + count
            need(total < TOP, "entries-sum", i + 1)
            tree.leaf(self.data[48 * i:48 * i + 48])
        need(total == self.coupons, "entries-sum", "entries.bin")
        need(tree.root().hex().encode() == self.f["root"], "entries-root", "entries.bin")
        self.listed = True

    def sums(self):
        if not self.there("SHA256SUMS"):
            return
        seen = set()
        for text in lines(self.read("SHA256SUMS"), "sums-format", "SHA256SUMS"):
            m = SUM.fullmatch(text)
            need(m and plain(m[2]) and len(seen) < 1000, "sums-format", "SHA256SUMS")
            name = m[2].decode()
            need(not {"", ".", ".."} & set(name.split("/")), "sums-format", "SHA256SUMS")
            need(name != "SHA256SUMS" and name not in seen, "sums-format", "SHA256SUMS")
            seen.add(name)
            need(sha(self.read(name)).hex().encode() == m[1], "sums-differ", name)
        need(seen, "sums-format", "SHA256SUMS")
        for name in (*NAMES, *self.names):
            need(not self.there(name) or name in seen or of_the_log(name), "sums-lacks", name)

    # ---- d: the winners follow from public randomness ----

    def read_beacon(self):
        """The signature, or None: not drawn yet."""
        if not self.there("beacon.txt"):
            need(not self.there("winners.tsv") and not self.there("transcript.tsv"),
                 "drawn-without-beacon", "beacon.txt")
            return None
        self.beacon = self.read("beacon.txt")
        return self.beacon_of("beacon.txt", self.beacon, self.round, "beacon-format")

    def beacon_of(self, name, data, round_, code):
        m = re.fullmatch(b"laris-beacon/v1\ndraw %s\ndrand %s %d ([0-9a-f]{96})\n" % (
            re.escape(self.f["draw"]), self.f["drand"], round_), data)
        need(m, code, name)
        return m[1].decode()

    def record(self, i):
        return struct.unpack_from(">32sQQ", self.data, 48 * i)

    def search(self, key, what):
        """The last record whose field "key" is at most "what"."""
        lo, hi = 0, self.n
        while hi - lo > 1:
            mid = (lo + hi) // 2
            lo, hi = (mid, hi) if self.record(mid)[key] <= what else (lo, mid)
        return self.record(lo)

    def coupons_of(self, told, beacon, label):
        """k and the coupon it leads to, for those k that lead to one."""
        seed = sha(self.freeze + told + beacon).hex().encode()
        limit = (1 << 256) - (1 << 256) % self.coupons
        for k in itertools.count():
            x = int.from_bytes(sha(b"%s,%s,%d" % (seed, label, k)), "big")
            if x < limit:
                yield k, x % self.coupons

    def listed_of(self, cids):
        return sum(self.search(0, cid)[0] == cid for cid in cids)

    def turn(self, told, beacon, prize, places, mine, barred, left):
        """Lines of these places of a prize; "mine" are who won in its class, and
        so many are left who may."""
        coupons = self.coupons_of(told, beacon, prize)
        for place in itertools.islice(places, left):
            for k, coupon in coupons:
                cid = self.search(1, coupon)[0]
                name = cid.hex().encode()
                what = b"skip-ineligible" if cid in barred else b"skip-already-won"
                win = cid not in barred and cid not in mine
                if win:
                    mine.add(cid)
                    what = b"win-%d" % place
                    yield "winners.tsv", b"%s\t%d\t%d\t%d\t%s" % (prize, place, k, coupon, name)
                yield "transcript.tsv", b"%s\t%d\t%d\t%s\t%s" % (prize, k, coupon, name, what)
                if win:
                    break

    def walk(self):
        """winners.tsv and transcript.tsv, line by line, as they must be."""
        won, eligible = {}, self.n - self.listed_of(self.barred)
        for prize, kind, places in self.prizes:
            mine = won.setdefault(kind, set())
            yield from self.turn(b"", self.beacon, prize, range(1, places + 1), mine,
                                 self.barred, eligible - len(mine))

    def beside(self, names, walk, codes):
        """Stops at the first line that differs: no more work than the files are long."""
        there = {of: lines(self.read(name), codes[of], name) for of, name in names.items()}
        at, wins = dict.fromkeys(names, 0), []
        for of, want in walk:
            need(at[of] < len(there[of]) and there[of][at[of]] == want, codes[of], at[of] + 1,
                 names[of])
            at[of] += 1
            if of == "winners.tsv":
                prize, place, _, _, cid = want.split(b"\t")
                wins.append([prize, int(place), bytes.fromhex(cid.decode())])
        for of in names:
            need(at[of] == len(there[of]), codes[of], at[of] + 1, names[of])
        return wins

    def winners(self):
        codes = {"winners.tsv": "winners-differ", "transcript.tsv": "transcript-differs"}
        self.won = self.beside({name: name for name in codes}, self.walk(), codes)

    def randomness(self, signature, round_):
        chain = self.f["drand"].decode()
        if chain not in KEYS:
            return OPEN, "chain-unknown", (chain,)
        need(signed(KEYS[chain], round_, signature), "beacon-signature", round_)
        if chain == REHEARSAL:
            return OPEN, "rehearsal", ()
        return GOOD, "beacon-signed", (round_,)

    # ---- what was said later: the sample, and what happened after the draw ----

    def told(self, name, kind):
        """The words of an announcement; it is kept for the log."""
        data = self.read(name, MOST_TOLD)
        m = re.fullmatch(b"laris-%s/v1\ndraw %s\n%s" % (
            kind.encode(), re.escape(self.f["draw"]), TOLD[kind]), data)
        need(m and m.groupdict().get("drand") in (None, self.f["drand"]), "told-format", name)
        t = m.groupdict()
        for key in {"place", "round", "count"} & set(t):
            t[key] = number(t[key], 1, "told-format", name)
        if kind == "annulment":
            t["at"] = self.annulled_at(name, t)
        self.said.append((name, data, 0 if kind == "annulment" else t.get("round", 0)))
        return data, t

    def sample(self):
        name, beacon, chosen = "sample.txt", "sample-beacon.txt", "sample.tsv"
        data, t = self.told(name, "sample")
        need(t["count"] <= min(5000, self.coupons), "told-format", name)
        need(t["round"] < self.round or self.f["drand"].decode() == REHEARSAL, "told-round", name)
        if not self.there(beacon) and not self.there(chosen):
            return OPEN, "sample-waits", ()
        light = self.read(beacon, MOST_TOLD)
        signature = self.beacon_of(beacon, light, t["round"], "told-format")
        if not self.listed:
            return OPEN, "no-list", ()

        def choose():
            taken = set()
            for k, coupon in self.coupons_of(data, light, b"SAMPLE"):
                if len(taken) == t["count"]:
                    return
                if coupon not in taken:
                    taken.add(coupon)
                    yield chosen, b"%d\t%d\t%d\t%s" % (
                        len(taken), k, coupon, self.search(1, coupon)[0].hex().encode())

        self.beside({chosen: chosen}, choose(), {chosen: "again-differs"})
        mark, code, args = self.randomness(signature, t["round"])
        return (mark, "sample-follows", (t["count"], t["round"])) if mark == GOOD else (
            mark, code, args)

    def again(self, n, data, t, struck):
        """Redraw number n, once it ran."""
        part = "after/%03d-" % n
        light = self.read(part + "beacon.txt", MOST_TOLD)
        signature = self.beacon_of(part + "beacon.txt", light, t["round"], "told-format")
        mark = self.randomness(signature, t["round"])
        kinds = {prize: kind for prize, kind, _ in self.prizes}
        mine = {cid for prize, _, cid in self.standing if kinds[prize] == kinds[t["prize"]]}
        barred = self.barred | struck
        walk = self.turn(data, light, t["prize"], (t["place"],), mine, barred,
                         self.n - self.listed_of(barred) - len(mine - barred))
        self.standing += self.beside(
            {"winners.tsv": part + "winner.tsv", "transcript.tsv": part + "transcript.tsv"}, walk,
            dict.fromkeys(("winners.tsv", "transcript.tsv"), "again-differs"))
        return mark

    def after(self):
        """Each happening in order: who stands, who is struck out, what was drawn anew."""
        self.standing, given, struck = [list(w) for w in self.won], [], set()
        n, latest, waits, worst = 0, self.round, None, (GOOD, "", ())
        for n in range(1, 1000):
            have = [kind for kind in ("redraw", "returned", "handover")
                    if self.there("after/%03d-%s.txt" % (n, kind))]
            if not have:
                n -= 1
                break
            name = "after/%03d-%s.txt" % (n, have[0])
            need(len(have) == 1, "after-stranger", name)
            self.names += [name, name[:-4] + ".tlog-proof"]
            data, t = self.told(name, have[0])
            about = [w for w in self.standing if w[:2] == [t["prize"], t["place"]]]
            need(about and about[0] not in given, "after-nobody", name)
            if have[0] == "handover":
                given.append(about[0])
                continue
            self.standing.remove(about[0])
            struck.add(about[0][2])
            if have[0] == "returned":
                continue
            need(t["round"] > latest, "told-round", name)
            latest = t["round"]
            parts = ["after/%03d-%s" % (n, p) for p in ("beacon.txt", "winner.tsv",
                                                        "transcript.tsv")]
            self.names += parts
            if not any(map(self.there, parts)):
                waits = waits or name
                continue
            need(not waits, "after-order", name)
            mark = self.again(n, data, t, struck)
            worst = worst if mark[0] == GOOD else mark
        self.read_after_folder()
        if waits:
            return OPEN, "after-waits", (waits,)
        return worst if worst[0] == OPEN else (GOOD, "after-follows", (n, len(self.standing)))

    def read_after_folder(self):
        """A file with a number that nothing led to: one is missing, or was slipped in."""
        need(stat.S_ISDIR(os.lstat(self.path("after")).st_mode), "file-not-plain", "after")
        for name in os.listdir(self.path("after")):
            need(not "0" <= name[:1] <= "9" or "after/" + name in self.names, "after-stranger",
                 "after/" + name)

    # ---- a draw that ended without winners ----

    def annulled_at(self, name, t):
        need(t["round"] == self.round and plain(t["notary"]) and plain(t["deed"]), "told-format",
             name)
        try:
            at = datetime.datetime.strptime(t["at"].decode(), "%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            raise Wrong("told-format", name) from None
        return int(at.replace(tzinfo=datetime.timezone.utc).timestamp())

    def annulment(self):
        _, t = self.told("annulment.txt", "annulment")
        for drawn in ("beacon.txt", "winners.tsv", "transcript.tsv", "after"):
            need(not self.there(drawn), "annulled-drawn", drawn)
        self.annulled = True
        if self.f["drand"].decode() != QUICKNET:
            return OPEN, "no-clock", ()
        self.since = GENESIS + PERIOD * (self.round - 1) + LATE
        need(t["at"] >= self.since, "annulled-early", moment(t["at"]), moment(self.since))
        return GOOD, "annulment", (
            t["notary"].decode(), t["deed"].decode(),
            "https://api.drand.sh/%s/public/%d" % (self.f["drand"].decode(), self.round))

    # ---- a and e: witnessed in a public log, before the round ----

    def proof(self, name, entry, round_, policy, own):
        """(where in the log, its checkpoint, how many witnesses; what that proves)"""
        if not self.there(name):
            return None, (OPEN, "no-proof", (name,))
        data = self.read(name, MOST_PROOF)
        if policy is None:
            return None, (OPEN, "no-policy", ())
        index, hashes, checkpoint = read_proof(data)
        note = Note(checkpoint)
        witnesses, at = note.quorum_at(policy)
        need(is_in(entry, index, hashes, note.size, note.root), "log-not-in", note.origin.decode())
        self.heads.setdefault(note.size, set()).add(note.root)
        due, found = GENESIS + PERIOD * (round_ - 1), (index, note, witnesses)
        if policy.quorum == b"none":
            return found, (OPEN, "unwitnessed", ())
        if round_ and self.f["drand"].decode() != QUICKNET:
            return found, (OPEN, "no-clock", ())
        if round_ and at >= due:
            return found, (BAD, "witnessed-late", (moment(at), moment(due)))
        if name == "annulment.tlog-proof" and at < self.since:
            return found, (BAD, "annulled-early", (moment(at), moment(self.since)))
        return found, (GOOD, "fixed-before", (moment(at), moment(due))) if own else (
            OPEN, "their-policy", ())

    def seen(self, policy, own):
        found, a = self.proof("freeze.tlog-proof", self.freeze, self.round, policy, own)
        if found is None or policy.quorum == b"none":
            e = a
        else:
            e = (GOOD, "witnessed", (found[1].origin.decode(), found[1].size, found[2]))
            e = e if own else (OPEN, "their-policy", ())
        if found:
            self.at, self.origin = found[0], found[1].origin
        return a, e

    def announced(self, policy, own):
        """Each announcement is in the log, before the round it names; the worst is told."""
        said = [self.proof(name[:-4] + ".tlog-proof", data, round_, policy, own)[1]
                for name, data, round_ in self.said]
        for mark in (BAD, OPEN):
            for x in said:
                if x[0] == mark:
                    return x
        return GOOD, "told-before", (len(said),)

    # ---- c: the first freeze binds, and nothing is hidden ----

    def log(self, policy, own, copy):
        """All entries are read; they must give each root that was signed."""
        if self.at is None:
            return OPEN, "mirror-unproven", ()
        copy = (Address if "://" in copy else Bundle)(copy)
        try:
            note = Note(copy.read("checkpoint", 1 << 17))
            note.quorum_at(policy)
            need(note.origin == self.origin, "mirror-head")
        except Wrong as e:
            return OPEN, "mirror-head", ("checkpoint",) + e.args[1:]
        if note.size < max(self.heads):
            return OPEN, "mirror-old", (note.size,)
        self.heads.setdefault(note.size, set()).add(note.root)
        begins = [b"laris-%s/v1\ndraw %s\n" % (kind.encode(), self.f["draw"])
                  for kind in ("undian", *TOLD)]
        told = {"sample": [], "annulment": [], "after": []}
        for n, d, _ in self.said:
            told["after" if "/" in n else n[:-4]].append(d)
        tree, wrong = Tree(), None
        for i in range(note.size):
            if i % 256 == 0:
                data = copy.tile(i // 256, min(256, note.size - i))
                if data is None:
                    break
            n = int.from_bytes(data[:2], "big")
            need(2 + n <= len(data), "mirror-false", i)
            entry, data = data[2:2 + n], data[2 + n:]
            kind = next((k for k, text in enumerate(begins) if entry.startswith(text)), None)
            if kind == 0 and i < self.at:
                wrong = wrong or Wrong("not-first", i)
            if kind:
                rest = told.get(list(TOLD)[kind - 1], told["after"])
                if not rest or rest.pop(0) != entry:
                    wrong = wrong or Wrong("log-has-more", i)
            tree.leaf(entry)
            if i + 1 in self.heads:
                need(self.heads[i + 1] == {tree.root()}, "mirror-false", i + 1)
        if wrong:
            raise wrong
        if data is None:
            return OPEN, "mirror-read", (tile_name(i // 256),)
        if any(told.values()):
            return OPEN, "mirror-old", (note.size,)
        return (GOOD, "first-freeze", (note.size,)) if own else (OPEN, "their-policy", ())

    def wider(self, width):
        """A copy may have been made later than its head."""
        return range(256, width, -1)

    def tile(self, index, width):
        """An entry bundle as wide as it was, or wider; None: not here."""
        for w in (width, *self.wider(width)):
            at = tile_name(index) + (".p/%d" % w if w < 256 else "")
            try:
                return self.read(at, 256 * 65537)
            except Wrong:
                pass
        return None

    # ---- b: my own coupons ----

    def card(self, card, secret, phone):
        digits = "".join(c for c in card if c in "0123456789")
        salt = hmac.new(secret_text(secret).encode(), self.f["draw"], "sha256").hexdigest()
        cid = sha(b"laris-cid/v1\n%s\n%s\n%s\n%s\n" % (
            self.f["draw"], digits.encode(), phone_number(phone).encode(), salt.encode()))
        found, first, count = self.search(0, cid)
        need(found == cid, "card-not-found")
        return count, first, first + count - 1


class Address(Bundle):
    """The log where it is served; what does not come is not there."""

    def read(self, name, most=None):
        import http.client
        import urllib.request
        try:
            with urllib.request.urlopen(f"{self.folder.rstrip('/')}/{name}", timeout=60) as f:
                data = f.read(most + 1)
        except (OSError, ValueError, http.client.HTTPException):
            raise Wrong("file-missing", name) from None
        need(len(data) <= most, "file-too-large", name)
        return data

    def wider(self, width):
        return range(256, max(255, width), -1)


def tile_name(index):
    """c2sp.org/tlog-tiles: 1234067 is x001/x234/067."""
    digits = "%d" % index
    groups = re.findall("...", digits.zfill(-(-len(digits) // 3) * 3))
    return "tile/entries/" + "/".join(["x" + g for g in groups[:-1]] + groups[-1:])


def moment(seconds):
    if seconds >= 1 << 33:
        return "?"
    at = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    return at.isoformat(" ") + " UTC"


def secret_text(typed):
    """The QR's text: base32 as printed, however it was typed in."""
    typed = typed.strip(" \t\n\r\v\f")
    text = typed.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    good = typed.isascii() and len(text) == 26 and all(c in digits for c in text)
    return text if good and digits.index(text[-1]) % 4 == 0 else typed


def phone_number(typed):
    """0812..., 62812... and +62812... are one number."""
    digits = "".join(c for c in typed if c in "0123456789")
    if not digits:
        return ""
    plus = typed.strip(" \t\n\r\v\f").startswith("+")
    return "+62" + digits[1:] if not plus and digits[0] == "0" else "+" + digits


# ---- the answer ---------------------------------------------------------------------

PROMISES = {
    "a": ("Daftar kupon sudah dikunci sebelum angka acaknya ada",
          "The coupon list was fixed before the randomness existed"),
    "a after": ("Pengumuman sesudahnya pun ada di log sebelum angka acaknya ada",
                "What was announced later was in the log before its randomness, too"),
    "b": ("Kupon saya ada di daftar, sebanyak seharusnya",
          "My coupons are on the list, as many as they should be"),
    "c": ("Tidak ada yang ditambah, dihapus, atau diubah (daftar)",
          "Nothing was added, removed or edited (the list)"),
    "c log": ("Tidak ada yang ditambah, dihapus, atau diubah (log)",
              "Nothing was added, removed or edited (the log)"),
    "d": ("Pemenang mengikuti angka acak umum (pemenang)",
          "The winners follow from public randomness (the winners)"),
    "d drand": ("Pemenang mengikuti angka acak umum (tanda tangan drand)",
                "The winners follow from public randomness (drand's signature)"),
    "d sample": ("Contoh yang diperiksa dipilih oleh angka acak umum",
                 "The sample that was audited was chosen by public randomness"),
    "d after": ("Pencoretan, undian ulang, penyerahan mengikuti aturan yang sama",
                "Striking out, redraws and hand-overs follow the same rule"),
    "d annulled": ("Dibatalkan notaris, karena putarannya tidak terbit",
                   "Annulled by a notary, because its round did not come"),
    "e": ("Catatan belanja hanya bertambah, semua melihat yang sama",
          "The record of purchases only grows, and all see the same"),
}
REASONS = {
    "log-not-read": ("bundel saja tidak menunjukkan bahwa log tidak memuat pembekuan lain; "
                     "beri --log ALAMAT atau SALINAN",
                     "a bundle alone does not show that the log has no other freeze; "
                     "give --log ADDRESS or COPY"),
    "no-proof": ("tidak ada {}", "there is no {}"),
    "no-policy": ("beri --policy FILE: kunci log dan saksi yang Anda percaya",
                  "give --policy FILE: keys of the log and witnesses you believe"),
    "policy-format": ("bukan policy menurut c2sp.org/tlog-policy", "not a c2sp.org/tlog-policy"),
    "proof-format": ("buktinya (.tlog-proof) tidak menurut bentuknya",
                     "the proof (.tlog-proof) is not in its form"),
    "log-stranger": ("log {} tidak ada dalam policy", "the policy does not name the log {}"),
    "log-unsigned": ("tanpa tanda tangan log {}", "not signed by the log {}"),
    "log-forged": ("PALSU: tanda tangan log {} atau saksinya salah",
                   "FORGED: a signature of the log {} or of a witness is wrong"),
    "log-quorum": ("saksi terlalu sedikit", "too few witnesses"),
    "log-not-in": ("berkas ini TIDAK ada di log {}", "this file is NOT in the log {}"),
    "unwitnessed": ("ada di log, tetapi policy tidak meminta saksi",
                    "in the log, but the policy asks for no witness"),
    "no-clock": ("ada di log, tetapi rantai ini tidak punya waktu (gladi?)",
                 "in the log, but this chain has no clock (a rehearsal?)"),
    "witnessed-late": ("baru disaksikan {}; angka acaknya ada sejak {}",
                       "witnessed at {} only; the randomness was there since {}"),
    "their-policy": ("cocok menurut policy.txt bundel sendiri; beri --policy Anda",
                     "it holds by the bundle's own policy.txt; give --policy of yours"),
    "fixed-before": ("disaksikan {}, sebelum angka acaknya ada ({})",
                     "witnessed at {}, before the randomness existed ({})"),
    "witnessed": ("log {} sampai {} catatan disaksikan {} saksi",
                  "the log {} up to {} entries was seen by {} witnesses"),
    "no-card": ("beri --card dan --secret untuk memeriksa kupon sendiri",
                "give --card and --secret to check your own coupons"),
    "no-list": ("daftar kuponnya bermasalah", "the coupon list is not in order"),
    "not-drawn": ("undian belum dijalankan", "the draw has not been run"),
    "list-fits": ("persis seperti yang dikunci freeze.txt", "exactly what freeze.txt fixed"),
    "winners-follow": ("semua pemenang dan setiap langkah mengikuti freeze.txt dan beacon.txt",
                       "all winners and every step follow from freeze.txt and beacon.txt"),
    "beacon-signed": ("tanda tangan drand quicknet untuk putaran {}",
                      "drand quicknet's signature of round {}"),
    "beacon-signature": ("PALSU: bukan tanda tangan rantai drand untuk putaran {}",
                         "FORGED: not the drand chain's signature of round {}"),
    "rehearsal": ("GLADI (REHEARSAL): kuncinya diketahui semua orang; ini latihan, bukan undian",
                  "REHEARSAL (gladi): everybody knows its key; this is practice, not a draw"),
    "chain-unknown": ("rantai tidak dikenal: {}", "unknown chain: {}"),
    "card-found": ("{} kupon: nomor {} sampai {}", "{} coupons: numbers {} to {}"),
    "card-not-found": ("kartu ini tidak ada di daftar", "this card is not on the list"),
    "file-missing": ("{} tidak ada", "{} is missing"),
    "file-not-plain": ("{} bukan berkas biasa", "{} is not a plain file"),
    "file-too-large": ("{} terlalu besar", "{} is too large"),
    "file-unreadable": ("{} tidak dapat dibaca", "{} cannot be read"),
    "file-hash": ("{} bukan berkas yang dikunci freeze.txt", "{} is not what freeze.txt fixed"),
    "freeze-format": ("{} tidak menurut bentuknya", "{} is not in its form"),
    "entries-size": ("besar {} salah", "the size of {} is wrong"),
    "entries-order": ("pemegang ke-{} tidak urut", "record {} is out of order"),
    "entries-gap": ("nomor kupon tidak bersambung pada pemegang ke-{}",
                    "coupon numbers do not join at record {}"),
    "entries-empty": ("pemegang ke-{} tanpa kupon", "record {} holds no coupon"),
    "entries-sum": ("jumlah kupon salah: {}", "the coupons do not add up: {}"),
    "entries-root": ("akar Merkle {} lain: bukan daftar yang dikunci",
                     "the Merkle root of {} differs: not the list that was fixed"),
    "prizes-format": ("{} tidak menurut bentuknya", "{} is not in its form"),
    "ineligible-format": ("{} tidak menurut bentuknya", "{} is not in its form"),
    "rules-not-fixed": ("{} ada tetapi tidak dikunci", "{} is there but not fixed"),
    "beacon-format": ("{} tidak persis seperti seharusnya", "{} is not exactly what it must be"),
    "winners-differ": ("winners.tsv baris {} bukan hasil undian",
                       "winners.tsv line {} does not follow"),
    "transcript-differs": ("transcript.tsv baris {} bukan hasil undian",
                           "transcript.tsv line {} does not follow"),
    "drawn-without-beacon": ("ada hasil, tetapi {} tidak ada", "there are results, but no {}"),
    "told-format": ("{} tidak menurut bentuknya untuk undian ini",
                    "{} is not in its form for this draw"),
    "told-round": ("{} menyebut putaran drand pada waktu yang salah",
                   "{} names a drand round at the wrong time"),
    "told-before": ("semua {} pengumuman ada di log, sebelum putaran yang disebutnya",
                    "all {} announcements are in the log, before the round they name"),
    "after-stranger": ("{} tidak bersambung: ada yang hilang atau diselipkan",
                       "{} does not join: something is missing or was slipped in"),
    "after-nobody": ("{} tentang pemenang yang tidak ada, dicoret, atau sudah menerima",
                     "{} is about a winner who is not there, struck out, or has the prize"),
    "after-order": ("{}: undian ulang sebelumnya belum jalan",
                    "{}: an earlier redraw has not been run"),
    "after-waits": ("{} menunggu putarannya", "{} waits for its round"),
    "after-follows": ("semua {} kejadian sesudah undian cocok; {} pemenang berlaku",
                      "all {} happenings after the draw follow; {} winners stand"),
    "again-differs": ("baris {} dari {} bukan hasil angka acaknya",
                      "line {} of {} does not follow from its randomness"),
    "sample-waits": ("contoh sudah diumumkan, belum dipilih",
                     "the sample was announced, not chosen yet"),
    "sample-follows": ("{} kupon contoh dipilih putaran drand {}",
                       "{} coupons were chosen by drand round {}"),
    "annulled": ("undian ini dibatalkan: tidak ada pemenang",
                 "this draw was annulled: there are no winners"),
    "annulled-early": ("dibatalkan {}; itu baru boleh sesudah {}",
                       "annulled at {}; that was allowed only after {}"),
    "annulled-drawn": ("dibatalkan, padahal {} ada: angkanya sudah diketahui",
                       "annulled, but there is {}: its number was known"),
    "annulment": ("dibatalkan notaris {}, akta {}; putarannya memang tidak ada? Tanyakan sendiri: {}",
                  "annulled by notary {}, deed {}; was its round really not there? Ask: {}"),
    "mirror-read": ("salinan log tidak terbaca: {}", "the copy of the log cannot be read: {}"),
    "mirror-head": ("checkpoint salinan log tidak dapat dipercaya, atau dari log lain",
                    "the copy's checkpoint cannot be believed, or is of another log"),
    "mirror-old": ("salinan log ({} catatan) belum memuat semuanya; salin lagi",
                   "the copy of the log ({} entries) lacks some of it; copy it again"),
    "mirror-false": ("isi log TIDAK cocok dengan tanda tangannya sampai catatan {}",
                     "the log's entries do NOT fit what was signed up to entry {}"),
    "mirror-unproven": ("tanpa freeze.tlog-proof yang sah tempatnya di log tidak diketahui",
                        "without a good freeze.tlog-proof its place in the log is unknown"),
    "not-first": ("BUKAN pembekuan pertama: catatan {} di log lebih dulu",
                  "NOT the first freeze: entry {} of the log came before"),
    "log-has-more": ("catatan {} di log tentang undian ini tidak ada di bundel",
                     "entry {} of the log is about this draw, but not in the bundle"),
    "first-freeze": ("semua {} catatan log dibaca: pembekuan ini yang pertama, tak ada yang kurang",
                     "all {} entries of the log were read: the first freeze, nothing is missing"),
    "sums-format": ("{} tidak menurut bentuknya", "{} is not in its form"),
    "sums-differ": ("{} tidak cocok dengan SHA256SUMS", "{} does not fit SHA256SUMS"),
    "sums-lacks": ("{} tidak tercantum di SHA256SUMS", "{} is not listed in SHA256SUMS"),
}
GOOD, BAD, OPEN = "SAH", "GAGAL", "TIDAK DIPERIKSA"
VERDICTS = (
    ("SAH: semua janji diperiksa dan benar.", "VALID: every promise was checked and holds."),
    ("TIDAK SAH: ada yang gagal, lihat di atas.", "NOT VALID: something failed, see above."),
    ("BELUM LENGKAP: yang diperiksa benar, tetapi tidak semua janji dapat diperiksa.",
     "NOT COMPLETE: what was checked holds, but not every promise could be checked."))
MARKS = {GOOD: "VALID", BAD: "FAILED", OPEN: "NOT CHECKED"}


def attempt(out, part, work, *args):
    """Note what came of it; a failure is never taken back."""
    if part in out and out[part][0] == BAD:
        return
    try:
        out[part] = work(*args)
    except Wrong as e:
        out[part] = (BAD, e.args[0], e.args[1:])


def check(folder, card=None, secret=None, phone="", policy=None, log=None):
    """{promise: (mark, code of the reason, what it speaks of)}; what the bundle has
    nothing about is left out."""
    b, own = Bundle(folder), policy is not None
    out = {part: (OPEN, "no-list", ()) for part in PROMISES}
    out["c log"] = (OPEN, "log-not-read", ())
    signature = []

    def the_list():
        b.head()
        b.list()
        return GOOD, "list-fits", ()

    def the_beacon():
        signature.append(b.read_beacon())
        return OPEN, "no-list" if signature[0] else "not-drawn", ()

    def the_winners():
        b.winners()
        return GOOD, "winners-follow", ()

    def the_after():
        need(any(signature) or not b.listed, "drawn-without-beacon", "beacon.txt")
        return b.after() if b.won is not None else (OPEN, "no-list", ())

    def the_policy():
        nonlocal policy
        if not own and b.there("policy.txt"):
            policy = Policy(b.read("policy.txt"))
        return out["a"]

    def the_log():
        out["e"] = (OPEN, "no-proof", ("freeze.tlog-proof",))
        a, out["e"] = b.seen(policy, own)
        return a

    def the_sums():
        b.sums()
        return out["c"]

    attempt(out, "c", the_list)
    if b.f:
        attempt(out, "d", the_beacon)
    if any(signature):
        attempt(out, "d drand", b.randomness, signature[0], b.round)
        if b.listed:
            attempt(out, "d", the_winners)
    elif signature:
        out["d drand"] = out["d"]
    for part, work, names in (("d sample", b.sample, ("sample.txt", "sample-beacon.txt",
                                                      "sample.tsv")),
                              ("d after", the_after, ("after",)),
                              ("d annulled", b.annulment, ("annulment.txt",))):
        if not any(map(b.there, names)):
            del out[part]
        elif b.f and "prizes" in vars(b):
            attempt(out, part, work)
    if b.annulled:
        out["d"] = out["d drand"] = (OPEN, "annulled", ())
    if b.f:
        attempt(out, "a", the_policy)
        attempt(out, "a", the_log)
    if b.said:
        attempt(out, "a after", b.announced, policy, own)
    else:
        del out["a after"]
    if b.f and log is not None:
        attempt(out, "c log", b.log, policy, own, log)
    attempt(out, "c", the_sums)
    out["b"] = (OPEN, "no-list" if card else "no-card", ())
    if card and b.listed:
        attempt(out, "b", lambda: (GOOD, "card-found", b.card(card, secret, phone)))
    return out


def verdict(out):
    marks = {mark for mark, _, _ in out.values()}
    return 1 if BAD in marks else 2 if OPEN in marks else 0


def wishes(argv):
    wish, at = {"folder": None}, 0
    while at < len(argv):
        word, value = argv[at], argv[at + 1] if at + 1 < len(argv) else None
        if word == "--en":
            wish["en"] = True
        elif word in ("--card", "--secret", "--phone", "--policy", "--log") and value is not None:
            wish[word[2:]] = value
            at += 1
        elif word.startswith("-") or wish["folder"]:
            return None
        else:
            wish["folder"] = word
        at += 1
    if ("card" in wish) != ("secret" in wish) or "phone" in wish and "card" not in wish:
        return None
    return wish


def main(argv):
    wish = wishes(argv)
    if wish is None:
        print(__doc__, file=sys.stderr)
        return 2
    en = wish.pop("en", False)
    folder = wish.pop("folder") or os.path.dirname(os.path.abspath(__file__))
    if not os.path.isdir(folder):
        print(f"verify.py: {folder}: no such folder", file=sys.stderr)
        return 2
    try:
        if "policy" in wish:
            with open(wish["policy"], "rb") as f:
                wish["policy"] = Policy(f.read((1 << 16) + 1))
    except (OSError, Wrong) as e:
        print(f"verify.py: {wish['policy']}: {e}", file=sys.stderr)
        return 2
    out = check(folder, **wish)
    for part, (mark, code, args) in out.items():
        print(f"{part[0]}  {MARKS[mark] if en else mark:15}  {PROMISES[part][en]}")
        print(f"   {'':15}  {REASONS[code][en].format(*args)}")
    code = verdict(out)
    print("\n" + VERDICTS[code][en])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
