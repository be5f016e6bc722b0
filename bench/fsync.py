#!/usr/bin/env python3
"""What one durable write costs on this machine's disk: the yardstick of the
claims about purchases.  No claim of its own: it is the disk's, not ours."""
import os

from lib import DATA, fdatasync_us, machine, median, say, spread

ROUNDS = 5


def main():
    about = machine()
    os.makedirs(DATA, exist_ok=True)
    try:
        found = [fdatasync_us(DATA) for _ in range(ROUNDS)]
    finally:
        file = os.path.join(DATA, "fsync.dat")
        if os.path.exists(file):
            os.unlink(file)
    say(f"fdatasync of 4 KiB in {DATA}: median {median(found):.0f} us{spread(found)}; {about}")


if __name__ == "__main__":
    main()
