"""laris import, from the outside: files as horrible as offices write them,
each wrong cell named, all or nothing, the same file twice counts once."""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LARIS = os.path.join(os.environ.get("LARIS_BUILD", os.path.join(ROOT, "build")), "laris")
sys.path.insert(0, os.path.join(ROOT, "tests/tools"))
from tap import done, ok                                    # noqa: E402

work = tempfile.TemporaryDirectory()
DB = os.path.join(work.name, "laris.db")
ENV = {**os.environ, "LANG": "C.UTF-8"}
LINES = 100_000
MEMORY_KIB = 160 * 1024


def laris(*args, lang="C.UTF-8"):
    return subprocess.run([LARIS, "--db", DB, *args], text=True, capture_output=True,
                          check=False, env={**ENV, "LANG": lang})


def file_of(content, name="file.csv"):
    path = os.path.join(work.name, name)
    with open(path, "wb") as f:
        f.write(content if isinstance(content, bytes) else content.encode())
    return path


def imported(kind, content, *flags):
    """The JSON report, and the exit code."""
    r = laris("import", kind, "surakarta", "sgs-2021", file_of(content), "--json", *flags)
    try:
        return json.loads(r.stdout), r.returncode
    except ValueError:
        return {"refused": r.stderr}, r.returncode


def totals():
    r = laris("festival", "show", "surakarta", "sgs-2021")
    v = dict(x.split("\t", 1) for x in r.stdout.splitlines() if "\t" in x)
    return int(v["purchases"]), int(v["rupiah"])


def clean(name):
    r = laris("check")
    ok(r.returncode == 0, f"laris check is clean: {name}", r.stdout[-1500:] + r.stderr)


def counts(name, content, good, again=0, rupiah=None, kind="purchases"):
    v, rc = imported(kind, content)
    ok(rc == 0 and v.get("recorded") == good and v.get("again") == again and
       (rupiah is None or v["rupiah"] == rupiah), name, v)


def refused(name, content, *words, kind="purchases"):
    """Says every one of these, records nothing, exit 1."""
    before = totals()
    r = laris("import", kind, "surakarta", "sgs-2021", file_of(content))
    said = r.stdout + r.stderr
    ok(r.returncode == 1 and all(w in said for w in words) and totals() == before, name,
       said)


laris("init")
laris("demo")
r = laris("request", "--city", "surakarta", "--as", "panitia", "GET",
          "/admin/festival/sgs-2021/merchants")
M = list(dict.fromkeys(re.findall(r">(\d{6}) ", r.stdout)))[:20]
CARDS = [x.split("\t")[0] for x in laris("card", "list", "surakarta", "sgs-2021").stdout.split("\n")
         if "usable" in x]
ok(len(M) > 5 and len(CARDS) > 5, "a sale with merchants and cards", r.stdout[:300])
a, b = M[0], M[1]

# ---- one quirk each ------------------------------------------------------------------
counts("commas, ISO dates", f"date,merchant,amount\n2021-10-31,{a},50000\n", 1, 0, 50000)
counts("semicolons, BOM, Windows line ends, office money and dates",
       "\ufefftanggal;jam;kode usaha;no nota;jumlah;kartu;metode\r\n"
       f"31/10/2021;14.05;{a};A-1;Rp 1.250.000,-;{CARDS[0]};Tunai\r\n", 1, 0, 1250000)
counts("tabs, sep= and capitals", "sep=\t\r\nTANGGAL\tKODE_USAHA\tJUMLAH\r\n"
       f"30-10-2021\t{a}\t50 rb\r\n", 1, 0, 50000)
counts("Windows-1252 and a note with a line break",
       b"tanggal,kode usaha,no nota,jumlah\n30/10/2021,%s,\"Caf\xe9\r\nbaris dua\",75000\n"
       % a.encode(), 1, 0, 75000)
counts("date and time in one cell, blank and empty lines, -",
       "tanggal,kode usaha,jumlah,kartu\n\n"
       f"29/10/2021 09:15:00,{a},10000,-\n,,,\n\n28/10/2021 00:00:00,{a},10000,\n", 2, 0, 20000)
short = str(int(CARDS[1]))
counts("a card whose noughts a spreadsheet dropped",
       f"tanggal,kode usaha,jumlah,kartu\n28/10/2021,{a},11000,{short}\n", 1, 0, 11000)
v, rc = imported("purchases", "Keterangan,kode usaha,tanggal,jumlah,Keterangan\n"
                 f"x,{a[:5]}-{a[5]},27/10/2021,10000,y\n")
ok(rc == 0 and v["recorded"] == 1 and v["unknown_columns"] == ["Keterangan", "Keterangan"],
   "unknown columns are named and ignored, also doubled ones", v)
v, rc = imported("purchases", f"kode usaha,jumlah\n{a},12000\n")
ok(rc == 0 and v["undated"] == 1 and v["recorded"] == 1,
   "without a date: the last day of the sale, and it says so", v)
for word in ("QRIS", "kartu bank", "uang elektronik", "cash", "Lainnya", "E-Money"):
    counts(f"the method {word}", f"tanggal,kode usaha,jumlah,metode\n26/10/2021,{a},"
           f"{1000 + len(word)},{word}\n", 1)
clean("after the quirks")

# ---- twice ------------------------------------------------------------------------------
doubled = (f"tanggal,kode usaha,jumlah,metode\n25/10/2021,{a},20000,tunai\n"
           f"25/10/2021,{a},20000,tunai\n25/10/2021,{b},20000,qris\n")
counts("two lines alike are two purchases", doubled, 3)
counts("the same file again: already there", doubled, 0, 3)
counts("saved again by another program, one line more",
       "\ufeffTanggal;Kode Usaha;Jumlah;Metode\r\n"
       f"2021-10-25;{a};Rp20.000;cash\r\n2021-10-25;{a};20.000,00;cash\r\n"
       f"2021-10-25;{b};20.000;QRIS\r\n2021-10-25;{b};20.000;QRIS\r\n", 1, 3)
events = f"event,tanggal,kode usaha,jumlah\nx.1,25/10/2021,{a},20000\nx.1,25/10/2021,{a},20000\n"
counts("an event of the file's own, twice in it", events, 1, 1)
counts("and again", events, 0, 2)
refused("an event with other content", f"event,tanggal,kode usaha,jumlah\nx.1,25/10/2021,{a},20001\n",
        "line 2: event: ")

# ---- what is wrong, and nothing recorded ------------------------------------------------------
refused("every wrong cell of a line, in the words of the file",
        f"tanggal;jam;kode usaha;Jumlah;kartu;metode\n31/10/2021;14.05;{a};1000;;\n\n"
        "32/10/2021;25.00;000;seribu;123456789;sihir\n",
        "line 4: tanggal: “32/10/2021” is no date: write a date",
        "line 4: jam: “25.00” is no time: ", "line 4: Jumlah: “seribu” is no amount in rupiah: ",
        "line 4: kode usaha: no merchant has the code “000”: check the code",
        "line 4: kartu: “123456789” is no card number: ",
        "line 4: metode: “sihir” is not known: write one of: Cash, QRIS", "bad\t1", "recorded\t0")
refused("a day outside the sale", f"tanggal,kode usaha,jumlah\n01/11/2021,{a},1000\n",
        "line 2: tanggal: “01/11/2021” lies outside the sale: the sale runs from 2021-10-01")
refused("a needed cell is empty", f"kode usaha,jumlah\n{a},\n", "line 2: jumlah: empty: fill it in")
refused("nought and less", f"kode usaha,jumlah\n{a},0\n{a},-5000\n", "line 2: jumlah: ",
        "line 3: jumlah: ")
refused("a card nobody has", f"kode usaha,jumlah,kartu\n{a},1000,999999993\n", "line 2: kartu: ")
refused("a delimiter in a cell without quotes", f"kode usaha,jumlah,metode\n{a},1,250,tunai\n",
        "line 2: the whole line: it has more columns")
refused("a quote not closed, with the lines before it judged",
        f"kode usaha,no nota,jumlah\n{a},x,0\n{a},\"x,1000\n{a},x,1000\n",
        "line 2: jumlah: ", "line 3: the whole line: the quote opened here is not closed: close it")
refused("a column is missing", f"kode usaha,harga\n{a},1000\n", "no column “jumlah”", "harga")
refused("a column twice", f"kode usaha,jumlah,amount\n{a},1000,1\n", "“jumlah” and “amount”")
refused("a spreadsheet", b"PK\x03\x04....", "CSV UTF-8")
refused("UTF-16", "kode usaha\tjumlah\n".encode("utf-16"), "UTF-16")
refused("an empty file", "", "is empty")
r = laris("import", "purchases", "surakarta", "sgs-2021", file_of("kode usaha,jumlah\n9,x\n"),
          lang="id_ID.UTF-8")
ok("baris 2: jumlah: “x” bukan jumlah rupiah: tulislah" in r.stdout, "in Indonesian too", r.stdout)
before = totals()
v, rc = imported("purchases", f"kode usaha,jumlah\n{a},1234\n", "--dry-run")
ok(rc == 0 and v["good"] == 1 and v["recorded"] == 0 and totals() == before,
   "--dry-run judges and records nothing", v)
for args in (("purchases", "surakarta", "sgs-2021"), ("cards", "surakarta", "sgs-2021", "x"),
             ("purchases", "surakarta", "sgs-2021", "x", "--what")):
    ok(laris("import", *args).returncode == 2, f"wrong use: {' '.join(args)}")
ok(laris("import", "purchases", "surakarta", "sgs-2021", "/nonexistent").returncode == 1,
   "a file that is not there: exit 1")
ok(laris("import", "purchases", "surakarta", "sgs-1999", file_of("x")).returncode == 1,
   "a sale that is not there: exit 1")

# ---- merchants ---------------------------------------------------------------------------------
shops = ("Nama Usaha;Sektor;Lokasi;No. Kios;Kelurahan;No HP;NIB;Skala\n"
         "\"Warung \"\"Bu Sri\"\"\";makanan;Pasar Gede;B-14;Kel. Laweyan;81234567890;1234567890123;mikro\n"
         "Batik Kencana Impor;batik;;;Laweyan;+62 812 3456 7891;;Usaha Kecil\n"
         "Toko Tanpa Keterangan;;;;;;;\n")
counts("merchants", shops, 3, kind="merchants")
counts("merchants again: already there", shops, 0, 3, kind="merchants")
counts("written a little otherwise: still there",
       "name,venue,stall\nwarung bu sri,pasar-gede,B 14\n", 0, 1, kind="merchants")
refused("merchants with wrong cells",
        "name,sector,venue,village,phone,nib,size\n"
        "Toko,apa,Pasar Entah,Mojoroto,123,3372014101900001,raksasa\n,,,,,,\n,food,,,,,\n",
        "line 2: sector: “apa” is not known: write one of: ", "line 2: venue: ",
        "line 2: village: ", "line 2: phone: ", "line 2: nib: it holds a NIK",
        "line 2: size: ", "line 4: name: empty: fill it in", "bad\t2", kind="merchants")
r = laris("import", "merchants", "surakarta", "sgs-2021",
          file_of("name,nib\nToko,3372014101900001\n"))
ok("3372014101900001" not in r.stdout + r.stderr, "a NIK is not repeated", r.stdout)
clean("after the merchants")

# ---- 100,000 lines ----------------------------------------------------------------------------------
def big(name, last=""):
    rows = ["tanggal;jam;kode usaha;no nota;jumlah;kartu;metode"]
    for i in range(LINES):
        rows.append(f"{i % 31 + 1:02}/10/2021;{i % 12 + 8}.{i % 60:02};{M[i % len(M)]};{name}{i};"
                    f"{i % 90 + 1}.000;{CARDS[i % len(CARDS)] if i % 2 else ''};"
                    f"{'tunai' if i % 3 else 'qris'}")
    return file_of("\r\n".join(rows + ([last] if last else [])) + "\r\n", f"{name}.csv")


def peak(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as f:
        m = re.search(r"VmHWM:\s+(\d+)", f.read())
    return int(m[1]) if m else 0                # it has just ended


def run_big(path, *flags):
    """Runs it; exit code, what it said, the most memory it ever had."""
    with open(os.path.join(work.name, "out"), "w+", encoding="utf-8") as out:
        p = subprocess.Popen([LARIS, "--db", DB, "import", "purchases", "surakarta", "sgs-2021",
                              path, *flags], stdout=out, stderr=subprocess.PIPE, text=True, env=ENV)
        most = 0
        for _ in p.stderr:                      # a line of progress each 1,000
            most = max(most, peak(p.pid))
        p.wait()
        out.seek(0)
        return p.returncode, out.read(), most


before = totals()
rc, said, _ = run_big(big("q", f"31/10/2021;9.00;{a};last;kosong;;"))
ok(rc == 1 and f"line {LINES + 2}: jumlah: " in said and totals() == before,
   "100,000 good lines and a bad one: nothing", said[-500:])
path = big("p")
p = subprocess.Popen([LARIS, "--db", DB, "import", "purchases", "surakarta", "sgs-2021", path],
                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=ENV)
for progress in p.stderr:
    if progress.startswith("recording 40000"):
        p.send_signal(signal.SIGKILL)
        break
p.wait()
p.stderr.close()
ok(p.returncode == -signal.SIGKILL and totals() == before,
   "killed in the middle of recording: nothing is left", p.returncode)
clean("after the kill")
rc, said, most = run_big(path)
after = totals()
ok(rc == 0 and f"recorded\t{LINES}\n" in said and after[0] == before[0] + LINES,
   "100,000 lines", said[-500:])
ok(most < MEMORY_KIB, f"in {most // 1024} MiB", most)
ok(after[1] - before[1] == sum((i % 90 + 1) * 1000 for i in range(LINES)), "the sum is theirs")
rc, said, _ = run_big(path)
ok(rc == 0 and f"already there\t{LINES}\n" in said and totals() == after, "the same again", said[-500:])
clean("after 100,000 lines")
work.cleanup()
done()
