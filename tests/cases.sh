# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# How the scripts of several folders judge a case: by the command before it, and by what the program said last, which
# lies in $out, $err and $code.
# shellcheck disable=SC2034 # read by the scripts
failed=0
out='' err='' code=0

# NAME: the case is the result of the command before it.
verdict() {
	local good=$? name=$1
	if [ "$good" -eq 0 ]; then
		echo "ok $name"
	else
		printf 'exit %s\nstdout: %s\nstderr: %s\n' "$code" "$out" "$err"
		echo "not ok $name"
		# shellcheck disable=SC2034 # what the script ends with
		failed=1
	fi
}

# NAME TEXT: the last output holds it.
has() {
	case $out in *"$2"*) true ;; *) false ;; esac
	verdict "$1"
}

# NAME TEXT: it does not.
lacks() {
	case $out in *"$2"*) false ;; *) true ;; esac
	verdict "$1"
}

# FILE, what a terminal has shown: the keys that leave it, each when what it answers can have been read.
leave_keys() {
	local text
	for text in Q退出 "按 y 退出"; do
		for _ in $(seq 600); do
			grep -qaF "$text" "$1" 2>/dev/null && break
			sleep 0.1
		done
		sleep 1.2
		printf %.1s "${text#按 }"
	done
	sleep 1
}
