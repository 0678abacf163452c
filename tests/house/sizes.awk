# SPDX-License-Identifier: GPL-3.0-or-later
# Lines of files and functions, and branches of functions, from sources in the project's format:
# a function's braces stand in column 1. Prints "file LINES NAME" and "function LINES BRANCHES
# PARAMETERS PLACE".

function done_file() {
	if (file != "")
		print "file", lines, file
}

# The line without comments, texts and characters; remembers whether it ends inside a comment.
function bare(s, out, at, c, two) {
	out = ""
	for (at = 1; at <= length(s); at++) {
		c = substr(s, at, 1)
		two = substr(s, at, 2)
		if (comment) {
			if (two == "*/") {
				comment = 0
				at++
			}
		} else if (two == "/*") {
			comment = 1
			at++
		} else if (two == "//") {
			break
		} else if (c == "\"" || c == "'") {
			quote = c
			for (at++; at <= length(s) && substr(s, at, 1) != quote; at++)
				if (substr(s, at, 1) == "\\")
					at++
			out = out "_"
		} else {
			out = out c
		}
	}
	return out
}

# How many a function's head takes: commas of its first list, not those inside.
function parameters(head, at, c, depth, n) {
	for (at = index(head, "("); at <= length(head); at++) {
		c = substr(head, at, 1)
		if (c == "(")
			depth++
		else if (c == ")" && --depth == 0)
			return n + 1
		else if (c == "," && depth == 1)
			n++
	}
	return n + 1
}

FNR == 1 {
	done_file()
	file = FILENAME
	lines = comment = inside = 0
	head = ""
}
{
	lines = FNR
	text = bare($0)
}
!inside && text ~ /^[A-Za-z_].*\(/ && text !~ /;[ \t]*$/ {
	head = text
	head_line = FNR
	next
}
!inside && head != "" && !/^\{/ {
	head = head text
}
!inside && text ~ /^[A-Za-z_].*[;=]/ && text !~ /\(/ {
	head = ""
}
/^\{/ && head != "" {
	inside = 1
	start = head_line
	branches = 0
	takes = parameters(head)
	name = head
	sub(/\(.*/, "", name)
	sub(/.*[ *]/, "", name)
	next
}
/^\}/ {
	if (inside)
		print "function", FNR - start + 1, branches, takes, file ":" start ":" name
	inside = 0
	head = ""
	next
}
inside {
	line = text
	branches += gsub(/(^|[^A-Za-z_0-9])(if|for|while|case)[^A-Za-z_0-9]/, "&", line)
	branches += gsub(/&&|\|\||\?/, "&", line)
}
END {
	done_file()
}
