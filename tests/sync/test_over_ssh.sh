#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Village to township through OpenSSH with a forced command, township to county over HTTP: joining,
# the ladder, the hub killed in the middle. Skipped loudly where there is no sshd.
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
sshd=$(PATH=$PATH:/usr/sbin command -v sshd) || {
	echo "skip over ssh: openssh-server is not installed"
	exit 0
}
[ "$(id -u)" = 0 ] && mkdir -p /run/sshd

"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 --user 县员 >/dev/null
hub county
enrol town 410882103 柏香镇 "$url" county
verdict "a township joins over HTTP"

ssh-keygen -q -t ed25519 -N '' -f "$here/host"
pin=$(ssh-keygen -l -f "$here/host.pub" | cut -d' ' -f2)
: >"$here/keys"
chmod 600 "$here/keys"
ssh_port=$((20000 + RANDOM % 20000))
printf '%s\n' "Port $ssh_port" "ListenAddress 127.0.0.1" "HostKey $here/host" "PidFile none" \
	"AuthorizedKeysFile $here/keys" "StrictModes no" "UsePAM no" "PasswordAuthentication no" >"$here/sshd_config"
"$sshd" -D -f "$here/sshd_config" -E "$here/sshd.log" &
children="$children $!"
for _ in $(seq 600); do
	(: <"/dev/tcp/127.0.0.1/$ssh_port") 2>/dev/null && break
	sleep 0.05
done
way="ssh://$(id -un)@127.0.0.1:$ssh_port#$pin"

token=$("$outpost" --home "$here/town" invite --area 410882103205 --name 王庄村 --via "$way")
ends "no login before the key is known" 4 village join "$token" --user 张三
site=$(sed 's/.*outpost-//' "$here/village/keys/ssh.pub")
echo "command=\"$OUTPOST_BUILD/outpost hub --store $here/town --stdio --site $site\",restrict $(cat "$here/village/keys/ssh.pub")" >"$here/keys"
ends "joined over SSH" 0 village join "$token"
hazard village
ends "synced over SSH" 0 village sync --json
has "as ssh" '"via":"ssh"'
has "complete" '"complete":true'
ends "the county" 0 town sync
ends "and back" 0 village sync
at village show "$number" --json
has "the ladder over both" '"reached":["station","township","county"]'

ends "another host key" 4 village sync --via "${way%#*}#SHA256:$(printf 'A%.0s' {1..43})"
echo "command=\"$OUTPOST_BUILD/outpost hub --store $here/town --stdio --site 00000000000001\",restrict $(cat "$here/village/keys/ssh.pub")" >"$here/other_keys"
hazard village 沟口
cp "$here/keys" "$here/good_keys"
cat "$here/other_keys" >"$here/keys"
at village sync
[ "$code" -eq 3 ] || [ "$code" -eq 4 ]
verdict "a login is good for its own station alone"
at town list hazard --json
lacks "nothing came through it" 沟口
cat "$here/good_keys" >"$here/keys"

# The far end dies with the question.
printf '#!/bin/sh\n"%s" hub --store "%s" --stdio --site %s & sleep 0.02; kill -9 $!\n' "$outpost" "$here/town" "$site" >"$here/dying"
chmod +x "$here/dying"
echo "command=\"$here/dying\",restrict $(cat "$here/village/keys/ssh.pub")" >"$here/keys"
ends "the hub is killed" 3 village sync
cat "$here/good_keys" >"$here/keys"
ends "it comes back" 0 village sync --json
has "complete again" '"complete":true'
at town list hazard --json
[ "$(printf '%s' "$out" | grep -c '"id"')" -eq 2 ]
verdict "each hazard is there once"

# With what the hub prints, the invitation itself is a login that is good for joining.
logins() {
	"$outpost" --home "$here/town" site keys | sed "s|command=\"outpost |command=\"$OUTPOST_BUILD/outpost |" >"$here/keys"
}
token=$("$outpost" --home "$here/town" invite --area 410882103207 --name 赵庄村 --via "$way")
logins
[ "$(wc -l <"$here/keys")" -eq 2 ]
verdict "a line for the village, and one for the invitation"
ends "an invitation is a login" 0 third join "$token" --user 王五
ends "that does not know the new station yet" 4 third sync
logins
[ "$(grep -c -- --join "$here/keys")" -eq 0 ]
verdict "and is none any more when it was used"
hazard third
ends "then it does" 0 third sync --json
has "all of it" '"complete":true'
# The key of a token that was not used: it joins, and does nothing else.
token=$("$outpost" --home "$here/town" invite --area 410882103208 --name 钱庄村 --via "$way")
logins
line=$(grep -- --join "$here/keys")
echo "${line%%ssh-ed25519*} $(cat "$here/village/keys/ssh.pub")" >"$here/keys"
hazard village 后山
at village sync
[ "$code" -eq 3 ] || [ "$code" -eq 4 ]
verdict "a login for joining is good for nothing else"
at town list hazard --json
lacks "nothing came through it" 后山
# A way that refuses is not the last one.
cat "$here/good_keys" >"$here/keys"
hub town
ends "the next way is tried" 0 fourth join "$token" --via "${way%#*}#SHA256:$(printf 'A%.0s' {1..43})" \
	--via http://127.0.0.1:1 --via "$url" --user 赵六
case $err in *公钥*连不上*) true ;; *) false ;; esac
verdict "and both are told"

# A site that ends goes on: its hub lets the old key in until it has heard of it, then the new one.
logins
ends "a station goes on under a new site" 0 third site renew --yes
hazard third 新号
ends "it logs in as it did" 0 third sync --json
has "and tells all" '"complete":true'
logins
hazard third 再写
ends "the hub knows its new key alone" 0 third sync --json
has "and it comes in with that" '"complete":true'
ends "and again" 0 third sync
[ "$(cut -d' ' -f2 "$here/third/keys/ssh.pub")" = "$(grep "$(sed 's/.*outpost-//' "$here/third/keys/ssh.pub")" "$here/keys" | sed 's/.*ssh-ed25519 //;s/ .*//')" ]
verdict "which is the one in its folder now"
: >"$here/keys"
ends "who is not known is told what to do" 4 third sync
case $err in *keys/ssh.pub*) true ;; *) false ;; esac
verdict "by name"
exit $failed
