#!/bin/sh
# gcc -fanalyzer finds nothing in src/.
exec "${LARIS_PYTHON:-python3}" "${LARIS_ROOT:-.}/tools/analyze.py"
