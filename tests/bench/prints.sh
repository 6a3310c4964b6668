#!/bin/sh
# prints.sh WORD... -- COMMAND...: the command succeeds and prints, for each word in
# turn, one line that begins with it and goes on with a number.
set -eu
words=
while [ "$1" != -- ]; do
    words="$words $1"
    shift
done
shift
printed=$("$@")
seen=$(echo "$printed" | awk '$2 ~ /^[0-9]/ && $1 !~ /^[0-9]/ { printf " %s", $1 }')
[ "$seen" = "$words" ] || {
    echo "expected lines of$words; printed was:"
    echo "$printed"
    exit 1
}
