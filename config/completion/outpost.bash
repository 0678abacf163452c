# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for outpost. The program itself says what fits: commands, options, kinds, fields, codes, steps, numbers.
_outpost()
{
	local words cur begin
	# As typed: bash itself takes an equals sign for the end of a word.
	read -ra words <<<"${COMP_LINE:0:COMP_POINT}"
	[[ ${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]] && words+=("")
	cur=${words[${#words[@]} - 1]}
	mapfile -t COMPREPLY < <("$1" book complete -- "${words[@]:1}" 2>/dev/null | cut -f1)
	[[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
	if [[ $cur == *=* && $COMP_WORDBREAKS == *=* ]]; then
		begin=${cur%"${cur##*=}"}
		COMPREPLY=("${COMPREPLY[@]#"$begin"}")
	fi
}
complete -o default -F _outpost outpost
