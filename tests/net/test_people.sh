#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Village workers at a real sshd with the shipped settings: their keys open the terminal as themselves, on a vt100 and in
# GB18030, thirty at once, and nothing else.
# shellcheck disable=SC1091,SC2034,SC2154,SC2119,SC2120,SC2317,SC2329,SC2086,SC2046,SC2016,SC2059
. "$(dirname "$0")/lib.sh"
unset OUTPOST_USER OUTPOST_CONFIG SSH_CONNECTION SSH_ORIGINAL_COMMAND SSH_AUTH_SOCK
outpost=$OUTPOST_BUILD/outpost
export OUTPOST_HOME="$work/station" OUTPOST_LANG=zh
me=$(id -un)
for need in ssh ssh-keygen; do
	command -v $need >/dev/null || {
		echo "skip people: openssh-client is not installed"
		exit 0
	}
done

# A machine of the county has the locales of OPERATE.md, and the account's shell is Debian's sh. Here sshd sees both in the
# place of this machine's, where that may be done.
locale=zh_CN.GB18030
getent passwd | sed "/^$me:/s|[^:]*\$|/bin/sh|" >"$work/passwd"
[ -d "$OUTPOST_BUILD/locale/$locale" ] && cp -a /usr/lib/locale "$work/locale" && cp -a "$OUTPOST_BUILD/locale/." "$work/locale" &&
	sshd_under=(unshare -m sh -c "mount --bind '$work/locale' /usr/lib/locale && mount --bind '$work/passwd' /etc/passwd &&
		exec \"\$0\" \"\$@\"")
if [ ${#sshd_under[@]} -eq 0 ] || ! "${sshd_under[@]}" true 2>/dev/null; then
	sshd_under=()
	locale=
fi
# What Debian's own settings have besides: a key that may do more than the terminal would get it.
sshd_also=("Subsystem sftp internal-sftp" "X11Forwarding yes" "AllowTcpForwarding yes" "AllowAgentForwarding yes")

"$outpost" init --area 410882103205 --name 王庄村 --user 张三 >/dev/null || exit 1
"$outpost" add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h >/dev/null
key_of() { # WHO: made on his own machine
	ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$work/key.$1"
}
line_of() { # NAME WHO
	"$outpost" user key "$1" "$work/key.$2.pub" >>"$work/people_keys"
}

# WHO OPTION...: the client on a machine of one's own
client() {
	local who=$1
	shift
	timeout --foreground 20 ssh -F /dev/null -i "$work/key.$who" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no \
		-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=10 -o SendEnv=LANG -p "${port:-$people_port}" "$@"
}
export -f client
# WHO [TEXT KEYS]...: logs in at a terminal (visit.c); what came is in $work/screen.WHO
visit() {
	local who=$1
	shift
	"$tools/visit" ${coding:+-c "$coding"} ${cut:+-x} -o "$work/screen.$who" "$@" -- \
		bash -c 'client "$@"' client "$who" -tt "$me@127.0.0.1"
}
export work people_port
export TERM=vt100 LANG=C.UTF-8

# ---- the eight steps of a village worker's login
ok "1. he makes a key on his own machine" key_of qin
ok "2. the keeper adds him" "$outpost" user add 秦国庆 role=R02 post=网格员
ok "3. and writes his line, which says who he is" line_of 秦国庆 qin
: >"$work/authorized_keys"
chmod 600 "$work/people_keys" "$work/authorized_keys"
sshd_up people
ok "4. sshd takes the settings as they are shipped" "$sshd" -t -f "$work/sshd_config"
ok "5. he logs in on a vt100 and is himself" visit qin "前哨 王庄村" P "我：      秦国庆" 0 "用钥匙定下" hQ "按 y 退出" y
ok "6. he sets a PIN, and signs the warning with it" visit qin "现在 1" P "签名口令：未设" 5 "新口令：" '2468\r' \
	"再打一遍：" '2468\r' "口令已设" h "现在 1" s "按 y 签收" y "要 秦国庆 的口令" '2468\r' "已签收" Q "按 y 退出" y
signed() { "$outpost" show "$(receipt)" --json | grep -q '"by":"秦国庆"' && ! grep -aq 2468 "$work/screen.qin"; }
receipt() { "$outpost" list receipt --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p'; }
ok "   in his name, and the line has not shown the PIN" signed
printf 'pipe on\n' >>"$OUTPOST_HOME/outpost.conf"
ok "   on paper he gets no command to run" visit qin "前哨 王庄村" '|' "交给命令" '|' "不能运行命令" '\x0f' "拿不到本站的文件" h "现在" \
	Q "按 y 退出" y
cut=1
ok "7. the line is cut" visit qin "前哨 王庄村" A "看哪一种" 11 "还没有隐患" n "登记隐患" "\t后山\t" "后山" ""
cut=
ok "   and his draft is there when he comes again" visit qin "草稿1份" Q "按 y 退出" y
if [ "$locale" ]; then
	gb() {
		LANG=$locale coding=GB18030 visit qin "前哨 王庄村" P "我：      秦国庆" hQ "按 y 退出" y &&
			! grep -aqF 秦国庆 "$work/screen.qin" && iconv -c -f GB18030 -t UTF-8 "$work/screen.qin" | grep -aqF 秦国庆
	}
	ok "   the same in GB18030" gb
else
	echo "skip GB18030: \`make locales\`, and being root, puts it where sshd finds it"
fi

# ---- and nothing else. A key that stands there bare shows that each question can be answered.
key_of bare
cat "$work/key.bare.pub" >>"$work/people_keys"
is_told() { "$@" </dev/null 2>&1 | tr -d '\0' | grep -aqE 'root:|uid=|SSH-2|broken'; }
# NAME COMMAND...: the bare key is told something, his is not (WHO stands for the key)
only_bare() {
	local name=$1
	shift
	ok "$name, which a bare key could" is_told "${@/WHO/bare}"
	ends "$name: not he" 1 is_told "${@/WHO/qin}"
}
only_bare "another command" client WHO "$me@127.0.0.1" 'echo broken'
only_bare "another command on a terminal" client WHO -tt "$me@127.0.0.1" 'echo broken; id'
only_bare "a shell's tricks" client WHO "$me@127.0.0.1" 'x; echo broken'
for ask in 'list hazard' '--version' '--home /tmp login' 'login --user 张三' '--user 张三 whoami' "'; id'" '$(id)' '`id`' '&& id' \
	'| id' "$(printf 'login\nid')" '-c id' 'internal-sftp' 'scp -t /tmp' 'rsync --server'; do
	refused() {
		client qin -- "$me@127.0.0.1" "$ask" </dev/null >"$work/asked" 2>&1
		[ $? -eq 4 ] && grep -q 不运行命令 "$work/asked" && [ "$(wc -l <"$work/asked")" -eq 1 ]
	}
	refused || {
		echo "not ok \"$ask\" is refused"
		cat "$work/asked"
		result=1
	}
done
echo "ok what a client may ask is refused with a line that says so"
no_terminal() { client qin -T "$me@127.0.0.1" </dev/null; }
ends "without a terminal" 4 no_terminal
copy() { # WHO: the passwords of the machine
	timeout 20 sftp -q -F /dev/null -i "$work/key.$1" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no \
		-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -P "$people_port" "$me@127.0.0.1:/etc/passwd" "$work/got.$1" </dev/null
	[ -s "$work/got.$1" ]
}
if command -v sftp >/dev/null; then
	# The settings name no such thing, but for a machine whose own do.
	ends "files over sftp" 1 copy qin
	secure() { timeout 20 scp -q -O -F /dev/null -i "$work/key.qin" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no \
		-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -P "$people_port" "$me@127.0.0.1:/etc/passwd" "$work/got" </dev/null; }
	secure >/dev/null 2>&1
	ends "or scp" 1 test -e "$work/got"
fi
ends "a port of the machine by -W" 1 is_told client qin -W "127.0.0.1:$sshd_port" "$me@127.0.0.1"
ends "a port of ours by -R" 255 client qin -o ExitOnForwardFailure=yes -N -R 0:127.0.0.1:1 "$me@127.0.0.1"
through=$(free_port)
socks=$(free_port)
client qin -N -L "$through:127.0.0.1:$sshd_port" -D "$socks" "$me@127.0.0.1" </dev/null >/dev/null 2>&1 &
pids+=("$!")
await "$through" >/dev/null
by_local() { exec 3<>"/dev/tcp/127.0.0.1/$through" && timeout 3 head -c 7 <&3; }
by_socks() {
	exec 3<>"/dev/tcp/127.0.0.1/$socks"
	printf "\\5\\1\\0\\5\\1\\0\\1\\177\\0\\0\\1\\x$(printf %02x $((sshd_port / 256)))\\x$(printf %02x $((sshd_port % 256)))" >&3
	timeout 3 head -c 20 <&3
}
ends "by -L" 1 is_told by_local
ends "by -D" 1 is_told by_socks
port=$sshd_port
ends "the stations' door" 255 client qin -tt "$me@127.0.0.1"
unset port

# What a client may send along: of all that only LANG and the terminal's type are heard, and neither as a path.
eval "$(ssh-agent -s 2>/dev/null | grep -v echo)" 2>/dev/null && pids+=("${SSH_AGENT_PID:-}")
logged_in() { # what the process of a person who is here was given
	local pid i
	for ((i = 0; i < 200; i++)); do
		for pid in $(pgrep -x outpost); do
			tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF "$(readlink -f "$work/station")" && tr '\0' '\n' <"/proc/$pid/environ" &&
				return
		done 2>/dev/null
		sleep 0.05
	done
	return 1
}
own_environment() {
	"$tools/visit" "前哨 王庄村" "" "现在 1" Q "按 y 退出" y -- bash -c 'client "$@"' client qin -tt -A -X -o SetEnv="OUTPOST_HOME=$work
		OUTPOST_USER=张三 LD_PRELOAD=/x INPUTRC=$work/inputrc TERMINFO=$work" "$me@127.0.0.1" &
	logged_in >"$work/environment"
	"$outpost" add warning event=11B01 severity=red headline=雷电红色预警 expires=+6h # until then he stays
	wait $! || return
	grep -q ^SSH_CONNECTION "$work/environment" && ! grep -E '^(OUTPOST_|LD_|INPUTRC|TERMINFO|SSH_AUTH_SOCK|DISPLAY)' "$work/environment"
}
ok "no agent, no display, and nothing of his environment" own_environment
as_path() { LANG=../../../$work TERM=../../vt100 visit qin "打号码，s签收" '<\r'; }
ok "no path for a language or a terminal" as_path

# Line mode, where readline could read the machine's files: nothing of them is shown. What he types before readline
# has the terminal goes through the terminal's own editing, which keeps ^R: no key may hang on it at the end.
touch "$work/secretfile"
nosy() {
	TERM=dumb visit qin "打号码，s签收" '/\r' "找什么" "$work/secret\t\t" "secret" '\x15\x18\x12~root/\x1b~\t\x1b?\x1b*' "root" '\r' \
		"没有找到" '<\r<\r<\r' && ! grep -aqE 'secretfile|/root/' "$work/screen.qin"
}
ok "no file's name by readline" nosy
none() {
	local word
	for word in export import backup vi less sh; do
		TERM=dumb visit qin "打号码，s签收" "$word\r" "没有 \"$word\"" '!sh\r' '没有 "!sh"' '<\r' || return
	done
}
ok "no export, import, backup, editor, pager or shell within" none

# ---- thirty at once
for n in {1..30}; do
	key_of "w$n"
	"$outpost" user add "工作员$n" login="w$n" >/dev/null
	line_of "w$n" "w$n"
done
crowd=()
for n in {1..30}; do
	visit "w$n" "工作员$n" Q "按 y 退出" y >"$work/said.$n" 2>&1 &
	crowd+=("$!")
done
in=0
for n in {1..30}; do
	if wait "${crowd[n - 1]}"; then
		in=$((in + 1))
	else
		cat "$work/said.$n"
	fi
done
ok "thirty at once, each as himself ($in)" test $in -eq 30
ok "and the station is sound" "$outpost" check

"$outpost" user off 秦国庆 >/dev/null
gone() { client qin -tt "$me@127.0.0.1" </dev/null; }
ends "8. he goes, and his key opens nothing" 4 gone
exit $result
