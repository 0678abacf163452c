#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy with a short list of checks: those that find faults, none that have taste; and clang, beside the gcc that
# builds, warns of nothing, with the Makefile's warnings.
set -u
cd "$(dirname "$0")/../.." || exit 1
checks='-*,bugprone-*,-bugprone-easily-swappable-parameters,-bugprone-narrowing-conversions'
checks="$checks,-bugprone-reserved-identifier,-bugprone-branch-clone,-bugprone-not-null-terminated-result,-bugprone-assignment-in-if-condition"
checks="$checks,-bugprone-macro-parentheses,-bugprone-implicit-widening-of-multiplication-result"
checks="$checks,-bugprone-suspicious-string-compare,-bugprone-sizeof-expression"
checks="$checks,misc-misplaced-const,misc-unused-alias-decls"
checks="$checks,cert-flp30-c,cert-fio38-c,cert-env33-c,readability-misleading-indentation"
warnings=$(sed -n '/^WARN = /{ :more; /\\$/{ N; b more }; s/\\\n//g; s/^WARN = //p }' Makefile)
[ -n "$warnings" ] || exit 1
files=$(find src screens -name '*.c' 2>/dev/null | sort)
[ -n "$files" ] || exit 0
out=$(printf '%s\n' "$files" | xargs -n 4 -P 2 sh -c '
	checks=$1 warnings=$2
	shift 2
	clang-tidy --quiet --checks="$checks" --warnings-as-errors="*" "$@" -- -std=c11 -D_GNU_SOURCE $warnings -Iinclude -Isrc \
		-DOUTPOST_VERSION=\"0\" -DOUTPOST_PREFIX=\"/usr/local\" -DOUTPOST_SYSCONF=\"/etc\"' tidy "$checks" "$warnings" 2>/dev/null)
if [ -n "$out" ]; then
	printf '%s\n' "$out" | grep -a -A 3 'error:\|warning:'
	echo "not ok clang-tidy"
	exit 1
fi
echo "ok clang-tidy"
