#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every script of the project goes through shellcheck.
set -u
cd "$(dirname "$0")/../.." || exit 1
out=$(find tests config .ci -name "*.sh" -o -path ".ci/run" | sort |
	xargs -n 8 -P 2 shellcheck -x -S warning -e SC1091,SC2034,SC2044,SC2046,SC2086,SC2154 2>&1)
if [ -n "$out" ]; then
	printf '%s\n' "$out"
	echo "not ok shellcheck"
	exit 1
fi
echo "ok shellcheck"
