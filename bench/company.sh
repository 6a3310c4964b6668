#!/bin/sh
# company.sh: the whole run on the company of the plan: 1,000,000 customers, 2,000,000 lines, 500,000 interactions
#
#   ./dev bench company [CUSTOMERS [LINES]]
#
# Generates the tables once (seed 1), then times `tesela run` as it is by default, with the evidence, the
# descriptors and what came next: to be under 30 s and 4 GB on two cores.
set -eu
customers=${1-1000000}
lines=${2-$((customers * 2))}
data=build/bench/company-$customers-$lines

if [ ! -e "$data/config.yaml" ]; then
    echo "generating $customers customers, $lines lines" >&2
    build/bench/measure build/tesela synth company --customers "$customers" --lines "$lines" --seed 1 --output "$data"
fi
build/bench/measure build/tesela run --config "$data/config.yaml" --output "$data/run" --force
