#!/usr/bin/env bash
# The draw checked in a browser: 100,000 holders from the button to the verdict.
set -eu
cd "$(dirname "$0")/.."
command -v "${CHROMIUM:-chromium-headless-shell}" >/dev/null || {
	echo "needs chromium-headless-shell: ./dev test installs it" >&2
	exit 1
}
exec node bench/browser_verify.mjs
