#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang, beside the gcc that builds, warns of nothing, with the Makefile's warnings: the program's sources, and in the
# long form the tests.
set -u
cd "$(dirname "$0")/../.." || exit 1
warnings=$(sed -n '/^WARN = /{ :more; /\\$/{ N; b more }; s/\\\n//g; s/^WARN = //p }' Makefile)
[ -n "$warnings" ] || exit 1
# shellcheck disable=SC2086 # they are words
out=$(find src screens ${OUTPOST_LONG:+tests} -name '*.c' ! -path 'tests/fuzz/*' 2>/dev/null | sort |
	xargs -P 2 -n 12 clang -fsyntax-only \
	-std=c11 -D_GNU_SOURCE -Iinclude -Isrc -Itests/unit -Itests/sync $warnings -Werror \
	'-DOUTPOST_VERSION="0"' '-DOUTPOST_PREFIX="/"' '-DOUTPOST_SYSCONF="/etc"' 2>&1)
if [ -n "$out" ]; then
	printf '%s\n' "$out"
	echo "not ok clang"
	exit 1
fi
echo "ok clang"
