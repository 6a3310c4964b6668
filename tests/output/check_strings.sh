#!/bin/sh
# check_strings.sh ROOT: the report speaks both languages whole: every phrase
# stands in each with the same places to fill, every phrase that the page asks
# for is there, and none is left over. A word of the terminal stands in its table
# once: a second one would never be said. Prints what is wrong; exits 1 where there
# is anything.
set -eu
page=$1/src/output/report
terminal=$1/src/cli/show/show_summary.c
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-strings-XXXXXX")
trap 'rm -rf "$work"' EXIT

# One language's phrases: the key and the places to fill, in order of the alphabet.
phrases() {
    awk 'match($0, /^  [a-z0-9_]+:/) {
            key = substr($0, 3, RLENGTH - 3)
            print key, "-"
            rest = $0
            while (match(rest, /\{[a-z]+\}/)) {
                print key, substr(rest, RSTART, RLENGTH)
                rest = substr(rest, RSTART + RLENGTH)
            }
        }' "$page/kit/$1.js" | sort -u
}

# What is in bold is in bold in both.
bold() {
    awk 'match($0, /^  [a-z0-9_]+:/) { key = substr($0, 3, RLENGTH - 3); print key, gsub(/\*\*/, "") }' "$page/kit/$1.js" | sort
}

phrases english >"$work/en"
phrases chinese >"$work/zh"
bold english >"$work/bold-en"
bold chinese >"$work/bold-zh"
sed -n 's/ -$//p' "$work/en" >"$work/keys"
# A call may go over several lines.
cat "$page"/part/*.js "$page"/kit/*.js "$page"/report.js | tr -s ' \n' ' ' >"$work/scripts"
grep -o "\(say\|bold\)( *'[a-z0-9_]*' *[,)]" "$work/scripts" | sed "s/^[a-z]*( *'//; s/'.*//" | sort -u >"$work/asked"
# Every text of the page that could be a key, and the starts of keys that are
# put together: say('reject_' + kind), known('word_', name).
grep -o "'[a-z][a-z0-9_]*'" "$work/scripts" | tr -d "'" | sort -u >"$work/words"
starts=$(grep -o "'[a-z_]*_'" "$work/scripts" | tr -d "'" | sort -u)

never_asked() {
    comm -23 "$work/keys" "$work/words" | while read -r key; do
        for start in $starts; do
            case $key in "$start"*) continue 2 ;; esac
        done
        echo "never asked for: $key"
    done
}

sed -n '/^static const word words\[\]/,/^};/s/^    {"\([^"]*\)", ".*/\1/p' "$terminal" | sort >"$work/terminal"
{
    uniq -d "$work/terminal" | sed 's/^/twice among the words of the terminal: /'
    [ "$(wc -l <"$work/terminal")" -gt 100 ] || echo 'the words of the terminal were not found'
    diff "$work/bold-en" "$work/bold-zh" | sed -n 's/^[<>]/bold in one language alone: /p'
    diff "$work/en" "$work/zh" | sed -n 's/^</in en alone: /p; s/^>/in zh alone: /p'
    comm -13 "$work/keys" "$work/asked" | sed 's/^/asked for and not there: /'
    never_asked
    [ "$(wc -l <"$work/keys")" -gt 100 ] || echo 'the phrases were not found'
} >"$work/wrong"
cat "$work/wrong"
[ ! -s "$work/wrong" ]
