#!/bin/sh
# circles.sh OBJECTS: no two sources call each other, directly or through others:
# the way through the house has a direction. OBJECTS: a folder of object files.
set -eu
find "$1" -name '*.o' | sort | while read -r object; do
    file=${object#*.dir/}
    nm "$object" | awk -v file="${file%.o}" '
        NF == 3 && $2 ~ /[TDRB]/ { print "has", $3, file }
        NF == 2 && $1 == "U" { print "uses", $2, file }'
done | awk '
    $1 == "has" { home[$2] = $3 }
    $1 == "uses" { use[++uses] = $2; user[uses] = $3 }
    END { for (i = 1; i <= uses; i++) if (use[i] in home && home[use[i]] != user[i]) print user[i], home[use[i]] }' |
    sort -u >"${TMPDIR:-/tmp}/tesela-circles-$$"
trap 'rm -f "${TMPDIR:-/tmp}/tesela-circles-$$"' EXIT
[ -s "${TMPDIR:-/tmp}/tesela-circles-$$" ] || { echo "no object file calls another: looked in the wrong place?"; exit 1; }
# tsort names the members of each circle on standard error.
if tsort "${TMPDIR:-/tmp}/tesela-circles-$$" 2>&1 >/dev/null | grep .; then
    echo "these sources call each other in a circle"
    exit 1
fi
