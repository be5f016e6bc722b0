#!/usr/bin/env python3
"""Turn a module's .sql file into typed C, and migrations into a C table.

    sqlc.py module --root SRC --module NAME --sql FILE.sql
                   --migrations DIR[,DIR...] --out-dir DIR
    sqlc.py migrations --out FILE.c MODULE=DIR ...

Every statement is prepared against the migrated schema while building,
and what either engine would understand differently is refused here.
The dialect is described in docs/dialect.md.
"""
import argparse
import os
import re
import sqlite3
import sys
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sqldialect as sd                                     # noqa: E402
import sqlscope                                             # noqa: E402
from sqldialect import Refused                              # noqa: E402

MODES = (":one", ":maybe", ":many", ":each", ":exec")
C_KEYWORDS = set("""auto break case char const continue default do double
    else enum extern float for goto if inline int long register restrict
    return short signed sizeof static struct switch typedef union unsigned
    void volatile while bool true false NULL err str""".split())
#: what a generated function calls its own parameters
TAKEN = ("db", "tx", "out", "n_out", "found", "changed", "row", "ctx")
HEADER = re.compile(r"--\s*(name|in|out|shared|kept|use):(.*)", re.S)


class Field:
    """One entry of an in: or out: list."""

    def __init__(self, text):
        words = text.split()
        if len(words) != 2:
            raise Refused(f"'{text.strip()}' is not 'name type'")
        self.name, kind = words
        self.null = kind.endswith("?")
        self.kind = kind.rstrip("?")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            raise Refused(f"bad name '{self.name}'")
        if self.name in C_KEYWORDS:
            raise Refused(f"the name '{self.name}' is a word of C")
        self.is_id = re.fullmatch(r"[a-z][a-z0-9_]*_id", self.kind) is not None
        if not self.is_id and self.kind not in ("int", "text", "bytes", "bool"):
            raise Refused(f"unknown type '{self.kind}' of '{self.name}'")
        #: what the engines store
        self.stored = self.kind if self.kind in ("text", "bytes") else "int"
        self.pg = sd.PG_TYPE[self.stored]
        self.ctype = {"int": "int64_t", "text": "str", "bytes": "str",
                      "bool": "bool"}.get(self.kind, self.kind)

    def dummy(self):
        return {"int": 0, "text": "", "bytes": b""}[self.stored]


class Query:
    """One named statement."""

    def __init__(self, name, mode):
        self.name, self.mode = name, mode
        self.ins, self.outs, self.doc, self.shared = [], [], [], None
        self.tokens = []
        self.writes = False
        #: why its rows are kept, and the tables it reads and writes
        self.kept, self.reads, self.wrote = None, set(), set()

    def texts(self):
        """The statement for SQLite and for PostgreSQL."""
        at = {f.name: (i + 1, f.pg) for i, f in enumerate(self.ins)}
        lite = sd.render(self.tokens, lambda p: f"?{at[p][0]}")
        pg = sd.render(self.tokens, lambda p: f"${at[p][0]}::{at[p][1]}")
        null = sd.render(self.tokens, lambda p: f"NULL::{at[p][1]}")
        return lite, pg, null


def fields(text):
    out = [Field(f) for f in text.split(",")] if text.strip() else []
    names = [f.name for f in out] + ["has_" + f.name for f in out if f.null]
    if len(set(names)) != len(names):
        raise Refused(f"a name is declared twice in '{text.strip()}'")
    return out


def begin(text):
    words = text.split()
    if len(words) != 2 or words[1] not in MODES:
        raise Refused(f"'-- name:{text}' needs a name and one of "
                      + " ".join(MODES))
    if not re.fullmatch(r"[a-z][a-z0-9_]*", words[0]):
        raise Refused(f"bad name '{words[0]}'")
    return Query(*words)


def header(q, key, rest):
    """A '-- key: rest' line above a statement."""
    if q.tokens:
        raise Refused(f"'-- {key}:' after the statement began")
    if key == "in":
        q.ins = q.ins + fields(rest)
    elif key == "out":
        q.outs = q.outs + fields(rest)
    elif key == "shared":
        q.shared = rest.strip()
        if not q.shared:
            raise Refused("'-- shared:' needs its reason")
    elif key == "kept":
        q.kept = rest.strip()
        if not q.kept:
            raise Refused("'-- kept:' needs its reason")
    else:
        raise Refused(f"'-- {key}:' belongs at the top of the file")


def parse_file(path):
    """(use, queries) of a .sql file."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    use, queries, q, closed = [], [], None, True
    for t in sd.tokens(text):
        h = HEADER.match(t.text) if t.kind == "comment" else None
        try:
            if h and h[1] == "name":
                if not closed:
                    raise Refused("the statement before has no ';'")
                q, closed = begin(h[2]), False
                q.line = t.line
                queries.append(q)
            elif q is None:
                if h and h[1] == "use":
                    use.append(h[2].strip())
                elif t.kind not in ("comment", "space"):
                    raise Refused("a statement needs '-- name:' above it")
            elif h:
                header(q, h[1], h[2])
            elif t.kind == "comment":
                if not q.tokens and t.text.startswith("--"):
                    q.doc.append(t.text[2:].strip())
            elif t.text == ";":
                closed = True
            elif t.kind != "space" and closed:
                raise Refused("more than one statement under one name")
            elif t.kind != "space" or q.tokens:
                q.tokens.append(t)
        except Refused as e:
            raise Refused(f"{path}:{t.line}: {q.name if q else ''}: {e}")
    if not closed:
        raise Refused(f"{path}: {q.name}: no ';' at the end")
    return use, queries


def check_declared(q):
    used = {t.text[1:] for t in q.tokens if t.kind == "param"}
    declared = {f.name for f in q.ins}
    for name in sorted(declared.intersection(TAKEN)):
        raise Refused(f"the name '{name}' is taken, choose another")
    if used - declared:
        raise Refused("uses but does not declare: "
                      + ", ".join(sorted(used - declared)))
    if declared - used:
        raise Refused("declares but does not use: "
                      + ", ".join(sorted(declared - used)))
    if q.mode == ":exec" and q.outs:
        raise Refused(":exec gives no rows, but there is an '-- out:'")
    if q.mode != ":exec" and not q.outs:
        raise Refused(f"{q.mode} needs an '-- out:'")


def check_city(q, schema):
    if q.shared:
        return
    sqlscope.check_tenancy(q.tokens, schema)


def check_prepared(q, schema):
    """Run it on the empty schema with a value of each declared type."""
    args = {f.name: f.dummy() for f in q.ins}
    text = sd.render(q.tokens, lambda p: ":" + p)
    con = schema.con
    con.execute("SAVEPOINT q")

    def seen(action, table, *_):
        if action == sqlite3.SQLITE_READ:
            q.reads.add(table)
        elif action in (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE):
            q.wrote.add(table)
        return sqlite3.SQLITE_OK

    con.set_authorizer(seen)
    try:
        con.execute("EXPLAIN " + text, args).fetchall()
        cur = con.execute(text, args)
        cols = [c[0] for c in cur.description or []]
        cur.fetchall()
    except sqlite3.Error as e:
        raise Refused(f"SQLite says: {e}")
    finally:
        con.set_authorizer(None)
        con.execute("ROLLBACK TO q")
        con.execute("RELEASE q")
    if q.mode == ":exec":
        if cols:
            raise Refused(f":exec, but it returns {', '.join(cols)}")
        return
    declared = [f.name for f in q.outs]
    if len(cols) != len(declared):
        raise Refused(f"returns {len(cols)} columns ({', '.join(cols)}), "
                      f"declares {len(declared)}")
    for c, d in zip(cols, declared):
        if c != d and d in cols:
            raise Refused(f"returns '{c}' where '{d}' is declared: "
                          "are they swapped?")


def check_kept(q):
    """What src/db/kept.c can do, and no more."""
    texts = [f for f in q.ins if f.stored != "int"]
    if q.wrote and len(q.wrote) != 1:
        raise Refused("writes to " + ", ".join(sorted(q.wrote)))
    if not q.kept:
        return
    if q.writes or q.mode not in (":maybe", ":many"):
        raise Refused("'-- kept:' is for :maybe and :many that read")
    if len(texts) > 1 or len(q.ins) - len(texts) > 4 or any(f.null for f in q.ins):
        raise Refused("'-- kept:' takes at most four numbers and one text, none NULL")
    if len(q.reads) > 4:
        raise Refused("'-- kept:' reads at most four tables")


def check_types(q, schema):
    """Where a parameter or a result is plainly one column, compare."""
    ins = {f.name: f for f in q.ins}
    for param, col in sqlscope.param_columns(q.tokens, schema):
        if ins[param].stored != col.kind:
            raise Refused(f":{param} is declared {ins[param].kind}, "
                          f"the column {col.name} is {col.kind}")
    for i, col in sqlscope.result_columns(q.tokens, schema):
        f = q.outs[i]
        if f.stored != col.kind:
            raise Refused(f"{f.name} is declared {f.kind}, "
                          f"the column {col.name} is {col.kind}")
        if col.null and not f.null:
            raise Refused(f"{f.name} may be NULL: declare '{f.kind}?'")


def check_module(path, queries, schema):
    seen = set()
    for q in queries:
        try:
            if q.name in seen:
                raise Refused("this name is used twice")
            seen.add(q.name)
            sd.check_words(q.tokens)
            q.writes = sqlscope.writes(q.tokens)
            if q.mode == ":exec" and not q.writes:
                raise Refused(":exec of a statement that only reads")
            if q.mode == ":each" and q.writes:
                raise Refused(":each is for statements that only read")
            check_declared(q)
            check_city(q, schema)
            check_prepared(q, schema)
            check_kept(q)
            check_types(q, schema)
        except Refused as e:
            raise Refused(f"{path}:{q.line}: {q.name}: {e}")


def check_use(root, use, queries):
    """Headers exist, and declare the ids that are named."""
    if os.path.isdir(os.path.join(root, "src")):
        root = os.path.join(root, "src")
    ids, todo = set(), list(use)
    for u in todo:
        path = os.path.join(root, u)
        if not os.path.isfile(path):
            if u in use:
                raise Refused(f"-- use: {u}: no such header in {root}")
            continue
        with open(path, encoding="utf-8") as f:
            text = f.read()
        ids |= set(re.findall(r"\bID_TYPE\((\w+)\)", text))
        todo += [i for i in re.findall(r'#include "([^"]+)"', text)
                 if i not in todo]
    for q in queries:
        for f in q.ins + q.outs:
            if f.is_id and f.kind[:-3] not in ids:
                raise Refused(f"{q.name}: {f.kind} is in no header under "
                              "'-- use:'")


# ---- C ---------------------------------------------------------------


def c_string(text, indent):
    lines = [ln.rstrip() for ln in text.strip().split("\n")]
    lines = [ln for ln in lines if ln.strip()]
    out = []
    for i, ln in enumerate(lines):
        ln = ln.replace("\\", "\\\\").replace('"', '\\"')
        out.append(f'"{ln}' + ('\\n"' if i + 1 < len(lines) else '"'))
    return ("\n" + indent).join(out) or '""'


def in_type(f):
    return f"const {f.ctype} *" if f.null else f.ctype + " "


def proto(mod, q):
    row = f"struct {mod}_{q.name}"
    first = "struct tx *tx" if q.writes else "struct db *db"
    args = [first] + [in_type(f) + f.name for f in q.ins]
    args += {":one": [f"{row} *out"],
             ":maybe": [f"{row} *out", "bool *found"],
             ":many": [f"{row} **out", "size_t *n_out"],
             ":each": [f"err (*row)(void *ctx, const {row} *)", "void *ctx"],
             ":exec": ["int64_t *changed"]}[q.mode]
    lines, cur = [], f"err {mod}_q_{q.name}("
    for i, a in enumerate(args):
        a += "," if i + 1 < len(args) else ")"
        if len(cur) + len(a) > 72 and not cur.endswith("("):
            lines.append(cur.rstrip())
            cur = "    "
        cur += a + " "
    return "\n".join(lines + [cur.rstrip()])


def row_struct(mod, q):
    out = [f"struct {mod}_{q.name} {{"]
    for f in q.outs:
        if f.null:
            out.append(f"\tbool has_{f.name};")
        note = "\t/* bytes */" if f.kind == "bytes" else ""
        out.append(f"\t{f.ctype} {f.name};{note}")
    return "\n".join(out + ["};"])


HOW = {
    ":one": 'ERR_MISSING "not-found" when there is none.',
    ":maybe": "*out is set only when *found.",
    ":many": "The rows live in db_arena().",
    ":each": "A row's text lives until \"row\" returns; its error stops.",
    ":exec": "\"changed\" (may be NULL): how many rows.",
}


def write_header(path, mod, kind, use, queries):
    guard = f"LARIS_Q_{mod.upper()}_{kind.upper()}_H"
    out = [f"/* Made by tools/sqlc.py: what {mod} {kind}s. */",
           f"#ifndef {guard}", f"#define {guard}", "",
           '#include "db/db.h"'] + [f'#include "{u}"' for u in use]
    for q in queries:
        if q.writes != (kind == "write"):
            continue
        doc = " ".join(q.doc + [HOW[q.mode]])
        out += ["", "/* " + doc.replace("*/", "* /") + " */"]
        if q.outs:
            out.append(row_struct(mod, q))
        out.append(proto(mod, q) + " MUST_USE;")
    save(path, "\n".join(out + ["", "#endif", ""]))


def bind(i, f):
    v = f"(*{f.name})" if f.null else f.name
    if f.is_id:
        v += ".v"
    call = f"db_bind_{f.stored}(s_, {i}, {v});"
    if not f.null:
        return f"\t{call}\n"
    return (f"\tif ({f.name})\n\t\t{call}\n"
            f"\telse\n\t\tdb_bind_null(s_, {i});\n")


def take(q):
    """The fields of one row."""
    out = []
    for i, f in enumerate(q.outs):
        if f.null:
            out.append(f"\t\t.has_{f.name} = !db_is_null(s_, {i}),\n")
        lent = "_lent" if q.mode == ":each" and f.stored != "int" else ""
        v = f"db_{f.stored}{lent}(s_, {i})"
        if f.is_id:
            v = f"{{ {v} }}"
        elif f.kind == "bool":
            v += " != 0"
        out.append(f"\t\t.{f.name} = {v},\n")
    return "".join(out)


def body(mod, q):
    row = f"struct {mod}_{q.name}"
    get = f"({row}){{\n{take(q)}\t}}"
    if q.mode == ":exec":
        return ("\tTRY(db_next(s_, &more_));\n\tCHECK(!more_);\n"
                "\tif (changed)\n\t\t*changed = db_changed(s_);\n"
                "\treturn NULL;\n")
    if q.mode in (":one", ":maybe"):
        miss = "\tif (!more_)\n\t\treturn db_no_row(db, &q_);\n"
        if q.mode == ":maybe":
            miss = "\t*found = more_;\n\tif (!more_)\n\t\treturn NULL;\n"
        return (f"\tTRY(db_next(s_, &more_));\n{miss}\t*out = {get};\n"
                "\tTRY(db_next(s_, &more_));\n\tCHECK(!more_);\n"
                "\treturn NULL;\n")
    if q.mode == ":many":
        use = f"*VEC_ADD(db_arena(db), &rows_) = r_;"
        end = ("\t*out = rows_.v;\n\t*n_out = rows_.n;\n\treturn NULL;\n")
    else:
        use, end = "TRY(row(ctx, &r_));", "\treturn NULL;\n"
    inner = get.replace("\n\t", "\n\t\t")
    return ("\tfor (;;) {\n\t\tTRY(db_next(s_, &more_));\n"
            "\t\tif (!more_)\n\t\t\tbreak;\n"
            f"\t\tconst {row} r_ = {inner};\n\t\t{use}\n\t}}\n{end}")


def table_number(name):
    """Of a table, 1-1023; two of one number are only forgotten together."""
    return zlib.crc32(name.encode()) % 1023 + 1


def query_struct(mod, q, indent):
    lite, pg, _ = q.texts()
    more = "".join(f", .writes = {table_number(t)}" for t in q.wrote)
    if q.kept:
        more += ", .reads = { %s }" % ", ".join(
            str(table_number(t)) for t in sorted(q.reads))
    return (f'{{ .name = "{mod}.{q.name}",\n'
            f'{indent}    .sqlite = {c_string(lite, indent + "    ")},\n'
            f"{indent}    .postgres = {c_string(pg, indent + '    ')}{more} }};\n")


def kept(mod, q):
    """The public function of a kept statement, around read_NAME."""
    row, many = f"struct {mod}_{q.name}", q.mode == ":many"
    args = "".join(f", {f.name}" for f in q.ins)
    nums = ", ".join(f.name + (".v" if f.is_id else "") for f in q.ins if f.stored == "int")
    text = "".join(f", .text = {f.name}" for f in q.ins if f.stored != "int")
    copies = "".join(f"\t\tv[i].{f.name} = arena_str(a, v[i].{f.name});\n"
                     for f in q.outs if f.stored != "int")
    c = ""
    if copies:
        c += (f"\nstatic void texts_{q.name}(struct arena *a, {row} *v, size_t n)\n{{\n"
              f"\tfor (size_t i = 0; i < n; i++) {{\n{copies}\t}}\n}}\n")
    give = (f"\t\t*out = NEWN(db_arena(db), {row}, n_);\n\t\t*n_out = n_;\n"
            f"\t\tmemcpy(*out, rows_, n_ * sizeof **out);\n") if many else (
            "\t\t*found = n_ > 0;\n\t\tif (n_)\n"
            f"\t\t\t*out = *(const {row} *)rows_;\n")
    give = f"\t\tconst void *rows_ = db_kept_rows(place_, &n_);\n{give}"
    first, count = ("*out", "*n_out") if many else ("out", "*found ? 1 : 0")
    if copies:
        give += f"\t\ttexts_{q.name}(db_arena(db), {first}, n_);\n"
    tail = "out, n_out" if many else "out, found"
    keep = (f"\t{row} *kept_ = db_kept_put(db, place_, &query_{q.name}, &key_, {first},\n"
            f"\t    {count}, sizeof *kept_, &texts_);\n")
    keep += (f"\ttexts_{q.name}(texts_, kept_, {count});\n" if copies
             else "\t(void)kept_;\n")
    return c + (f"\n{proto(mod, q)}\n{{\n"
                f"\tconst struct db_key key_ = {{ .num = {{ {nums} }}{text} }};\n"
                "\tstruct db_kept *place_;\n\tstruct arena *texts_;\n\tsize_t n_;\n\n"
                f"\tif (db_kept_find(db, &query_{q.name}, &key_, &place_)) {{\n{give}"
                "\t\treturn NULL;\n\t}\n"
                f"\tTRY(read_{q.name}(db{args}, {tail}));\n"
                f"\tif (!place_)\n\t\treturn NULL;\n{keep}\treturn NULL;\n}}\n")


def write_c(path, mod, queries):
    out = [f"/* Made by tools/sqlc.py from {mod}'s statements. */\n"
           f'#include "{mod}_read.h"\n#include "{mod}_write.h"\n#include <string.h>\n']
    for q in queries:
        c, name = "", "q_"
        if q.kept:
            name = f"query_{q.name}"
            c = f"\nstatic const struct db_query {name} = " + query_struct(mod, q, "")
            c += "\nstatic " + proto(mod, q).replace(f"{mod}_q_{q.name}(", f"read_{q.name}(")
            c += "\n{\n"
        else:
            c = f"\n{proto(mod, q)}\n{{\n\tstatic const struct db_query q_ = "
            c += query_struct(mod, q, "\t")
        if q.writes:
            c += "\tstruct db *db = tx->db;\n"
        c += "\tCLEANUP(db_done) struct db_stmt *s_ = NULL;\n\tbool more_;\n"
        if q.mode == ":many":
            c += f"\tVEC(struct {mod}_{q.name}) rows_ = {{ 0 }};\n"
        c += f"\n\tTRY(db_run(db, &{name}, &s_));\n"
        c += "".join(bind(i + 1, f) for i, f in enumerate(q.ins))
        out.append(c + body(mod, q).replace("&q_", "&" + name) + "}\n"
                   + (kept(mod, q) if q.kept else ""))
    save(path, "".join(out))


# ---- PostgreSQL, for tests/db/pg_prepare.py ---------------------------


def write_pg(path, mod, migrations, queries):
    out = [f"-- Made by tools/sqlc.py from {mod}: run by tests/db/pg_prepare.py."]
    for m in migrations:
        out += [f"-- @migration {m.module} {m.number} {m.name}",
                m.postgres.strip()]
    for q in queries:
        _, pg, null = q.texts()
        types = ",".join(f.pg for f in q.ins)
        outs = ",".join(f.stored for f in q.outs)
        out += [f"-- @statement {mod}.{q.name} ({outs})",
                f"PREPARE q{'(' + types + ')' if types else ''} AS {pg.strip()};",
                "DEALLOCATE q;"]
        if outs:
            out += [f"-- @describe {mod}.{q.name} ({outs})",
                    f"{null.strip()} \\gdesc"]
    save(path, "\n".join(out) + "\n")


# ---- the two commands --------------------------------------------------


def save(path, text):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def cmd_module(a):
    migrations = []
    for d in a.migrations.split(","):
        if d:
            migrations += sd.read_migrations(os.path.basename(
                os.path.dirname(os.path.abspath(d))), d)
    schema = sd.Schema(migrations)
    use, queries = parse_file(a.sql)
    check_use(a.root, use, queries)
    check_module(a.sql, queries, schema)
    p = os.path.join(a.out_dir, a.module)
    write_header(p + "_read.h", a.module, "read", use, queries)
    write_header(p + "_write.h", a.module, "write", use, queries)
    write_c(p + "_q.c", a.module, queries)
    write_pg(p + ".pg.sql", a.module, migrations, queries)


def cmd_migrations(a):
    all_, seen = [], set()
    for spec in a.dirs:
        module, eq, path = spec.partition("=")
        if not eq or module in seen:
            raise Refused(f"'{spec}' is not MODULE=DIR, or twice")
        seen.add(module)
        all_ += sd.read_migrations(module, path)
    sd.Schema(all_)             # they apply, in this order
    out = ["/* Made by tools/sqlc.py from the migrate folders. */\n"
           '#include "db/db.h"\n\n'
           "extern const struct migration laris_migrations[];\n"
           "extern const size_t laris_n_migrations;\n\n"
           "const struct migration laris_migrations[] = {\n"]
    for m in all_:
        out.append(f'\t{{ "{m.module}", {m.number}, "{m.name}",\n'
                   f"\t    {c_string(m.sqlite, chr(9) + '    ')},\n"
                   f"\t    {c_string(m.postgres, chr(9) + '    ')},\n"
                   f'\t    "{m.sha256}" }},\n')
    out.append("};\nconst size_t laris_n_migrations = "
               "countof(laris_migrations);\n")
    save(a.out, "".join(out))


def main(argv):
    p = argparse.ArgumentParser(prog="sqlc.py")
    sub = p.add_subparsers(dest="cmd", required=True)
    m = sub.add_parser("module")
    for o in ("--root", "--module", "--sql", "--migrations", "--out-dir"):
        m.add_argument(o, required=True)
    m.set_defaults(run=cmd_module)
    g = sub.add_parser("migrations")
    g.add_argument("--out", required=True)
    g.add_argument("dirs", nargs="+", metavar="MODULE=DIR")
    g.set_defaults(run=cmd_migrations)
    a = p.parse_args(argv)
    try:
        a.run(a)
    except (Refused, OSError, UnicodeDecodeError) as e:
        print(f"sqlc.py: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
