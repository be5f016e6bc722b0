#!/bin/sh
# Every byte of a bundle with happenings after the draw, of its proofs and of its
# log, altered in turn; ./dev test takes one in thirteen.
[ "$LARIS_FAULTS" = long ] || { echo "1..0 # SKIP the long run is for ./dev faults"; exit 0; }
exec "${LARIS_BUILD:-build}/draw_verify_after_test"
