#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The authorized_keys line of a person: the user is fixed in it, the key is one known key and nothing more, and the
# command in it opens the terminal and nothing else.
# Tests also: login.c.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
command -v ssh-keygen >/dev/null || {
	echo "skip user key: openssh-client is not installed"
	exit 0
}
village
"$outpost" user add 李四 login=lisi >/dev/null
ssh-keygen -q -t ed25519 -N '' -C '李四的电脑' -f "$here/key"
key=$(cut -d' ' -f1,2 "$here/key.pub")
real=$(readlink -f "$outpost")
home=$(readlink -f "$OUTPOST_HOME")

ends "the line of a person" 0 user key 李四 "$here/key.pub"
is "is exactly this" "restrict,pty,command=\"$real --home $home --user 李四 login\" $key 李四的电脑"
out=$("$outpost" user key 李四 <"$here/key.pub")
is "the key from stdin" "restrict,pty,command=\"$real --home $home --user 李四 login\" $key 李四的电脑"
out=$("$outpost" user key lisi - <"$here/key.pub")
has "by the login" "--user lisi login\" $key"
printf '%s\r\n\n' "$key" >"$here/dos.pub"
ends "the line end of another system" 0 user key 李四 "$here/dos.pub"
is "and no comment" "restrict,pty,command=\"$real --home $home --user 李四 login\" $key"
for type in "rsa 2048" "ecdsa 256" "ecdsa 521"; do
	ssh-keygen -q -t "${type% *}" -b "${type#* }" -N '' -f "$here/other" <<<y >/dev/null
	ends "a key of $type" 0 user key 李四 "$here/other.pub"
	rm -f "$here/other" "$here/other.pub"
done
ends "its sshd reads it" 0 user key 李四 "$here/key.pub"
printf '%s\n' "$out" >"$here/authorized"
ssh-keygen -l -f "$here/authorized" >/dev/null
verdict "as a key with options"

# NAME TEXT: what is no single known key is refused, and nothing is printed.
bad() {
	printf '%b' "$2" >"$here/bad.pub"
	run user key 李四 "$here/bad.pub"
	[ "$code" -eq 5 ] && [ -z "$out" ] && [ -n "$err" ]
	verdict "$1"
}
bad "nothing" ''
bad "two keys" "$key\n$key\n"
bad "a line of options before it" "pty,command=\"sh\" $key\n"
bad "an option smuggled behind" "$key x\\\\n\n$key"
bad "a carriage return inside" "${key% *}\r${key#* }\n"
bad "a NUL inside" "$key a\\\\0b\\0\n"
bad "an escape in the comment" "$key \\033[2J\n"
bad "an old type" "ssh-dss ${key#* }\n"
bad "another type than the key says" "ecdsa-sha2-nistp256 ${key#* }\n"
bad "a certificate" "ssh-ed25519-cert-v01@openssh.com ${key#* }\n"
bad "half a key" "${key%??????????}\n"
bad "more than a key" "${key}AAAA\n"
bad "no base64" "ssh-ed25519 ****\n"
bad "a comment line" "# $key\n"
ssh-keygen -q -t rsa -b 1024 -N '' -f "$here/weak" 2>/dev/null && bad "a weak key" "$(cat "$here/weak.pub")\n"
bad "a private key" "$(sed 's/$/\\n/' "$here/key" | tr -d '\n')"
head -c 100000 /dev/zero | tr '\0' A >"$here/long.pub"
ends "a file that is no key at all" 5 user key 李四 "$here/long.pub"
ends "no such file" 6 user key 李四 "$here/nowhere.pub"
ends "nobody of that name" 6 user key 赵六 "$here/key.pub"
ends "no name" 2 user key
"$outpost" user off 李四 >/dev/null
says "who has left" 4 停用 user key 李四 "$here/key.pub"
"$outpost" user on 李四 >/dev/null

# What a shell could read otherwise stands in quotes; what sshd could is refused.
"$outpost" user add "O'Neil 小明" login=oneil >/dev/null
ends "a name with a quote and a blank" 0 user key "O'Neil 小明" "$here/key.pub"
has "is one word" "--user 'O'\\''Neil 小明' login\""
"$outpost" user add 'a"b' login=ab >/dev/null
says "a name that sshd would read otherwise" 5 login user key 'a"b' "$here/key.pub"
ends "has its login" 0 user key ab "$here/key.pub"
"$outpost" user add '$(id)' login=dollar >/dev/null
ends "a name like a command" 0 user key '$(id)' "$here/key.pub"
has "is a name" "--user '\$(id)' login"

# The command itself, without sshd.
says "not without a terminal" 4 终端 --user 李四 login
says "nor with a command" 4 终端 --user 李四 login ls
says "nor without a name" 4 --user login
out=$(SSH_ORIGINAL_COMMAND="list hazard" "$outpost" --user 李四 login 2>&1)
[ $? -eq 4 ] && case $out in *命令*) true ;; *) false ;; esac
verdict "what the client asks for is refused"
exit $failed
