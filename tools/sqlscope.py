"""What one statement is about: its verb, its tables, whose city, its types.

Used by sqlc.py.  No full parser: a statement is cut into scopes (one for
each SELECT or change), and a scope is read by its clause words.
"""
from sqldialect import Refused, close, commas, is_word, low, names_in, solid


def main_word(ts):
    """(index, word) of the verb, behind a WITH."""
    i = 0
    while i < len(ts):
        if ts[i].text == "(":
            i = close(ts, i)
        elif is_word(ts[i], "select", "insert", "update", "delete", "values"):
            return i, low(ts[i])
        i += 1
    raise Refused("no SELECT, INSERT, UPDATE or DELETE")


def writes(toks):
    ts = solid(toks)
    if low(ts[0]) not in ("with", "select", "insert", "update", "delete",
                          "values"):
        raise Refused(f"'{ts[0].text}': a statement is SELECT, INSERT, "
                      "UPDATE or DELETE")
    if any(t.text == "*" and (is_word(ts[i - 1], "select", "distinct", "all",
                                      "returning")
                              or ts[i - 1].text in (",", "."))
           for i, t in enumerate(ts) if i):
        raise Refused("'*': name the columns")
    return main_word(ts)[1] in ("insert", "update", "delete")


STOP = ("where", "group", "having", "order", "limit", "window", "union",
        "intersect", "except", "returning", "set", "values", "offset", "on",
        "using", "join", "left", "inner", "cross", "full", "right", "natural",
        "conflict", "do", "as")


def scopes(ts):
    """Flat lists of tokens: one for each SELECT or change in ts.

    A parenthesis that holds a SELECT is a scope of its own; any other
    belongs to the scope it stands in.
    """
    cur, out, i = [], [], 0
    while i < len(ts):
        if ts[i].text == "(":
            j = close(ts, i)
            if j > i + 1 and is_word(ts[i + 1], "select", "with", "values"):
                out += scopes(ts[i + 1:j])
                cur.append(ts[i]._replace(kind="hole"))
                cur.append(ts[j])
                i = j + 1
                continue
        elif is_word(ts[i], "union", "intersect", "except"):
            out.append(cur)
            cur = []
        cur.append(ts[i])
        i += 1
    return [s for s in out + [cur] if s]


def alias(ts, i):
    """The name a table at i goes by."""
    j = i + 1
    if j < len(ts) and is_word(ts[j], "as"):
        j += 1
    if j < len(ts) and ts[j].kind == "word" and low(ts[j]) not in STOP:
        return low(ts[j])
    return low(ts[i])


def tables_of(ts):
    """[(alias, table, optional)] of a scope."""
    out, depth, froms = [], 0, False
    for i, t in enumerate(ts[:-1]):
        depth += t.text == "("
        depth -= t.text == ")"
        if depth:
            continue
        changes = is_word(t, "into") or is_word(t, "update") and not (
            i and is_word(ts[i - 1], "do", "for"))
        if is_word(t, "from", "join") or changes or froms and t.text == ",":
            froms = not changes
            left = any(is_word(x, "left", "full") for x in ts[max(0, i - 2):i])
            if ts[i + 1].kind == "word":
                out.append((alias(ts, i + 1), low(ts[i + 1]), left))
            elif ts[i + 1].kind != "hole":
                raise Refused("a join in parentheses: write it flat")
        elif is_word(t, "where", "group", "order", "limit", "returning", "on",
                     "using"):
            froms = False
    return out


def where_cities(ts):
    """Aliases whose city is named in WHERE, ON or USING; '' for bare."""
    found, on = set(), False
    for i, t in enumerate(ts):
        if is_word(t, "where", "on", "using"):
            on = not (is_word(t, "on") and i + 1 < len(ts)
                      and is_word(ts[i + 1], "conflict"))
            using = is_word(t, "using")
        elif is_word(t, "group", "order", "limit", "returning", "set",
                     "having", "join", "left", "inner", "cross", "select"):
            on = False
        elif on and is_word(t, "city"):
            if using:
                found.add("*")
            elif i > 1 and ts[i - 1].text == ".":
                found.add(low(ts[i - 2]))
            else:
                found.add("")
    return found


def inserted(ts, schema):
    """The table of an INSERT into a city's table, which names the city."""
    for i, t in enumerate(ts):
        if not is_word(t, "into"):
            continue
        name = low(ts[i + 1])
        j = i + 4 if is_word(ts[i + 2], "as") else i + 2
        cols = names_in(ts[j:])
        if not cols:
            raise Refused(f"INSERT INTO {name}: name the columns")
        if not schema.tenant(name):
            return None
        if "city" not in cols:
            raise Refused(f"INSERT INTO {name} does not set city")
        return name
    return None


def is_bound(ts):
    """Somewhere a city is the parameter: city = :c, or (city, …) = (:c, …)."""
    for i, t in enumerate(ts):
        if not is_word(t, "city"):
            continue
        words = ts[i + 1:]
        if i and ts[i - 1].text == "(" and ts[i + 1].text == ",":
            words = ts[close(ts, i - 1) + 1:]
        kinds = [x.kind if x.kind == "param" else x.text for x in words[:3]]
        back = ts[:i - 2 if i > 1 and ts[i - 1].text == "." else i]
        if kinds[:2] == ["=", "param"] or kinds == ["=", "(", "param"] or \
                len(back) > 1 and back[-1].text == "=" and \
                back[-2].kind == "param":
            return True
    return False


def check_tenancy(toks, schema):
    """Every table of a city is reached by its city."""
    own = False
    for ts in scopes(solid(toks)):
        target = inserted(ts, schema)
        own = own or target is not None
        tabs = [(a, n) for a, n, _ in tables_of(ts) if schema.tenant(n)]
        if target:
            tabs = tabs[1:]
        cities = where_cities(ts)
        for a, n in tabs:
            if a in cities or "*" in cities:
                continue
            if "" in cities and len(tabs) == 1:
                continue
            raise Refused(f"{n} is reached without its city: say "
                          f"{a + '.' if len(tabs) > 1 else ''}city = … "
                          "in WHERE or ON")
        for i, t in enumerate(ts):
            if is_word(t, "set", ",") and i + 2 < len(ts) and \
                    is_word(ts[i + 1], "city") and ts[i + 2].text == "=":
                raise Refused("the city of a row never changes")
    if not own and not is_bound(solid(toks)):
        raise Refused("no 'city = :city': whose rows are these?")


# ---- types, where they are plain ---------------------------------------------


def lookup(ts, i, tabs, schema):
    """The column that the word at i (maybe after 'alias.') names."""
    name = low(ts[i])
    if i > 1 and ts[i - 1].text == ".":
        tabs = [t for t in tabs if t[0] == low(ts[i - 2])]
    hits = [schema.tables[n].columns[name] for _, n, _ in tabs
            if n in schema.tables and name in schema.tables[n].columns]
    kinds = {c.kind for c in hits}
    if len(kinds) != 1 or len(hits) != len([t for t in tabs]) and \
            len(tabs) == 1:
        return None
    return hits[0]


def param_columns(toks, schema):
    """(parameter, column) for 'column = :p' and for INSERT's VALUES."""
    out = []
    for ts in scopes(solid(toks)):
        tabs = tables_of(ts)
        for i, t in enumerate(ts):
            if t.kind == "param" and i > 1 and ts[i - 1].text in (
                    "=", "<", ">", "<=", ">=", "<>", "!=") and \
                    ts[i - 2].kind == "word":
                if i + 1 < len(ts) and ts[i + 1].text in (
                        "+", "-", "*", "/", "%", "||"):
                    continue
                c = lookup(ts, i - 2, tabs, schema)
                if c:
                    out.append((t.text[1:], c))
            elif is_word(t, "into") and low(ts[i + 1]) in schema.tables:
                out += insert_columns(ts, i + 1, schema)
    return out


def insert_columns(ts, at, schema):
    table = schema.tables[low(ts[at])]
    i = at + 1
    while i < len(ts) and ts[i].text != "(":
        i += 1
    if i >= len(ts):
        return []
    cols, out = names_in(ts[i:]), []
    i = close(ts, i) + 1
    if i >= len(ts) or not is_word(ts[i], "values"):
        return []
    i += 1
    while i < len(ts) and ts[i].text == "(":
        end = close(ts, i)
        for c, v in zip(cols, commas(ts[i + 1:end])):
            if len(v) == 1 and v[0].kind == "param" and c in table.columns:
                out.append((v[0].text[1:], table.columns[c]))
        i = end + 2
    return out


def result_columns(toks, schema):
    """(position, column) for results that are plainly one column."""
    ts = solid(toks)
    at, verb = main_word(ts)
    main = scopes(ts[at:])
    tabs = tables_of(main[-1])
    if verb != "select":
        ret = [i for i, t in enumerate(ts) if is_word(t, "returning")]
        if not ret:
            return []
        items = ts[ret[-1] + 1:]
    elif any(is_word(t, "union", "intersect", "except") for t in ts[at:]):
        return []
    else:
        items, i = [], at + 1
        while i < len(ts) and not is_word(ts[i], "from"):
            j = close(ts, i) if ts[i].text == "(" else i
            items += ts[i:j + 1]
            i = j + 1
    optional = {a for a, _, left in tabs if left}
    out = []
    for n, item in enumerate(commas(items)):
        if len(item) > 2 and is_word(item[-2], "as"):
            item = item[:-2]
        if item and is_word(item[0], "distinct"):
            item = item[1:]
        if len(item) == 3 and item[1].text == "." or len(item) == 1:
            if item[-1].kind != "word":
                continue
            c = lookup(item, len(item) - 1, tabs, schema)
            if c and len(item) == 3 and low(item[0]) in optional:
                c = c._replace(null=True)
            if c:
                out.append((n, c))
    return out
