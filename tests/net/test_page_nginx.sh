#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped nginx sample before two folders of `outpost page`: packed as it lies there, told once that nothing has
# changed, and names only for who shows a certificate. Skipped loudly where there is no nginx.
# shellcheck source=tests/net/lib.sh
. "$(dirname "$0")/lib.sh"
nginx=$(PATH=$PATH:/usr/sbin command -v nginx) && command -v openssl >/dev/null && command -v curl >/dev/null || {
	echo "skip page nginx: nginx, openssl or curl is not installed"
	exit 0
}
port=$(free_port)
mkdir "$work/cache"
OUTPOST_HOME=$work/station
export OUTPOST_HOME
"$OUTPOST_BUILD/outpost" init --area 410882103 --name 柏香镇 >/dev/null &&
	"$OUTPOST_BUILD/outpost" page "$work/cache/open" >/dev/null && "$OUTPOST_BUILD/outpost" page --full "$work/cache/full" >/dev/null || exit 1
# nginx may run as another account than who made the folders.
chmod 755 "$work" "$work/cache" "$work"/cache/* && chmod 644 "$work"/cache/full/*
for name in hub people other; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$name" \
		-keyout "$work/$name.key" -out "$work/$name.crt" 2>/dev/null
done
cp "$work/people.crt" "$work/page-people.crt"
{
	printf '%s\n' "pid $work/nginx.pid;" "error_log $work/error.log;" "daemon off;" "worker_processes 1;" \
		"events { worker_connections 200; }" "http {" "client_body_temp_path $work/body;" "proxy_temp_path $work/proxy;" \
		"fastcgi_temp_path $work/f;" "uwsgi_temp_path $work/u;" "scgi_temp_path $work/s;"
	sed "s|listen 8443|listen 127.0.0.1:$port|; s|/etc/outpost|$work|; s|/var/cache/outpost-page|$work/cache|; s|#ssl_|ssl_|" \
		config/deploy/nginx-outpost-page.conf
	echo "}"
} >"$work/nginx.conf"
"$nginx" -c "$work/nginx.conf" -p "$work" 2>"$work/start" &
pids+=($!)
await "$port" || {
	cat "$work/start" "$work/error.log"
	echo "not ok nginx starts"
	exit 1
}
url=https://127.0.0.1:$port
# NAME WANTED ARGS...: the status of a request
status() {
	local name=$1 wanted=$2 got
	shift 2
	got=$(curl -ks -o "$work/got" -D "$work/head" -w '%{http_code}' "$@")
	[ "$got" = "$wanted" ] && echo "ok $name" || { echo "not ok $name ($got)"; result=1; }
}
same() { cmp -s "$work/got" "$2" && echo "ok $1" || { echo "not ok $1"; result=1; }; }
said() { grep -qi "$2" "$work/head" && echo "ok $1" || { cat "$work/head"; echo "not ok $1"; result=1; }; }
status "the page" 200 "$url/"
same "as it lies there" "$work/cache/open/index.html"
said "in its coding" '^content-type: text/html; charset=utf-8'
said "which may run nothing" "^content-security-policy: default-src 'none'"
etag=$(sed -n 's/^etag: *//Ip' "$work/head" | tr -d '\r')
status "the same again costs a line" 304 -H "If-None-Match: $etag" "$url/"
status "packed" 200 -H 'Accept-Encoding: gzip' "$url/"
same "as it was packed" "$work/cache/open/index.html.gz"
status "the feed" 200 "$url/warnings.atom"
said "is one" '^content-type: application/atom+xml'
status "the points" 200 "$url/map.geojson"
said "are GeoJSON" '^content-type: application/geo+json'
status "names for nobody" 403 "$url/full/"
status "nor for a stranger's certificate" 400 --cert "$work/other.crt" --key "$work/other.key" "$url/full/"
status "but for who is known" 200 --cert "$work/people.crt" --key "$work/people.key" "$url/full/"
same "with names" "$work/cache/full/index.html"
status "nothing is posted" 403 -X POST -d x "$url/"
exit $result
