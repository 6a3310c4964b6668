#!/bin/sh
# labels.sh: what the labeling and value stages take of the company of the plan: 1,000,000 customers
#
#   ./dev bench labels [CUSTOMERS]
#
# Generates the tables once (seed 1), runs them twice (three months apart, the second after the first), then times
# `tesela label` by each rule of cutting tiers, with all bundled rule sets, --advise and --check; `inspect --customer`;
# `compare`; and `value` with all models, with a period held out, by cohorts and by covariates. A line each: seconds,
# seconds of the processors, memory.
set -eu
customers=${1-1000000}
data=build/bench/labels-$customers
measure=build/bench/measure
tesela=build/tesela

if [ ! -e "$data/config.yaml" ]; then
    echo "generating $customers customers" >&2
    "$measure" "$tesela" synth company --customers "$customers" --seed 1 --output "$data" --quiet
fi
config=$data/config.yaml
[ -e "$data/before" ] || "$tesela" run --config "$config" --as-of 2024-10-01 --output "$data/before" --quiet
[ -e "$data/run" ] || "$tesela" run --config "$config" --previous "$data/before" --output "$data/run" --quiet

# time_it WHAT ARGUMENT...: of the program, which prints nothing.
time_it() {
    printf '%s: ' "$1"
    shift
    "$measure" "$tesela" "$@" 2>&1 >"$data/printed" | tail -n 1
}
features=$data/run/features.h5
model=$data/run/model.h5
out=$data/out.csv

time_it label label "$features" "$model" --output "$out" --force --quiet
for tiers in quantile revenue:50%,20%,15%,10% breaks:5 cuts:1000,500; do
    time_it "label --tiers $tiers" label "$features" "$model" --tiers "$tiers" --output "$out" --force --quiet
done
time_it "label --rules" label "$features" "$model" --rules activity,loyalty,account --output "$out" --force --quiet
time_it "label --advise" label "$features" "$model" --advise
time_it "label --check" label "$features" "$model" --rules activity,loyalty,account --check
time_it inspect inspect "$data/run" --customer C00000009
time_it compare compare "$data/before" "$data/run"
time_it "compare --json" compare "$data/before" "$data/run" --json
time_it "compare --output" compare "$data/before" "$data/run" --output "$out" --force --quiet
time_it "value --model all" value --config "$config" --model all --output "$out" --force --quiet
time_it "value --holdout" value --config "$config" --holdout 90d --quiet
time_it "value --cohorts" value --config "$config" --cohorts quarter --quiet
time_it "value --covariates" value --config "$config" --covariates income,gender,education,region,member --quiet
