#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The commands of docs/OPERATE.md are run as they stand there: a county, a township and two villages are set up, one over
# the network and one by stick; a certificate is pinned, people and guests get their lines, a rule is published, a backup
# is made, a drill is held, and lost keys are replaced. What needs root, systemd, sshd or a device is listed as not run.
# Only folders, addresses, days and what a command before has printed are put in.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
book=$(dirname "$0")/../../docs/OPERATE.md
export PATH="$OUTPOST_BUILD:$PATH"
mkdir -p "$here"/{usb,nas,safe,etc/{outpost,systemd/system,nginx/conf.d,ssh/sshd_config.d}}
{
	printf 'ssh-ed25519 '
	{ printf '\0\0\0\013ssh-ed25519\0\0\0\040' && head -c 32 /dev/urandom; } | base64 -w 0
} >"$here/qin.pub"
hubs=()
trap '[ ${#hubs[@]} -eq 0 ] || kill "${hubs[@]}" 2>/dev/null; wait; rm -rf "$here"' EXIT

# SECTION: its commands, one a line.
commands() {
	awk -v wanted="$1" '
	/^## / { on = $2 == wanted "." }
	on && /^    / { sub(/^ +/, ""); if (held != "") { $0 = held " " $0; held = "" }
		if (sub(/ *\\$/, "")) { held = $0; next } print }' "$book"
}

# WHO: serves the stations below WHO; leaves its address in $served.
serve() {
	local at=0
	OUTPOST_HOME="$here/$1" outpost-hub --listen 127.0.0.1:0 >"$here/$1.hub" 2>&1 &
	hubs+=($!)
	while [ $((at += 1)) -lt 100 ]; do
		served=$(grep -oE '127\.0\.0\.1:[0-9]+' "$here/$1.hub" | head -n 1)
		[ -n "$served" ] && break
		sleep 0.05
	done
	served=http://$served
}

# What stands for the example in a command of WHO; what was printed comes last, for it may look like an example.
put_in() { # WHO COMMAND
	sed -e "s|/media/usb|$here/usb|g; s|/mnt/nas|$here/nas|g; s|/mnt/safe|$here/safe|g" \
		-e "s|/tmp/drill|$here/drill|g; s|/var/lib/outpost|$here/$1|g; s|/usr/local/share/outpost/config|$configs|g" \
		-e "s,/etc/\(outpost\|systemd\|nginx\|ssh\),$here/etc/\1,g; s|OLD/config|$configs|" \
		-e "s|wz-[0-9-]*\.db|wz-\$(date +%F).db|; s|--until [0-9-]*|--until $(date -d '+30 days' +%F)|" \
		-e "s|#SHA256:[A-Za-z0-9]*…|#SHA256:uDm2vlKhDXzYRXi1VYaPfhlZsVN6z1AkW0uSBKpc3g4|" \
		-e "s|https://hub.example.cn$|$county|; s|https://bxz.example.cn|$township|g" \
		-e "s|XZ-[0-9]*|$number|; s|LZC|$short|; s|#sha256//.*=|#sha256//$pin|" \
		-e "s|^su outpost -c '\(.*\)'$|\1|; s|^outpost join [0-9A-Z-]*…|outpost join $token|" \
		-e "s|^outpost join LINE|outpost join $token|; s|^outpost hear .*…|outpost hear $spoken|" <<<"$2"
}

# Who gives COMMAND: by the word before it, or by what it does.
who() {
	case $1 in
	'upper '* | 'township '*) echo township ;;
	'new '* | 'village '*) echo stick ;;
	*'--level county'* | *'--level township'*) echo county ;;
	'outpost join'* | *'--level village'*) echo township ;;
	*--new-keys*) echo lost ;;
	*'rules why'*) echo township ;;
	*rules* | *login=* | *--until*) echo county ;;
	'outpost up'* | 'outpost sync'*) echo village ;;
	*) echo township ;;
	esac
}

# Runs the command of a line; the code it ends with is 0, or the one that stands behind it.
play() { # LINE
	local by line wanted
	by=$(who "$1")
	line=$(sed -E 's/^(upper|new|village|township) +outpost/outpost/; s/ +#( .*)?$//' <<<"$1")
	wanted=$(sed -nE 's/.* # exit ([0-9]).*/\1/p' <<<"$1")
	out=$(cd "$here" && case $line in cp*) cd "$configs/deploy" ;; esac && OUTPOST_HOME="$here/$by" bash -c "$(put_in "$by" "$line")" 2>"$here/err" </dev/null)
	code=$?
	err=$(cat "$here/err")
	[ "$code" -eq "${wanted:-0}" ]
	verdict "$by: $line"
	case $line in
	'outpost invite'*) token=$(grep -oE '^[0-9A-Z]{8}(-[0-9A-Z]+)+' <<<"$out" | head -n 1) ;;
	'outpost join'*) short=$(sed -n 's/.*短码 //p' <<<"$out") ;;
	openssl*base64) pin=$out ;;
	'outpost spoken'*) spoken=$(grep -oE '\b([0-9]{5}|D[0-9][0-9A-Z]{8,})\b' <<<"$out" | tr '\n' ' ') ;;
	esac
}

# The commands of SECTION; what is not for a shell of its own is told once.
section() {
	local line more left=
	while IFS= read -r line <&4; do
		case $line in
		*serial* | *--pin-fd*) left="$left $(grep -oE 'serial|--pin-fd' <<<"$line" | head -n 1)" ;;
		*"<<'"*) # a file that is written here
			while IFS= read -r more <&4 && [ "$more" != END ]; do
				printf '%s\n' "$more"
			done >"$here/$(sed -E 's/^cat >([^ ]+) .*/\1/' <<<"$line")"
			;;
		openssl* | touch* | outpost* | 'su outpost'* | upper* | new* | village* | township* | mkdir* | rm* | cp*)
			before "$line"
			play "$line"
			;;
		*) left="$left ${line%%[ =]*}" ;;
		esac
		after "$line"
	done 4< <(commands "$1")
	[ -z "$left" ] || echo "skip section $1 without root, services and devices:$(tr ' ' '\n' <<<"$left" | sort -u | tr '\n' ' ')"
}

# What the text around the commands says to do, before and after LINE.
before() {
	case $1 in
	*'spoken XZ-18'*)
		[ -n "$number" ] || number=$(OUTPOST_HOME="$here/stick" outpost add hazard category=H0101 place=村部 text=积水 grade=M)
		;;
	*--new-keys*) cp -a "$here/township" "$here/lost" && rm -r "$here/lost/keys" ;;
	esac
}
after() {
	case $1 in
	*'--level county'*) serve county && county=$served ;;
	'outpost join 0'*) serve township && township=$served ;;
	*'--level village'*) # at the village: join, then sync
		OUTPOST_HOME="$here/village" outpost join "$token" --user 李四 >"$here/out" 2>&1 &&
			OUTPOST_HOME="$here/village" outpost sync >>"$here/out" 2>&1
		code=$? out=$(cat "$here/out") err=
		[ "$code" -eq 0 ]
		verdict "village: outpost join, outpost sync"
		;;
	esac
}

configs=$(cd "$(dirname "$0")/../../config" && pwd)
county='' township='' token='' number='' spoken='' short='' pin=''
section 1
kill "${hubs[@]}" && wait "${hubs[@]}" 2>/dev/null # from here on there is no network
hubs=()
section 2
section 3
section 4
section 8
section 9

# Each command that a page names is one, in whatever section.
unknown=$(grep -ohE '(^    |`)outpost(-sync|-hub)? [a-z]+' "$book" "$(dirname "$book")/zh/OPERATE.md" | tr -d '`' |
	sed 's/^ *//' | sort -u | while read -r program name; do
	"$program" "$name" --help >/dev/null 2>&1 || echo "$program $name"
done)
out=$unknown
[ -z "$unknown" ]
verdict "every command that the book names is there"
exit "$failed"
