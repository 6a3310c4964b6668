#!/bin/sh
# rules.sh TESELA FOLDER DOCS TABLES... -- PYTHON...: labels the customers of the tables (arguments of run; data:FILE lies in
# $TESELA_TEST_DATA or datasets) by rules.yaml, and compares them with rules_reference.py. Exits 77 where such a file is not there.
set -eu
tesela=$1 folder=$2 docs=$3
shift 3
here=$(dirname -- "$0")
rm -rf "$folder"
mkdir -p "$folder"
while [ "$1" != -- ]; do
    file=$1
    case $1 in
    data:*)
        file=$(sh "$here/find_data.sh" "${1#data:}") || exit 77
        ;;
    esac
    printf '%s\n' "$file" >>"$folder/tables"
    shift
done
shift
xargs -d '\n' "$tesela" run --evidence none --holdout 0 --quiet --output "$folder/run" <"$folder/tables"
"$tesela" label "$folder/run/features.h5" "$folder/run/model.h5" --config "$here/rules.yaml" \
    --output "$folder/segments.csv" --quiet
"$@" "$here/rules_reference.py" "$folder/run/features.h5" "$folder/segments.csv" "$docs/methods/strategies.md"
