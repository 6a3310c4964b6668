#!/bin/sh
# tiers.sh PROGRAM FEATURES.h5 FOLDER PYTHON...: tiers of a features file by each method, and the score, computed again.
set -eu
program=$1 features=$2 folder=$3
shift 3
reference=$(dirname -- "$0")/tiers_reference.py
rm -rf "$folder"
mkdir -p "$folder"
"$program" cluster "$features" --k 3 --evidence none --quiet --output "$folder/model.h5"

# label NAME OPTIONS...: segments and summary of that name
label() {
    name=$1
    shift
    "$program" label "$features" "$folder/model.h5" --output "$folder/$name.csv" --json "$@" >"$folder/$name.json" 2>"$folder/said"
}

label quantile --tiers quantile
"$@" "$reference" "$folder/quantile.csv" "$folder/quantile.json" quantile 0.01 0.04 0.15 0.30
label seven --tiers 'quantile:5%,5%,10%,10%,20%,20%'
"$@" "$reference" "$folder/seven.csv" "$folder/seven.json" quantile .05 .05 .1 .1 .2 .2
label revenue --tiers 'revenue:50%,30%'
"$@" "$reference" "$folder/revenue.csv" "$folder/revenue.json" revenue 0.5 0.3
for count in 3 5; do
    label breaks --force --tiers "breaks:$count"
    "$@" "$reference" "$folder/breaks.csv" "$folder/breaks.json" breaks "$count"
done
cut=$(awk -F '"lowest":' '/"lowest"/ { split($2, a, /[,} ]+/); print a[1] == "" ? a[2] : a[1]; exit }' "$folder/breaks.json")
label cuts --tiers "cuts:>$cut,100"
"$@" "$reference" "$folder/cuts.csv" "$folder/cuts.json" cuts ">$cut" 100

cat >"$folder/score.yaml" <<END
score:
  money: {weight: 0.6, features: {monetary_total: 2, monetary_mean: 1}}
  habit: {weight: 0.4, features: {recency_days: 1, frequency: 1, gap_mean_days: 0.5}}
tiers: {of: score, shares: [0.1, 0.2, 0.3]}
END
label score --config "$folder/score.yaml" --refit tiers
"$@" "$reference" "$folder/score.csv" "$folder/score.json" score "$features" \
    money=0.6:monetary_total=2,monetary_mean=1 habit=0.4:recency_days=1,frequency=1,gap_mean_days=0.5 -- 0.1 0.2 0.3

echo 'policy: {margin: 20%, grace: 2, step: 1}' >"$folder/hold.yaml"
label before --tiers cuts:2000,500,100
for turn in 1 2 3; do # everybody is as he was, but the cuts are higher
    label hold$turn --config "$folder/hold.yaml" --tiers cuts:4000,550,300 --previous "$folder/before.csv"
    "$@" "$reference" "$folder/hold$turn.csv" "$folder/hold$turn.json" hold "$folder/before.csv" 0.2 2 1 4000 550 300
    cp "$folder/hold$turn.csv" "$folder/before.csv"
done
