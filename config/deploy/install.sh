#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make install` and `make uninstall` do; run in the root of the sources, with the Makefile's variables in the
# environment: BUILD (where the programs lie), DESTDIR, PREFIX, SYSCONFDIR, UNITDIR.
#   install.sh install      the programs, manual pages, words, completions, units, and the county's data as shipped. Never
#                           writes over a file of that data that somebody has changed: it stays beside ours as NAME.county
#   install.sh uninstall    takes away exactly what install put, and the folders that it made; what was changed stays
set -eu
root=${DESTDIR:-}
share=$PREFIX/share
list=$root$share/outpost/installed # a line each: "dir PATH", or the SHA-256 and the path of a file

sum_of() {
	sha256sum <"$1" | cut -d' ' -f1
}
# PATH: its sum when it was installed, "" when it was not
was_sum() {
	if [ -f "$list" ]; then
		awk -v path="$1" 'substr($0, 66) == path { print $1 }' "$list"
	fi
}

# MODE FOLDER FILE...: into the stage
put() {
	mode=$1 folder=$stage$2
	shift 2
	mkdir -p "$folder"
	for file in "$@"; do
		cp "$file" "$folder"
		chmod "$mode" "$folder/${file##*/}"
	done
}
# MODE FOLDER NAME FILE: under another name
put_as() {
	mkdir -p "$stage$2"
	cp "$4" "$stage$2/$3"
	chmod "$1" "$stage$2/$3"
}
# The same of files that name a program or folder: they name it where it is installed.
put_filled() {
	put "$@"
	shift 2
	for file in "$@"; do
		sed -i "s|/usr/local/bin/|$PREFIX/bin/|g; s|/usr/local/share/|$share/|g; s|/etc/outpost/|$SYSCONFDIR/outpost/|g" \
			"$folder/${file##*/}"
	done
}

stage_all() {
	stage=$BUILD/stage
	rm -rf "$stage"
	put 755 "$PREFIX/bin" "$BUILD/outpost" "$BUILD/outpost-sync" "$BUILD/outpost-hub"
	put 644 "$share/outpost/config" config/*.tsv config/*.conf config/*.LICENSE
	put 644 "$share/outpost/config/cards" config/cards/*
	put 644 "$share/outpost/config/checklists" config/checklists/*
	put 644 "$share/outpost/config/demo" config/demo/*
	put 644 "$share/outpost/config/packs" config/packs/*
	put_filled 644 "$share/outpost/config/deploy" config/deploy/*.conf config/deploy/*.json config/deploy/*.yml
	put_filled 755 "$share/outpost/config/deploy/hooks.d" config/deploy/hooks.d/*
	put_filled 755 "$share/outpost/config/deploy/sms" config/deploy/sms/*
	put_filled 644 "$UNITDIR" config/deploy/*.service config/deploy/*.timer \
		config/deploy/*.path
	put_as 644 "$PREFIX/lib/sysusers.d" outpost.conf config/deploy/outpost.sysusers
	put_as 644 "$PREFIX/lib/tmpfiles.d" outpost.conf config/deploy/outpost.tmpfiles
	put 644 "$SYSCONFDIR/apparmor.d" config/deploy/apparmor/*
	for pages in man1 man5 man8 zh_CN/man1 zh_CN/man5 zh_CN/man8; do
		put 644 "$share/man/$pages" "docs/man/$pages"/*
	done
	put_as 644 "$share/bash-completion/completions" outpost config/completion/outpost.bash
	put 644 "$share/zsh/vendor-completions" config/completion/_outpost
	mkdir -p "$stage$share/locale"
	cp -R "$BUILD/lang/." "$stage$share/locale/"
	find "$stage" -type d -exec chmod 755 {} +
}

# PATH of the data, which somebody has changed since it was installed: stays under another name.
keep_changed() {
	kept=$1.county
	while [ -e "$root$kept" ]; do
		kept=$kept.older
	done
	mv "$root$1" "$root$kept"
	echo "install: $1 is not as it was installed and stays as $kept: what the county wants belongs into $SYSCONFDIR/outpost" >&2
}

install_all() {
	stage_all
	new=$stage.list
	: >"$new"
	# Folders that are not there, and those that an earlier install made.
	(cd "$stage" && find . -mindepth 1 -type d | sort | cut -c2-) | while IFS= read -r folder; do
		if [ ! -d "$root$folder" ] || { [ -f "$list" ] && grep -qxF "dir $folder" "$list"; }; then
			echo "dir $folder" >>"$new"
		fi
		mkdir -p "$root$folder"
	done
	(cd "$stage" && find . -type f | sort | cut -c2-) | while IFS= read -r file; do
		sum=$(sum_of "$stage$file")
		if [ -f "$root$file" ]; then
			now=$(sum_of "$root$file")
			case $file in "$share/outpost/config/"*)
				[ "$now" = "$sum" ] || [ "$now" = "$(was_sum "$file")" ] || keep_changed "$file" ;;
			esac
		fi
		cp -p "$stage$file" "$root$file.new"
		mv "$root$file.new" "$root$file"
		echo "$sum $file" >>"$new"
	done
	if [ -f "$list" ]; then
		take_away "$new"
	fi
	cp "$new" "$list.new"
	mv "$list.new" "$list"
}

# What the list has and the list KEEP has not; folders last, the inner ones first.
take_away() {
	awk '{ path = substr($0, $1 == "dir" ? 5 : 66) }
		FILENAME == ARGV[1] { keep[path] = 1; next }
		!(path in keep) { print ($1 == "dir" ? "dir" : "file"), $1, path }' "$1" "$list" |
		sort -k1,1r -k3,3r | while read -r what sum path; do
		if [ "$what" = dir ]; then
			rmdir "$root$path" 2>/dev/null || true
		elif [ -f "$root$path" ] && [ "$(sum_of "$root$path")" = "$sum" ]; then
			rm "$root$path"
		elif [ -f "$root$path" ]; then
			echo "install: $path was changed here and stays" >&2
		fi
	done
}

case ${1:-} in
install) install_all ;;
uninstall)
	if [ ! -f "$list" ]; then
		echo "uninstall: $list is not there: nothing was installed under this prefix" >&2
		exit 1
	fi
	copy=$(mktemp)
	mv "$list" "$copy"
	list=$copy
	take_away /dev/null
	rm "$copy"
	;;
*)
	echo "install.sh: \"${1:-}\" is not install or uninstall" >&2
	exit 2
	;;
esac
