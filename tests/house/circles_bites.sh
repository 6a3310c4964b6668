#!/bin/sh
# circles_bites.sh CC: circles.sh passes sources whose calls have a direction, and
# finds a circle, one that it does not know, and one that is open.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd)
cc=$1
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-circles-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/room" "$work/objects/room.dir/room"
failed=0

# make NAME CALLED...: a source that has a function of its name and calls others.
make() {
    name=$1
    shift
    {
        for called; do echo "void $called(void);"; done
        echo "void $name(void) {"
        for called; do echo "$called();"; done
        echo "}"
    } >"$work/room/$name.c"
    "$cc" -c -o "$work/objects/room.dir/room/$name.c.o" "$work/room/$name.c"
}

# expect WHAT KNOWN LINE: circles.sh prints this line alone; "" : it passes.
expect() {
    seen=$(sh "$here/circles.sh" "$work/objects" "$work" "$2") && status=0 || status=1
    if [ "$seen" != "$3" ] || { [ -n "$3" ] && [ "$status" -eq 0 ]; } || { [ -z "$3" ] && [ "$status" -ne 0 ]; }; then
        echo "$1: status $status, said: $seen"
        failed=1
    fi
}

circle='room/a.c room/b.c room/c.c'
make a b
make b c
make c d
make d
expect 'a way with a direction' '' ''
expect 'an open circle that is still listed' "$circle" \
    "this circle is open: take it from the list in tests/house/circles.sh: $circle"
make c a d
expect 'a circle of three' '' "these sources call each other in a circle: $circle"
expect 'a circle that is known' "$circle" ''
make d c
expect 'a known circle that has grown' "$circle" "these sources call each other in a circle: $circle room/d.c
this circle is open: take it from the list in tests/house/circles.sh: $circle"
rm "$work/room/c.c"
expect 'an object that a source has left behind' '' ''
exit $failed
