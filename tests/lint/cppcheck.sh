#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cppcheck: warnings, performance and portability over the program's sources.
set -u
cd "$(dirname "$0")/../.." || exit 1
[ -n "$(find src screens -name '*.c' 2>/dev/null | head -n 1)" ] || exit 0
mkdir -p build/cppcheck
out=$(cppcheck -q -j 2 --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	--cppcheck-build-dir=build/cppcheck --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=comparePointers \
	--max-configs=2 --template='{file}:{line}: {severity}: {message} [{id}]' \
	-D_GNU_SOURCE '-DOUTPOST_VERSION="0"' '-DOUTPOST_PREFIX="/"' '-DOUTPOST_SYSCONF="/etc"' -Iinclude -Isrc src $([ -d screens ] && echo screens) 2>&1)
code=$?
if [ $code -ne 0 ] || [ -n "$out" ]; then
	printf '%s\n' "$out"
	echo "not ok cppcheck"
	exit 1
fi
echo "ok cppcheck"
