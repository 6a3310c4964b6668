#!/bin/sh
# circles.sh OBJECTS [SOURCES [KNOWN]]: no two sources call each other, directly
# or through others: the way through the house has a direction. OBJECTS: a folder
# of object files; those of sources that are gone are passed over. KNOWN: circles
# that are there still, a line each; instead of the list below.
set -eu
sources=${2-$(dirname -- "$0")/../../src}

# This list may only shrink: a circle of it that is open must leave it.
known='
feature/features.c feature/fill.c
label/labels.c label/lifecycle.c label/reasons.c label/segments.c label/tiers.c
'
[ $# -lt 3 ] || known=$3

# Prints USER HOME for every source that calls another.
calls() {
    find "$1" -name '*.o' | sort | while read -r object; do
        file=${object#*.dir/}
        [ ! -e "$sources/${file%.o}" ] || printf '%s\n' "$object"
    done | xargs nm -A | awk '
        { file = $1; sub(/[.]o:.*/, "", file); sub(/.*[.]dir[/]/, "", file); kind = $(NF - 1); name = $NF }
        kind ~ /^[TDRB]$/ { home[name] = file }
        kind == "U" { use[++uses] = name; user[uses] = file }
        END { for (i = 1; i <= uses; i++) if (use[i] in home && home[use[i]] != user[i]) print user[i], home[use[i]] }' |
        sort -u
}

# Prints the members of each circle, sorted, on a line.
circles() {
    awk '
        { reach[$1, $2] = 1; if (!($1 in seen)) { seen[$1]; file[++n] = $1 } if (!($2 in seen)) { seen[$2]; file[++n] = $2 } }
        END {
            for (k = 1; k <= n; k++)
                for (i = 1; i <= n; i++)
                    if ((file[i], file[k]) in reach)
                        for (j = 1; j <= n; j++)
                            if ((file[k], file[j]) in reach) reach[file[i], file[j]] = 1
            for (i = 1; i <= n; i++)
                for (j = 1; j <= n; j++)
                    if (((file[i], file[j]) in reach) && ((file[j], file[i]) in reach)) print i, file[j]
        }' | sort | awk '
        $1 != last { if (line != "") print line; line = ""; last = $1 }
        { line = line (line == "" ? "" : " ") $2 }
        END { if (line != "") print line }' | sort -u
}

work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-circles-XXXXXX")
trap 'rm -rf "$work"' EXIT
calls "$1" >"$work/calls"
[ -s "$work/calls" ] || {
    echo "no object file calls another: looked in the wrong place?"
    exit 1
}
circles <"$work/calls" >"$work/found"
printf '%s\n' "$known" | sed '/^$/d' | sort >"$work/known"
comm -23 "$work/found" "$work/known" | sed 's/^/these sources call each other in a circle: /'
comm -13 "$work/found" "$work/known" | sed 's/^/this circle is open: take it from the list in tests\/house\/circles.sh: /'
cmp -s "$work/found" "$work/known"
