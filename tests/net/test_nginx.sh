#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped nginx sample before a hub, on loopback with a certificate of its own: TLS with a pinned key, the limits,
# and that what nginx and the hub read is the same. Skipped loudly where there is no nginx.
. "$(dirname "$0")/lib.sh"
nginx=$(PATH=$PATH:/usr/sbin command -v nginx) && command -v openssl >/dev/null || {
	echo "skip nginx: nginx or openssl is not installed"
	exit 0
}
port=$(free_port)
"$tools/carry" listen 0 >"$work/hub_port" &
hub_pid=$!
pids+=("$hub_pid")
sleep 0.3
hub_port=$(cat "$work/hub_port")
for name in hub other; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$name" \
		-keyout "$work/$name.key" -out "$work/$name.crt" 2>/dev/null
done
pin_of() {
	echo "sha256//$(openssl x509 -in "$work/$1.crt" -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64)"
}
{
	printf '%s\n' "pid $work/nginx.pid;" "error_log $work/error.log;" "daemon off;" "worker_processes 1;" \
		"events { worker_connections 200; }" "http {" "client_body_temp_path $work/body;" "proxy_temp_path $work/proxy;" \
		"fastcgi_temp_path $work/f;" "uwsgi_temp_path $work/u;" "scgi_temp_path $work/s;"
	sed "s|127.0.0.1:8741|127.0.0.1:$hub_port|; s|listen 443|listen 127.0.0.1:$port|; s|/etc/outpost|$work|" \
		config/deploy/nginx-outpost.conf
	echo "}"
} >"$work/nginx.conf"
"$nginx" -c "$work/nginx.conf" -p "$work" 2>"$work/start" &
pids+=($!)
await "$port" || {
	cat "$work/start" "$work/error.log"
	echo "not ok nginx starts"
	exit 1
}
swap() { "$tools/carry" swap "$1" "$work" "${@:2}"; }
url=https://127.0.0.1:$port
ok "20 swaps with a pinned key" swap "$url#$(pin_of hub)" 20 300
read -r _ sent received opened _ <"$work/said"
[ "$opened" = 1 ] && echo "ok one connection ($sent bytes up, $received down)" || { echo "not ok one connection ($opened)"; result=1; }
ok "190 kB" swap "$url#$(pin_of hub)" 1 190000
ok "nothing" swap "$url#$(pin_of hub)" 1 0
ends "another key is refused" 5 swap "$url#$(pin_of other)" 1 10
ends "no pin and no authority: refused" 5 swap "$url" 1 10
ends "a body over the limit" 7 swap "$url#$(pin_of hub)" 1 270000
ends "plain HTTP to the TLS port" 7 swap "http://127.0.0.1:$port" 1 10

# CODE WHAT: the status of a raw request through TLS
raw() {
	printf "$1" | timeout 5 openssl s_client -quiet -connect "127.0.0.1:$port" 2>/dev/null | head -n 1 | cut -d' ' -f2
}
status() { # NAME WANTED REQUEST
	local got
	got=$(raw "$3")
	case " $2 " in
	*" ${got:-closed} "*) echo "ok $1" ;;
	*)
		echo "not ok $1 (${got:-closed}, not $2)"
		result=1
		;;
	esac
}
end='Host: h\r\nConnection: close\r\n'
status "health" 200 "GET /v1/health HTTP/1.1\r\n$end\r\n"
status "the numbers are not for outside" 404 "GET /metrics HTTP/1.1\r\n$end\r\n"
status "nothing else" 404 "GET / HTTP/1.1\r\n$end\r\n"
status "only POST" "403 405" "GET /v1/swap HTTP/1.1\r\n$end\r\n"
status "a question" 200 "POST /v1/swap HTTP/1.1\r\n${end}Content-Length: 2\r\n\r\nhi"
status "two lengths" 400 "POST /v1/swap HTTP/1.1\r\n${end}Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi"
status "a length that is none" 400 "POST /v1/swap HTTP/1.1\r\n${end}Content-Length: +2\r\n\r\nhi"
status "chunks are made into a length" 200 "POST /v1/swap HTTP/1.1\r\n${end}Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
kill $hub_pid
wait $hub_pid
ends "no hub behind it" 7 swap "$url#$(pin_of hub)" 1 10
exit $result
