"""The SQL that both engines understand: tokens, migrations, refusals.

Used by sqlc.py; the dialect itself is described in docs/dialect.md.
"""
import hashlib
import os
import re
import sqlite3
from collections import namedtuple

PG_TYPE = {"int": "bigint", "text": "text", "bytes": "bytea"}
LITE_TYPE = {"int": "INTEGER", "text": "TEXT", "bytes": "BLOB"}

Token = namedtuple("Token", "kind text line")
Column = namedtuple("Column", "name kind null")
Migration = namedtuple("Migration", "module number name sqlite postgres sha256")


class Refused(Exception):
    """What the author must change."""


# ---- tokens --------------------------------------------------------------

TOKEN = re.compile(r"""
    (?P<space>\s+)
  | (?P<comment>--[^\n]* | /\*.*?\*/)
  | (?P<string>'(?:[^']|'')*')
  | (?P<dollar>\$([A-Za-z_]\w*)?\$.*?\$(?(5)\5)\$)
  | (?P<quoted>"(?:[^"]|"")*" | `[^`]*` | \[[^\]]*\])
  | (?P<cast>::)
  | (?P<param>:[A-Za-z_]\w*)
  | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<op>\|\| | <= | >= | <> | != | == | << | >> | ->>? | [-+*/%=<>(),.;?@&|~$])
""", re.S | re.X)


def tokens(text):
    """Every token, spaces and comments too; junk is refused."""
    out, at, line = [], 0, 1
    while at < len(text):
        m = TOKEN.match(text, at)
        if not m:
            raise Refused(f"line {line}: cannot read {text[at:at + 20]!r}")
        out.append(Token(m.lastgroup, m[0], line))
        line += m[0].count("\n")
        at = m.end()
    return out


def solid(toks):
    return [t for t in toks if t.kind not in ("space", "comment")]


def low(t):
    return t.text.lower() if t.kind == "word" else t.text


def is_word(t, *words):
    return t.kind == "word" and t.text.lower() in words


def render(toks, param):
    """Text again, without comments; "param" names each parameter."""
    out = []
    for t in toks:
        if t.kind == "comment":
            out.append(" ")
        elif t.kind == "param":
            out.append(param(t.text[1:]))
        else:
            out.append(t.text)
    return re.sub(r"[ \t]+\n", "\n", "".join(out)).strip()


def close(toks, i):
    """The index of the ')' that closes the '(' at i."""
    depth = 0
    for j in range(i, len(toks)):
        depth += toks[j].text == "("
        depth -= toks[j].text == ")"
        if depth == 0:
            return j
    raise Refused(f"line {toks[i].line}: '(' is never closed")


def commas(toks):
    """Split at the commas outside parentheses."""
    out, cur, i = [], [], 0
    while i < len(toks):
        if toks[i].text == "(":
            j = close(toks, i)
            cur += toks[i:j + 1]
            i = j
        elif toks[i].text == ",":
            out.append(cur)
            cur = []
        else:
            cur.append(toks[i])
        i += 1
    return out + [cur] if cur or out else []


# ---- words that are refused everywhere ------------------------------------

TIME = "time comes in as a parameter"
RANDOM = "random numbers come in as parameters"
CALLS = {"now": TIME, "datetime": TIME, "date": TIME, "time": TIME,
         "strftime": TIME, "julianday": TIME, "unixepoch": TIME,
         "clock_timestamp": TIME, "transaction_timestamp": TIME,
         "statement_timestamp": TIME, "random": RANDOM, "randomblob": RANDOM,
         "gen_random_uuid": RANDOM, "setseed": RANDOM,
         "nextval": "ids come in as parameters",
         "last_insert_rowid": "ids come in as parameters",
         "changes": "use :exec and its 'changed'",
         "total_changes": "use :exec and its 'changed'",
         "ifnull": "say coalesce", "iif": "say CASE", "nvl": "say coalesce",
         "group_concat": "put lists together in C",
         "string_agg": "put lists together in C",
         "printf": "write text in C", "format": "write text in C",
         "total": "it gives a float", "avg": "divide in C", "glob": "say LIKE",
         "instr": "search in C", "strpos": "search in C"}
WORDS = {"current_timestamp": TIME, "current_date": TIME, "current_time": TIME,
         "localtime": TIME, "localtimestamp": TIME,
         "autoincrement": "ids come in as parameters",
         "serial": "ids come in as parameters",
         "bigserial": "ids come in as parameters",
         "trigger": "no triggers: say it in C",
         "rowid": "tables have no rowid", "_rowid_": "tables have no rowid",
         "oid": "tables have no oid", "pragma": "belongs to the engine's file",
         "attach": "one database only", "vacuum": "belongs to the operator",
         "begin": "transactions are the writer's",
         "commit": "transactions are the writer's",
         "rollback": "transactions are the writer's",
         "savepoint": "transactions are the writer's",
         "glob": "say LIKE", "ilike": "PostgreSQL only: lower() LIKE",
         "regexp": "SQLite only", "indexed": "SQLite only",
         "isnull": "say IS NULL", "notnull": "say IS NOT NULL",
         "collate": "sort in C", "lateral": "SQLite has none",
         "replace": "say ON CONFLICT DO UPDATE"}


def check_words(toks):
    ts = solid(toks)
    for i, t in enumerate(ts):
        nxt = ts[i + 1].text if i + 1 < len(ts) else ""
        w = low(t)
        why = None
        if t.kind == "quoted":
            why = "quoted names differ between engines"
        elif t.kind in ("dollar", "cast") or t.text in ("?", "$", "@", "->",
                                                        "->>"):
            why = "not in the common dialect"
        elif t.text == "==":
            why = "say ="
        elif t.kind == "word" and nxt == "(" and w in CALLS:
            why = CALLS[w]
        elif t.kind == "word" and w in WORDS and not (
                w == "replace" and nxt == "("):
            why = WORDS[w]
        elif w in ("x", "b", "e") and i + 1 < len(ts) and \
                ts[i + 1].kind == "string":
            why = "blob literals differ: use a parameter"
        elif w == "insert" and nxt.lower() == "or":
            why = "say ON CONFLICT"
        elif w == "is" and i + 1 < len(ts) and ts[i + 1].kind == "param":
            why = "say IS NOT DISTINCT FROM"
        elif w == "cast":
            j = close(ts, i + 1)
            if low(ts[j - 1]) not in PG_TYPE.values():
                why = "CAST AS bigint, text or bytea"
        elif w == "for" and nxt.lower() == "update":
            why = "SQLite has one writer and no FOR UPDATE"
        elif [low(x) for x in ts[i:i + 4]] == ["on", "delete", "set", "null"]:
            why = "no ON DELETE SET NULL: it would lose the city"
        if why:
            raise Refused(f"line {t.line}: '{t.text}': {why}")


# ---- migrations ------------------------------------------------------------


class Table:
    """What a CREATE TABLE said."""

    def __init__(self, name, reference):
        self.name, self.reference = name, reference
        self.columns, self.key = {}, []


def names_in(toks):
    """The identifiers of '(a, b, c)' that begins toks."""
    if not toks or toks[0].text != "(":
        return []
    return [low(c[0]) for c in commas(toks[1:close(toks, 0)]) if c]


def after(item, *words):
    """What follows the run of words in item, or None."""
    n = len(words)
    for i in range(len(item) - n + 1):
        if [low(t) for t in item[i:i + n]] == list(words):
            return item[i + n:]
    return None


def check_reference(table, item, tables):
    to = after(item, "references")
    if to is None:
        return
    target = tables.get(low(to[0])) or (
        table if low(to[0]) == table.name else None)
    if target is None:
        raise Refused(f"{table.name} refers to {to[0].text}, unknown so far")
    if target.reference:
        return
    if table.reference:
        raise Refused(f"reference table {table.name} refers to "
                      f"{target.name}, a city's table")
    own = after(item, "foreign", "key")
    if own is None or "city" not in names_in(own) or \
            "city" not in names_in(to[1:]):
        raise Refused(f"{table.name}: a foreign key to {target.name} "
                      "holds city on both sides")


def read_column(table, item):
    """name type …; gives the item with the type marked for translation."""
    if len(item) < 2 or item[0].kind != "word" or low(item[1]) not in PG_TYPE:
        said = " ".join(t.text for t in item[:2])
        raise Refused(f"{table.name}: '{said}': a column is "
                      "'name int', 'name text' or 'name bytes'")
    if len(item) > 2 and item[2].text == "(":
        raise Refused(f"{table.name}.{item[0].text}: types have no length")
    name = low(item[0])
    if name in table.columns:
        raise Refused(f"{table.name}.{name} is declared twice")
    key = after(item, "primary", "key") is not None
    if key:
        table.key = [name]
    if after(item, "unique") is not None and not table.reference:
        raise Refused(f"{table.name}.{name}: UNIQUE without city")
    null = after(item, "not", "null") is None and not key
    table.columns[name] = Column(name, low(item[1]), null)


def read_table(ts, reference, tables):
    """CREATE TABLE name ( … ): checked, and remembered in tables."""
    at = 2
    if [low(t) for t in ts[2:5]] == ["if", "not", "exists"]:
        raise Refused("no IF NOT EXISTS: a migration runs once")
    if ts[at].kind != "word" or ts[at + 1].text != "(":
        raise Refused(f"line {ts[0].line}: CREATE TABLE name ( … )")
    table = Table(low(ts[at]), reference)
    end = close(ts, at + 1)
    if end + 1 != len(ts):
        raise Refused(f"{table.name}: '{ts[end + 1].text}' after the columns: "
                      "STRICT, WITHOUT ROWID come by themselves")
    if table.name in tables:
        raise Refused(f"table {table.name} exists")
    items = commas(ts[at + 2:end])
    for item in items:
        if not item:
            raise Refused(f"{table.name}: an empty column")
        if is_word(item[0], "primary", "unique", "foreign", "check",
                   "constraint"):
            pk = after(item, "primary", "key")
            if pk is not None:
                table.key = names_in(pk)
            uq = after(item, "unique")
            if uq is not None and not reference and \
                    "city" not in names_in(uq):
                raise Refused(f"{table.name}: UNIQUE without city")
        else:
            read_column(table, item)
    if not table.key:
        raise Refused(f"{table.name} has no PRIMARY KEY")
    for k in table.key:
        if k not in table.columns:
            raise Refused(f"{table.name}: key column {k} is not declared")
        table.columns[k] = table.columns[k]._replace(null=False)
    if not reference and table.key[0] != "city":
        raise Refused(f"{table.name}: the PRIMARY KEY begins with city (or "
                      "say '-- reference table' on the line above)")
    for item in items:
        check_reference(table, item, tables)
    tables[table.name] = table


def read_alter(ts, tables):
    words = [low(t) for t in ts]
    table = tables.get(words[2]) if len(words) > 2 else None
    if table is None:
        raise Refused(f"line {ts[0].line}: ALTER of an unknown table")
    if words[3:5] == ["add", "column"]:
        read_column(table, ts[5:])
        check_reference(table, ts[5:], tables)
    elif words[3:5] == ["drop", "column"]:
        table.columns.pop(words[5], None)
    elif words[3:5] == ["rename", "column"] and words[6] == "to":
        c = table.columns.pop(words[5])
        table.columns[words[7]] = c._replace(name=words[7])
    elif words[3:5] == ["rename", "to"]:
        table.name = words[5]
        tables[words[5]] = tables.pop(words[2])
    else:
        raise Refused(f"line {ts[0].line}: ALTER TABLE may ADD, DROP or "
                      "RENAME COLUMN, or RENAME TO")


def read_index(ts, tables):
    words = [low(t) for t in ts]
    if words[1] != "unique" or "on" not in words:
        return
    at = words.index("on")
    table = tables.get(words[at + 1])
    if table is None:
        raise Refused(f"line {ts[0].line}: index of an unknown table")
    if not table.reference and "city" not in names_in(ts[at + 2:]):
        raise Refused(f"{table.name}: UNIQUE without city")


def retype(toks, to):
    """Column types, translated; everything else as it is written."""
    out, depth, fresh, prev = [], 0, False, None
    create = is_word(solid(toks)[0], "create")
    for t in toks:
        if t.kind in ("space", "comment"):
            out.append(t)
            continue
        depth += t.text == "("
        depth -= t.text == ")"
        place = depth == 1 if create else True
        if place and prev is not None and fresh and low(t) in to:
            t = t._replace(text=to[low(t)])
        fresh = (create and depth == 1 and prev is not None
                 and prev.text in ("(", ",")) or \
                (not create and prev is not None and is_word(prev, "column"))
        prev = t
        out.append(t)
    return out


def both(toks, reference, tables):
    """One statement of the common dialect -> (SQLite, PostgreSQL)."""
    ts = solid(toks)
    check_words(toks)
    kind = [low(t) for t in ts[:2]]
    if kind == ["create", "table"]:
        read_table(ts, reference, tables)
        lite = render(retype(toks, LITE_TYPE), str) + " STRICT, WITHOUT ROWID"
        return lite, render(retype(toks, PG_TYPE), str)
    if kind == ["alter", "table"]:
        read_alter(ts, tables)
        return (render(retype(toks, LITE_TYPE), str),
                render(retype(toks, PG_TYPE), str))
    if kind == ["create", "index"] or kind == ["create", "unique"]:
        read_index(ts, tables)
    elif kind == ["drop", "table"]:
        tables.pop(low(ts[2]), None)
    elif kind[0] not in ("insert", "update", "delete", "drop"):
        raise Refused(f"line {ts[0].line}: '{' '.join(kind)}' does not "
                      "belong in a migration")
    text = render(toks, str)
    return text, text


SECTION = re.compile(r"--\s*@(\w+)\s*$")


def translate(text, tables):
    """A migration's (SQLite, PostgreSQL) texts."""
    lite, pg, cur, where, ref = [], [], [], "both", None
    for t in tokens(text):
        m = SECTION.match(t.text) if t.kind == "comment" else None
        if m:
            if solid(cur):
                raise Refused(f"line {t.line}: a section inside a statement")
            if m[1] not in ("both", "sqlite", "postgres"):
                raise Refused(f"line {t.line}: unknown section @{m[1]}")
            where, cur = m[1], []
        elif t.kind == "param":
            raise Refused(f"line {t.line}: a migration has no parameters")
        elif t.kind == "comment" and not solid(cur):
            if re.match(r"--\s*reference table\b", t.text):
                ref = t.line
        elif t.text == ";" and t.kind == "op":
            if not solid(cur):
                raise Refused(f"line {t.line}: an empty statement")
            first = solid(cur)[0].line
            if where == "both":
                a, b = both(cur, ref == first - 1, tables)
            else:
                a = b = raw(cur)
            if where != "postgres":
                lite.append(a + ";")
            if where != "sqlite":
                pg.append(b + ";")
            cur = []
        elif t.kind != "space" or cur:
            cur.append(t)
    if solid(cur):
        raise Refused("no ';' at the end")
    return "\n".join(lite), "\n".join(pg)


def raw(toks):
    """A statement for one engine: only what is forbidden for all."""
    for t in solid(toks):
        if is_word(t, "trigger", "autoincrement", "commit", "rollback",
                   "current_timestamp"):
            raise Refused(f"line {t.line}: '{t.text}': {WORDS[low(t)]}")
    return render(toks, str)


def read_migrations(module, path):
    """The migrations of one folder, in order."""
    out = []
    for name in sorted(os.listdir(path)):
        if not name.endswith(".sql"):
            continue
        full = os.path.join(path, name)
        m = re.fullmatch(r"(\d{4})-([a-z0-9-]+)\.sql", name)
        if not m:
            raise Refused(f"{full}: a migration is NNNN-name.sql")
        if int(m[1]) != len(out) + 1:
            raise Refused(f"{full}: number {len(out) + 1:04} is missing "
                          "or doubled")
        with open(full, "rb") as f:
            data = f.read()
        out.append(Migration(module, int(m[1]), m[2], full, data,
                             hashlib.sha256(data).hexdigest()))
    return out


class Schema:
    """The tables after every migration, and an empty database of them."""

    def __init__(self, migrations):
        self.tables = {}
        self.con = sqlite3.connect(":memory:", isolation_level=None)
        self.con.execute("PRAGMA ignore_check_constraints=ON")
        for i, m in enumerate(migrations):
            where = m.sqlite
            try:
                lite, pg = translate(m.postgres.decode(), self.tables)
                self.con.executescript(lite)
            except (Refused, sqlite3.Error) as e:
                raise Refused(f"{where}: {e}")
            migrations[i] = m._replace(sqlite=lite, postgres=pg)
        # rows that a migration put there would disturb the checks
        for t in self.tables:
            self.con.execute(f"DELETE FROM {t}")

    def tenant(self, name):
        t = self.tables.get(name)
        return t is not None and not t.reference
