#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A library that is too old is refused by name and version, and a statement that it does not know is no empty answer.
# Tests also: library.c link_http.c link_ssh.c link_fetch.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
case $(basename "$OUTPOST_BUILD") in
asan)
	echo "skip older libraries: the sanitizer wants to be loaded first"
	exit 0
	;;
esac

# NAME CODE: a library that says so of itself
library() {
	printf '%s\n' "$2" | ${CC:-gcc} -shared -fPIC -x c -o "$here/$1.so" - || exit 1
}
# NAME ARGS...: with it before the system's own
with() {
	local name=$1
	shift
	out=$(LD_PRELOAD=$here/$name.so "$outpost" "$@" 2>"$here/err" </dev/null)
	code=$?
	err=$(cat "$here/err")
}
# NAME CODE TEXT
refused() {
	[ "$code" -eq "$2" ] && case $err in *"$3"*) true ;; *) false ;; esac
	verdict "$1"
	[ "$code" -eq "$2" ] || printf '%s: %s\n' "$code" "$err"
}

village
library sqlite 'int sqlite3_libversion_number(void) { return 3024000; } const char *sqlite3_libversion(void) { return "3.24.0"; }'
with sqlite list hazard
refused "an old SQLite by name and version" 1 'SQLite 3.24.0 太旧，要 3.26'
"$outpost" up http://127.0.0.1:9 >/dev/null 2>&1
library curl 'struct info { int age; const char *version; unsigned num; };
	struct info *curl_version_info(int which) { static struct info old = {0, "7.52.1", 0x073401}; (void)which; return &old; }'
with curl feed https://127.0.0.1:9/x.xml
refused "an old libcurl" 1 'libcurl 7.52.1 太旧，要 7.61'
exit $failed
