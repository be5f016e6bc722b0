"""Say "ok" or "not ok", count, exit: tap.h for scripts."""
n = bad = 0


def ok(good, name, why=""):
    global n, bad
    n += 1
    bad += not good
    print(f"{'' if good else 'not '}ok {n} - {name}".replace("#", "\\#"))
    if not good:
        for ln in str(why).splitlines():
            print(f"# {ln}")
    return good


def done():
    print(f"1..{n}")
    return 1 if bad else 0
