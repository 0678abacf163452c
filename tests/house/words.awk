# SPDX-License-Identifier: GPL-3.0-or-later
# Prints "FILE:LINE: text" for every Chinese text in C source that is not inside _() or N_().
# Texts that are data and not words for a reader stand under a comment that begins with "zh:"; it
# holds to the next blank line. Bytes are compared, so run it with LC_ALL=C.

FNR == 1 {
	comment = free = depth = wrapped = 0
	last = ""
}
/^[ \t]*$/ {
	free = 0
}
/\/\* zh:/ {
	free = 1
}
{
	for (at = 1; at <= length($0); at++) {
		c = substr($0, at, 1)
		if (comment) {
			if (substr($0, at, 2) == "*/") {
				comment = 0
				at++
			}
			continue
		}
		two = substr($0, at, 2)
		if (two == "/*") {
			comment = 1
			at++
		} else if (two == "//") {
			break
		} else if (c == "\"" || c == "'") {
			from = at
			for (at++; at <= length($0) && substr($0, at, 1) != c; at++)
				if (substr($0, at, 1) == "\\")
					at++
			text = substr($0, from, at - from + 1)
			if (!wrapped && !free && text ~ /[\343-\351][\200-\277][\200-\277]|\357[\274-\276][\200-\277]/)
				print FILENAME ":" FNR ": " text
			last = ""
		} else if (c == "(") {
			depth++
			if (!wrapped && (last == "_" || last == "N_" || last == "NN_"))
				wrapped = depth
			last = ""
		} else if (c == ")") {
			if (wrapped == depth)
				wrapped = 0
			depth--
			last = ""
		} else if (c ~ /[A-Za-z_0-9]/) {
			last = last c
		} else {
			last = ""
		}
	}
}
