#!/usr/bin/env python3
"""A practice adopted from the command line: process start, file proven, plan,
draft sale with draw and prizes, one commit on the disk.  Ten times, each a new
sale; the claim is the median.
"""
import os
import shutil
import subprocess
import tempfile
import time

from lib import Claims, DATA, machine, median, program, spread

TARGET_S = 1.0
TIMES = 10


def main():
    os.makedirs(DATA, exist_ok=True)
    folder = tempfile.mkdtemp(dir=DATA)
    laris = [program("laris"), "--db", os.path.join(folder, "laris.db")]
    try:
        subprocess.run([*laris, "init"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*laris, "city", "add", "35.71"], check=True, stdout=subprocess.DEVNULL)
        took = []
        for n in range(TIMES):
            begun = time.monotonic()
            subprocess.run([*laris, "template", "adopt", "kediri", "solo/festival/great-sale@2021",
                            "--slug", f"kgs-{n}", "--set", "rules/unit=25000", "--reason", "size"],
                           check=True, stdout=subprocess.DEVNULL)
            took.append(time.monotonic() - begun)
    finally:
        shutil.rmtree(folder)
    claims = Claims()
    claims.at_most("adopt a sale, seconds", TARGET_S, median(took), spread(took))
    claims.done(machine())


if __name__ == "__main__":
    main()
