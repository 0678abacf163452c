# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# How a check of the house says what it found; $bad is what it ends with.
bad=0

# CASE, what is wrong ("" = nothing)
verdict() {
	if [ -n "$2" ]; then
		printf '%s\n' "$2"
		echo "not ok $1"
		# shellcheck disable=SC2034 # read by the check
		bad=1
	else
		echo "ok $1"
	fi
}
