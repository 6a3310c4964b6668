#!/bin/sh
# growth.sh: time and memory of tesela features over files of lines that grow, with and without --memory
#
#   ./dev bench growth [LINES...]
#
# LINES (1000000 5000000 20000000 100000000): files as of ./dev bench tables, of about a million customers, made once, in
# the same folder: 100 million lines are 4.8 GB, and as much again goes through the page cache. What was made here is
# removed at the end, as are the features. The default catalogue, and five figures (--select); with a limit the file must
# have the same bytes as without. Once each.
set -eu
build=${TESELA_BUILD-build}
here=$(dirname -- "$0")
[ $# -gt 0 ] || set -- 1000000 5000000 20000000 100000000
work=$build/bench/tables
mkdir -p "$work"
made=
trap 'for file in $made; do rm -f "$work/$file" "$work/$file.partial"; done' EXIT
trap 'exit 1' INT TERM
for lines; do
    file=$work/lines-$lines.csv
    if [ ! -e "$file" ]; then
        echo "making $lines lines" >&2
        made="$made lines-$lines.csv"
        "$build/bench/bench_lines" "$lines" >"$file.partial"
        mv "$file.partial" "$file"
    fi
done
python3 -B "$here/growth.py" "$build" "$work" "$@"
