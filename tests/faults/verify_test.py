"""`laris verify` against verify.py on 100,000 spoilt bundles; in ./dev test
tests/draw does it with a few."""
import os
import sys

if os.environ.get("LARIS_FAULTS") != "long":
    print("1..0 # SKIP the long run is for ./dev faults")
    sys.exit(0)
HERE = os.path.dirname(os.path.abspath(__file__))
os.environ["LARIS_DRAW_CASES"] = "100000"
test = os.path.join(os.path.dirname(HERE), "draw/verify_diff_test.py")
os.execv(sys.executable, [sys.executable, test])
