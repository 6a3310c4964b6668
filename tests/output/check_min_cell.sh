#!/bin/sh
# check_min_cell.sh TESELA SCHEMA FOLDER PYTHON...: runs that hide small cells beside those that do not, in FOLDER.
# PYTHON...: how to run Python.
set -eu
tesela=$1 schema=$2 folder=$3
shift 3
here=$(dirname -- "$0")
rm -rf "$folder"
mkdir -p "$folder"
"$@" "$here/check_min_cell.py" plant "$folder"
cat >"$folder/rules.yaml" <<'END'
rules:
  care:
    - {code: rare, en: Rare, zh: 稀有, when: "frequency >= 12"}
    - {code: dear, en: Dear, zh: 贵重, when: "monetary_total >= 300 and frequency >= 2"}
    - {code: fresh, en: Fresh, zh: 新近, when: "tenure_days <= 60"}
END
quietly() {
    "$tesela" "$@" --quiet 2>>"$folder/said.txt"
}
for people in people other; do
    for least in 0 10; do
        quietly run "$folder/orders.csv" "$folder/$people.csv" --evidence none --config "$folder/rules.yaml" \
            --min-cell $least --output "$folder/$people-$least"
    done
done
quietly run "$folder/orders.csv" "$folder/people.csv" --evidence none --until 2023-09-30 --output "$folder/then"
for least in 0 10; do
    quietly run "$folder/orders.csv" "$folder/people.csv" --evidence none --holdout 0 --previous "$folder/then" \
        --min-cell $least --output "$folder/previous-$least"
    quietly run "$folder/orders.csv" "$folder/people.csv" --model "$folder/then/model.h5" --min-cell $least \
        --output "$folder/applied-$least"
    "$tesela" value "$folder/orders.csv" --cohorts month --holdout 3m --min-cell $least --json >"$folder/value-$least.json" \
        2>>"$folder/said.txt"
done
"$@" "$here/check_min_cell.py" check "$folder" "$schema" 10
