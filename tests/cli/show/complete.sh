#!/bin/sh
# complete.sh SHELL SCRIPT: the script completes what is typed in the real SHELL:
# commands, options, words, several files, and files where there is no option.
# bash and fish are asked; bash and zsh also on a terminal of their own. Exits 77
# where there is no such shell or no terminal for it.
set -eu
shell=$1 completion=$2
command -v "$shell" >/dev/null || {
    echo "skipped: no $shell (Debian: $shell)"
    exit 77
}
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-complete-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/here"
cp "$completion" "$work/here/_tesela"
cd "$work/here"
: >data.csv
: >'two words.csv'
HOME=$work TERM=dumb
export HOME TERM

# Says what tesela was called with, each argument in brackets.
case $shell in
bash)
    start='bash --norc --noprofile -i'
    setup='source ./_tesela'
    ;;
zsh)
    start='zsh -f -i'
    # shellcheck disable=SC2016 # its own variable
    setup='fpath=($PWD $fpath); autoload -U compinit; compinit -u -D'
    ;;
esac

# typed KEYS EXPECTED: on a terminal the shell makes EXPECTED of KEYS (\t is Tab).
typed() {
    # shellcheck disable=SC2059 # the keys hold \t
    seen=$({
        printf '%s\n' "$setup" 'tesela() { printf "<%s>" "$@"; echo; }'
        printf "$1\nexit\n"
    } | timeout 60 script -qec "$start" /dev/null | tr -d '\r' | grep '^<' || true)
    [ "$seen" = "$2" ] || {
        echo "$shell: of \"$1\" came $seen, not $2"
        exit 1
    }
}

# As readline asks, which parts words at "=".
cat >ask <<'END'
source ./_tesela
read -ra COMP_WORDS <<<"${1//=/ = }"
[[ $1 != *" " ]] || COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_tesela
printf '%s\n' "${COMPREPLY[@]}"
END

# offered LINE EXPECTED: what the shell offers behind LINE, of its own accord no files.
offered() {
    case $shell in
    fish) seen=$(fish -N -c "source ./_tesela; complete -C '$1'" | cut -f 1 | sort | tr '\n' ' ') ;;
    bash) seen=$(bash ./ask "$1" | grep . | sort | tr '\n' ' ') ;;
    esac
    [ "$seen" = "$2" ] || {
        echo "$shell: behind \"$1\" it offers $seen, not $2"
        exit 1
    }
}

if [ "$shell" != zsh ]; then
    offered 'tesela clu' 'cluster '
    offered 'tesela cluster --k-m' '--k-max --k-min '
    offered 'tesela cluster --scale ' 'minmax none rank-normal robust z '
    offered 'tesela cluster data.csv --force --scale m' 'minmax '
    offered 'tesela run --k ' ''
    offered 'tesela run --refit ' 'lifecycle names rfm tiers value '
    offered 'tesela run --refit l' 'lifecycle '
    offered 'tesela label f.h5 m.h5 --refit tiers,n' 'tiers,names '
    offered 'tesela help con' 'configuration '
    offered 'tesela help completion ' 'bash fish zsh '
fi
if [ "$shell" = bash ]; then
    offered 'tesela run --refit rfm,tiers,' 'rfm,tiers,lifecycle rfm,tiers,names rfm,tiers,value '
    offered 'tesela run --refit=rfm,t' 'rfm,tiers '
    offered 'tesela cluster --scale=' 'minmax none rank-normal robust z '
    offered 'tesela cluster --scale=m' 'minmax '
    offered 'tesela cluster --scale z da' ''
elif [ "$shell" = fish ]; then
    offered 'tesela cluster da' 'data.csv '
    offered 'tesela run --transactions data.csv da' 'data.csv '
    exit
fi

script -qec true /dev/null >/dev/null 2>&1 || {
    echo 'skipped: no terminal to be had by script (Debian: bsdutils)'
    exit 77
}
typed 'tesela clu\tda\t--scale rob\t' '<cluster><data.csv><--scale><robust>'
typed 'tesela run --transa\tdata.csv tw\t--force' "$([ "$shell" = bash ] && echo '<run><--transactions><data.csv><two words.csv><--force>' ||
    echo '<run><--transactions=data.csv><two words.csv><--force>')"
typed 'tesela clu\t--k-mi\t5' "$([ "$shell" = bash ] && echo '<cluster><--k-min><5>' || echo '<cluster><--k-min=5>')"
typed 'tesela help con\t' '<help><configuration>'
typed 'tesela run --refit tiers,na\t' '<run><--refit><tiers,names>'
typed 'tesela run --lang=z\t' '<run><--lang=zh>'
