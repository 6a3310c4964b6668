#!/bin/sh
# values.sh TESELA FOLDER HISTORIES LINES PYTHON...: what each model says of counted histories, and of a real shop's
# customers, computed again.
set -eu
tesela=$1 folder=$2 histories=$3 lines=$4
shift 4
reference=$(dirname -- "$0")/values_reference.py
rm -rf "$folder"
mkdir -p "$folder"

check() { # PYTHON...
    "$tesela" value --model "$model" --output "$folder/$model.csv" --force --json "$option" "$file" >"$folder/$model.json" 2>"$folder/said"
    "$@" "$reference" "$folder/$model.csv" "$folder/$model.json"
}

for model in nbd bg-nbd mbg-nbd pareto-nbd; do
    option=--histories file=$histories
    check "$@"
    option=--transactions file=$lines
    check "$@"
done
