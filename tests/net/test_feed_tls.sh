#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A feed over TLS from a real server on loopback: by an authority and by a pinned key; another key, another authority,
# another name and an expired certificate are refused, and nothing of it is taken.
# Tests also: link_fetch.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/../cli/lib.sh"
command -v openssl >/dev/null || { echo "ok # skip: no openssl"; exit 0; }
"$outpost" init --area 410882 --name 沁阳市 --user 县值班 >/dev/null || exit 1
cd "$here" || exit 1
mkdir web
cat >web/feed.xml <<'END'
<alert><identifier>T-1</identifier><sender>s</sender><sent>2026-07-14T06:00:00Z</sent><status>Actual</status><msgType>Alert</msgType><info><event>暴雨</event><severity>红色</severity><headline>暴雨红色</headline></info></alert>
END
cat >web/links.xml <<'END'
<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><entry><id>x</id><updated>2026-07-14T06:00:00Z</updated><link href="more.xml"/></entry></feed>
END
sed 's/T-1/T-2/' web/feed.xml >web/more.xml
# NAME SUBJECT: an authority, or a key with its certificate by AUTHORITY, from START to END.
key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }
authority() {
	key "$1"
	openssl req -x509 -new -key "$1.key" -subj "/CN=$1" -days 3650 -out "$1.pem" 2>/dev/null
}
signed() { # NAME AUTHORITY START END
	key "$1"
	openssl req -new -key "$1.key" -subj "/CN=127.0.0.1" -out "$1.csr" 2>/dev/null
	mkdir -p "$1.ca"
	: >"$1.ca/index"
	echo 01 >"$1.ca/serial"
	printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s.ca/index\nserial=%s.ca/serial\nnew_certs_dir=%s.ca\ndefault_md=sha256\npolicy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=IP:%s\n' \
		"$1" "$1" "$1" "${5:-127.0.0.1}" >"$1.conf"
	openssl ca -batch -config "$1.conf" -cert "$2.pem" -keyfile "$2.key" -startdate "$3" -enddate "$4" -in "$1.csr" -out "$1.pem" >/dev/null 2>&1
}
pin() { printf 'sha256//%s' "$(openssl pkey -in "$1.key" -pubout -outform DER 2>/dev/null | openssl dgst -sha256 -binary | base64)"; }
authority good
authority other
signed fresh good 20200101000000Z 20991231000000Z
signed expired good 20200101000000Z 20200201000000Z
signed elsewhere good 20200101000000Z 20991231000000Z 127.9.9.9
servers=()
trap 'kill "${servers[@]}" 2>/dev/null; cd /; rm -rf "$here"' EXIT
# NAME PORT: serves the folder web with that certificate.
serve() {
	(cd web && exec openssl s_server -accept "127.0.0.1:$2" -key "../$1.key" -cert "../$1.pem" -WWW -quiet >/dev/null 2>&1) &
	servers+=($!)
	for _ in {1..50}; do
		(exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null && return
		sleep 0.1
	done
}
base=$((20000 + RANDOM % 20000))
serve fresh $base
serve expired $((base + 1))
serve elsewhere $((base + 2))
outpost_=$outpost
outpost=$OUTPOST_BUILD/outpost-sync
PATH=$OUTPOST_BUILD:$PATH
url() { echo "https://127.0.0.1:$((base + $1))/feed.xml"; }
says "another authority" 4 证书 feed "$(url 0)" --ca "$here/other.pem"
says "another key" 4 "" feed "$(url 0)#$(pin other)"
says "an expired certificate" 4 证书 feed "$(url 1)" --ca "$here/good.pem"
says "another host's" 4 证书 feed "$(url 2)" --ca "$here/good.pem"
says "the system's authorities" 4 证书 feed "$(url 0)"
outpost=$outpost_
run list warning --json
is "nothing of it is taken" "[]"
outpost=$OUTPOST_BUILD/outpost-sync
ends "the authority" 0 feed "$(url 0)" --ca "$here/good.pem"
has "is new" "新增 1 条"
ends "the key" 0 feed "$(url 0)#$(pin fresh)"
links="https://127.0.0.1:$base/links.xml"
ends "the key holds for what the feed links to" 0 feed "$links#$(pin fresh)"
has "and that is new" "新增 1 条"
ends "the key, and no authority is asked" 0 feed "$(url 1)#$(pin expired)"
exit $failed
