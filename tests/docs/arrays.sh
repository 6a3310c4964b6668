#!/bin/sh
# arrays.sh PAGE FOLDER PROGRAM_FOLDER PYTHON...: makes the two files of a run that has
# all there can be (three tables, categories, shares, weights, given centres, ranks, components, returns that are matched, a
# line of one's own), with the models of one that typical places draw and of one by a tree, and compares them with the page.
set -eu
page=$1 folder=$2 programs=$3
shift 3
rm -rf "$folder"
mkdir -p "$folder"
"$programs/tesela" synth company --customers 300 --lines 900 --interactions 300 --seed 1 --output "$folder/data" --quiet
data=$folder/data
sed -i '/^rules:/d' "$data/config.yaml"
cat >>"$data/config.yaml" <<'END'
features:
  lines:
    - {name: own, level: lines, aggregate: count, window: 90 days}
rules: default
strategies:
  rows:
    - {tier: vip, action: manager}
score:
  activity: {weight: 1, features: [frequency, recency_days]}
END
sed 's/^features:/features:\n  pca: {behavioral: 0.8}/' "$data/config.yaml" >"$data/components.yaml"
run() {
    config=$1
    shift
    "$programs/tesela" run --config "$data/$config.yaml" --customers "$data/customers.csv" \
        --transactions "$data/transactions.csv" --interactions "$data/interactions.csv" --quiet "$@"
}
run config --output "$folder/first"
run components --output "$folder/components" --basis all --scale rank-normal
run components --output "$folder/run" --basis all --scale rank-normal --weight frequency --returns matched --rfm rank \
    --init "$folder/components/model.h5"
run config --output "$folder/target" --target frequency
"$@" "$(dirname -- "$0")/arrays.py" "$page" "$folder/run/features.h5" "$folder/run/model.h5" "$folder/first/model.h5" \
    "$folder/target/model.h5"
