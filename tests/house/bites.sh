#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A check that cannot fail is none: each check of the house passes a small clean tree and fails the
# same tree with one fault planted in it.
set -u
house=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
head='/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file of the small tree.
 */'

clean_tree() {
	rm -rf "$work/tree"
	mkdir -p "$work"/tree/{src/{base,model,store,sync,ui,app},screens,include/{base,store},tests/unit,config/lang}
	cd "$work/tree" || exit 1
	printf '%s\n' "0	0	src/base	-" "1	0	src/model	-" "2	0	src/store	-" "3	0	src/sync	-" \
		"3	0	src/ui	-" "4	0	screens	-" "5	0	src/app	-" >src/ROOMS
	printf '%s\n' "$head" '/* Doubles. */' 'int low(int n);' >include/base/low.h
	printf '%s\n' "$head" '#include "base/low.h"' 'int low(int n)' '{' '	return n + n;' '}' >src/base/low.c
	printf '%s\n' "$head" '#include "base/low.h"' 'int high(int n);' 'int high(int n)' '{' \
		'	return low(n) + 1; /* strcpy( 中文 in a comment */' '}' >src/store/high.c
	printf '%s\n' "$head" 'int sync_it(void);' 'int sync_it(void)' '{' '	return 1;' '}' >src/sync/road.c
	printf '%s\n' "$head" 'int high(int n);' 'int sync_it(void);' 'int main(void)' '{' \
		'	return high(sync_it());' '}' >src/app/main.c
	mkdir docs
	# shellcheck disable=SC2016 # code in a text
	printf '%s\n' '# Small' "$("$house/../../docs/map.sh" .)" 'See `src/base/low.c` and low().' >docs/DESIGN.md
	cp docs/DESIGN.md README.md
	mkdir docs/zh && cp README.md docs/zh/
	printf '%s\n' '# Book' '' '    outpost today   # now' >docs/OPERATE.md
	printf '%s\n' '# 手册' '' '    outpost today   # 现在' >docs/zh/OPERATE.md
	mkdir -p docs/man/{,zh_CN/}man1
	echo '.B \-\-help' | tee docs/man/man1/small.1 >docs/man/zh_CN/man1/small.1
	printf '%s\n' '# What is done.' '# Covers: A01' >tests/unit/test_low.t
	printf 'group\tA: things\nA01\ta thing\nA02\tanother\tnone\tnobody does it\n' >docs/coverage.tsv
	"$house/../../docs/coverage.sh" --write .
	for name in low high road extra other; do
		printf '%s\n' "$head" >tests/unit/test_$name.c
	done
}

compile() {
	local source
	# shellcheck disable=SC2044 # no blanks in our names
	for source in $(find src screens -name '*.c'); do
		mkdir -p "obj/${source%/*}"
		cc -w -Iinclude -c -o "obj/${source%.c}.o" "$source" || exit 1
	done
}

# CHECK WHAT: CHECK must pass the clean tree; then `plant` makes the fault and it must fail.
bite() {
	local check=$1 what=$2
	clean_tree
	case $check in floors | unused) compile ;; esac
	if ! "$house/$check.sh" "$work/tree" "$work/tree/obj" >"$work/out" 2>&1; then
		echo "the clean tree fails $check:"
		cat "$work/out"
		echo "not ok $check passes what is clean"
		bad=1
		return
	fi
	plant
	case $check in floors | unused) compile ;; esac
	if "$house/$check.sh" "$work/tree" "$work/tree/obj" >"$work/out" 2>&1; then
		echo "not ok $check sees $what"
		bad=1
	else
		echo "ok $check sees $what"
	fi
}
source_of() { printf '%s\n' "$head" "$@"; }

plant() { source_of 'int high(int);' 'int extra(int n)' '{' '	return high(n);' '}' >src/base/extra.c; }
bite floors "a call upwards"
plant() { source_of 'int sync_it(void);' 'int extra(void)' '{' '	return sync_it();' '}' >src/ui/extra.c; }
bite floors "a call into a stranger's room"
plant() {
	source_of 'int other(int);' 'int extra(int n)' '{' '	return other(n);' '}' >src/base/extra.c
	source_of 'int extra(int);' 'int other(int n)' '{' '	return extra(n);' '}' >src/base/other.c
}
bite floors "a circle of two files"
plant() {
	mkdir src/base/room && printf '0\t1\tsrc/base/room\t-\n' >>src/ROOMS
	source_of 'int inner(void);' 'int inner(void)' '{' '	return 1;' '}' >src/base/room/inner.c
	source_of 'int inner(void);' 'int other(void)' '{' '	return inner();' '}' >src/base/other.c
}
bite floors "a call into a higher room"
plant() { mkdir src/base/cellar && source_of 'int low(int);' 'int other(int n)' '{' '	return low(n);' '}' >src/base/cellar/other.c; }
bite floors "a folder that is no room"

plant() { source_of 'int extra(int n);' 'int extra(int n)' '{' '	return n > 1 ? extra(n - 1) : n;' '}' >src/base/extra.c; }
bite unused "a function that nobody calls"
plant() { source_of 'const char extra[] = "x";' >src/store/extra.c; }
bite unused "data that nobody reads"

plant() { echo 'limit extra.days 3' >config/rules.conf; }
bite config "a limit that nothing asks for"
plant() { source_of 'int other(void)' '{' '	return rules_limit("extra.days", 3);' '}' >src/app/other.c; }
bite config "a limit that config lacks"
plant() { printf 'extra\ta\t甲\n' >config/codes.tsv; }
bite config "a code table that no field names"
plant() { mkdir include/model && source_of 'enum {' '	F_EXTRA = 1 << 9,' '};' >include/model/schema.h; }
bite config "a flag that nothing asks for"
plant() { mkdir config/packs && echo 'season flood 05-15 09-30' >config/packs/extra.conf; }
bite config "a line of a pack that nothing takes"

plant() { mkdir src/base/cellar && source_of 'int other;' >src/base/cellar/other.c; }
bite rooms "a folder that is no room"
plant() { for n in {1..16}; do source_of "int other$n;" >src/base/other"$n".c; done; }
bite rooms "a room with too many files"
plant() { source_of 'int other;' >include/store/other.h; }
bite rooms "a header of no room"
plant() { mkdir src/base/room && printf '0\t1\tsrc/base/room\t-\n' >>src/ROOMS && source_of 'int inner;' >src/base/room/inner.h && source_of '#include "base/room/inner.h"' >src/base/other.c; }
bite rooms "a private header read from outside"

plant() { source_of '#include <sqlite3.h>' >src/model/extra.c; }
bite walls "a library outside its wall"
plant() { source_of '#include <sodium.h>' >include/base/extra.h; }
bite walls "a library in a header"
plant() { source_of '#include "ui/term.h"' >src/store/extra.c; }
bite walls "an include that points up"
plant() { source_of 'static const char *ask = "SELECT body FROM fact";' >src/app/extra.c; }
bite walls "SQL outside the store"
plant() { mkdir -p src/store/log && source_of 'void extra(struct db *db)' '{' '	db_run(db, "x", NULL);' '}' >src/store/log/extra.c; }
bite walls "SQL in the log"
plant() { source_of 'static const char *ask = "CREATE TABLE IF NOT EXISTS extra(n)";' >src/store/extra.c; }
bite walls "a table outside the schema"
plant() { source_of 'void extra(void)' '{' '	printf("x");' '}' >src/model/extra.c; }
bite walls "printing below the screens"
plant() { source_of 'void extra(const char *text)' '{' '	fputs(text, out);' '}' >src/app/extra.c; }
bite walls "text that goes out uncleaned"
plant() { source_of 'void extra(char *to, va_list args)' '{' '	vsnprintf(to, 9, "%s", args);' '}' >src/ui/extra.c; }
bite walls "a message that is cut anywhere"
plant() { source_of 'void extra(void)' '{' '	store_write(0, 0, 0);' '}' >src/app/extra.c; }
bite walls "a fact past the one door"
plant() { mkdir src/sync/trust && source_of 'void extra(void)' '{' '	store_write(0, 0, 0);' '}' >src/sync/trust/extra.c; }
bite walls "a fact of the road past its door"

plant() { { source_of && yes '/* line */' | head -n 500; } >src/base/extra.c; }
bite sizes "a long file"
plant() { { source_of 'void extra(void)' '{' && yes '	low(1);' | head -n 60 && echo '}'; } >src/base/extra.c; }
bite sizes "a long function"
plant() { { source_of 'void extra(int n)' '{' && yes '	if (n && n > 2)' | head -n 8 && echo '	low(1);' && echo '}'; } >src/base/extra.c; }
bite sizes "a function of many branches"
plant() { source_of 'void extra(int a, int b, int c, int d,' '	int (*e)(int, int), int f, int g)' '{' '	low(a);' '}' >src/base/extra.c; }
bite sizes "a function of many parameters"

plant() { source_of 'void extra(char *a, char *b)' '{' '	strcpy(a, b);' '}' >src/base/extra.c; }
bite banned "strcpy"
plant() { source_of 'int extra(char *a)' '{' '	return atoi (a);' '}' >screens/extra.c; }
bite banned "atoi with a blank"
plant() { source_of 'void extra(int d)' '{' '	openat(d, "x", O_WRONLY | O_CREAT, 0600);' '}' >src/store/extra.c; }
bite writes "a file made past file.c"
plant() { source_of 'void extra(void)' '{' '	rename("a", "b");' '}' >screens/extra.c; }
bite writes "a rename past file.c"

plant() { source_of 'static const char *extra = "隐患";' >src/app/extra.c; }
bite words "Chinese outside _()"
plant() { source_of 'static const char *a = N_("隐患"), *b = "台风";' >src/app/extra.c; }
bite words "Chinese beside N_()"

plant() { source_of 'int untested(void);' >src/model/untested.c; }
bite pairs "a source without a test"
plant() { source_of 'int untested(void);' >screens/untested.c; }
bite pairs "a screen without a test"
plant() { source_of '' 'int lonely(int n);' >include/base/lonely.h; }
bite headers "a function without a comment"
plant() { echo 'int nothing;' >src/base/extra.c; }
bite headers "a file without a head"
plant() { printf '%s\n' "$head" 'enum {' '	F_ONE = 1 << 3,' '	F_TWO = 1 << 4,' '	F_OTHER = 1 << 3,' '};' >include/base/flags.h; }
bite headers "two flags with one bit"

plant() { printf '%s\n' "0	2	src/base/attic	old things" >>src/ROOMS; }
bite map "a room that the map does not show"
# shellcheck disable=SC2016
plant() { echo 'See `src/base/gone.c`.' >>README.md; }
bite map "a path that is not there"
plant() { echo 'Ask gone().' >>docs/DESIGN.md; }
bite map "a function that is not there"
# shellcheck disable=SC2016
plant() { echo 'Ask `low()` in `src/store/high.c`.' >>README.md; }
bite map "a function that is in another file"
plant() { mkdir -p src/store/db && echo 'enum { SCHEMA_VERSION = 7, SEARCH_VERSION = 7 };' >src/store/db/schema.h; }
bite map "a version that is not the one of the code"
plant() { mkdir tests/house && touch tests/house/extra.sh; }
bite map "a check that HACKING does not know"

plant() { printf '%s\n' '# A test.' '# Covers: A01' >tests/unit/test_extra.t; }
bite coverage "a test that the page does not show"
covers() { printf '%s\n' '# A test.' "# Covers: $1" >tests/unit/test_extra.t && "$house/../../docs/coverage.sh" --write .; }
plant() { covers A77; }
bite coverage "a test of what is no mechanism"
plant() { covers A02; }
bite coverage "a test of what is said not to be there"
plant() { printf 'A03\ta third\n' >>docs/coverage.tsv && "$house/../../docs/coverage.sh" --write .; }
bite coverage "what works and has no test"
plant() { printf 'A03\ta third\tby\tA01 A09\n' >>docs/coverage.tsv && "$house/../../docs/coverage.sh" --write .; }
bite coverage "what rests on a row that is not there"

plant() { echo '## More' >>docs/OPERATE.md; }
bite zh "a heading that the Chinese page has not"
plant() { sed -i 's/today/toady/' docs/zh/OPERATE.md; }
bite zh "another command in the Chinese page"
plant() { echo '.B \-\-more' >>docs/man/man1/small.1; }
bite zh "an option that the Chinese manual has not"
# shellcheck disable=SC2016
plant() {
	printf 'msgid "磁盘已满：%%s"\nmsgstr "full: %%s"\n' >config/lang/en.po
	printf '%s\n' '| it says |' '|---|' '| `磁盘已满：…` |' '| `没有这样的话` |' >>docs/OPERATE.md
	printf '%s\n' '| 看到 |' '|---|' '| `磁盘已满：…` |' '| `磁盘已满：…` |' >>docs/zh/OPERATE.md
}
bite zh "a message that the program has not"

lock_bite() { # WHAT, LINES NOW...
	local what=$1
	shift
	printf '%s\n' "$@" >"$work/now"
	if "$house/lock.sh" "$work/lock" "$work/now" >"$work/out" 2>&1; then
		echo "not ok lock sees $what"
		bad=1
	else
		echo "ok lock sees $what"
	fi
}
printf '%s\n' 'kind 1 hazard' 'field 1 1 place text' 'field 1 2 grade code' >"$work/lock"
"$house/lock.sh" "$work/lock" "$work/lock" >/dev/null || {
	echo "not ok lock passes what is the same"
	bad=1
}
lock_bite "a field that is gone" 'kind 1 hazard' 'field 1 1 place text'
lock_bite "a tag with another type" 'kind 1 hazard' 'field 1 1 place num' 'field 1 2 grade code'
lock_bite "a tag with another name" 'kind 1 hazard' 'field 1 1 town text' 'field 1 2 grade code'
lock_bite "a tag used twice" 'kind 1 hazard' 'field 1 1 place text' 'field 1 2 grade code' 'field 1 2 risk code'
lock_bite "a kind's number reused" 'kind 1 drill' 'field 1 1 place text' 'field 1 2 grade code'
lock_bite "a new field that is not locked" 'kind 1 hazard' 'field 1 1 place text' 'field 1 2 grade code' 'field 1 3 risk code'
exit $bad
