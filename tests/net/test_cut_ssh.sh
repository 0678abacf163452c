#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A village's whole sync with its township's hub through OpenSSH, by the real programs, cut from the first byte of the
# login to the last of the farewell: at every 64th byte up and down, at every byte in the long form (a login costs a tenth of a
# second). Half of the time the next sync goes over HTTP. What must be true is that of test_cut_http.sh.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/pair.sh"
step=64
[ -n "${OUTPOST_LONG:-}" ] && step=1

sshd_up cut_ssh
pair_join
town site show 西彰村 --json >"$work/site"
site=$(sed 's/.*"site":"\([0-9a-f]*\)".*/\1/' "$work/site")
key=$(sed 's/.*"ssh_key":"\([^"]*\)".*/\1/' "$work/site")
echo "command=\"$outpost --home $work/town hub --stdio --site $site\",restrict $key" >"$work/authorized_keys"
pin=$(ssh-keygen -l -f "$work/host/ssh.pub" | cut -d' ' -f2)
# Behind the last answer both ends say farewell: some 150 bytes that nobody has to get.
ok "cut at every ${step}th byte" "$tools/sever" cut "$work/village" "$work/town" "ssh://$(id -un)@127.0.0.1:0#$pin" \
	"$sshd_port" $step 300 "http://127.0.0.1:$hub_port"
tail -n 1 "$work/said"
exit $result
