#!/bin/sh
# check_schema.sh MAKE_SAMPLE TESELA SCHEMA FOLDER PYTHON...: makes summaries of whole and
# partial runs in FOLDER, by hand and by the program, and validates them by Python's jsonschema.
# PYTHON...: how to run Python.
set -eu
make_sample=$1 tesela=$2 schema=$3 folder=$4
shift 4
here=$(dirname -- "$0")
mkdir -p "$folder"
rm -rf "$folder/samples"
mkdir "$folder/samples"
"$make_sample" "$folder/samples" summary

# What the program itself says: a run with all its parts, and the commands that print a summary.
made=$folder/made data=$here/../../datasets
orders=$data/rfm/rfm_data_orders.csv
rm -rf "$made"
mkdir "$made"
quietly() {
    "$tesela" "$@" 2>>"$made/said.txt"
}
quietly run --config "$data/adventureworks/adventureworks.yaml" \
    --customers "$data/adventureworks/AdventureWorks_Customers.csv" \
    --transactions "$data"/adventureworks/AdventureWorks_Sales_20*.csv --output "$made/out" --quiet
cp "$made/out/summary.json" "$made/run.json"
quietly run --transactions "$orders" --until 2006-06-30 --evidence none --holdout 0 --output "$made/then" --quiet
quietly run --transactions "$orders" --model "$made/then/model.h5" --output "$made/applied" --json >"$made/apply.json"
echo 'policy: {margin: 10%, grace: 2, step: 1}' >"$made/slow.yaml"
quietly run --config "$made/slow.yaml" --transactions "$orders" --previous "$made/then" --evidence none --holdout 0 \
    --output "$made/next" --json >"$made/previous.json"
echo 'features: {pca: {behavioral: 3, value: 0.8}}' >"$made/components.yaml"
quietly run --config "$made/components.yaml" --transactions "$orders" --basis all --evidence none --holdout 0 \
    --output "$made/components" --json >"$made/components.json"
quietly run --transactions "$orders" --target next --output "$made/target" --json >"$made/target.json"
quietly cluster "$made/then/features.h5" --k-max 4 --evidence full --json >"$made/cluster.json"
quietly label "$made/then/features.h5" "$made/then/model.h5" --output "$made/segments.csv" --json >"$made/label.json"
quietly label "$made/then/features.h5" "$made/then/model.h5" --rules activity,loyalty,account --check --json \
    >"$made/rules.json"
quietly label "$made/then/features.h5" "$made/then/model.h5" --advise --json >"$made/advice.txt"
quietly value --transactions "$orders" --output "$made/values.csv" --quiet
for file in segments values; do
    quietly inspect "$made/$file.csv" --json >"$made/inspect-$file.json"
done
quietly inspect "$made/next" --warnings 5 --json >"$made/inspect-warnings.json"
quietly inspect "$made/next" --warnings all --output "$made/warnings.csv"
quietly inspect "$made/warnings.csv" --json >"$made/inspect-list.json"
id=$(sed -n 2p "$made/next/segments.csv" | cut -d , -f 1 | tr -d '"')
quietly inspect "$made/next" --customer "$id" --json >"$made/customer.txt"
quietly assign "$made/applied/features.h5" "$made/then/model.h5" --json >"$made/assign.json"
quietly value --transactions "$orders" --holdout 3m --json >"$made/value.json"
quietly synth bank --customers 1500 --output "$made/bank" --quiet
quietly value --config "$made/bank/config.yaml" --covariates income,occupation --cohorts year --json \
    >"$made/covariates.json"
quietly value --config "$made/bank/config.yaml" --model account --json >"$made/account.json"
quietly run --config "$made/bank/config.yaml" --evidence none --holdout 0 --output "$made/scored"
id=$(sed -n 2p "$made/scored/segments.csv" | cut -d , -f 1)
quietly inspect "$made/scored" --customer "$id" --json >"$made/scored.txt"
quietly evaluate --data "$made/then/features.h5" --labels "$made/then/segments.csv" --transactions "$orders" \
    --cut 2006-07-01 --json >"$made/evaluate.json"
"$@" "$here/check_schema.py" "$schema" "$folder"/samples/*.json "$made"/*.json
schemas=$(dirname -- "$schema")
"$@" "$here/check_document.py" "$schemas/advice.schema.json" "$made/advice.txt"
grep -q '"limit": ' "$made/customer.txt"
"$@" "$here/check_document.py" "$schemas/customer.schema.json" "$made/customer.txt"
"$@" "$here/check_document.py" "$schemas/customer.schema.json" "$made/scored.txt"
