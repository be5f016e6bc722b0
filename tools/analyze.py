#!/usr/bin/env python3
"""gcc -fanalyzer over src/, as TAP: leaks, double frees, use after free, NULL.

    analyze.py [BUILD]

Takes each file's own compiler options from BUILD/compile_commands.json.
A file is given SECONDS; one that takes longer is said to be unfinished,
which is no failure.  A result is kept beside the object file and used
again while nothing the file includes has changed.
"""
import concurrent.futures
import hashlib
import json
import os
import shlex
import subprocess
import sys

SECONDS = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def allowed(root):
    """tools/analyze.allow: what gcc gets wrong on correct code, file by file."""
    out = {}
    path = os.path.join(root, "tools/analyze.allow")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                words = line.split()
                if words and not line.startswith("#"):
                    if len(words) < 3:
                        sys.exit(f"{path}: no reason given: {line.strip()}")
                    out.setdefault(words[0], []).append("-Wno-analyzer-" + words[1])
    return out


def commands(build, root):
    off = allowed(root)
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as f:
        for c in json.load(f):
            path = os.path.normpath(os.path.join(c["directory"], c["file"]))
            rel = os.path.relpath(path, root)
            if rel.startswith("src/") and rel.endswith(".c"):
                yield rel, c, off.get(rel, [])


def options(command):
    """The compile command without what it writes."""
    out, skip = [], False
    for word in shlex.split(command):
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MQ", "-MT"):
            skip = True
        elif word not in ("-MD", "-MMD", "-c", "-g") and not word.startswith("-fdiagnostics"):
            out.append(word)
    return out


def run(command, directory):
    return subprocess.run(command, cwd=directory, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=SECONDS, check=False)


def mark(command, files):
    h = hashlib.sha256(repr(command).encode())
    for name in files:
        with open(name, "rb") as f:
            h.update(hashlib.sha256(f.read()).digest())
    return h.hexdigest()


def seen_before(seen, command, directory):
    """Nothing it includes has changed since it was found good."""
    try:
        with open(seen, encoding="utf-8") as f:
            was, *files = f.read().split("\n")
        return was == mark(command, [os.path.join(directory, n) for n in files])
    except FileNotFoundError:
        return False


def included(deps):
    """The files a make rule of gcc -MD names after its target."""
    with open(deps, encoding="utf-8") as f:
        return f.read().replace("\\\n", " ").split(":", 1)[1].split()


def judge(job):
    rel, c, off = job
    directory = c["directory"]
    command = options(c["command"]) + ["-fanalyzer", "-S", "-o", "/dev/null"] + off
    seen = os.path.join(directory, "analyzed", rel.replace("/", "_"))
    if seen_before(seen, command, directory):
        return rel, 0, "seen before"
    os.makedirs(os.path.dirname(seen), exist_ok=True)
    try:
        r = run(command + ["-MD", "-MF", seen + ".d"], directory)
    except subprocess.TimeoutExpired:
        return rel, 0, f"unfinished after {SECONDS} s"
    if r.returncode == 0:
        files = included(seen + ".d")
        with open(seen, "w", encoding="utf-8") as f:
            f.write("\n".join([mark(command, [os.path.join(directory, n) for n in files]), *files]))
    return rel, r.returncode, r.stdout.decode(errors="replace")


def main():
    root = os.environ.get("LARIS_ROOT") or os.path.dirname(HERE)
    build = sys.argv[1] if len(sys.argv) > 1 else os.path.join(root, "build")
    jobs = sorted(commands(build, root), key=lambda job: job[0])
    bad = 0
    print(f"1..{len(jobs)}", flush=True)
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for n, (rel, rc, say) in enumerate(pool.map(judge, jobs), 1):
            note = say if rc == 0 and len(say) < 60 and say else ""
            print(f"{'not ' if rc else ''}ok {n} - {rel}{': ' + note.strip() if note else ''}",
                  flush=True)
            if rc:
                bad = 1
                for line in say.splitlines():
                    print("#", line)
    sys.exit(bad)


if __name__ == "__main__":
    main()
