#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What each program loads when it starts: the terminal never loads a network library, the hub never
# a terminal. A library that is not in the list is a new cost at every start: add it knowingly.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${OUTPOST_BUILD:-build}
bad=0

common='libc libm libsqlite3 libsodium libcjson ld-linux-x86-64 ld-linux-aarch64 libgcc_s libasan libubsan'
# PROGRAM LIBRARIES
check() {
	local program=$1 allowed=" $common $2 " wrong='' name
	[ -x "$build/$program" ] || return
	for name in $(objdump -p "$build/$program" | sed -n 's/^ *NEEDED *\([a-zA-Z0-9_+-]*\)\.so.*/\1/p; s/^ *NEEDED *\(libevent_[a-z]*\)-.*/\1/p'); do
		case $allowed in
		*" $name "*) ;;
		*) wrong="$wrong $name" ;;
		esac
	done
	if [ -n "$wrong" ]; then
		echo "not ok $program loads$wrong"
		bad=1
	else
		echo "ok $program loads what it may"
	fi
}
check outpost 'libncursesw libtinfo libreadline libexpat'
check outpost-sync 'libcurl libssh libzstd'
check outpost-hub 'libevent_core libevent_extra libzstd'
[ -x "$build/outpost" ] || echo "skip loads: no program is built yet"
exit $bad
