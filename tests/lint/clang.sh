#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang, beside the gcc that builds, warns of nothing in the tests either, with the Makefile's warnings (in the long form;
# of the program's sources tidy.sh says the same).
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ -z "${OUTPOST_LONG:-}" ]; then
	echo "skip clang over the tests: OUTPOST_LONG=1"
	exit 0
fi
warnings=$(sed -n '/^WARN = /{ :more; /\\$/{ N; b more }; s/\\\n//g; s/^WARN = //p }' Makefile)
[ -n "$warnings" ] || exit 1
# shellcheck disable=SC2086 # they are words
out=$(find src screens tests -name '*.c' ! -path 'tests/fuzz/*' 2>/dev/null | sort |
	xargs -P 2 -n 12 clang -fsyntax-only \
	-std=c11 -D_GNU_SOURCE -Iinclude -Isrc -Itests/unit -Itests/sync $warnings -Werror \
	'-DOUTPOST_VERSION="0"' '-DOUTPOST_PREFIX="/"' '-DOUTPOST_SYSCONF="/etc"' 2>&1)
if [ -n "$out" ]; then
	printf '%s\n' "$out"
	echo "not ok clang"
	exit 1
fi
echo "ok clang"
