# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for outpost, printed by `make book`
_outpost()
{
	local cur=${COMP_WORDS[COMP_CWORD]} command= words= at
	local kinds="hazard tip warning receipt call relay broadcast report casualty house incident depot supply move request device team callout expert contact vehicle point shelter stay enterprise facility drill inject finding training roster duty handover task order answer response meeting rollcall present patrol checklist obligation advice survey person grid household transfer plan card decision areachange codechange"
	for ((at = 1; at < COMP_CWORD; at++)); do
		case ${COMP_WORDS[at]} in
		--home | --store | --config | --user | --pin-fd)
			# --home=DIR is three words here
			[ "${COMP_WORDS[at + 1]}" = = ] && at=$((at + 1))
			at=$((at + 1))
			;;
		-*) ;;
		*)
			command=${COMP_WORDS[at]}
			break
			;;
		esac
	done
	case $command in
	init)
		words="--help --area --name --level --user --post --new-keys"
		;;
	add)
		words="--help --json"
		((COMP_CWORD == at + 1)) && words="$words $kinds"
		;;
	edit)
		words="--help"
		;;
	step)
		words="--help"
		;;
	list)
		words="--help --state --area --sort --limit --json --csv --labels --columns --charset"
		((COMP_CWORD == at + 1)) && words="$words $kinds"
		;;
	show)
		words="--help --history --json"
		;;
	count)
		words="--help --by --area"
		;;
	answers)
		words="--help --json"
		;;
	text)
		words="--help"
		;;
	find)
		words="--help --kind --limit --json"
		;;
	kinds)
		words="--help --json"
		((COMP_CWORD == at + 1)) && words="$words $kinds"
		;;
	rules)
		words="--help"
		((COMP_CWORD == at + 1)) && words="$words list check try why publish withdraw"
		;;
	config)
		words="--help --since --json"
		((COMP_CWORD == at + 1)) && words="$words list diff"
		;;
	packs)
		words="--help"
		((COMP_CWORD == at + 1)) && words="$words flood forest geo coast mine urban"
		;;
	today)
		words="--help --json"
		;;
	report)
		words="--help --reason --event"
		((COMP_CWORD == at + 1)) && words="$words board table diff merge"
		;;
	late)
		words="--help"
		;;
	line)
		words="--help --plain"
		;;
	import)
		words="--help --kind"
		((COMP_CWORD == at + 1)) && words="$words cap csv json ebd areas"
		;;
	export)
		words="--help --csv --labels --columns --charset --json --geojson --atom --ics --vcf --excel --gb --force --cap --ebd"
		((COMP_CWORD == at + 1)) && words="$words $kinds"
		;;
	follow)
		words="--help --json --cursor --once"
		((COMP_CWORD == at + 1)) && words="$words $kinds"
		;;
	page)
		words="--help --full"
		;;
	user)
		words="--help --reset"
		((COMP_CWORD == at + 1)) && words="$words add list off on pin key"
		;;
	login)
		words="--help"
		;;
	whoami)
		words="--help --json"
		;;
	check)
		words="--help --repair --json"
		;;
	doctor)
		words="--help --json"
		;;
	rebuild)
		words="--help"
		;;
	backup)
		words="--help --day"
		;;
	restore)
		words="--help"
		;;
	demo)
		words="--help --seed --records"
		;;
	sync)
		words="--help --once --watch --via --plan --json"
		;;
	hub)
		words="--help --listen --store --stdio --site --join --store"
		;;
	invite)
		words="--help --area --name --level --via --rights --until --days --json"
		;;
	join)
		words="--help --via --user --json"
		;;
	up)
		words="--help"
		;;
	site)
		words="--help --json --json --json --yes --json"
		((COMP_CWORD == at + 1)) && words="$words list show revoke rotate keys claims renew returned"
		;;
	pack)
		words="--help --to --force --json"
		;;
	unpack)
		words="--help --json"
		;;
	feed)
		words="--help --ca --also --most --day --json"
		;;
	frame)
		words="--help"
		;;
	spoken)
		words="--help --first --short"
		;;
	hear)
		words="--help --json"
		;;
	serial)
		words="--help --baud --turn --serve"
		;;
	book)
		words="--help"
		((COMP_CWORD == at + 1)) && words="$words conf man completion"
		;;
	'') words="--home --config --user --pin-fd --help --version init add edit step list show count answers text find kinds rules config packs today report late line import export follow page user login whoami check doctor rebuild backup restore demo sync hub invite join up site pack unpack feed frame spoken hear serial book" ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -o default -F _outpost outpost
