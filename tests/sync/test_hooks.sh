#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Programs of the county's own: run once for each thing that comes, with JSON on stdin, ended when they hang, and not run
# when others could have changed them.
# Covers: M10
# Tests also: hook.c cmd_follow.c sync_run.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

hooks=$here/hooks.d
program() { # NAME: stdin becomes a program there
	mkdir -p "$(dirname "$hooks/$1")"
	cat >"$hooks/$1"
	chmod 755 "$hooks/$1"
}
setting() { printf '%s\n' "$@" >"$here/town/outpost.conf"; }

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
at town add hazard category=H0101 grade=G place=旧桥 text=堵
ends "without a folder it says what to set" 5 town follow --hooks --once
[[ $err == *hooks* ]]
verdict "by its name"
setting "hooks $hooks" "hook_seconds 1"
ends "nothing is there to be run" 0 town follow --hooks --once
program hazard/10-note <<END
#!/bin/sh
printf '%s|%s|%s|' "\$OUTPOST_NUMBER" "\$OUTPOST_STEP" "\$OUTPOST_TITLE" >>$here/ran
cat >>$here/ran
echo said
END
at town follow --hooks --once
[ ! -e "$here/ran" ]
verdict "what was there before is no news"
at town add hazard category=H0101 grade=G place=新桥 text=塌
number=$out
ends "a new one runs it" 0 town follow --hooks --once
[ "$(wc -l <"$here/ran")" -eq 1 ] && grep -q "^$number|add|" "$here/ran" && grep -q '"place":"新桥"' "$here/ran"
verdict "once, with its number, step, title and JSON"
grep -q said "$here/town/hooks.log"
verdict "what it prints stands in the log"
at town follow --hooks --once
[ "$(wc -l <"$here/ran")" -eq 1 ]
verdict "not again"
at town add warning event=11B01 severity=red headline=暴雨
ends "a kind without a program is passed over" 0 town follow --hooks --once

program hazard/20-hangs <<END
#!/bin/sh
sleep 60 &
echo \$! >$here/sleeper
wait
END
begun=$SECONDS
at town add hazard category=H0101 grade=G place=三桥 text=塌
ends "one that hangs is ended" 0 town follow --hooks --once
# Whoever takes in orphans here may be slow to bury it.
[ $((SECONDS - begun)) -lt 20 ] && ! grep -q '^State:.*[SRD] (' "/proc/$(cat "$here/sleeper")/status" 2>/dev/null
verdict "with what it started"
grep -q '20-hangs' "$here/town/hooks.log"
verdict "and the log names it"
[ "$(wc -l <"$here/ran")" -eq 2 ]
verdict "the others ran"
rm "$hooks/hazard/20-hangs"

chmod 777 "$hooks/hazard/10-note"
at town add hazard category=H0101 grade=G place=四桥 text=塌
ends "what others can change" 0 town follow --hooks --once
[ "$(wc -l <"$here/ran")" -eq 2 ]
verdict "is not run"
chmod 755 "$hooks/hazard/10-note"

setting "hooks $hooks"
program sync <<END
#!/bin/sh
cat >$here/synced
END
hub town
enrol village 410882103205 王庄村 "$url" town
cp "$here/town/outpost.conf" "$here/village/outpost.conf"
ends "after a sync" 0 village sync --once
grep -q '"complete":true' "$here/synced"
verdict "its report goes to the program of that name"

# A modem: what came as short messages, in the wrong order, among others.
at town add hazard category=H0101 grade=G place=五桥 text=栏杆断了
mkdir "$here/bin"
cat >"$here/bin/gammu-smsd-inject" <<END
#!/bin/sh
echo "\$@" >>$here/answered
END
printf '#!/bin/sh\nexec "%s" --home "%s" "$@"\n' "$outpost" "$here/town" >"$here/bin/outpost"
chmod 755 "$here/bin/"*
number=$("$outpost" --home "$here/village" add hazard category=H0101 grade=G place=六桥 text=桥墩冲空)
"$outpost" --home "$here/village" spoken "$number" --short 2>/dev/null >"$here/messages"
received() {
	PATH="$here/bin:$PATH" SPOOL=$here/spool SMS_MESSAGES=2 SMS_1_NUMBER=+8615439104248 SMS_1_TEXT="今晚回家吃饭吗; rm -rf /" \
		SMS_2_NUMBER=+8615439104248 SMS_2_TEXT="$(sed -n "$1p" "$here/messages")" config/deploy/sms/receive
}
received 2
[ ! -e "$here/answered" ]
verdict "half of a record waits for the other half"
received 1
at town show "$number"
has "a record that came by short messages is here" 桥墩冲空
grep -q "TEXT +8615439104248 .*$number" "$here/answered"
verdict "and its sender is told its number"
[ -z "$(ls -A "$here/spool")" ]
verdict "nothing waits any more"

# The examples, with programs that note how they were called.
# NAME VERSION: one that says so of itself
double() {
	printf '#!/bin/sh\n[ "$1" = --version ] && echo "%s" || echo "%s $*" >>%s/called\n' "$2" "$1" "$here" >"$here/bin/$1"
	chmod 755 "$here/bin/$1"
}
example() { # for a red warning that is new
	rm -f "$here/called"
	echo '{"severity":"red"}' | PATH=$here/bin:$PATH OUTPOST_STEP=add OUTPOST_TITLE=预警 OUTPOST_NUMBER=XZ-1 "$here/example"
}
cp config/deploy/hooks.d/warning-horn "$here/example"
double gpioset 'gpioset (libgpiod) v1.6.3'
example && grep -qx 'gpioset --mode=time --sec=10 gpiochip0 17=1' "$here/called"
verdict "the horn sounds with gpiod 1"
double gpioset 'gpioset (libgpiod) v2.2.1'
example && grep -qx 'gpioset --chip gpiochip0 --toggle 10s,0 17=1' "$here/called"
verdict "and with gpiod 2"
sed "s|/etc/outpost/sms-numbers|$here/numbers|" config/deploy/hooks.d/warning-sms >"$here/example"
double gammu-smsd-inject ''
printf '13800000001\r\n\n13800000002' >"$here/numbers"
example && [ "$(cut -d' ' -f1-3 "$here/called" | tr '\n' ,)" = 'gammu-smsd-inject TEXT 13800000001,gammu-smsd-inject TEXT 13800000002,' ]
verdict "every number gets its message, also the last one of a file without an end"
for example in config/deploy/hooks.d/* config/deploy/sms/*; do
	sh -n "$example" && [ -x "$example" ]
	verdict "${example##*/} is a program"
done
exit "$failed"
