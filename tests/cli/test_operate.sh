#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command of docs/zh/OPERATE.md is run as it stands there, on machines and by the accounts that the book names: a
# county behind nginx, a township behind nginx and sshd, a village that comes in by either, one by stick, people who come
# in by key. Only what the commands before have printed, days and the port of the second hub are put in. A line that the
# table below does not know is a failure; what no machine of this test can do is told, with what does it instead.
# shellcheck source=tests/cli/machines.sh
. "$(dirname "$0")/machines.sh"

# Each command that a page names is one, in whatever section.
cd "$(dirname "$0")/../.." || exit 1
books='docs/OPERATE.md docs/zh/OPERATE.md'
if [ "${OUTPOST_MACHINES:-}" != yes ]; then
	# shellcheck disable=SC2086 # a list of words
	out=$(grep -ohE '(^    |`)outpost(-sync|-hub)? [a-z]+' $books | tr -d '`' | sed 's/^ *//' | sort -u | while read -r program name; do
		"$OUTPOST_BUILD/$program" "$name" --help >/dev/null 2>&1 || echo "$program $name"
	done)
	[ -z "$out" ]
	verdict "every command that the book names is there"
	# shellcheck disable=SC2154 # of cases.sh
	[ "$failed" -eq 0 ] || exit 1
fi
machines_or_skip "$(realpath "$0")"
machines_begin
unset TZ # the machines have the day of this system

# COMMAND (an extended expression) | machine | account | done: run; else who does it instead
table='^config/deploy/setup.sh deb|-|root|make deb-check and make test-systems make packages
^apt install \./outpost|-|root|tests/systems/packages.sh runs this line in bare systems; here the same files are laid below /usr
^apt install locales|-|root|they are here
^(useradd|install -d|systemctl daemon-reload|usermod)|every|root|done
^su outpost -c|county|root|done
^systemctl enable --now outpost-hub@8741$|county|root|done
^systemctl enable --now outpost-sync.timer|township|root|done
^systemctl enable --now outpost-(page|feed)|county|root|done
--level township|county|outpost|done
^outpost join 0637|township|outpost|done
--via .?(https://bxz|ssh:)|township|outpost|done
^outpost (up|sync)|village|outpost|done
^outpost site list|township|outpost|done
^mount .*/dev/sdb1|stick township|root|done
outpost up .exec:outpost-sync serial|stick|outpost|done
outpost-sync serial|township|outpost|done
^(上级|乡镇) |township|outpost|done
^(新站|村) |stick|outpost|done
^(openssl|cp /usr/share.*nginx|nginx)|county|root|done
新村|county|outpost|done
^(\[Service\]|ExecStart)|county|root|file /etc/systemd/system/outpost-page.service.d/full.conf
^localedef|township|root|done
^(touch|cp .*sshd|sshd|ssh-keygen|sed -i|groupadd|chgrp|chmod|find)|township|root|done
^outpost site keys|township|root|done
^outpost user key|township|root|done
^command=|-|root|outpost site keys prints such lines, see below
^outpost (site show|user add)|township|outpost|done
^outpost --user .*--pin-fd|township|outpost|done
^city |-|outpost|tests/sync/test_fetch.sh runs these over four levels
^outpost attach|-|outpost|tests/sync/test_attachments.sh runs these over lines that are cut
^市 |-|outpost|tests/sync/test_fetch.sh runs these over four levels
--rights none|county|outpost|done
--rights order|township|outpost|done
^(# outpost.conf|hooks?_?|print|pipe |qr )|village|outpost|file /var/lib/outpost/outpost.conf
^(sync_|way |wire_)|village|outpost|file /var/lib/outpost/outpost.conf
^cat >|county|outpost|done
^outpost (rules|config)|county|outpost|done
^chown .*/mnt|township|root|done
^(outpost backup|cp -a|mkdir|outpost --home|rm)|township|outpost|done
--new-keys|lost|outpost|done'
# A stick is an image on a loop device, where this system has those; a serial line is two pseudo-terminals.
device='' fat='' below=''
mkfs=mkfs.ext4
grep -qw vfat /proc/filesystems && command -v mkfs.vfat >/dev/null && fat=yes mkfs=mkfs.vfat
truncate -s 16M "$here/stick.img"
$mkfs "$here/stick.img" >/dev/null 2>&1 && device=$(losetup -f --show "$here/stick.img" 2>/dev/null)
[ -n "$device" ] || table=${table/\/dev\/sdb1|stick township|root|done/\/dev\/sdb1|-|root|no loop device: a stick is a folder here}
# shellcheck disable=SC2001 # a line of many
python3 -c 'import tty, select' 2>/dev/null ||
	table=$(sed 's/^\(.*outpost-sync serial\)|.*/\1|-|outpost|python3 with its terminals is not installed/' <<<"$table")
# Seconds of the processor each: in the long run alone.
[ -n "${OUTPOST_LONG:-}" ] || table=${table/localedef|township|root|done/localedef|-|root|make check-build makes the same, OUTPOST_LONG=1 here}

# SECTION: its commands, one a line; a file that is written by one is one command, with \r between its lines.
commands() {
	awk -v wanted="$1" '
	/^## / { on = $2 == wanted "." }
	on && /^    / { sub(/^ +/, "")
		if (file != "") { file = file "\r" $0; if ($0 == "END") { print file; file = "" } next }
		if (/<<.END.$/) { file = $0; next }
		if (held != "") { $0 = held " " $0; held = "" }
		if (sub(/ *\\$/, "")) { held = $0; next }
		print }' docs/zh/OPERATE.md
}

county_pin='' township_pin='' host_key='' token='' number='' spoken='' signed='' short=''
# What stands for an example in COMMAND of MACHINE.
put_in() {
	local port=8741
	[ "$1" = township ] && port=8742
	sed -e "s|--until [0-9-]*|--until $(date -d '+30 days' +%F)|; s|wz-2[0-9-]*\.db|wz-$(date +%F).db|; s|OLD/config|/usr/share/outpost/config|" \
		-e "s|'\?https://hub.example.cn\(#sha256//[^']*'\)\?|'https://hub.example.cn#sha256//$county_pin'|" \
		-e "s|https://bxz.example.cn|'https://bxz.example.cn#sha256//$township_pin'|; s|#SHA256:[A-Za-z0-9]*…|#$host_key|" \
		-e "s|\bXZ-[0-9]*|$number|; s|XZC-18|$signed|; s|LZC|$short|g; s|feed@NAME|feed@county|" \
		-e "s|/dev/sdb1|$device|; ${fat:-s|-o uid=[^ ]* ||}; s|/dev/ttyUSB0|/run/ttyUSB0|; s|--site WZ|--site $below|" \
		-e "s|^outpost-sync serial .*|timeout 90 & >/tmp/serial.log 2>\&1 \&|" \
		-e "s|outpost join [0-9A-Z-]*…|outpost join $token|; s|outpost join LINE|outpost join $token|" \
		-e "s|outpost hear .*…|outpost hear $spoken|; s|@8741|@$port|" <<<"$2"
}

# MACHINE ACCOUNT LINE WANTED: the command of a line, which ends with that code
play() {
	local line
	line=$(sed -E 's/^(上级|新站|村|乡镇) +//; s/ +#( .*)?$//' <<<"$3")
	on "$1" "$2" "$(put_in "$1" "$line" | tr '\r' '\n')"
	[ "$code" -eq "$4" ]
	verdict "$1, $2: ${line%%$'\r'*}"
	case $line in
	*'outpost invite'*) token=$(grep -oE '^[0-9A-Z]{8}(-[0-9A-Z]+)+' <<<"$out" | head -n 1) ;;
	'openssl x509'*) county_pin=$out ;;
	ssh-keygen*) host_key=$(grep -oE 'SHA256:[^ ]+' <<<"$out") ;;
	*'outpost spoken'*) spoken=$(grep -oE '\b([0-9]{5}|D[0-9][0-9A-Z]{8,})\b' <<<"$out" | tr '\n' ' ') ;;
	esac
}

# LINE: whatever the table says of it
line() {
	local row pattern where account what each
	while IFS= read -r row; do
		what=${row##*|} row=${row%|*} account=${row##*|} row=${row%|*} where=${row##*|} pattern=${row%|*}
		grep -qE -- "$pattern" <<<"$1" && break
		what=
	done <<<"$table"
	before "$1"
	case $what in
	done)
		for each in ${where/every/county township village stick}; do
			play "$each" "$account" "$1" "$(sed -nE 's/.*# 退出码 ([0-9]).*/\1/p' <<<"$1" | grep . || echo 0)"
		done
		;;
	'file '*) on "$where" root "mkdir -p ${what%/*} 2>/dev/null; mkdir -p $(dirname "${what#file }"); echo '$1' >>${what#file }" ;;
	'')
		out=$1
		false
		verdict "a line of the book that nobody runs"
		;;
	*) echo "skip $1: $what" ;;
	esac
	after "$1"
}

# SECTION [FROM [TO]]: the lines of a section, from the first that has FROM to before the first that has TO
section() {
	local each on=${2:-}
	while IFS= read -r each <&4; do
		[ -n "$on" ] && case $each in *"$on"*) on= ;; *) continue ;; esac
		[ -n "${3:-}" ] && case $each in *"$3"*) break ;; esac
		line "$each"
	done 4< <(commands "$1")
}

# MACHINE NAME ADDRESS PORT: what a reader changes in the sample for nginx
front() {
	sed -i "s|hub.example.cn|$2|; s|listen [0-9]*|listen $3:443|; s|127.0.0.1:8741|127.0.0.1:$4|" "$here/$1/etc/nginx/conf.d/nginx-outpost.conf"
}
# NAME COMMAND: the last command said it, or another one of MACHINE ends with 0
also() { # MACHINE ACCOUNT NAME COMMAND
	on "$1" "$2" "$4"
	[ "$code" -eq 0 ]
	verdict "$1, $2: $3"
}

# What the text around the commands says to do, before and after LINE.
before() {
	case $1 in
	'systemctl enable --now outpost-page'*) on county root 'systemctl start outpost-hub@8741' ;;
	*'spoken XZ-18'*) [ -n "$number" ] || on stick outpost 'outpost add hazard category=H0101 place=村部 text=积水 grade=M' && number=${number:-$out} ;;
	'outpost user key'*)
		ssh-keygen -q -t ed25519 -N '' -f "$here/qin"
		cp "$here/qin.pub" "$here/township/root/"
		;;
	*'outpost up '*serial*)
		on township outpost 'outpost site list' && below=$(awk '/后城村/ { print $1 }' <<<"$out")
		python3 tests/sync/noisy_line.py "$here/left" "$here/right" 9600 0 1 &
		for _ in $(seq 600); do [ -e "$here/right" ] || sleep 0.1; done
		touch "$here"/{stick,township}/run/ttyUSB0
		mount --bind "$(readlink "$here/left")" "$here/stick/run/ttyUSB0" && on stick root 'chown outpost /run/ttyUSB0'
		mount --bind "$(readlink "$here/right")" "$here/township/run/ttyUSB0" && on township root 'chown outpost /run/ttyUSB0'
		;;
	groupadd*) on township root 'useradd -m qin' ;;
	*--pin-fd*)
		on township outpost 'outpost add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h' && signed=$out
		on township outpost 'echo 2468 >/tmp/pin; outpost --user 秦国庆 user pin 秦国庆 </tmp/pin'
		on township root 'install -o outpost -m 600 /tmp/pin /run/pins/qin'
		;;
	*'rules why'*) on county outpost 'outpost add hazard category=H0101 place=城关 text=积水 grade=M' && number=$out ;;
	'systemctl enable --now outpost-feed@NAME.timer')
		install -D -m 644 tests/data/cap/v10.xml "$here/county/var/lib/outpost/cap/v10.xml"
		on county root 'chown -R outpost /var/lib/outpost/cap; mkdir /etc/outpost/feeds; echo FEED=/var/lib/outpost/cap >/etc/outpost/feeds/county'
		;;
	*--new-keys*)
		machine lost
		cp "$here"/township/etc/{passwd,group,shadow} "$here/lost/etc/"
		cp -a "$here/township/var/lib/outpost" "$here/lost/var/lib/" && rm -r "$here/lost/var/lib/outpost/keys"
		;;
	esac
}
after() {
	case $1 in
	'cp '*nginx-outpost.conf*) front county hub.example.cn 127.0.0.1 8741 ;;
	'systemctl enable --now outpost-sync.timer'*) # section 3, at the township
		on township root "$(commands 3 | sed -n '/^openssl req/p; /nginx-outpost.conf/p' | sed 's/ *#.*//; s/hub.example.cn/bxz.example.cn/')"
		front township bxz.example.cn 127.0.0.2 8742
		on township root 'nginx -t && systemctl reload nginx'
		on township root "$(commands 3 | grep '^openssl x509')" && township_pin=$out
		;;
	*'--level village --via https'*)
		also village outpost "outpost join, with the line of the township" "outpost join $token --user 李四"
		also village outpost "outpost sync" 'outpost sync'
		on township outpost 'outpost site list' && short=$(awk '/西彰村/ { print $1 }' <<<"$out")
		;;
	'sshd -t'*)
		grep -q '^AuthorizedKeysCommand ' "$here/township/etc/ssh/sshd_config.d/outpost.conf" || return 0
		also village outpost "joins again by SSH, with no line in any file" "outpost join $token"
		also village outpost "and syncs by SSH" "outpost up | grep ^ssh: && outpost add hazard category=H0101 place=桥下 text=堵塞 grade=G && outpost sync"
		;;
	'outpost site keys'*)
		also township root "a line for each station below" "grep -c '^command=\"outpost hub .*--stdio --site [0-9a-f]*\",restrict ssh-ed25519 ' /etc/outpost/authorized_keys"
		;;
	'outpost user key'*)
		mkfifo "$here/typed"
		TERM=vt100 timeout -k 1 90 script -qec "ssh -tt -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -i $here/qin -p 2222 outpost@10.8.0.1" /dev/null \
			<"$here/typed" >"$here/seen" 2>&1 &
		exec 8>"$here/typed"
		for _ in $(seq 600); do
			grep -q 秦国庆 "$here/seen" && break
			sleep 0.1
		done
		leave_keys "$here/seen" >&8
		exec 8>&-
		for _ in $(seq 50); do
			kill -0 $! 2>/dev/null && sleep 0.1
		done
		kill $! 2>/dev/null
		out=$(cat "$here/seen")
		has "he logs in by his key, and it is his terminal" 秦国庆
		;;
	*login=qin)
		also township qin "works in his own account" 'outpost whoami && outpost add hazard category=H0101 place=村西 text=积水 grade=G'
		also township root "the service syncs what is his" 'systemctl start outpost-sync'
		also township qin "and goes on working" 'outpost list hazard && outpost add hazard category=H0101 place=村南 text=积水 grade=G'
		also township outpost "with the service's account" 'outpost doctor'
		;;
	mount*)
		[ -n "$fat" ] || on stick root 'chown outpost:outpost /media/usb'
		[ -z "$device" ] || losetup -d "$device" # when it is mounted no more
		;;
	*--serve*)
		also stick outpost "what is written there goes over the line" 'outpost add hazard category=H0101 place=桥东 text=积水 grade=G && outpost sync'
		also township outpost "and has come" 'outpost list hazard | grep 桥东'
		;;
	'way exec:'*)
		on village outpost 'outpost whoami' && ! grep -q outpost.conf <<<"$err"
		verdict "village: settings as the book writes them are understood"
		on village root 'rm /var/lib/outpost/outpost.conf'
		;;
	ExecStart=*) also county root "the page with names" 'systemctl start outpost-page && grep -q 沁阳市 /var/cache/outpost-page/full/index.html' ;;
	'outpost rules withdraw'*) also county outpost "the county's row is gone" '! outpost rules list | grep qinyang' ;;
	*--new-keys*) also lost outpost "goes on under a new number" 'outpost whoami && outpost add hazard category=H0101 place=村东 text=积水 grade=G' ;;
	esac
}

for each in county township village stick; do
	machine "$each"
done
echo '127.0.0.1 localhost' >"$here/stick/etc/hosts" # there is no network
section 1 '' '--level township'
section 3
section 1 '--level township'
section 2
section 4
section 5
section 6
section 8
section 9
exit "$failed"
