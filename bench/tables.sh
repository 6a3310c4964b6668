#!/bin/sh
# tables.sh: reading a file of lines and adding it up, against DuckDB, polars and pandas
#
#   ./dev bench tables [LINES [ROUNDS [CONTESTANT...]]]
#
# LINES (20,000,000): customer id, ISO timestamp, amount, category, channel, in any order; made once, for all customers of
# about a million. selected: `tesela features` of five figures, which the peers compute, too; features: the default
# catalogue, features.h5 written. All run in turn, ROUNDS (5) times each. Python with pinned packages is put into
# build/bench/tables/python once.
set -eu
build=${TESELA_BUILD-build}
here=$(dirname -- "$0")
lines=${1-20000000}
rounds=${2-5}
[ $# -lt 2 ] || shift
[ $# -lt 1 ] || shift
work=$build/bench/tables
file=$work/lines-$lines.csv
mkdir -p "$work"
if [ ! -e "$file" ]; then
    echo "making $lines lines" >&2
    "$build/bench/bench_lines" "$lines" >"$file.partial"
    mv "$file.partial" "$file"
fi
sh "$here/../tests/python/environment.sh" "$work/python" "$here/tables/packages.txt"
exec "$work/python/bin/python" -B "$here/tables/tables.py" "$build" "$work" "$file" "$rounds" "$@"
