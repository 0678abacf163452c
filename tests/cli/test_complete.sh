#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion: commands, options, kinds, fields, codes, steps and record numbers, where each may stand; and the scripts of bash
# and zsh, which ask the program. Tests also: complete.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.." || exit 1

# NAME WANTED WORD...: among what fits is that one
fits() {
	local name=$1 wanted=$2
	shift 2
	"$outpost" book complete -- "$@" | cut -f1 | grep -qxF -- "$wanted"
	verdict "$name"
}
# NAME WORD...: nothing fits
nothing() {
	local name=$1
	shift
	[ -z "$("$outpost" book complete -- "$@")" ]
	verdict "$name"
}

fits "a command" rebuild reb
fits "an option before it" --home --
fits "a command behind options" import --home /x --user=y imp
fits "a word of its own" cap import ca
fits "a kind" hazard list haz
fits "an option" --state list hazard --
fits "the states of the kind behind --state" rectifying list hazard --state rec
fits "kinds behind --kind" warning find x --kind war
fits "a field" category= list hazard cat
fits "a code" category=H0101 add hazard category=H0
fits "the next of several codes" skills=first_aid,$("$outpost" book complete -- add team skills= | sed -n '2s/skills=\([^	]*\).*/\1/p') \
	add team skills=first_aid,
nothing "no numbers without a station" show ""
nothing "nothing that does not begin so" list nosuch

village
hazard=$(add_hazard)
fits "a record" "$hazard" show ""
fits "of another folder" "$hazard" --home "$OUTPOST_HOME" show ""
fits "a record with steps" "$hazard" step ""
fits "a step that its state allows" assign step "$hazard" ""
[ -z "$("$outpost" book complete -- step "$hazard" recheck)" ]
verdict "and none that it does not"
fits "what the step takes" owner_due= step "$hazard" assign own
fits "its codes" track=regulator step "$hazard" assign track=
fits "a field of the record" place= edit "$hazard" pl
fits "a record behind why" "$hazard" rules why ""
shelter=$("$outpost" add shelter name=学校 capacity=200)
fits "a record in a field" "shelter=$shelter" add stay shelter=
nothing "but not of another kind" add stay "shelter=$hazard"

# ---- bash: what it takes for words is not what was typed
bash_says() {
	bash -c '. config/completion/outpost.bash; COMP_LINE=$1 COMP_POINT=${#1}; compopt() { :; }; _outpost "$2"; printf "%s\n" "${COMPREPLY[@]}"' \
		bash "$1" "$outpost"
}
bash_says "outpost step $hazard ass" | grep -qx assign
verdict "bash completes a step"
bash_says 'outpost add hazard category=H010' | grep -qx H0101
verdict "and behind an equals sign the code alone"
bash_says 'outpost list ' | grep -qx hazard
verdict "and at the beginning of a word"

# ---- zsh, as somebody types
if ! command -v zsh >/dev/null; then
	echo "skip zsh: it is not installed"
	exit $failed
fi
cat >"$here/typist" <<'P'
# Types lines into a zsh on a pty, each when the shell has answered the one before; prints what is then on the line.
import os, pty, select, sys, time
folder, *lines = sys.argv[1:]
pid, tty = pty.fork()
if pid == 0:
    os.environ.update(TERM="dumb", PS1="", ZDOTDIR="/nowhere")
    os.execvp("zsh", ["zsh", "-f", "-i"])
seen = b""
def until(text, seconds):
    global seen
    end = time.time() + seconds
    while text not in seen and time.time() < end:
        if select.select([tty], [], [], 0.1)[0]:
            seen += os.read(tty, 4096)
    return text in seen
def say(text):
    os.write(tty, text.encode())
say("fpath=(%s $fpath); autoload -Uz compinit; compinit -u -D; print REA''DY\n" % folder)
until(b"READY", 20)
for line in lines:
    typed, wanted = line.split("|")
    seen = b""
    say(typed + "\t")
    print("ok" if until(wanted.encode(), 10) else "no %r: %r" % (wanted, seen))
    say("\x15")
os.close(tty)
P
PATH="$OUTPOST_BUILD:$PATH" python3 "$here/typist" "$PWD/config/completion" 'outpost rebu|ild' "outpost step $hazard assi|gn" \
	'outpost add hazard category=H010|H0102' >"$here/zsh"
grep -v '^ok$' "$here/zsh"
[ "$(grep -c '^ok$' "$here/zsh")" -eq 3 ]
verdict "zsh completes a command, a step and a code"
exit $failed
