#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing asks more of a library than the oldest that docs/OPERATE.md names: SQLite 3.26, libcurl 7.61, glibc 2.28,
# and the sample for sshd of OpenSSH 7.4. What is newer stands behind an #if of its version, in the files named here.   old.sh [ROOT]
set -u
# shellcheck source=tests/verdict.sh
. "$(dirname "$0")/../verdict.sh"
cd "${1:-$(dirname "$0")/../..}" || exit 1

# why | pattern, in strings of SQL
sql='an upsert without its columns (3.35)|ON CONFLICT DO UPDATE
format() is printf() (3.38)|[^a-z_]format\(
iif() is CASE (3.32)|[^a-z_]iif\(
RETURNING (3.35)|[^A-Z]RETURNING[^A-Z]
UPDATE FROM (3.33)|UPDATE [a-z_]+ SET [^"]* FROM [a-z_]+ WHERE
VACUUM INTO (3.27)|VACUUM INTO
NULLS FIRST, LAST (3.30)|NULLS (FIRST|LAST)
FILTER (3.30)|\) FILTER *\(
generated columns (3.31)|GENERATED ALWAYS
a strict table (3.37)|\) STRICT
IS DISTINCT FROM (3.39)|DISTINCT FROM
MATERIALIZED (3.35)|AS (NOT )?MATERIALIZED
DROP COLUMN (3.35)|DROP COLUMN
unixepoch(), concat(), octet_length() (3.38 and later)|[^a-z_](unixepoch|concat|concat_ws|octet_length|string_agg|unhex)\('
while IFS='|' read -r why pattern; do
	found=$(grep -rnE "$pattern" src/store 2>/dev/null | grep -vE ':[[:space:]]*/?\*')
	verdict "no $why" "$found"
done <<<"$sql"

# pattern | the file that may, as it asks for the version first
calls='strerrordesc_np|src/base/fault\.c
CURLOPT_PROTOCOLS_STR|src/sync/link/link_[hf][a-z]*\.c
XML_GetCurrent[A-Za-z]*64|src/format/cap/cap\.c
SQLITE_DBCONFIG_TRUSTED_SCHEMA|src/store/db/db\.c
curl_url[a-z_]*\(|none
curl_easy_(nextheader|header)|none
CURLINFO_RETRY_AFTER|none
curl_multi_poll|none
sqlite3_(error_offset|changes64|txn_state|db_name)|none
(strlcpy|strlcat|close_range|gettid|pidfd_open|tcgetwinsize|arc4random[a-z_]*) *\(|none'
while IFS='|' read -r line; do
	file=${line##*|} pattern=${line%|*}
	found=$(grep -rnE "(^|[^a-z_])$pattern" src screens include 2>/dev/null | grep -vE "^$file:")
	verdict "no $pattern" "$found"
done <<<"$calls"

# What stands before a hub: the names that OpenSSH 7.4 and later all know.
found=$(grep -nE '^[^#]*((Pubkey|Hostbased)AcceptedAlgorithms|CASignatureAlgorithms|RequiredRSASize|PerSource|sk-ssh|sk-ecdsa)' config/deploy/sshd_outpost.conf)
verdict "no option of sshd that OpenSSH 7.4 does not know" "$found"

# The order in which arguments are worked out is the compiler's: two draws in one statement are another demo on another machine.
found=$(awk 'BEGIN { RS = ";" } gsub(/demo_random\(/, "&") > 1 && !/\?|&&/ && !/,[^()]*= demo_random/ { print FILENAME ": " $0 }' src/app/demo/*.c 2>/dev/null)
verdict "a draw of the demo stands alone in its statement" "$found"
exit $bad
