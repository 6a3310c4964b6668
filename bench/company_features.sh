#!/bin/sh
# company_features.sh: `tesela features` on the company of the plan, against polars and numpy
#
#   ./dev bench company_features [CUSTOMERS [LINES [INTERACTIONS [ROUNDS]]]]
#
# Generates the tables once (1,000,000 customers, 2,000,000 lines, 500,000 interactions, seed 1), then makes all default
# features, the history and the normalised vectors by both, in turn, ROUNDS (3) times, and compares the figures.
# Python with pinned packages is put into build/bench/tables/python once.
set -eu
build=${TESELA_BUILD-build}
here=$(dirname -- "$0")
customers=${1-1000000}
lines=${2-$((customers * 2))}
interactions=${3-$((customers / 2))}
data=$build/bench/company-features-$customers-$lines-$interactions

if [ ! -e "$data/config.yaml" ]; then
    echo "generating $customers customers, $lines lines, $interactions interactions" >&2
    "$build/tesela" synth company --customers "$customers" --lines "$lines" --interactions "$interactions" --seed 1 \
        --output "$data" --quiet
fi
sh "$here/../tests/python/environment.sh" "$build/bench/tables/python" "$here/tables/packages.txt"
exec "$build/bench/tables/python/bin/python" -B "$here/tables/company.py" "$build" "$data" "${4-3}"
