#!/bin/sh
# outputs.sh: how fast each output is written, of the company of the plan (1,000,000 customers)
#
#   ./dev bench outputs [CUSTOMERS [REPEATS]]
#
# Generates the tables once (seed 1), runs them through with k = 8, then times
# every writer: features.h5, model.h5, segments.csv, labels.csv, clusters.csv, as
# many rejected rows as customers, summary.json, report.html.
set -eu
build=${TESELA_BUILD-build}
customers=${1-1000000}
data=$build/bench/company-$customers-$((customers * 2))
run=$data/outputs

if [ ! -e "$data/config.yaml" ]; then
    "$build/tesela" synth company --customers "$customers" --lines $((customers * 2)) --seed 1 --output "$data" --quiet
fi
"$build/tesela" run --config "$data/config.yaml" --customers "$data/customers.csv" \
    --transactions "$data/transactions.csv" --k 8 --restarts 1 --output "$run" --force --quiet
mkdir -p "$data/written"
"$build/bench/output_writers" "$run/features.h5" "$run/model.h5" "$data/written" ${2+"$2"}
