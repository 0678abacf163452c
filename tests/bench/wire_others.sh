#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same loads by what people use today, over the same link: a gzip batch by curl over TLS, one POST per record, git over SSH;
# and the limit by strong compressors that know the training texts. What is not installed is skipped aloud.
. "$(dirname "$0")/wire_lib.sh"
export PATH=$PATH:/usr/sbin
head -n 2 $loads/w1.ndjson >"$work/w1"
cp $loads/w2.ndjson "$work/w2"
cp $loads/w3.ndjson "$work/w3"
cp $loads/w4.ndjson "$work/w4"

have() { # NAME PROGRAM...
	local name=$1 program
	shift
	for program in "$@"; do
		command -v "$program" >/dev/null || {
			skip "$name" "$program is not installed"
			return 1
		}
	done
}
wait_far() { # PORT
	local i
	for ((i = 0; i < 100; i++)); do
		far bash -c "(exec 3<>/dev/tcp/10.99.0.2/$1) 2>/dev/null" 2>/dev/null && return
		sleep 0.05
	done
}
# LEAST NAME TRIPS SERVER-PORT COMMAND...: run near the link, with the server that `server` starts at the far end
over_link() {
	local least=$1 name=$2 trips=$3 port=$4
	shift 4
	link_up
	server &
	local server_pid=$!
	pids+=("$server_pid")
	wait_far "$port"
	"$@" >"$work/said" 2>&1 || { echo "$name failed"; tail -n 5 "$work/said"; }
	link_down
	kill $server_pid
	wait $server_pid 2>/dev/null
	local ours=0 times
	ours=$(awk -v w=", ${name##* }$" '{ n = $NF; sub(/ [0-9]+$/, "") } $0 ~ w { print n }' "$OUTPOST_BUILD/tests/bench/roads" 2>/dev/null)
	times=$(awk -v n="$(ip_bytes)" -v o="${ours:-0}" 'BEGIN { printf "%.2f", o ? n / o : 0 }')
	beside=''
	[ -n "$least" ] && must "" "$times" ge "$least"
	beside="$times times ours over HTTP from cold${beside:+:$beside}"
	row "$name" "" "$(ip_bytes)" "$(packets)" "$trips" "$beside"
}

web() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=hub \
		-keyout "$work/hub.key" -out "$work/hub.crt" 2>/dev/null
	printf '%s\n' "pid $work/nginx.pid;" "error_log $work/error.log;" "daemon off;" "worker_processes 1;" \
		"events { worker_connections 20; }" "http {" "access_log off;" "client_body_temp_path $work/body;" \
		"proxy_temp_path $work/proxy;" "fastcgi_temp_path $work/f;" "uwsgi_temp_path $work/u;" "scgi_temp_path $work/s;" \
		"keepalive_requests 100000;" "client_max_body_size 8m;" "server { listen 10.99.0.2:443 ssl; ssl_certificate $work/hub.crt;" \
		"ssl_certificate_key $work/hub.key; ssl_protocols TLSv1.3; location / { return 204; } }" "}" >"$work/nginx.conf"
	server() { exec nsenter -t "$b" -n nginx -c "$work/nginx.conf" -p "$work"; }
	local load
	local -A batch=([w1]=3 [w3]=3) posts=([w1]=4.5 [w3]=28)
	for load in w1 w2 w3; do
		gzip -9 -c "$work/$load" >"$work/batch.gz"
		over_link "${batch[$load]:-}" "gzip batch, curl over TLS, ${load^^}" 3 443 nsenter -t "$a" -n curl -sk -o /dev/null \
			-H 'Content-Encoding: gzip' -H 'Content-Type: application/x-ndjson' --data-binary "@$work/batch.gz" \
			https://10.99.0.2/v1/records
	done
	for load in w1 w2 w3; do
		awk -v f="$work/body" 'NR > 1 { print "next" } { gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); print "url = \"https://10.99.0.2/v1/records\"\nsilent\ninsecure\noutput = /dev/null\nheader = \"Content-Type: application/json\"\ndata-binary = \"" $0 "\"" }' \
			"$work/$load" >"$work/posts"
		over_link "${posts[$load]:-}" "one POST per record, curl over TLS, ${load^^}" $((3 + $(wc -l <"$work/$load") - 1)) 443 \
			nsenter -t "$a" -n curl -K "$work/posts"
	done
}

git_home() { # LOAD: a clone with 20 records before, a commit with a file per record of the load behind
	rm -rf "$work/repo.git" "$work/clone"
	git init -q --bare "$work/repo.git"
	git init -q "$work/clone"
	(
		cd "$work/clone" || exit 1
		git config user.name x
		git config user.email x@example.org
		head -n 20 "$OLDPWD/$loads/train.ndjson" | split -l 1 -a 5 -d - before
		git add . && git commit -qm before && git push -q "$work/repo.git" HEAD:main
		split -l 1 -a 5 -d "$work/$1" record
		git add . && git commit -qm day
	)
}
by_git() {
	local load me
	me=$(id -un)
	[ "$(id -u)" = 0 ] && mkdir -p /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f "$work/host" && ssh-keygen -q -t ed25519 -N '' -f "$work/key"
	cp "$work/key.pub" "$work/authorized"
	printf '%s\n' "Port 22" "ListenAddress 10.99.0.2" "HostKey $work/host" "PidFile none" "StrictModes no" "UsePAM no" \
		"AuthorizedKeysFile $work/authorized" >"$work/sshd_config"
	server() { exec nsenter -t "$b" -n "$(command -v sshd)" -D -f "$work/sshd_config" -E "$work/sshd.log"; }
	export GIT_SSH_COMMAND="ssh -F /dev/null -i $work/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
	for load in w1 w2 w3; do
		git_home "$load"
		over_link 9 "git push over SSH, file per record, ${load^^}" 13 22 nsenter -t "$a" -n \
			git -C "$work/clone" push -q "ssh://$me@10.99.0.2$work/repo.git" HEAD:main
	done
}

# NAME COMMAND...: what a load adds to an archive of the training texts
limit() {
	local name=$1 load known both line
	shift
	line=
	known=$("$@" <$loads/train.ndjson | wc -c)
	for load in w1 w2 w3 w4; do
		both=$(cat $loads/train.ndjson "$work/$load" | "$@" | wc -c)
		line="$line ${load^^} $((both - known))"
	done
	printf '%-46s%s B (JSON with its ids, knowing train.ndjson)\n' "limit: $name" "$line"
}

head_row "what people use today (trips as published)"
have "gzip batch and POST over TLS" nginx openssl curl && web
have "git over SSH" git sshd ssh-keygen && by_git
have "limit: xz" xz && limit "xz -9e" xz -9e -c
# zpaq writes no archive to its output, and names the file in it.
by_zpaq() {
	cat >"$work/x"
	rm -f "$work/x.zpaq"
	(cd "$work" && zpaq add x.zpaq x -m5 -noattributes) >/dev/null 2>&1
	cat "$work/x.zpaq"
}
have "limit: zpaq" zpaq && limit "zpaq -m5" by_zpaq
exit $result
